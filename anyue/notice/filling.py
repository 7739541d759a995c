"""What one verb phrase says beside its words: actors, kind, strength, quota, times, who is reached, what is handed in."""

import re

from . import grammar, handed_in, kinds, lexicon, quotas, reached
from .actors import Actor
from .clauses import Clause
from .task import Scope, Source, State, Task
from .times import When

CHECKS = ("hazard_sweep", "self_check", "contractor_sweep")
_GOES_ON = ("contest", "case_warning", "hot_work", "reading", "drill", "launch", "open_day", "experience", "consultation_day")
_STEP_OF_CHECK = re.compile(r"整改|台账|清单|责令|停(?:业|产|工|用|止)|销号|登记造册|一患一档|建档|治理措施|搬迁|搬离|取缔|查封|立案|处罚|限期")
PLAIN_RHYTHMS = ("daily", "weekly", "monthly", "quarterly")
SAME_GATHERING = re.compile(r"^(?:并)?(?:现场|同步|当天|当日|会上|仪式上|活动现场|同日)|当天|当日|同日|届时|同步(?=在|开展|开设|设|举|组织|启动|参加)|现场(?=教|演|宣读|讲|解答|报道|展|签|发放)|列席|参会|参演|分会场|设点|展位|参赛|观摩|登台|旁听|审理|授旗|全员参赛|直播|广泛发动|组织.{0,12}参加|现场观摩|同步收看|组队参加|参加$|到场|选派")


# 在县人民广场举办…: a place of its own is a central event, which only the issuer can hold.
_CENTRAL = re.compile(r"在[^，]{2,18}?(?:广场|会议室|体育馆|公园|礼堂|会展中心|剧院|大剧院|文化馆|报告厅|博物馆|体育场|中心|会堂)[^，]{0,4}(?:举办|举行|开展|召开|组织开展)")


_NAMES_OFFICER = re.compile(r"(?:明确|确定|指定|落实)(?:\d名|[一两]名)?([一-龥]{0,6}?(?:联络员|信息员|联系人|联络人))")
_ENCOURAGES = re.compile(r"鼓励|号召|动员|提倡|倡导|可(?:以)?$|可(?:结合|采取|通过|根据|自行|适当)")


