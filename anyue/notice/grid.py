"""Tables that came apart into one line a cell: their rows put together again."""

import re
from collections.abc import Iterator
from itertools import takewhile

from .clean import Clean, without
from .responsible import COLUMNS

WIDEST = 9  # columns
_LINE = re.compile(r"[^\n]+")


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
    known = sum(word in COLUMNS for word in head)
    return len(head) if known >= 3 and len(head) <= WIDEST else 0
