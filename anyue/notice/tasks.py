"""From paragraphs to tasks: sentences, clauses, who governs whom, and what each clause asks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from . import actors, clauses, grammar, kinds, lexicon, names, quotas, times
from .actors import Actor
from .clauses import Clause
from .header import Header
from .names import BLANK
from .outline import Paragraph, Span
from .quotas import Quota
from .times import When, Window


@dataclass
class Task:
    """One duty: the words that impose it and what they say. Offsets are into the clean text until mapped back."""

    section: str
    start: int
    end: int
    actors: list[Actor]
    kind: str = "other"
    strength: str = "must"
    participants: list[str] = field(default_factory=list)
    quota: Quota | None = None
    window: Window | None = None
    due: str | None = None
    deliverables: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    confidence: float = 0.9
    urges: bool = False
    verb: str = ""
    own_actor: bool = False
    paragraph: int = 0


@dataclass
class Source:
    """What every step looks at: the clean text, its mask, the head of the notice and the frame of its dates."""

    text: str
    masked: str
    header: Header
    frame: times.Frame


@dataclass
class Scope:
    """What governs the clauses of one item: its subject, its stage's dates, the list of responsible units."""

    subject: list[Actor] = field(default_factory=list)
    subjects_seen: int = 0
    window: Window | None = None
    due: str | None = None
    listed: list[Actor] = field(default_factory=list)
    lead_in: list[Actor] = field(default_factory=list)
    gathering: Window | None = None
    main: list[Actor] = field(default_factory=list)
    is_silent: bool = False
    is_intro: bool = False
    is_group: bool = False


_STOP = re.compile(r"[。！？\n]")
_LABEL = re.compile(r"(?P<label>[一-龥]{2,10})：")
_ROLES = {
    "lead": re.compile(r"牵头(?:责任)?(?:单位|部门|科室|处室)|牵头|主责单位|主办单位|主办"),
    "responsible": re.compile(r"责任(?:单位|部门|科室|处室|人|主体|领导|处|股室)|负责(?:单位|部门|科室|人)|落实单位|承办(?:单位|部门)?|实施(?:单位|主体)|组织单位|完成单位|主体责任单位|牵头及责任单位|执行单位|落实部门"),
    "support": re.compile(r"(?:配合|协助|协办|参与|参加|支持)(?:单位|部门|科室)|配合|协办"),
}
_META = {
    "time": re.compile(r"(?:活动|举办|实施|演练|培训|会议|宣传|竞赛|比赛)?(?:时间|日期)(?:安排)?"),
    "due": re.compile(r"(?:完成|办结|报送|截止|整改)?(?:时限|期限|截止时间|截止日期|完成时间|报送时间|时间要求|完成日期|截稿时间)"),
    "place": re.compile(r"(?:活动|举办|演练|培训)?地点"),
    "who": re.compile(r"(?:参加|参与|培训|参训|出席|参会|参演|活动|宣传)(?:人员|对象|单位|范围)|对象|受众"),
}


def _sentences(masked: str, span: Span) -> Iterator[Span]:
    start = span.start
    for found in _STOP.finditer(masked, span.start, span.end):
        if found.start() > start:
            yield Span(start, found.start())
        start = found.end()
    if start < span.end:
        yield Span(start, span.end)


def _pieces(masked: str, sentence: Span) -> list[tuple[Span, str]]:
    """The clauses of a sentence with the mark that closes each."""
    out, start = [], sentence.start
    for found in re.compile(r"[，；：]").finditer(masked, sentence.start, sentence.end):
        if found.start() > start:
            out.append((Span(start, found.start()), found.group()))
        start = found.end()
    if start < sentence.end:
        out.append((Span(start, sentence.end), "。"))
    return out


def find_tasks(source: Source, items: list[Paragraph]) -> list[Task]:
    """All tasks of the notice in order."""
    finder = _Finder(source, items)
    return finder.run()


def parse_units(text: str, masked: str) -> list[Actor]:
    """Actors of a bracketed list or a line of responsible units: 牵头单位：A；责任单位：B、C / A牵头，B配合 / A、B."""
    out: list[Actor] = []
    at = 0
    for part in re.split(r"[；。]", text):
        part_masked = masked[at : at + len(part)]
        at += len(part) + 1
        labelled = re.match(r"([一-龥]{2,9})：", part)
        if labelled:
            role = next((r for r, p in _ROLES.items() if p.fullmatch(labelled[1])), None)
            if role is None:
                continue
            body, body_masked = part[labelled.end() :], part_masked[labelled.end() :]
            # A second label may follow after a comma or a space: 牵头单位：A 责任单位：B
            again = re.search(r"[，、 ]?([一-龥]{2,7}(?:单位|部门|科室|人))：", body)
            if again:
                out += _roles(names.split(body[: again.start()], body_masked[: again.start()]), role)
                out += parse_units(body[again.start(1) :], body_masked[again.start(1) :])
                continue
            out += _roles(names.split(body, body_masked), role)
            continue
        out += _verbal_units(part, part_masked)
    seen: dict[str, Actor] = {}
    for actor in out:
        actor.name = re.sub(r"(?:按照?(?:各自)?职责(?:分工)?(?:分别)?负责|按职责分工|等)+$", "", actor.name).strip("等")
        if actor.name:
            seen.setdefault(actor.name, actor)
    return list(seen.values())


def _roles(found: list[str], role: str) -> list[Actor]:
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
                out += _roles(names.split(clause, clause_masked), "responsible")
            continue
        role = "lead" if "牵头" in tail[1] else "support" if re.search("配合|协助|参与", tail[1]) else "responsible"
        body = clause[: tail.start()]
        out += _roles(names.split(body, clause_masked[: tail.start()]), role)
    return out


