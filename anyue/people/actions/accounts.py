"""Accounts and their keys."""

import secrets

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction

from anyue.kernel import audit, clock
from anyue.units.models import Unit

from .. import rules
from ..models import ApiToken, CalendarKey, Person, Term


@transaction.atomic
def add_person(*, by: object, username: str, unit: Unit, role: str, password: str, name: str = "", post: str = "") -> Person:
    """An account; an existing one of that name gets these facts and this password. Whoever is not of the office speaks
    for the unit where nobody does yet."""
    person = Person.objects.filter(username=username).first() or Person(username=username)
    person.unit, person.role, person.last_name, person.post = unit, role, name, post
    person.set_password(password)
    person.full_clean(exclude=["email"])
    person.save()
    if role != Person.Role.OFFICE and not Term.objects.filter(unit=unit, until=None).exists():
        Term.objects.get_or_create(person=person, until=None, defaults={"unit": unit, "since": clock.today()})
    audit.record("person.saved", person, by=by, after=f"{unit} {role}")
    return person


@transaction.atomic
def make_token(person: Person, *, by: object) -> str:
    """A new key for the HTTP interface, shown this once; the database keeps only its hash."""
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(person=person, digest=rules.digest(token), made_at=clock.now())
    audit.record("token.made", row, by=by, after=person.username)
    return token


@transaction.atomic
def make_calendar_key(person: Person, *, by: Person) -> None:
    """A new private address for the person's calendar; the one before leads nowhere from now on."""
    row, _made = CalendarKey.objects.update_or_create(person=person, defaults={"token": secrets.token_urlsafe(32)})
    audit.record("calendar.keyed", row, by=by)


@transaction.atomic
def record_sign_in(person: Person, *, by: object, what: str) -> None:
    """How a person signs in was changed: totp_activated, webauthn_removed, password_changed …"""
    audit.record(f"person.{what}", person, by=by)


def forget_session(key: str, *, by: object) -> None:
    """Where a session came from is nobody's business once it ended."""
    UserSession.objects.filter(session_key=key).delete()


@transaction.atomic
def unlink_outside(row: SocialAccount, *, by: Person) -> None:
    """The other service's account leads in no longer."""
    audit.record("person.outside_unlinked", row.user, by=by, before=row.provider)
    row.delete()


@transaction.atomic
def drop_second_factor(person: Person, *, by: object) -> int:
    """For who lost the device: apps, passkeys and recovery codes are gone, and it is signed out. Returns how many."""
    n: int = Authenticator.objects.filter(user=person).delete()[0]
    for session in UserSession.objects.filter(user=person):
        session.end()
    audit.record("person.second_factor_dropped", person, by=by, before=str(n))
    return n