class Filler:
    """Fills in tasks of one notice; `tasks` is the list they are added to."""

    def __init__(self, source: Source, tasks: list[Task]) -> None:
        self.source, self.tasks = source, tasks
        self.text, self.masked = source.text, source.masked
        self.recipients = [Actor(name) for name in source.header.recipients]

    def fill(self, task: Task, clause: Clause, head: int, whens: list[When], scope: Scope, state: State, *, first: bool) -> None:
        text, masked = self.text, self.masked
        self._set_actors(task, clause, scope, state, first=first)
        task.strength = "encourage" if self._encourages(clause, head, first) else "must"
        task.quota = quotas.find(text, masked, task.start, task.end)
        self._set_times(task, head, whens, scope, state, first=first)
        task.participants = state.participants if first and state.participants else []
        task.participants = task.participants or reached.participants(text, masked, task, head)
        task.urges = task.verb in ("督促", "督导", "指导", "推动", "引导", "敦促")
        handing = handed_in.find(text, masked, task.start, task.end)
        if handing:
            before = state.last or (self.tasks[-1] if self.tasks and self.tasks[-1].paragraph == task.paragraph else None)
            task.deliverables = handed_in.handed_in(text, masked, task, handing) or handed_in.made_before(text, masked, before) or handed_in.of_title(scope.title)
        if task.deliverables:
            task.kind, why = kinds.of_hand_in(task.deliverables[0]), "handed_in"
        elif handing:
            task.kind, why = (state.last.kind, "task_before") if state.last else ("progress_report", "handed_in")
        else:
            task.kind, why = self._kind(task, clause, head, state)
        officer = _NAMES_OFFICER.search(text, task.start, task.end)
        if officer and task.due and not task.deliverables:
            task.deliverables = [officer[1]]
        task.reasons.append(f"verb:{task.verb}" if task.verb else "modal_only")
        if why:
            task.reasons.append(f"kind:{why}")

    def _kind(self, task: Task, clause: Clause, head: int, state: State) -> tuple[str, str]:
        """The kind of what is done, not of who does it; a step in a check or a gathering follows it."""
        start = clause.actor_end if task.start < clause.actor_end <= head else task.start
        words = self.text[start : task.end]
        for name in task.participants:
            words = words.replace(name, "", 1)
        kind, why = kinds.of_words(words)
        last = state.last or (self.tasks[-1] if self.tasks and self.tasks[-1].section == task.section else None)
        if last is not None and last.kind in CHECKS and kind in (*CHECKS, "other", "plan") and _STEP_OF_CHECK.search(words):
            return last.kind, "step_of_check"
        if kind == "other" and last is not None and SAME_GATHERING.search(words):
            return last.kind, "same_gathering"
        if kind == "other" and state.last is not None and state.last.kind in _GOES_ON and not clause.actors:
            return state.last.kind, "same_activity"
        return kind, why

    def _set_times(self, task: Task, head: int, whens: list[When], scope: Scope, state: State, *, first: bool) -> None:
        own = [w for w in whens if w.start < task.end and task.start < w.end]  # 请于…前: a time may begin before the task
        hands_in = task.verb in grammar.lists()["hand_in"]
        for when in own:
            if when.due is not None and task.due is None:
                task.due = when.due
                if not hands_in and when.start < head and not when.due.startswith("event"):
                    state.due = when.due
            if hands_in and isinstance(when.window, str) and re.match(r"(?:weekly|monthly|quarterly):", when.window):
                task.due = task.due or when.window
        if task.due is None and first and state.next_due is not None:
            task.due = state.next_due
            state.due = None if task.due.startswith("event") else task.due
        if task.due is None and state.last is not None and hands_in and state.last.deliverables and self.masked[:task.start].endswith("并", task.start - 1):
            task.due = state.last.due  # 5月20日前报送总结，并推荐案例
        own_window = any(isinstance(w.window, dict | str) and w.window not in PLAIN_RHYTHMS and w.window != self.source.header.period for w in own)
        if not own_window:
            task.due = task.due or state.due
        task.due = task.due or scope.due
        windows = [w.window for w in own if w.window is not None and w.window != self.source.header.period]
        plain = next((w for w in windows if w in PLAIN_RHYTHMS), None)
        dated = next((w for w in windows if w not in PLAIN_RHYTHMS), None)
        if dated is not None and dated == task.due:
            dated = None
        stretch = isinstance(state.window, dict) and state.window["start"] != state.window["end"]
        daily = str(task.due).split(":")[0] in PLAIN_RHYTHMS and stretch
        window = dated or (None if hands_in and task.due and not daily else state.window)
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
        return bool(_ENCOURAGES.search(self.masked, clause.core, head))

    def _set_actors(self, task: Task, clause: Clause, scope: Scope, state: State, *, first: bool) -> None:
        if clause.actors:
            task.actors = list(clause.actors) if first else [Actor(a.name) for a in clause.actors]
            task.own_actor = True
            if clause.has_lead and all(a.role == "responsible" for a in task.actors) and first:
                task.actors = [Actor(a.name, "lead") for a in task.actors]
            task.reasons.append("own_subject")
            return
        governing = state.leader or scope.subject
        if clause.partners and governing:
            governing = [*governing, *clause.partners]
        encourages = self._encourages(clause, clause.head, first)
        one = len(governing) == 1 and not governing[0].name.startswith(("各", "每", "全", "本", "有关"))
        if encourages and not scope.lead_in and (scope.subjects_seen > 1 or one) and (not state.emitted or state.after_semicolon):
            governing = []
        if clause.verb in ("配合", "协助") and governing:
            task.actors = [Actor(a.name, "support") for a in governing]
            task.own_actor = True
            return
        if governing:
            task.actors = [Actor(a.name, a.role) for a in governing]
            if any(a.role != "responsible" for a in governing) and not state.collected:
                # 牵头 counts for its own clause only.
                scope.subject = [Actor(a.name) for a in governing if a.role != "support"] or governing
            task.own_actor = state.has_subject
            task.reasons.append("governing_subject")
            return
        if scope.listed:
            task.actors = list(scope.listed)
            task.reasons.append("heading_units")
            return
        if self._is_issuers(clause):
            task.actors = [Actor(self.source.header.issuer)] if self.source.header.issuer else list(self.recipients)
            task.reasons.append("issuer_only")
            return
        if self.recipients:
            task.actors = list(self.recipients)
            task.reasons.append("addressees")
        elif self.source.header.issuer:
            task.actors = [Actor(self.source.header.issuer)]
            task.reasons.append("issuer")

    def _is_issuers(self, clause: Clause) -> bool:
        lead = self.masked[clause.core : clause.head]
        words = self.masked[clause.core : clause.end]
        if clause.verb in ("举办", "举行", "开展", "召开", "组织开展") and _CENTRAL.match(words):
            return True
        if words.startswith("面向社会") or clause.verb in ("征集", "评选") and "向" not in words[:1] and not self.source.header.recipients:
            return True
        return bool(re.match(r"(?:将|拟)", self.masked[clause.core : clause.end])) and "将" in lead[:1] and not re.match(
            r"将[^，]{1,30}(?:报送|报|纳入|发放|列入|作为|送)", self.masked[clause.core : clause.end]
        ) or clause.verb in ("评选", "征集") and not self.recipients