_COLUMN_NAMES = {
    **dict.fromkeys(["序号", "编号", "备注", "进度", "类别", "项目", "阶段"], ""),
    **dict.fromkeys(["工作内容", "工作任务", "任务", "内容", "主要内容", "重点任务", "任务内容", "具体内容", "具体任务", "检查内容", "工作要求", "活动内容", "具体措施", "工作措施", "任务措施"], "duty"),
    **dict.fromkeys(["责任单位", "责任部门", "责任科室", "责任人", "责任主体", "负责单位", "负责部门", "承办单位", "落实单位", "责任处室", "主办单位"], "responsible"),
    **dict.fromkeys(["牵头单位", "牵头部门", "牵头科室"], "lead"),
    **dict.fromkeys(["配合单位", "配合部门", "协办单位", "参与单位"], "support"),
    **dict.fromkeys(["完成时限", "时限", "完成时间", "时间", "截止时间", "时间要求", "时间安排", "期限", "完成期限", "时间节点"], "due"),
}
_BRACKET_UNITS = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）(?=。?$)")


class _Finder:
    """Walks the paragraphs once, keeping what governs."""

    def __init__(self, source: Source, items: list[Paragraph]) -> None:
        self.source = source
        self.text, self.masked = source.text, source.masked
        self.items = items
        self.tasks: list[Task] = []
        self.scopes: dict[tuple[str, ...], Scope] = {(): Scope()}
        self.recipients = [Actor(name) for name in source.header.recipients]
        self.number = 0
        self.has_numbers = sum(item.is_numbered for item in items) >= 2
        self.past_numbers = False
        self.columns: list[str] = []

    # ------------------------------------------------------------ paragraphs

    def run(self) -> list[Task]:
        for number, item in enumerate(self.items):
            self.number = number
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
                window=parent.window, due=parent.due, is_silent=parent.is_silent, is_group=parent.is_group,
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
        if "\t" in words:
            self._table_row(item, scope)
            return
        if self._is_frame(item, words):
            return
        if self._meta_line(item, scope, words):
            return
        body, listed = self._cut_units(item.body)
        scope.is_intro = not item.path and self.has_numbers and not self.past_numbers
        before = len(self.tasks)
        own = replace(scope, subject=list(scope.lead_in), subjects_seen=0, gathering=None, main=[]) if item.is_numbered or not item.path else scope
        if not item.is_numbered and item.path:
            own.subject = list(scope.lead_in) if not scope.subject else scope.subject
        for sentence in _sentences(self.masked, body):
            self._sentence(sentence, own, "/".join(item.path) or "正文")
        scope.main = own.main
        scope.subject, scope.lead_in = own.subject, own.lead_in if own.lead_in else scope.lead_in
        if listed:
            for task in self.tasks[before:]:
                if not task.own_actor:
                    task.actors = list(listed)
                    task.reasons.append("units in brackets")

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
        if item.span.end <= self.source.header.body_start:
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
        theme_day = re.search(r"(?:^|，)([^，]{2,14}?)(?:主题日|专场|专题日|宣传日)$", plain)
        if theme_day and names.is_named(theme_day[1]):
            scope.lead_in = scope.subject = [Actor(theme_day[1])]
        bracket = re.search(r"（([^（）]*(?:（[^（）]*）[^（）]*)*)）[。：]?$", words)
        if bracket:
            body = bracket[1]
            listed = parse_units(body, names.mask(body))
            if listed:
                scope.listed = listed

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
                    listed = parse_units(inner, names.mask(inner))
                    if listed:
                        self._apply_units(item, listed)
                        return True
                return False
            label, value = found["label"], words[found.end() :]
        if any(p.fullmatch(label) for p in _ROLES.values()):
            whole = f"{label}：{value}"
            self._apply_units(item, parse_units(whole, names.mask(whole)))
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
        first = self.number
        path = item.path
        if item.is_numbered:
            path = path[:-1]
        while first > 0 and self.items[first].path[: len(path)] == path and not (
            self.items[first].is_numbered and self.items[first].path == path
        ):
            first -= 1
        return [t for t in self.tasks if t.paragraph >= first]

    def _apply_units(self, item: Paragraph, listed: list[Actor]) -> None:
        if not listed:
            return
        above = self._tasks_above(item)
        parent = self._tasks_above(replace(item, path=item.path[:-1], is_numbered=False)) if len(item.path) > 1 else []
        if not item.is_numbered and parent and not any("units on a line" in t.reasons for t in parent):
            # A line after the last of several sub-items speaks of them all.
            above = parent if item.styles[-1:] in (("d_brackets",), ("circle",)) else above
        for task in above:
            if task.own_actor:
                continue
            if "units on a line" in task.reasons:
                known = {a.name for a in task.actors}
                task.actors += [a for a in listed if a.name not in known]
            else:
                task.actors = list(listed)
                task.reasons.append("units on a line")

    def _apply_time(self, item: Paragraph, scope: Scope, found: list[When], *, due: bool) -> None:
        tasks = self._tasks_above(item)
        for when in found[:1]:
            window = when.window if when.window != self.source.header.period else None
            for task in tasks:
                if due or when.due:
                    end = when.window.get("end") if isinstance(when.window, dict) else when.window
                    task.due = task.due or when.due or (end if isinstance(end, str) else None)
                elif window:
                    task.window = task.window or window
            if not tasks:
                scope.window = scope.window or window
                scope.due = scope.due or when.due

    def _cut_units(self, body: Span) -> tuple[Span, list[Actor]]:
        """The body without a closing bracket of responsible units, and those units."""
        words = self.text[body.start : body.end]
        found = _BRACKET_UNITS.search(words)
        if found and found.start() > 0:
            inner = found.group()[1:-1]
            labelled = re.match(r"[一-龥]{2,9}：", inner)
            listed = parse_units(inner, names.mask(inner))
            if listed and (labelled or len(words) > len(found.group()) + 6):
                return Span(body.start, body.start + found.start()), listed
        return body, []

    def _table_row(self, item: Paragraph, scope: Scope) -> None:
        """A row of a flattened table: its head row says which cell is what, else the cells tell by themselves."""
        cells: list[Span] = []
        at = item.span.start
        for part in self.text[item.span.start : item.span.end].split("\t"):
            cells.append(Span(at, at + len(part)))
            at += len(part) + 1
        words = [self.text[a:b].strip() for a, b in cells]
        if sum(word in _COLUMN_NAMES for word in words) >= 2:
            self.columns = [_COLUMN_NAMES.get(word, "") for word in words]
            return
        units: list[Actor] = []
        whens: list[When] = []
        duty: list[Span] = []
        for n, (cell, word) in enumerate(zip(cells, words, strict=True)):
            sort = self.columns[n] if len(self.columns) == len(cells) else self._guess(word)
            if sort in ("lead", "responsible", "support"):
                masked = names.mask(word).replace(" ", "、")
                listed = parse_units(word.replace(" ", "、"), masked) or _roles(names.split(word, names.mask(word)), sort)
                units += [Actor(u.name, sort) if sort != "responsible" else u for u in listed]  # type: ignore[arg-type]
            elif sort == "due":
                whens += times.find_all(word, self.source.frame)
            elif sort == "duty" and word:
                duty.append(cell)
        self._row_tasks(duty, units, whens, item, scope)

    def _row_tasks(self, duty: list[Span], units: list[Actor], whens: list[When], item: Paragraph, scope: Scope) -> None:
        before = len(self.tasks)
        section = "/".join(item.path) or "正文"
        for cell in duty[-1:]:
            own = replace(scope, subject=[], main=[], is_silent=False, is_intro=False)
            for sentence in _sentences(self.masked, cell):
                self._sentence(sentence, own, section)
            if len(self.tasks) == before and {"duty", "responsible"} <= set(self.columns) and cell.end - cell.start >= 5:
                # 树木修剪加固: in a table of duties a cell without a known verb is a duty all the same.
                task = Task(section, cell.start, cell.end, list(self.recipients), paragraph=self.number, confidence=0.4)
                task.kind, why = kinds.of_words(self.text[cell.start : cell.end])
                task.reasons = ["a cell of a table of duties", f"kind by {why}"]
                self.tasks.append(task)
        for task in self.tasks[before:]:
            if units and task.reasons[:1] != ["its own subject"]:
                task.actors = list(units)
            for when in whens[:1]:
                window = when.window
                end = window if isinstance(window, str) else window.get("end") if window else None
                task.due = task.due or when.due or end

    @staticmethod
    def _guess(word: str) -> str:
        if not word or re.fullmatch(r"\d{1,3}|备注", word):
            return ""
        masked = names.mask(word)
        found = times.find_all(word, times.Frame(issued=None))
        if found and sum(w.end - w.start for w in found) >= 0.6 * len(word):
            return "due"
        is_name = names.is_named(re.sub(r"〓+$", "", masked)) and not grammar.verb_at(masked, 0, len(masked))
        return "responsible" if is_name or re.search(r"（(?:牵头|配合)）", word) else "duty"

    # ------------------------------------------------------------ sentences

    def _sentence(self, sentence: Span, scope: Scope, section: str) -> None:
        found = times.find_all(self.text, self.source.frame, sentence.start, sentence.end)
        found = [w for w in found if BLANK not in self.masked[w.start : w.end] or w.end - w.start > 6 and self.masked[w.start] != BLANK]
        at = {w.start: w.end for w in found}
        pieces = _pieces(self.masked, sentence)
        scope.subject = list(scope.main) or scope.subject
        state = _State(section, first_task=len(self.tasks))
        n = len(pieces)
        for i, (span, mark) in enumerate(pieces):
            clause = clauses.read(self.text, self.masked, span.start, span.end, at)
            own_times = [w for w in found if span.start <= w.start < span.end]
            self._clause(clause, mark, own_times, scope, state, is_last=i == n - 1)
        if state.loose_actor:
            scope.subject = state.loose_actor
        if state.opening_subject:
            scope.main = state.opening_subject
        elif not self.tasks[state.first_task :] and scope.subject:
            scope.main = list(scope.subject)

    def _clause(self, clause: Clause, mark: str, whens: list[When], scope: Scope, state: "_State", *, is_last: bool) -> None:
        if clause.sort == "silent":
            state.silent = True
            return
        if clause.sort == "frame":
            return
        if state.silent:
            return
        self._carry_times(clause, whens, scope, state)
        if clause.actors:
            self._new_subject(clause, scope, state)
        if clause.sort == "amount" or clause.sort == "fragment" and self._goes_on(clause):
            if state.last is not None and self.tasks and self.tasks[-1] is state.last and clause.start - state.last.end <= 2:
                self._extend(state.last, clause)
                state.last.due = state.last.due or next((w.due for w in whens if w.due), None)
                return
        if clause.sort == "condition":
            state.condition = clause.core
            return
        if clause.sort == "fragment" and state.last is not None and state.last.quota and _ENUMERATED.match(self.masked, clause.core, clause.end):
            clause.sort, clause.head = "task", clause.core
            clause.reason = "one more of the things counted"
        if clause.sort == "task" and clause.verb in ("完成", "办结") and not self.masked[clause.head + len(clause.verb) : clause.end]:
            due = next((w.due for w in whens if w.due), None)
            for task in self.tasks[state.first_task :]:
                task.due = task.due or due
            return
        if clause.sort == "task" and not self.masked[clause.head + len(clause.verb) : clause.end] and re.search(r"(?:配合|协助)$", clause.verb):
            self._add_support(clause, state)
            return
        if clause.sort == "actor":
            state.collected += clause.actors
            scope.subject = [Actor(a.name, a.role) for a in state.collected]
            state.clause_actors = list(state.collected)
            if self.masked[clause.start : clause.end].endswith("牵头") or clause.has_lead:
                state.actor_clause = clause.core
            return
        if clause.sort == "manner" or clause.sort == "fragment":
            self._manner(clause, scope, state)
            return
        if mark == "：" and not is_last and clause.sort in ("task", "idle", "effect") and self._announces(clause):
            scope.lead_in = list(scope.subject) if scope.subject else scope.lead_in
            return
        if mark == "：" and is_last:
            scope.lead_in = list(scope.subject) if scope.subject else scope.lead_in
            return
        if clause.sort not in ("task", "noun"):
            state.condition = None
            return
        if (scope.is_silent or scope.is_group) and not clause.actors and not state.has_subject:
            return
        if scope.is_silent and not clause.has_modal and not state.has_subject:
            return
        if scope.is_intro and not (clause.has_modal and clause.actors or self.masked[clause.start : clause.core].endswith("请")):
            return
        if clause.sort == "noun":
            return
        self._emit(clause, whens, scope, state)

    def _add_support(self, clause: Clause, state: "_State") -> None:
        """社区予以协助: without an object it only adds who supports."""
        if clause.actors and state.last is not None:
            known = {a.name for a in state.last.actors}
            state.last.actors += [Actor(a.name, "support") for a in clause.actors if a.name not in known]

    def _announces(self, clause: Clause) -> bool:
        words = self.masked[clause.head : clause.end]
        return not re.search(r"报送|上报|提交|张贴|播放", words) or len(words) < 8

    @staticmethod
    def _goes_on(clause: Clause) -> bool:
        return False

    def _carry_times(self, clause: Clause, whens: list[When], scope: Scope, state: "_State") -> None:
        """Dates hold for the sentence; a rhythm without a day (每月, 每周) only for its own clause."""
        words = self.masked[clause.start : clause.end]
        if scope.gathering is not None and _SAME_GATHERING.search(words) and state.window is None:
            state.window = scope.gathering
        for when in whens:
            if when.window is not None and when.window == self.source.header.period:
                continue
            if when.window is not None:
                is_rhythm = isinstance(when.window, str) and when.window in _PLAIN_RHYTHMS
                stands_alone = clause.sort in ("manner", "fragment", "noun", "actor")
                if is_rhythm:
                    continue
                if clause.verb in grammar.lists()["hand_in"] and isinstance(when.window, str):
                    continue
                if state.window is not None and isinstance(when.window, str) and when.window.startswith(("weekly", "monthly")):
                    continue
                state.window = when.window
                state.window_owner = None if stands_alone else state.window_owner
                if isinstance(when.window, dict) and when.window["start"] == when.window["end"]:
                    scope.gathering = when.window
            elif when.due is not None and clause.sort in ("manner", "fragment", "actor", "condition"):
                state.next_due = when.due

    def _new_subject(self, clause: Clause, scope: Scope, state: "_State") -> None:
        self._flush_pending(scope, state)
        state.clause_actors = clause.actors
        state.has_subject = True
        if scope.subject and (_LEADERS.search(clause.actors[-1].name) or self._is_aside(clause)):
            return
        if state.collected and clause.sort != "actor" and any(a.role == "responsible" for a in state.collected):
            clause.actors = [*state.collected, *clause.actors]
            state.collected = []
        fresh = [a.name for a in clause.actors]
        if [a.name for a in scope.subject] != fresh:
            scope.subjects_seen += 1
            if state.emitted and state.window is not None and state.window_owner not in (None, fresh):
                state.window = None
            state.due = None
        scope.subject = [Actor(a.name, "responsible") for a in clause.actors]
        if not state.emitted:
            state.opening_subject = list(scope.subject)

    def _is_aside(self, clause: Clause) -> bool:
        """在汛期施工的项目必须…: a part of the subject, which goes on after it."""
        words = self.masked[clause.core : clause.actor_end]
        return bool(re.search(r"的[^的]{1,8}$", words)) and not words.startswith(("各", "有关"))

    def _flush_pending(self, scope: Scope, state: "_State") -> None:
        """学校要针对…，家庭要针对…，开展…: a subject with its modal and nothing else yet is a duty all the same."""
        pending = state.pending
        state.pending = None
        if pending is None or not pending.has_modal or state.section is None:
            return
        task = Task(state.section, pending.core, pending.end, list(pending.actors), paragraph=self.number, own_actor=True)
        task.kind, why = kinds.of_words(self.text[pending.core : pending.end])
        task.window = state.window or scope.window
        task.due = scope.due
        task.confidence = 0.4
        task.reasons = ["its own subject", "a subject with a modal, its verb stands later", f"kind by {why}"]
        self.tasks.append(task)
        state.last, state.emitted = task, True

    def _manner(self, clause: Clause, scope: Scope, state: "_State") -> None:
        words = self.masked[clause.core : clause.end]
        if words.startswith("在") and not re.search(r"(?:期间|上|下|中|前|后|时|内)$", words) and not clause.actors:
            state.condition = clause.core
        if clause.actors:
            state.loose_actor = [Actor(a.name) for a in clause.actors]
            state.pending = clause
        words = self.masked[clause.core : clause.end]
        if words.startswith(("面向", "重点面向", "主要面向")):
            state.condition = clause.core
            inside = re.sub(r"^(?:重点|主要)?面向", "", self.text[clause.core : clause.end])
            state.participants = names.split(inside, names.mask(inside), people=True)

    def _extend(self, task: Task, clause: Clause) -> None:
        task.end = clause.end
        if task.quota is None:
            task.quota = quotas.find(self.text, self.masked, clause.start, clause.end)

    # ------------------------------------------------------------ tasks

    def _emit(self, clause: Clause, whens: list[When], scope: Scope, state: "_State") -> None:
        spans = self._split_verbs(clause)
        for k, (start, end, head, verb) in enumerate(spans):
            if k == 0 and self._same_thing(start, end, head, verb, clause, state):
                self._join_last(clause, whens, state)
                continue
            task = Task(state.section, start, end, [], verb=verb, paragraph=self.number)
            if k == 0:
                if state.condition is not None and state.condition < start:
                    task.start = state.condition
                elif state.actor_clause is not None and state.actor_clause < start:
                    task.start = state.actor_clause
            self._fill(task, clause, head, whens, scope, state, first=k == 0)
            self.tasks.append(task)
            state.last = task
            state.emitted = True
            state.window_owner = [a.name for a in task.actors]
        state.condition = None
        state.actor_clause = None
        state.participants = []
        state.next_due = None
        state.loose_actor = []
        state.pending = None

    def _split_verbs(self, clause: Clause) -> list[tuple[int, int, int, str]]:
        """One (start, end, head, verb) a verb phrase; several where 、 和 并 join phrases with objects of their own."""
        masked = self.masked
        start = clause.core
        out: list[tuple[int, int, int, str]] = []
        head, verb = clause.head, clause.verb
        if not verb:
            return [(start, clause.end, clause.head, "")]
        noun_too = grammar.lists()["noun_too"]
        for found in re.compile(r"(?:、|，|并(?!且)|和|及|，?同时|并且|，并)").finditer(masked, head + len(verb) + 1, clause.end):
            at = found.end()
            adverb = re.compile(r"(?:及时|认真|积极|统一|集中|定期|逐一|在[^、，]{1,10}?|LED屏幕?|电子屏)").match(masked, at, clause.end)
            if adverb and grammar.verb_at(masked, adverb.end(), clause.end):
                at = adverb.end()
            new = grammar.verb_at(masked, at, clause.end)
            if not new or new in grammar.lists()["effect"]:
                continue
            if new in noun_too and not (found.group().startswith("并") and len(masked[at + len(new) : clause.end]) >= 2):
                continue
            own_object = masked[head + len(verb) : found.start()]
            its_object = re.split(r"[、，]", masked[at + len(new) : clause.end])[0]
            if len(own_object) < 2 or len(its_object) < 2 or its_object.startswith(("等", "的", "、")):
                continue
            if found.group() in ("、", "和", "及") and re.search(r"(?:等|工作|活动)$", masked[:clause.end][-2:]) and new in noun_too:
                continue
            if grammar.verb_at(own_object, 0, len(own_object)) == own_object:
                continue
            if re.match(r"(?:经|与)", masked[found.end() : clause.end]):
                continue
            if own_object.endswith("的"):
                continue
            out.append((start, found.start(), head, verb))
            start, head, verb = found.end(), at, new
        out.append((start, clause.end, head, verb))
        return [part for phrase in out for part in self._split_counts(*phrase)]

    def _split_counts(self, start: int, end: int, head: int, verb: str) -> list[tuple[int, int, int, str]]:
        """举办1场主场活动、3场进校园活动: things counted one by one under one verb are tasks of their own."""
        cuts = [m.start() for m in _NEXT_COUNT.finditer(self.masked, head, end)]
        if not cuts or not _COUNT.search(self.masked, head, cuts[0]):
            return [(start, end, head, verb)]
        edges = [start, *cuts, end]
        return [
            (a + (k > 0), b, head if k == 0 else a + 1, verb) for k, (a, b) in enumerate(zip(edges, edges[1:], strict=False))
        ]

    def _same_thing(self, start: int, end: int, head: int, verb: str, clause: Clause, state: "_State") -> bool:
        """推荐作品1至3件，于…前发送: a step with the thing in hand, no task of its own."""
        if state.last is None or clause.actors or not self.tasks or self.tasks[-1] is not state.last:
            return False
        if clause.start - state.last.end > 2:
            return False
        hand_in = grammar.lists()["hand_in"]
        rest = self.masked[head + len(verb) : end]
        bare = not rest or re.fullmatch(r"(?:至|到|给)?[^、，〓]{0,24}(?:办公室|安委办|办|局|科|部|处|厅|邮箱|邮箱〓*|委|中心|公司|学校|备案)", rest)
        before = self.masked[start:head]
        if verb in hand_in and bare and not re.search(r"[将把]", before):
            return True
        again = re.search(r"[将把](.{2,12})$", before)
        if verb in hand_in and again:
            noun = next((w for w in ("联络员", "信息员", "联系人") if w in again[1]), None)
            return bool(noun and noun in self.text[state.last.start : state.last.end])
        last = self.masked[state.last.start : state.last.end]
        return verb in ("采取", "采用", "开展") and bool(re.search(r"(?:组成|成立|派出|抽调)[^，]*?(?:组|队)$", last)) and self.masked.startswith(
            ("采取", "采用", "通过"), clause.core
        )

    def _join_last(self, clause: Clause, whens: list[When], state: "_State") -> None:
        task = state.last
        assert task is not None
        task.end = clause.end
        for when in whens:
            task.due = task.due or when.due
        task.due = task.due or state.next_due
        if not task.deliverables:
            task.deliverables = self._object_before(task, clause.end)
            if task.deliverables:
                task.kind = kinds.of_hand_in("、".join(task.deliverables)) if "作品" not in task.deliverables else task.kind
        state.next_due = None

    def _fill(self, task: Task, clause: Clause, head: int, whens: list[When], scope: Scope, state: "_State", *, first: bool) -> None:
        text, masked = self.text, self.masked
        lists = grammar.lists()
        self._set_actors(task, clause, scope, state, first=first)
        task.strength = "encourage" if self._encourages(clause, head, first) else "must"
        task.quota = quotas.find(text, masked, task.start, task.end)
        self._set_times(task, head, whens, scope, state, first=first)
        task.participants = state.participants if first and state.participants else []
        task.participants = task.participants or self._participants(task, clause, head)
        task.urges = task.verb in ("督促", "督导", "指导", "推动", "引导", "敦促")
        gives = task.verb == "交" or task.verb == "推荐" and bool(re.search(r"推荐[至给]|向[^，]{2,12}推荐", text[task.start : task.end]))
        reported = gives or task.verb in lists["hand_in"] and not (
            task.verb in ("发送", "上传", "送达", "填报") and not re.search(r"(?:邮箱|办公室|安委办|局|@|[处科办部]$)", text[task.start : task.end])
        )
        if reported:
            task.deliverables = self._handed_in(task, head)
        if task.deliverables:
            task.kind, why = kinds.of_hand_in("、".join(task.deliverables)), "handed in"
        elif reported:
            task.kind, why = (state.last.kind, "the task before") if state.last else ("progress_report", "handed in")
        else:
            task.kind, why = self._kind(task, clause, head, state)
        task.reasons.append(f"verb {task.verb}" if task.verb else "subject with a modal")
        if why:
            task.reasons.append(f"kind by {why}")
        task.confidence = self._confidence(task, clause)

    def _kind(self, task: Task, clause: Clause, head: int, state: "_State") -> tuple[str, str]:
        """The kind of what is done, not of who does it; a step in a check or a gathering follows it."""
        start = clause.actor_end if task.start < clause.actor_end <= head else task.start
        words = self.text[start : task.end]
        for name in task.participants:
            words = words.replace(name, "", 1)
        kind, why = kinds.of_words(words)
        last = state.last or (self.tasks[-1] if self.tasks and self.tasks[-1].section == task.section else None)
        if last is not None and last.kind in _CHECKS and kind in (*_CHECKS, "other", "plan") and _STEP_OF_CHECK.search(words):
            return last.kind, "a step of the check before it"
        if kind == "other" and last is not None and _SAME_GATHERING.search(words):
            return last.kind, "the gathering before it"
        if kind == "other" and state.last is not None and state.last.kind in _GOES_ON and not clause.actors:
            return state.last.kind, "the activity before it"
        return kind, why

    def _set_times(self, task: Task, head: int, whens: list[When], scope: Scope, state: "_State", *, first: bool) -> None:
        own = [w for w in whens if task.start <= w.start < task.end]
        hands_in = task.verb in grammar.lists()["hand_in"]
        for when in own:
            if when.due is not None and task.due is None:
                task.due = when.due
                if when.start < head:
                    state.due = when.due
            if hands_in and isinstance(when.window, str) and re.match(r"(?:weekly|monthly|quarterly):", when.window):
                task.due = task.due or when.window
        if task.due is None and first and state.next_due is not None:
            task.due = state.due = state.next_due
        task.due = task.due or state.due or scope.due
        windows = [w.window for w in own if w.window is not None and w.window != self.source.header.period]
        plain = next((w for w in windows if w in _PLAIN_RHYTHMS), None)
        dated = next((w for w in windows if w not in _PLAIN_RHYTHMS), None)
        if dated is not None and dated == task.due:
            dated = None
        window = dated or state.window
        if window == task.due:
            window = None
        if window is None and plain is not None and task.quota is None and task.due is None:
            window = plain
        task.window = window or scope.window

    def _encourages(self, clause: Clause, head: int, first: bool) -> bool:
        words = lexicon.entries("verbs", "other", "encourage")
        verb = grammar.verb_at(self.masked, head, clause.end)
        if verb in words:
            return True
        lead = self.masked[clause.core : head]
        return bool(re.search(r"(?:鼓励|号召|动员|提倡|倡导|可(?:以)?$|可(?:结合|采取|通过|根据|自行|适当))", lead))

    def _set_actors(self, task: Task, clause: Clause, scope: Scope, state: "_State", *, first: bool) -> None:
        if clause.actors:
            task.actors = list(clause.actors) if first else [Actor(a.name) for a in clause.actors]
            task.own_actor = True
            if clause.has_lead and all(a.role == "responsible" for a in task.actors) and first:
                task.actors = [Actor(a.name, "lead") for a in task.actors]
            task.reasons.append("its own subject")
            return
        governing = scope.subject
        if clause.partners and governing:
            governing = [*governing, *clause.partners]
        encourages = self._encourages(clause, clause.head, first)
        if encourages and scope.subjects_seen > 1 and not state.emitted:
            governing = []
        if clause.verb in ("配合", "协助") and governing:
            task.actors = [Actor(a.name, "support") for a in governing]
            task.own_actor = True
            return
        if governing:
            task.actors = [Actor(a.name, a.role) for a in governing]
            if any(a.role != "responsible" for a in governing):
                # 牵头 counts for its own clause only.
                scope.subject = [Actor(a.name) for a in governing if a.role != "support"] or governing
            task.own_actor = state.has_subject
            task.reasons.append("the subject that governs")
            return
        if scope.listed:
            task.actors = list(scope.listed)
            task.reasons.append("units of the heading")
            return
        if self._is_issuers(clause):
            task.actors = [Actor(self.source.header.issuer)] if self.source.header.issuer else list(self.recipients)
            task.reasons.append("only the issuer can")
            return
        if self.recipients:
            task.actors = list(self.recipients)
            task.reasons.append("nobody named: the addressees")
        elif self.source.header.issuer:
            task.actors = [Actor(self.source.header.issuer)]
            task.reasons.append("nobody named: the issuer")

    def _is_issuers(self, clause: Clause) -> bool:
        lead = self.masked[clause.core : clause.head]
        return bool(re.match(r"(?:将|拟)", self.masked[clause.core : clause.end])) and "将" in lead[:1] and not re.match(
            r"将[^，]{1,30}(?:报送|报|纳入|发放|列入|作为|送)", self.masked[clause.core : clause.end]
        ) or clause.verb in ("评选", "征集") and not self.recipients

    def _participants(self, task: Task, clause: Clause, head: int) -> list[str]:
        text, masked = self.text, self.masked
        reach = grammar.lists()["reach"]
        best: list[str] = []
        at = head
        verb = task.verb
        if verb in reach or any(verb.startswith(r) for r in ("组织", "动员", "鼓励", "号召")):
            begin = at + len(verb)
            stop = grammar.next_verb(masked, begin + 1, task.end, sure=True)
            limits = [m.start() for m in re.finditer(r"(?:通过|在|对|利用|自觉|积极|主动|广泛|围绕|按照|参与|参加|到|就|以|做好|与|开展|每|至少|针对|认真|自行|带头|到场|为|向|根据|收看|集中|签订|填写|随手|正确|不|立即|及时|自救|依法|落实|重点|定期|逐)", masked[begin : task.end])]
            end = min([stop[0] if stop else task.end, *[begin + x for x in limits if x > 1]])
            phrase, phrase_masked = text[begin:end], masked[begin:end]
            phrase, phrase_masked = _strip_amount(phrase, phrase_masked)
            at_name = begin
            amount = _AMOUNT_BEFORE.match(masked[begin : task.end])
            if amount:
                at_name += amount.end()
            named = actors.find(masked, at_name, task.end, {})
            if named is not None and named[0] < task.end and _people_like(masked[at_name : named[0]]):
                best = names.split(text[at_name : named[0]], masked[at_name : named[0]], people=True)
            elif phrase and len(phrase) <= 60 and end < task.end and (names.is_named(_strip_etc(phrase_masked)) or _people_like(phrase_masked)):
                best = names.split(phrase, phrase_masked, people=True)
        if not best:
            best = self._reached_by_preposition(task)
        return [p for p in best if 1 < len(p) <= 40]

    def _reached_by_preposition(self, task: Task) -> list[str]:
        text, masked = self.text, self.masked
        segment = masked[task.start : task.end]
        for found in _REACHED.finditer(segment):
            a, b = found.span("who")
            phrase, phrase_masked = text[task.start + a : task.start + b], segment[a:b]
            if _people_like(_strip_etc(phrase_masked)) or names.is_named(_strip_etc(phrase_masked)) and found["how"] in ("面向", "接受", "提醒", "回答", "邀请"):
                return names.split(phrase, phrase_masked, people=True)
        return []

    def _handed_in(self, task: Task, head: int) -> list[str]:
        """What is handed in, single names: 将X报送…, 报送X, X报…."""
        text, masked = self.text, self.masked
        adverbs = r"(?:书面|统一|集中|及时|电话|逐级|按时|分别|通过.{2,20}|以.{2,12}形式|于?[^，]{0,12}前|在?[^，]{0,10}内)*"
        before = re.search(rf"[将把](.+?){adverbs}$", masked[task.start : head])
        if before:
            a, b = task.start + before.start(1), task.start + before.end(1)
        else:
            a, b = head + len(task.verb), task.end
            to = re.compile(r"(?:至|到|给|旗|市|县|区|镇|公司|我|省|总局|校|院|委)[^、，]{1,20}?(?:办公室|安委办|办|局|科|部|处|委|中心|邮箱)(?:（[^）]*）)?$").search(masked, a, b)
            if to and to.start() > a + 1:
                b = to.start()
            elif to and to.start() <= a or re.match(r"(?:至|到|给)|[^、，和]{2,16}(?:局|办公室|总调度室|值班室|调度室|办|厅|所|中心|备案|委|邮箱|平台)$", masked[a:b]):
                return self._object_before(task, head)
            if a >= b:
                return self._object_before(task, head)
        phrase, phrase_masked = text[a:b], masked[a:b]
        return _things(phrase, phrase_masked)

    def _object_before(self, task: Task, head: int) -> list[str]:
        """发现重大隐患的，在2小时内报…; 明确1名联络员于…前反馈: what is handed in stands before the verb."""
        text = self.text[task.start : head]
        found = re.search(r"发现([^，的]{2,14})的|发生([^，的]{2,14})(?:的|后)", text)
        if found:
            return [found[1] or found[2]]
        found = re.search(r"遇(?:有)?([^，的须应要立]{2,10}?)(?:的|须|应|要|立即|时)", text)
        if found:
            return [found[1]]
        found = re.search(r"《([^》]{2,20})》", text) or re.search(r"(?:填写|选出|遴选)(?:一批)?([一-龥]{2,10})(?:，|并|向|$)", text)
        if found:
            return [found[1]]
        found = re.search(r"(联络员名单|联络员|信息员|联系人|作品|方案)", self.text[task.start : task.end])
        if found:
            return [found[1]]
        found = re.match(r"([一-龥]{2,8}(?:和[一-龥]{2,8})?)(?:要|可|须|应)", text)
        if found and not task.own_actor:
            return _things(found[1], found[1])
        return []

    def _confidence(self, task: Task, clause: Clause) -> float:
        score = 0.9
        if not task.verb:
            score -= 0.35
        if "nobody named: the addressees" in task.reasons or "nobody named: the issuer" in task.reasons:
            score -= 0.2
        if task.kind == "other":
            score -= 0.15
        if task.verb in grammar.lists()["noun_too"]:
            score -= 0.1
        if task.verb in ("加强", "强化", "落实", "推动", "推进", "做好", "抓好", "严格"):
            score -= 0.15
        if task.end - task.start < 6:
            score -= 0.1
        if task.quota or task.due or task.deliverables:
            score += 0.05
        return round(max(0.1, min(score, 0.99)), 2)


