"""Receipt of a campaign, duties that registering fulfils, and questions asked twice."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.people.models import Person, Term
from anyue.people.queries import liaison_of
from anyue.units.models import Unit

from ..models import AskedTwice, Assignment, Campaign, Receipt
from .fulfil import report_progress


@transaction.atomic
def receive(campaign: Campaign, *, by: Person, unit: Unit) -> bool:
    """The unit has seen the campaign; the first time counts. Returns whether this was it."""
    row, made = Receipt.objects.get_or_create(campaign=campaign, unit=unit, defaults={"at": clock.now(), "by": by})
    if made:
        audit.record("campaign.received", campaign, by=by, after=str(unit))
    return made


@transaction.atomic
def credit_liaisons(*, by: object) -> int:
    """Who has registered a liaison here need not report that it did. Returns how many assignments that fulfils."""
    current = Term.objects.filter(unit=OuterRef("unit"), until=None)
    open_ = Assignment.objects.filter(task__kind="liaison", task__campaign__confirmed_at__isnull=False).owed().unmet(clock.today())
    rows = list(open_.filter(Exists(current)).select_related("unit", "task"))
    people = liaison_of({row.unit_id for row in rows})
    for row in rows:
        report_progress(row, by=people[row.unit_id], amount=row.need - row.done, words=_("联络员已在系统登记。"))
    return len(rows)


@transaction.atomic
def say_asked_twice(assignment: Assignment, *, by: Person, where: str, answer: str) -> None:
    """The unit says where it gave the same before, so that the office need not ask again."""
    if not where.strip():
        raise RuleBroken(_("请写明在哪里报过。"))
    _row, made = AskedTwice.objects.get_or_create(
        assignment=assignment, settled_at=None, defaults={"where": where.strip()[:200], "answer": answer.strip()[:500], "at": clock.now(), "by": by}
    )
    if not made:
        raise Conflict(_("已经反映过，等安委办答复。"))
    audit.record("assignment.asked_twice", assignment, by=by, after=where)


@transaction.atomic
def settle_asked_twice(row: AskedTwice, *, by: Person, reply: str) -> None:
    """The office answers; whether it waives the task or keeps asking is a matter of its own."""
    if not reply.strip():
        raise RuleBroken(_("请写明答复，单位会看到。"))
    won = AskedTwice.objects.filter(pk=row.pk, settled_at=None).update(settled_at=clock.now(), settled_by=by, reply=reply.strip()[:200])
    if not won:
        raise Conflict(_("已经答复过。"))
    audit.record("assignment.asked_twice_settled", row.assignment, by=by, after=reply)
