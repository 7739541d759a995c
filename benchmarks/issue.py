"""A hundred tasks issued to six thousand enterprises: 600,000 assignments in one transaction; then all corrected."""

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
        draft = make_correction(campaign, banner, officer)
        start = time.perf_counter()
        actions.apply_correction(draft, by=officer)
        line(f"correct it so that all {made:,} deadlines move", time.perf_counter() - start, limit)


def make_correction(campaign: object, banner: object, officer: object) -> object:
    """A draft that gives every task another deadline."""
    from datetime import date

    from anyue.campaigns.models import Campaign, Task

    draft = make_campaign(banner, officer, tasks=TASKS, group="企业")
    Campaign.objects.filter(pk=draft.pk).update(corrects=campaign)
    olds = campaign.tasks.order_by("position").values_list("pk", flat=True)
    for task, old in zip(draft.tasks.order_by("position"), olds, strict=True):
        Task.objects.filter(pk=task.pk).update(replaces=old, due_on=date(2023, 6, 20))
    return draft


if __name__ == "__main__":
    main()
