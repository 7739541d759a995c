"""How many a clause asks for: 至少一次, 1至2条, 不超过5件, 每半月1期."""

import re
from dataclasses import asdict, dataclass
from functools import cache

from . import lexicon
from .names import BLANK
from .numerals import NUMBER, to_int


@dataclass(frozen=True)
class Quota:
    """At least `min`, at most `max` (None: no bound) of `unit`, `per` month, campaign, week, day, quarter or year."""

    min: int
    max: int | None
    unit: str
    per: str

    def as_dict(self) -> dict[str, int | str | None]:
        """The four fields as the corpus prints them."""
        return asdict(self)


@cache
def _pattern() -> re.Pattern[str]:
    words = lexicon.load("times")
    low = lexicon.alternation(lexicon.split_words(words["at_least"]))
    high = lexicon.alternation(lexicon.split_words(words["at_most"]))
    units = lexicon.alternation(lexicon.split_words(words["measure"]))
    return re.compile(
        rf"(?P<low>{low})?(?P<high>{high})?(?<![\d第])(?P<a>{NUMBER})(?:(?:至|-|—|~|～|到)(?P<b>{NUMBER}))?"
        rf"(?P<unit>{units})(?P<above>以上|及以上)?(?P<below>以内|以下)?"
    )


_PER = [
    (re.compile(r"每半年"), "year", 2),
    (re.compile(r"每半个?月"), "month", 2),
    (re.compile(r"每旬"), "month", 3),
    (re.compile(r"每(?:个)?季度?"), "quarter", 1),
    (re.compile(r"每(?:个)?月"), "month", 1),
    (re.compile(r"每(?:周|星期|个星期)"), "week", 1),
    (re.compile(r"每(?:日|天|晚)|每班(?=次|前|检|巡|不少|至少|[一二两三四\d])(?!\d*[名本节人堂张篇幅件])(?![一二两三四][名本节人堂张篇幅件])"), "day", 1),
    (re.compile(r"每年"), "year", 1),
]
_HOURS = re.compile(r"每(?:隔)?(\d{1,2}|[一二两三四五六八十]{1,2})个?小时")
_AFTER_NO = re.compile(r"(?:把手|线|律|批|体|致|系列|封信|票否决|方面|刀切|般|旦|定|些|并|同|起|步|类|级|带一路)")
_OF_RULES = re.compile("[项条](?:硬?措施|举措|规定|要求)")  # 十五条硬措施


def find(text: str, masked: str, start: int, end: int) -> Quota | None:
    """The first quota printed in text[start:end]; quoted and bracketed words (masked) do not count."""
    printed = _first(masked, start, end)
    if printed is None and BLANK in masked[start:end]:
        bracket = re.search(r"（(?:附|含)?([一-龥]{0,4}(?:不少于|至少|不低于|不超过)[^（）]{1,24}|(?:图片|照片)\d[^（）]{1,12})）", text[start:end])
        if bracket:
            inner = _first(bracket[1], 0, len(bracket[1]))
            if inner:
                lead = _quota_rhythm(masked[start:end])
                return Quota(inner.min * lead[1], inner.max, inner.unit, lead[0])
    return printed


def _first(masked: str, start: int, end: int) -> Quota | None:
    never = lexicon.entries("times", "not_quota")
    for found in _pattern().finditer(masked, start, end):
        word = found["a"] + found["unit"]
        before = masked[max(start, found.start() - 1) : found.start()]
        if word in never or masked[found.start("a") : found.start("a") + 3] in never or before in ("第", "近", "年", "月", "前") and not (found["low"] or found["high"]):
            continue
        if before and before in "〇零一二两三四五六七八九十百千万0123456789." or found["a"] == "一" and _AFTER_NO.match(masked, found.end("a")):
            continue
        if _OF_RULES.match(masked, found.start("unit"), end):
            continue
        if found["unit"] in ("人", "部", "个", "名") and masked[found.end() : found.end() + 1] in ("工", "月", "小", "工作", "星"):
            continue
        if masked[found.end() : found.end() + 1] == "的" and found["above"] or found["above"] and re.match(r"[\u4e00-\u9fff]{2,6}(?:活动|的)", masked[found.end() :]) and found["unit"] == "人":
            continue
        if found["unit"] in ("小时", "分钟", "天", "元", "万元", "课时", "学时", "字") and not (found["low"] or found["unit"] == "天" and masked[max(0, found.start() - 8) : found.start()].find("每") >= 0 or "学时" in found["unit"] or "课时" in found["unit"]):
            continue
        low = to_int(found["a"])
        if low is None or low > 10_000_000:
            continue
        return _quota(found, low, masked, start)
    return None


def _quota_rhythm(lead: str) -> tuple[str, int]:
    """(per, how often in it) that the words before an amount say: 每半月 is twice a month."""
    hours = _HOURS.search(lead)
    if hours:
        return "day", max(1, 24 // (to_int(hours[1]) or 24))
    return next(((name, factor) for pattern, name, factor in _PER if pattern.search(lead)), ("campaign", 1))


def _quota(found: re.Match[str], low: int, masked: str, start: int) -> Quota:
    high = to_int(found["b"]) if found["b"] else None
    per, times = _quota_rhythm(masked[start : found.start()])
    if found["high"] or found["below"]:
        return Quota(0, (high or low) * times, found["unit"], per)
    return Quota(low * times, high * times if high is not None else None, found["unit"], per)
