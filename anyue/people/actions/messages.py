"""Say something to people: in the application at once, outside through what they can be reached by."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import RuleBroken
from anyue.units.models import Unit

from .. import outbox
from ..models import Delivery, Message, Person, Robot


@dataclass(frozen=True)
class Said:
    """One message to be."""

    person: Person
    subject: str
    words: str


@transaction.atomic
def say(said: Iterable[Said], *, by: object, kind: str) -> list[Message]:
    """A message each, and its deliveries. Of digests a person gets one a day: who has today's is left out."""
    today, now = clock.today(), clock.now()
    wanted = list(said)
    if kind == Message.Kind.DIGEST:
        have = set(Message.objects.filter(kind=kind, day=today, person__in=[one.person for one in wanted]).values_list("person", flat=True))
        wanted = [one for one in wanted if one.person.pk not in have]
    messages = Message.objects.bulk_create(
        [Message(person=one.person, kind=kind, subject=one.subject[:200], words=one.words, day=today, made_at=now) for one in wanted],
        batch_size=1000,
    )
    robots = set(Robot.objects.values_list("unit", flat=True))
    Delivery.objects.bulk_create(
        [
            Delivery(message=message, channel=channel, next_at=timezone.now())
            for message in messages
            for channel in outbox.channels_of(message.person, robots)
        ],
        batch_size=1000,
    )
    return messages


@transaction.atomic
def read_messages(person: Person, *, by: Person) -> int:
    """All that a person has is read now. Returns how many were new."""
    return Message.objects.filter(person=person, read_at=None).update(read_at=clock.now())


@transaction.atomic
def set_robot(unit: Unit, *, by: Person, kind: str, url: str, secret: str) -> None:
    """The robot of the unit's own work group; an empty address takes it away."""
    if not url:
        Robot.objects.filter(unit=unit).delete()
    elif not outbox.is_robot_address(url):
        raise RuleBroken(_("这不是企业微信、钉钉或飞书群机器人的地址。请从群设置里复制 Webhook 地址。"))
    else:
        Robot.objects.update_or_create(unit=unit, defaults={"kind": kind, "url": url, "secret": secret})
    audit.record("robot.set", unit, by=by, after=kind if url else "")


@transaction.atomic
def set_email(person: Person, *, by: Person, email: str) -> None:
    """Where a person's reminders go beside the application; "" for nowhere."""
    person.email = email
    person.save(update_fields=["email"])
    audit.record("person.email_set", person, by=by, after="yes" if email else "no")
