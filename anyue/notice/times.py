"""Dates, stretches, deadlines and rhythms as notices print them.

A `When` has `window` (when it happens), `due` (by when) or both, in the words of the corpus guidelines: ISO dates,
`weekly:FRI`, `monthly:25`, `campaign_end+5wd`, `event-24h`, `before:春节`, `week:2026-06#1`, `holiday:国庆节`.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from . import lexicon
from .numerals import to_int

Window = dict[str, str | None] | str

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_YEAR = r"(?:(?P<{0}y>\d{{4}})年|(?P<{0}rel>今年|本年|当年|明年|次年|去年))?"
_DAY = r"(?P<{0}m>\d{{1,2}})月(?:份)?(?P<{0}d>\d{{1,2}})[日号]"
_CLOCK = r"(?:[（(][^（）()，。]{1,8}[）)])?(?:(?:上午|下午|早上|晚上|晚|中午|早)?(?:\d{1,2}[:时点](?:\d{1,2}分?|整|半)?)?|(?:上午|下午|全天|当天|早上|晚上))?(?:下班)?"
_DASH = r"\s*(?:—+|-+|－+|–+|~|～|至|到|起至)\s*"
_BEFORE = r"(?:[之以]?前|止|截止|截至)"
_WEEKDAYS = {"一": "MON", "二": "TUE", "三": "WED", "四": "THU", "五": "FRI", "六": "SAT", "日": "SUN", "天": "SUN"}
_PERIODS = {"日": "d", "天": "d", "个工作日": "wd", "工作日": "wd", "小时": "h", "个小时": "h", "周": "w", "个星期": "w", "个自然日": "d"}


@dataclass
class When:
    """One expression of time: where it stands in the text, and what it says."""

    start: int
    end: int
    window: Window | None = None
    due: str | None = None
    is_relative: bool = field(default=False)


@dataclass(frozen=True)
class Frame:
    """What relative expressions lean on: the notice's day and the campaign's period."""

    issued: date | None = None
    start: date | None = None
    end: date | None = None
    festival: str = ""  # 五一, where the notice is about one: what 节前 leans on

    @property
    def year(self) -> int:
        """The year of a date printed without one."""
        anchor = self.start or self.issued or self.end
        return anchor.year if anchor else date.today().year

    def guess(self, month: int) -> int:
        """The year of a day and month printed alone: that of the notice, or the next where it lies far behind."""
        anchor = self.issued or self.start
        if anchor and month < anchor.month - 5:
            return anchor.year + 1
        return anchor.year if anchor else self.year


@cache
def _patterns() -> list[tuple[str, list[tuple[str, re.Pattern[str]]]]]:
    """(characters one of which is needed, patterns by name) in the order of trying."""
    fests = lexicon.alternation(lexicon.split_words(lexicon.load("times")["festivals"]))
    holidays = lexicon.alternation(lexicon.split_words(lexicon.load("times")["holidays"]))
    day_a = _YEAR.format("a") + _DAY.format("a")
    day_b = r"(?:(?P<by>\d{4})年|(?P<brel>明年|次年))?(?:(?P<bm>\d{1,2})月(?:份)?)?(?P<bd>\d{1,2})[日号]"
    iso = r"(?P<iy>\d{4})[-./](?P<im>\d{1,2})[-./](?P<id>\d{1,2})"
    # The look ahead spares most positions the many ways to begin.
    lead = r"(?=[\d于在自从应须务最定请截至今本明次去当上下同])(?:于|在|自|从|应于|须于|务于|最迟于|定于|请于|截至|截止|至)?"
    raw = [
        ("since_issue", rf"自?(?:本|该)?(?:通知|方案|通告)?(?:印发|下发|发布)之日起至{_YEAR.format('a')}{_DAY.format('a')}"),
        ("since_now", r"即日起(?:至(?:(?P<y>\d{4})年)?(?P<am>\d{1,2})月(?:(?P<ad>\d{1,2})日|(?P<tail>底)))?"),
        ("range", rf"{lead}{day_a}{_CLOCK}(?:(?:起|开始)，?)?{_DASH}{day_b}{_CLOCK}(?P<before>{_BEFORE})?(?:期间|，)?"),
        ("range_parts", rf"{lead}{_YEAR.format('a')}(?P<am>\d{{1,2}})月(?P<part>[上中下]旬|初|底)?{_DASH}(?:(?P<by>\d{{4}})年)?(?P<bm>\d{{1,2}})月(?P<part2>[上中下]旬|初|[底末])?(?![\d日])"),
        ("range_months", rf"{lead}{_YEAR.format('a')}(?P<am>\d{{1,2}})月(?:份)?{_DASH}(?:(?P<by>\d{{4}})年)?(?P<bm>\d{{1,2}})月(?:份)?(?P<tail>[底末]?)(?![日\d])"),
        ("range_short", rf"{lead}{_YEAR.format('a')}(?P<am>\d{{1,2}})月(?P<ad>\d{{1,2}}){_DASH}(?:(?P<bm>\d{{1,2}})月)?(?P<bd>\d{{1,2}})[日号](?:期间)?"),
        ("day_since", rf"(?:自|从)?{day_a}(?:起|开始)(?!至)"),
        ("due_day", rf"{lead}{day_a}{_CLOCK}(?:下班)?{_BEFORE}"),
        ("days", rf"{lead}{day_a}(?:、|和|及)(?P<b2>\d{{1,2}})[日号]"),
        ("day", rf"{lead}{day_a}{_CLOCK}(?P<colon_due>为截止|截止)?"),
        ("iso", rf"{lead}{iso}(?P<before>{_BEFORE})?"),
        ("month_end_due", rf"{lead}{_YEAR.format('a')}(?P<am>\d{{1,2}})月(?:份)?[底末](?P<before>{_BEFORE})?"),
        ("part_of_month", rf"{lead}{_YEAR.format('a')}(?P<am>\d{{1,2}})月(?:份)?(?P<part>[上中下])旬(?P<before>{_BEFORE})?"),
        ("week_of_month", rf"{_YEAR.format('a')}(?P<am>\d{{1,2}})月(?:份)?(?:的)?(?:第(?P<nth>[一二三四五])|(?P<last>最后一?))个?周"),
        ("year_end", r"(?:(?P<y>\d{4})年|今年|本年|年)(?:年)?(?:底|末)(?:之?前)|(?<![\u4e00-\u9fff])年内"),
        ("monthly_last", rf"每(?:个)?月(?:的)?(?:底|末|月底|最后(?:一个?|1个?)?(?:工作)?[日天周])(?P<before>{_BEFORE})?"),
        ("monthly_due", rf"每(?:个)?月(?:的)?(?P<d>\d{{1,2}})[日号](?:下班|\d{{1,2}}[时:点](?:\d{{2}}分?)?)?(?P<before>{_BEFORE})?"),
        ("monthly_part", rf"每(?:个)?月(?P<part>[上中下])旬(?P<before>{_BEFORE})?"),
        ("quarterly_due", rf"每(?:个)?季度(?:的)?(?:(?:最后|末|第三)(?:一)?(?:个)?月的?)?(?:(?P<d>\d{{1,2}})[日号]|末月(?P<d2>\d{{1,2}})[日号])(?:下班)?(?P<before>{_BEFORE})?"),
        ("quarterly_end", rf"每(?:个)?季度(?:末|底|结束)(?:最后一个工作日)?(?P<before>{_BEFORE})?"),
        ("weekly_days", rf"每(?:逢)?(?:周|星期)(?P<days>[一二三四五六日天](?:(?:、|和|及|，)(?:周|星期)?[一二三四五六日天])*)(?:{_CLOCK})(?P<before>{_BEFORE})?"),
        ("weekly_last", rf"每周(?:最后一个工作日|周末|末)(?P<before>{_BEFORE})?"),
        ("issued", rf"(?:自|从)?(?:本|该)?(?:通知|方案|文件|通告|意见)?(?:印发|下发|发布|发文|(?:收到|接到)(?=本?通知|文件|方案))(?:本通知|通知|本方案|方案|文件)?(?:之日|之后|后|当日)?起?(?:后)?(?P<n>{_N})(?P<u>个?工作日|日|天|个?小时|周|个月|个自然日)(?:之?内|以内)?"),
        ("issued_since", r"(?:自|从)?(?:本|该)?(?:通知|方案|文件)?(?:印发|下发|发布)之日起(?!\d|[一二两三四五六七八九十])"),
        ("campaign_end", rf"(?<!主题日)(?<!演练)(?<!竞赛)(?<!培训)(?:活动月|宣传月|宣传周|活动周|防火期|汛期|禁火期|采暖期|攻坚|百日攻坚|假期|活动|宣传|宣传活动|整治|整治行动|专项行动|行动|工作|月活动|竞赛月|专项整治|集中整治|专项检查|本次活动|全部活动|整治工作|周活动)(?:全部)?(?:结束|完成)(?:之?后|之日起)?(?:的)?(?P<n>{_N})(?P<u>个?工作日|日|天|个?小时|周|个星期|个自然日)(?:之?内|以内|前)?"),
        ("campaign_start", rf"(?:活动月|宣传月|宣传周|活动周|活动|宣传活动)(?:启动|开始|开展)?前(?P<n>{_N})(?P<u>个?工作日|日|天|个?小时|周)"),
        ("event_after", rf"(?:(?:自|从)[\u4e00-\u9fff]{{1,12}}?(?:之日)?起|发现(?:[\u4e00-\u9fff]{{0,10}}?)(?:后|的)，?(?:应|须|要|立即)?(?:在|于)?|(?:(?![要应须在于自从局])[\u4e00-\u9fff]){{1,8}}?(?:之)?后)(?P<n>{_N})(?P<u>个?工作日|日|天|个?小时|周|个自然日)(?:之?内|以内)"),
        ("event_before", rf"(?:提前|于?(?:(?!提)[\u4e00-\u9fff]){{1,6}}前)(?:不少于|至少)?(?P<n>{_N})(?P<u>个?工作日|日|天|个?小时|周)"),
        ("event_within", rf"(?:在|于)?(?P<n>{_N})(?P<u>个?工作日|个?小时|日|天)(?:之?内|以内)"),
        ("before_fest", rf"(?:于|在|赶在)?(?:“)?(?P<fest>{fests})(?:”)?(?:假期|放假|到来|来临)?(?:之?前)(?!夕)"),
        ("own_fest", r"(?:于|在)?(?:节日?|节假日)(?:之?前)(?![\u4e00-\u9fff]{0,1}夕)"),
        ("holiday", rf"(?:在)?(?:“)?(?P<fest>(?:{holidays}、)*(?:重要|重大)?{holidays})(?:”)?(?:假期|长假|放假)?(?:期间)"),
        ("daily", r"每(?:日|天|晚|早|夜)(?:上岗前|放学前|早晚|早中晚|上午|下午|开工前|班前|傍晚|晚间|收工后)?(?:\d{1,2}[:时点](?:\d{1,2}分?)?(?P<before>前)?起?)?"),
        ("weekly", r"(?:每周|按周)(?![一二三四五六日天]|末)"),
        ("monthly", r"(?:每(?:个)?月(?![底末\d上中下])|按月|逐月)"),
        ("quarterly", r"(?:每(?:个)?季度(?![末底]|最后|结束)|按季度)"),
        ("month_only", rf"{lead}{_YEAR.format('a')}(?P<am>\d{{1,2}})月(?:份|期间)(?P<before>{_BEFORE})?"),
        ("bare_month", r"(?:(?<=[（。；\n在于、])|^)(?P<am>\d{1,2})月(?=[），]|(?<=在\d月|于\d月|\d\d月)[\u4e00-\u9fff])(?!份|[底初末]|[上中下]旬)"),
        ("same_day", r"(?:当天|当日|活动当天|活动当日)"),
        ("day_before", r"活动(?:开始)?前一[天日]"),
    ]
    groups = groupby(raw, lambda row: _NEEDS[row[0]])
    return [(needed, [(name, re.compile(pattern)) for name, pattern in rows]) for needed, rows in groups]


YEARS = range(1900, 2200)  # others are no years of a notice


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year in YEARS else None
    except ValueError:
        return None


def _last(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year in YEARS else 0


def month(year: int, month: int) -> dict[str, str | None] | None:
    """A whole month; None where there is no such month."""
    return _pair(_iso(year, month, 1), _iso(year, month, _last(year, month)))


def _year(groups: dict[str, str | None], prefix: str, month: int, frame: Frame) -> int:
    if groups.get(prefix + "y"):
        return int(groups[prefix + "y"])  # type: ignore[arg-type]
    word = groups.get(prefix + "rel")
    base = (frame.issued or frame.start or date(frame.year, 1, 1)).year
    if word in ("明年", "次年"):
        return base + 1
    if word == "去年":
        return base - 1
    return base if word else frame.guess(month)


def _amount(groups: dict[str, str | None]) -> str | None:
    number = to_int(groups["n"] or "")
    unit = _PERIODS.get(groups["u"] or "")
    if number is None or unit is None:
        return None
    return f"{number * 7}d" if unit == "w" else f"{number}{unit}"


def _pair(start: str | None, end: str | None) -> dict[str, str | None] | None:
    if start is None and end is None:
        return None
    if start and end and start > end:
        return None
    return {"start": start, "end": end}


def _days(name: str, g: dict[str, str | None], frame: Frame) -> When | None:
    """Expressions that name days of the calendar."""
    if name == "iso":
        day = _iso(int(g["iy"] or 0), int(g["im"] or 0), int(g["id"] or 0))
        if day is None:
            return None
        return When(0, 0, due=day) if g["before"] else When(0, 0, _pair(day, day))
    month = int(g["am"] or 0)
    year = _year(g, "a", month, frame)
    if not 1 <= month <= 12:
        return None
    if name in ("range", "range_short"):
        other = int(g["bm"] or month)
        year_b = int(g["by"]) if g.get("by") else year + (g.get("brel") is not None or other < month)  # type: ignore[arg-type]
        start, end = _iso(year, month, int(g["ad"] or 0)), _iso(year_b, other, int(g["bd"] or 0))
        if g.get("before"):
            return When(0, 0, due=end)
        window = _pair(start, end) if start and end else None
        return When(0, 0, window) if window else None
    if name == "range_months":
        other = int(g["bm"] or 0)
        year_b = int(g["by"]) if g["by"] else year + (other < month)
        if not 1 <= other <= 12:
            return None
        return When(0, 0, _pair(_iso(year, month, 1), _iso(year_b, other, _last(year_b, other))))
    if name == "month_end_due":
        return When(0, 0, due=_iso(year, month, _last(year, month)))
    if name == "bare_month":
        return When(0, 0, _pair(_iso(year, month, 1), _iso(year, month, _last(year, month))))
    if name == "range_parts":
        other = int(g["bm"] or 0)
        year_b = int(g["by"]) if g["by"] else year + (other < month)
        if not 1 <= other <= 12:
            return None
        first = {"上": 1, "中": 11, "下": 21, "初": 1, "底": _last(year, month)}.get((g["part"] or "初")[0], 1)
        final = {"上": 10, "中": 20, "初": 10}.get((g["part2"] or "末")[0], _last(year_b, other))
        return When(0, 0, _pair(_iso(year, month, first), _iso(year_b, other, final)))
    if name == "month_only":
        end = _iso(year, month, _last(year, month))
        return When(0, 0, due=end) if g["before"] else When(0, 0, _pair(_iso(year, month, 1), end))
    if name == "part_of_month":
        first, final = {"上": (1, 10), "中": (11, 20), "下": (21, _last(year, month))}[g["part"] or ""]
        if g["before"]:
            return When(0, 0, due=_iso(year, month, final))
        return When(0, 0, _pair(_iso(year, month, first), _iso(year, month, final)))
    if name == "week_of_month":
        nth = "last" if g["last"] else str("一二三四五".index(g["nth"] or "一") + 1)
        return When(0, 0, f"week:{year}-{month:02d}#{nth}")
    day = _iso(year, month, int(g["ad"] or 0))
    if day is None:
        return None
    if name == "due_day" or g.get("colon_due"):
        return When(0, 0, due=day)
    if name == "day_since":
        return When(0, 0, _pair(day, None))
    if name == "days":
        return When(0, 0, _pair(day, _iso(year, month, int(g["b2"] or 0)) or day))
    return When(0, 0, _pair(day, day))


def _rhythm(name: str, g: dict[str, str | None]) -> When | None:
    """每周五前, 每月25日前, 每日 … : with a 前 a deadline, without it a rhythm."""
    if name == "weekly_days":
        value = "weekly:" + ",".join(_WEEKDAYS[c] for c in g["days"] or "" if c in _WEEKDAYS)
    elif name == "weekly_last":
        value = "weekly:FRI"
    elif name == "monthly_last":
        value = "monthly:end"
    elif name == "monthly_due":
        value = f"monthly:{int(g['d'] or 0)}"
    elif name == "monthly_part":
        value = "monthly:" + {"上": "10", "中": "20", "下": "end"}[g["part"] or ""]
    elif name == "quarterly_due":
        value = f"quarterly:{int(g['d'] or g['d2'] or 0)}"
    elif name == "quarterly_end":
        value = "quarterly:end"
    else:
        value = name
    return When(0, 0, due=value) if g.get("before") else When(0, 0, value)


def _relative(name: str, g: dict[str, str | None], frame: Frame) -> When | None:
    """Expressions that lean on the notice, the campaign or a happening."""
    if name == "own_fest":
        return When(0, 0, due=f"before:{frame.festival}", is_relative=True) if frame.festival else None
    if name == "since_issue":
        month = int(g["am"] or 0)
        end = _iso(_year(g, "a", month, frame), month, int(g["ad"] or 0))
        return When(0, 0, _pair(frame.issued.isoformat() if frame.issued else None, end))
    if name == "since_now":
        start = frame.issued.isoformat() if frame.issued else None
        end = None
        if g["am"]:
            month = int(g["am"])
            year = int(g["y"] or frame.guess(month))
            end = _iso(year, month, int(g["ad"])) if g["ad"] else _iso(year, month, _last(year, month))
        return When(0, 0, _pair(start, end))
    if name == "issued_since":
        return When(0, 0, _pair(frame.issued.isoformat(), None)) if frame.issued else None
    if name == "year_end":
        year = int(g["y"] or frame.year)
        return When(0, 0, due=_iso(year, 12, 31))
    if name == "day_before":
        return When(0, 0, due=(frame.start - timedelta(1)).isoformat()) if frame.start else None
    if name == "before_fest":
        return When(0, 0, due=f"before:{g['fest']}")
    if name == "holiday":
        return When(0, 0, f"holiday:{g['fest']}")
    amount = _amount(g)
    if amount is None:
        return None
    sign = {"issued": "issued+", "campaign_end": "campaign_end+", "campaign_start": "campaign_start-"}
    if name in sign:
        return When(0, 0, due=sign[name] + amount, is_relative=True)
    if name == "event_before":
        return When(0, 0, due=f"event-{amount}", is_relative=True)
    return When(0, 0, due=f"event+{amount}", is_relative=True)


_DAY_NAMES = {"range", "range_parts", "bare_month", "range_months", "range_short", "day_since", "due_day", "days", "day", "iso", "month_end_due",
              "part_of_month", "week_of_month", "month_only"}
_RHYTHM_NAMES = {"monthly_last", "monthly_due", "monthly_part", "quarterly_due", "quarterly_end", "weekly_days",
                 "weekly_last", "daily", "weekly", "monthly", "quarterly"}


_MONTHS = re.compile(r"(?:(?P<y>\d{4})年)?(?P<a>\d{1,2}|[一二三四五六七八九十]{1,2})(?:月(?:份)?)?(?:(?:—+|-|－|–|~|～|至|到|、)(?P<b>\d{1,2}|[一二三四五六七八九十]{1,2}))?月(?:份)?(?![\d日上中下底初末])")
_QUARTER = re.compile(r"(?:(?P<y>\d{4})年)?第?(?P<q>[一二三四])季度")


def stretch_of(title: str, frame: Frame) -> Window | None:
    """The months or the quarter that a title begins with (3月：…, 一至二月, 第一季度), from first day to last; None where it names none."""
    if found := _MONTHS.match(title):
        first = to_int(found["a"]) or 0
        last = (to_int(found["b"]) or 0) if found["b"] else first
    elif found := _QUARTER.match(title):
        first = 3 * "一二三四".index(found["q"]) + 1
        last = first + 2
    else:
        return None
    year = int(found["y"] or frame.year)
    return _pair(_iso(year, first, 1), _iso(year, last, _last(year, last))) if first <= last else None


def festival(title: str) -> str:
    """The one festival that a title names (五一, 春节), "" where it names none."""
    words = lexicon.split_words(lexicon.load("times")["festivals"])
    return next((word for word in words if word in title and word not in ("汛期", "主汛期", "开学", "放假", "节假日", "重大节日")), "")


def find_all(text: str, frame: Frame, start: int = 0, end: int | None = None) -> list[When]:
    """Every expression of time in text[start:end], in order, none overlapping another."""
    return list(_scan(text, frame, start, len(text) if end is None else end))


# Characters one of which an expression needs: most sentences need few patterns.
_NEEDS = {
    **dict.fromkeys(["range", "range_parts", "bare_month", "range_months", "range_short", "day_since", "due_day", "days", "day", "month_end_due", "part_of_month", "week_of_month", "month_only"], "月"),
    **dict.fromkeys(["monthly_last", "monthly_due", "monthly_part", "quarterly_due", "quarterly_end", "weekly_days", "weekly_last", "daily"], "每"),
    **dict.fromkeys(["weekly", "monthly", "quarterly"], "每按逐"),
    **dict.fromkeys(["own_fest", "event_before", "campaign_start", "before_fest"], "前"),
    **dict.fromkeys(["event_within", "event_after"], "内"),
    "issued_since": "起", "since_issue": "起", "since_now": "即", "holiday": "间", "same_day": "当", "day_before": "活",
    "iso": "-./", "year_end": "年", "issued": "发到", "campaign_end": "束成",
}
# 2018年1月1日以后出生儿童, 对2024年底前未办结的投诉: a time that tells which things are meant, not when something is done.
_OF_A_THING = re.compile(r"(?:以后|以来|之后)(?![，])|(?:以)?前(?:出生|建成|投用)")
_BEFORE_NOUN = re.compile(r"[^，。；]{0,12}的[^，。；]")
_MONTH = re.compile(r"\d月")
_HINT = re.compile(r"[月日号每前内后起周间年天]")


def _scan(text: str, frame: Frame, start: int, end: int) -> Iterator[When]:
    if not _HINT.search(text, start, end):
        return
    taken: list[When] = []
    present = frozenset(text[start:end])
    if "月" in present and not _MONTH.search(text, start, end):
        present -= {"月"}  # 安全生产月: no month of the calendar
    busy = bytearray(end - start)
    asked = [row for needed, rows in _patterns() if not present.isdisjoint(needed) for row in rows]
    for name, pattern in asked:
        for found in pattern.finditer(text, start, end):
            if busy.find(1, found.start() - start, found.end() - start) >= 0:
                continue
            g = found.groupdict()
            if name in _DAY_NAMES:
                when = _days(name, g, frame)
            elif name in _RHYTHM_NAMES:
                when = _rhythm(name, g)
            elif name == "same_day":
                when = None
            else:
                when = _relative(name, g, frame)
            if when and not _OF_A_THING.match(text, found.end(), end) and not (
                text[found.start() - 1 : found.start()] in "对将" and _BEFORE_NOUN.match(text, found.end(), end)
            ):
                when.start, when.end = found.start(), found.end()
                if text[when.end - 1] == "，":
                    when.end -= 1
                busy[when.start - start : when.end - start] = b"\1" * (when.end - when.start)
                taken.append(when)
    yield from sorted(taken, key=lambda w: w.start)
