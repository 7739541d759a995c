"""What the work allows and derives: states, periods, deadlines. Values in, values out."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from anyue.kernel.errors import RuleBroken

NOT_STARTED, IN_PROGRESS, DONE, OVERDUE, WAIVED, WATCHING = (
    "not_started",
    "in_progress",
    "done",
    "overdue",
    "waived",
    "watching",
)


class Calendar(Protocol):
    """Working days, as `kernel.workdays.Workdays` knows them."""

    def after(self, day: date, n: int) -> date:
        """The n-th working day after the day."""
        ...

    def last_of_month(self, day: date) -> date:
        """The last working day of its month."""
        ...


# Shape, colour and word of each state: the same marks on the board, in lists and in print.
STATES = {
    NOT_STARTED: ("○", _lazy("未开始")),
    IN_PROGRESS: ("◐", _lazy("进行中")),
    DONE: ("●", _lazy("已完成")),
    OVERDUE: ("▲", _lazy("逾期")),
    WAIVED: ("—", _lazy("已豁免")),
    WATCHING: ("◇", _lazy("督促")),
}


def state(*, done: int, need: int, due_on: date | None, waived: bool, reported: bool, watches: bool, today: date) -> str:
    """The state of an assignment, derived each time it is asked.

    Who only urges (督促) owes nothing. A unit that did what was asked is done, however late; one that did part of it
    by the day is late all the same.
    """
    if watches:
        return WATCHING
    if waived:
        return WAIVED
    if done >= need:
        return DONE
    if due_on is not None and due_on < today:
        return OVERDUE
    return IN_PROGRESS if reported else NOT_STARTED


@dataclass(frozen=True)
class Period:
    """One stretch in which a task is owed once, and the day by which."""

    start: date
    end: date
    due_on: date | None


@dataclass(frozen=True)
class Timing:
    """What a task says of time, as its columns hold it."""

    window_start: date | None = None
    window_end: date | None = None
    rhythm: str = ""
    due_on: date | None = None
    due_rule: str = ""
    quota_per: str = ""


_WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]


def periods(timing: Timing, *, start: date, end: date, issued_on: date, days: Calendar) -> list[Period]:
    """The stretches between `start` and `end` of the campaign in which a task is owed, each with its deadline.

    Monthly, weekly and quarterly duties give one a month, week or quarter. A daily duty gives one for the campaign:
    nobody clocks in daily (《关于防治“指尖上的形式主义”的若干意见》).
    """
    first = timing.window_start or start
    last = timing.window_end or end
    step = _step(timing)
    anchors = {"campaign_start": start, "campaign_end": end, "issued": issued_on}
    if step is None or first > last:
        return [Period(first, max(first, last), _due(timing, first, last, anchors, days))]
    out = []
    for a, b in _stretches(step, first, last):
        out.append(Period(a, b, _due(timing, a, b, anchors, days)))
    return out


def _step(timing: Timing) -> str | None:
    for word in (timing.quota_per, timing.rhythm, timing.due_rule):
        for step, names in (("month", ("month", "monthly")), ("week", ("week", "weekly")), ("quarter", ("quarter", "quarterly"))):
            if word.split(":")[0] in names:
                return step
    return None


def _stretches(step: str, first: date, last: date) -> list[tuple[date, date]]:
    out: list[tuple[date, date]] = []
    at = first
    while at <= last and len(out) < 120:
        if step == "week":
            stop = at + timedelta(min(6 - at.weekday(), (last - at).days))
        elif step == "month":
            stop = _month_end(at)
        else:
            month = (at.month - 1) // 3 * 3 + 3
            stop = _month_end(date(at.year, month, 1))
        out.append((at, min(stop, last)))
        if stop >= last:
            break
        at = stop + timedelta(1)
    return out


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _due(timing: Timing, first: date, last: date, anchors: dict[str, date], days: Calendar) -> date | None:
    if timing.due_on:
        return timing.due_on
    rule = timing.due_rule
    if not rule:
        return last
    word, _sep, rest = rule.partition(":")
    if word == "weekly":
        marks = [_WEEKDAYS.index(name) for name in rest.split(",") if name in _WEEKDAYS]
        return _on_weekday(first, last, max(marks)) if marks else last
    if word in ("monthly", "quarterly"):
        return days.last_of_month(last) if rest == "end" else last.replace(day=min(max(int(rest), 1), _month_end(last).day))
    if word == "before":
        return None
    for base, anchor in anchors.items():
        if rule.startswith(base + "-"):
            return anchor - timedelta(int(re.sub(r"\D", "", rule)))
        if rule.startswith(base + "+"):
            return _plus(anchor, rule[len(base) + 1 :], days)
    # event±: the happening has no date of the calendar before it happens.
    return None


def _on_weekday(first: date, last: date, weekday: int) -> date:
    day = first + timedelta((weekday - first.weekday()) % 7)
    return min(day, last)


def _plus(day: date, amount: str, days: Calendar) -> date:
    if amount.endswith("wd"):
        return days.after(day, int(amount[:-2]))
    if amount.endswith("h"):
        return day + timedelta(hours=int(amount[:-1]))
    return day + timedelta(int(amount.removesuffix("d")))


def check_confirm(*, is_confirmed: bool, n_tasks: int) -> None:
    """Tasks are issued once, and only where there are some."""
    if is_confirmed:
        raise RuleBroken(_("任务已经派发。"))
    if n_tasks == 0:
        raise RuleBroken(_("没有可以派发的任务。请先核对通知，至少保留一项任务。"))


def check_ready(unexplained: list[str], without_actor: list[str]) -> None:
    """Every name means somebody or is left out on purpose, and every task (its quote) has somebody to do it."""
    if unexplained:
        raise RuleBroken(
            _("还有 %(n)s 个称谓没有对应到单位：%(names)s。请先在核对页选定单位或选择“不派发”。")
            % {"n": len(unexplained), "names": "、".join(unexplained[:8])}
        )
    if without_actor:
        raise RuleBroken(
            _("有 %(n)s 项任务没有责任单位，如“%(quote)s”。请先在核对页补上。") % {"n": len(without_actor), "quote": without_actor[0][:20]}
        )


def check_waiver(*, because: str, until: date | None, today: date) -> None:
    """A waiver says why, and ends in the future where it ends."""
    if not because.strip():
        raise RuleBroken(_("请写明豁免理由。"))
    if until is not None and until < today:
        raise RuleBroken(_("豁免的截止日期已经过去，请另选日期，或留空表示一直豁免。"))


def check_extension(*, because: str, until: date, due_on: date | None, today: date) -> None:
    """An extension says why, and gives a day that is later than the deadline and not yet over."""
    if not because.strip():
        raise RuleBroken(_("请写明延期理由。"))
    if due_on is None:
        raise RuleBroken(_("这项任务没有期限，不需要延期。"))
    if until <= due_on or until < today:
        raise RuleBroken(_("新的期限要晚于原来的期限，也不能早于今天。"))


def check_delegation(*, role_owes: bool, waived: bool, n_units: int, need: int, due_on: date | None, limit: date | None) -> None:
    """Who passes a task on owes it, says to whom and how much, and leaves no more time than it has itself."""
    if not role_owes:
        raise RuleBroken(_("这项任务由您督促，由责任单位下派。"))
    if waived:
        raise RuleBroken(_("这项任务已经豁免，不需要下派。"))
    if n_units == 0:
        raise RuleBroken(_("请选择要下派的单位。"))
    if need < 1:
        raise RuleBroken(_("每个单位至少要完成 1。"))
    if due_on is not None and limit is not None and due_on > limit:
        raise RuleBroken(_("给下级的期限不能晚于本单位的期限。"))


# What a plan itself says, so that issuing it fulfils the duty to say it (《方案》六（一）).
PLAN_SAYS = ("方案", "分工", "领导机构", "领导小组", "组委会")


def plan_says(quote: str, kind: str) -> bool:
    """Whether a unit's own plan is what the task asks for: 制定活动方案, 成立领导机构."""
    return kind in ("plan", "organisation") and any(word in quote for word in PLAN_SAYS)


