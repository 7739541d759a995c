"""Word documents (.docx): paragraphs with their automatic numbers, tables as rows of tab-separated cells."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as Docx
from docx.oxml.ns import qn
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


# What Word wraps around words without changing what they say: content controls, tracked insertions, tags.
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")}
# Words that are not there any more, that stand elsewhere on the page, or stand there twice.
_GONE = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_PRINTED = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def _lines(document: Docx) -> Iterator[str]:
    numbers = _Numbers(document)
    for block in _inside(document.element.body, "w:p", "w:tbl"):
        if block.tag == qn("w:p"):
            yield from (numbers.of(block) + _words(block)).split("\n")
        else:
            yield from _rows(block)


def _inside(element: Any, *tags: str) -> Iterator[Any]:
    """The children of these tags, wrapped or not."""
    wanted = {qn(tag) for tag in tags}
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, *tags)


def _words(element: Any) -> str:
    """What is printed of a paragraph or a cell; the paragraphs and tables within a cell parted by spaces."""
    out = []
    for child in element:
        if child.tag == qn("w:t"):
            out.append((child.text or "").replace("\t", " "))
        elif child.tag in _PRINTED:
            out.append(_PRINTED[child.tag])
        elif child.tag not in _GONE:
            out.append(_words(child))
            if child.tag == qn("w:p"):
                out.append(" ")
    return "".join(out)


def _rows(table: Any) -> Iterator[str]:
    """Cells as printed: one that spans rows stands in each, one that spans columns once."""
    above: dict[int, str] = {}
    for row in _inside(table, "w:tr"):
        cells, column = [], 0
        for cell in _inside(row, "w:tc"):
            words = " ".join(_words(cell).split())
            above[column] = words = above.get(column, "") if cell.vMerge == "continue" else words
            cells.append(words)
            column += max(cell.grid_span, 1)
        yield "\t".join(cells)


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
        self.counts: dict[str, dict[int, int]] = {}
        self.styles: dict[str, Any] = {}
        part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        if part is None or not hasattr(part, "element"):
            return
        self.styles = {style.styleId: style.pPr.numPr for style in document.styles.element.style_lst if style.pPr is not None}
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

    def of(self, paragraph: Any) -> str:
        """The number Word prints before the paragraph, "" where none."""
        numbering: Any = paragraph.pPr.numPr if paragraph.pPr is not None else None
        if numbering is None:
            numbering = self.styles.get(paragraph.style or "")
        if numbering is None or numbering.numId is None:
            return ""
        key = (str(numbering.numId.val), numbering.ilvl.val if numbering.ilvl is not None else 0)
        if key not in self.levels:
            return ""
        counts = self.counts.setdefault(key[0], {})
        for deeper in [depth for depth in counts if depth > key[1]]:
            del counts[deeper]
        counts[key[1]] = counts.get(key[1], self.levels[key][2] - 1) + 1
        return re.sub(r"%(\d)", lambda found: self._print(key[0], int(found[1]) - 1), self.levels[key][1])

    def _print(self, number_id: str, depth: int) -> str:
        style, _text, start = self.levels.get((number_id, depth), ("decimal", "", 1))
        n = self.counts.get(number_id, {}).get(depth, start)
        if style in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional"):
            return chinese_number(n)
        if style == "decimalEnclosedCircle" and 1 <= n <= 20:
            return chr(0x2460 + n - 1)
        if style == "bullet" or style == "none":
            return ""
        return str(n)
