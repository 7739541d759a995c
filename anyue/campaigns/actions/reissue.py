"""A task that was issued and changes: who owes it, when and how much, with what was done kept."""

from datetime import date

from django.db.models import Case, F, Q, Value, When

from anyue.kernel import audit, clock
from anyue.kernel.workdays import Workdays
from anyue.people.models import Person

from .. import queries, rules
from ..insert import issue_task
from ..models import Assignment, AssignmentQuerySet, Campaign, Task, TaskActor

WITHDRAWN = "通知已更正，不再要求。"  # kept with the row like any reason, and known again by the next correction
_MOVED = ["need", "period_start", "period_end", "due_on", "first_due_on", "extended_at", "extended_by", "extended_because"]


def reissue_task(campaign: Campaign, task: Task, tasks: list[Task], days: Workdays, *, by: Person) -> None:
    """The assignments of a task become what it asks now: those asked still move, those asked no more are excused with
    the reason, new ones are added. An extension stays where it gives more time than the new deadline.

    Whole periods move in one statement, since a campaign has 600,000 rows; only what was extended or passed on is
    looked at row by row.
    """
    periods = {period.start: period for period in queries.periods_of(campaign, task, days)}
    rows = Assignment.objects.filter(task=task, parent=None)
    starts = set(rows.order_by().values_list("period_start", flat=True).distinct())
    if len(periods) == 1 and len(starts) == 1:
        becomes = {start: period for start in starts for period in periods.values()}
    else:
        becomes = {start: periods[start] for start in starts & periods.keys()}
    asked = Q(pk__in=[])
    for role, units in queries.units_by_role(campaign, task, tasks):
        asked |= Q(role=role, unit__in=units.order_by().values("pk"))
    _excuse(~Q(pk__in=rows.filter(asked, period_start__in=becomes).values("pk")) & Q(task=task, parent=None), by=by)
    for start, period in becomes.items():
        _move(rows.filter(asked, period_start=start), period, task.need)
    Assignment.objects.filter(task=task, done__gte=F("need"), need__gt=0, done_on=None).update(done_on=clock.today())
    issue_task(campaign, task, tasks, days)


def withdraw_task(task: Task, *, by: Person) -> None:
    """The notice asks it no more: struck out, and whoever still owed it is excused with the reason."""
    Task.objects.filter(pk=task.pk).update(struck_at=clock.now())
    _excuse(Q(task=task), by=by)
    audit.record("task.withdrawn", task, by=by, before=task.quote)


def _move(rows: AssignmentQuerySet, period: rules.Period, need: int) -> None:
    above = {row.pk: (row, row.due_on) for row in rows.filter(Q(children__isnull=False) | Q(extended_at__isnull=False)).distinct()}
    rows.filter(waived_because=WITHDRAWN).update(waived_at=None, waived_by=None, waived_because="", waived_until=None)
    rows.exclude(role=TaskActor.Role.SUPERVISE).filter(done__lt=need, done_on__isnull=False).update(done_on=None)
    for row, _was in above.values():
        row.need = 0 if row.role == TaskActor.Role.SUPERVISE else need
        row.period_start, row.period_end = period.start, period.end
        if row.extended_at is not None and row.due_on and period.due_on and row.due_on > period.due_on:
            row.first_due_on = period.due_on
        else:
            _due(row, period.due_on)
    amount = Case(When(role=TaskActor.Role.SUPERVISE, then=Value(0)), default=Value(need))
    rows.filter(extended_at=None).update(period_start=period.start, period_end=period.end, due_on=period.due_on, need=amount)
    Assignment.objects.bulk_update([row for row, _was in above.values()], _MOVED, batch_size=500)
    _move_children(above)


def _due(row: Assignment, due_on: date | None) -> None:
    row.due_on, row.extended_because = due_on, ""
    row.first_due_on = row.extended_at = row.extended_by = None


def _move_children(above: dict[int, tuple[Assignment, date | None]]) -> None:
    """What was passed on moves along where it was due on the same day; it never leaves more time than the one above has."""
    while above:
        rows = {}
        for row in Assignment.objects.filter(parent__in=above):
            parent, was = above[row.parent_id or 0]
            rows[row.pk] = row, row.due_on
            row.period_start, row.period_end = parent.period_start, parent.period_end
            if row.due_on == was or (parent.due_on and (row.due_on is None or row.due_on > parent.due_on)):
                _due(row, parent.due_on)
        Assignment.objects.bulk_update([row for row, _was in rows.values()], _MOVED, batch_size=500)
        above = rows


def _excuse(which: Q, *, by: Person) -> None:
    """Excused with all to whom it was passed on; who only urged is asked nothing any more."""
    rows = set(Assignment.objects.filter(which).values_list("pk", flat=True))
    layer = rows
    while layer:
        layer = set(Assignment.objects.filter(parent__in=layer).values_list("pk", flat=True)) - rows
        rows |= layer
    open_ = Assignment.objects.filter(pk__in=rows).unmet(clock.today())
    open_.update(waived_at=clock.now(), waived_by=by, waived_because=WITHDRAWN, waived_until=None)
    Assignment.objects.filter(pk__in=rows, role=TaskActor.Role.SUPERVISE, reported=0, children=None).delete()
