"""Lists of responsible units: in brackets, on a line of their own, in the cells of a table."""

import re

from . import grammar, names, times
from .actors import Actor

ROLES = {
    "lead": re.compile(r"牵头(?:责任)?(?:单位|部门|科室|处室|股室)|牵头|主责单位|主办单位|主办"),
    "responsible": re.compile(r"责任(?:单位|部门|科室|处室|人|主体|领导|处|股室)|负责(?:单位|部门|科室|股室|人)|落实单位|承办(?:单位|部门)?|实施(?:单位|主体)|组织单位|完成单位|主体责任单位|牵头及责任单位|执行单位|落实部门"),
    "support": re.compile(r"(?:配合|协助|协办|参与|参加|支持)(?:单位|部门|科室|处室|股室)|配合|协办"),
}
# What a column holds, by its head; "" for nothing of use.
_COLUMNS = {
    "": re.compile("序号|编号|备注|进度|类别|项目|阶段|地点|单位|数量"),
    "lead": re.compile("牵头.{1,6}"),
    "support": re.compile("(?:配合|协办|协助|参与).{0,4}"),
    "responsible": re.compile("(?:责任|负责|承办|落实|实施|主办|组织).{0,3}(?:单位|部门|科室|处室|股室|人|主体)"),
    "due": re.compile(".{0,4}(?:时限|期限)|(?:完成|截止|办结|整改|报送)(?:时间|日期)|时间节点"),
    "when": re.compile(".{0,4}(?:时间|日期)|时间(?:要求|安排)"),
    "duty": re.compile(".{0,4}(?:任务|内容|措施|事项|举措)|工作要求"),
    "handed_in": re.compile("(?:提交|报送|上报|成果|佐证|交付)(?:材料|资料|形式|内容|成果|物)"),
    "also": re.compile(".{0,4}要求"),  # more that is asked, beside the duty
}


def column(head: str) -> str | None:
    """duty, also, handed_in, lead, responsible, support, when, due: what the column under this head holds; "" for nothing of use, None for no head."""
    return next((sort for sort, pattern in _COLUMNS.items() if pattern.fullmatch(head)), None)


def parse_units(text: str, masked: str) -> list[Actor]:
    """Actors of a bracketed list or a line of responsible units: 牵头单位：A；责任单位：B、C / A牵头，B配合 / A、B."""
    out: list[Actor] = []
    at = 0
    if len(text) > names.LONGEST:
        return out
    for part in re.split(r"[；。]", text):
        part_masked = masked[at : at + len(part)]
        at += len(part) + 1
        labelled = re.match(r"([一-龥]{2,9})：", part)
        if labelled:
            role = next((r for r, p in ROLES.items() if p.fullmatch(labelled[1])), None)
            if role is None:
                continue
            body, body_masked = part[labelled.end() :], part_masked[labelled.end() :]
            # A second label may follow after a comma or a space: 牵头单位：A 责任单位：B
            again = re.search(r"[，、 ]?([一-龥]{2,7}(?:单位|部门|科室|人))：", body)
            if again:
                out += with_role(names.split(body[: again.start()], body_masked[: again.start()]), role)
                out += parse_units(body[again.start(1) :], body_masked[again.start(1) :])
                continue
            # 责任单位：A牵头，B、C配合
            out += (role == "responsible" and _verbal_units(body, body_masked)) or with_role(names.split(body, body_masked), role)
            continue
        out += _verbal_units(part, part_masked)
    seen: dict[str, Actor] = {}
    for actor in out:
        actor.name = re.sub(r"(?:按照?(?:各自)?职责(?:分工)?(?:分别)?负责|按职责分工|等)+$", "", actor.name).strip("等")
        if actor.name:
            seen.setdefault(actor.name, actor)
    return list(seen.values())


def with_role(found: list[str], role: str) -> list[Actor]:
    out = []
    for name in found:
        own = re.fullmatch(r"(.+?)（(牵头|配合|协助|负责)）", name)
        if own:
            out.append(Actor(own[1], {"牵头": "lead", "负责": "responsible"}.get(own[2], "support")))  # type: ignore[arg-type]
        else:
            out.append(Actor(name, role))  # type: ignore[arg-type]
    return out


def _verbal_units(part: str, masked: str) -> list[Actor]:
    out: list[Actor] = []
    at = 0
    for clause in part.split("，"):
        clause_masked = masked[at : at + len(clause)]
        at += len(clause) + 1
        tail = re.search(r"(牵头(?:负责|落实)?|(?:积极|密切)?(?:配合|协助|参与)|(?:按照?(?:各自)?职责(?:分工)?)?(?:分别|共同)?(?:负责|落实|承办|组织实施)|按(?:各自)?职责分工)$", clause)
        if not tail:
            if names.is_named(clause_masked) and not grammar.next_verb(clause_masked, 0, len(clause_masked), sure=True) or re.search(r"（(?:牵头|配合)）", clause):
                out += with_role(names.split(clause, clause_masked), "responsible")
            continue
        role = "lead" if "牵头" in tail[1] else "support" if re.search("配合|协助|参与", tail[1]) else "responsible"
        body = clause[: tail.start()]
        out += with_role(names.split(body, clause_masked[: tail.start()]), role)
    return out


def guess_column(word: str) -> str:
    """duty, responsible or due: what a cell of a table without a head holds; "" for nothing of use."""
    if not word or re.fullmatch(r"\d{1,3}|备注", word):
        return ""
    masked = names.mask(word)
    found = times.find_all(word, times.Frame(issued=None))
    if found and sum(w.end - w.start for w in found) >= 0.6 * len(word):
        return "due"
    is_name = names.is_named(re.sub(r"〓+$", "", masked)) and not grammar.verb_at(masked, 0, len(masked))
    return "responsible" if is_name or re.search(r"（(?:牵头|配合)）", word) else "duty"
