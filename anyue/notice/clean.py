"""Plain reading text from raw text, with a map back: every quote must be an exact slice of what people see."""

import re
from array import array
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


def _characters(source: str) -> tuple[list[str], array]:  # type: ignore[type-arg]
    skip = bytearray(len(source))
    for found in _ARTEFACT.finditer(source):
        skip[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    out: list[str] = []
    origin = array("l")
    last = len(source) - 1
    for i, char in enumerate(source):
        if skip[i] or ord(char) in _DROP:
            continue
        if char in _SPACES:
            char = " "
        elif "\uff10" <= char <= "\uff5a" and char.isalnum():
            char = chr(ord(char) - 0xFEE0)
        elif char == "．":
            char = "."
        elif char in _HALF_TO_FULL:
            around = source[max(0, i - 1) : i] + source[i + 1 : i + 2]
            is_clock = char == ":" and around.isdigit()
            is_thousands = char == "," and i < last and source[i + 1].isdigit() and i and source[i - 1].isdigit()
            if not is_clock and not is_thousands:
                char = _HALF_TO_FULL[char]
        elif char in "\u2028\u2029\x0b\x85":
            char = "\n"
        out.append(char)
        origin.append(i)
    return out, origin


def _squeeze(chars: list[str], origin: array) -> tuple[list[str], array]:  # type: ignore[type-arg]
    """Spaces go, except one between two Chinese words and between two Latin words."""
    out: list[str] = []
    where = array("l")
    i, n = 0, len(chars)
    while i < n:
        if chars[i] != " ":
            out.append(chars[i])
            where.append(origin[i])
            i += 1
            continue
        j = i
        while j < n and chars[j] == " ":
            j += 1
        before = out[-1] if out else "\n"
        after = chars[j] if j < n else "\n"
        both_words = before.isalpha() and after.isalpha()
        same_script = (ord(before) < 128) == (ord(after) < 128)
        wide_gap = j - i >= 2 and before not in "\n\t" and after not in "\n\t"
        if (both_words and same_script) or (wide_gap and _WIDE.match(before) and _WIDE.match(after)):
            out.append(" ")
            where.append(origin[i])
        i = j
    return out, where


def clean(source: str) -> Clean:
    """Reading text of `source` (any length, linear time): artefacts gone, widths unified, spaces squeezed,
    running page numbers dropped. Lines stay lines; `outline` joins those that were broken in a sentence."""
    chars, origin = _squeeze(*_characters(source))
    text = "".join(chars)
    keep = bytearray(b"\1" * len(text))
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and len(line) <= 12 and _PAGE_NUMBER.fullmatch(line) and not line.isdigit():
            keep[start : min(end + 1, len(text))] = bytes(min(end + 1, len(text)) - start)
        start = end + 1
    kept = [i for i in range(len(text)) if keep[i]]
    where = array("l", (origin[i] for i in kept))
    where.append(len(source))
    return Clean("".join(text[i] for i in kept), where)
