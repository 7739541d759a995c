"""Reminders reach who still owes and nobody else, once a day; urging, receipt, calendar, questions asked twice."""

from datetime import date, timedelta

import icalendar
import pytest
import vobject
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.campaigns import actions
from anyue.campaigns.models import AskedTwice, Assignment, Campaign, Event, Receipt, Reminder, Task
from anyue.campaigns.tests.make import assignment_of, make_campaign
from anyue.kernel import clock, ics
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.people.actions import make_calendar_key, set_email
from anyue.people.models import Delivery, Message, Person

TODAY = date(2023, 6, 12)


def a_day(settings, day):
    settings.STAND_ON = day
    return actions.remind(by="test", today=day)


def test_before_on_and_after_the_day_and_not_in_between(cast, settings):
    make_campaign(cast)  # the list of liaisons is due on 5 June
    told = [day for day in range(1, 13) if a_day(settings, date(2023, 6, day))]
    assert told == [2, 5, 6, 8]
    steps = Reminder.objects.filter(assignment__unit=cast.town).order_by("message__day").values_list("step", flat=True)
    assert list(steps) == [-3, 0, 1, 3]
    first = Message.objects.filter(person=cast.clerk).order_by("day").first()
    assert "3 天后到期" in first.words
    assert "联络员名单" in first.words


def test_one_digest_a_day_however_often_it_runs(cast, settings):
    make_campaign(cast)
    make_campaign(cast)
    assert a_day(settings, date(2023, 6, 5)) == 2
    assert a_day(settings, date(2023, 6, 5)) == 0
    assert Message.objects.filter(person=cast.clerk).count() == 1
    assert Reminder.objects.filter(assignment__unit=cast.town).count() == 2


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nobody_who_is_done_is_ever_reminded(cast, data):
    """Random deadlines, reports, withdrawals, waivers: whoever is spoken to owes at that moment."""
    n = Campaign.objects.count()
    campaign = Campaign.objects.create(
        area=cast.banner, name=f"x{n}", start_on=TODAY, end_on=TODAY, made_at="2023-06-12T00:00Z", confirmed_at="2023-06-01T00:00Z", confirmed_by=cast.officer
    )
    rows = []
    for position in range(data.draw(st.integers(1, 6))):
        task = Task.objects.create(
            campaign=campaign, position=position, quote="x", start=0, end=1, kind="drill", strength=data.draw(st.sampled_from(["must", "encourage"]))
        )
        for unit in (cast.town, cast.mine, cast.bureau):
            rows.append(Assignment.objects.create(
                task=task, unit=unit, role=data.draw(st.sampled_from(["responsible", "supervise"])), period_start=TODAY, period_end=TODAY,
                due_on=TODAY + timedelta(data.draw(st.integers(-4, 4))), need=data.draw(st.integers(1, 2)),
            ))
    for row in rows:
        for _ in range(data.draw(st.integers(0, 2))):
            if row.role != "supervise":
                said = actions.report_progress(row, by=cast.officer, amount=1)
                if data.draw(st.booleans()):
                    actions.withdraw_progress(said, by=cast.officer)
        if data.draw(st.integers(0, 4)) == 0:
            actions.waive_assignment(row, by=cast.officer, because="x")
    Message.objects.all().delete()
    actions.remind(by="test", today=TODAY)
    spoken = set(Reminder.objects.filter(assignment__task__campaign=campaign).values_list("assignment", flat=True))
    owing = {
        row.pk for row in Assignment.objects.filter(task__campaign=campaign).select_related("task")
        if row.task.strength == "must" and row.role != "supervise" and not row.is_waived(TODAY) and row.done < row.need
        and (TODAY - row.due_on).days in (-3, 0, 1, 3) and row.unit in (cast.town, cast.mine)  # the bureau has no liaison
    }
    assert spoken == owing


def test_the_last_step_tells_who_supervises_and_never_who_stands_beside(cast, settings):
    make_campaign(cast)
    drill = assignment_of(cast.mine, "应急演练")
    a_day(settings, drill.due_on + timedelta(3))
    assert cast.mine.name in Message.objects.get(person=cast.clerk).words  # the township above
    assert not Message.objects.filter(person=cast.stranger, words__contains=cast.mine.name).exists()
    for message in Message.objects.exclude(person=cast.clerk):
        for unit in (cast.town, cast.mine, cast.bureau, cast.other_town):
            assert unit == message.person.unit or unit.name not in message.words


def test_what_waits_to_go_out_is_dropped_when_its_cause_is_gone(cast, settings):
    make_campaign(cast)
    set_email(cast.clerk, by=cast.clerk, email="clerk@town.example")
    a_day(settings, date(2023, 6, 5))
    cast.clerk.refresh_from_db()
    waiting = Delivery.objects.get(state="waiting")
    assert actions.cancel_stale(by="test", today=date(2023, 6, 5)) == 0
    actions.report_progress(assignment_of(cast.town, "联络员"), by=cast.clerk, amount=1)
    assert actions.cancel_stale(by="test", today=date(2023, 6, 5)) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.ended_at is not None) == ("cancelled", True)


