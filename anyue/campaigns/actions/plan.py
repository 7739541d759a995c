"""A unit writes its own plan, issues it, passes its tasks on, and visits its own units."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.people.models import Person
from anyue.units.models import Unit

from .. import rules
from ..models import Assignment, Campaign, Plan, PlanItem, TaskActor, Visit
from .delegate import delegate
from .fulfil import report_progress


@transaction.atomic
def write_plan(campaign: Campaign, unit: Unit, *, by: Person, fields: dict[str, Any], items: dict[int, tuple[str, str]]) -> Plan:
    """The plan as its writer leaves it. `items` maps tasks to (who answers for it, how); a task left out keeps its own."""
    plan, _made = Plan.objects.select_for_update().get_or_create(
        campaign=campaign, unit=unit, defaults={"title": fields["title"], "made_at": clock.now()}
    )
    if plan.is_issued:
        raise RuleBroken(_("方案已经印发。要修改请先按“修改方案”。"))
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.save()
    PlanItem.objects.bulk_create(
        [PlanItem(plan=plan, task_id=task, person=person, how=how) for task, (person, how) in items.items()],
        update_conflicts=True, unique_fields=["plan", "task"], update_fields=["person", "how"],
    )
    audit.record("plan.written", plan, by=by)
    return plan


@transaction.atomic
def issue_plan(plan: Plan, *, by: Person, fulfils: list[Assignment]) -> int:
    """The plan holds from now on; the duties it fulfils (制定活动方案 …) are reported with it. Returns how many."""
    owed = Assignment.objects.filter(unit=plan.unit, task__campaign=plan.campaign).exclude(role=TaskActor.Role.SUPERVISE)
    rules.check_plan(is_issued=plan.is_issued, leaders=plan.leaders, n_tasks=owed.count())
    won = Plan.objects.filter(pk=plan.pk, issued_at=None).update(issued_at=clock.now(), issued_by=by)
    if not won:
        raise Conflict(_("方案刚刚已经印发。"))
    open_ = list(owed.filter(pk__in=[row.pk for row in fulfils]).unmet(clock.today()))
    for row in open_:
        report_progress(row, by=by, amount=row.residue, words=plan.title)
    audit.record("plan.issued", plan, by=by, after=plan.title)
    return len(open_)


@transaction.atomic
def revise_plan(plan: Plan, *, by: Person) -> None:
    """An issued plan is opened again. What was reported with it stays."""
    won = Plan.objects.filter(pk=plan.pk, issued_at__isnull=False).update(issued_at=None, issued_by=None)
    if not won:
        raise Conflict(_("方案还没有印发，可以直接修改。"))
    audit.record("plan.reopened", plan, by=by)


@transaction.atomic
def delegate_tasks(rows: list[Assignment], *, by: Person, units: list[Unit], need: int, due_on: date | None) -> int:
    """Several tasks go on to the same units, each by its own deadline or, where that is earlier, by `due_on`.
    Returns how many assignments that makes."""
    made = 0
    for row in rows:
        by_day = min(filter(None, (due_on, row.due_on)), default=None)
        made += delegate(row, by=by, units=units, need=need, due_on=by_day)[0]
    return made


@transaction.atomic
def add_visit(plan: Plan, *, by: Person, unit: Unit, day: date) -> Visit:
    """A visit that is planned, or was made."""
    visit = Visit.objects.create(plan=plan, unit=unit, day=day)
    audit.record("visit.added", visit, by=by, after=str(visit))
    return visit


@transaction.atomic
def write_visit(visit: Visit, *, by: Person, found: str, follow_up: str, follow_up_by: date | None) -> None:
    """What a visit found, and what is asked of the unit by when."""
    rules.check_visit(found=found, follow_up=follow_up, follow_up_by=follow_up_by)
    before = f"{visit.found} {visit.follow_up} {visit.follow_up_by or ''}".strip()
    won = Visit.objects.filter(pk=visit.pk, settled_on=None).update(
        found=found.strip(), follow_up=follow_up.strip(), follow_up_by=follow_up_by
    )
    if not won:
        raise Conflict(_("整改已经办结，不能再改。"))
    audit.record("visit.written", visit, by=by, before=before, after=f"{found} {follow_up} {follow_up_by or ''}".strip())


@transaction.atomic
def settle_visit(visit: Visit, *, by: Person, words: str) -> None:
    """What was asked of the unit is put right."""
    if not words.strip():
        raise RuleBroken(_("请写明整改结果。"))
    won = Visit.objects.filter(pk=visit.pk, settled_on=None).exclude(follow_up="").update(
        settled_on=clock.today(), settled_words=words.strip()[:500]
    )
    if not won:
        raise Conflict(_("没有待整改的问题，或已经办结。"))
    audit.record("visit.settled", visit, by=by, after=words)
