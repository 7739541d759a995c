"""Relative deadlines and rhythms: every code has its words, and the words lead back."""

import pytest

from anyue.notice import in_words, rule_of

CODES = [
    "daily", "weekly", "monthly", "quarterly", "weekly:FRI", "weekly:TUE,FRI", "monthly:25", "monthly:end", "quarterly:25", "quarterly:end",
    "campaign_end+5wd", "campaign_end-3d", "campaign_start+2d", "campaign_start-3d", "issued+10d", "event+24h", "event-2wd", "before:暑假",
    "holiday:国庆节", "week:2026-06#1", "week:2026-06#last",
]


@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("due", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_there_and_back(code, due, english):
    words = in_words(code, due=due, english=english)

    assert words != code or (english and code in ("daily", "weekly", "monthly", "quarterly"))
    assert rule_of(words) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [("每周五下班前", "weekly:FRI"), ("演练结束后3日内", "event+3d"), ("每月最后一个工作日前", "monthly:end"), ("6月5日前", None), ("尽快", None), ("", None)],
)
def test_what_notices_print_is_understood(words, code):
    assert rule_of(words) == code


def test_what_is_no_code_stays():
    assert in_words("2023-06-12", due=True) == "2023-06-12"
