"""任务分解表: the form in which offices hand out a notice's tasks, as .xlsx and .docx."""

import io
from dataclasses import dataclass, field

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from .fonts import BODY, HEADING, SUBHEADING, TITLE, put

COLUMNS = ["序号", "条目", "工作任务（原文）", "类别", "牵头单位", "责任单位", "配合单位", "数量要求", "完成时限", "报送材料", "备注"]
WIDTHS_MM = [10, 20, 68, 20, 22, 36, 24, 20, 22, 22, 14]
_PER = {"campaign": "", "day": "每日", "week": "每周", "month": "每月", "quarter": "每季度", "year": "每年"}


@dataclass(frozen=True)
class Row:
    """One task as the table prints it; several units stand in one cell."""

    number: int
    section: str
    quote: str
    kind: str
    lead: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    due: str = ""
    quota: str = ""
    deliverables: str = ""
    encouraged: bool = False

    def cells(self) -> list[str]:
        """In the order of COLUMNS."""
        return [
            str(self.number), self.section, self.quote, self.kind, "、".join(self.lead), "、".join(self.responsible),
            "、".join(self.support), self.quota, self.due, self.deliverables, "鼓励" if self.encouraged else "",
        ]


def quota_words(low: int | None, high: int | None, unit: str, per: str) -> str:
    """每月1至2条, 至少1次, 不超过5件; "" where nothing is asked."""
    if low is None:
        return ""
    lead = _PER.get(per, "")
    if high is None:
        return f"{lead}至少{low}{unit}"
    return f"{lead}不超过{high}{unit}" if low == 0 else f"{lead}{low}至{high}{unit}"


def write_xlsx(title: str, subtitle: str, rows: list[Row]) -> bytes:
    """The table as a workbook: A4 across, head repeated on each page."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("任务分解表")
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10, "font_name": BODY})
    head = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center", "bold": True, "font_name": HEADING})
    top = book.add_format({"align": "center", "valign": "vcenter", "font_size": 20, "font_name": TITLE})
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, title, top)
    sheet.merge_range(1, 0, 1, len(COLUMNS) - 1, subtitle, book.add_format({"align": "center"}))
    sheet.write_row(2, 0, COLUMNS, head)
    for n, row in enumerate(rows, start=3):
        sheet.write_row(n, 0, row.cells(), cell)
    for column, width in enumerate(WIDTHS_MM):
        sheet.set_column(column, column, width / 2)
    sheet.set_row(0, 32)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def write_docx(title: str, subtitle: str, rows: list[Row]) -> bytes:
    """The table as an editable document on A4 across, in the fonts that official documents name."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(10)
    put(document.add_paragraph(), title, TITLE, 22, centre=True)
    put(document.add_paragraph(), subtitle, SUBHEADING, 14, centre=True)
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
        put(cell.paragraphs[0], name, HEADING, 10, centre=True)
    mark = table.rows[0]._tr.get_or_add_trPr()
    mark.append(mark.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row.cells(), strict=True):
            put(cell.paragraphs[0], words, BODY, 9)
    for line in table.rows:
        for cell, width in zip(line.cells, WIDTHS_MM, strict=True):
            cell.width = Mm(width)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
