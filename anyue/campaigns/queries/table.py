"""The rows of the 任务分解表."""

from anyue.notice import in_words, kinds
from anyue.paperwork.breakdown_table import Row, quota_words

from ..models import Campaign, Task


def breakdown_rows(campaign: Campaign) -> list[Row]:
    """The rows of the 任务分解表: one a task, many units in one cell."""
    out = []
    for n, task in enumerate(campaign.tasks.kept().prefetch_related("actors"), start=1):
        names: dict[str, list[str]] = {}
        for actor in task.actors.all():
            names.setdefault(actor.role, []).append(actor.name)
        out.append(
            Row(
                number=n,
                section=task.section,
                quote=" ".join(task.quote.split()),
                kind=kinds.labels()[task.kind][0] if task.kind in kinds.labels() else task.kind,
                lead=names.get("lead", []),
                responsible=[*names.get("responsible", []), *names.get("supervise", [])],
                support=names.get("support", []),
                due=str(task.due_on or in_words(task.due_rule, due=True) or task.window_end or in_words(task.rhythm, due=False)),
                quota=quota_words(task.quota_min, task.quota_max, task.quota_unit, task.quota_per),
                deliverables=task.deliverables,
                encouraged=task.strength == Task.Strength.ENCOURAGE,
            )
        )
    return out
