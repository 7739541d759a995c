"""The head of a notice: title, issuer, number, date, recipients, theme, period."""

import re
from dataclasses import dataclass, field
from datetime import date

from . import names, times
from .numerals import to_int
from .outline import Paragraph, Span, number_at

_DOC_NUMBER = re.compile(r"(?P<code>[\u4e00-\u9fffA-Za-z](?:[\u4e00-\u9fffA-Za-z]|（[\u4e00-\u9fff]{1,4}）){0,15})\s*[〔\[（【﹝](?P<year>\d{4})[〕\]）】﹞]\s*(?:第)?(?P<n>\d{1,5})\s*号")
LONGEST_LINE = 80  # characters of a line that may hold a date
LONGEST_TITLE = 300
_DATE_LINE = re.compile(
    r"(?:(?P<place>.*?))(?:(?P<y>\d{4})年|(?P<cy>[〇○零Oo一二三四五六七八九]{4})年)?\s*"
    r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,3})月(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]\s*(?:印发|发布)?$"
)
_ISO_LINE = re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})$")
_TITLE_END = re.compile(r"(?:通知|方案|的函|意见|通告|公告|倡议书|计划|办法|安排|通报|工作要点|一封信|预案|提示)$")
_ISSUER_END = re.compile(
    r"(?:办公室|委员会|人民政府|政府|局|厅|委|部|公司|集团|学校|中学|小学|大学|学院|医院|支队|大队|管委会|指挥部|领导小组|"
    r"中心|林场|农场|牧场|支行|分行|馆|办事处|协会|总工会|妇联|团委|矿|厂|站|所|处|院|办|会|镇|乡|旗|村|社区|苏木|幼儿园|工程部|项目部|煤矿|联社|银行|分局|党组|党委|联合会|总队|组委会|居委会|村委会|中共.*)$"
)


@dataclass
class Header:
    """What the head and the foot of a notice print; None (recipients: []) where they do not."""

    title: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    issued_on: date | None = None
    recipients: list[str] = field(default_factory=list)
    theme: str | None = None
    period: dict[str, str | None] | None = None
    body_start: int = 0


def _chinese_year(word: str) -> int | None:
    digits = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "O": "0", "o": "0"}
    out = "".join(digits.get(c, "") for c in word)
    return int(out) if len(out) == 4 else None


def _read_date(line: str, default_year: int | None) -> date | None:
    line = line.strip()
    found = len(line) <= LONGEST_LINE and (_DATE_LINE.fullmatch(line) or _ISO_LINE.fullmatch(line))
    if not found:
        return None
    g = found.groupdict()
    year = int(g["y"]) if g.get("y") else _chinese_year(g.get("cy") or "") or default_year
    month, day = to_int(g["m"]), to_int(g["d"])
    if not (year and month and day):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str


def _lines(text: str) -> list[_Line]:
    out, at = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            lead = len(line) - len(line.lstrip())
            out.append(_Line(at + lead, at + lead + len(stripped), stripped))
        at += len(line) + 1
    return out


_SALUTATION = re.compile(r"[^。；]{2,400}：$")
_NO_RECIPIENT = re.compile(r"(?:如下|以下|通知|主题|时间|地点|附件|联系人|主送|要求|制定本|电话|目标|安排)[^，、]{0,4}：$|\d+\s*：$|^[一二三四五六七八九十（(\d]")


def _recipients_line(lines: list[_Line]) -> int | None:
    for i, line in enumerate(lines[:30]):
        text = line.text
        if text.endswith("：") and _SALUTATION.fullmatch(text) and not _NO_RECIPIENT.search(text) and not text.startswith("附"):
            return i
        if number_at(line.text, 0) and len(text) > 14 and i > 3:
            return None
    return None


def _start_of_recipients(lines: list[_Line], last: int) -> int:
    """Recipients may run over several lines: back to the line that ends a title or is blank of names."""
    i = last
    while i > 0 and not _TITLE_END.search(lines[i - 1].text) and not _DOC_NUMBER.search(lines[i - 1].text):
        above = lines[i - 1].text
        if above[-1] in "，、" or (len(above) >= 20 and re.search(r"[、，]", above) and names.is_named(names.mask(above))):
            i -= 1
        else:
            break
    return i


