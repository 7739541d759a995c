"""Names of units and people: where one begins and ends, and how a printed list falls into single names."""

import re
from functools import cache

from . import lexicon

BLANK = "〓"


class _Endings:
    """Whether words end in one of many endings: a look-up a length, not an alternation."""

    def __init__(self, words: list[str]) -> None:
        self._words = frozenset(words)
        self._lengths = sorted({len(word) for word in words})

    def has(self, phrase: str) -> bool:
        """Whether the phrase ends so."""
        return not self._words.isdisjoint([phrase[-n:] for n in self._lengths])


@cache
def _name_ends() -> _Endings:
    words = lexicon.load("actors")
    return _Endings(lexicon.split_words(words["units"] + " " + words["people"]))


@cache
def _never_ends() -> _Endings:
    return _Endings(lexicon.split_words(lexicon.load("actors")["never"]))


_COUNTING = re.compile(r"不少于|不低于|不超过|\d(?:名|部|件|场|次|条|户|篇)$")
_DATED = re.compile(r"\d[月日]")
# 市爱卫会, 旗森防办: short forms of committees and offices of one level.
_SHORT_FORM = re.compile(r"(?:[省市县区旗镇乡盟州]|街道|苏木|学校|公司|集团|医院)[^、，的]{1,6}(?:会|盟|联|社|办|委|局|院|队|组)")


@cache
def _never_but() -> _Endings:
    return _Endings(lexicon.split_words(lexicon.load("actors")["never_but"]))


def is_never(masked: str) -> bool:
    """Whether the words end as things do that look like a subject and are none (显示屏, 结果)."""
    return _never_ends().has(masked) and not _never_but().has(masked)


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(
        r"(?:等(?:有关|相关|各|多个|职能|成员|行业|主管|监管)*(?:部门|单位)(?:和单位|和部门|、单位|单位)?|等(?:单位|部门)?|等人员?)$"
    )


_REGION_HEAD = re.compile(r"(?:各|全[省市县区旗州])?(?:[市县区旗州盟]|旗县|县区|市州|区县|乡镇|盟市|苏木|镇|乡|街道)(?:〓+)?$")
_JOIN = re.compile(r"(?:、|，|；|/|,| |以及|特别是|尤其是|及其|及(?!时)|和(?!谐)|与(?!会)|暨|并|或)")


def is_named(masked: str) -> bool:
    """Whether the words end as a unit's or a person's name does."""
    bare = masked.rstrip(BLANK)
    ends = _name_ends().has(bare) or _SHORT_FORM.fullmatch(bare)
    return bool(ends) and not (_DATED.search(masked) or _COUNTING.search(masked)) and not is_never(masked)


LONGEST = 1_500  # characters of a printed list; all 48 units of a banner take 367
MOST = 200  # names in a longer one


def _cuts(masked: str) -> list[tuple[int, int, str]]:
    return [(found.start(), found.end(), found.group()) for found in _JOIN.finditer(masked)]


def split(text: str, masked: str, *, people: bool = False) -> list[str]:
    """The single names in a printed list.

    `masked` is `text` with quoted and bracketed words blanked (same length). 、 and ， divide, 和 及 与 only after a
    complete name (住房和城乡建设局 is one). Parts that share one head stay together (各市（州）、县（市、区）人民政府).
    `people` reads a list of those to be reached, where any noun may stand.
    """
    if len(masked) > LONGEST:
        return list(dict.fromkeys(name for part in re.split("[、，；]", text) if (name := "".join(part.split()))))[:MOST]
    filler = _fillers().search(masked)
    end = filler.start() if filler else len(masked)
    if filler and "部门" in filler.group() and not any(is_named(part) for part in re.split("[、和]", masked[:end])):
        # 市场监管、消防救援等部门: stems that only 部门 makes names
        return ["".join(text.split())]
    shared = re.search(r"等[^、等]{0,6}(?:企业|场所|部位[^、]{0,6}|单位|机构|行业|领域)$", masked)
    if shared and not people and "、" in masked[: shared.start()]:
        stems = re.split("[、和]", masked[: shared.start()])
        if not all(is_named(stem) for stem in stems):
            # 矿山、危险化学品、冶金工贸等重点行业企业: stems under one head
            return ["".join(text.split())]
        end = shared.start()
    if _COUNTED.search(masked[:end]) or _EACH_WITHIN.search(masked[:end]):
        return ["".join(text[:end].split())]
    parts: list[tuple[int, int]] = []
    start = 0
    sharing = False
    for a, b, joint in _cuts(masked[:end]):
        if a < start or sharing and joint == "、":
            continue
        left, right = masked[start:a], masked[b:end]
        if not left or not right:
            continue
        strong = joint in "、，；/, " or joint in ("以及", "特别是", "尤其是")
        if not strong:
            nothing = len(left) < 2 or len(re.split(r"[、，和及与]", right)[0]) < 2
            if nothing or not (is_named(left) or people and _noun_like(left, right)):
                continue
            if joint == "并" or re.fullmatch(r"(?:各)?(?:单位|部门)(?:〓+)?", right) and left.endswith(("部门", "单位", "地")):
                continue
            if _BARE_LEVEL.fullmatch(left.rsplit("、", 1)[-1]) or left.endswith(("党委", "党工委")) and right.startswith("人民政府"):
                continue  # 县直及驻青各单位; 各乡镇党委和人民政府
        elif joint != "，" and _shares_head(left, right):
            sharing = bool(_HEAD_OF_STEMS.search(masked[b:end])) and not is_named(left)
            continue
        parts.append((start, a))
        start = b
    parts.append((start, end))
    if len(parts) > 1 and _SHARED_PERSON.search(masked[parts[-1][0] : end]) and not any(_PERSON_END.search(masked[a:b]) for a, b in parts[:-1]):
        parts = [(parts[0][0], end)]
    out = []
    for a, b in parts:
        name = "".join(text[a:b].split()).strip("等，、；：的由 ")
        if name and name not in out:
            out.append(name)
    return out