_CHECKS = ("hazard_sweep", "self_check", "contractor_sweep")
_GOES_ON = ("contest", "case_warning", "hot_work", "reading", "drill", "launch", "hazard_sweep", "self_check", "open_day", "experience")
_STEP_OF_CHECK = re.compile(r"整改|台账|清单|责令|停(?:业|产|工|用|止)|销号|登记造册|一患一档|建档|治理措施|搬迁|搬离|取缔|查封|立案|处罚|限期")
_PLAIN_RHYTHMS = ("daily", "weekly", "monthly", "quarterly")
_SAME_GATHERING = re.compile(r"^(?:并)?(?:现场|同步|当天|当日|会上|仪式上|活动现场|同日)|当天|当日|分会场|旁听|审理|授旗|全员参赛|直播|广泛发动|组织.{0,12}参加|现场观摩|同步收看|组队参加|参加$|到场|选派")
_LEADERS = re.compile(r"(?:领导|负责人|负责同志|书记|第一责任人|班子成员|值班人员)$")
_COUNT = re.compile(r"(?:\d+|[一二两三四五六])(?:场|次|期|部|篇|个|项|张|名|支|块|幅|本|堂|节)")
_NEXT_COUNT = re.compile(r"、(?=(?:\d+|[一二两三四五六])(?:场|次|期|部|篇|项|张|支|块|幅|本|堂|节)[^、，]{2,})")
_ENUMERATED = re.compile(r"[一二两三四五六]{1,2}(?:次|场|本|张|期|份|堂|节|轮|套|幅)[^，]{3,}")


