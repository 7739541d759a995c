"""活动方案: a unit's plan as an editable document."""

import io
from dataclasses import dataclass, field
from datetime import date

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from .fonts import BODY, HEADING, SUBHEADING, TITLE, put

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Item:
    """One task: the notice's words, who answers for it, by when, how, and to whom it was passed on."""

    quote: str
    person: str = ""
    due_on: date | None = None
    how: str = ""
    passed_to: list[str] = field(default_factory=list)

    def words(self) -> str:
        """As one paragraph."""
        parts = [
            self.how.strip().rstrip("。；"),
            f"责任人：{self.person}" if self.person else "",
            f"完成时限：{_day(self.due_on)}前" if self.due_on else "",
            f"落实单位：{_few(self.passed_to)}" if self.passed_to else "",
        ]
        more = "；".join(part for part in parts if part)
        return self.quote.rstrip("。；") + "。" + (f"{more}。" if more else "")


@dataclass(frozen=True)
class Plan:
    """What the document says. Empty parts are left out, and the rest is numbered without a gap."""

    title: str
    unit: str
    basis: str  # the notice's title
    number: str  # and number, "" where it has none
    theme: str
    start: date
    end: date
    leaders: list[str]
    chapters: dict[str, list[Item]]  # the notice's heading to its tasks
    visits: list[tuple[date, str]]
    funds: str  # in 万元, "" where nothing is set aside
    funds_words: str
    demands: list[str]
    day: date

    def parts(self) -> list[tuple[str, list[str]]]:
        """(heading, paragraphs) of all but the tasks, which stand under 重点任务."""
        funds = f"安排经费{self.funds}万元" if self.funds else ""
        funds = "，".join(filter(None, (funds, self.funds_words.rstrip("。"))))
        out = [
            ("活动主题", [f"{self.theme}。"] if self.theme else []),
            ("活动时间", [f"{_day(self.start, with_year=True)}至{_day(self.end)}。"]),
            ("组织领导", self.leaders),
            ("重点任务", []),
            ("督导检查", [f"{_day(day)}，到{unit}督导检查。" for day, unit in self.visits]),
            ("经费保障", [f"{funds}。"] if funds else []),
            ("工作要求", self.demands),
        ]
        return [(heading, words) for heading, words in out if words or heading == "重点任务"]


def write_docx(plan: Plan) -> bytes:
    """The plan as .docx: A4, margins and sizes of GB/T 9704-2012, fonts by their official names."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    put(document.add_paragraph(), plan.title, TITLE, 22, centre=True)
    number = f"（{plan.number}）" if plan.number else ""
    _paragraph(document, f"为贯彻落实《{plan.basis.strip('《》')}》{number}，结合本单位实际，制定本方案。")
    for n, (heading, words) in enumerate(plan.parts()):
        _paragraph(document, f"{_NUMERALS[n]}、{heading}", HEADING)
        for line in words:
            _paragraph(document, line)
        if heading == "重点任务":
            _tasks(document, plan.chapters)
    for line in (plan.unit, _day(plan.day, with_year=True)):
        put(document.add_paragraph(), line, BODY, 16).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _tasks(document: Document, chapters: dict[str, list[Item]]) -> None:
    for heading, items in chapters.items():
        if heading:
            _paragraph(document, heading, SUBHEADING)
        for n, item in enumerate(items, start=1):
            _paragraph(document, f"{n}. {item.words()}")


def _paragraph(document: Document, words: str, font: str = BODY) -> None:
    paragraph = put(document.add_paragraph(), words, font, 16)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(0)


def _few(names: list[str]) -> str:
    return "、".join(names[:3]) + (f"等{len(names)}个单位" if len(names) > 3 else "")


def _day(day: date, *, with_year: bool = False) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if with_year else f"{day.month}月{day.day}日"