# 城关、龙潭两个消防救援站: names under one count.
_COUNTED = re.compile(r"^[^、，]{2,8}(?:、[^、，]{2,8})*、[^、，]{2,8}?(?:[两三四五六七八九]|\d)(?:(?:个|家|所|座)[^、，]{2,14}|[站镇村局园所])$")
# 化工、矿山、粉尘涉爆企业每个班组: each within those listed.
_EACH_WITHIN = re.compile(r"^[^，]*、[^、，]*(?:企业|单位|学校|场所)每[个名家]")
_SHARED_PERSON = re.compile(r"(?:部室|车间|科室|股室|班组|单位|部门|镇|公司|企业|学校|地区?|村|站点|场|厂|站|店).{0,4}(?:负责人|负责同志|领导|第一责任人|干部职工|职工|干部|员工)$")
_PERSON_END = re.compile(r"(?:人|者|员|长|师|总监|经理|书记|主任|同志|领导)$")


def _noun_like(left: str, right: str) -> bool:
    first = re.split(r"[、，]", right)[0]
    return len(left) >= 2 and len(first) >= 2 and (is_named(first) or left[-1] in "众者员民人体户生属长友师")


_BARE_LEVEL = re.compile(r"(?:各)?[省市县区旗盟州镇乡][直属]")
# 沂阳高新区、临港经济区管委会; 各水库、水电站管理单位: places before whose bodies they are.
_PLACE = r"(?:(?<![县旗市社牧城农矿山景])区|园|水库|电站|景区|湿地|保护区|港|码头|水闸)"
_PLACE_END = re.compile(_PLACE + "$")
_BODY_OF_PLACES = re.compile(rf"(?:[^、，各]{{1,12}}{_PLACE}、)*(?:[^、，各]{{2,12}}?{_PLACE}|[^、，各]{{4,12}}(?=管理单位))(?:管委会|管理委员会|管理局|管理单位|管理处|管理站|管理中心|安全生产委员会|安委会|人民政府|党工委)(?:[、，]|$)")
_LEVEL_AND_BODY = re.compile(r"街道(?:工会|团委|团工委|妇联|党工委|武装部|安委会|安委办|防指|防办|消安委|商会)")
_MASS_BODY = r"(?:总工会|工会|共青团|团委|妇联|妇工委|团工委|科协|残联|工商联)"
_MASS_BODIES = re.compile(rf"各[^，]*{_MASS_BODY}$")
# 矿山 in 矿山、危化、冶金企业: a trade as well as a place.
_TRADE = re.compile(r"^(?!各)[^、]{0,4}(?:矿山|煤矿|水库|电站|车站|医院|学校|景区|市场|商场|工地|林场|码头|港口|渡口|宾馆|酒店|饭店|超市|加油站|养老院)$")
# 危险化学品、矿山、金属冶炼企业: once stems share a head, all up to it do.
_HEAD_OF_STEMS = re.compile(r"^[^、，]{2,8}(?:、[^、，]{2,8})*(?:企业|单位|场所)$")


