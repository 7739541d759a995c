"""What a task wants handed in: 将X报送…, 报送X, X于…前报…, 填写X…交…, 发现X的…报告."""

import re
from functools import cache
from typing import NamedTuple

from . import grammar, lexicon, names
from .task import Task

_AMOUNT = r"(?:(?:不少于|至少|各不超过|不超过|各)?(?:\d+|[一二两三四五六七八九十]+)(?:(?:至|-|—|~)(?:\d+|[一二三四五六七八九十]+))?(?:余)?(?:条|篇|份|个|期|张|件|幅|例|名|部|项|户|次|支|套|块|册|面|首)(?:以上|以内)?的?)"
_AMOUNT_BEFORE = re.compile(rf"^{_AMOUNT}")
_AMOUNT_AFTER = re.compile(rf"(?:每[^、，]{{1,4}})?{_AMOUNT}$")
_JOINT = re.compile(r"、|，|(?<=.)(?:以及|和|及|与)(?=.)")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_ADVERB = (
    r"(?:提前(?:不少于|至少)?(?:\d+|[一二两三四五六七八九十]+)个?(?:天|日|小时|工作日)|可?随时|同步|直接|口头|当面|书面|统一|集中|及时|电话|逐级|按时|分别|一并|汇总|按要求|如实|择优|加盖公章后|经[^，、]{2,14}(?:审核|签字|盖章|同意|确认|汇总|收齐|填写)后"
    r"|由[^，、]{2,14}(?=于|在|汇总|统一|收齐|报|交|填)|(?:于|在)?(?:\d|每|当)[^，、]{0,10}[日号周月时末底天](?:下班)?(?:之?前)?|[于在][^，、]{1,14}(?:前|内|后)|[^，、于在]{2,8}(?:结束|完成)?后[^，、]{1,6}内"
    r"|通过[^，]{2,20}|以[^，]{2,12}(?:形式|方式)|(?:的)?(?:纸质版?|电子版?)(?:和(?:纸质版?|电子版?))?)"
)
_ADVERBS = re.compile(rf"{_ADVERB}+$")


class Handing(NamedTuple):
    """A verb that hands something in, by offsets into the text."""

    start: int
    end: int


@cache
def _verbs() -> re.Pattern[str]:
    words = lexicon.load("handed_in")
    sure, weak, noun = (lexicon.alternation(lexicon.split_words(words[k])) for k in ("hand_in", "with_receiver", "verb_or_noun"))
    return re.compile(rf"(?P<sure>{sure})|(?P<noun>{noun})|(?P<weak>{weak})")


@cache
def _verb_after() -> re.Pattern[str]:
    return re.compile("(?:^|" + lexicon.alternation(lexicon.split_words(lexicon.load("handed_in")["verb_after"])) + "|向[^，、]{2,16}|[将把][^，]{2,30})$")


# These only look like it: 海报, 举报, 报名, 交流, 反馈意见.
_PART_OF_WORD = re.compile(r"(?<=[虚海情举申预播简通警公周月季年快战电党学校板接瞒续汇板])报|报(?=[名道社刊表纸警销废考价数头栏修请])|(?<=[报发递推配移寄抄呈接护运输赠])送|送(?=[法教医学文科戏温清])|(?<=[群印下转签颁核编刊开研突爆自触激引派分散])发|发(?=[放布展现生动起表出言文证票明])|交(?=[通流办易叉警费底谈友付班接给由])|(?<=[社成外转移提递上公])交|报告(?=厅|会|文学)|反馈(?=意见|表|率)|推荐(?=表|名单)|(?:报送|填报)(?=材料务|信息应|制度)|(?<=信息|材料|数据)报送(?=情况|工作)")


@cache
def _receiver() -> re.Pattern[str]:
    words = lexicon.load("handed_in")
    ends = lexicon.alternation(lexicon.split_words(words["receiver"]))
    after = lexicon.alternation(lexicon.split_words(words["after_receiver"]))
    return re.compile(rf"(?:至|到|给|往)?[^，、；。至到给]{{0,22}}?{ends}(?:（[^（）]*）|〓+)?(?:[A-Za-z0-9@._-]*)(?:{after})?$|{after}$|(?:至|到)[A-Za-z0-9@._-]+$")


# 推荐典型案例1至2个: what is put forward for others to read is handed in, whoever takes it.
_OFFERED = re.compile(rf"(?:{_AMOUNT})?[^，。；]{{0,12}}(?:作品|案例|经验|做法|成果|稿件|征文)(?:各?(?:不超过|不少于)?{_AMOUNT})?〓*(?:参加[^，]{{2,10}}|参评)?$")


def is_receiver(words: str) -> bool:
    """Whether the words only say who receives: 至县安委办备案; 优秀视频1部 is a thing."""
    return _receives(words) and not re.search(r"\d", words)


def names_thing(words: str) -> bool:
    """Whether words before a verb that hands in end with a thing of their own: 重大情况随时(报告)."""
    return bool(_thing_end().search(_ADVERBS.sub("", words)))


