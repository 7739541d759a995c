"""Report towards an assignment, excuse a unit from it, or give it more time."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.people.models import Person

from .. import rules
from ..models import Assignment, Progress, TaskActor, waived_on


@transaction.atomic
def report_progress(assignment: Assignment, *, by: Person, amount: int, words: str = "") -> Progress:
    """A unit did `amount` towards an assignment. The counters move in the same transaction."""
    if assignment.role == TaskActor.Role.SUPERVISE:
        raise RuleBroken(_("这项任务由您督促，由责任单位报送。"))
    if assignment.is_waived(clock.today()):
        raise RuleBroken(_("这项任务已经豁免，不需要再报。"))
    row = Progress.objects.create(assignment=assignment, amount=amount, words=words, at=clock.now(), by=by)
    _count(assignment, amount, reports=1)
    audit.record("progress.reported", assignment, by=by, after=str(amount))
    return row


def _count(assignment: Assignment, amount: int, *, reports: int) -> None:
    """Moves the counters of the assignment and of all it was passed down from."""
    for pk in _upwards(assignment):
        done = F("done") + amount
        still_done = Case(When(done__gte=F("need") - amount, then=F("done_on")), default=Value(None))
        # One row at a time, from below: whoever counts into the same rows locks them in the same order.
        Assignment.objects.filter(pk=pk).update(done=done, reported=F("reported") + reports, done_on=still_done)
        Assignment.objects.filter(pk=pk, done_on=None, done__gte=F("need")).update(done_on=clock.today())


def _upwards(assignment: Assignment) -> Iterator[int]:
    at: Assignment | None = assignment
    while at is not None:
        yield at.pk
        at = at.parent


@transaction.atomic
def withdraw_progress(row: Progress, *, by: Person) -> None:
    """What was reported by mistake is taken back by a row that reverses it; both stay."""
    if row.reverses_id is not None:
        raise RuleBroken(_("这一条本身就是撤回，请重新报送。"))
    _back, made = Progress.objects.get_or_create(
        reverses=row, defaults={"assignment": row.assignment, "amount": -row.amount, "at": clock.now(), "by": by}
    )
    if not made:
        raise Conflict(_("这一条已经撤回。"))
    _count(row.assignment, -row.amount, reports=-1)
    audit.record("progress.withdrawn", row.assignment, by=by, before=str(row.amount))


@transaction.atomic
def waive_assignment(assignment: Assignment, *, by: Person, because: str, until: date | None = None) -> None:
    """The office excuses a unit from a task (until a day, then it is owed again), with a reason that shows wherever the
    figure shows."""
    rules.check_waiver(because=because, until=until, today=clock.today())
    won = (
        Assignment.objects.filter(pk=assignment.pk)
        .exclude(waived_on(clock.today()))
        .update(waived_at=clock.now(), waived_by=by, waived_because=because.strip()[:200], waived_until=until)
    )
    if not won:
        raise Conflict(_("这项任务已经豁免。"))
    audit.record("assignment.waived", assignment, by=by, after=f"{until or ''} {because}".strip())


@transaction.atomic
def resume_assignment(assignment: Assignment, *, by: Person) -> None:
    """A waiver given by mistake is lifted; the record of it stays."""
    won = Assignment.objects.filter(pk=assignment.pk, waived_at__isnull=False).update(
        waived_at=None, waived_by=None, waived_because="", waived_until=None
    )
    if not won:
        raise Conflict(_("这项任务没有豁免。"))
    audit.record("assignment.resumed", assignment, by=by, before=assignment.waived_because)


@transaction.atomic
def extend_assignment(assignment: Assignment, *, by: Person, until: date, because: str) -> None:
    """The office gives a unit more time, with a reason; the first deadline stays known. What the unit passed on and is
    due by the old deadline moves along."""
    rules.check_extension(because=because, until=until, due_on=assignment.due_on, today=clock.today())
    won = Assignment.objects.filter(pk=assignment.pk, due_on=assignment.due_on).update(
        first_due_on=assignment.first_due_on or assignment.due_on,
        due_on=until,
        extended_at=clock.now(),
        extended_by=by,
        extended_because=because.strip()[:200],
    )
    if not won:
        raise Conflict(_("期限刚刚改过，请刷新后再看。"))
    audit.record("assignment.extended", assignment, by=by, before=str(assignment.due_on), after=f"{until} {because}")
    old = assignment.due_on
    assignment.refresh_from_db()
    for child in assignment.children.filter(due_on=old):
        extend_assignment(child, by=by, until=until, because=because)
