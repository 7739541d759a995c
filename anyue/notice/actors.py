"""Who a clause says is answerable: where the phrase of the actor begins and ends, and in what role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from . import grammar, lexicon, names
from .names import BLANK

Role = Literal["responsible", "lead", "support"]
Times = dict[int, int]  # start of each expression of time to its end


@dataclass
class Actor:
    """Who is answerable, as printed."""

    name: str
    role: Role = "responsible"


# 在汛期施工的项目必须: a relative clause before a named noun and a modal.
_RELATIVE = re.compile(r"[^，；]{2,24}的[^，；的]{1,8}?(?=必须|要|应当|应|须|可|至少|每)")
_RELATIVE_VERB = re.compile(r"[^，；、]{2,24}的[^，；的]{1,8}?(?=必须|要|应当|应|须|向|对|由|在)")
_RELATIVE_NAME = re.compile(r"[^，；、]{2,24}的[^，；的]{1,8}")
_NUMBERED_NAME = re.compile(r"\d{5}[\u4e00-\u9fff]{2,8}(?:中心|平台|热线)|\dA级")  # 12345热线
_FIRST_WHEN = re.compile("[前后时][向对给]")  # 出团前向游客: when, and to whom
_EACH_DOES = re.compile(r"各(?:讲|抓|写|办|选|派|推选|推荐|举办|组织|开展)(?:好|出|[一两\d])")  # 各讲一次: after those who do
_EACH = ("各", "每个", "每家", "每名", "每位", "全体", "所有", "有关", "相关", "本")
_INSIDE_WORD = frozenset(["必须", "主要", "重要", "需要", "必要", "只要", "主将", "供应", "响应", "反应", "适应", "对应", "相应", "妇联", "机要"])
_OWNER = re.compile("(?<!企)[业车船户货房]主(?=要(?!负|领))")
_WHERE = re.compile("所(?=在(?:村|地(?!方)|单位))")  # 危险区所在村
_WEAK_PREPOSITIONS = ("会", "同", "以", "因", "经", "自", "随")
_SHORT_ADVERBS = frozenset(
    ["当场", "全部", "逐户", "逐一", "定期", "及时", "统一", "分别", "每周", "每月", "每日", "每天", "每季度", "每年", "每班", "每晚", "每次", "至少", "均", "都", "还", "也", "要", "应", "须", "可"]
)
_SUFFIX = re.compile(r"[所站局办处科员组部者]|人(?=[及、和与要应须]|$)")
_WITH = frozenset(["建立", "签订", "签好", "谈心", "谈心谈话", "对接", "结对", "共建"])
_LEAD_AND_JOIN = re.compile(r"(?:要|应)?牵头、(?P<who>[^，、]{2,16}?)(?:派员|参加|参与)")
_LEAD_AND_SUPPORT = re.compile(r"(?:要|应)?牵头、(?P<who>[^，、]{2,16}?)(?:配合|协助)")
_FOLLOWS = re.compile("|".join(p.pattern for p in (grammar.MODALS, grammar.ADVERBS, grammar.PREPOSITIONS)) + "|将|每|予以|给予|结合|全部|，|是")
_DOER = re.compile("[者方]|人(?![员民群数力才工大均])")
_COUNT = re.compile(r"\d|[一两](?:次|名|个|场|户|份|件)")
_MORE_NAME = re.compile(r"(?:和|及|与|、)?[一-龥]{0,6}(?:局|委|厅|办|中心|单位|部门|人员|机构|企业|公司|组|部|队|岗|科|处|员|所|站|院|馆)")


@cache
def _may_follow() -> re.Pattern[str]:
    words = "|".join(f"(?:{p.pattern})" for p in (grammar.STRONG_MODALS, grammar.ENDS_ACTOR, _FOLLOWS))
    return re.compile(f"(?=[{''.join(sorted(grammar.verb_heads()))}]|{words})")


def follows_actor(masked: str, pos: int, end: int, times: Times) -> bool:
    """Whether what stands at `pos` can follow an actor: a verb, modal, adverb, preposition or time, or nothing."""
    if pos >= end or pos in times:
        return True
    if masked[pos] == BLANK:
        return False
    return bool(grammar.verb_at(masked, pos, end) or _FOLLOWS.match(masked, pos, end))


def _dated_relative(masked: str, pos: int, end: int, times: Times) -> re.Match[str] | None:
    """使用液氨的企业6月15日前开展…: a time stands where others have a modal."""
    start = min((start for start in times if pos < start <= pos + 32), default=None)
    return _RELATIVE_NAME.fullmatch(masked, pos, start) if start is not None else None


@cache
def _handed() -> re.Pattern[str]:
    """课件报人力资源部: a thing, that it is handed in, and to whom."""
    things = lexicon.alternation(lexicon.split_words(lexicon.load("handed_in")["thing_ends"]))
    return re.compile(rf"{things}〓*[^，、]{{0,8}}?(?:报(?![告名社道刊])|交(?![通流警])|送(?![教医]))")


def find(masked: str, pos: int, end: int, times: Times) -> tuple[int, bool] | None:
    """(end of the actor phrase that begins at `pos`, whether a modal follows); None where no actor stands there."""
    if pos >= end or masked[pos].isdigit() and not _NUMBERED_NAME.match(masked, pos, end) or _EACH_DOES.match(masked, pos, end):
        return None
    if grammar.NO_ACTOR_START.match(masked, pos):
        found = _RELATIVE.match(masked, pos, end)
        relative = found and masked[pos] in "在有对不未已从没" and names.is_named(found.group())
        return (found.end(), True) if found and relative and not grammar.verb_at(masked, pos, end) else None
    verb = grammar.verb_at(masked, pos, end)
    adverb = grammar.ADVERBS.match(masked, pos, end)
    if adverb and not verb and grammar.verb_at(masked, adverb.end(), end):
        return None
    if verb:
        found = _RELATIVE_VERB.match(masked, pos, end) or _dated_relative(masked, pos, end, times)
        if found and names.is_named(found.group()):
            return found.end(), True
        names_people = verb not in grammar.lists()["reach"] and grammar.NAMES_PEOPLE.match(masked, pos + len(verb))
        if not names_people and not grammar.NAMED_BY_VERB.match(masked, pos):
            return None
    found_at = _Search(masked, pos, end, times).run()
    return None if found_at and (_handed().search(masked, pos, found_at[0]) or _FIRST_WHEN.search(masked, pos, found_at[0])) else found_at


class _Search:
    """Walks from the start of a phrase to where its actor must end."""

    def __init__(self, masked: str, pos: int, end: int, times: Times) -> None:
        self.masked, self.pos, self.end, self.times = masked, pos, end, times
        self.starts_each = masked.startswith(_EACH, pos)
        self.best: int | None = None

    def run(self) -> tuple[int, bool] | None:
        """The first sure end, else the last possible one."""
        limit = min(self.end, self.pos + 160)
        for j in self._spots(limit):
            if j != limit and self.masked[j] in "、和及与或/" + BLANK and not self.masked.startswith(_NO_JOINT, j):
                continue
            phrase = self.masked[self.pos : j]
            if phrase[-1] in "的了着之" or phrase.endswith("至少") or _WHERE.match(self.masked, j - 1):
                continue
            if self.masked[j - 1 : j + 1] in _INSIDE_WORD and not _OWNER.match(self.masked, j - 2):
                continue
            with_modal = self._at_modal(phrase, j)
            if with_modal is not None:
                return with_modal, True
            ends = grammar.ENDS_ACTOR.match(self.masked, j, self.end)
            if (ends or follows_actor(self.masked, j, self.end, self.times)) and self._is_last(phrase, j):
                break
        return (self.best, False) if self.best is not None else None

    def _spots(self, limit: int) -> Iterator[int]:
        """Where an actor can end at all: most characters begin nothing that could follow one."""
        times = [*(start for start in sorted(self.times) if self.pos < start < limit), limit]
        at = self.pos
        while at < limit:
            found = _may_follow().search(self.masked, at + 1, times[0])
            at = found.start() if found else times.pop(0)
            yield at

    def _at_modal(self, phrase: str, j: int) -> int | None:
        modal = grammar.STRONG_MODALS.match(self.masked, j, self.end) if j < self.end else None
        if modal is None:
            return None
        named = names.is_named(phrase)
        if _TIMELY.search(phrase):
            # 各承储企业熏蒸作业前要: the name before what it is about; 免疫后要: none.
            return next((i for i in range(j - 1, self.pos + 1, -1) if names.is_named(self.masked[self.pos : i])), None)
        if modal.group() in ("可", "将", "可以") and not (named or self.starts_each):
            return None
        if not named and self.best is not None and not self.masked.startswith("的", self.best):
            return self.best
        bare = len(phrase) <= 20 and not grammar.next_verb(self.masked, self.pos, j, sure=True)
        if named or bare and not names.is_never(phrase):
            return j
        # 施工单位动火作业须…: the subject is the name before what it is about.
        return next((i for i in range(j - 1, self.pos + 2, -1) if names.is_named(self.masked[self.pos : i])), None)

    def _is_last(self, phrase: str, j: int) -> bool:
        """Takes note of a possible end at `j`; whether the search ends here."""
        masked, end = self.masked, self.end
        verb = grammar.verb_at(masked, j, end)
        counts = bool(verb) and _COUNT.match(masked, j + len(verb), end)
        if verb and _DOER.match(masked, j + len(verb), end):
            return False  # 聚餐举办者, 实际控制人: the verb is part of the name
        sure = bool(verb) and (verb not in grammar.lists()["noun_too"] or bool(counts))
        if phrase in _ALONE and not verb or len(phrase) == 1:
            return False
        if j < end and not verb and not grammar.ENDS_ACTOR.match(masked, j, end) and j not in self.times and names.is_named(masked[self.pos : j + 1]) and not grammar.MODALS.match(masked, j, end):
            return False  # 高新区管委|会: the name goes on
        if sure and len(verb) == 1 and names.is_named(masked[self.pos : j + 1]) and follows_actor(masked, j + 1, end, self.times):
            return False  # 街道督查办: the verb is the end of the name
        if (names.is_named(phrase) or self.starts_each and len(phrase) >= 3) and (_MANNER_NEXT.match(masked, j, end) or j in self.times):
            self.best = j
            return True
        if names.is_named(phrase):
            self.best = j
            goes_on = sure and _SUFFIX.match(masked, j + len(verb))
            if grammar.ENDS_ACTOR.match(masked, j, end) or sure and not goes_on or j in self.times or self._adverb_ends(j):
                return True
        elif self.starts_each and len(phrase) >= 3 and j < end and (sure or masked.startswith("至少", j)) and not names.is_never(phrase):
            self.best = self.best if self.best is not None else j
        if sure:
            return not _MORE_NAME.match(masked[j + len(verb) : j + len(verb) + 8])
        prepositional = grammar.PREPOSITIONS.match(masked, j, end) and not verb
        return self.best == j and bool(prepositional) and not masked.startswith(_WEAK_PREPOSITIONS, j)

    def _adverb_ends(self, j: int) -> bool:
        plain = grammar.ADVERBS.match(self.masked, j, self.end) or grammar.MODALS.match(self.masked, j, self.end)
        if plain is None or not follows_actor(self.masked, plain.end(), self.end, self.times):
            return False
        return plain.group() in _SHORT_ADVERBS or not names.is_named(self.masked[self.pos : plain.end()][-3:])


_LEAD = re.compile(r"(?:要|应|须|负责|具体)?牵头")
_SUPPORT = re.compile(r"(?:要|应|须|积极|密切|主动)?(?:协同)?(?:予以|给予)?(?:配合|协助|协办)")
_BEFORE_JOINT = re.compile(r"(?:要|应当|应|须|可|拟|负责|牵头|将|分别|及时|要及时)")
_JOINT = re.compile(r"(?:及时|立即)?(?:会同|联合|协同|商)")
_TIMELY = re.compile(r"(?:[前后时中]|期间)$")
_ALONE = frozenset(["各级", "全省", "全市", "全县", "全旗", "全区"])
_NO_JOINT = ("及时", "与会", "和谐")
# 各社区以网格为单元…; 市清雪办汇总后…: what begins here is how and when, no more name.
_MANNER_NEXT = re.compile(r"每(?:小时|半|学期|两|\d)|派员(?:到|赴|进)|外出|以[^，]{1,12}为|(?<!所)在(?!校|职|建|岗)[^，]{2,20}|(?:节|会|班|课|饭|赛|考)[前后]|第一时间|(?:汇总|收齐|审核|审定|研究|收到|接到|统计|整理)[^，]{0,4}后|[\u4e00-\u9fff]{2,6}结束后")


def _past(pos: int, times: Times) -> int:
    while pos in times:
        pos = times[pos]
    return pos


def take(text: str, masked: str, start: int, stop: int, end: int, times: Times) -> tuple[list[Actor], int]:
    """(actors, where they end) of the phrase text[start:stop]: 牵头 makes lead, 配合 support, 会同 joins a second."""
    role: Role = "responsible"
    if _LEAD.match(masked, stop, end):
        role = "lead"
    elif _SUPPORT.match(masked, stop, end):
        role = "support"
    verb = grammar.next_verb(masked, stop, end, sure=True)
    if verb and verb[1] in _WITH and "与" in masked[start:stop]:
        # 县局与县医院建立联动机制: with whom is not who.
        stop = start + masked[start:stop].index("与")
    found = [Actor(name, role) for name in names.split(text[start:stop], masked[start:stop])]
    both = _LEAD_AND_SUPPORT.match(masked, stop, end)
    if both:
        a, b = both.span("who")
        return [*found, *(Actor(name, "support") for name in names.split(text[a:b], masked[a:b]))], both.end()
    joined = _LEAD_AND_JOIN.match(masked, stop, end)
    if joined:
        return [*found, *named(text, masked, *joined.span("who"))], joined.end()
    joint_at = _past(stop, times)
    if before := _BEFORE_JOINT.match(masked, joint_at, end):
        joint_at = _past(before.end(), times)
    more = _JOINT.match(masked, joint_at, end)
    second = find(masked, more.end(), end, times) if more else None
    if more and second:
        found += named(text, masked, more.end(), second[0])
        stop = second[0]
    return found, stop


def named(text: str, masked: str, start: int, stop: int) -> list[Actor]:
    """The names printed in text[start:stop], each responsible."""
    return [Actor(name) for name in names.split(text[start:stop], masked[start:stop])]
