"""Word documents (.docx): paragraphs with their automatic numbers, tables as rows of tab-separated cells."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from anyue.paperwork import archive

from ..errors import NoticeError

LONGEST_NUMBER = 40  # characters of a format such as "第%1章"


def read(data: bytes) -> str:
    """The text of the document's body. Raises NoticeError for what is no sound .docx."""
    try:
        names = archive.inspect(data)
    except archive.BadArchive as error:
        raise NoticeError(error.code) from error
    if "EncryptedPackage" in names:
        raise NoticeError("encrypted")
    if "word/document.xml" not in names:
        raise NoticeError("unknown")
    try:
        text = "\n".join(_lines(docx.Document(io.BytesIO(data))))
    except Exception as error:  # python-docx lets whatever a malformed part makes of its look-ups come through
        raise NoticeError("damaged") from error
    if not text.strip():
        raise NoticeError("empty")
    return text


def _lines(document: Docx) -> Iterator[str]:
    numbers = _Numbers(document)
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from (numbers.of(block) + _text(block)).split("\n")
        elif isinstance(block, Table):
            yield from _rows(block)


def _rows(table: Table) -> Iterator[str]:
    """Cells as printed: one that spans rows stands in each, one that spans columns once."""
    above: dict[int, str] = {}
    for row in table._tbl.tr_lst:
        cells, column = [], 0
        for cell in row.tc_lst:
            words = " ".join(p.text.strip() for p in cell.p_lst if p.text.strip()).replace("\n", " ")
            above[column] = words = above.get(column, "") if cell.vMerge == "continue" else words
            cells.append(words)
            column += max(cell.grid_span, 1)
        yield "\t".join(cells)


def _text(paragraph: Paragraph) -> str:
    return paragraph.text.replace("\t", " ")


_CHINESE = "零一二三四五六七八九"


def chinese_number(n: int) -> str:
    """1–99 in Chinese numerals, digits beyond."""
    if n <= 0 or n > 99:
        return str(n)
    tens, ones = divmod(n, 10)
    out = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
    return out + (_CHINESE[ones] if ones else "")


class _Numbers:
    """Automatic numbers ("一、", "（二）"), which Word keeps apart from the words."""

    def __init__(self, document: Docx) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        if part is None or not hasattr(part, "element"):
            return
        root = part.element
        abstract = {a.get(qn("w:abstractNumId")): a for a in root.findall(qn("w:abstractNum"))}
        for num in root.findall(qn("w:num")):
            reference = num.find(qn("w:abstractNumId"))
            base = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            for level in base.findall(qn("w:lvl")) if base is not None else []:
                self._add(str(num.get(qn("w:numId"))), level)

    def _add(self, number_id: str, level: etree._Element) -> None:
        def value(tag: str, default: str) -> str:
            found = level.find(qn(tag))
            return str(found.get(qn("w:val"))) if found is not None and found.get(qn("w:val")) is not None else default

        depth = int(level.get(qn("w:ilvl")) or 0)
        start = value("w:start", "1")
        self.levels[number_id, depth] = (
            value("w:numFmt", "decimal"),
            value("w:lvlText", "")[:LONGEST_NUMBER],
            int(start) if start.isdigit() else 1,
        )

    def of(self, paragraph: Paragraph) -> str:
        """The number Word prints before the paragraph, "" where none."""
        properties = paragraph._p.pPr
        numbering: Any = properties.numPr if properties is not None else None
        if numbering is None and paragraph.style is not None and paragraph.style.element.pPr is not None:
            numbering = paragraph.style.element.pPr.numPr
        if numbering is None or numbering.numId is None:
            return ""
        key = (str(numbering.numId.val), numbering.ilvl.val if numbering.ilvl is not None else 0)
        if key not in self.levels:
            return ""
        for other in list(self.counts):
            if other[0] == key[0] and other[1] > key[1]:
                del self.counts[other]
        self.counts[key] = self.counts.get(key, self.levels[key][2] - 1) + 1
        return re.sub(r"%(\d)", lambda found: self._print(key[0], int(found[1]) - 1), self.levels[key][1])

    def _print(self, number_id: str, depth: int) -> str:
        style, _text, start = self.levels.get((number_id, depth), ("decimal", "", 1))
        n = self.counts.get((number_id, depth), start)
        if style in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional"):
            return chinese_number(n)
        if style == "decimalEnclosedCircle" and 1 <= n <= 20:
            return chr(0x2460 + n - 1)
        if style == "bullet" or style == "none":
            return ""
        return str(n)
