"""What is passed on, excused or given more time: it counts once, and shows."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.campaigns import actions, queries
from anyue.campaigns.models import Assignment, Campaign, Task
from anyue.campaigns.tests.make import assignment_of, make_campaign
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.units.actions import add_unit

TODAY = date(2023, 6, 12)


@pytest.fixture
def talk(cast):
    """What the town owes: one talk (宣讲)."""
    make_campaign(cast)
    return assignment_of(cast.town, "宣讲")


def test_what_a_unit_below_does_counts_in_the_whole_once(cast, talk):
    village = add_unit(cast.town, by="test", name="东河嘎查", kind="village")

    assert actions.delegate(talk, by=cast.clerk, units=[cast.mine, village], need=2) == (2, [])
    part = Assignment.objects.get(parent=talk, unit=cast.mine)
    row = actions.report_progress(part, by=cast.miner, amount=1)
    talk.refresh_from_db()
    assert (talk.done, talk.residue, talk.done_on) == (1, 0, TODAY)
    part.refresh_from_db()
    assert (part.residue, part.done_on, part.due_on) == (1, None, talk.due_on)

    actions.withdraw_progress(row, by=cast.miner)
    talk.refresh_from_db()
    assert (talk.done, talk.reported, talk.done_on) == (0, 0, None)


def test_who_owes_it_already_is_not_given_it_twice(cast, talk):
    actions.delegate(talk, by=cast.clerk, units=[cast.mine])

    assert actions.delegate(talk, by=cast.clerk, units=[cast.mine]) == (0, [cast.mine])
    assert talk.children.count() == 1


def test_only_units_below_that_exist_can_be_given_it(cast, talk):
    closed = add_unit(cast.town, by="test", name="已撤嘎查", kind="village", valid_to=date(2023, 1, 1))
    for unit in (cast.other_town, cast.banner, cast.town):
        with pytest.raises(RuleBroken, match="不是本单位的下级"):
            actions.delegate(talk, by=cast.clerk, units=[unit])
    with pytest.raises(RuleBroken, match="已经撤销"):
        actions.delegate(talk, by=cast.clerk, units=[closed])
    with pytest.raises(RuleBroken, match="不能晚于"):
        actions.delegate(talk, by=cast.clerk, units=[cast.mine], due_on=date(2023, 12, 1))
    with pytest.raises(RuleBroken, match="请选择"):
        actions.delegate(talk, by=cast.clerk, units=[])
    assert not talk.children.exists()


def test_who_urges_or_is_excused_passes_nothing_on(cast, talk):
    urged = Assignment.objects.get(unit=cast.town, role="supervise")
    with pytest.raises(RuleBroken, match="督促"):
        actions.delegate(urged, by=cast.clerk, units=[cast.mine])
    actions.waive_assignment(talk, by=cast.officer, because="机构改革")
    talk.refresh_from_db()
    with pytest.raises(RuleBroken, match="豁免"):
        actions.delegate(talk, by=cast.clerk, units=[cast.mine])


def test_taken_back_until_something_is_reported(cast, talk):
    actions.delegate(talk, by=cast.clerk, units=[cast.mine])
    part = talk.children.get()
    with pytest.raises(RuleBroken, match="由安委办派发"):
        actions.take_back(talk, by=cast.clerk)
    actions.report_progress(part, by=cast.miner, amount=0, words="在办")
    with pytest.raises(RuleBroken, match="已经报送"):
        actions.take_back(part, by=cast.clerk)
    actions.withdraw_progress(part.progress.get(reverses=None), by=cast.miner)
    with pytest.raises(RuleBroken, match="已经报送"):  # the history of it stays
        actions.take_back(part, by=cast.clerk)
    untouched = add_unit(cast.town, by="test", name="东河嘎查", kind="village")
    actions.delegate(talk, by=cast.clerk, units=[untouched])
    actions.take_back(talk.children.get(unit=untouched), by=cast.clerk)
    assert [row.unit for row in talk.children.all()] == [cast.mine]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=st.lists(st.integers(0, 6), min_size=1, max_size=12), steps=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.booleans()), max_size=30))
def test_residue_equals_need_less_what_was_done_at_every_level(cast, shape, steps):
    """Random trees of delegation, random reports and withdrawals: counted again from what was reported."""
    campaign = Campaign.objects.create(area=cast.banner, name="x", start_on=TODAY, end_on=TODAY, made_at="2023-06-12T00:00Z")
    task = Task.objects.create(campaign=campaign, position=1, quote="x", start=0, end=1, kind="drill")
    top = Assignment.objects.create(task=task, unit=cast.town, role="responsible", period_start=TODAY, period_end=TODAY, need=5)
    rows = [top]
    for n, above in enumerate(shape):
        parent = rows[above % len(rows)]
        unit = add_unit(parent.unit, by="test", name=f"{campaign.pk}-{n}", kind="village")
        actions.delegate(parent, by=cast.clerk, units=[unit], need=1 + n % 3)
        rows.append(parent.children.get(unit=unit))
    own = {row.pk: 0 for row in rows}
    for at, amount, withdraw in steps:
        row = rows[at % len(rows)]
        said = actions.report_progress(row, by=cast.clerk, amount=amount)
        if withdraw:
            actions.withdraw_progress(said, by=cast.clerk)
        else:
            own[row.pk] += amount

    def whole(row):
        return own[row.pk] + sum(whole(child) for child in row.children.all())

    for row in Assignment.objects.filter(task=task):
        assert row.done == whole(row)
        assert row.residue == max(0, row.need - own[row.pk] - sum(child.done for child in row.children.all()))
        assert (row.done_on is not None) == (row.done >= row.need)


def test_a_waiver_may_end(cast, talk, settings):
    actions.waive_assignment(talk, by=cast.officer, because="防汛", until=date(2023, 6, 20))
    assert Assignment.objects.with_state(TODAY).get(pk=talk.pk).state == "waived"
    assert Assignment.objects.with_state(date(2023, 6, 21)).get(pk=talk.pk).state == "not_started"
    with pytest.raises(Conflict):
        actions.waive_assignment(talk, by=cast.officer, because="再来")
    settings.STAND_ON = date(2023, 6, 21)
    actions.waive_assignment(talk, by=cast.officer, because="再来")
    with pytest.raises(RuleBroken, match="已经过去"):
        actions.waive_assignment(talk, by=cast.officer, because="x", until=date(2023, 1, 1))


def test_more_time_moves_what_was_passed_on_and_keeps_the_first_deadline(cast, talk):
    actions.delegate(talk, by=cast.clerk, units=[cast.mine])
    first = talk.due_on
    for until, because in [(first, "x"), (date(2023, 6, 1), "x"), (date(2023, 7, 9), " ")]:
        with pytest.raises(RuleBroken):
            actions.extend_assignment(talk, by=cast.officer, until=until, because=because)
    actions.extend_assignment(talk, by=cast.officer, until=date(2023, 7, 9), because="雨季")
    talk.refresh_from_db()
    assert (talk.due_on, talk.first_due_on, talk.children.get().due_on) == (date(2023, 7, 9), first, date(2023, 7, 9))
    actions.extend_assignment(talk, by=cast.officer, until=date(2023, 7, 20), because="再雨")
    talk.refresh_from_db()
    assert (talk.due_on, talk.first_due_on) == (date(2023, 7, 20), first)


def test_rates_are_shares_of_what_is_owed(cast, settings):
    campaign = make_campaign(cast)
    list_of_liaisons = assignment_of(cast.town, "联络员")
    assert list_of_liaisons.due_on == date(2023, 6, 5)
    settings.STAND_ON = date(2023, 6, 4)
    actions.report_progress(list_of_liaisons, by=cast.clerk, amount=5)
    settings.STAND_ON = date(2023, 6, 8)
    actions.report_progress(assignment_of(cast.other_town, "联络员"), by=cast.stranger, amount=1)

    found = queries.rates(campaign, TODAY, by="task")
    line = next(line for line in found.lines if "联络员" in line.label)
    assert (line.owed, line.done, line.due, line.in_time) == (2, 2, 2, 1)
    for by in queries.BY:
        units = queries.units_on_board(campaign)
        lines = queries.rates(campaign, TODAY, by=by, units=units).lines
        for one in lines:
            assert one.in_time <= one.due <= one.owed
            assert one.done <= one.owed
        assert [sum(getattr(one, name) for one in lines) for name in ("owed", "done", "due", "in_time")] == [
            getattr(found.total, name) for name in ("owed", "done", "due", "in_time")
        ]


def test_what_was_passed_on_counts_in_no_rate_twice(cast, talk):
    campaign = talk.task.campaign
    before = queries.rates(campaign, TODAY, by="task").total, queries.tally(campaign, TODAY)
    actions.delegate(talk, by=cast.clerk, units=[cast.mine])
    assert (queries.rates(campaign, TODAY, by="task").total, queries.tally(campaign, TODAY)) == before


def test_of_nothing_there_is_no_rate(cast, client, talk):
    for row in Assignment.objects.exclude(role="supervise"):
        actions.waive_assignment(row, by=cast.officer, because="全部豁免")
    client.login_as(cast.officer)
    body = client.get(reverse("campaigns:rates", args=[talk.task.campaign_id])).content.decode()
    assert "100 %" not in body
    assert "—" in body


def test_pages_pass_on_extend_and_show_why(cast, client, talk):
    url = reverse("campaigns:assignment", args=[talk.pk])
    client.login_as(cast.clerk)
    assert "下派给下级单位" in client.get(url).content.decode()
    there = reverse("campaigns:delegate", args=[talk.pk])
    assert client.post(there, {"need": "1"}).status_code == 422
    client.post(there, {"kinds": ["enterprise"], "need": "1", "due_on": "2023-06-20"})
    part = talk.children.get()
    assert (part.unit, part.due_on) == (cast.mine, date(2023, 6, 20))
    assert part.unit.name in client.get(url).content.decode()

    client.login_as(cast.officer)
    extend = reverse("campaigns:extend", args=[talk.pk])
    client.post(extend, {"until": "", "extended_because": ""})
    client.post(extend, {"until": "2023-07-08", "extended_because": "防汛任务重"})
    body = client.get(url).content.decode()
    assert "防汛任务重" in body
    assert "原定" in body
    body = client.get(reverse("campaigns:rates", args=[talk.task.campaign_id])).content.decode()
    assert "防汛任务重" in body

    client.login_as(cast.clerk)
    client.post(reverse("campaigns:take_back", args=[part.pk]))
    assert not talk.children.exists()
