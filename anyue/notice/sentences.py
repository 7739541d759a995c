"""Sentences to tasks: clause by clause, keeping who governs, which dates hold, what goes on with what stands before."""

import re
from collections.abc import Iterator

from . import clauses, grammar, handed_in, kinds, lexicon, names, phrases, quotas, times
from .actors import Actor
from .clauses import Clause
from .filling import CHECKS, PLAIN_RHYTHMS, SAME_GATHERING, Filler
from .names import BLANK
from .outline import Span
from .task import Scope, Source, State, Task
from .times import When

LONGEST = 1_500  # characters of one sentence; the longest of the corpus has 237, quotations apart
_STOP = re.compile(r"[。！？\n]")
_LEADERS = re.compile(r"(?:主要领导|分管领导|主要负责人|主要负责同志|分管负责人|分管负责同志|负责同志|书记|第一责任人|班子成员|值班人员)$")
_GATHERINGS = ("launch", "consultation_day", "drill", "training", "contest", "lecture", "open_day", "camp", "display", "media", "case_warning", "five_entries")
_GROUP = re.compile(r"(?:领导小组|协调小组|工作小组|指挥部|组委会|工作专班|活动小组|领导机构)〓*$")
_HEADED = re.compile(r"(?:任|担任|为)(?:副)?(?:组长|总指挥|指挥长|主任)|组长的|办公室设在")
# 制定方案，报…备案: two duties; 明确联络员，报…: one.
_PUTS_FORWARD = ("推荐", "选派", "推选", "确定", "明确", "指定", "遴选")
_HANDS_ON = lexicon.entries("handed_in", "hands_on")
_ENUMERATED = re.compile(r"[一二两三四五六]{1,2}(?:次|场|本|张|期|份|堂|节|轮|套|幅)[^，]{3,}")


def sentences(masked: str, span: Span) -> Iterator[Span]:
    start = span.start
    for found in _STOP.finditer(masked, span.start, span.end):
        yield from _bounded(start, found.start())
        start = found.end()
    yield from _bounded(start, span.end)


def _bounded(start: int, end: int) -> Iterator[Span]:
    """The sentence, or where nobody ended it for pages, lengths of it: reading one takes more than linear time."""
    for at in range(start, end, LONGEST):
        yield Span(at, min(at + LONGEST, end))


_IS_TOPIC = re.compile("等[^等]{0,6}(?:项目|部位|环节|领域|作业|工程|设施|设备|区域)$")  # 漂流、滑索等高风险项目，经营单位须…
_BY_WAY = ("采取", "采用", "开展")
_FORMS_GROUP = re.compile(r"(?:组成|成立|派出|抽调)[^，]*?(?:组|队)$")
_PIECE_ENDS = re.compile("[，；：]")


def _pieces(masked: str, sentence: Span) -> list[tuple[Span, str]]:
    """The clauses of a sentence with the mark that closes each."""
    out, start = [], sentence.start
    for found in _PIECE_ENDS.finditer(masked, sentence.start, sentence.end):
        if found.start() > start:
            out.append((Span(start, found.start()), found.group()))
        start = found.end()
    if start < sentence.end:
        out.append((Span(start, sentence.end), "。"))
    return out


