"""The HTTP interface: who gets in, what it says, what it refuses."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anyue.campaigns.tests.make import NOTICE, make_campaign
from anyue.people.actions import make_token
from anyue.people.models import ApiToken


@pytest.fixture
def ask(cast, client):
    """GET or POST with the key of one of the cast."""

    def send(who: str, method: str, path: str, **data):
        token = make_token(getattr(cast, who), by="test")
        return getattr(client, method)(f"/api/v1/{path}", data, headers={"authorization": f"Bearer {token}"})

    return send


def test_only_the_hash_of_a_key_is_kept(cast):
    token = make_token(cast.officer, by="test")

    assert token not in str(ApiToken.objects.values_list())


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer nonsense", "Basic eDp5", "Bearer \u00e9"])
def test_without_a_key_nothing_is_told(cast, client, header):
    response = client.get("/api/v1/campaigns", headers={"authorization": header})

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"


def test_closed_account_has_no_key(cast, client, ask):
    cast.officer.is_active = False
    cast.officer.save()

    assert ask("officer", "get", "campaigns").status_code == 401


def test_campaigns_and_tasks_read_as_the_page_shows_them(cast, ask):
    campaign = make_campaign(cast)

    campaigns = ask("clerk", "get", "campaigns").json()
    tasks = ask("clerk", "get", f"campaigns/{campaign.pk}/tasks").json()

    assert [c["id"] for c in campaigns] == [campaign.pk]
    assert len(tasks) == campaign.tasks.count()
    assert all(campaign.notice.text[t["start"] : t["end"]] == t["quote"] for t in tasks)


def test_a_unit_sees_its_own_assignments_and_those_below(cast, ask):
    make_campaign(cast)

    units = {row["unit_id"] for row in ask("clerk", "get", "assignments").json()["items"]}
    other = {row["unit_id"] for row in ask("stranger", "get", "assignments").json()["items"]}

    assert units == {cast.town.pk, cast.mine.pk}
    assert other == {cast.other_town.pk}


def test_assignments_are_filtered_and_paged(cast, ask):
    make_campaign(cast)

    everything = ask("officer", "get", "assignments").json()
    late = ask("officer", "get", "assignments", state="overdue").json()["items"]
    rest = ask("officer", "get", "assignments", after=everything["items"][2]["id"]).json()["items"]

    assert {row["state"] for row in late} == {"overdue"}
    assert rest == everything["items"][3:]
    assert everything["next"] is None


@pytest.mark.parametrize("query", ["unit=x", "task=99999999999999999999999", "after=-", "state=%00"])
def test_odd_queries_are_refused_or_empty(cast, ask, query):
    make_campaign(cast)

    assert ask("officer", "get", f"assignments?{query}").status_code in (400, 422)


def test_notice_is_broken_down_and_nothing_is_kept(cast, ask):
    response = ask("officer", "post", "notices", file=SimpleUploadedFile("通知.txt", NOTICE.encode()))

    found = response.json()
    assert response.status_code == 200
    assert len(found["tasks"]) == 7
    assert all(found["text"][t["start"] : t["end"]] == t["quote"] for t in found["tasks"])
    assert ask("officer", "get", "campaigns").json() == []


def test_unreadable_notice_is_a_problem(cast, ask):
    response = ask("officer", "post", "notices", file=SimpleUploadedFile("x.pdf", b"%PDF-1.4 broken"))

    assert response.status_code == 422
    assert response.json()["code"] == "damaged"


def test_description_names_every_refusal(client, db):
    described = json.loads(client.get("/api/v1/openapi.json").content)

    for path in described["paths"].values():
        for call in path.values():
            assert {"200", "401", "403", "404", "422"} <= set(call["responses"])


def test_refusals_are_documented_as_what_they_are(cast, client):
    schema = client.get("/api/v1/openapi.json").json()

    kinds = {
        kind
        for methods in schema["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if status.startswith("4")
        for kind in answer["content"]
    }

    assert kinds == {"application/problem+json"}
