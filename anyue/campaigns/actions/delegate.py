"""Pass a task on to the unit's own units, and take that back."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import RuleBroken
from anyue.people.models import Person
from anyue.units.models import Unit

from .. import rules
from ..models import Assignment, TaskActor


@transaction.atomic
def delegate(assignment: Assignment, *, by: Person, units: list[Unit], need: int = 1, due_on: date | None = None) -> tuple[int, list[Unit]]:
    """The task goes on to `units` below, each owing `need` by `due_on` (None: the same day).

    Returns (how many were given it, those left out because they owe it already). What they do counts in the whole.
    A unit stands strictly below the one that passes on, so that no task can come round to where it came from.
    """
    rules.check_delegation(
        role_owes=assignment.role != TaskActor.Role.SUPERVISE,
        waived=assignment.is_waived(clock.today()),
        n_units=len(units),
        need=need,
        due_on=due_on,
        limit=assignment.due_on,
    )
    strange = [unit for unit in units if not assignment.unit.contains(unit) or unit.pk == assignment.unit_id]
    closed = [unit for unit in units if not unit.is_open(clock.today())]
    if strange:
        raise RuleBroken(_("“%(name)s”不是本单位的下级，不能下派。") % {"name": strange[0]})
    if closed:
        raise RuleBroken(_("“%(name)s”已经撤销，不能下派。") % {"name": closed[0]})
    owing = set(
        Assignment.objects.filter(task=assignment.task_id, unit__in=units, period_start=assignment.period_start)
        .exclude(role=TaskActor.Role.SUPERVISE)
        .values_list("unit", flat=True)
    )
    rows = [
        Assignment(
            task_id=assignment.task_id, unit=unit, role=TaskActor.Role.RESPONSIBLE, parent=assignment,
            period_start=assignment.period_start, period_end=assignment.period_end,
            due_on=due_on or assignment.due_on, need=need,
        )
        for unit in units
        if unit.pk not in owing
    ]
    # Two people may press at once: who comes second adds nothing.
    Assignment.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record("assignment.delegated", assignment, by=by, after=f"{len(rows)} units, {need} each")
    return len(rows), [unit for unit in units if unit.pk in owing]


@transaction.atomic
def take_back(assignment: Assignment, *, by: Person) -> None:
    """What was passed on is taken back, as long as nothing was reported towards it or passed on further."""
    if assignment.parent is None:
        raise RuleBroken(_("这项任务由安委办派发，不能收回。"))
    gone, _rows = Assignment.objects.filter(
        Q(pk=assignment.pk, reported=0, progress=None, children=None, waived_at=None)
    ).delete()
    if not gone:
        raise RuleBroken(_("下级已经报送或再下派，不能收回。"))
    audit.record("assignment.taken_back", assignment.parent, by=by, before=str(assignment.unit))