class Sentences:
    """Reads the sentences of one notice; `number` is the paragraph at hand."""

    def __init__(self, source: Source, tasks: list[Task]) -> None:
        self.source, self.tasks = source, tasks
        self.text, self.masked = source.text, source.masked
        self.filler = Filler(source, tasks)
        self.number = 0

    def read(self, sentence: Span, scope: Scope, section: str) -> None:
        found = times.find_all(self.text, self.source.frame, sentence.start, sentence.end)
        # Quoted and bracketed words are no times, but for a bracket that holds only one: 清明节期间（4月3日至6日）.
        found = [
            w for w in found
            if BLANK not in self.masked[w.start : w.end]
            or w.end - w.start > 6 and self.masked[w.start] != BLANK
            or (w.due or "").startswith("before:") or str(w.window).startswith("holiday:")
            or self.text[w.start - 1] == "（" and self.text[w.end : w.end + 1] in ("）", "，")
        ]
        at = {w.start: w.end for w in found}
        pieces = _pieces(self.masked, sentence)
        scope.subject = list(scope.main) or scope.subject
        state = State(section, first_task=len(self.tasks))
        n = len(pieces)
        for i, (span, mark) in enumerate(pieces):
            clause = clauses.read(self.text, self.masked, span.start, span.end, at)
            own_times = [w for w in found if span.start <= w.start < span.end]
            self._clause(clause, mark, own_times, scope, state, is_last=i == n - 1)
            state.after_semicolon = mark == "；"
        if state.loose_actor:
            scope.subject = state.loose_actor
        if state.opening_subject:
            scope.main = state.opening_subject
        elif not self.tasks[state.first_task :] and scope.subject:
            scope.main = list(scope.subject)

    def _clause(self, clause: Clause, mark: str, whens: list[When], scope: Scope, state: State, *, is_last: bool) -> None:
        if clause.sort == "silent" or self._sets_up_own_group(clause, scope):
            state.silent = True
        if state.silent or clause.sort == "frame":
            return
        self._carry_times(clause, whens, scope, state)
        bare = clause.sort == "task" and clause.actors and not self._rest(clause)
        if bare and clause.verb in ("配合", "协助") and state.collected and not state.emitted:
            clause.sort = "actor"
        if bare and clause.verb in ("主办", "承办", "协办"):
            self._organised_by(clause, scope, state)
            return
        if clause.actors:
            if "由" in self.masked[clause.start : clause.actor_end] or state.after_semicolon or _IS_TOPIC.search("".join(a.name for a in state.collected[-1:])):
                state.collected = []  # 跨汛期施工的工程，由项目法人…: what stood alone before was a topic
            self._new_subject(clause, scope, state)
        if self._belongs_to_last(clause, whens, state):
            return
        if clause.sort == "condition":
            state.condition = clause.core
        elif clause.sort == "actor":
            self._collect(clause, scope, state)
        elif clause.sort in ("manner", "fragment"):
            self._manner(clause, scope, state)
        elif mark == "：" and (is_last or clause.sort in ("task", "idle", "effect") and self._announces(clause)):
            scope.lead_in = list(scope.subject) if scope.subject else scope.lead_in
            # …于5月20日前完成以下工作：what it announces is due then.
            due = next((w.due for w in whens if w.due and not w.is_relative), None)
            state.due = due or state.due
            if is_last:
                scope.due = due or scope.due
        elif clause.sort == "task":
            if self._may_ask(clause, scope, state):
                self._emit(clause, whens, scope, state)
        elif clause.sort != "noun":
            state.condition = None

    def _sets_up_own_group(self, clause: Clause, scope: Scope) -> bool:
        """市局成立由…任组长的领导小组: the issuer's own group, its make-up and its duties ask nothing of anybody."""
        if clause.sort != "task" or clause.verb not in ("成立", "组建", "设立") or clause.has_modal:
            return False
        if clause.actors and clause.actors[0].name.startswith(("各", "每", "有关")) or not clause.actors and scope.subject:
            return False
        stop = self.masked.find("。", clause.head, clause.head + LONGEST)
        words = self.masked[clause.head : stop if stop > 0 else clause.end]
        return bool(_GROUP.search(self.masked[clause.head : clause.end])) and bool(_HEADED.search(words))

    def _rest(self, clause: Clause) -> str:
        """What stands after the verb."""
        return self.masked[clause.head + len(clause.verb) : clause.end]

    def _belongs_to_last(self, clause: Clause, whens: list[When], state: State) -> bool:
        """Whether the clause only adds to tasks before it: how much, by when, who supports, what a check looks at."""
        last = state.last
        if clause.sort == "amount" and last is not None and self.tasks[-1] is last and clause.start - last.end <= 2:
            self._extend(last, clause)
            last.due = last.due or next((w.due for w in whens if w.due), None)
            return True
        if clause.sort == "fragment" and last is not None and last.quota and _ENUMERATED.match(self.masked, clause.core, clause.end):
            clause.sort, clause.head, clause.reason = "task", clause.core, "one more of the things counted"
            return False
        if clause.sort == "task" and clause.verb in ("完成", "办结") and not self._rest(clause):
            due = next((w.due for w in whens if w.due), None)
            for task in self.tasks[state.first_task :]:
                task.due = task.due or due
            return True
        if clause.sort == "task" and clause.verb.endswith(("配合", "协助")) and not self._rest(clause):
            self._add_support(clause, state)
            return True
        # 开展一次自查，重点检查…: what the check beside it looks at.
        in_check = last is not None and last.kind in CHECKS and not clause.actors
        return in_check and self.masked.startswith("重点", clause.core)

    def _collect(self, clause: Clause, scope: Scope, state: State) -> None:
        state.collected += clause.actors
        scope.subject = [Actor(a.name, a.role) for a in state.collected]
        state.clause_actors = list(state.collected)
        if self.masked[clause.start : clause.end].endswith("牵头") or clause.has_lead:
            state.actor_clause = clause.core

    def _may_ask(self, clause: Clause, scope: Scope, state: State) -> bool:
        """Whether the item lets a sentence ask: a frame (指导思想), a leading group, an introduction do only with a subject."""
        has_subject = bool(clause.actors) or state.has_subject
        if scope.is_group and not has_subject:
            return False
        if scope.is_silent and not (has_subject and (clause.has_modal or state.has_subject)):
            return False
        asked = clause.has_modal and clause.actors or self.masked[clause.start : clause.core].endswith("请")
        return not scope.is_intro or bool(asked)

    def _organised_by(self, clause: Clause, scope: Scope, state: State) -> None:
        """…活动，由县安委办主办，县应急管理局承办: who does the task before, and what goes on from it."""
        last = state.last
        if last is None:
            return
        if not state.organised:
            last.actors = []
        state.organised = True
        last.actors += [Actor(a.name) for a in clause.actors if a.name not in {b.name for b in last.actors}]
        last.own_actor = True
        last.end = clause.end
        scope.subject = [Actor(a.name) for a in last.actors]
        scope.main = list(scope.subject)

    def _add_support(self, clause: Clause, state: State) -> None:
        """社区予以协助: without an object it only adds who supports."""
        if clause.actors and state.last is not None:
            known = {a.name for a in state.last.actors}
            state.last.actors += [Actor(a.name, "support") for a in clause.actors if a.name not in known]

    def _announces(self, clause: Clause) -> bool:
        words = self.masked[clause.head : clause.end]
        return not re.search(r"报送|上报|提交|张贴|播放", words) or len(words) < 8

    def _carry_times(self, clause: Clause, whens: list[When], scope: Scope, state: State) -> None:
        """Dates hold for the sentence; a rhythm without a day (每月, 每周) only for its own clause."""
        words = self.masked[clause.start : clause.end]
        if scope.gathering is not None and SAME_GATHERING.search(words) and state.window is None:
            state.window = scope.gathering
        for when in whens:
            if when.window is not None and when.window == self.source.header.period:
                continue
            if when.window is not None:
                is_rhythm = isinstance(when.window, str) and when.window in PLAIN_RHYTHMS
                stands_alone = clause.sort in ("manner", "fragment", "noun", "actor")
                if is_rhythm:
                    continue
                if clause.verb in grammar.lists()["hand_in"] and isinstance(when.window, str):
                    continue
                if state.window is not None and isinstance(when.window, str) and when.window.startswith(("weekly", "monthly")):
                    continue
                state.window = when.window
                state.window_owner = None if stands_alone else state.window_owner
                state.window_leads = stands_alone and not state.emitted  # 9月第一周，…: it holds for all that follow
                if isinstance(when.window, dict) and when.window["start"] == when.window["end"]:
                    scope.gathering = when.window
            elif when.due is not None and clause.sort in ("manner", "fragment", "actor", "condition"):
                state.next_due = when.due

    def _new_subject(self, clause: Clause, scope: Scope, state: State) -> None:
        self._flush_pending(scope, state)
        state.clause_actors = clause.actors
        state.has_subject = True
        state.leader = []
        if scope.subject and (_LEADERS.search(clause.actors[-1].name) or self._is_aside(clause)):
            if clause.sort in ("manner", "noun", "condition", "actor"):
                state.leader = [Actor(a.name) for a in clause.actors]
            return
        if state.collected and clause.sort != "actor" and any(a.role == "responsible" for a in state.collected):
            clause.actors = [*state.collected, *clause.actors]
            state.collected = []
        fresh = [a.name for a in clause.actors]
        if [a.name for a in scope.subject] != fresh:
            scope.subjects_seen += 1
            goes_on = SAME_GATHERING.search(self.masked[clause.start : clause.end])
            one_day = isinstance(state.window, dict) and state.window["start"] == state.window["end"]
            if state.emitted and state.window is not None and state.window_owner not in (None, fresh) and not goes_on and not (one_day and self._in_gathering(state)):
                state.window = None
            state.due = None
        scope.subject = [Actor(a.name, "responsible") for a in clause.actors]
        if not state.emitted:
            state.opening_subject = list(scope.subject)

    def _in_gathering(self, state: State) -> bool:
        """Whether the sentence is about one gathering, in which others have their parts."""
        return state.last is not None and state.last.kind in _GATHERINGS

    def _is_aside(self, clause: Clause) -> bool:
        """在汛期施工的项目必须…: a part of the subject, which goes on after it."""
        words = self.masked[clause.core : clause.actor_end]
        return bool(re.search(r"的[^的]{1,8}$", words)) and not words.startswith(("各", "有关"))

    def _flush_pending(self, scope: Scope, state: State) -> None:
        """学校要针对…，家庭要针对…，开展…: a subject with its modal and nothing else yet is a duty all the same."""
        pending = state.pending
        state.pending = None
        if pending is None or not pending.has_modal or state.section is None:
            return
        task = Task(state.section, pending.core, pending.end, list(pending.actors), paragraph=self.number, own_actor=True)
        task.kind, why = kinds.of_words(self.text[pending.core : pending.end])
        task.window = state.window or scope.window
        task.due = scope.due
        task.reasons = ["own_subject", "verb_later", f"kind:{why}"]
        self.tasks.append(task)
        state.last, state.emitted = task, True

    def _manner(self, clause: Clause, scope: Scope, state: State) -> None:
        state.actor_clause = None  # 企业要根据特点，⟨组织演练⟩: the actor is not in the quote
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

    def _emit(self, clause: Clause, whens: list[When], scope: Scope, state: State) -> None:
        spans = phrases.split(self.masked, clause)
        for k, (start, end, head, verb) in enumerate(spans):
            if k == 0 and self._same_thing(start, end, head, verb, clause, state):
                self._join_last(clause, whens, state)
                continue
            task = Task(state.section, start, end, [], verb=verb, paragraph=self.number)
            if k == 0:
                free = self.tasks[-1].end if self.tasks else 0
                if state.condition is not None and free <= state.condition < start:
                    task.start = state.condition
                elif state.actor_clause is not None and free <= state.actor_clause < start:
                    task.start = state.actor_clause
            self.filler.fill(task, clause, head, whens, scope, state, first=k == 0)
            self.tasks.append(task)
            state.last = task
            state.emitted = True
            state.window_owner = state.window_owner if state.window_leads else [a.name for a in task.actors]
        state.condition = None
        state.actor_clause = None
        state.participants = []
        state.next_due = None
        state.loose_actor = []
        state.pending = None


    def _same_thing(self, start: int, end: int, head: int, verb: str, clause: Clause, state: State) -> bool:
        """推荐作品1至3件，于…前发送: a step with the thing in hand, no task of its own."""
        if state.last is None or clause.actors or not self.tasks or self.tasks[-1] is not state.last:
            return False
        if clause.start - state.last.end > 2:
            return False
        if verb not in grammar.lists()["hand_in"]:
            formed = _FORMS_GROUP.search(self.masked, state.last.start, state.last.end)
            return verb in _BY_WAY and bool(formed) and self.masked.startswith(("采取", "采用", "通过"), clause.core)
        rest = self.masked[head + len(verb) : end]
        bare = not rest or handed_in.is_receiver(rest)
        before = self.masked[start:head]
        if bare and not re.search(r"[将把]", before) and not handed_in.names_thing(before):
            return state.last.verb in _HANDS_ON or bool(re.search("联络员|信息员|联系人", self.text[state.last.start : state.last.end]))
        again = re.search(r"[将把](.{2,12})$", before)
        if again:
            noun = next((w for w in ("联络员", "信息员", "联系人") if w in again[1]), None)
            last = self.text[state.last.start : state.last.end]
            officer = re.search(r"(?:明确|确定|指定)[^，]{0,8}(?:联络员|信息员|联系人)$", last)
            put_forward = state.last.verb in _PUTS_FORWARD and re.search(r"(?:报名|推荐|申报|登记|信息)表|(?:人员|联系|个人)信息|名单|作品$|(?:申报|事迹|推荐|申请)材料", again[1])
            return bool(noun and noun in last or officer and "名单" in again[1] or put_forward)
        return False

    def _join_last(self, clause: Clause, whens: list[When], state: State) -> None:
        task = state.last
        assert task is not None
        task.end = clause.end
        for when in whens:
            task.due = task.due or when.due
        task.due = task.due or state.next_due
        handing = handed_in.find(self.text, self.masked, task.start, task.end)
        if handing:
            named = handed_in.handed_in(self.text, self.masked, task, handing)
            task.deliverables = named if named and (task.kind == "liaison" or not task.deliverables) else task.deliverables
            if task.deliverables and "作品" not in task.deliverables:
                task.kind = kinds.of_hand_in(task.deliverables[0])
        state.next_due = None
