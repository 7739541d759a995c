"""Every one of 6,000 units × 100 tasks falls due today: the reminder run, against the same rows merely inserted."""

import time
from datetime import date

from clock import line
from world import database, fill_units, make_campaign

UNITS, TASKS, DAY = 6000, 100, date(2023, 6, 30)


def main() -> None:
    with database():
        from django.conf import settings
        from django.db import connection, transaction

        from anyue.campaigns import actions
        from anyue.campaigns.models import Reminder
        from anyue.people.models import Person, Term
        from anyue.units.models import Unit

        settings.STAND_ON = DAY
        banner, officer = fill_units(60, UNITS)
        campaign = make_campaign(banner, officer, tasks=TASKS, group="企业")
        actions.confirm_campaign(campaign, by=officer)
        firms = list(Unit.objects.filter(kind="enterprise"))
        people = Person.objects.bulk_create(Person(username=f"p{unit.pk}", unit=unit) for unit in firms)
        Term.objects.bulk_create(Term(unit=unit, person=person, since=date(2023, 6, 1)) for unit, person in zip(firms, people, strict=True))
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bare (id integer PRIMARY KEY, a integer, b integer, c integer)")
            start = time.perf_counter()
            with transaction.atomic():
                cursor.execute("INSERT INTO bare SELECT id, id, task_id, 0 FROM campaigns_assignment")
            limit = time.perf_counter() - start
        start = time.perf_counter()
        n = actions.remind(by="bench", today=DAY)
        took = time.perf_counter() - start
        line(f"limit: {UNITS * TASKS:,} rows into a bare table, one statement", limit)
        line(f"remind {n:,} people of {Reminder.objects.count():,} assignments", took, limit)


if __name__ == "__main__":
    main()
