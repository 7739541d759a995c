"""A hundred tasks issued to six thousand enterprises: 600,000 assignments in one transaction."""

import time

from clock import line
from world import database, fill_units, make_campaign

UNITS, TASKS = 6000, 100


def main() -> None:
    with database():
        from django.db import connection, transaction

        from anyue.campaigns import actions

        banner, officer = fill_units(60, UNITS)
        campaign = make_campaign(banner, officer, tasks=TASKS, group="企业")
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bare (id integer PRIMARY KEY, a integer, b integer, c varchar(12), d date, e date, f date)")
            start = time.perf_counter()
            with transaction.atomic():
                cursor.execute(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) "
                    "INSERT INTO bare SELECT i, i, i, 'responsible', '2023-06-01', '2023-06-30', '2023-06-30' FROM n",
                    [UNITS * TASKS],
                )
            limit = time.perf_counter() - start
        start = time.perf_counter()
        made = actions.confirm_campaign(campaign, by=officer)
        took = time.perf_counter() - start
        line(f"limit: {UNITS * TASKS:,} rows into a bare table, one statement", limit)
        line(f"issue {TASKS} tasks to {UNITS:,} units: {made:,} assignments", took, limit)


if __name__ == "__main__":
    main()
