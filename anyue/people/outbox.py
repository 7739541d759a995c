"""Carries messages outside. Sending is no part of any request: a worker takes what is due, again and again."""

from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from anyue.kernel import channels

from . import rules
from .models import Delivery, Person, Robot

LEASE = timedelta(minutes=5)  # a sender that stopped half-way has lost its turn by then
MOST_AT_ONCE = 200
DEAD_AFTER = 3  # silent answers of one host in a run: what else is for it waits for the next


def channels_of(person: Person, robots: set[int]) -> list[str]:
    """Through which channels a person can be reached beside the application. `robots`: units that have one."""
    out = []
    if person.email:
        out.append(Delivery.Channel.EMAIL.value)
    if person.unit_id in robots:
        out.append(Delivery.Channel.ROBOT.value)
    if settings.SMS_URL and rules.takes_sms(person.phone):
        out.append(Delivery.Channel.SMS.value)
    return out


def send_due(moment: datetime | None = None) -> Counter[str]:
    """Sends what is due at the moment (real time: now); counts by the state it ended in. Quiet hours send nothing."""
    now = moment or timezone.now()
    done: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    if rules.is_quiet(timezone.localtime(now).time()):
        return done
    rows = Delivery.objects.due(now).select_related("message__person__unit__robot")[:MOST_AT_ONCE]
    for row in rows:
        host = _host(row)
        if silent[host] >= DEAD_AFTER:
            continue
        # Whoever moves the row on has it; the attempt is on record before the other side hears of it.
        if not Delivery.objects.due(now).filter(pk=row.pk).update(next_at=now + LEASE, attempts=F("attempts") + 1):
            continue
        state, answer = _send(row)
        if state == Delivery.State.WAITING:
            silent[host] += 1
        _note(row, state, answer, now, row.attempts + 1)
        done[state] += 1
    return done


def _send(row: Delivery) -> tuple[str, str]:
    try:
        return Delivery.State.SENT, _through(row)
    except channels.NotSent as refusal:
        return (Delivery.State.REFUSED if refusal.for_good else Delivery.State.WAITING), str(refusal)


def _through(row: Delivery) -> str:
    message, person = row.message, row.message.person
    if row.channel == Delivery.Channel.EMAIL:
        return channels.send_email(person.email, message.subject, message.words)
    if row.channel == Delivery.Channel.SMS:
        return channels.send_sms(settings.SMS_URL, person.phone, {"subject": message.subject[:20]})
    robot: Robot | None = getattr(person.unit, "robot", None)
    if robot is None or not is_robot_address(robot.url):
        raise channels.NotSent("no robot any more", for_good=True)
    return channels.send_robot(robot.kind, robot.url, robot.secret, f"{message.subject}\n{message.words}")


def is_robot_address(url: str) -> bool:
    """Whether the address belongs to one of the services (or gateways) the settings name: what units type is fetched
    by the server, which must not be led to hosts of its own network."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
    except ValueError:
        return False
    # A gateway named with its port stands in the house: it may speak plainly.
    return parts.scheme in (("http", "https") if parts.port else ("https",)) and host in settings.ROBOT_HOSTS


def _host(row: Delivery) -> str:
    robot: Robot | None = getattr(row.message.person.unit, "robot", None)
    if row.channel == Delivery.Channel.ROBOT and robot is not None:
        return urlsplit(robot.url).netloc
    return row.channel


def _note(row: Delivery, state: str, answer: str, now: datetime, attempts: int) -> None:
    if state == Delivery.State.WAITING and attempts >= len(rules.TRY_AGAIN):
        state = Delivery.State.GIVEN_UP
    if state == Delivery.State.WAITING:
        Delivery.objects.filter(pk=row.pk).update(next_at=now + rules.TRY_AGAIN[attempts], answer=answer[:200])
    else:
        Delivery.objects.filter(pk=row.pk).update(state=state, ended_at=now, answer=answer[:200])
