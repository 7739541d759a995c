"""One clause taken apart: who (if it says), how urgent, which verb leads it, and whether anything is asked at all.

A clause is what stands between two commas. It is read from the left:
    connector · actor · modal · adverb · time · preposition phrase · verb · object
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from . import actors, grammar, names
from .actors import Actor, Times

Sort = Literal[
    "task", "manner", "idle", "effect", "forbid", "condition", "amount", "actor", "noun", "fragment", "silent", "frame"
]


@dataclass
class Clause:
    """A clause of the clean text: offsets, its sort, its own actors, where its actor, verb and object begin."""

    start: int
    end: int
    sort: Sort = "fragment"
    actors: list[Actor] = field(default_factory=list)
    partners: list[Actor] = field(default_factory=list)  # 会同…, 联合… without a subject of its own
    actor_end: int = 0
    core: int = 0  # first character after connectors
    head: int = 0  # where the verb begins
    verb: str = ""
    has_modal: bool = False
    has_lead: bool = False
    has_preposition: bool = False
    reason: str = ""


def read(text: str, masked: str, start: int, end: int, times: Times) -> Clause:
    """The clause text[start:end] taken apart; `times` maps the start of each expression of time to its end."""
    return _Reader(text, masked, end, times, Clause(start, end)).read()


_WORDS_NOT_CONNECTORS = ("现场", "并列", "再生", "即日")
_MODAL_FIRST = re.compile(r"要(?!求)|须|应[当该]|应(?!急|用)")
_ZEAL = re.compile("切实|认真|要|积极|不断|进一步|大力")
_JOINED = re.compile(r"(?:会同|联合|协同)")
_TIME_END = re.compile(r"(?:(?<![学课])时|后|前|期间|之后|之前|过程中|基础上|情况下|前提下)$")
_FOCUS_IS = re.compile("[^，]{0,8}(?:重点|内容|范围|对象|要点)(?:为|是|包括)")  # 自查重点为疏通通道
_MEETS = re.compile(r"(?:如|若)?遇(?:有|到)?(?![^，]*(?:要|须|应|立即|及时|时$))[^，；]{2,30}|一旦(?:发生|发现|出现)[^，；要须应]{2,24}")  # 遇大风、沙尘天气，…
_IS_DAY = re.compile(r"(?:为|是)[^，]{1,24}(?:日|周|月|期|时间|时段|阶段|段)$")
_LED_BY = re.compile(r"[^，]{2,24}由[^，]{2,16}带队")
_TOPIC_LED = re.compile(r"[^，由]{2,16}由(?=[^，]{2,30}(?:牵头|负责(?!人|同志)|配合))")
_TOPIC = re.compile(r"[^，由]{1,28}由(?!于)")
# 以…为重点: nothing but manner; 其中…3件: nothing but an amount.
_AS_FOCUS = re.compile(r"以[^，]*为(?P<focus>[^，]{1,8})$")
_AMONG = re.compile(r"其中[^，]*?\d")
_HEADED_BY = re.compile(r"[^，]{2,20}(?:(?:担任|任|为)(?:副)?(?:组长|总指挥|指挥长)|牵头、[^，]*参加的|[^，]*组成的)")
_CANNOT = re.compile(r"不能[^，；]{1,16}?的(?=.{2})")  # 不能当场整改的下达通知书
_MUST = re.compile(r"(?:必须|应当|应该|务必|均要|都要|还要|也要|均应|均须)")
_DURING = re.compile(r"[^，、各每]{2,8}(?:时|后|前|期间|过程中)")
# 主汛期内各嘎查村…, 活动期间各单位…: a time that no pattern of dates knows, before the actor.
_OPENING = re.compile(r"[^，各每]{2,10}(?:期间|内|前|后|时|当天|之际)(?=各|每|全)|[\u4e00-\u9fff]{1,6}(?:期间|期内)〓*")
_ASIDE = re.compile(r"[^，]{2,20}(?:这边|方面)$")
_ASKS = ("要", "应", "应当", "须", "必须", "需", "需要", "务必", "负责", "可", "可以", "一律", "均应", "均须", "要求")
_LEADERS_FIRST = ("带队", "带头", "亲自")
_MODIFIER_AFTER = re.compile(r"(?:的|人员|者|率(?![先领队])|组(?!织)|员(?!工)|(?:时间|时长|人数|次数|场次|台|点|数量)(?=不|至|达|[0-9]))")


class _Reader:
    """Reads one clause from the left, writing down what it finds."""

    def __init__(self, text: str, masked: str, end: int, times: Times, clause: Clause) -> None:
        self.text, self.masked, self.end, self.times = text, masked, end, times
        self.clause = clause
        self._found: dict[int, tuple[int, bool] | None] = {}

    def read(self) -> Clause:
        """The clause with its sort."""
        clause, pos = self.clause, self._past_connectors(self.clause.start)
        clause.core = pos
        if pos >= self.end or self._is_joined(pos) or self._is_plain(pos):
            return clause
        after = self._past_times(pos)
        if after > pos and _IS_DAY.match(self.masked[after : self.end]):
            clause.sort = "noun"
        elif after >= self.end:
            clause.sort, clause.reason = "manner", "time"
        else:
            self._with_actor(self._actor_place(after))
        return clause

    def _actor_at(self, pos: int) -> tuple[int, bool] | None:
        """`actors.find` at `pos`; several steps ask for the same place."""
        if pos not in self._found:
            self._found[pos] = actors.find(self.masked, pos, self.end, self.times)
        return self._found[pos]

    # ------------------------------------------------------------ before the actor

    def _past_connectors(self, pos: int) -> int:
        masked, end = self.masked, self.end
        while pos < end:
            found = grammar.CONNECTORS.match(masked, pos, end)
            is_verb = found and len(found.group()) == 1 and grammar.verb_at(masked, pos, end)
            if found and not is_verb and not masked.startswith(_WORDS_NOT_CONNECTORS, pos):
                pos = found.end()
            elif masked[pos] in " 、，\t":
                pos += 1
            else:
                break
        modal = _MODAL_FIRST.match(masked, pos, end) if pos not in self.times else None
        if modal:
            self.clause.has_modal = True
            pos = modal.end()
        return pos

    def _is_joined(self, pos: int) -> bool:
        """会同教育部门开展…: partners of a subject that governs from before."""
        joint = _JOINED.match(self.masked, self._past_times(pos), self.end)
        partner = self._actor_at(joint.end()) if joint else None
        if not joint or not partner:
            return False
        self.clause.partners = actors.named(self.text, self.masked, joint.end(), partner[0])
        self._find_head(partner[0])
        return True

    def _is_plain(self, pos: int) -> bool:
        """Whether the clause is of a sort that needs no actor and no verb; then its sort is set."""
        masked, end, clause = self.masked, self.end, self.clause
        if grammar.FRAME.search(masked, pos, end):
            clause.sort = "frame"
        elif _AMONG.match(masked, clause.start, end) and not grammar.next_verb(masked, pos, end, sure=True):
            clause.sort = "amount"
        elif grammar.SILENT.match(masked, pos, end):
            clause.sort = "silent"
        elif _FOCUS_IS.match(masked, pos, end):
            clause.sort = "noun"
        elif pos not in self.times and masked.startswith(("每", "人手"), pos) and grammar.is_amount(masked, pos, end):
            clause.sort = "amount"
        elif masked[end - 1] == "的" and end - pos <= 40 or _MEETS.fullmatch(masked, pos, end):
            self._condition(pos)
        elif (
            masked[end - 1] != "的"
            and end - pos <= 24
            and pos not in self.times
            and _TIME_END.search(masked[pos:end])
            and not re.search(r"(?:要|须|应当|必须)", masked[pos:end])
        ):
            clause.sort = "manner"
        else:
            return False
        return True

    def _condition(self, pos: int) -> None:
        """发现…的: a condition; 企业发现…的 also says who."""
        clause = self.clause
        clause.sort = "condition"
        found = self._actor_at(pos)
        if not found or found[0] >= self.end - 3 or self.masked.startswith("的", found[0]):
            return
        if names.is_named(self.masked[pos : found[0]]):
            clause.actors = actors.named(self.text, self.masked, pos, found[0])
            clause.actor_end = found[0]

    def _past_times(self, pos: int) -> int:
        while pos < self.end and pos in self.times:
            pos = self.times[pos]
            while pos < self.end and self.masked[pos] in "，、 起":
                pos += 1
        return pos

    def _actor_place(self, pos: int) -> int:
        """Where an actor may begin: past a topic (…由X牵头), a stretch of time, a modal."""
        masked, end = self.masked, self.end
        led = _LED_BY.match(masked, pos, end)
        topic = None if led else _TOPIC_LED.match(masked, pos, end)
        if topic and self._actor_at(topic.end()):
            pos = topic.end() - 1
        opening = _OPENING.match(masked, pos, end)
        verb = grammar.verb_at(masked, pos, end) if opening else ""
        pos = opening.end() if opening and (not verb or verb in grammar.lists()["noun_too"]) else pos
        must = _MUST.match(masked, pos, end)
        if must:
            self.clause.has_modal = True
            pos = must.end()
        if not topic and not led:
            by = _TOPIC.match(masked, pos, end)
            by = None if by and _HEADED_BY.match(masked, by.end(), end) else by
            plain = by and (
                masked[by.end() - 2] == "的" or not grammar.verb_at(masked, pos, end) or names.is_never(masked[pos : by.end() - 1])
            )
            plain = plain and not grammar.next_verb(masked, pos + 1, by.end(), sure=True) if by else False
            if by and plain and self._actor_at(by.end()):
                pos = by.end() - 1
        if not self._actor_at(pos):
            during = _DURING.match(masked, pos, end)
            if during and not grammar.verb_at(masked, pos, end) and grammar.verb_at(masked, during.end(), end) and not names.is_named(during.group()):
                pos = during.end()
        return pos

    def _with_actor(self, pos: int) -> None:
        masked, end, clause = self.masked, self.end, self.clause
        aside = _ASIDE.match(masked, pos, end)
        if aside and names.is_named(masked[pos : end - 2]):
            clause.sort, clause.actor_end = "actor", end
            clause.actors = actors.named(self.text, masked, pos, end - 2)
            return
        start = pos + 1 if masked.startswith("由", pos) and not masked.startswith("由于", pos) else pos
        found = self._actor_at(start)
        if found:
            clause.actor_end = found[0]
            clause.has_modal = clause.has_modal or found[1]
            clause.actors, pos = actors.take(self.text, masked, start, found[0], end, self.times)
            clause.actor_end = pos
        self._find_head(pos)

    # ------------------------------------------------------------ the verb

    def _find_head(self, at: int) -> None:
        """Sets verb, head and sort of the clause whose actor ends at `at`."""
        first, masked, end, clause = at, self.masked, self.end, self.clause
        for _ in range(4):
            at = self._past_modals(at)
            if at >= end:
                break
            if grammar.is_idle(masked, self._idle_spots(first, at), end):
                clause.sort, clause.reason, clause.head = "idle", masked[at:end], at
                return
            cannot = _CANNOT.match(masked, at, end)
            if cannot:
                at = cannot.end()
                continue
            barred = grammar.FORBIDS.match(masked, at, end)
            if barred:
                clause.sort, clause.head, clause.verb = "forbid", at, barred.group()
                return
            verb = grammar.verb_at(masked, at, end)
            preposition = grammar.PREPOSITIONS.match(masked, at, end)
            is_verb = verb and not _MODIFIER_AFTER.match(masked, at + len(verb), end)
            if is_verb and (not preposition or len(verb) >= len(preposition.group())):
                clause.head, clause.verb = at, verb
                break
            if preposition:
                step = self._phrase(at, preposition)
                if step is None:
                    break
                if step < 0:
                    return
                at = step
                continue
            if grammar.is_amount(masked, at, end):
                clause.sort = "amount"
                return
            self._any_verb(at)
            break
        self._judge(at)

    def _past_modals(self, pos: int) -> int:
        """Past connectors, modals, adverbs and times."""
        masked, end, clause = self.masked, self.end, self.clause
        while pos < end:
            if pos in self.times:
                pos = self.times[pos]
                while pos < end and masked[pos] in "，、 ":
                    pos += 1
                continue
            verb = grammar.verb_at(masked, pos, end)
            modal = grammar.MODALS.match(masked, pos, end)
            if modal and len(modal.group()) >= len(verb) and (verb != modal.group() or verb in ("负责", "要求", "联合")):
                clause.has_modal = clause.has_modal or modal.group() in _ASKS
                pos = modal.end()
                continue
            adverb = grammar.ADVERBS.match(masked, pos, end)
            if adverb and len(adverb.group()) >= len(verb):
                if adverb.group() in _LEADERS_FIRST and not grammar.next_verb(masked, adverb.end(), end, sure=False):
                    break
                clause.has_lead = clause.has_lead or adverb.group().startswith("牵头")
                pos = adverb.end()
                continue
            connector = grammar.CONNECTORS.match(masked, pos, end)
            if not connector or len(connector.group()) < len(verb):
                break
            pos = connector.end()
        return pos

    def _idle_spots(self, first: int, at: int) -> set[int]:
        spots = {at, first}
        connector = grammar.CONNECTORS.match(self.masked, first)
        if connector:
            spots.add(connector.end())
        for word in _ZEAL.finditer(self.masked, first, at):
            spots |= {*word.span()}
        return spots

    def _phrase(self, at: int, preposition: re.Match[str]) -> int | None:
        """After a preposition: None when its verb was found, -1 when the clause is only manner, else where to go on."""
        masked, end, clause = self.masked, self.end, self.clause
        clause.has_preposition = True
        begin = preposition.end()
        serves = grammar.verb_at(masked, begin, end)
        if preposition.group() == "为" and (
            grammar.ADVERBS.match(masked, begin, end) or serves and not _MODIFIER_AFTER.match(masked, begin + len(serves), end)
        ):
            clause.sort, clause.head = "manner", at
            return -1
        focus = _AS_FOCUS.match(masked, at, end) if preposition.group() == "以" else None
        if focus and not grammar.next_verb(masked, focus.start("focus"), end, sure=True):
            clause.sort, clause.head = "manner", at
            return -1
        closing = grammar.BY_WAY_OF.match(masked, at, end) if preposition.group() == "以" else None
        if closing:
            return closing.end()
        found = grammar.verb_after_phrase(masked, begin, end)
        if found and preposition.group() in grammar.FRAMING:
            where, word = found
            rest = masked[where + len(word) : end]
            plain = len(rest) < 2 and word not in grammar.lists()["hand_in"] or word in grammar.lists()["noun_too"] and bool(grammar.NOUN_ENDS.search(rest))
            if not rest and clause.actors and re.search(r"比例|标准|频次", masked[begin:where]):
                plain = False  # 县普查办按不低于10%的比例抽查
            if where == begin and clause.actors and not plain:
                clause.core = where
            elif plain or where == begin:
                found = None
        if found is None:
            clause.sort, clause.head = "manner", at
            return -1
        clause.head, clause.verb = found
        return None

    def _any_verb(self, at: int) -> None:
        """A sure verb further on, else one that stands right after a time."""
        found = grammar.next_verb(self.masked, at, self.end, sure=True)
        if found is None:
            stops = [stop for begin, stop in sorted(self.times.items()) if at <= begin and stop < self.end]
            timed = next((stop for stop in stops if grammar.verb_at(self.masked, stop, self.end)), None)
            found = (timed, grammar.verb_at(self.masked, timed, self.end)) if timed is not None else None
        if found is not None:
            self.clause.head, self.clause.verb = found

    # ------------------------------------------------------------ the verdict

    def _judge(self, at: int) -> None:
        clause, masked, end = self.clause, self.masked, self.end
        verb = clause.verb
        if not verb:
            self._judge_without_verb(at)
            return
        rest = masked[clause.head + len(verb) : end]
        if grammar.BARRED.search(masked, clause.core, end):
            clause.sort = "forbid"
        elif verb in grammar.lists()["effect"] and not grammar.RESULTS.search(rest):
            clause.sort = "effect"
        elif verb in grammar.STRENGTHEN and clause.head == at and not grammar.STRENGTHENED.search(rest) and names.BLANK not in rest:
            clause.sort, clause.reason = "idle", "加强 without an object that can be shown"
        elif (
            clause.head > at
            and not clause.has_preposition
            and not clause.actors
            and grammar.AMOUNT.match(masked, clause.core, end)
            and not any(clause.core <= start < clause.head for start in self.times)
        ):
            clause.sort = "amount"
        else:
            clause.sort = "task"

    def _judge_without_verb(self, at: int) -> None:
        clause, masked, end = self.clause, self.masked, self.end
        if clause.actors and at >= end:
            clause.sort = "actor"
        elif clause.actors:
            does = clause.has_modal or at > clause.actor_end and end - at >= 3
            clause.sort = "task" if does and not masked.startswith(("是", "为"), clause.actor_end) else "noun"
            clause.head, clause.reason = at, "a subject and nothing known after it"
        elif grammar.AMOUNT.match(masked, clause.core, end):
            clause.sort = "amount"
        elif grammar.MANNER.match(masked, clause.core, end):
            clause.sort = "manner"
        else:
            clause.sort = "fragment"
