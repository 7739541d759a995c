"""The frame of a clause: connectors, modals, adverbs, prepositions, verbs, from `words/grammar.toml` and `verbs.toml`."""

import re
from functools import cache

from . import lexicon

CONNECTORS = lexicon.listed("grammar", "connectors")
MODALS = lexicon.listed("grammar", "modals")
ADVERBS = re.compile(lexicon.listed("grammar", "adverbs").pattern + "地?")
PREPOSITIONS = lexicon.listed("grammar", "prepositions")
STRONG_MODALS = lexicon.listed("grammar", "strong_modals")
ENDS_ACTOR = lexicon.listed("grammar", "ends_actor")
NO_ACTOR_START = lexicon.listed("grammar", "no_actor_start")
NAMES_PEOPLE = lexicon.listed("grammar", "names_people")
NAMED_BY_VERB = lexicon.listed("grammar", "named_by_verb")
SILENT = re.compile(lexicon.listed("grammar", "silent").pattern + r"|[^，]{0,12}办公室设在|[^，]{2,10}设在[^，]{2,14}(?:科|部|局|处|办|室)|[^，。]{0,12}电话[：:]?\d")
FRAME = lexicon.listed("grammar", "frame")
FORBIDS = lexicon.pattern("verbs", "other", "forbid")
MANNER = lexicon.pattern("verbs", "other", "manner")
FRAMING = lexicon.entries("grammar", "framing", "words")
_FRAMING = lexicon.load("grammar")["framing"]
NOUN_ENDS = re.compile(lexicon.alternation(lexicon.split_words(_FRAMING["noun_ends"])) + "(?:〓+)?$")
BY_WAY_OF = re.compile(f"以[^，]*?{lexicon.alternation(lexicon.split_words(_FRAMING['by_way_of']))}(?=[^，]{{2}})")
STRENGTHEN = lexicon.entries("grammar", "strengthen", "verbs")
STRENGTHENED = lexicon.pattern("grammar", "strengthen", "objects")
RESULTS = re.compile(lexicon.pattern("grammar", "strengthen", "results").pattern + "$")
BARRED = re.compile(r"不得(?!少于|低于|超过)|严禁|不准(?![确等])|禁止(?!令)|不允许|不再|不参加")
_LEAD = lexicon.pattern("grammar", "amount", "lead").pattern
_COUNT = r"(?:\d|[一二两三四五六七八九十百])"
AMOUNT = re.compile(
    rf"(?:[^，]{{0,14}}(?:人数|参与率|覆盖率|总数)[^，]{{0,4}}(?:不少于|不低于|不超过|达到)[^，]{{0,12}}{_COUNT})"
    rf"|(?:其中)?{_LEAD}[^，]{{0,24}}(?:{_COUNT}|全覆盖)"
    rf"|[\u4e00-\u9fff]{{2,8}}(?:不少于|不低于|不超过)[^，]{{0,3}}{_COUNT}"
)
# What makes the verb before it a part of a noun: 检查的, 组织者, 合格率.
_NOT_VERB_AFTER = re.compile(r"[的者]|率(?![先领队])|员(?!工)|法(?![律规制治院官庭人])|工作要点")


@cache
def lists() -> dict[str, frozenset[str]]:
    """The lists of `verbs.toml` by name: noun_too, encourage, reach, hand_in, effect …"""
    return {key: frozenset(value.split()) for key, value in lexicon.load("verbs")["other"].items()}


@cache
def _verbs() -> re.Pattern[str]:
    data = lexicon.load("verbs")
    short, after = data["short"], data["short_after"]
    handing = lexicon.load("handed_in")["hand_in"] + " " + data["other"]["hand_in"]
    plain = [word for word in lexicon.split_words(data["do"] + " " + handing) if word not in short]
    forms = [re.escape(word) for word in plain]
    forms += [re.escape(verb) + "(?=" + "|".join(map(re.escape, words.split())) + ")" for verb, words in short.items()]
    forms += [f"{verb}(?<=[{before.replace(' ', '')}]{verb})(?![道告纸警名废刊销社表备到请])" for verb, before in after.items()]
    forms += [re.escape(word) for word in lexicon.split_words(data["other"]["effect"]) if word not in plain]
    return re.compile(lexicon.one_of(forms))


