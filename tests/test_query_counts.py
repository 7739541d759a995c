"""A list costs as many queries for twenty rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anyue.campaigns.models import Assignment
from anyue.campaigns.tests.make import NOTICE, make_campaign, make_draft
from anyue.people.actions import make_token
from anyue.units.actions import add_unit

MORE = "".join(f"各苏木镇要组织一次第{n}类演练。\n" for n in range(20))
LISTS = [
    ("officer", "/"),
    ("officer", "/campaigns/{pk}/"),
    ("officer", "/campaigns/{pk}/board/"),
    ("officer", "/campaigns/{pk}/review/"),
    ("officer", "/campaigns/{pk}/names/"),
    ("officer", "/units/"),
    ("officer", "/workdays/"),
    ("officer", "/campaigns/{pk}/rates/"),
    ("officer", "/campaigns/{pk}/rates/?by=unit"),
    ("officer", "/campaigns/{pk}/rates/?by=level"),
    ("officer", "/campaigns/{pk}/receipts/"),
    ("officer", "/liaisons/"),
    ("officer", "/codes/sheet/"),
    ("officer", "/asked-twice/"),
    ("clerk", "/calendar/"),
    ("clerk", "/messages/"),
    ("clerk", "/mine/"),
    ("clerk", "/units/"),
    ("clerk", "/units/names/?q=镇"),
    ("officer", "/api/v1/campaigns"),
    ("officer", "/api/v1/campaigns/{pk}/tasks"),
    ("officer", "/api/v1/assignments"),
]


@pytest.fixture
def cost(cast, client):
    def count(who, path, campaign):
        person = getattr(cast, who)
        client.login_as(person)
        headers = {"authorization": f"Bearer {make_token(person, by='test')}"} if path.startswith("/api/") else {}
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path.format(pk=campaign.pk), headers=headers).status_code == 200
        return len(asked)

    return count


@pytest.mark.parametrize(("who", "path"), LISTS)
def test_lists_cost_the_same_for_few_rows_and_for_many(cast, cost, who, path):
    make_draft(cast)
    few = cost(who, path, make_campaign(cast))
    before = Assignment.objects.count()

    for n in range(20):
        add_unit(cast.banner, by="test", name=f"第{n}镇", kind="township")
        add_unit(cast.town, by="test", name=f"第{n}矿", kind="enterprise")
        make_draft(cast)
    campaign = make_campaign(cast, NOTICE + MORE)

    assert Assignment.objects.count() > before + 400
    assert cost(who, path, campaign) <= few
