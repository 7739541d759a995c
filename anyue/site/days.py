"""The table of working days as the office sees and edits it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from anyue.kernel import audit
from anyue.kernel.models import DayOff
from anyue.kernel.workdays import library_days


@dataclass
class Stretch:
    """Days on end of one kind and name."""

    first: date
    last: date
    is_off: bool
    name: str


@dataclass(frozen=True)
class Year:
    """One year of the table; `is_known` is false where nothing is filled in and plain weekdays count."""

    year: int
    days: list[DayOff]

    def stretches(self) -> list[Stretch]:
        """The days, those that follow each other as one."""
        out: list[Stretch] = []
        for row in self.days:
            last = out[-1] if out else None
            if last and (last.last + timedelta(1), last.is_off, last.name) == (row.day, row.is_off, row.name):
                last.last = row.day
            else:
                out.append(Stretch(row.day, row.day, row.is_off, row.name))
        return out

    @property
    def is_known(self) -> bool:
        """Whether the year has any day of its own."""
        return bool(self.days)


def years(around: int) -> list[Year]:
    """Last year, this and the next."""
    rows = list(DayOff.objects.filter(day__year__gte=around - 1, day__year__lte=around + 1))
    return [Year(year, [row for row in rows if row.day.year == year]) for year in (around - 1, around, around + 1)]


@transaction.atomic
def set_day(*, by: object, day: date, is_off: bool, name: str) -> None:
    """The office says what a day is."""
    row, _made = DayOff.objects.update_or_create(day=day, defaults={"is_off": is_off, "name": name})
    audit.record("day.set", row, by=by, after=f"{day} {'off' if is_off else 'on'} {name}")


@transaction.atomic
def fill(first: int, last: int) -> int:
    """Days the library knows for the years, where the table has none of that year. Returns how many were added."""
    known = set(DayOff.objects.values_list("day__year", flat=True))
    rows = [
        DayOff(day=day, is_off=off, name=name)
        for year in range(first, last + 1)
        if year not in known
        for day, off, name in library_days(year)
    ]
    return len(DayOff.objects.bulk_create(rows))
