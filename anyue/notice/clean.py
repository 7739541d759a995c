"""Plain reading text from raw text, with a map back: every quote must be an exact slice of what people see."""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Marks that word processors and converters leave behind; they are no part of the words.
_ARTEFACT = re.compile(r"\[(?:bookmark|endif|if|image|图片)[^\]\n]{0,60}\]")
_DROP = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFC, 0x0C, 0x07, 0x0D])
_HALF_TO_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_SPACES = " \u3000\xa0\u2002\u2003\u2009\u202f"
# A period between digits is a number (3.1), elsewhere after a Chinese character it ends a sentence.
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’《》〈〉【】〔〕（），。；：！？、—…]")
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-—–－·\s]*")


@dataclass(frozen=True)
class Clean:
    """`text` is what is analysed; `origin[i]` is where `text[i]` stands in the source."""

    text: str
    origin: array  # type: ignore[type-arg]  # array('l'), one more than the characters

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of text[start:end]; (a, a) for an empty stretch."""
        if end <= start:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


_SAME_LENGTH = {
    **{ord(space): " " for space in _SPACES},
    **{0xFF10 + n: chr(0x30 + n) for n in range(0x4B) if chr(0xFF10 + n).isalnum()},
    **{ord(half): full for half, full in _HALF_TO_FULL.items() if half not in ",:"},
    **dict.fromkeys(map(ord, "\u2028\u2029\x0b\x85"), "\n"),
    ord("．"): ".",
}
# A comma between digits belongs to a number, a colon between digits to a clock.
_COMMA = re.compile(r",(?!\d)|(?<!\d),")
_COLON = re.compile(r":(?!\d)|(?<!\d):")
_GAP = re.compile(_ARTEFACT.pattern + "|[" + "".join(map(chr, _DROP)) + "]| +")


def clean(source: str) -> Clean:
    """Reading text of `source` (any length, linear time): artefacts gone, widths unified, spaces squeezed,
    running page numbers dropped. Lines stay lines; `outline` joins those that were broken in a sentence."""
    text = _COLON.sub("：", _COMMA.sub("，", source.translate(_SAME_LENGTH)))
    out = _Pieces(text)
    for found in _GAP.finditer(text):
        start, end = found.span()
        out.keep_until(start)
        if text[start] == " " and _stays(text, start, end, out.last):
            out.keep_until(start + 1)
        out.skip_to(end)
    out.keep_until(len(text))
    out.origin.append(len(source))
    cleaned = Clean(out.text(), out.origin)
    return without(cleaned, _page_numbers(cleaned.text))


class _Pieces:
    """What is kept of a text, slice by slice, with where each character stood."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._slices: list[str] = []
        self.origin = array("l")
        self.last = "\n"

    def keep_until(self, end: int) -> None:
        """Keep what lies before `end` and was not skipped."""
        if end > self._at:
            self._slices.append(self._text[self._at : end])
            self.origin.extend(range(self._at, end))
            self.last = self._text[end - 1]
            self._at = end

    def skip_to(self, end: int) -> None:
        """Leave out what lies before `end`."""
        self._at = max(self._at, end)

    def text(self) -> str:
        """All that was kept."""
        return "".join(self._slices)


def _stays(text: str, start: int, end: int, before: str) -> bool:
    """Spaces go, except one between two words of one script and one for a wide gap between Chinese words."""
    after = text[end] if end < len(text) else "\n"
    if before.isalpha() and after.isalpha() and (ord(before) < 128) == (ord(after) < 128):
        return True
    if before.isdigit() and after.isdigit():
        return True  # 3.1 8月16日: two numbers
    return end - start >= 2 and bool(_WIDE.match(before) and _WIDE.match(after))


def without(cleaned: Clean, stretches: Iterable[tuple[int, int]]) -> Clean:
    """The text without these stretches (in order, none overlapping another)."""
    text, origin = cleaned.text, cleaned.origin
    kept, where, at = [], array("l"), 0
    for start, end in stretches:
        kept.append(text[at:start])
        where += origin[at:start]
        at = end
    if not at:
        return cleaned
    return Clean("".join([*kept, text[at:]]), where + origin[at:])


def _page_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Lines that are nothing but the number of a page."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and len(line) <= 12 and _PAGE_NUMBER.fullmatch(line) and not line.isdigit():
            yield start, min(end + 1, len(text))
        start = end + 1
