"""One clause, several verb phrases: where 、 和 并 join phrases with objects of their own."""

import re

from . import grammar
from .clauses import Clause

_COUNT = re.compile(r"(?:\d+|[一二两三四五六])(?:场|次|期|部|篇|个|项|张|名|支|块|幅|本|堂|节)")
_JOINT = re.compile(r"、|，|(?<!一)并(?!且)|和|及|，?同时|并且|，并")
_ADVERB = re.compile(r"及时|认真|积极|统一|集中|定期|逐一|在[^、，]{1,10}?|LED屏幕?|电子屏")
_FIGURES = re.compile(r"[^，]{0,12}(?:数|数量|率|情况|人次)(?=[、和及]|$)")
_NAMES_SOMEBODY = ("明确", "确定", "指定", "推荐", "选派", "推选", "落实")
_NEXT_COUNT = re.compile(r"、(?=(?:\d+|[一二两三四五六])(?:场|次|期|部|篇|项|张|支|块|幅|本|堂|节)[^、，]{2,})")


def split(masked: str, clause: Clause) -> list[tuple[int, int, int, str]]:
    """One (start, end, head, verb) a verb phrase; several where 、 和 并 join phrases with objects of their own."""
    start = clause.core
    out: list[tuple[int, int, int, str]] = []
    head, verb = clause.head, clause.verb
    if not verb:
        return [(start, clause.end, clause.head, "")]
    noun_too = grammar.lists()["noun_too"]
    for found in _JOINT.finditer(masked, head + len(verb) + 1, clause.end):
        at = found.end()
        adverb = _ADVERB.match(masked, at, clause.end)
        if adverb and grammar.verb_at(masked, adverb.end(), clause.end):
            at = adverb.end()
        new = grammar.verb_at(masked, at, clause.end)
        if not new or new in grammar.lists()["effect"]:
            continue
        if new in noun_too and not (found.group().startswith("并") and len(masked[at + len(new) : clause.end]) >= 2):
            continue
        if verb in grammar.lists()["hand_in"] and _FIGURES.match(masked[at : clause.end]):
            continue  # 填报入户户数、发现隐患数和整改数: figures, no further steps
        own_object = masked[head + len(verb) : found.start()]
        its_object = re.split(r"[、，]", masked[at + len(new) : clause.end])[0]
        if len(own_object) < 2 or len(its_object) < 2 or its_object.startswith(("等", "的", "、")):
            continue
        if found.group() in ("、", "和", "及") and re.search(r"(?:等|工作|活动)$", masked[:clause.end][-2:]) and new in noun_too:
            continue
        if grammar.verb_at(own_object, 0, len(own_object)) == own_object:
            continue
        if re.match(r"(?:经|与)", masked[found.end() : clause.end]):
            continue
        told = re.search("反馈|报", own_object)
        if verb in _NAMES_SOMEBODY and new in grammar.lists()["hand_in"] and not told:
            continue  # 明确1名联络员并报…: steps with one and the same thing
        if own_object.endswith("的"):
            continue
        out.append((start, found.start(), head, verb))
        start, head, verb = found.end(), at, new
    out.append((start, clause.end, head, verb))
    return [part for phrase in out for part in _split_counts(masked, *phrase)]


def _split_counts(masked: str, start: int, end: int, head: int, verb: str) -> list[tuple[int, int, int, str]]:
    """举办1场主场活动、3场进校园活动: things counted one by one under one verb are tasks of their own."""
    cuts = [m.start() for m in _NEXT_COUNT.finditer(masked, head, end)]
    if not cuts or not _COUNT.search(masked, head, cuts[0]):
        return [(start, end, head, verb)]
    edges = [start, *cuts, end]
    return [
        (a + (k > 0), b, head if k == 0 else a + 1, verb) for k, (a, b) in enumerate(zip(edges, edges[1:], strict=False))
    ]