@dataclass
class _State:
    """What one sentence carries from clause to clause."""

    section: str
    first_task: int = 0
    has_subject: bool = False
    opening_subject: list[Actor] = field(default_factory=list)
    collected: list[Actor] = field(default_factory=list)
    due: str | None = None
    due_actors: list[str] = field(default_factory=list)
    window: Window | None = None
    window_actor: list[str] = field(default_factory=list)
    window_owner: list[str] | None = None
    next_due: str | None = None
    condition: int | None = None
    actor_clause: int | None = None
    clause_actors: list[Actor] = field(default_factory=list)
    participants: list[str] = field(default_factory=list)
    loose_actor: list[Actor] = field(default_factory=list)
    pending: Clause | None = None
    last: Task | None = None
    emitted: bool = False
    silent: bool = False


_REACHED = re.compile(
    r"(?P<how>向|面向|对|为|给|提醒|接受|回答|解答|邀请|告知|通知|劝导|组织)(?P<who>[^，。；向对为给]{2,30}?)(?=推送|发放|发送|发布|发出|赠送|讲|开展|进行|普及|宣传|宣讲|咨询|关心|提出|看管|注意|参与|参加|走访|培训|每|至少|提供|征集|逐|授课|介绍|派发|讲解|做好|妥善|讲述|公布|送|配备|指导|的)"
)
_PEOPLE_END = re.compile(r"(?:群众|公众|人员|职工|员工|师生|学生|家长|居民|村民|牧民|农牧民|农民|市民|家庭|用户|从业人员|志愿者|老人|残疾人|儿童|青少年|群体|负责人|责任人|管理人|管理人员|党员|干部|网格员|业主|住户|商户|驾驶人|驾驶员|游客|旅客|乘客|消费者|妇女|工人|学员|教师|代表|专家|人物|单位|企业|户|者|师|员|众|民|人|场所|景区|社区|乡村|村|学校|公司|队伍|嘎查|苏木镇|部门|机构|媒体|牧户|农户|孩子|司机|船员|家属|伙伴|客户|租户|同学)$")


