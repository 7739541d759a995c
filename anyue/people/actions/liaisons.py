"""Codes that lead to registration, registrations, and who speaks for a unit from now on."""

import secrets
from datetime import date, timedelta

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.units.models import Unit

from .. import rules
from ..models import JoinCode, Person, Registration, Term


@transaction.atomic
def make_codes(units: list[Unit], *, by: Person, expires_on: date, for_all: bool = False) -> list[JoinCode]:
    """A new code for each unit; the ones they had go out of use, so that an old print leads nowhere."""
    if expires_on < clock.today():
        raise RuleBroken(_("有效期不能早于今天。"))
    JoinCode.objects.filter(unit__in=units, for_all=for_all, revoked_at=None).update(revoked_at=clock.now())
    codes = JoinCode.objects.bulk_create(
        JoinCode(unit=unit, for_all=for_all, token=secrets.token_urlsafe(12), expires_on=expires_on, made_at=clock.now(), made_by=by)
        for unit in units
    )
    for code in codes:
        audit.record("code.made", code, by=by, after=f"{code.unit} {expires_on}")
    return codes


@transaction.atomic
def revoke_code(code: JoinCode, *, by: Person) -> None:
    """The code leads nowhere from now on."""
    if not JoinCode.objects.filter(pk=code.pk, revoked_at=None).update(revoked_at=clock.now()):
        raise Conflict(_("这个二维码已经停用。"))
    audit.record("code.revoked", code, by=by)


@transaction.atomic
def refuse_flood(code: JoinCode, *, by: Person) -> int:
    """A code that a robot has got hold of leads nowhere from now on, and whoever waits by it is refused: so many. They go
    when registrations do; one event says it all, for a robot's hundreds are to leave no more."""
    JoinCode.objects.filter(pk=code.pk, revoked_at=None).update(revoked_at=clock.now())
    n = Registration.objects.waiting().filter(code=code).update(
        state=Registration.State.REFUSED, decided_at=clock.now(), decided_by=by,
        because=_("经这个二维码的登记过多，已全部退回。请向安委办要新的二维码。"),
    )
    if not n:
        raise Conflict(_("经这个二维码已没有待确认的登记。"))
    audit.record("code.flood_refused", code, by=by, after=str(n))
    return n


@transaction.atomic
def register(code: JoinCode, *, by: str, unit: Unit, name: str, post: str, phone: str) -> tuple[Registration, str]:
    """Somebody who holds the code says to speak for the unit. Returns the row and the device's secret, told this once."""
    rules.check_code(expires_on=code.expires_on, revoked=code.revoked_at is not None, today=clock.today())
    if not unit.is_open(clock.today()):
        raise RuleBroken(_("“%(name)s”已经撤销，请选择现在的单位。") % {"name": unit})
    if not (unit.pk == code.unit_id or code.for_all and code.unit.contains(unit)):
        raise RuleBroken(_("这个二维码不能为“%(name)s”登记。") % {"name": unit})
    waiting = Registration.objects.waiting()
    rules.check_room(
        n_waiting=waiting.filter(unit=unit, code=code).count(),
        n_last_hour=Registration.objects.filter(code=code).since(clock.now() - timedelta(hours=1)).count(),
    )
    secret = secrets.token_urlsafe(32)
    row = Registration.objects.create(
        code=code, unit=unit, name=name, post=post, phone=phone, key=rules.digest(secret), made_at=clock.now()
    )
    audit.record("registration.made", row, by=by, after=str(unit))
    return row, secret


def confirm_registration(row: Registration, *, by: Person) -> Person:
    """The person speaks for the unit from today; whoever did before hands over, and the account of theirs closes.

    Assignments belong to the unit: a hand-over leaves none unowned and changes no history. The same person on another
    phone stays the same account. Others who wait for this unit are told that somebody else was confirmed.
    """
    try:
        with transaction.atomic():
            return _confirm(row, by=by)
    except IntegrityError as error:  # two offices at once: one number, or one unit, twice
        raise Conflict(_("这份登记刚刚已由他人处理，请刷新后查看。")) from error


def _confirm(row: Registration, *, by: Person) -> Person:
    person = _person(row)
    current = Term.objects.filter(unit=row.unit, until=None).select_related("person").first()
    if current is None or current.person_id != person.pk:
        if current is not None:
            _hand_over(current, by=by)
        Term.objects.create(unit=row.unit, person=person, since=clock.today())
    won = Registration.objects.filter(pk=row.pk).waiting().update(
        state=Registration.State.CONFIRMED, decided_at=clock.now(), decided_by=by, person=person
    )
    if not won:
        raise Conflict(_("这份登记刚刚已由他人处理，请刷新后查看。"))
    audit.record("registration.confirmed", row, by=by, after=f"{row.unit} {person}")
    for other in Registration.objects.waiting().filter(unit=row.unit):
        refuse_registration(other, by=by, because=_("本单位已由另一位同志登记。"))
    return person


def _person(row: Registration) -> Person:
    """The account of the phone number: known for this unit, or new. Another unit's number is refused."""
    holder = Person.objects.filter(phone=row.phone, is_active=True).first()
    if holder is not None and holder.unit_id != row.unit_id:
        raise RuleBroken(
            _("这个电话已登记为“%(unit)s”的%(name)s。请先核对号码；如已调动，请先在原单位换人。") % {"unit": holder.unit, "name": holder}
        )
    if holder is None:
        if Person.objects.filter(username=row.phone).exists():
            raise RuleBroken(_("这个电话已是别人的用户名，请核对号码。"))
        role = Person.Role.ENTERPRISE if row.unit.kind == Unit.Kind.ENTERPRISE else Person.Role.LIAISON
        holder = Person(username=row.phone, unit=row.unit, role=role)
        holder.set_unusable_password()
    holder.last_name, holder.post, holder.phone = row.name, row.post, row.phone
    holder.full_clean(exclude=["email", "password"])
    holder.save()
    return holder


def _hand_over(term: Term, *, by: Person) -> None:
    person = term.person
    Term.objects.filter(pk=term.pk).update(until=clock.today())
    person.is_active = False
    person.username = f"former-{person.pk}"  # the number may register again
    person.save(update_fields=["is_active", "username"])
    SocialAccount.objects.filter(user=person).delete()
    audit.record("liaison.handed_over", term, by=by, before=str(person))


@transaction.atomic
def refuse_registration(row: Registration, *, by: Person, because: str) -> None:
    """Not the one who speaks for the unit; the person reads why."""
    if not because.strip():
        raise RuleBroken(_("请写明理由，登记的人会看到。"))
    won = Registration.objects.filter(pk=row.pk).waiting().update(
        state=Registration.State.REFUSED, decided_at=clock.now(), decided_by=by, because=because.strip()[:200]
    )
    if not won:
        raise Conflict(_("这份登记刚刚已由他人处理，请刷新后查看。"))
    audit.record("registration.refused", row, by=by, after=because)
