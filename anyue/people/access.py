"""Who asks, and which registrations and codes they may see: those of their own unit and below."""

from typing import cast

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from anyue.units.models import Unit

from .models import CalendarKey, JoinCode, Message, Person, Registration, RegistrationQuerySet, Robot, Term


def who(request: HttpRequest) -> Person:
    """The person signed in (the middleware lets nobody else through)."""
    return cast(Person, request.user)


def registrations_for(person: Person) -> RegistrationQuerySet:
    """The office sees those of its area, others those of their own unit and below: who knows the people there."""
    rows = Registration.objects.select_related("unit", "code", "decided_by")
    return rows.none() if person.area is None else rows.within(person.area)


def registration_to_decide(person: Person, pk: int) -> Registration:
    """404 outside the person's units."""
    return get_object_or_404(registrations_for(person), pk=pk)


def unit_to_invite(person: Person, pk: int) -> Unit:
    """A unit for which the person may hand out a code: the own one, or one below."""
    if person.area is None:
        raise Http404
    return get_object_or_404(Unit.objects.within(person.area), pk=pk)


def area_to_invite(person: Person) -> Unit:
    """Codes for everybody are the office's own."""
    if not person.is_office:
        raise PermissionDenied
    if person.area is None:
        raise Http404
    return person.area


def code_to_revoke(person: Person, pk: int) -> JoinCode:
    """404 outside the person's units."""
    if person.area is None:
        raise Http404
    codes = JoinCode.objects.filter(unit__path__gte=person.area.path, unit__path__lt=person.area.path_end)
    return get_object_or_404(codes, pk=pk)


def term_to_call(person: Person, pk: int) -> Term:
    """A liaison of the person's unit or below, whose number may be looked up."""
    if person.area is None:
        raise Http404
    terms = Term.objects.filter(unit__path__gte=person.area.path, unit__path__lt=person.area.path_end)
    return get_object_or_404(terms.select_related("person", "unit"), pk=pk)


def messages_of(person: Person) -> QuerySet[Message]:
    """One's own messages, with how each went out."""
    return Message.objects.filter(person=person).prefetch_related("deliveries")


def unit_with_robot(person: Person) -> Unit:
    """The unit whose group the person may name a robot for: the own one."""
    if person.unit is None:
        raise Http404
    return person.unit


def robot_of(person: Person) -> Robot | None:
    """The robot of the person's unit."""
    return Robot.objects.filter(unit=person.unit_id).first()


def outside_accounts_of(person: Person) -> QuerySet[SocialAccount]:
    """One's own links to other services."""
    rows: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=person)
    return rows


def outside_account_of(person: Person, pk: int) -> SocialAccount:
    """One's own link to another service."""
    return get_object_or_404(outside_accounts_of(person), pk=pk)


def calendar_key_of(person: Person) -> CalendarKey | None:
    """The person's own."""
    return CalendarKey.objects.filter(person=person).first()
