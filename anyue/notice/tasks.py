"""From paragraphs to tasks: what governs an item, its heading, its lines of facts, its table rows."""

import re
from dataclasses import replace

from . import grammar, handed_in, kinds, lexicon, names, responsible, times
from .actors import Actor
from .outline import Paragraph, Span
from .sentences import Sentences, sentences
from .task import Scope, Source, Task
from .times import When, Window

_LABEL = re.compile(r"(?P<label>[一-龥]{2,10})：")
_META = {
    "time": re.compile(r"(?:活动|举办|实施|演练|培训|会议|宣传|竞赛|比赛)?(?:时间|日期)(?:安排)?"),
    "due": re.compile(r"(?:完成|办结|报送|截止|整改)?(?:时限|期限|截止时间|截止日期|完成时间|报送时间|时间要求|完成日期|截稿时间)"),
    "place": re.compile(r"(?:活动|举办|演练|培训)?地点"),
    "who": re.compile(r"(?:参加|参与|培训|参训|出席|参会|参演|活动|宣传)(?:人员|对象|单位|范围)|对象|受众"),
}
_ATTACHMENT = re.compile(r"附(?:件|表)\d*[：:]?")
_FORM = re.compile(r"(?:统计|信息|登记|报名|申报|汇总|推荐|反馈|自查|评分|签到|备案|审批|情况|申请|联系)表(?:（[^）]*）)?$|(?:台账|回执|报表|花名册|样式|样表)$")
_NOTHING = ("", "—", "——", "-", "--", "/", "无", "\\")
_DATE_FIRST = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日[，： ]*")
_BRACKET_UNITS = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）(?=。?$)")

# …。（责任单位：团县委）各乡镇…: a bracket for what stands before it, with more behind.
_INNER_UNITS = re.compile(r"(?<=[。；])（(?:牵头|责任|主办|负责|配合)[^（）：]{0,6}：[^（）]*(?:（[^（）]*）[^（）]*)*）(?=[^。；]{4})")


def find_tasks(source: Source, items: list[Paragraph]) -> list[Task]:
    """All tasks of the notice in order."""
    finder = _Finder(source, items)
    return finder.run()


