"""A task that was issued and changes: who owes it, when and how much, with what was done kept."""

from datetime import date

from django.db.models import Q

from anyue.kernel import audit, clock
from anyue.kernel.workdays import Workdays
from anyue.people.models import Person

from .. import queries, rules
from ..insert import issue_task
from ..models import Assignment, Campaign, Task, TaskActor

WITHDRAWN = "通知已更正，不再要求。"  # kept with the row like any reason, and known again by the next correction
_MOVED = ["period_start", "period_end", "due_on", "need", "done_on", "first_due_on", "extended_at", "extended_by", "extended_because"]


def reissue_task(campaign: Campaign, task: Task, tasks: list[Task], days: Workdays, *, by: Person) -> None:
    """The assignments of a task become what it asks now: those asked still move, those asked no more are excused with
    the reason, new ones are added. An extension stays where it gives more time than the new deadline."""
    periods = {period.start: period for period in queries.periods_of(campaign, task, days)}
    asked = {(role, pk) for role, units in queries.units_by_role(campaign, task, tasks) for pk in units.values_list("pk", flat=True)}
    moved: dict[int, tuple[Assignment, date | None]] = {}  # with the deadline that was
    gone = []
    rows = list(Assignment.objects.filter(task=task, parent=None))
    is_single = len(periods) == 1 and len({row.period_start for row in rows}) <= 1
    for row in rows:
        period = next(iter(periods.values())) if is_single else periods.get(row.period_start)
        if period is None or (row.role, row.unit_id) not in asked:
            gone.append(row.pk)
            continue
        moved[row.pk] = row, row.due_on
        _move(row, period, 0 if row.role == TaskActor.Role.SUPERVISE else task.need)
    Assignment.objects.bulk_update([row for row, _was in moved.values()], _MOVED, batch_size=500)
    _resume(list(moved))
    _move_children(moved)
    _excuse(Q(pk__in=gone), by=by)
    issue_task(campaign, task, tasks, days)


def withdraw_task(task: Task, *, by: Person) -> None:
    """The notice asks it no more: struck out, and whoever still owed it is excused with the reason."""
    Task.objects.filter(pk=task.pk).update(struck_at=clock.now())
    _excuse(Q(task=task), by=by)
    audit.record("task.withdrawn", task, by=by, before=task.quote)


def _move(row: Assignment, period: rules.Period, need: int) -> None:
    row.period_start, row.period_end, row.need = period.start, period.end, need
    if row.extended_at is not None and row.due_on and period.due_on and row.due_on > period.due_on:
        row.first_due_on = period.due_on
    else:
        _no_extension(row, period.due_on)
    _settle(row)


def _no_extension(row: Assignment, due_on: date | None) -> None:
    row.due_on, row.extended_because = due_on, ""
    row.first_due_on = row.extended_at = row.extended_by = None


def _settle(row: Assignment) -> None:
    """Whether it is done follows what is asked now."""
    if row.done < row.need:
        row.done_on = None
    elif row.done_on is None and row.need:
        row.done_on = clock.today()


def _move_children(above: dict[int, tuple[Assignment, date | None]]) -> None:
    """What was passed on moves along where it was due on the same day; it never leaves more time than the one above has."""
    while above:
        rows = {}
        for row in Assignment.objects.filter(parent__in=above):
            parent, was = above[row.parent_id or 0]
            rows[row.pk] = row, row.due_on
            row.period_start, row.period_end = parent.period_start, parent.period_end
            if row.due_on == was or (parent.due_on and (row.due_on is None or row.due_on > parent.due_on)):
                _no_extension(row, parent.due_on)
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


def _resume(rows: list[int]) -> None:
    """Asked again after a correction had withdrawn it."""
    excused = Assignment.objects.filter(pk__in=rows, waived_at__isnull=False, waived_because=WITHDRAWN)
    excused.update(waived_at=None, waived_by=None, waived_because="", waived_until=None)
