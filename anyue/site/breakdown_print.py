"""A breakdown on a terminal and as the files that offices use. No Django."""

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from anyue.notice import DOUBTFUL, Breakdown, in_words, kinds
from anyue.notice.task import Task
from anyue.paperwork.breakdown_table import Row, quota_words, write_docx, write_xlsx


def show(found: Breakdown) -> None:
    """Header and tasks as a readable table; colours only on a terminal."""
    console = Console(highlight=False, soft_wrap=False, width=None if Console().is_terminal else 160)
    head = found.header
    console.print(Text(head.title or "（无标题）", style="bold"))
    period = head.period or {}
    facts = [head.issuer, head.document_number, str(head.issued_on or ""), head.theme, "—".join(filter(None, (period.get("start"), period.get("end"))))]
    console.print("  ".join(fact for fact in facts if fact))
    if not found.tasks:
        console.print("没有读出任务：这份文件里没有对单位提出的要求。 No tasks: nobody is asked for anything here.")
        return
    table = Table(show_lines=False)
    for name in ("#", "条目", "原文", "责任", "类别", "数量", "时限", "把握"):
        table.add_column(name, overflow="fold")
    for row, task in zip(rows_of(found), found.tasks, strict=True):
        who = "、".join([*(f"{name}（牵头）" for name in row.lead), *row.responsible, *(f"{name}（配合）" for name in row.support)])
        doubt = "" if task.confidence >= DOUBTFUL else "?"
        style = "yellow" if doubt else ""
        table.add_row(str(row.number), row.section, row.quote, who, row.kind, row.quota, row.due, f"{task.confidence:.2f}{doubt}", style=style)
    console.print(table)


def write(found: Breakdown, *, xlsx: Path | None, docx: Path | None) -> None:
    """The 任务分解表 to the given files."""
    title, subtitle = "任务分解表", found.header.title or ""
    if xlsx:
        xlsx.write_bytes(write_xlsx(title, subtitle, rows_of(found)))
    if docx:
        docx.write_bytes(write_docx(title, subtitle, rows_of(found)))


def rows_of(found: Breakdown) -> list[Row]:
    """The rows of the 任务分解表."""
    return [_row(n, task, found.text) for n, task in enumerate(found.tasks, start=1)]


def _row(number: int, task: Task, text: str) -> Row:
    def named(role: str) -> list[str]:
        return [actor.name for actor in task.actors if actor.role == role]

    quota = task.quota
    window = task.window
    span = in_words(window, due=False) if isinstance(window, str) else "—".join(filter(None, dict.fromkeys((window or {}).values())))
    return Row(
        number=number,
        section=task.section,
        quote="".join(text[task.start : task.end].split()),
        kind=kinds.labels()[task.kind][0],
        lead=named("lead"),
        responsible=named("responsible"),
        support=named("support"),
        due=in_words(task.due, due=True) if task.due else span,
        quota=quota_words(quota.min, quota.max, quota.unit, quota.per) if quota else "",
        deliverables="、".join(task.deliverables),
        encouraged=task.strength == "encourage",
    )
