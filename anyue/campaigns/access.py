"""Every row is fetched through the person who asks: what is outside their units does not exist for them."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from anyue.kernel import clock
from anyue.people.models import Person
from anyue.units.models import STEP, Group, Unit

from . import queries
from .actions import Meaning
from .models import (
    AskedTwice,
    Assignment,
    AssignmentQuerySet,
    Campaign,
    FormerNotice,
    Plan,
    Progress,
    Task,
    TaskActor,
    Visit,
)


def require_office(person: Person) -> None:
    """Notices, review and board are the office's own."""
    if not person.is_office:
        raise PermissionDenied


def campaigns_of(person: Person) -> QuerySet[Campaign]:
    """The office sees those of its banner; others see, once issued, those of the banner they stand under."""
    area = person.area
    if area is None:
        return Campaign.objects.none()
    if person.is_office:
        return Campaign.objects.filter(area__path__gte=area.path, area__path__lt=area.path_end)
    above = [area.path[: n * STEP] for n in range(1, len(area.path) // STEP + 1)]
    return Campaign.objects.filter(area__path__in=above, confirmed_at__isnull=False)


def campaign_for(person: Person, pk: int) -> Campaign:
    """404 when outside the person's units."""
    return get_object_or_404(campaigns_of(person).select_related("notice", "area", "corrects__notice"), pk=pk)


def campaign_of_file(person: Person, sha256: str) -> Campaign | None:
    """The campaign that this very file was imported for before."""
    return campaigns_of(person).filter(notice__sha256=sha256).first()


def campaign_to_run(person: Person, pk: int) -> Campaign:
    """The campaign for those who may change it: 404 outside, 403 for a unit's people."""
    campaign = campaign_for(person, pk)
    require_office(person)
    return campaign


def correction_to_run(person: Person, pk: int) -> Campaign:
    """The draft of a corrected notice; 404 for any other campaign."""
    campaign = campaign_to_run(person, pk)
    if campaign.corrects_id is None:
        raise Http404
    return campaign


def former_notice_for(person: Person, pk: int) -> FormerNotice:
    """What the notice of a campaign that the person sees was before."""
    return get_object_or_404(FormerNotice.objects.filter(campaign__in=campaigns_of(person)), pk=pk)


def task_to_review(person: Person, pk: int) -> Task:
    """A task of a campaign of the office's own banner."""
    task = get_object_or_404(Task.objects.select_related("campaign__notice", "campaign__area"), pk=pk)
    campaign_to_run(person, task.campaign_id)
    return task


def assignments_of(person: Person) -> AssignmentQuerySet:
    """Assignments of the person's unit and all below it, with their state today."""
    area = person.area
    rows = Assignment.objects.with_state(clock.today()).select_related("task__campaign", "unit", "parent")
    return rows.none() if area is None else rows.within(area)


def assignment_for(person: Person, pk: int) -> Assignment:
    """404 when outside the person's units."""
    return get_object_or_404(assignments_of(person), pk=pk)


def assignment_to_fulfil(person: Person, pk: int) -> Assignment:
    """An assignment of the very unit the person works in; those below are seen, not answered for."""
    assignment = assignment_for(person, pk)
    if assignment.unit_id != person.unit_id and not person.is_office:
        raise PermissionDenied
    return assignment


def may_fulfil(person: Person, assignment: Assignment) -> bool:
    """Whether the page offers the form."""
    return assignment.unit_id == person.unit_id and assignment.role != "supervise" and not assignment.is_waived(clock.today())


def assignment_to_delegate(person: Person, pk: int) -> Assignment:
    """An assignment that the person's own unit owes."""
    assignment = assignment_for(person, pk)
    if assignment.unit_id != person.unit_id:
        raise PermissionDenied
    return assignment


def may_take_back(person: Person, assignment: Assignment) -> bool:
    """Whether the person's unit is the one that passed it on."""
    return assignment.parent is not None and assignment.parent.unit_id == person.unit_id


def assignment_to_take_back(person: Person, pk: int) -> Assignment:
    """An assignment that the person's unit passed on."""
    assignment = assignment_for(person, pk)
    if not may_take_back(person, assignment):
        raise PermissionDenied
    return assignment


def campaign_issued(person: Person, pk: int) -> Campaign:
    """An issued campaign, for the office; 404 while it is a draft."""
    campaign = campaign_to_run(person, pk)
    if not campaign.is_confirmed:
        raise Http404
    return campaign


def unit_with_duties(person: Person, campaign: Campaign) -> Unit:
    """The person's own unit, where the campaign asks something of it."""
    if person.unit is None or not Assignment.objects.filter(unit=person.unit, task__campaign=campaign).exists():
        raise Http404
    return person.unit


def own_plan(person: Person, pk: int) -> Plan:
    """The written plan of the person's own unit for a campaign; 404 where none is written."""
    campaign = campaign_for(person, pk)
    plan = queries.open_plan(campaign, unit_with_duties(person, campaign))
    if plan.pk is None:
        raise Http404
    return plan


def plan_for(person: Person, pk: int) -> Plan:
    """A plan of the person's own unit, or an issued one of a unit below."""
    rows = Plan.objects.select_related("unit", "campaign__notice", "campaign__area")
    plan = get_object_or_404(rows.filter(campaign__in=campaigns_of(person)), pk=pk)
    area = person.area
    is_below = plan.is_issued and area is not None and area.contains(plan.unit)
    if plan.unit_id != person.unit_id and not is_below:
        raise Http404
    return plan


def visit_to_write(person: Person, pk: int) -> Visit:
    """A visit that the person's own unit makes; 403 for who may only read it."""
    visit = get_object_or_404(Visit.objects.select_related("plan__campaign", "unit"), pk=pk)
    if plan_for(person, visit.plan_id).unit_id != person.unit_id:
        raise PermissionDenied
    return visit


def assignments_to_urge(person: Person, pk: int) -> tuple[Assignment, list[Assignment]]:
    """Whom a person may urge from an assignment: the office its unit; who supervises, the units below it; who passed
    it on, those who have it."""
    assignment = assignment_for(person, pk)
    if assignment.unit_id == person.unit_id:
        if assignment.role == TaskActor.Role.SUPERVISE:
            return assignment, queries.watched(assignment, clock.today())
        return assignment, queries.passed_on(assignment, clock.today())
    require_office(person)
    return assignment, [assignment]


def asked_twice_to_settle(person: Person, pk: int) -> AskedTwice:
    """A question of a unit in a campaign of the office's own banner."""
    row = get_object_or_404(AskedTwice.objects.select_related("assignment__task"), pk=pk)
    campaign_to_run(person, row.assignment.task.campaign_id)
    return row


def check_meanings(person: Person, meanings: Iterable[Meaning]) -> None:
    """Names may only mean units of the person's own area and known groups."""
    said = list(meanings)
    area = person.area
    units = {meaning.unit_id for meaning in said if meaning.unit_id is not None}
    groups = {meaning.group_id for meaning in said if meaning.group_id is not None}
    if area is None or Unit.objects.within(area).filter(pk__in=units).count() != len(units):
        raise Http404
    if Group.objects.filter(pk__in=groups).count() != len(groups):
        raise Http404


def progress_to_withdraw(person: Person, pk: int) -> Progress:
    """What was reported towards an assignment that the person answers for."""
    row = get_object_or_404(Progress.objects.select_related("assignment"), pk=pk)
    assignment_to_fulfil(person, row.assignment_id)
    return row
