"""Words in the fonts that official documents name (GB/T 9704-2012); the reader's machine has them."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

TITLE, BODY, HEADING, SUBHEADING = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"


def put(paragraph: Paragraph, words: str, font: str, size: int, *, centre: bool = False) -> Paragraph:
    """Adds words to a paragraph, `size` in points; control characters, which no .docx can hold, are left out."""
    run = paragraph.add_run("".join(c for c in words if c >= " " or c in "\n\t"))
    run.font.name = font
    run.font.size = Pt(size)
    # Without eastAsia the Latin font alone is named and Chinese falls back to the default face; without the language
    # a substitute draws commas in the middle, as in Taiwan.
    marks = run._element.get_or_add_rPr()
    marks.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    marks.append(marks.makeelement(qn("w:lang"), {qn("w:eastAsia"): "zh-CN"}))
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph
