from datetime import date, timedelta

import pytest

from anyue.campaigns import rules


class Weekdays:
    """Monday to Friday."""

    def after(self, day, n):
        while n:
            day += timedelta(1)
            n -= day.weekday() < 5
        return day

    def last_of_month(self, day):
        return day.replace(day=30)


JUNE = {"start": date(2023, 6, 1), "end": date(2023, 6, 30), "issued_on": date(2023, 5, 29), "days": Weekdays()}
FACTS = {"done": 0, "need": 1, "due_on": date(2023, 6, 10), "waived": False, "reported": False, "watches": False}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "overdue"),
        ({"due_on": date(2023, 6, 12)}, "not_started"),
        ({"due_on": None}, "not_started"),
        ({"due_on": date(2023, 6, 30), "reported": True}, "in_progress"),
        ({"reported": True}, "overdue"),
        ({"done": 1}, "done"),
        ({"done": 1, "need": 2, "reported": True}, "overdue"),
        ({"waived": True}, "waived"),
        ({"waived": True, "done": 1}, "waived"),
        ({"watches": True}, "watching"),
    ],
)
def test_state_follows_from_facts(changes, state):
    assert rules.state(**{**FACTS, **changes}, today=date(2023, 6, 12)) == state


@pytest.mark.parametrize(
    ("timing", "dues"),
    [
        (rules.Timing(), [date(2023, 6, 30)]),
        (rules.Timing(due_on=date(2023, 5, 31)), [date(2023, 5, 31)]),
        (rules.Timing(window_start=date(2023, 6, 16), window_end=date(2023, 6, 16)), [date(2023, 6, 16)]),
        (rules.Timing(quota_per="month"), [date(2023, 6, 30)]),
        (rules.Timing(due_rule="monthly:25"), [date(2023, 6, 25)]),
        (rules.Timing(due_rule="monthly:end"), [date(2023, 6, 30)]),
        (rules.Timing(due_rule="campaign_end+5wd"), [date(2023, 7, 7)]),
        (rules.Timing(due_rule="issued+10d"), [date(2023, 6, 8)]),
        (rules.Timing(due_rule="event+3d"), [None]),
        (rules.Timing(due_rule="before:春节"), [None]),
        (rules.Timing(rhythm="daily"), [date(2023, 6, 30)]),
    ],
)
def test_one_period_has_its_deadline(timing, dues):
    assert [p.due_on for p in rules.periods(timing, **JUNE)] == dues


def test_weekly_duty_is_owed_once_a_week():
    found = rules.periods(rules.Timing(due_rule="weekly:FRI"), **JUNE)

    assert [p.due_on for p in found] == [date(2023, 6, d) for d in (2, 9, 16, 23, 30)]
    assert found[0].start == date(2023, 6, 1)
    assert found[-1].end == date(2023, 6, 30)


def test_monthly_duty_over_a_year_is_owed_twelve_times():
    year = {**JUNE, "start": date(2023, 1, 1), "end": date(2023, 12, 31)}

    assert len(rules.periods(rules.Timing(quota_per="month"), **year)) == 12


def test_window_beyond_the_campaign_is_kept():
    found = rules.periods(rules.Timing(window_start=date(2023, 7, 3), window_end=date(2023, 7, 5)), **JUNE)

    assert [(p.start, p.end) for p in found] == [(date(2023, 7, 3), date(2023, 7, 5))]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, 11)])
def test_span_outside_the_notice_is_refused(start, end):
    with pytest.raises(rules.RuleBroken):
        rules.check_span(start, end, 10)


@pytest.mark.parametrize(
    ("rule", "due"),
    [("campaign_start+5d", date(2023, 6, 6)), ("campaign_end-5d", date(2023, 6, 25)), ("campaign_end+5d", date(2023, 7, 5))],
)
def test_deadlines_hang_on_the_campaign(rule, due):
    assert [p.due_on for p in rules.periods(rules.Timing(due_rule=rule), **JUNE)] == [due]


@pytest.mark.parametrize("rule", ["monthly:0", "quarterly:0", "monthly:31", "weekly:FRI"])
def test_odd_rules_and_far_ends_give_deadlines(rule):
    timing = rules.Timing(due_rule=rule, window_start=date(9999, 11, 1), window_end=date.max)

    assert all(p.due_on for p in rules.periods(timing, **JUNE))