def _title(lines: list[_Line], until: int, body: str) -> tuple[str | None, str | None]:
    """(title, issuer named in the title)"""
    head = [line.text for line in lines[:until]]
    run: list[str] = []
    best: str | None = None
    for _k, text in enumerate(head):
        if _DOC_NUMBER.fullmatch(text.replace(" ", "")) or _read_date(text, 2000) or re.fullmatch(r".{2,40}文件", text):
            run = []
            continue
        if re.match(r"(?:签发人|特急|加急|急件|密级|[（(]?\d{4}年.{0,12}通过|发文|主送|抄送|附件\d?$)", text):
            continue
        run.append(text)
        joined = "".join(run[-4:])
        if _TITLE_END.search(text) or re.search(r"(?:通知|方案|计划|函)[（(].{1,8}[）)]$", text):
            start = max(0, len(run) - 4)
            about_at = next((k for k in range(start, len(run)) if run[k].startswith("关于")), start)
            if about_at - start > 1 and all(_ISSUER_END.search(line) for line in run[start:about_at]):
                start = about_at  # two offices, one below the other, head the page
            for s in range(start, len(run)):
                candidate = "".join(run[s:])
                if _DOC_NUMBER.search(candidate) and s < len(run) - 1:
                    continue
                joined = candidate
                break
            best = joined
            break
        if len(text) > 60:
            run = []
    if best is not None and "关于" not in best:
        later = [text for text in head if "关于" in text and _TITLE_END.search(text)]
        best = later[-1] if later else best
    if best is None:
        return None, None
    best = _DOC_NUMBER.sub("", best).strip()[:LONGEST_TITLE]
    issuer = None
    about = re.match(r"(.{3,40}?)关于", best)
    if about and _ISSUER_END.search(about[1]):
        issuer = about[1]
    passed_on = re.search(r"关于(?:印发|转发|下发|做好)?.{0,6}《(.+?)》的通知", best) if re.search(r"印发|转发|下发", best) else None
    if passed_on:
        return passed_on[1], issuer
    plan = re.search(r"关于(?:印发|下发)(.+?(?:方案|计划|要点|安排|预案))的通知$", best)
    if plan:
        return plan[1], issuer
    return best, issuer


def _signature(lines: list[_Line], default_year: int | None, after: int) -> tuple[str | None, date | None]:
    """The issuer's name over its date: the last pair in the covering note, else at the end."""
    pairs = []
    for i, line in enumerate(lines):
        if i < 1 or len(line.text) > 40 or "\t" in line.text:
            continue
        day = _read_date(line.text, default_year)
        if day is None:
            continue
        found = _DATE_LINE.fullmatch(line.text)
        own = (found["place"] or "").strip() if found and found.groupdict().get("place") else ""
        if own and _ISSUER_END.search(own):
            pairs.append((i, own, day))
            continue
        if own and not re.fullmatch(r"[（(]?", own):
            continue
        block = []
        k = i - 1
        while k > 0 and "\t" not in lines[k].text:
            name = re.sub(r"（(?:代章|章|盖章|印章)）$", "", lines[k].text)
            if len(name) > 36 or name[-1] in "。；：，" or not _ISSUER_END.search(name) or number_at(name, 0):
                break
            block.append(name)
            k -= 1
        printed = "印发" in line.text
        if block:
            pairs.append((i, block[-1], day))
        elif i > after and not printed:
            pairs.append((i, "", day))
    named = [p for p in pairs if p[1] and "印发" not in lines[p[0]].text]
    if not pairs:
        return None, None
    chosen = (named or pairs)[0]
    name = re.sub(r"[\s]+.*$", "", chosen[1]) if re.search(r"\s", chosen[1]) else chosen[1]
    return name or None, chosen[2]


_THEME_IN_TEXT = re.compile(r"主题(?:为|是|确定为|：)[：]?\s*[“\"]([^”\"]{4,60})[”\"]|以[“\"]([^”\"]{4,60})[”\"]为(?:活动)?主题|[“\"]([^”\"]{4,60})[”\"](?:为|的|这一)(?:活动)?主题|围绕[“\"]([^”\"]{4,60})[”\"](?:的|这一|这个)?(?:活动|宣传)?主题")
_THEME_BARE = re.compile(r"(?:活动|宣传|今年|本次|年度)?主题(?:为|是|：)\s*([^，。；“”\n]{4,50})")


