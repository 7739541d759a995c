"""The cast. Every test speaks of the same few people in the same few units, on 12 June 2023."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from anyue.people.actions import add_person
from anyue.people.models import Person
from anyue.units.actions import add_unit, set_group
from anyue.units.models import Unit

PASSWORD = "a-long-enough-password"
TODAY = date(2023, 6, 12)


def pytest_configure() -> None:
    """No hashed names of static files in tests; quick hashing of passwords; a slow machine fails no test."""
    hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    hypothesis_settings.load_profile("patient")
    django_settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.MIDDLEWARE = [m for m in django_settings.MIDDLEWARE if "whitenoise" not in m]


@pytest.fixture(autouse=True)
def stand_still(settings, tmp_path) -> None:
    """Every test stands on one day, begins in Chinese and writes files into a folder of its own."""
    translation.activate("zh-hans")  # a page asked for in English leaves its thread in English
    settings.STAND_ON = TODAY
    settings.SECOND_FACTOR = False  # but for the tests of it
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@dataclass
class Cast:
    """Who is who: each name says the unit and the right."""

    banner: Unit  # 示例旗
    office_unit: Unit  # 旗安委办, under the banner
    town: Unit  # 苏木镇
    mine: Unit  # 企业, under the town
    bureau: Unit  # 部门
    other_town: Unit
    officer: Person  # works at the office
    clerk: Person  # works at the town
    miner: Person  # works at the mine
    stranger: Person  # works in the other town
    foreign_officer: Person  # the office of another banner


@pytest.fixture
def cast(db) -> Cast:
    """The same few people in the same few units."""
    banner = add_unit(None, by="test", name="示例旗", kind="banner")
    office = add_unit(banner, by="test", name="示例旗安全生产委员会办公室", kind="office")
    town = add_unit(banner, by="test", name="东河镇", kind="township")
    mine = add_unit(town, by="test", name="东河煤矿", kind="enterprise", sector="煤矿")
    bureau = add_unit(banner, by="test", name="旗能源局", kind="department")
    other_town = add_unit(banner, by="test", name="西河镇", kind="township")
    abroad = add_unit(None, by="test", name="邻旗", kind="banner")
    abroad_office = add_unit(abroad, by="test", name="邻旗安全生产委员会办公室", kind="office")
    set_group(by="test", name="苏木镇", phrases=["各苏木镇", "各镇"], kinds="township")
    set_group(by="test", name="企业", phrases=["企业", "各企业"], kinds="enterprise")
    members = set_group(by="test", name="安委会成员单位", phrases=["安委会各成员单位"])
    members.members.add(bureau)

    def person(name: str, unit: Unit, role: str) -> Person:
        return add_person(by="test", username=name, unit=unit, role=role, password=PASSWORD)

    return Cast(
        banner, office, town, mine, bureau, other_town,
        officer=person("officer", office, "office"),
        clerk=person("clerk", town, "liaison"),
        miner=person("miner", mine, "enterprise"),
        stranger=person("stranger", other_town, "liaison"),
        foreign_officer=person("foreign_officer", abroad_office, "office"),
    )


WRITES = ("INSERT", "UPDATE", "DELETE")
# Sessions are renewed and their last use noted on a GET; recovery codes are shown once, so that is noted.
ALLOWED = ("django_session", '"usersessions_usersession"', 'UPDATE "mfa_authenticator"')


class Browser(Client):
    """A test client whose GETs may not write, and which runs what waits for the commit."""

    def login_as(self, person: Person) -> None:
        """Signed in some minutes ago, without the page."""
        self.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        cache.add(f"seen:{self.session.session_key}", True)

    def get(self, *args, **kwargs):
        def refuse(execute, sql, params, many, context):
            if sql.startswith(WRITES) and not any(table in sql for table in ALLOWED):
                raise AssertionError(f"a GET wrote: {sql[:80]}")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(refuse):
            return super().get(*args, **kwargs)

    def request(self, **request):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


@pytest.fixture
def client() -> Browser:
    """The browser of a test."""
    return Browser()
