"""Whom a task reaches: the people after 组织, 鼓励, 督促, and those after 面向, 向, 对."""

import re

from . import actors, grammar, lexicon, names
from .task import Task

_REACHED = re.compile(
    r"(?P<how>向|面向|对|为|给|提醒|接受|回答|解答|邀请|告知|通知|劝导|组织)(?P<who>[^，。；向对为给]{2,30}?)(?=推送|发放|发送|发布|发出|赠送|讲|开展|进行|普及|宣传|宣讲|咨询|关心|提出|看管|注意|参与|参加|走访|培训|每|至少|提供|征集|逐|授课|介绍|派发|讲解|做好|妥善|讲述|公布|送|配备|指导|的)"
)
_PEOPLE_ENDS = tuple(lexicon.load("actors")["reached"].split())
_PEOPLE = lexicon.pattern("actors", "reached")


def _people_like(masked: str) -> bool:
    return _strip_etc(masked).endswith(_PEOPLE_ENDS)


_ETC = re.compile(r"(?:等(?:重点|特殊|各类|有关)?(?:群体|人员|人群|对象|场所)?|〓+)$")


def _strip_etc(masked: str) -> str:
    return _ETC.sub("", masked)


_AMOUNT_BEFORE = re.compile(r"^(?:不少于|至少|各|全部|全体|\d+名?|[一二两三四五六七八九十百]+名)+(?:名|人|位|户|家)?")


def _strip_amount(phrase: str, masked: str) -> tuple[str, str]:
    found = re.match(r"^(?:(?:不少于|至少|不低于)?(?:\d+|[一二两三四五六七八九十百]+)(?:名|人|位|户|家|个))", masked)
    if found:
        return phrase[found.end() :], masked[found.end() :]
    return phrase, masked


def participants(text: str, masked: str, task: Task, head: int) -> list[str]:
    """Whom the actor of a task is to get to act or to reach, as printed."""
    reach = grammar.lists()["reach"]
    best: list[str] = []
    at = head
    verb = task.verb
    if verb in reach or any(verb.startswith(r) for r in ("组织", "动员", "鼓励", "号召")):
        begin = at + len(verb)
        stop = grammar.next_verb(masked, begin + 1, task.end, sure=True)
        limits = [m.start() for m in re.finditer(r"(?:通过|在|对|利用|自觉|积极|主动|广泛|围绕|按照|参与|参加|到|就|以|做好|与|开展|每|至少|针对|认真|自行|带头|到场|为|向|根据|收看|集中|签订|填写|随手|正确|不|立即|及时|自救|依法|落实|重点|定期|逐)", masked[begin : task.end])]
        end = min([stop[0] if stop else task.end, *[begin + x for x in limits if x > 1]])
        phrase, phrase_masked = text[begin:end], masked[begin:end]
        phrase, phrase_masked = _strip_amount(phrase, phrase_masked)
        at_name = begin
        amount = _AMOUNT_BEFORE.match(masked[begin : task.end])
        if amount:
            at_name += amount.end()
        named = actors.find(masked, at_name, task.end, {}) if _PEOPLE.search(masked, at_name, task.end) else None
        if named is not None and named[0] < task.end and _people_like(masked[at_name : named[0]]):
            best = names.split(text[at_name : named[0]], masked[at_name : named[0]], people=True)
        elif phrase and len(phrase) <= 60 and end < task.end and (names.is_named(_strip_etc(phrase_masked)) or _people_like(phrase_masked)):
            best = names.split(phrase, phrase_masked, people=True)
    if not best:
        best = _by_preposition(text, masked, task)
    return [p for p in best if 1 < len(p) <= 40]


def _by_preposition(text: str, masked: str, task: Task) -> list[str]:
    segment = masked[task.start : task.end]
    for found in _REACHED.finditer(segment):
        a, b = found.span("who")
        phrase, phrase_masked = text[task.start + a : task.start + b], segment[a:b]
        if _people_like(_strip_etc(phrase_masked)) or names.is_named(_strip_etc(phrase_masked)) and found["how"] in ("面向", "接受", "提醒", "回答", "邀请"):
            return names.split(phrase, phrase_masked, people=True)
    return []