def _words_under(items: list[Paragraph], i: int) -> Span | None:
    """What stands behind heading `i`, or on the line below it."""
    if items[i].body is None and i + 1 < len(items) and not items[i + 1].heading:
        return items[i + 1].body
    return items[i].body


def _theme(text: str, items: list[Paragraph]) -> str | None:
    for i, item in enumerate(items):
        if not item.heading:
            continue
        heading = text[item.heading.start : item.heading.end]
        if not re.fullmatch(r"(?:[一-龥]{0,6})主题(?:和口号|及口号)?[。：]?", heading) or "党日" in heading or "班会" in heading:
            continue
        body = _words_under(items, i)
        if body is None:
            continue
        words = text[body.start : body.end]
        quoted = _THEME_IN_TEXT.search(words) or re.search(r"^[^“]{0,14}[“\"]([^”\"]{4,60})[”\"]", words)
        if quoted:
            return next(g for g in quoted.groups() if g)
        sentence = re.split(r"[。；\n]", words)[0].strip()
        return re.sub(r"^(?:本次|今年|活动)*(?:的)?(?:活动)?主题(?:是|为|：)", "", sentence) or None
    found = _THEME_IN_TEXT.search(text)
    if found:
        return next(g for g in found.groups() if g)
    found = _THEME_BARE.search(text)
    return found[1] if found else None


_PERIOD_HEADING = re.compile(r"^(?:[一-龥“”]{0,8})(?:时间|日期|期限|时段)(?:安排|和主题|与主题|及主题|和范围|及安排|、地点|、主题|地点)?(?:和[一-龥]{2,4})?[。：]?$")
_PERIOD_TEXT = re.compile(r"(?:定于|决定于|决定在|从|自|拟于|将于|时间[为：从自]|期间|于)")


# 集中免疫自3月20日开始; 活动时间为…: what is said before a stretch that holds for the whole.
_SAID_OF_ALL = re.compile(r"(?:时间|时限|期限|定于|期间|为期|假期|[汛火]期|开始|集中[\u4e00-\u9fff]{2}|春运|行动|活动|整治|宣传[月周]|活动[月周])[^。；，、（）]{0,4}[自从于为：（]?$")
_SAID_BEHIND = re.compile(r"(?:为|是)[^，。；]{0,24}(?:期|月|周|时段)")


def _whole_month(text: str, frame: times.Frame) -> dict[str, str | None] | None:
    found = re.search(r"(?:(?P<y>\d{4})年|(?P<rel>今年|本年|每年)|定于|于|在)?(?P<m>\d{1,2})月(?:份)?(?:是|为|在全|，?在|全国|第\d+个|（)", text)
    named = re.search(r"(?:(?P<y>\d{4})年|今年|本年)?(?:的)?(?P<m>\d{1,2})月(?:份)?(?:是|为)[^。；]{0,24}(?:月|月活动)[”\"。，]", text)
    found = named or None
    if not found:
        return None
    month = int(found["m"])
    if not 1 <= month <= 12:
        return None
    year = int(found["y"]) if found["y"] else (frame.issued.year if frame.issued else frame.year)
    return times.month(year, month)


def _period(text: str, items: list[Paragraph], frame: times.Frame) -> dict[str, str | None] | None:
    for i, item in enumerate(items):
        if not item.heading:
            continue
        heading = text[item.heading.start : item.heading.end]
        if not _PERIOD_HEADING.fullmatch(heading.replace("\n", "")) or re.search(r"报送|完成|上报|集合", heading):
            continue
        body = _words_under(items, i)
        if body is None:
            continue
        found = _first_range(text, body.start, body.end, frame)
        if found and found["start"] != found["end"]:
            return _stages(text, items, frame) if "安排" in heading and _stages(text, items, frame) else found
        month = re.match(r"(?:(\d{4})年)?(\d{1,2})月(?:份)?(?:全月)?[。，\s]?$", text[body.start : body.end].strip())
        if month:
            m, year = int(month[2]), int(month[1]) if month[1] else frame.guess(int(month[2]))
            if 1 <= m <= 12:
                return times.month(year, m)
    whole = _whole_month(text[:1500], frame)
    if whole:
        return whole
    intro_end = next((item.span.start for item in items if item.is_numbered and item.span.start > 60), len(text))
    found = _first_range(text, 0, min(intro_end + 1, len(text)), frame, declared=True)
    if found:
        return found
    staged = _stages(text, items, frame)
    if staged:
        return staged
    for when in times.find_all(text, frame, 0, min(len(text), 1500)):
        window = when.window
        said = _SAID_OF_ALL.search(text[max(0, when.start - 16) : when.start + 1])
        said = said or _SAID_BEHIND.match(text, when.end)
        if isinstance(window, dict) and window["start"] != window["end"] and window["end"] and said:
            return window
    month = re.search(r"(?:定于|决定于|决定在|决定|将于)(?:(\d{4})年|今年)?(\d{1,2})月(?:份)?(?:在|，|开展|组织)", text[:1500])
    if month:
        m, year = int(month[2]), int(month[1]) if month[1] else frame.guess(int(month[2]))
        if 1 <= m <= 12:
            return times.month(year, m)
    return None


