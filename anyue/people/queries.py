"""Reads about people."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from anyue.units.models import Unit, UnitQuerySet
from anyue.units.queries import units_under

from . import rules
from .models import JoinCode, Message, Person, Registration, Term
from .provider import provider_classes


def person_of_token(token: str) -> Person | None:
    """Whose key this is; None for nobody's or for an account that was closed."""
    return (
        Person.objects.select_related("unit__parent").filter(tokens__digest=rules.digest(token), is_active=True).first()
        if token
        else None
    )


def person_of_calendar(token: str) -> Person | None:
    """Whose calendar this address is; None for nobody's or for an account that was closed."""
    return Person.objects.select_related("unit__parent").filter(calendar_key__token=token, is_active=True).first() if token else None


def code_of(token: str) -> JoinCode | None:
    """The code of a scanned address, good or not."""
    return JoinCode.objects.select_related("unit").filter(token=token).first()


def flooded_codes(area: Unit) -> list[JoinCode]:
    """Codes of the area and below by which more wait than people would send, as `n_waiting`; also those out of use."""
    codes = JoinCode.objects.filter(unit__path__gte=area.path, unit__path__lt=area.path_end).select_related("unit")
    waiting = Count("registrations", Q(registrations__state=Registration.State.WAITING))
    return list(codes.annotate(n_waiting=waiting).filter(n_waiting__gte=rules.A_FLOOD))


def registration_of(secret: str) -> Registration | None:
    """What this device sent."""
    rows = Registration.objects.select_related("unit", "code", "person")
    return rows.filter(key=rules.digest(secret)).first() if secret else None


def units_to_join(code: JoinCode, words: str, *, on: date) -> list[Unit]:
    """Units that the code may register for and that go by these words: the exact name or alias alone, else up to 20."""
    if not words:
        return []
    units = Unit.objects.select_related("parent").on(on)
    units = units.within(code.unit) if code.for_all else units.filter(pk=code.unit_id)
    exact = list(units.filter(Q(name=words) | Q(aliases__name=words)).distinct()[:20])
    return exact or list(units.filter(Q(name__contains=words) | Q(aliases__name__contains=words)).distinct().order_by("path")[:20])


def liaison_of(units: Container[int]) -> dict[int, Person]:
    """Unit (by its key) to who speaks for it, of those units that have a liaison. Read whole: there are few liaisons,
    and thousands of keys do not fit into one query."""
    terms = Term.objects.filter(until=None).select_related("person__unit")
    return {term.unit_id: term.person for term in terms if term.unit_id in units}


@dataclass(frozen=True)
class Liaisons:
    """Who speaks for the units: `units` with their current `terms` prefetched as `now`."""

    units: UnitQuerySet
    n_units: int
    n_missing: int


def liaisons(area: Unit, *, on: date, kind: str = "", missing: bool = False) -> Liaisons:
    """Units below `area` and who speaks for them; without `kind` those directly below, which notices address."""
    current = Term.objects.filter(until=None)
    units = units_under(area, on=on, kind=kind).exclude(kind=Unit.Kind.OFFICE)
    if kind not in Unit.Kind.values:
        units = units.filter(parent=area)
    without = units.filter(~Exists(current.filter(unit=OuterRef("pk"))))
    shown = (without if missing else units).prefetch_related(
        Prefetch("terms", current.select_related("person"), to_attr="now"),
    )
    return Liaisons(shown, units.count(), without.count())


def good_codes(units: list[Unit], *, on: date) -> dict[int, JoinCode]:
    """Of each unit the code of its own that is good on the day."""
    rows = JoinCode.objects.filter(unit__in=units, for_all=False, revoked_at=None, expires_on__gte=on).select_related("unit")
    return {row.unit_id: row for row in rows}


def code_for_all(area: Unit, *, on: date) -> JoinCode | None:
    """The code of all units below `area` that is good on the day."""
    return JoinCode.objects.filter(unit=area, for_all=True, revoked_at=None, expires_on__gte=on).select_related("unit").first()


def n_unread(person: Person) -> int:
    """How many messages a person has not read."""
    return Message.objects.filter(person=person, read_at=None).count()


def has_second_factor(person: Person) -> bool:
    """Whether an app or a passkey stands behind the password. Recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def outside_doors() -> dict[str, str]:
    """Services by which one may sign in here, and their names: those that the installation names."""
    return {provider.id: str(provider.name) for provider in provider_classes if settings.SOCIALACCOUNT_PROVIDERS.get(provider.id)}


def n_passkeys(person: Person) -> int:
    """How many passkeys a person has."""
    return int(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count())