def test_urging_reaches_the_open_ones_once_a_day(cast, client):
    make_campaign(cast)
    urging = Assignment.objects.get(unit=cast.town, role="supervise")
    watched = Assignment.objects.get(unit=cast.mine, task=urging.task)
    client.login_as(cast.clerk)
    client.post(reverse("campaigns:urge", args=[urging.pk]))
    assert Message.objects.get(person=cast.miner).kind == "urge"
    with pytest.raises(RuleBroken, match="今天已经督促过"):
        actions.urge([watched], by=cast.clerk)
    actions.report_progress(watched, by=cast.miner, amount=1)
    Message.objects.all().delete()
    with pytest.raises(RuleBroken):
        actions.urge([watched], by=cast.clerk)
    with pytest.raises(RuleBroken, match="联络员"):
        actions.urge([assignment_of(cast.bureau, "典型经验")], by=cast.officer)
    client.login_as(cast.stranger)
    assert client.post(reverse("campaigns:urge", args=[watched.pk])).status_code == 404


def test_first_opening_is_the_receipt(cast, client):
    campaign = make_campaign(cast)
    client.login_as(cast.clerk)
    assert 'hx-trigger="load"' in client.get(reverse("campaigns:mine")).content.decode()
    assert not Receipt.objects.exists()
    url = reverse("campaigns:receive", args=[campaign.pk])
    assert "已签收" in client.post(url, headers={"HX-Request": "true"}).content.decode()
    client.post(url)
    assert Receipt.objects.get().by == cast.clerk
    client.login_as(cast.officer)
    body = client.get(reverse("campaigns:receipts", args=[campaign.pk])).content.decode()
    assert body.index(cast.other_town.name) < body.index("<h2>已签收</h2>") < body.index(f"<li>{cast.town.name}")


def test_registering_fulfils_the_duty_to_name_a_liaison(cast):
    make_campaign(cast)
    n = actions.credit_liaisons(by="test")
    assert n == Assignment.objects.filter(task__kind="liaison", unit__in=[cast.town, cast.other_town]).exclude(role="supervise").count() > 0
    assert actions.credit_liaisons(by="test") == 0


def test_asked_twice_goes_to_the_office_and_back(cast, client):
    make_campaign(cast)
    row = assignment_of(cast.mine, "应急演练")
    client.login_as(cast.miner)
    client.post(reverse("campaigns:asked_twice", args=[row.pk]), {"where": "市局五月报表", "answer": "两次"})
    with pytest.raises(Conflict):
        actions.say_asked_twice(row, by=cast.miner, where="再说", answer="")
    with pytest.raises(RuleBroken):
        actions.say_asked_twice(row, by=cast.miner, where=" ", answer="")
    client.login_as(cast.officer)
    assert "市局五月报表" in client.get(reverse("campaigns:asked_twice_list")).content.decode()
    asked = AskedTwice.objects.get()
    client.post(reverse("campaigns:asked_twice_settle", args=[asked.pk]), {"reply": "用五月的数"})
    client.login_as(cast.miner)
    assert "用五月的数" in client.get(reverse("campaigns:assignment", args=[row.pk])).content.decode()


def test_calendar_is_read_back_by_two_readers(cast, client):
    campaign = make_campaign(cast)
    Event.objects.create(campaign=campaign, title="咨询日；现场, 活动", day=date(2023, 6, 16), place="文化广场")
    make_calendar_key(cast.clerk, by=cast.clerk)
    url = reverse("calendar_feed", args=[Person.objects.get(pk=cast.clerk.pk).calendar_key.token])
    data = client.get(url).content
    first = list(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    second = vobject.readOne(data.decode()).vevent_list
    assert sorted(str(e["SUMMARY"]) for e in first) == sorted(e.summary.value for e in second)
    days = {str(e["UID"]): e["DTSTART"].dt for e in first}
    assert days == {e.uid.value: e.dtstart.value for e in second}
    assert "咨询日；现场, 活动" in [str(e["SUMMARY"]) for e in first]
    client.login_as(cast.clerk)
    assert "咨询日" in client.get(reverse("campaigns:calendar")).content.decode()
    make_calendar_key(cast.clerk, by=cast.clerk)
    assert client.get(url).status_code == 404  # the old address


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=120), max_size=5))
def test_any_title_is_read_back_and_every_line_is_short(titles):
    entries = [ics.Entry(str(n), TODAY, title) for n, title in enumerate(titles)]
    data = ics.write("安月", entries, stamp=clock.now())
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    read = [str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(data).walk("VEVENT")]

    def plain(words):
        return "".join(c for c in words if c >= " " and c not in "\x7f\x85\u2028\u2029\ufeff")

    assert [plain(words) for words in read] == [plain(title) for title in titles]


def test_the_office_sets_the_days_on_a_page(cast, client):
    campaign = make_campaign(cast)
    at = f"/campaigns/{campaign.pk}/remind-days/"
    client.login_as(cast.officer)
    assert 'value="1、3"' in client.get(at).text
    for wrong in ("x", "0", "61", "1 2 3 4 5 6", "-1"):
        assert client.post(at, {"before": wrong}).status_code == 422
    client.post(at, {"before": "7，2", "after": ""})
    campaign.refresh_from_db()
    assert campaign.remind_steps == [-7, -2]
    client.post(at, {"on_day": "on", "after": "2"})
    campaign.refresh_from_db()
    assert campaign.remind_steps == [0, 2]
    client.post(at, {})
    campaign.refresh_from_db()
    assert campaign.remind_steps == []
    assert actions.remind(by="test", today=date(2023, 6, 12)) == 0