class _Finder:
    """Walks the paragraphs once, keeping what governs."""

    def __init__(self, source: Source, items: list[Paragraph]) -> None:
        self.source = source
        self.text, self.masked = source.text, source.masked
        self.items = items
        self.tasks: list[Task] = []
        self.sentences = Sentences(source, self.tasks)
        self.scopes: dict[tuple[str, ...], Scope] = {(): Scope()}
        self.recipients = [Actor(name) for name in source.header.recipients]
        self.number = 0
        self.has_numbers = sum(item.is_numbered for item in items) >= 2
        self.past_numbers = self.past_lead_in = self.in_attachments = False
        self.columns: list[str] = []
        self.form = ""  # next: the title of what is appended follows; in: it was that of a form

    # ------------------------------------------------------------ paragraphs

    def run(self) -> list[Task]:
        for number, item in enumerate(self.items):
            self.number = self.sentences.number = number
            if item.span.end <= self.source.header.body_start and not item.is_numbered:
                continue
            self.past_numbers = self.past_numbers or item.is_numbered
            self._item(item)
        return [t for t in self.tasks if t.end > t.start]

    def _scope(self, item: Paragraph) -> Scope:
        path = item.path
        if item.is_numbered or path not in self.scopes:
            parent = self.scopes.get(path[:-1]) or next(
                (self.scopes[path[:n]] for n in range(len(path) - 1, -1, -1) if path[:n] in self.scopes), Scope()
            )
            self.scopes = {p: s for p, s in self.scopes.items() if len(p) < len(path)}
            self.scopes[path] = Scope(
                window=(self._stretch(path[-1]) if path else None) or parent.window, due=parent.due, is_silent=parent.is_silent, is_group=parent.is_group,
                lead_in=list(parent.lead_in), listed=list(parent.listed),
            )
        return self.scopes[path]

    def _item(self, item: Paragraph) -> None:
        scope = self._scope(item)
        if item.heading:
            self._heading(item, scope)
        if item.body is None:
            if item.heading and self._has_facts_below(item):
                item.body = item.heading
            else:
                return
        words = self.text[item.body.start : item.body.end]
        if self._in_form(item, words):
            return
        if "\t" in words:
            self._table_row(item, scope)
            return
        if self._is_frame(item, words):
            self.in_attachments = words.startswith("附件")
            return
        self.in_attachments = self.in_attachments and item.is_numbered and words[-1] not in "。；"
        if self.in_attachments:
            return
        if self._meta_line(item, scope, words):
            return
        body, listed, due = self._cut_units(item.body)
        scope.is_intro = not item.path and self.has_numbers and not self.past_numbers and not self.past_lead_in
        # …紧急通知如下： what follows is asked, numbered or not.
        self.past_lead_in = self.past_lead_in or bool(re.search(r"如下[：:]$", words))
        before = len(self.tasks)
        own = replace(scope, subject=list(scope.lead_in), subjects_seen=0, gathering=None, main=[]) if item.is_numbered or not item.path else scope
        if not item.is_numbered and item.path:
            own.subject = list(scope.lead_in) if not scope.subject else scope.subject
        section, at = "/".join(item.path) or "正文", body.start
        for inner in _INNER_UNITS.finditer(self.text, *body):
            words = inner.group()[1:-1]
            self._read(Span(at, inner.start()), own, section, responsible.parse_units(words, names.mask(words)))
            at = inner.end()
        self._read(Span(at, body.end), own, section, listed)
        scope.main = own.main
        scope.subject, scope.lead_in = own.subject, own.lead_in if own.lead_in else scope.lead_in
        for task in self.tasks[before:]:
            task.due = task.due or due

    def _read(self, span: Span, scope: Scope, section: str, listed: list[Actor]) -> None:
        """The sentences of a stretch; tasks without a subject of their own are for whom the bracket behind it lists."""
        before = len(self.tasks)
        for sentence in sentences(self.masked, span):
            self.sentences.read(sentence, scope, section)
        for task in self.tasks[before:]:
            if listed and not task.own_actor:
                task.actors = list(listed)
                task.reasons.append("bracket_units")

    def _in_form(self, item: Paragraph, words: str) -> bool:
        """Whether this is part of a form to be filled in, appended behind the notice: its lines ask nothing."""
        if _ATTACHMENT.fullmatch(words):
            self.form = "next"
        elif self.form == "next":
            self.form = "in" if _FORM.search(words) else ""
        elif item.styles[-1:] == ("cn",) and item.is_numbered:
            self.form = ""
        return bool(self.form)

    def _has_facts_below(self, item: Paragraph) -> bool:
        """An item that is only a title is a task where lines 时间 / 地点 / 参加人员 follow it."""
        if self.number + 1 >= len(self.items) or item.styles[-1:] == ("stage",):
            return False
        below = self.items[self.number + 1]
        label = _LABEL.match(self.text, below.span.start if not below.is_numbered or below.body is None else (below.heading or below.body).start)
        return label is not None and any(_META[key].fullmatch(label["label"]) for key in ("time", "place", "who"))

    def _is_frame(self, item: Paragraph, words: str) -> bool:
        """Title, signature, date, covering words, contact: nothing is asked."""
        if len(words) <= 40 and words[-1] not in "。；" and not item.is_numbered:
            header = self.source.header
            if header.title and re.sub(r"\s", "", words) in re.sub(r"\s", "", header.title):
                return True
            if re.fullmatch(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:印发)?|[〇○零一二三四五六七八九十]{4}年.*日", words):
                return True
            if header.issuer and words.replace(" ", "") in (header.issuer, header.issuer + "文件"):
                return True
        if item.span.end <= self.source.header.body_start or words.strip("“”。！") == self.source.header.theme:
            return True
        return bool(re.match(r"(?:现将|附件|联系人|抄送|特此通知|（?此件|主办[：]|编辑[：])", words)) and not item.is_numbered

    _CHAPTER_WORDS = re.compile(r"[（(].*?[）)]|[。：\s]|和|与|及")

    def _heading(self, item: Paragraph, scope: Scope) -> None:
        assert item.heading is not None
        words = self.text[item.heading.start : item.heading.end].strip("。：")
        plain = re.sub(r"（[^）]*）", "", words)
        silent = lexicon.entries("idle", "chapters", "silent")
        parts = [p for p in re.split(r"[和与及、]", plain) if p]
        scope.is_silent = bool(parts) and all(p in silent or any(p.endswith(s) and len(p) <= len(s) + 4 for s in silent) for p in parts)
        scope.is_group = plain in lexicon.entries("idle", "chapters", "group") or plain.endswith(("领导小组", "组织机构"))
        for when in times.find_all(self.text, self.source.frame, item.heading.start, item.heading.end):
            if isinstance(when.window, dict) and when.window != self.source.header.period:
                scope.window = when.window
            if when.due and not when.is_relative:
                scope.due = when.due
        scope.window, scope.title = self._stretch(words) or scope.window, plain
        subject = self._subject_of_heading(words)
        if subject:
            scope.lead_in, scope.subject = list(subject), list(subject)
            return
        theme_day = re.search(r"(?:^|，)([^，]{2,14}?)(?:主题日|专场|专题日|宣传日)$", _DATE_FIRST.sub("", plain))
        if theme_day and names.is_named(theme_day[1]):
            scope.lead_in = scope.subject = [Actor(theme_day[1])]
        bracket = re.search(r"（([^（）]*(?:（[^（）]*）[^（）]*)*)）[。：]?$", words)
        if bracket:
            body = bracket[1]
            listed = responsible.parse_units(body, names.mask(body))
            if listed:
                scope.listed = listed

    def _stretch(self, title: str) -> Window | None:
        stretch = times.stretch_of(title, self.source.frame)
        return stretch if stretch != self.source.header.period else None

    _LEVEL = re.compile(r"(?:层面|端|(?:重点)?任务|(?:主要|工作)?职责)$")
    _TOPIC_NAMES = re.compile(r"(?:矿|矿山|工地|景区|医院|市场|商场|酒店|车站|场馆|(?<!各)企业|实验室|电梯|锅炉|工程|小区|项目|场所|单元|食堂|宿舍|水库|码头|港口|平台|店|户|线|段|人|班|组)$")

    def _subject_of_heading(self, words: str) -> list[Actor]:
        """（一）市教育局。组织…; 二、班组层面: the heading is the subject of what stands under it."""
        bare = self._LEVEL.sub("", words.strip())
        is_level = bare != words.strip()
        masked = names.mask(bare)
        if not 2 <= len(bare) <= 40 or "：" in bare or re.search(r"[，。]|^进", bare) or grammar.verb_at(masked, 0, len(masked)):
            return []
        found = names.split(bare, masked)
        plain = [re.sub(r"（[^）]*）$", "", name) for name in found]
        if not all(names.is_named(names.mask(name)) and (is_level or not self._TOPIC_NAMES.search(name)) for name in plain):
            return []
        return [Actor(name) for name in found]

    def _meta_line(self, item: Paragraph, scope: Scope, words: str) -> bool:
        """责任单位：…, 完成时限：…, 时间：…: facts about the item above, no duty of their own."""
        if item.heading and item.heading.end < item.body.start and self.text[item.heading.end : item.body.start].startswith("："):  # type: ignore[union-attr]
            label, value = self.text[item.heading.start : item.heading.end].strip(), words
        else:
            found = _LABEL.match(words)
            if not found:
                found_bracket = re.fullmatch(r"[（【](.+)[）】]。?", words)
                if found_bracket and not item.is_numbered:
                    inner = found_bracket[1]
                    listed = responsible.parse_units(inner, names.mask(inner))
                    if listed:
                        self._apply_units(item, listed)
                        return True
                return False
            label, value = found["label"], words[found.end() :]
        if any(p.fullmatch(label) for p in responsible.ROLES.values()):
            whole = f"{label}：{value}"
            self._apply_units(item, responsible.parse_units(whole, names.mask(whole)))
            return True
        if _META["due"].fullmatch(label) or _META["time"].fullmatch(label):
            found_times = times.find_all(value, self.source.frame)
            self._apply_time(item, scope, found_times, due=bool(_META["due"].fullmatch(label)))
            return True
        if _META["place"].fullmatch(label):
            return True
        return bool(_META["who"].fullmatch(label))

    def _tasks_above(self, item: Paragraph) -> list[Task]:
        """Tasks of the same item, back to its number."""
        first, farthest = self.number, max(0, self.number - 200)
        path = item.path
        if item.is_numbered:
            path = path[:-1]
        while first > farthest and self.items[first].path[: len(path)] == path and not (
            self.items[first].is_numbered and self.items[first].path == path
        ):
            first -= 1
        return [t for t in self.tasks if t.paragraph >= first]

    def _apply_units(self, item: Paragraph, listed: list[Actor]) -> None:
        if not listed:
            return
        above = self._tasks_above(item)
        parent = self._tasks_above(replace(item, path=item.path[:-1], is_numbered=False)) if len(item.path) > 1 else []
        if not item.is_numbered and parent and not any("line_units" in t.reasons for t in parent):
            # A line after the last of several sub-items speaks of them all.
            above = parent if item.styles[-1:] in (("d_brackets",), ("circle",)) else above
        for task in above:
            if task.own_actor:
                continue
            if "line_units" in task.reasons:
                known = {a.name for a in task.actors}
                task.actors += [a for a in listed if a.name not in known]
            else:
                task.actors = list(listed)
                task.reasons.append("line_units")

    def _apply_time(self, item: Paragraph, scope: Scope, found: list[When], *, due: bool) -> None:
        tasks = self._tasks_above(item)
        for when in found[:1]:
            window = when.window if when.window != self.source.header.period else None
            for task in tasks:
                if due or when.due:
                    task.due = task.due or when.due or _end(when)
                elif window:
                    task.window = task.window or window
            if not tasks:
                scope.window = scope.window or window
                scope.due = scope.due or when.due

    def _cut_units(self, body: Span) -> tuple[Span, list[Actor], str | None]:
        """The body without a closing bracket of responsible units, those units, and by when (…；完成时限：6月16日前)."""
        words = self.text[body.start : body.end]
        found = _BRACKET_UNITS.search(words)
        if found and found.start() > 0:
            inner = found.group()[1:-1]
            labelled = re.match(r"[一-龥]{2,9}：", inner)
            listed = responsible.parse_units(inner, names.mask(inner))
            if listed and (labelled or len(words) > len(found.group()) + 6):
                return Span(body.start, body.start + found.start()), listed, self._due_in(inner)
        return body, [], None

    def _due_in(self, words: str) -> str | None:
        for part in re.split("[；，]", words):
            label = _LABEL.match(part)
            if label and _META["due"].fullmatch(label["label"]):
                return next((w.due or _end(w) for w in times.find_all(part[label.end() :], self.source.frame)), None)
        return None

    def _table_row(self, item: Paragraph, scope: Scope) -> None:
        """A row of a flattened table: its head row says which cell is what, else the cells tell by themselves."""
        cells: list[Span] = []
        at = item.span.start
        for part in self.text[item.span.start : item.span.end].split("\t"):
            cells.append(Span(at, at + len(part)))
            at += len(part) + 1
        words = [self.text[a:b].strip() for a, b in cells]
        heads = [responsible.column(word) for word in words]
        if len(heads) - heads.count(None) >= 2:
            self.columns = [head or "" for head in heads]
            return
        units: list[Actor] = []
        whens: list[When] = []
        duty: list[Span] = []
        also: list[Span] = []
        handed: list[str] = []
        for n, (cell, word) in enumerate(zip(cells, words, strict=True)):
            sort = self.columns[n] if len(self.columns) == len(cells) else responsible.guess_column(word)
            if word in _NOTHING:
                continue
            if sort in ("lead", "responsible", "support"):
                masked = names.mask(word).replace(" ", "、")
                listed = responsible.parse_units(word.replace(" ", "、"), masked) or responsible.with_role(names.split(word, names.mask(word)), sort)
                units += [Actor(u.name, sort) if sort != "responsible" else u for u in listed]  # type: ignore[arg-type]
            elif sort in ("due", "when"):
                whens += [when if sort == "when" or _is_stretch(when) else replace(when, due=when.due or _end(when)) for when in times.find_all(word, self.source.frame)]
            elif sort == "handed_in":
                handed = handed_in.things(word, names.mask(word))
            elif sort in ("duty", "also") and word:
                (duty if sort == "duty" else also).append(cell)
        path = (*item.path, words[0]) if words[0].isdigit() else item.path
        before = len(self.tasks)
        self._row_tasks([*duty[-1:], *also], units, whens, path, scope)
        for task in self.tasks[before:][-1:]:
            task.deliverables = task.deliverables or handed

    def _row_tasks(self, duty: list[Span], units: list[Actor], whens: list[When], path: tuple[str, ...], scope: Scope) -> None:
        before = len(self.tasks)
        section = "/".join(path) or "正文"
        for cell in duty:
            own = replace(scope, subject=[], main=[], is_silent=False, is_intro=False)
            for sentence in sentences(self.masked, cell):
                self.sentences.read(sentence, own, section)
            if len(self.tasks) == before and {"duty", "responsible"} <= set(self.columns) and cell.end - cell.start >= 5:
                # 树木修剪加固: in a table of duties a cell without a known verb is a duty all the same.
                task = Task(section, cell.start, cell.end, list(self.recipients), paragraph=self.number)
                task.kind, why = kinds.of_words(self.text[cell.start : cell.end])
                task.reasons = ["table_cell", f"kind:{why}"]
                self.tasks.append(task)
        for task in self.tasks[before:]:
            if units and task.reasons[:1] != ["own_subject"]:
                task.actors = list(units)
            for when in whens[:1]:
                task.due = task.due or when.due
                task.window = task.window or (None if when.due else when.window)


def _is_stretch(when: When) -> bool:
    return isinstance(when.window, dict) and when.window["start"] != when.window["end"]


def _end(when: When) -> str | None:
    """The last day of a stretch, a rhythm itself."""
    return when.window.get("end") if isinstance(when.window, dict) else when.window
