"""Report towards an assignment, or excuse a unit from it."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.people.models import Person

from ..models import Assignment, Progress, TaskActor


@transaction.atomic
def report_progress(assignment: Assignment, *, by: Person, amount: int, words: str = "") -> Progress:
    """A unit did `amount` towards an assignment. The counters move in the same transaction."""
    if assignment.role == TaskActor.Role.SUPERVISE:
        raise RuleBroken(_("这项任务由您督促，由责任单位报送。"))
    if assignment.waived_at is not None:
        raise RuleBroken(_("这项任务已经豁免，不需要再报。"))
    row = Progress.objects.create(assignment=assignment, amount=amount, words=words, at=clock.now(), by=by)
    Assignment.objects.filter(pk=assignment.pk).update(done=F("done") + amount, reported=F("reported") + 1)
    audit.record("progress.reported", assignment, by=by, after=str(amount))
    return row


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
    Assignment.objects.filter(pk=row.assignment_id).update(done=F("done") - row.amount, reported=F("reported") - 1)
    audit.record("progress.withdrawn", row.assignment, by=by, before=str(row.amount))


@transaction.atomic
def waive_assignment(assignment: Assignment, *, by: Person, because: str) -> None:
    """The office excuses a unit from a task, with a reason that shows wherever the figure shows."""
    if not because.strip():
        raise RuleBroken(_("请写明豁免理由。"))
    won = Assignment.objects.filter(pk=assignment.pk, waived_at=None).update(
        waived_at=clock.now(), waived_by=by, waived_because=because.strip()[:200]
    )
    if not won:
        raise Conflict(_("这项任务已经豁免。"))
    audit.record("assignment.waived", assignment, by=by, after=because)


@transaction.atomic
def resume_assignment(assignment: Assignment, *, by: Person) -> None:
    """A waiver given by mistake is lifted; the record of it stays."""
    won = Assignment.objects.filter(pk=assignment.pk, waived_at__isnull=False).update(
        waived_at=None, waived_by=None, waived_because=""
    )
    if not won:
        raise Conflict(_("这项任务没有豁免。"))
    audit.record("assignment.resumed", assignment, by=by, before=assignment.waived_because)