@cache
def verb_heads() -> frozenset[str]:
    """First characters of verbs: most positions of a clause need no further look."""
    data = lexicon.load("verbs")
    words = [*data["do"].split(), *lexicon.load("handed_in")["hand_in"].split(), *data["short"], *data["short_after"], *data["other"]["effect"].split()]
    return frozenset(word[0] for word in words)


@cache
def _idle() -> re.Pattern[str]:
    lines = [line.strip() for line in lexicon.load("idle")["clause"].split("\n") if line.strip()]
    return re.compile(lexicon.alternation(sorted(lines, key=len, reverse=True)) + r"(?:工作|活动|相关工作|各项工作)?$")


def verb_at(masked: str, pos: int, end: int) -> str:
    """The verb that begins at `pos`, "" where none does."""
    if pos >= end or masked[pos] not in verb_heads():
        return ""
    found = _verbs().match(masked, pos, end)
    return found.group() if found else ""


def next_verb(masked: str, pos: int, end: int, *, sure: bool) -> tuple[int, str] | None:
    """The first verb from `pos` on; with `sure` only words that are verbs wherever they stand."""
    noun_too = lists()["noun_too"]
    for found in _verbs().finditer(masked, pos, end):
        word = found.group()
        if sure and word in noun_too or _NOT_VERB_AFTER.match(masked, found.end()):
            continue
        if masked[max(pos, found.start() - 1) : found.start()] == "的" and word in noun_too:
            continue
        return found.start(), word
    return None


# 将申报材料报…: the verb before these is part of what the paper is called.
_OF_A_PAPER = re.compile("材料|表(?![示彰演])|书(?!面)|名单|回执|清单|台账")


def verb_after_phrase(masked: str, pos: int, end: int) -> tuple[int, str] | None:
    """The verb that a preposition's phrase, begun at `pos`, leads to: a sure one, one of effect, a noun-like one."""
    effects = lists()["effect"]
    at = pos
    while sure := next_verb(masked, at, end, sure=True):
        part = _OF_A_PAPER.match(masked, sure[0] + len(sure[1]), end)
        if sure[1] not in effects and not (part and next_verb(masked, part.end(), end, sure=True)):
            return sure
        at = sure[0] + len(sure[1])
    sure = next_verb(masked, pos, end, sure=True)
    if sure and not any(verb_at(masked, i, end) and verb_at(masked, i, end) not in effects for i in range(sure[0] + 2, end)):
        return sure
    return _noun_like_verb(masked, pos, end)


def _noun_like_verb(masked: str, pos: int, end: int) -> tuple[int, str] | None:
    first, effects = None, lists()["effect"]
    for found in _verbs().finditer(masked, pos, end):
        if _NOT_VERB_AFTER.match(masked, found.end()) or found.end() >= end and found.start() == pos:
            continue
        if found.start() > pos and masked[found.start() - 1] in "的、和":
            continue
        if re.fullmatch(r"(?:等(?:工作)?|工作)?", masked[found.end() : end]):
            return found.start(), found.group()
        if found.group() not in effects:
            first = first or (found.start(), found.group())
    return first


def is_idle(masked: str, spots: set[int], end: int) -> bool:
    """Whether from one of the spots on the clause is only exhortation."""
    return any(_idle().fullmatch(masked, spot, end) for spot in spots)


def is_amount(masked: str, pos: int, end: int) -> bool:
    """每村不少于1场: how much, and no verb of its own; 每组开展1次 has one."""
    if not AMOUNT.match(masked, pos, end) or next_verb(masked, pos, end, sure=True):
        return False
    found = next_verb(masked, pos, end, sure=False)
    if found is None:
        return True
    rest = masked[found[0] + len(found[1]) : end]
    # 每村推荐作品3件 asks; 每次出动人数不少于70% says how much.
    return not re.match(r"(?:各|至少)?(?![^，]{0,4}(?:人数|数量|率|时长|次数|总数))[^，〓]{0,8}?(?:〓+[^，〓]{0,4}?)?(?:\d|[一二两三四五六])", rest)
