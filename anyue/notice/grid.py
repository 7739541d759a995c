"""Tables that came apart into one line a cell, or whose cells are set apart by blanks: told, and given tabs."""

import re
from collections.abc import Iterator
from itertools import takewhile

from .clean import Clean, without
from .responsible import column

WIDEST = 9  # columns
BLANKS = " \u3000"
_LINE = re.compile(r"[^\n]+")
_SET_APART = r"(?:[ \u3000]*\|[ \u3000]*|\u3000[ \u3000]*| {2,})"
_HEAD = re.compile(rf"^[ \u3000]*[^\s|，。；：]{{2,8}}(?:{_SET_APART}[^\s|，。；：]{{2,8}}){{2,}}[ \u3000]*$", re.MULTILINE)
_GAP = re.compile(_SET_APART)


def tab_columns(source: str) -> str:
    """The text, as long as before, with a tab between cells that only blanks or bars set apart.

    A table is known by a head of three columns or more that names a duty and whose it is; its rows have as many cells.
    """
    cuts: list[tuple[int, int]] = []
    at = 0
    for head in _HEAD.finditer(source):
        sorts = [column(word) for word in _GAP.split(head.group().strip(BLANKS))]
        if head.start() < at or "duty" not in sorts or not {"lead", "responsible"} & set(sorts):
            continue
        at = head.start()
        while gaps := _gaps(source, at, len(sorts)):
            cuts += gaps
            at = source.find("\n", gaps[-1][1]) + 1 or len(source)
    if not cuts:
        return source
    text = list(source)
    for start, end in cuts:
        text[start:end] = "\t".ljust(end - start)
    return "".join(text)


def _gaps(source: str, start: int, width: int) -> list[tuple[int, int]]:
    """Where the cells of the row that begins at `start` are set apart; [] where it is no row of so many."""
    end = source.find("\n", start)
    line = source[start:] if end < 0 else source[start:end]
    begin, words = start + len(line) - len(line.lstrip(BLANKS)), line.strip(BLANKS)
    gaps = [(begin + gap.start(), begin + gap.end()) for gap in _GAP.finditer(words)]
    return gaps if len(gaps) == width - 1 else []


def join_cells(cleaned: Clean) -> Clean:
    """The text with tabs between the cells of such tables; the map back follows.

    A table is known by a head of three columns or more, the first of them 序号, each on its line, followed by rows that count 1, 2, 3.
    """
    cells = list(_LINE.finditer(cleaned.text))
    gaps = [(cells[i].end(), cells[i + 1].start()) for first, width in _rows([cell.group().strip() for cell in cells]) for i in range(first, first + width - 1)]
    if not gaps:
        return cleaned
    text = list(cleaned.text)
    for start, _end in gaps:
        text[start] = "\t"
    return without(Clean("".join(text), cleaned.origin), [(start + 1, end) for start, end in gaps if end > start + 1])


def _rows(words: list[str]) -> Iterator[tuple[int, int]]:
    """(first cell, how many) of every row, heads included."""
    at = 0
    while at < len(words):
        width = _width(words, at) if words[at] in ("序号", "编号") else 0
        if not width:
            at += 1
            continue
        yield at, width
        number = 1
        while words[at + width : at + width + 1] == [str(number)] and at + 2 * width <= len(words):
            at, number = at + width, number + 1
            yield at, width
        at += width


def _width(words: list[str], at: int) -> int:
    """Columns of the head that begins at `at`: what stands before the first row's number; 0 where it is no head."""
    head = list(takewhile(lambda word: word != "1", words[at : at + WIDEST + 1]))
    known = sum(column(word) is not None for word in head)
    return len(head) if known >= 3 and len(head) <= WIDEST else 0
