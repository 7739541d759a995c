"""What a unit owes, in the lists its person reads."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from anyue.units.models import Unit

from .. import rules
from ..models import Assignment, Campaign, Task, TaskActor


@dataclass(frozen=True)
class Owed:
    """One unit's assignments, in the lists its person reads: what is late, what is due this week, the rest, what is
    only encouraged, what it urges others to do, what is done."""

    late: list[Assignment]
    this_week: list[Assignment]
    later: list[Assignment]
    encouraged: list[Assignment]
    watched: list[Assignment]
    done: list[Assignment]

    @property
    def is_of_many(self) -> bool:
        """Whether the rows come from more than one notice, so that each has to say from which."""
        return len(self.campaigns) > 1

    @property
    def campaigns(self) -> list[Campaign]:
        """Of which notices the rows are, the newest first."""
        lists = (self.late, self.this_week, self.later, self.encouraged, self.watched, self.done)
        found = {row.task.campaign_id: row.task.campaign for rows in lists for row in rows}
        return [found[pk] for pk in sorted(found, reverse=True)]

    @property
    def n_open(self) -> int:
        """How many duties are still open."""
        return len(self.late) + len(self.this_week) + len(self.later)


def owed_by(unit: Unit | None, today: date) -> Owed:
    """What a unit owes, in the order of due dates. One query."""
    rows = (
        Assignment.objects.filter(unit=unit, task__campaign__confirmed_at__isnull=False)
        .with_state(today)
        .select_related("task__campaign")
        .order_by(F("due_on").asc(nulls_last=True), "task__position", "period_start")
    )
    out = Owed([], [], [], [], [], [])
    week_end = today + timedelta(6 - today.weekday())
    for row in rows:
        if row.state == rules.WATCHING:
            out.watched.append(row)
        elif row.state in (rules.DONE, rules.WAIVED):
            out.done.append(row)
        elif row.task.strength == Task.Strength.ENCOURAGE:
            out.encouraged.append(row)
        elif row.state == rules.OVERDUE:
            out.late.append(row)
        elif row.due_on is not None and row.due_on <= week_end:
            out.this_week.append(row)
        else:
            out.later.append(row)
    return out


def watched(assignment: Assignment, today: date) -> list[Assignment]:
    """For who urges: the assignments of the units below it on the same task, the open ones first."""
    if assignment.role != TaskActor.Role.SUPERVISE:
        return []
    below = Assignment.objects.within(assignment.unit).filter(task=assignment.task).exclude(pk=assignment.pk)
    return list(below.with_state(today).select_related("unit").order_by("done", "unit__path")[:200])


def passed_on(assignment: Assignment, today: date) -> list[Assignment]:
    """Those to whom it was passed on, the open ones first."""
    return list(assignment.children.with_state(today).select_related("unit").order_by("done_on", "unit__path"))


def may_be_given(assignment: Assignment, today: date) -> list[Unit]:
    """Units directly below that can be given the task and do not owe it yet."""
    owing = Assignment.objects.filter(task=assignment.task_id, period_start=assignment.period_start).exclude(role=TaskActor.Role.SUPERVISE)
    return list(Unit.objects.filter(parent=assignment.unit_id).on(today).exclude(pk__in=owing.values("unit")).order_by("kind", "path"))


def directly_below(unit: Unit, today: date) -> list[Unit]:
    """The unit's own units, by kind."""
    return list(Unit.objects.filter(parent=unit).on(today).order_by("kind", "path"))