def _people_like(masked: str) -> bool:
    return bool(_PEOPLE_END.search(_strip_etc(masked)))


def _strip_etc(masked: str) -> str:
    return re.sub(r"(?:等(?:重点|特殊|各类|有关)?(?:群体|人员|人群|对象|场所)?|〓+)$", "", masked)


_AMOUNT_BEFORE = re.compile(r"^(?:不少于|至少|各|全部|全体|\d+名?|[一二两三四五六七八九十百]+名)+(?:名|人|位|户|家)?")


def _strip_amount(phrase: str, masked: str) -> tuple[str, str]:
    found = re.match(r"^(?:(?:不少于|至少|不低于)?(?:\d+|[一二两三四五六七八九十百]+)(?:名|人|位|户|家|个))", masked)
    if found:
        return phrase[found.end() :], masked[found.end() :]
    return phrase, masked


_THING_HEAD = re.compile(r"^(?:(?:一|两|\d+)次|本单位的?|各自的?|当[日周月]|本[日周月季年]度?的?|上[周月]|开展的?|活动开展|有关|相关|及时|至少|一|不少于)+")
_THING_TAIL = re.compile(r"(?:至少|不少于)?(?:\d+|[一二两三四五六七八九十]+)(?:至(?:\d+|[一二三四五]+))?(?:条|篇|份|个|期|张|件|幅|例|名|部)(?:以上)?$")
_THING_LEAD = re.compile(r"^(?:(?:不少于|至少)?(?:\d+|[一二两三四五六七八九十]+)(?:至(?:\d+|[一二三四五]+))?(?:条|篇|份|个|期|张|件|幅|例|名|部)(?:以上)?的?)")


def _things(phrase: str, masked: str) -> list[str]:
    """Single things handed in: brackets and 《》 left out, amounts left out."""
    out: list[str] = []
    start = 0
    parts = []
    for found in re.finditer(r"[、，]|(?<=.)(?:以及|和|及|与)(?=.)", masked):
        left = masked[start : found.start()]
        if found.group() not in "、，" and (len(left) < 2 or not re.search(r"(?:方案|总结|表|图片|照片|名单|信息|情况|资料|材料|报告|报表|案例|小结|台账|计划|简报|清单|单|作品|视频|影像|总结〓+|表〓+|书|数据|进展|册|文|稿|PPT|条|个|篇|份)$", left)):
            continue
        parts.append((start, found.start()))
        start = found.end()
    parts.append((start, len(phrase)))
    for a, b in parts:
        word = re.sub(r"[（(][^（）()]*[）)]", "", phrase[a:b]).strip("等 的")
        word = word.replace("《", "").replace("》", "")
        word = _THING_LEAD.sub("", word)
        word = _THING_HEAD.sub("", word)
        word = _THING_TAIL.sub("", word)
        if 1 < len(word) <= 30 and word not in out:
            out.append(word)
    return out


