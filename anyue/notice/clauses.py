"""One clause taken apart: who (if it says), how urgent, which verb leads it, and whether anything is asked at all.

A clause is what stands between two commas. It is read from the left:
    connector · actor · modal · adverb · time · preposition phrase · verb · object
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from . import lexicon, names
from .names import BLANK

Role = Literal["responsible", "lead", "support"]
Sort = Literal["silent_once", "task", "manner", "idle", "effect", "forbid", "condition", "amount", "actor", "noun", "fragment", "silent"]


@dataclass
class Actor:
    """Who is answerable, as printed."""

    name: str
    role: Role = "responsible"


@dataclass
class Clause:
    """A clause of the clean text: offsets, its sort, its own actors, where its actor, verb and object begin."""

    start: int
    end: int
    sort: Sort = "fragment"
    actors: list[Actor] = field(default_factory=list)
    actor_end: int = 0
    core: int = 0  # first character after connectors
    head: int = 0  # where the verb begins
    verb: str = ""
    has_modal: bool = False
    reason: str = ""
    has_lead: bool = False
    has_preposition: bool = False
    partners: list[Actor] = field(default_factory=list)  # 会同…, 联合… before a verb without a subject of its own


_CONNECTORS = re.compile(
    r"(?:同时|并且|另外|此外|其次|再次|最后|首先|今后|届时|其中|第[一二三四五六七八九十][是，]|[一二三四五六七八九十]{1,2}(?:是要|是|要)|"
    r"（\d{1,2}）|\d{1,2}\)|并要|还要|也要|又要|更要|都要|均要|并|还|也|且|而|请|则|现|就要|必要时|有条件的可|再|随后|然后|以及|及时要|即)"
)
_MODAL = re.compile(r"(?:要|应当|应该|应(?![急用对])|须|必须|务必|务要|需要|需|均应|均须|均要|都要|负责|可以|可|均|都|一律|各自|各|要求|将要|拟|具体负责|分别|共同|统一负责|继续|再|逐步|逐一|定期|不定期|适时|随时|即时|及时|提前|当场|立即|迅速|限期|尽快|务|按规定|按要求|按职责|依法|依规|依法依规|从严|从快|从重|每次|多次|全程|同步|联合|带头|亲自|主动|积极主动|结合实际|因地制宜|至少|每两周|每半月|每半个月|每旬|每半年|每年|每\d+小时|每周|每月|每季度|每日|每天|每晚|每班|到时)")
_ADVERB = re.compile(
    r"(?:进一步|更加|认真|扎实|积极|广泛|深入|切实|及时|统一|集中|充分|大力|全面|严格|持续|主动|重点|突出|着力|坚决|精心|科学|有序|有效|不断|细致|逐项|逐级|逐户|逐村|逐个|逐人|逐条|专题|专门|重新|现场|线上|线下|同步|同时|提前|按时|如期|按期|足额|足量|安全|合理|适当|适时|"
    r"普遍|全力|稳步|强力|从速|严肃|严厉|依法|组织力量|集中力量|统筹|综合|系统|常态化|规范|妥善|灵活|创新|自觉|分头|随时随地|彻底|择优|免费|面对面|挨家挨户|耐心|如约|按照?比例|有序地|适度|稳妥|从早|从细|切忌|务必|尽快|深度|高标准|高质量|高效|全方位|多渠道|多形式|多角度|滚动|循环|公开|书面|如实|准确|全程|全部|分类|分级|分批|分期|分组|分片|分区|分别|双向|动态|联动|长期|经常|经常性|定期|不定期|随机|当场|连夜|轮流|交叉|反复|优先|就近|首先|再|先|另|也|均|都|还|一次性|自行|自主|亲自|牵头|带队|带头|负责|共同|联合|具体|继续|坚持|实地|逐一|精准|严密|密切|紧密|从严|从实|逐层|层层|尽可能|尽量|最大限度|原则上|一律|直接|上门|入户|巡回|滚动式|拉网式|地毯式|全覆盖|全链条|整合|动态|随时|切实有效|有针对性|有重点|有计划|有组织|有步骤|立即|迅速|专项|多次|至少|相互|互相|轮番|协同)地?"
)
_PREPOSITION = re.compile(
    r"(?:在|对于|对照|对|向|为|给|就|以|通过|利用|充分利用|借助|依托|围绕|紧紧围绕|紧扣|结合|紧密结合|密切结合|按照|严格按照|按|根据|依据|依照|针对|聚焦|面向|以…为|与|同|从|到|于|由|用|运用|采取|采用|将|把|至|经|凭|沿|随|自|会同|联合|协同|配合|会|本着|立足|发挥|充分发挥|因|遇|逢|除|凡|向着|参照|比照|突出|瞄准|紧盯|赴|邀请)"
)
_AMOUNT = re.compile(
    r"(?:(?:其中)?(?:人手|每|各|平均|原则上|时长|时间|总时长|数量|总数|总计|累计|合计|不少于|不低于|至少|不超过|最多|最少|覆盖率|参与率|参训率|合格率|普及率|知晓率|整改率|完成率|到位率|及格率|字数|篇幅|人数|规模|频次|频率|次数|一般|全年|全月|全程|共)[^，]{0,24}(?:\d|[一二两三四五六七八九十百]|全覆盖)|[\u4e00-\u9fff]{2,8}(?:不少于|不低于|不超过|不少於)[^，]{0,3}(?:\d|[一二两三四五六七八九十百]))"
)
_SILENT = re.compile(
    r"(?:联系人|联系电话|联系方式|联系单位|电话|邮箱|电子邮箱|传真|地址|电子信箱|联络人|E-?mail|网址|附件|注：|本表|举报电话：|报名电话|联系地址|QQ|微信号|QQ群|特此通知|此通知|以上通知|特此函|组 ?长[：]|副组长[：]|成 ?员[：]|组长为|成员为|成员单位为|[^，]{0,12}办公室设在|[^，]{2,10}设在[^，]{2,14}(?:科|部|局|处|办|室)|办公室主任|具体如下|如下)"
)
# The notice speaks of itself: 制定本方案, 通知如下, 决定开展.
_FRAME = re.compile(r"(?:(?:制定|制订|提出|形成)(?:了)?(?:了)?(?:本|该|如下|此)(?:方案|计划|通知|意见)|制定方案如下|(?:通知|要求|安排|公告|方案|事项)如下|如下通知|印发给|转发给|决定(?:自|从|在|于|集中|组织|开展|对)|定于\d*年?\d{1,2}月|(?:见|详见)(?:下表|附件))")
_NOT_VERB_AFTER = re.compile(r"[的者率员法]|工作要点")
_NO_ACTOR_START = re.compile(r"(?:会同|联合(?!会|国|体|执法|检查)|确需|确|需|未|已|无|任何|凡是|既|又|但|一份|逾期|随即|高温|电话|书面|真|望|人员集中|遇|逢|发现|发生|接到|收到|群众反映|在|面向|重点面向|给(?!排水)|与|到|于|向|由|用|借|全部|全面|统一(?!战线)|及时|采取|欢迎|逐|能够|能|严禁|不得|可以|必须|应当|须|切实|认真|积极|分别|均|当天|当场|现场|同步|一律|的|等|之|其(?![他余它])|这|此|以上|上述|如|若|凡|因|由于|尤其|特别|年|月|日|对|向|为|将|把|以|从|按|围绕|通过|结合|根据|依据|依法|利用|借助|不|未|已|每月|每周|每日|每天|每季|每半|每年|每晚|当|是|有(?!条件|关|色)|至|进一步|并)")


@cache
def _verbs() -> re.Pattern[str]:
    data = lexicon.load("verbs")
    short = data["short"]
    plain = [w for w in lexicon.split_words(data["do"]) if w not in short]
    forms = [re.escape(w) for w in plain]
    forms += [re.escape(v) + "(?=" + "|".join(map(re.escape, after.split())) + ")" for v, after in short.items()]
    forms += [
        "(?:" + "|".join(f"(?<={re.escape(c)})" for c in before.split()) + f"){re.escape(v)}(?![道告纸警名废刊销社表备到请])"
        for v, before in data["short_after"].items()
    ]
    extra = [re.escape(w) for w in lexicon.split_words(data["other"]["effect"]) if w not in plain]
    return re.compile("|".join([*forms, *extra]))


@cache
def _verb_heads() -> frozenset[str]:
    """First characters of verbs: most positions of a clause need no further look."""
    data = lexicon.load("verbs")
    words = [*data["do"].split(), *data["short"], *data["short_after"], *data["other"]["effect"].split()]
    return frozenset(word[0] for word in words)


@cache
def _lists() -> dict[str, frozenset[str]]:
    other = lexicon.load("verbs")["other"]
    return {key: frozenset(value.split()) for key, value in other.items()}


@cache
def _idle() -> re.Pattern[str]:
    lines = [line.strip() for line in lexicon.load("idle")["clause"].split("\n") if line.strip()]
    return re.compile(lexicon.alternation(sorted(lines, key=len, reverse=True)) + r"(?:工作|活动|相关工作|各项工作)?$")


@cache
def _forbid() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.split_words(lexicon.load("verbs")["other"]["forbid"])))


@cache
def _manner() -> re.Pattern[str]:
    return re.compile(lexicon.alternation(lexicon.split_words(lexicon.load("verbs")["other"]["manner"])))


def verb_at(masked: str, pos: int, end: int) -> str:
    """The verb that begins at `pos`, "" where none does."""
    if pos >= end or masked[pos] not in _verb_heads():
        return ""
    found = _verbs().match(masked, pos, end)
    return found.group() if found else ""


def next_verb(masked: str, pos: int, end: int, *, sure: bool) -> tuple[int, str] | None:
    """The first verb from `pos` on; with `sure` only words that are verbs wherever they stand."""
    noun_too = _lists()["noun_too"]
    for found in _verbs().finditer(masked, pos, end):
        word = found.group()
        if sure and word in noun_too:
            continue
        if _NOT_VERB_AFTER.match(masked, found.end()) or masked[max(pos, found.start() - 1) : found.start()] == "的" and word in noun_too:
            continue
        return found.start(), word
    return None


def _skip(masked: str, pos: int, end: int, times: dict[int, int]) -> tuple[int, bool, bool]:
    """Past connectors, modals, adverbs and times: (position, modal seen, 牵头 seen)."""
    modal = lead = False
    while pos < end:
        if pos in times:
            pos = times[pos]
            while pos < end and masked[pos] in "，、 ":
                pos += 1
            continue
        found = _MODAL.match(masked, pos, end)
        verb = verb_at(masked, pos, end)
        if found and len(found.group()) >= len(verb) and not (verb and verb == found.group() and verb not in ("负责", "要求", "联合")):
            if found.group() == "可" and masked[pos : pos + 2] in ("可能", "可疑", "可燃"):
                break
            modal = modal or found.group() in ("要", "应", "应当", "须", "必须", "需", "需要", "务必", "负责", "可", "可以", "一律", "均应", "均须", "要求")
            pos = found.end()
            continue
        adverb = _ADVERB.match(masked, pos, end)
        if adverb and len(adverb.group()) >= len(verb):
            lead = lead or adverb.group().startswith("牵头")
            if adverb.group() in ("带队", "带头", "亲自") and not next_verb(masked, adverb.end(), end, sure=False):
                break
            pos = adverb.end()
            continue
        connector = _CONNECTORS.match(masked, pos, end)
        if connector and len(connector.group()) >= len(verb):
            pos = connector.end()
            continue
        break
    return pos, modal, lead


def _follows_actor(masked: str, pos: int, end: int, times: dict[int, int]) -> bool:
    if pos >= end or pos in times:
        return True
    if masked[pos] == BLANK:
        return False
    return bool(
        verb_at(masked, pos, end)
        or _MODAL.match(masked, pos, end)
        or _ADVERB.match(masked, pos, end)
        or _PREPOSITION.match(masked, pos, end)
        or masked.startswith(("将", "每", "予以", "给予", "结合", "全部", "，", "是"), pos)
    )


_STRONG_MODAL = re.compile(r"(?:要(?![求点闻])|应当|应该|应(?![急用对])|须|必须|务必|需要|需(?!求)|负责(?!人|同志)|牵头(?!单位|部门)|会同|均要|都要|可(?![能燃疑靠持见视行])|可以|将)")


_NAMES_PEOPLE = re.compile(r"(?:员|人员|者|站(?!岗)|组(?!织)|队|机构|单位|中心|部门|企业|小组|工作队|领导小组)")
_ENDS_ACTOR = re.compile(
    r"(?:会同|联合(?!会|国|体|执法|检查|办)|组织(?!部|者|领导|机构|委|生活|关系)|牵头|配合|协助|负责|督促|鼓励|动员(?!会|大会|部)|发动|引导|邀请|欢迎|号召|提醒|倡导|代表(?!队|团|会|大会|们|性|处)|指导(?!组|员|中心|站|委)|结合|根据|按照|围绕|利用|通过|针对|由(?!于)|是(?!否)|为(?:主|第一|牵头|责任)|予以|给予|对(?!外|接|口)|向(?!导)|从(?!业)|至少|将)"
)
_PURE_ADVERBS = frozenset(["当场", "全部", "逐户", "逐一", "定期", "及时", "统一", "分别", "每周", "每月", "每日", "每天", "每季度", "每年", "每班", "每晚", "每次", "至少", "均", "都", "还", "也", "要", "应", "须", "可"])


def find_actor(text: str, masked: str, pos: int, end: int, times: dict[int, int]) -> tuple[int, bool] | None:
    """(end of the actor phrase that begins at `pos`, whether a modal follows); None where no actor stands there."""
    if pos >= end or _NO_ACTOR_START.match(masked, pos):
        # 在汛期施工的项目必须: a relative clause before a named noun and a modal
        found = re.compile(r"[^，；]{2,24}的[^，；的]{1,8}?(?=必须|要|应当|应|须)").match(masked, pos, end)
        if found and names.is_named(found.group()) and masked[pos] in "在有对不未已" and not _verbs().match(masked, pos):
            return found.end(), True
        return None
    relative = re.compile(r"[^，；、]{2,24}的[^，；的]{1,8}?(?=必须|要|应当|应|须|向|对|由|在)").match(masked, pos, end)
    if relative and names.is_named(relative.group()) and verb_at(masked, pos, end):
        return relative.end(), True
    verb = verb_at(masked, pos, end)
    names_people = verb not in _lists()["reach"] and _NAMES_PEOPLE.match(masked, pos + len(verb))
    if verb and not names_people and not masked.startswith(("派出所", "停产停工企业", "停产企业", "停工","组织单位", "组织者", "指导单位", "监督", "管理人员", "服务中心", "培训机构", "值班", "值守", "救援", "演练", "检查组", "督导组", "督查组", "宣传部", "组织部", "建设", "公开", "教育", "管理", "监理", "维保", "承包", "使用单位", "施工", "安装单位", "检验机构", "包保", "检测机构", "参演", "参赛", "参建", "发包"), pos):
        return None
    starts_each = masked.startswith(("各", "每个", "每家", "全体", "所有", "有关", "相关", "本"), pos)
    best: tuple[int, bool] | None = None
    limit = min(end, pos + 160)
    j = pos + 1
    while j <= limit:
        if j < end and masked[j] in "、和及与或/" + BLANK and j != limit:
            j += 1
            continue
        modal = _STRONG_MODAL.match(masked, j, end) if j < end else None
        phrase = masked[pos:j]
        if phrase[-1] in "的了着之":
            j += 1
            continue
        if modal and not (masked[j] == "应" and masked[j - 1 : j + 1] in ("供应", "响应", "反应", "适应", "对应", "相应")) and masked[j - 1 : j + 1] not in ("主要", "重要", "需要", "必要", "只要", "主将"):
            named = names.is_named(phrase)
            if modal.group() in ("可", "将", "可以") and not (named or starts_each):
                pass
            elif not named and best is not None and not masked.startswith("的", best[0]):
                return best[0], True
            elif named or (len(phrase) <= 20 and not next_verb(masked, pos, j, sure=True) and not names.is_never(phrase)):
                return j, True
        if _follows_actor(masked, j, end, times) and masked[j - 1 : j + 1] not in ("主要", "重要", "需要"):
            named = names.is_named(phrase)
            sure_word = verb_at(masked, j, end)
            if named:
                best = (j, False)
                if _ENDS_ACTOR.match(masked, j, end):
                    return best
                plain = _ADVERB.match(masked, j, end) or _MODAL.match(masked, j, end)
                if plain and not names.is_named(masked[pos : plain.end()][-3:]) or plain and plain.group() in _PURE_ADVERBS:
                    if _follows_actor(masked, plain.end(), end, times):
                        return best
            elif starts_each and len(phrase) >= 3 and j < end and sure_word and not names.is_never(phrase) and sure_word not in _lists()["noun_too"]:
                best = best or (j, False)
            if sure_word and sure_word not in _lists()["noun_too"] and masked[j:j+2] not in ("设委",):
                if named:
                    return best
                tail = masked[j + len(sure_word) : j + len(sure_word) + 8]
                if not re.match(r"(?:和|及|与|、)?[一-龥]{0,6}(?:局|委|厅|办|中心|单位|部门|人员|机构|企业|公司|组|部|队|岗|科|处|员)", tail):
                    return best
            elif best and best[0] == j and (_PREPOSITION.match(masked, j, end) and not sure_word) and not masked.startswith(("会", "同", "以", "因", "经", "自", "随"), j) or best and best[0] == j and j in times:
                return best
        j += 1
    return best


def read(text: str, masked: str, start: int, end: int, times: dict[int, int]) -> Clause:
    """The clause text[start:end] taken apart; `times` maps the start of each time expression to its end."""
    clause = Clause(start, end)
    pos = start
    while pos < end:
        found = _CONNECTORS.match(masked, pos, end)
        if found and not (found.group() in ("现", "即", "各", "再", "则", "也", "且") and verb_at(masked, pos, end)) and not masked.startswith(("现场", "并列", "再生", "即日"), pos):
            pos = found.end()
        elif masked[pos] in " 、，\t":
            pos += 1
        else:
            break
    if pos < end and pos not in times and re.match(r"(?:要(?!求)|须|应(?!急|用))", masked[pos:end]):
        pos += 1
        clause.has_modal = True
    clause.core = pos
    if pos >= end:
        return clause
    joint = re.compile(r"(?:会同|联合|协同)").match(masked, pos, end)
    if joint:
        partner = find_actor(text, masked, joint.end(), end, times)
        if partner is not None:
            phrase = slice(joint.end(), partner[0])
            clause.partners = [Actor(name) for name in names.split(text[phrase], masked[phrase])]
            _find_head(clause, masked, partner[0], end, times)
            return clause
    if _FRAME.search(masked, pos, end):
        clause.sort = "silent_once"
        return clause
    if _SILENT.match(masked, pos, end):
        clause.sort = "silent"
        return clause
    if pos not in times and masked.startswith(("每", "人手"), pos) and _is_amount(masked, pos, end):
        clause.sort = "amount"
        return clause
    if masked[end - 1] == "的" or re.search(r"(?:时|后|前|期间|之后|之前|过程中|基础上|情况下|前提下)$", masked[pos:end]) and not times.get(pos):
        if masked[end - 1] != "的" and end - pos <= 24 and not re.search(r"(?:要|须|应当|必须)", masked[pos:end]):
            clause.sort = "manner"
            return clause
        if masked[end - 1] == "的" and end - pos <= 40:
            clause.sort = "condition"
            actor = find_actor(text, masked, pos, end, times)
            if actor is not None and actor[0] < end - 3 and names.is_named(masked[pos : actor[0]]) and not masked.startswith("的", actor[0]):
                clause.actors = [Actor(name) for name in names.split(text[pos : actor[0]], masked[pos : actor[0]])]
                clause.actor_end = actor[0]
            return clause
    after_time, _, _ = _skip_times(masked, pos, end, times)
    if after_time > pos and re.match(r"(?:为|是)[^，]{1,24}(?:日|周|月|期|时间|时段|阶段|段)$", masked[after_time:end]):
        clause.sort = "noun"
        return clause
    if after_time >= end:
        clause.sort = "manner"
        clause.reason = "time"
        return clause
    actor_pos = after_time
    led = re.compile(r"[^，]{2,24}由[^，]{2,16}带队").match(masked, actor_pos, end)
    topic = None if led else re.compile(r"[^，由]{2,16}由(?=[^，]{2,30}(?:牵头|负责|配合))").match(masked, actor_pos, end)
    if topic and not verb_at(masked, actor_pos, end):
        actor_pos = topic.end() - 1
    opening = _OPENING.match(masked, actor_pos, end)
    if opening:
        actor_pos = opening.end()
    skipped = re.compile(r"(?:必须|应当|应该|务必|均要|都要|还要|也要|均应|均须)").match(masked, actor_pos, end)
    if skipped:
        clause.has_modal = True
        actor_pos = skipped.end()
    if not topic and not led:
        topic = re.compile(r"[^，由]{2,16}由(?!于)").match(masked, actor_pos, end)
        if topic and not verb_at(masked, actor_pos, end) and find_actor(text, masked, topic.end(), end, times):
            actor_pos = topic.end() - 1
    early = find_actor(text, masked, actor_pos, end, times)
    during = None if early else re.compile(r"[^，、各每]{2,8}(?:时|后|前|期间|过程中)").match(masked, actor_pos, end)
    if during and during.end() < end and verb_at(masked, during.end(), end) and not names.is_named(during.group()):
        actor_pos = during.end()
    aside = re.compile(r"[^，]{2,20}(?:这边|方面)$").match(masked, actor_pos, end)
    if aside and names.is_named(masked[actor_pos : end - 2]):
        clause.sort, clause.actor_end = "actor", end
        clause.actors = [Actor(name) for name in names.split(text[actor_pos : end - 2], masked[actor_pos : end - 2])]
        return clause
    given_by = re.match(r"由(?!于)", masked[actor_pos:end])
    by = 1 if given_by else 0
    actor = find_actor(text, masked, actor_pos + by, end, times)
    if actor is None and actor_pos != pos and not by:
        actor = None
    at = actor_pos
    if actor is not None:
        at, modal = actor
        clause.has_modal = clause.has_modal or modal
        clause.actor_end = at
        at = _take_actors(clause, text, masked, actor_pos + by, at, end, times)
    _find_head(clause, masked, at, end, times)
    return clause


# 主汛期内各嘎查村…, 活动期间各单位…: a time that no pattern of dates knows, before the actor.
_OPENING = re.compile(r"[^，各每]{2,10}(?:期间|内|前|后|时|当天|之际)(?=各|每|全)|[\u4e00-\u9fff]{1,6}(?:期间|期内)")


def _is_amount(masked: str, pos: int, end: int) -> bool:
    """每村不少于1场: how much, and no verb of its own; 每组开展1次 has one."""
    if not _AMOUNT.match(masked, pos, end) or next_verb(masked, pos, end, sure=True):
        return False
    found = next_verb(masked, pos, end, sure=False)
    if found is None:
        return True
    return not re.match(r"(?:各|至少)?(?:\d|[一二两三四五六])", masked[found[0] + len(found[1]) : end])


def _skip_times(masked: str, pos: int, end: int, times: dict[int, int]) -> tuple[int, bool, bool]:
    while pos < end and pos in times:
        pos = times[pos]
        while pos < end and masked[pos] in "，、 起":
            pos += 1
    return pos, False, False


_JOINT = re.compile(r"(?:会同|联合|协同|商)")
_LEAD = re.compile(r"(?:要|应|须|负责|具体)?牵头")
_SUPPORT = re.compile(r"(?:要|应|须|积极|密切|主动)?(?:协同)?(?:予以|给予)?(?:配合|协助|协办)")


def _take_actors(clause: Clause, text: str, masked: str, start: int, end_of_actor: int, end: int, times: dict[int, int]) -> int:
    role: Role = "responsible"
    at = end_of_actor
    if _LEAD.match(masked, at, end):
        role = "lead"
    elif _SUPPORT.match(masked, at, end):
        role = "support"
    clause.actors = [Actor(name, role) for name in names.split(text[start:end_of_actor], masked[start:end_of_actor])]
    more = re.compile(r"(?:要|应|须|负责|牵头)?(?:会同|联合|协同|商)").match(masked, at, end)
    if more:
        second = find_actor(text, masked, more.end(), end, times)
        if second is not None:
            phrase = slice(more.end(), second[0])
            clause.actors += [Actor(name) for name in names.split(text[phrase], masked[phrase])]
            at = second[0]
            clause.actor_end = at
    return at


def _find_head(clause: Clause, masked: str, at: int, end: int, times: dict[int, int]) -> None:
    """Sets verb, head and sort of a clause whose actor ends at `at`."""
    first = at
    for _ in range(4):
        at, modal, lead = _skip(masked, at, end, times)
        clause.has_modal = clause.has_modal or modal
        clause.has_lead = clause.has_lead or lead
        if at >= end:
            break
        if _idle_from(masked, first, at, end):
            clause.sort, clause.reason, clause.head = "idle", masked[at:end], at
            return
        found = _forbid().match(masked, at, end)
        if found:
            clause.sort, clause.head, clause.verb = "forbid", at, found.group()
            return
        verb = verb_at(masked, at, end)
        preposition = _PREPOSITION.match(masked, at, end)
        if verb and (not preposition or len(verb) >= len(preposition.group())) and not _as_modifier(masked, at, len(verb), end):
            clause.head, clause.verb = at, verb
            break
        if preposition:
            clause.has_preposition = True
            begin = preposition.end()
            if preposition.group() == "为" and (_ADVERB.match(masked, begin, end) or verb_at(masked, begin, end)):
                clause.sort, clause.head = "manner", at
                return
            if preposition.group() == "以":
                closing = _BY_WAY_OF.match(masked, at, end)
                if closing:
                    at = closing.end()
                    continue
            found_verb = _verb_after(masked, begin, end)
            if found_verb and preposition.group() in _FRAMING:
                where, word = found_verb
                rest = masked[where + len(word) : end]
                plain = len(rest) < 2 or word in _lists()["noun_too"] and bool(_FRAMED.search(rest))
                if where - begin < 1 and clause.actors and not plain:
                    clause.core = where
                elif plain or where - begin < 1:
                    found_verb = None
            if found_verb is None:
                clause.sort, clause.head = "manner", at
                return
            clause.head, clause.verb = found_verb
            break
        if _AMOUNT.match(masked, at, end):
            clause.sort = "amount"
            return
        found_verb = next_verb(masked, at, end, sure=True)
        if found_verb is None:
            timed = next((stop for begin, stop in sorted(times.items()) if at <= begin and stop < end and verb_at(masked, stop, end)), None)
            if timed is not None:
                clause.head, clause.verb = timed, verb_at(masked, timed, end)
            break
        clause.head, clause.verb = found_verb
        break
    _judge(clause, masked, first, at, end)


_BY_WAY_OF = re.compile(r"以[^，]*?(?:方式|形式|态度|责任感|精神|名义|标准|载体|契机|抓手|主题|单位|举措|力度|作风|要求|为(?:主线|目标|抓手|契机|重点|载体|核心|主题|单位|主))(?=[^，]{2})")
_FRAMED = re.compile(r"(?:活动|工作|行动|要求|实际|精神|部署|安排|方式|形式|等|论述|规定|标准|原则|重点|内容|特点|意见|方案|通知|条例|办法|渠道|平台|契机|机会|意识|能力|水平)(?:〓+)?$")
_FRAMING = frozenset(
    ["根据", "依据", "依照", "按照", "严格按照", "按", "结合", "紧密结合", "密切结合", "聚焦", "围绕", "紧紧围绕", "紧扣", "通过", "经", "针对", "立足", "突出", "紧盯", "本着", "瞄准", "参照", "发挥", "充分发挥"]
)


def _as_modifier(masked: str, at: int, length: int, end: int) -> bool:
    """组织领导, 检查组: the verb is the first half of a noun and no object follows."""
    return bool(re.match(r"(?:的|人员|者|率|组(?!织)|员)", masked[at + length : min(end, at + length + 2)]))


def _verb_after(masked: str, pos: int, end: int) -> tuple[int, str] | None:
    effects = _lists()["effect"]
    at = pos
    while sure := next_verb(masked, at, end, sure=True):
        if sure[1] not in effects:
            return sure
        at = sure[0] + len(sure[1])
    sure = next_verb(masked, pos, end, sure=True)
    if sure and not any(_verbs().match(masked, i, end) and verb_at(masked, i, end) not in effects for i in range(sure[0] + 2, end)):
        return sure
    found = None
    for candidate in _verbs().finditer(masked, pos, end):
        if _NOT_VERB_AFTER.match(masked, candidate.end()) or candidate.end() >= end and candidate.start() == pos:
            continue
        before = masked[candidate.start() - 1 : candidate.start()]
        if before in "的、和" and candidate.start() > pos:
            continue
        found = found or (candidate.start(), candidate.group())
        if re.match(r"(?:等(?:工作)?$|工作$|$)", masked[candidate.end() : end]):
            return candidate.start(), candidate.group()
    return found


def _idle_from(masked: str, first: int, at: int, end: int) -> bool:
    idle = _idle()
    spots = {at, first}
    found = _CONNECTORS.match(masked, first)
    if found:
        spots.add(found.end())
    for word in re.finditer(r"(?:切实|认真|要|积极|不断|进一步|大力)", masked[first:at]):
        spots.add(first + word.start())
        spots.add(first + word.end())
    return any(idle.fullmatch(masked, spot, end) for spot in spots)


_BARRED = re.compile(r"(?:不得(?!少于|低于|超过)|严禁|不准|禁止(?!令)|不允许|不再|不参加)")
_TASK_OBJECT = re.compile(r"(?:台账|清单|方案|名单|记录|档案|报告|制度|预案|队伍|专栏|机制)$")
_ORG_OBJECT = re.compile(r"(?:组织领导|领导|督导|督查|检查|监督|值班|值守|巡查|排查|监测|预警|提示|培训|教育|宣传|报道|管理|执法|投入|演练|指导|考核|保障|监管|防护|培养|维护|管控|协调联动|巡护|整治|调度|处置|储备|服务|协作|引导|普及)")


def _judge(clause: Clause, masked: str, first: int, at: int, end: int) -> None:
    lists = _lists()
    verb = clause.verb
    rest = masked[clause.head + len(verb) : end] if verb else ""
    if not verb:
        if clause.actors and at >= end:
            clause.sort = "actor"
        elif clause.actors:
            does = clause.has_modal or at > clause.actor_end and end - at >= 3
            clause.sort = "task" if does and not masked.startswith(("是", "为"), clause.actor_end) else "noun"
            clause.head = at
            clause.reason = "a subject and nothing known after it"
        elif _AMOUNT.match(masked, clause.core, end):
            clause.sort = "amount"
        elif _manner().match(masked, clause.core, end):
            clause.sort = "manner"
        else:
            clause.sort = "fragment"
        return
    if _BARRED.search(masked, clause.core, end):
        clause.sort = "forbid"
        return
    if verb in lists["effect"] and not _TASK_OBJECT.search(rest):
        clause.sort = "effect"
        return
    if verb in ("加强", "强化", "加大", "推进", "推动", "落实") and clause.head == at:
        if verb in ("加强", "强化", "加大") and not _ORG_OBJECT.search(rest) and "〓" not in rest:
            clause.sort, clause.reason = "idle", "加强 without an object that can be shown"
            return
    if clause.head > at and not clause.has_preposition and not clause.actors and _AMOUNT.match(masked, clause.core, end):
        clause.sort = "amount"
        return
    clause.sort = "task"
