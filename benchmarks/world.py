"""A database of the benchmark's own, filled without ceremony and dropped at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

import django


@contextmanager
def database() -> Iterator[None]:
    """Django with an empty test database."""
    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS = ["*"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def fill_units(townships: int, enterprises: int) -> tuple[object, object]:
    """(banner, officer) of a banner with so many townships and enterprises, spread evenly."""
    from django.db import connection

    from anyue.people.actions import add_person
    from anyue.units.actions import Row, add_unit, import_directory, set_group

    banner = add_unit(None, by="bench", name="旗", kind="banner")
    office = add_unit(banner, by="bench", name="旗安委办", kind="office")
    rows = [Row(f"第{n}镇", "township") for n in range(townships)]
    rows += [Row(f"第{n}厂", "enterprise", f"第{n % townships}镇") for n in range(enterprises)]
    import_directory(banner, rows, by="bench")
    set_group(by="bench", name="苏木镇", phrases=["各苏木镇"], kinds="township")
    set_group(by="bench", name="企业", phrases=["企业"], kinds="enterprise")
    officer = add_person(by="bench", username="officer", unit=office, role="office", password="a-long-password")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as it has by itself where units have stood for more than a minute
    return banner, officer


def make_campaign(banner: object, officer: object, *, tasks: int, group: str) -> object:
    """A draft campaign with so many tasks, each for a whole group."""
    from datetime import date

    from anyue.campaigns.models import Campaign, Notice, Task, TaskActor
    from anyue.kernel import clock
    from anyue.units.models import Group

    campaign = Campaign.objects.create(
        area=banner, name="基准", start_on=date(2023, 6, 1), end_on=date(2023, 6, 30), made_at=clock.now()
    )
    Notice.objects.create(
        campaign=campaign, original="x", filename="x", sha256="0" * 64, text="各企业要组织演练。" * tasks, issued_on=date(2023, 5, 29)
    )
    rows = Task.objects.bulk_create(
        Task(campaign=campaign, position=n, section="四/（一）", quote="组织演练", start=9 * n, end=9 * n + 4, kind="drill")
        for n in range(tasks)
    )
    found = Group.objects.get(name=group)
    TaskActor.objects.bulk_create(TaskActor(task=row, name="企业", group=found) for row in rows)
    return campaign