def _shares_head(left: str, right: str) -> bool:
    first = re.split(r"[、，；]", right)[0]
    if _PLACE_END.search(left) and _BODY_OF_PLACES.match(right):
        return True
    if _REGION_HEAD.search(left) and _LEVEL_AND_BODY.match(first) or _MASS_BODIES.match(left) and re.fullmatch(_MASS_BODY, first):
        return True
    if re.fullmatch(r"各单位|直属(?:单位|部门|机构)", first) and re.search(r"(?:[省市县区旗镇](?:政府|直|属)?|机关)各(?:有关)?部门$", left):
        return True
    if left.endswith(("党委", "党工委", "党组")) and re.fullmatch(r"(?:人民)?政府|办事处|管委会|行政", first):
        return True
    if re.fullmatch(r"(?:区|市|县|旗|镇|省)?(?:政府)?(?:各|直)*[委办局部](?:、[委办局部])*", left) and re.fullmatch(r"[委办局部](?:、.*|$)", right[:2] + "、"):
        return True
    if _REGION_HEAD.search(left) and len(left) <= 14 and re.match(r"(?:各)?[市县区旗州盟乡镇街道苏木]{1,3}(?:〓+)", first) and "〓" in left + first:
        return True
    if re.fullmatch(r"(?:各)?(?:省|自治区|直辖市|市|县|区|旗|盟|州|市州|旗县)", left.rsplit("、", 1)[-1]) and re.match(
        r"(?:省|自治区|直辖市|市|县|区|旗|盟|州)[^、]{2,}|自治区、直辖市", right
    ):
        return True
    if _REGION_HEAD.fullmatch(left) and not first.startswith("各") and re.match(r"(?:[市县区旗州盟]〓*|[市县区旗州盟])(?:人民政府|安委|消安|食安|减灾|应急)", first):
        return True
    # 各县（区）应急管理局、自然资源局: offices of one level
    if re.match(r"(?:各|团)(?:[省市县区旗州盟镇乡](?:〓+)?|旗县|县区|盟市|市州)[^、]{0,12}(?:局|委|办|厅|团委|妇联|公室|部|总工会)(?:、|$)", left) and re.fullmatch(
        r"(?!(?:市(?!场)|自治|团(?!委)|高新|[省县区旗州盟镇乡各街驻]))[^、]{0,8}(?:局|委|办|厅|会|联|协|部|馆|公室|支队|大队)", first
    ):
        return True
    # 属地应急、住建部门; 各燃气、供热、供电企业: stems before a shared head
    stem = left.rsplit("、", 1)[-1]
    if re.match(r"[^、]{2,14}的[^、的]{1,6}$", right) and not is_named(stem):
        return True  # 收储柴草、加工竹木的村
    if _TRADE.match(stem) and not is_named(first) and _HEAD_OF_STEMS.match(right):
        return True
    short = len(stem) <= 5 or bool(re.search(r"(?:生产|经营|建设|施工|储存|运输|收集|运营)$", stem))
    return not is_named(stem) and short and bool(_HEAD_AHEAD.match(right) or _HEAD_LAST.search(right))


_HEAD_AHEAD = re.compile(r"(?:[^、，]{2,6}、)*[^、，]{2,6}(?:部门|企业|单位|公司|人员|科室|劳动者|岗位(?:职工|员工))(?:，|$)")
_HEAD_LAST = re.compile(r"[^、]{2,6}(?:部门|企业|单位|公司|人员|科室|劳动者)$")


def split_recipients(text: str) -> list[str]:
    """The addressees of a notice, one a name: split at ， and at 、 except where parts share one head."""
    masked = mask(text)
    return split(text, masked)


_PAIRS = {"“": "”", "《": "》", "（": "）", "‘": "’", "【": "】", "〔": "〕", '"': '"', "「": "」"}
_OPENS = re.compile(f"[{''.join(_PAIRS)}]")
_MARKS = {mark: re.compile(f"[{mark}{close}\n]") for mark, close in _PAIRS.items()}


def mask(text: str) -> str:
    """The text with quoted, titled and bracketed words (marks included) blanked by 〓, same length; a mark without
    its partner near it stays as it is. Linear time."""
    out, at = list(text), 0
    while opening := _OPENS.search(text, at):
        start, mark = opening.start(), opening.group()
        end = _closes(text, start, mark)
        out[start:end] = BLANK * (end - start)
        at = max(end, start + 1)
    return "".join(out)


def _closes(text: str, start: int, mark: str) -> int:
    """Where what is opened at `start` has ended; `start` where it never does."""
    depth = 0
    for found in _MARKS[mark].finditer(text, start, start + (400 if mark == "（" else 160)):
        if found.group() == "\n":
            break
        if found.group() == _PAIRS[mark] and found.start() > start:
            depth -= 1
            if depth == 0:
                return found.end()
        else:
            depth += 1
    return start
