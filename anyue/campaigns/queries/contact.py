"""Who has received a campaign, what a unit's people are told, and what falls on which day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from anyue.units.models import Unit, UnitQuerySet
from anyue.units.queries import units_under

from ..models import AskedTwice, Assignment, Campaign, Event, Receipt, Reminder
from .mine import owed_by

SILENT = timedelta(hours=24)  # who has not opened a campaign by then is on the list of silent units


@dataclass(frozen=True)
class Receipts:
    """Who has received a campaign (`rows`), who has not (`silent`), and since when silence counts."""

    rows: list[Receipt]
    silent: UnitQuerySet
    n_units: int
    silent_from: datetime


def receipts(campaign: Campaign, *, on: date) -> Receipts:
    """Receipts of a campaign that is issued, in order of time, and the units that have given none, in tree order."""
    assert campaign.confirmed_at is not None
    some = Assignment.objects.filter(unit=OuterRef("pk"), task__campaign=campaign)
    units = units_under(campaign.area, on=on).filter(Exists(some))
    given = Receipt.objects.filter(unit=OuterRef("pk"), campaign=campaign)
    rows = list(campaign.receipts.select_related("unit", "by"))
    return Receipts(rows, units.filter(~Exists(given)), units.count(), campaign.confirmed_at + SILENT)


def to_receive(unit: Unit | None) -> list[Campaign]:
    """Campaigns in which the unit has duties and which it has not received."""
    if unit is None:
        return []
    some = Assignment.objects.filter(unit=unit, task__campaign=OuterRef("pk"))
    given = Receipt.objects.filter(unit=unit, campaign=OuterRef("pk"))
    return list(Campaign.objects.filter(Exists(some), ~Exists(given), confirmed_at__isnull=False))


def reminders_of(assignment: Assignment) -> list[Reminder]:
    """When its unit was reminded or urged, the last first."""
    return list(assignment.reminders.select_related("message").order_by("-message__made_at", "-pk")[:20])


@dataclass(frozen=True)
class Day:
    """One day of a calendar: what falls due, what takes place."""

    day: date
    due: list[Assignment]
    events: list[Event]


def days(unit: Unit | None, campaigns: list[Campaign], today: date) -> list[Day]:
    """What a unit still owes and the events of campaigns, by day: from today on, before it what is late."""
    out: dict[date, Day] = {}
    lists = owed_by(unit, today)
    for row in [*lists.late, *lists.this_week, *lists.later, *lists.encouraged]:
        if row.due_on is not None:
            out.setdefault(row.due_on, Day(row.due_on, [], [])).due.append(row)
    for event in Event.objects.filter(campaign__in=campaigns).select_related("campaign"):
        if event.day >= today:
            out.setdefault(event.day, Day(event.day, [], [])).events.append(event)
    return [out[day] for day in sorted(out)]


def n_asked_twice(campaigns: list[Campaign]) -> int:
    """How many questions asked twice wait for the office's answer."""
    return AskedTwice.objects.filter(assignment__task__campaign__in=campaigns, settled_at=None).count()


def asked_twice(campaigns: list[Campaign]) -> list[AskedTwice]:
    """What units say they were asked before, unanswered first."""
    rows = AskedTwice.objects.filter(assignment__task__campaign__in=campaigns).select_related("assignment__task", "assignment__unit", "by", "settled_by")
    return sorted(rows, key=lambda row: row.settled_at is not None)
