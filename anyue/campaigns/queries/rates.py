"""Completeness and timeliness: how much of what is owed is done, and how much of what was due was done in time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from anyue.units.models import Unit

from ..models import Assignment, AssignmentQuerySet, Campaign, Task, TaskActor, waived_on

BY = ("task", "level", "unit")


@dataclass(frozen=True)
class Rate:
    """Assignments of one unit, task or level, counted. Both rates are shares of a set in which they are contained, so
    neither exceeds 100 %; of nothing there is no rate."""

    label: str
    owed: int  # without those excused
    done: int
    due: int  # of those owed, whose deadline is over
    in_time: int  # of those due, done by the deadline
    waived: int
    extended: int
    task: Task | None = None
    unit: Unit | None = None


@dataclass(frozen=True)
class Rates:
    """One line a unit, task or level, and all together."""

    total: Rate
    lines: list[Rate] = field(default_factory=list)


def rates(campaign: Campaign, today: date, *, by: str, within: Unit | None = None, units: Iterable[Unit] = ()) -> Rates:
    """Rates of what must be done in a campaign (below `within`), by task, by level (kind of unit) or for these units.

    Only what the notice asks is counted: what was passed on counts in the whole. A constant number of queries.
    """
    rows = Assignment.objects.filter(task__campaign=campaign, task__struck_at=None).owed().asked_by_the_notice().order_by()
    if within is not None:
        rows = rows.within(within)
    total = _rate(_("合计"), rows.aggregate(**_counts(today)))
    if by == "level":
        found = _grouped(rows, "unit__kind", today)
        return Rates(total, [_rate(str(label), found[kind]) for kind, label in Unit.Kind.choices if kind in found])
    if by == "unit":
        chosen = list(units)
        found = _grouped(rows.filter(unit__in=chosen), "unit", today)
        return Rates(total, [_rate(unit.name, found[unit.pk], unit=unit) for unit in chosen if unit.pk in found])
    found = _grouped(rows, "task", today)
    return Rates(total, [_rate(task.quote, found[task.pk], task=task) for task in campaign.tasks.kept() if task.pk in found])


def _grouped(rows: AssignmentQuerySet, by: str, today: date) -> dict[Any, dict[str, int]]:
    return {row[by]: row for row in rows.values(by).annotate(**_counts(today)).values(by, *_counts(today))}


def _counts(today: date) -> dict[str, Count]:
    owed, done = ~waived_on(today), Q(done__gte=F("need"))
    due = owed & Q(due_on__lt=today)
    return {
        "owed": Count("pk", filter=owed),
        "done_": Count("pk", filter=owed & done),
        "due": Count("pk", filter=due),
        "in_time": Count("pk", filter=due & done & Q(done_on__lte=F("due_on"))),
        "waived": Count("pk", filter=~owed),
        "extended": Count("pk", filter=Q(extended_at__isnull=False)),
    }


def _rate(label: str, row: dict[str, int], *, task: Task | None = None, unit: Unit | None = None) -> Rate:
    return Rate(label, row["owed"], row["done_"], row["due"], row["in_time"], row["waived"], row["extended"], task, unit)


def exceptions(campaign: Campaign, today: date, *, within: Unit | None = None) -> AssignmentQuerySet:
    """Assignments excused today or given more time, with who said so and why."""
    rows = Assignment.objects.filter(task__campaign=campaign).filter(waived_on(today) | Q(extended_at__isnull=False))
    if within is not None:
        rows = rows.within(within)
    return rows.exclude(role=TaskActor.Role.SUPERVISE).select_related("task", "unit", "waived_by", "extended_by").with_state(today)
