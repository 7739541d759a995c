"""What registering as liaison means for a campaign."""

from datetime import date

import pytest
from django.urls import reverse

from anyue.campaigns.actions import report_progress
from anyue.campaigns.models import Assignment, Progress
from anyue.campaigns.tests.make import assignment_of, make_campaign
from anyue.people import actions
from anyue.people.models import Term

TODAY = date(2023, 6, 12)


@pytest.fixture
def code(cast):
    return actions.make_codes([cast.banner], by=cast.officer, for_all=True, expires_on=TODAY)[0]


def ask(code, unit, name="白音", phone="0477-0000001"):
    return actions.register(code, by=name, unit=unit, name=name, post="", phone=phone)[0]


def test_hand_over_keeps_history_and_leaves_no_task_unowned(cast, client, code):
    make_campaign(cast)
    duties = set(Assignment.objects.filter(unit=cast.town).values_list("pk", flat=True))
    said = report_progress(assignment_of(cast.town, "宣讲"), by=cast.clerk, amount=1)
    client.login_as(cast.clerk)
    new = actions.confirm_registration(ask(code, cast.town), by=cast.clerk)

    assert set(Assignment.objects.filter(unit=new.unit).values_list("pk", flat=True)) == duties
    assert Progress.objects.get(pk=said.pk).by == cast.clerk
    assert [(t.person, t.until) for t in Term.objects.filter(unit=cast.town)] == [(new, None), (cast.clerk, TODAY)]
    assert client.get(reverse("campaigns:mine")).status_code == 302  # the account of who left is closed