def _receives(words: str) -> bool:
    """Whether the words name one receiver or several: 省护路办、集团公司安监室."""
    parts = _AND.split(words)
    return (bool(_receiver().fullmatch(words)) or all(_receiver().fullmatch(part) for part in parts)) and not _thing_end().search(words)


_AND = re.compile("[、和及]")


@cache
def _thing_end() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.split_words(lexicon.load("handed_in")["thing_ends"])) + "(?:〓+)?$")


@cache
def _before_thing() -> re.Pattern[str]:
    return re.compile("^" + lexicon.alternation(lexicon.split_words(lexicon.load("handed_in")["before_thing"])))


def find(text: str, masked: str, start: int, end: int) -> Handing | None:
    """The last verb in text[start:end] by which something is handed in; None where none is."""
    out = None
    for found in _verbs().finditer(masked, start, end):
        part = _PART_OF_WORD.match(masked, found.start(), end)
        if part and len(part.group()) >= len(found.group()):
            continue
        clause_end = next((i for i in range(found.end(), end) if masked[i] in "，；。"), end)
        rest = masked[found.end() : clause_end]
        before = masked[start : found.start()]
        received = bool(rest) and _receives(rest)
        to = re.search(r"向(?P<who>[^，、]{2,16})$", before[-18:])
        told = to is not None and bool(_receiver().fullmatch(to["who"]))
        if found["noun"] and not (_verb_after().search(before[-40:]) and (not to or told) or received):
            continue
        offers = found.group() == "推荐" and _OFFERED.match(rest)
        reports = found.group() in ("报", "交") and _thing_end().search(_AMOUNT_AFTER.sub("", rest))  # 报活动总结, 交一份小结
        if found["weak"] and not offers and not reports and not (received and (found.group() != "推荐" or rest.startswith(("至", "给", "到"))) or told):
            continue
        if found["sure"] and to and not told:
            continue
        out = Handing(found.start(), found.end())
    return out


def things(phrase: str, masked: str) -> list[str]:
    """The single things of a printed list, brackets, 《》, amounts and 当日 left out; stems under one head stay one."""
    phrase, masked = _trimmed(phrase, masked)
    shared = re.search(r"等(?:数据|情况|信息|材料|资料)〓*$", masked)
    parts: list[tuple[int, int]] = []
    start = 0
    if not shared:
        for found in _JOINT.finditer(masked):
            left = _AMOUNT_AFTER.sub("", masked[start : found.start()].rstrip("〓"))
            if found.start() > start and (_thing_end().search(left) or masked[found.start() - 1] == names.BLANK and len(left) < 2):
                parts.append((start, found.start()))
                start = found.end()
    parts.append((start, len(phrase)))
    out: list[str] = []
    for a, b in parts:
        word = _single(phrase[a:b])
        if 1 < len(word) <= 34 and word not in out:
            out.append(word)
    return out


def _trimmed(phrase: str, masked: str) -> tuple[str, str]:
    found = _ADVERBS.search(masked)
    if found and found.start() >= 2:
        phrase, masked = phrase[: found.start()], masked[: found.start()]
    return phrase, masked


_TO_COMPETE = re.compile("(?<=..)(?:参加[^、]{2,10}|参[赛评展])$")  # 作品1至2件参赛


def _single(phrase: str) -> str:
    word = re.sub(r"\s+", "", _BRACKETED.sub("", phrase)).strip("等，、 的")
    word = re.sub(r"^(?:(?:后|并)?(?:梳理)?形成|完成|遴选)(?=.{2})", "", word)
    word = re.sub(r"^经[^，、]{2,12}(?:签字|审核|盖章|确认)的|^(?:不(?:超过|少于)|\d+)[^的、]{1,8}(?:以内|以上)?的(?=.{2})", "", word)
    for _ in range(3):
        word = _before_thing().sub("", _AMOUNT_BEFORE.sub("", word))
    word = _AMOUNT_AFTER.sub("", _TO_COMPETE.sub("", word))
    word = re.sub(r"(?:的)?(?:纸质版|电子版|纸质|电子)(?:和(?:纸质版|电子版|纸质|电子))?$", "", word)
    whole = re.fullmatch(r"[《“]([^》”]+)[》”]", word)
    return (whole[1] if whole else word.replace("《", "").replace("》", "")).strip("的 ")


def handed_in(text: str, masked: str, task: Task, verb: Handing) -> list[str]:
    """What the verb hands in, single names; [] where its clause does not say."""
    clause = max(task.start, max((masked.rfind(mark, task.start, verb.start) + 1 for mark in "，；：。"), default=task.start))
    end = next((i for i in range(verb.end, task.end) if masked[i] in "，；。"), task.end)
    before = masked[clause : verb.start]
    found = re.search(r"[将把](?P<thing>.+)$", before)
    if found:
        a, b = clause + found.start("thing"), clause + found.end("thing")
        return things(text[a:b], masked[a:b])
    after = _object(text, masked, verb.end, end)
    if after:
        return after + _behind(text, masked, end, task.end)
    return _topic(text, masked, clause, verb.start, task) or _earlier(text, masked, task, clause)


