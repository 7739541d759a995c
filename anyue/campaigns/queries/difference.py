"""What a corrected notice changes in an issued campaign, task by task."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from anyue.kernel.workdays import Workdays

from ..models import Campaign, Task
from .issue import periods_of, workdays_of


@dataclass(frozen=True)
class Change:
    """One task before and after. `words` and `owed` hold (what, before, after) of what differs: only where what units owe
    differs is it issued again."""

    old: Task | None
    new: Task | None
    words: list[tuple[str, str, str]] = field(default_factory=list)
    owed: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """All that differs."""
        return self.words + self.owed

    @property
    def sort(self) -> str:
        """added, removed, changed (issued again), reworded (words only), same."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        if not self.fields:
            return "same"
        return "changed" if self.owed else "reworded"


@dataclass(frozen=True)
class Difference:
    """All tasks of both versions, in the order of the new one."""

    changes: list[Change]

    def of(self, *sorts: str) -> list[Change]:
        """Those of some sorts."""
        return [change for change in self.changes if change.sort in sorts]

    @cached_property
    def shown(self) -> list[Change]:
        """All but the same."""
        return self.of("added", "removed", "changed", "reworded")

    @cached_property
    def n_same(self) -> int:
        """How many stay as they are."""
        return len(self.changes) - len(self.shown)

    @property
    def is_strange(self) -> bool:
        """Whether less than half of what was issued is found again: another notice, perhaps."""
        n_old = sum(change.old is not None for change in self.changes)
        return 2 * len(self.of("same", "changed", "reworded")) < n_old


def difference(draft: Campaign) -> Difference:
    """The difference of a correction (`draft.corrects` is set) to the campaign it corrects. A constant number of queries."""
    issued = draft.corrects
    assert issued is not None
    old_rows = {task.pk: task for task in _tasks(issued)}
    days = {campaign.pk: workdays_of(campaign) for campaign in (issued, draft)}
    changes: list[Change] = []
    for new in _tasks(draft):
        old = old_rows.pop(new.replaces_id, None) if new.replaces_id else None
        changes.append(_change(issued, old, draft, new, days) if old else Change(None, new))
    return Difference(changes + [Change(old, None) for old in old_rows.values()])


def _tasks(campaign: Campaign) -> QuerySet[Task]:
    return campaign.tasks.kept().prefetch_related("actors__unit", "actors__group")


def _change(issued: Campaign, old: Task, draft: Campaign, new: Task, days: dict[int, Workdays]) -> Change:
    owed = [
        (_("责任单位"), _actors(old), _actors(new)),
        (_("要求"), old.get_strength_display(), new.get_strength_display()),
        (_("数量"), _quota(old), _quota(new)),
        (_("时段与期限"), _periods(issued, old, days), _periods(draft, new, days)),
    ]
    words = [
        (_("原文"), "".join(old.quote.split()), "".join(new.quote.split())),
        (_("类别"), old.kind, new.kind),
        (_("面向"), old.participants, new.participants),
        (_("报送材料"), old.deliverables, new.deliverables),
    ]
    return Change(old, new, [row for row in words if row[1] != row[2]], [row for row in owed if row[1] != row[2]])


def _actors(task: Task) -> str:
    """Whom the names mean, since that decides who owes; the name where it means nobody yet."""
    said = {
        (f"{actor.unit or actor.group or actor.name}" + (_("（其余）") if actor.is_rest else "") + f"（{actor.get_role_display()}）")
        for actor in task.actors.all()
        if not actor.is_ignored
    }
    return "、".join(sorted(said))


def _quota(task: Task) -> str:
    return f"{task.quota_min if task.quota_min is not None else ''}–{task.quota_max if task.quota_max is not None else ''} {task.quota_unit} {task.quota_per}".strip(" –")


def _periods(campaign: Campaign, task: Task, days: dict[int, Workdays]) -> str:
    found = periods_of(campaign, task, days[campaign.pk])
    shown = [f"{_day(p.start)}—{_day(p.end)}" + (_("，%(day)s前") % {"day": _day(p.due_on)} if p.due_on else "") for p in found]
    return "；".join(shown)


def _day(day: object) -> str:
    return formats.date_format(day, "Y-m-d")  # type: ignore[arg-type]  # a date