def _stages(text: str, items: list[Paragraph], frame: times.Frame) -> dict[str, str | None] | None:
    """From the first day of the first stage to the last day of the last: headings of stages that print their dates."""
    days: list[str] = []
    for item in items:
        if item.heading is None or not re.search(r"阶段|第.周", text[item.span.start : item.heading.end]):
            continue
        for when in times.find_all(text, frame, item.span.start, item.heading.end):
            if isinstance(when.window, dict):
                days += [day for day in when.window.values() if day]
    return {"start": min(days), "end": max(days)} if len(days) >= 4 else None


def _first_range(text: str, start: int, end: int, frame: times.Frame, declared: bool = False) -> dict[str, str | None] | None:
    single = open_ended = None
    for when in times.find_all(text, frame, start, end):
        if not isinstance(when.window, dict):
            continue
        a, b = when.window["start"], when.window["end"]
        if declared and (a == b or not (_PERIOD_TEXT.search(text[max(start, when.start - 12) : when.start + 2]) or re.match(r"[^。]{0,30}(?:开展|举行|进行|组织|实施)", text[when.end : when.end + 40]))):
            continue
        if a != b and a and b:
            return {"start": a, "end": b}
        if a == b:
            single = single or {"start": a, "end": b}
        else:
            open_ended = open_ended or {"start": a, "end": b}
    return None if declared else single or open_ended


def read_header(text: str, items: list[Paragraph]) -> Header:
    """The header of a clean text whose paragraphs are `items`."""
    lines = _lines(text)
    out = Header()
    at = _recipients_line(lines)
    if at is not None:
        first = _start_of_recipients(lines, at)
        salutation = "".join(line.text for line in lines[first : at + 1]).rstrip("：")
        out.recipients = names.split_recipients(salutation)
        until = first
        out.body_start = lines[at].end
    else:
        until = next((i for i, line in enumerate(lines) if line.text[-1] in "。；" or (number_at(line.text, 0) and i)), min(len(lines), 12))
        out.body_start = lines[until].start if until < len(lines) else len(text)
    head_lines = lines[: max(until, 1) + (1 if at is None else 0)]
    for line in head_lines:
        found = _DOC_NUMBER.search(line.text)
        if found and (found.end() >= len(line.text) - 1 or found.end() == len(line.text)) and "《" not in line.text:
            out.document_number = line.text[found.start() : found.end()]
            break
    out.title, in_title = _title(lines, max(until, 1) if at is not None else until, text)
    doc_year = re.search(r"〔(\d{4})〕", out.document_number or "")
    any_year = doc_year or re.search(r"(\d{4})年", "".join(line.text for line in lines[:8])) or re.search(r"[〔\[](\d{4})[〕\]]", text)
    default_year = int(any_year[1]) if any_year else None
    signed, out.issued_on = _signature(lines, default_year, at or 0)
    red_head = next((re.fullmatch(r"(.{3,40}?)文件", line.text) for line in lines[:4] if re.fullmatch(r"(.{3,40}?)文件", line.text)), None)
    out.issuer = signed or in_title or (red_head[1] if red_head else None)
    if out.issuer is None and out.title is not None:
        before = [line.text for line in lines[:until] if _ISSUER_END.search(line.text) and len(line.text) <= 30 and not _TITLE_END.search(line.text)]
        out.issuer = before[0] if before else None
    frame = times.Frame(issued=out.issued_on or (date(default_year, 1, 1) if default_year else None))
    out.theme = _theme(text, items)
    if out.theme:
        out.theme = out.theme.strip("“”\"。 ：")
    out.period = _period(text, items, frame)
    return out