# 上报隐患: what anybody may have seen is no paper; 报…备案: what becomes of it is none either.
_NOTHING = re.compile("^(?:备案|存档|备查)$|隐患$")


def _object(text: str, masked: str, a: int, b: int) -> list[str]:
    """报送X; X报Y is told from 报Y: a receiver is no thing."""
    rest = masked[a:b]
    if not rest or _receives(rest):
        return []
    to = re.search(r"(?:至|到|给)(?!\d)[^，、至到给]{2,24}$", rest)
    if to and to.start() > 1:
        b = a + to.start()
    return [thing for thing in things(text[a:b], masked[a:b]) if not _NOTHING.search(thing)]


def _behind(text: str, masked: str, at: int, end: int) -> list[str]:
    """…，图片不少于3张；…，并附照片: what goes with it."""
    more = re.match(rf"[，,](?:并)?附?([一-龥]{{2,6}}?)(?:{_AMOUNT})?$", masked[at:end])
    return [more[1]] if more and _thing_end().search(more[1]) else []


def _topic(text: str, masked: str, a: int, b: int, task: Task) -> list[str]:
    """演练评估报告于…前报送: the thing stands before the verb, behind its actor."""
    phrase = masked[a:b]
    along = re.search("连同", phrase)
    if along:
        return [*_made(text, masked, task.start, a + along.start()), *things(text[a + along.end() : b], masked[a + along.end() : b])]
    made = _made(text, masked, a, b)
    if made:
        return made
    for actor in task.actors:
        if text.startswith(actor.name, a):
            a += len(actor.name)
            break
    a += len(re.match(r"(?:要|应|须|可|请|并|每[^，、]{1,3})*", masked[a:b]).group())  # type: ignore[union-attr]
    phrase = masked[a:b]
    found = _ADVERBS.search(phrase)
    stop = found.start() if found else len(phrase)
    if stop < 2 or not _thing_end().search(phrase[:stop]):
        return []
    return things(text[a : a + stop], masked[a : a + stop])


def _earlier(text: str, masked: str, task: Task, clause: int) -> list[str]:
    """明确1名联络员，于…前报; 发现重大隐患的，…报告: the thing stands in a clause before, or at the head of this one."""
    end = clause if clause > task.start else task.end
    made = _made(text, masked, task.start, task.end)
    return made or _happened(text, masked, task.start, end)


@cache
def _made_pattern() -> re.Pattern[str]:
    words = lexicon.alternation(lexicon.split_words(lexicon.load("handed_in")["made"]))
    return re.compile(rf"{words}(?P<thing>[^，。；]+?)(?=，|；|并(?:于|报|在|\d)|于\d|[于在]每|向|报(?!告|送|表|名)|交(?!通)|后(?:于|报|交|向)|$)")


_TITLE_OF_HONOUR = re.compile(rf"“[^”]{{2,12}}”{_AMOUNT}")  # 推荐“安全标兵”1至2名


def _made(text: str, masked: str, start: int, end: int) -> list[str]:
    out: list[str] = []
    for found in _made_pattern().finditer(masked, start, end):
        a, b = found.span("thing")
        bare = _AMOUNT_AFTER.sub("", _TO_COMPETE.sub("", masked[a:b]).rstrip(names.BLANK))
        if _thing_end().search(bare) or masked[b - 1] == names.BLANK and "《" in text[a:b] or found.group().startswith("推荐") and _TITLE_OF_HONOUR.fullmatch(text[a:b]):
            out = [re.sub(r"^(?:本单位|各自)的?", "", thing) for thing in things(text[a:b], masked[a:b])]
    return out


@cache
def _found_pattern() -> re.Pattern[str]:
    words = lexicon.alternation(lexicon.split_words(lexicon.load("handed_in")["found"]))
    return re.compile(rf"(?P<before>[^，。；]{{2,16}}?)(?:发生|出现)后|{words}(?P<thing>[^，。；]{{2,24}}?)(?:的|后|，|时|立即|及时|第一时间|须|应|要|\d|在|$)")


def _happened(text: str, masked: str, start: int, end: int) -> list[str]:
    found = _found_pattern().search(masked, start, end)
    if not found:
        return []
    a, b = found.span("before" if found["before"] else "thing")
    if "等" in masked[a:b]:
        return things(text[a:b], masked[a:b])
    return [thing for part in re.split("、|或者|或", text[a:b]) for thing in things(part, part)]


def of_title(title: str) -> list[str]:
    """典型经验。每个乡镇至少报送1篇: what the heading names is handed in."""
    plain = re.fullmatch(r"[^，。；：]{2,10}", title) and not _verbs().search(title) and not grammar.verb_at(title, 0, len(title))
    return things(title, title) if plain and _thing_end().search(title) else []


def made_before(text: str, masked: str, last: Task | None) -> list[str]:
    """制定活动方案，5月28日前报…: what the task before made, handed in or found is what is handed on."""
    if last is None:
        return []
    return list(last.deliverables) or _made(text, masked, last.start, last.end) or _happened(text, masked, last.start, last.end)
