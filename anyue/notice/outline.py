"""The outline of a notice: lines joined to paragraphs, numbers to paths, headings told from bodies."""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from . import lexicon
from .clean import Clean, without

_NUMERALS = "一二三四五六七八九十百〇零"
_CN = f"[{_NUMERALS}]{{1,4}}"
_OPENERS = "“《（【‘〔"
_CLOSERS = "”》）】’〕"


class Span(NamedTuple):
    """A stretch of the clean text."""

    start: int
    end: int


@dataclass
class Paragraph:
    """One paragraph under one outline path; `heading` is set where its first words are a title of what follows."""

    path: tuple[str, ...]
    span: Span
    heading: Span | None = None
    body: Span | None = None
    styles: tuple[str, ...] = ()
    is_numbered: bool = False


@dataclass(frozen=True)
class Number:
    """A printed number at the head of a line: its style, its label in a path, where the words begin."""

    style: str
    label: str
    end: int


@cache
def _styles() -> list[tuple[str, re.Pattern[str]]]:
    out = []
    for style in lexicon.load("outline")["style"]:
        forms = "|".join(
            re.escape(form).replace("\\{cn\\}", _CN).replace("\\{d\\}", r"\d{1,2}")
            if not set(form) & set("[(?\\")
            else form.replace("{cn}", _CN).replace("{d}", r"\d{1,2}").replace("}.", "}\\.")
            for form in style["forms"]
        )
        out.append((style["name"], re.compile(forms)))
    return out


@cache
def _number_heads() -> frozenset[str]:
    """First characters of numbers: most lines need no further look."""
    heads: set[str] = set()
    for form in (form for style in lexicon.load("outline")["style"] for form in style["forms"]):
        slots = {"{cn}": _NUMERALS, "{d}": "0123456789", "[": form[1 : form.find("]")]}
        heads.update(next((chars for head, chars in slots.items() if form.startswith(head)), form[0]))
    return frozenset(heads)


def number_at(text: str, start: int) -> Number | None:
    """The outline number printed at `start` of the clean text, None where none is."""
    if text[start : start + 1] not in _number_heads():
        return None
    for name, pattern in _styles():
        found = pattern.match(text, start)
        if found and found.end() > start:
            label = found.group().rstrip("、.，： ")
            return Number(name, label, found.end())
    return None


def _lines(text: str) -> list[Span]:
    out, start = [], 0
    for line in text.split("\n"):
        lead = len(line) - len(line.lstrip())
        trail = len(line.rstrip())
        if trail > lead:
            out.append(Span(start + lead, start + trail))
        start += len(line) + 1
    return out


def _balance(text: str) -> int:
    return sum(text.count(c) for c in _OPENERS) - sum(text.count(c) for c in _CLOSERS)


def _is_broken(text: str, line: Span, following: Span, full: int, ends_with_stop: dict[str, float]) -> bool:
    """Whether `following` goes on with the sentence of `line` (broken by a converter or a page's edge)."""
    words = text[line.start : line.end]
    after = text[following.start : following.end]
    if "\t" in words or "\t" in after:
        return False
    if number_at(text, following.start) and _balance(words) <= 0:
        return False
    if words[-1] in "。！？；：":
        return False
    if words[-1] in "，、" or _balance(words) > 0:
        return True
    number = number_at(text, line.start)
    if number and ends_with_stop.get(number.style, 0) >= 0.6 and len(words) > 12 and after[-1] in "。；":
        return True
    return len(words) >= full and len(after) > 1 and full >= 20


def paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of a clean, joined text in order, each with its outline path, heading and body."""
    out = _place(text, [part for line in _lines(text) for part in _split_inline(text, line)])
    _find_headings(text, out)
    return out


def join_broken(cleaned: Clean, source: str) -> Clean:
    """The text with lines that were broken inside a sentence put together again; the map back (into `source`) follows."""
    lines = _lines(cleaned.text)
    broken = {*_breaks(cleaned.text, lines), *_wrapped(cleaned, source, lines)}
    return without(cleaned, sorted(broken))


def _wrapped(cleaned: Clean, source: str, lines: list[Span]) -> list[Span]:
    """Breaks at the edge of a page where paragraphs are indented: a line that reaches it and one without an indent."""
    text = cleaned.text
    indented = [cleaned.origin[a] > 0 and source[cleaned.origin[a] - 1] not in "\r\n\f" for a, _b in lines]
    widths = [2 * (b - a) - len(text[a:b].encode("ascii", "ignore")) for a, b in lines]  # Chinese characters are two wide
    edge = sorted(widths)[int(len(widths) * 0.95)] if widths else 0
    found = [
        Span(lines[i - 1].end, lines[i].start)
        for i in range(1, len(lines))
        if not indented[i] and widths[i - 1] >= edge - 6 and "\t" not in text[lines[i - 1].start : lines[i].end] and not number_at(text, lines[i].start)
    ]
    return found if 40 <= edge <= 120 and len(found) >= 3 and sum(indented) >= 3 else []


def _breaks(text: str, lines: list[Span]) -> list[Span]:
    lengths = sorted(b - a for a, b in lines)
    # Text that was broken at a page's edge has most of its lines equally long; then a full line goes on.
    top = lengths[int(len(lengths) * 0.9)] if lengths else 0
    near = sum(1 for n in lengths if top - 3 <= n <= top + 2)
    full = top - 2 if len(lengths) >= 8 and near / len(lengths) >= 0.35 and top <= 60 else 10**9
    stops: dict[str, list[bool]] = {}
    for a, b in lines:
        number = number_at(text, a)
        if number:
            stops.setdefault(number.style, []).append(text[b - 1] in "。；")
    share = {style: sum(flags) / len(flags) for style, flags in stops.items()}
    return [
        Span(before.end, line.start)
        for before, line in zip(lines, lines[1:], strict=False)
        if _is_broken(text, before, line, full, share)
    ]


_INLINE = re.compile(r"(?<=[。；：])(?:\d{1,2}[.、](?!\d)|（[一二三四五六七八九十]{1,3}）|（\d{1,2}）|[①②③④⑤⑥⑦⑧⑨⑩])")


def _split_inline(text: str, span: Span) -> list[Span]:
    cuts = [found.start() for found in _INLINE.finditer(text, span.start, span.end) if found.start() > span.start]
    edges = [span.start, *cuts, span.end]
    return [Span(a, b) for a, b in zip(edges, edges[1:], strict=False) if b > a]


def _place(text: str, spans: list[Span]) -> list[Paragraph]:
    stack: list[tuple[str, str]] = []
    out: list[Paragraph] = []
    for span in spans:
        number = number_at(text, span.start)
        start = span.start
        if number and number.end >= span.end:
            number = None
        if number:
            for depth, (style, _) in enumerate(stack):
                if style == number.style:
                    del stack[depth:]
                    break
            stack.append((number.style, number.label))
            start = number.end
            while start < span.end and text[start] in " 、.":
                start += 1
        out.append(
            Paragraph(
                path=tuple(label for _, label in stack),
                span=span,
                body=Span(start, span.end) if start < span.end else None,
                styles=tuple(style for style, _ in stack),
                is_numbered=bool(number),
            )
        )
    return out


_MODAL_HEAD = re.compile(r"(?<![重主需必首只摘纪])要(?![求点素闻领])|(?<![相反适响供对])应(?![急对用知])|须|负责(?!人|制)|牵头|不少于|至少|每(?!个人|一|日一)")
_ACTOR_HEAD = re.compile(r"(?:各|每个|全体|本|全[市县旗区镇校]|我|由)")


# 第一阶段（3月15日—3月25日）为自查阶段，…
_DATED_STAGE = re.compile(r"（[^（）]*月[^（）]*）(?:为[^，。：]{2,10}[，。：])?")
_STAGE = re.compile(r"第.{1,2}[周阶步]|[^，。]{2,8}阶段|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?(?![\d日])|第?[一二三四]季度")
# 9月16日，校园日（牵头单位：省教育厅）。: a day's title before what is done on it.
_DAY_TITLE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?!是)[，：]?[^，。；：（）]{0,18}(?:（[^（）]*(?:（[^（）]*）[^（）]*)*）)?[。：]")


def _first_sentence(text: str, body: Span) -> int:
    depth = 0
    for i in range(body.start, body.end):
        char = text[i]
        depth += (char in _OPENERS) - (char in _CLOSERS)
        if char == "。" and depth <= 0:
            return i + 1
    return body.end


# 严防死守、看死盯牢。全面落实…: what opens paragraphs that carry no number.
_BARE_TITLE = re.compile(r"[^，。；：0-9]{2,16}。")


def _bare_titles(text: str, items: list[Paragraph]) -> set[int]:
    """Paragraphs without a number that open with a title, where three or more do."""
    found = set()
    for i, item in enumerate(items):
        title = None if item.is_numbered or item.body is None else _BARE_TITLE.match(text, item.body.start, item.body.end)
        if title and item.body and item.body.end - title.end() > 30 and not _MODAL_HEAD.search(title.group()) and not _ACTOR_HEAD.match(title.group()):
            found.add(i)
    return found if len(found) >= 3 else set()


_COUNTS = re.compile(r"[^，。：]{2,14}：.{4}|\d月|\d日前|\d+(?:名|个|场|次|条|家|份|期|篇)")  # 进社区：街道办事处清理…; 邀请30名学生
_ONLY_UNITS = re.compile(r"\s*（[^（）]*(?:（[^（）]*）[^（）]*)*）[。]?\s*")  # （责任单位：…）: the sentence before is all there is
_MONTH_TITLE = re.compile(r"\d{1,2}月(?:份)?[^，。；\d]{0,14}(?:月|周|季|主题|专题|重点)?。")  # 5月防灾减灾主题月。
_SAYS_SOMETHING = re.compile("[。；：\t]")  # as a signature below the last item does not


def _is_title(words: str) -> bool:
    """Whether the first sentence of an item only names what follows."""
    return (
        len(words) <= 50
        and words.count("，") <= 2
        and (len(words) <= 30 or "，" in words and max(map(len, words.split("，"))) <= 17)
        and not (_MODAL_HEAD.search(words) or _ACTOR_HEAD.match(words) or _COUNTS.search(words) or "负责" in words)
        or bool(_MONTH_TITLE.fullmatch(words))
    )


def _find_headings(text: str, items: list[Paragraph]) -> None:
    bare = _bare_titles(text, items)
    for i, item in enumerate(items):
        body = item.body
        if body is None:
            continue
        if i in bare:
            stop = text.index("。", body.start) + 1
            item.heading, item.body = Span(body.start, stop), Span(stop, body.end)
            continue
        day = _DAY_TITLE.match(text, body.start, body.end)
        if day and day.end() < body.end:
            item.heading, item.body = Span(body.start, day.end()), Span(day.end(), body.end)
            continue
        if not item.is_numbered:
            continue
        dated = _DATED_STAGE.match(text, body.start, body.end) if item.styles[-1] == "stage" else None
        if dated and dated.end() < body.end:
            item.heading, item.body = Span(body.start, dated.end()), Span(dated.end(), body.end)
            title = text[dated.end() : body.end].strip("：， ")
            if len(title) <= 20 and title[-1:] not in "。；" and i + 1 < len(items) and len(items[i + 1].path) > len(item.path):
                item.heading, item.body = body, None
            continue
        words = text[body.start : body.end]
        following = items[i + 1] if i + 1 < len(items) else None
        deeper = following is not None and (
            not following.is_numbered and "\t" not in words and bool(_SAYS_SOMETHING.search(text, *following.span)) or len(following.path) > len(item.path)
        )
        if deeper and words[-1] == "：" and _MODAL_HEAD.search(words):
            # 企业自查。各企业要落实下列工作：what follows has its subject from here.
            stop = text.find("。", body.start, body.end) + 1
            if stop:
                item.heading, item.body = Span(body.start, stop), Span(stop, body.end)
            continue
        may_hold_colon = deeper and (item.styles[-1] == "stage" or bool(_STAGE.match(words)))
        if words[-1] not in "。；，" and len(words) <= 45 and (may_hold_colon or "：" not in words[:-1]):
            if deeper or (len(item.path) == 1 and len(words) <= 12 and following is not None):
                item.heading, item.body = body, None
            continue
        stop = _first_sentence(text, body)
        first = re.sub(r"（[^（）]*）", "", text[body.start : stop])
        if stop < body.end or (deeper and stop == body.end and len(first) <= 26 and words[-1] == "。"):
            if _is_title(first) and not _ONLY_UNITS.fullmatch(text, stop, body.end):
                item.heading = Span(body.start, stop)
                item.body = Span(stop, body.end) if stop < body.end else None
                continue
        label = re.match(r"([^，。；：\n]{2,14})：", words)
        if label and item.styles[-1] in ("stage", "cn", "cn_brackets", "d", "first", "d2") and body.start + label.end() < body.end:
            item.heading = Span(body.start, body.start + label.end() - 1)
            item.body = Span(body.start + label.end(), body.end)
