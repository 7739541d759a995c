"""Relative deadlines and rhythms in words, and back: campaign_end+5wd is 活动结束后5个工作日内."""

import re
from functools import cache

from . import lexicon
from .times import Frame, find_all

_SLOTS = {"n": r"(?P<n>\d{1,3})", "name": r"(?P<name>[^\s\d每]{1,20})"}
_CODES = {"u": "(?P<u>wd|d|h)", "days": "(?P<days>[A-Z]{3}(?:,[A-Z]{3})*)", "month": r"(?P<month>\d{4}-\d{2})", "by": ""}


def in_words(code: str, *, due: bool, english: bool = False) -> str:
    """A rule as people say it; a code that is none (an ISO date, "") comes back as it is. `due`: it is a deadline."""
    for form, pattern in _codes():
        found = pattern.fullmatch(code)
        if found:
            said: str = lexicon.load("rules_of_time")["forms"][form][english]
            by = lexicon.load("rules_of_time")["by"]["due" if due else "window"][english]
            return said.format(by=by, **{slot: _say(slot, value, english) for slot, value in found.groupdict().items()}).strip()
    return code


def rule_of(words: str) -> str | None:
    """The rule that words say, Chinese or English as `in_words` has them, or as notices print them; None where they say none."""
    words = words.strip()
    for form, english, pattern in _sayings():
        found = pattern.fullmatch(words if english else "".join(words.split()))
        if found:
            return form.format(**{slot: _unsay(slot, value, english) for slot, value in found.groupdict().items()})
    whens = find_all(words, Frame())
    if len(whens) == 1 and (whens[0].start, whens[0].end) == (0, len(words)):
        rule = whens[0].due or whens[0].window
        return rule if isinstance(rule, str) and not rule[0].isdigit() else None
    return None


def _words(slot: str) -> dict[str, list[str]]:
    words: dict[str, list[str]] = lexicon.load("rules_of_time")[{"u": "units"}.get(slot, slot)]
    return words


def _say(slot: str, value: str, english: bool) -> str:
    if slot == "u":
        return _words(slot)[value][english]
    if slot == "days":
        return (", " if english else "、").join(_words(slot)[day][english] for day in value.split(",") if day in _words(slot))
    if slot == "month" and not english:
        year, month = value.split("-")
        return f"{year}年{int(month)}月"
    return value


def _unsay(slot: str, value: str, english: bool) -> str:
    if slot in ("u", "days"):
        codes = {said[english]: code for code, said in _words(slot).items()}
        return ",".join(codes[part] for part in re.split(", |、", value))
    if slot == "month" and not english:
        year, month = re.findall(r"\d+", value)
        return f"{year}-{int(month):02}"
    return value


def _pattern(form: str, slots: dict[str, str]) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", lambda slot: slots[slot[1]], re.escape(form)))


@cache
def _codes() -> list[tuple[str, re.Pattern[str]]]:
    return [(form, _pattern(form, {**_SLOTS, **_CODES})) for form in lexicon.load("rules_of_time")["forms"]]


@cache
def _sayings() -> list[tuple[str, bool, re.Pattern[str]]]:
    out = []
    for form, said in lexicon.load("rules_of_time")["forms"].items():
        for english in (False, True):
            day, unit = ("|".join(words[english] for words in _words(slot).values()) for slot in ("days", "u"))
            joint = ", " if english else "、"
            slots = {
                **_SLOTS, "u": f"(?P<u>{unit})", "days": f"(?P<days>(?:{day})(?:{joint}(?:{day}))*)",
                "month": r"(?P<month>\d{4}-\d{2})" if english else r"(?P<month>\d{4}年\d{1,2}月)",
                "by": "(?:" + "|".join(words[english] for words in _words("by").values()) + ")",
            }
            out.append((form, english, _pattern(said[english], slots)))
    return out
