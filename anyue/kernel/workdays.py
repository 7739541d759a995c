"""Chinese working days: a table the office can edit, filled from a library for the years it knows.

Beyond the years filled, Monday to Friday count and `is_known` says so, so that a page can tell its reader.
"""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
from django.utils.translation import gettext_noop

from .models import DayOff

# The package names days in English; the table, like all data here, is Chinese, and pages translate.
HOLIDAYS = {
    "New Year's Day": gettext_noop("元旦"),
    "Spring Festival": gettext_noop("春节"),
    "Tomb-sweeping Day": gettext_noop("清明节"),
    "Labour Day": gettext_noop("劳动节"),
    "Dragon Boat Festival": gettext_noop("端午节"),
    "Mid-autumn Festival": gettext_noop("中秋节"),
    "National Day": gettext_noop("国庆节"),
}


def known_years() -> set[int]:
    """Years for which the table holds holidays."""
    return set(DayOff.objects.values_list("day__year", flat=True).distinct())


def is_known(day: date) -> bool:
    """Whether holidays of that year are in the table."""
    return day.year in known_years()


@cache
def library_days(year: int) -> tuple[tuple[date, bool, str], ...]:
    """(day, is a day off, name) of every day of the year that is no plain weekday or weekend; () if unknown.

    Source: the State Council's yearly holiday notices, as the package chinesecalendar holds them.
    """
    out = []
    day = date(year, 1, 1)
    try:
        while day.year == year:
            off, english = chinese_calendar.get_holiday_detail(day)
            name = HOLIDAYS.get(english or "", english or "")
            if off and (name or day.weekday() < 5):
                out.append((day, True, name))
            elif not off and day.weekday() >= 5:
                out.append((day, False, name))
            day += timedelta(1)
    except NotImplementedError:
        return ()
    return tuple(out)


class Workdays:
    """Working days of a stretch of years, read from the table once and asked often."""

    def __init__(self, first_year: int, last_year: int) -> None:
        rows = DayOff.objects.filter(day__year__gte=first_year, day__year__lte=last_year)
        self._special = dict(rows.values_list("day", "is_off"))

    def is_workday(self, day: date) -> bool:
        """Whether work is done on that day."""
        off = self._special.get(day)
        return day.weekday() < 5 if off is None else not off

    def after(self, day: date, n: int) -> date:
        """The n-th working day after `day`; `day` itself for n = 0."""
        while n > 0:
            day += timedelta(1)
            n -= self.is_workday(day)
        return day

    def last_of_month(self, day: date) -> date:
        """The last working day of the month of `day`."""
        following = (day.replace(day=28) + timedelta(4)).replace(day=1)
        last = following - timedelta(1)
        while not self.is_workday(last):
            last -= timedelta(1)
        return last