def has_head(leaders: str) -> bool:
    """Whether a leading group, one line a part, names its head: 组长：巴图 镇长."""
    return bool(re.search(r"^\s*组\s*长\s*[:：]?\s*[^\s:：]", leaders, re.MULTILINE))


def check_plan(*, is_issued: bool, leaders: str, n_tasks: int) -> None:
    """A plan that is issued says who leads, and has something to do."""
    if is_issued:
        raise RuleBroken(_("方案已经印发。"))
    if n_tasks == 0:
        raise RuleBroken(_("本单位在这个活动中没有任务，不需要方案。"))
    if not has_head(leaders):
        raise RuleBroken(_("请在领导小组中写明组长，如“组长：巴图 镇长”。"))


def check_visit(*, found: str, follow_up: str, follow_up_by: date | None) -> None:
    """What is asked of a unit follows from what was found, and has a day only where something is asked."""
    if follow_up.strip() and not found.strip():
        raise RuleBroken(_("请先写明发现的情况，再提整改要求。"))
    if follow_up_by is not None and not follow_up.strip():
        raise RuleBroken(_("请写明整改要求，或去掉整改期限。"))


def check_span(start: int, end: int, length: int) -> None:
    """A task quotes a stretch of the notice."""
    if not 0 <= start < end <= length:
        raise RuleBroken(_("请在通知正文中选取要作为任务的文字。"))
