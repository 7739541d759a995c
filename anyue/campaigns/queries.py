"""Reads across campaigns, tasks, units and assignments."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.db.models import F

from anyue.kernel.workdays import Workdays
from anyue.units.models import Unit, UnitQuerySet
from anyue.notice import kinds
from anyue.paperwork.breakdown_table import Row, quota_words
from anyue.units.queries import Directory, members_of

from . import rules
from .models import Assignment, Campaign, Task, TaskActor


def units_by_role(campaign: Campaign, task: Task, tasks: list[Task]) -> list[tuple[str, UnitQuerySet]]:
    """(role, units) of everyone the actors of a task (prefetched) mean. Lead and support stay apart; a unit named by
    itself is not asked again as one of a group."""
    actors = [actor for actor in task.actors.all() if not actor.is_ignored]
    named = {actor.unit_id for actor in actors if actor.unit_id is not None}
    out = [
        (actor.role, Unit.objects.filter(pk=actor.unit_id)) for actor in actors if actor.unit_id is not None
    ]
    for actor in actors:
        if actor.group is None:
            continue
        units = members_of(actor.group, under=campaign.area, on=campaign.start_on)
        left_out = named | (named_elsewhere(task, tasks) if actor.is_rest else set())
        out.append((actor.role, units.exclude(pk__in=left_out)))
    return out


def named_elsewhere(task: Task, tasks: list[Task]) -> set[int]:
    """Units that items beside this one name: 其他成员单位 are the members who are not among them."""
    siblings = task.section.rsplit("/", 1)[0]
    return {
        actor.unit_id
        for other in tasks
        if other.pk != task.pk and other.section.startswith(siblings)
        for actor in other.actors.all()
        if actor.unit_id is not None
    }


def periods_of(campaign: Campaign, task: Task) -> list[rules.Period]:
    """The stretches in which the task is owed, with deadlines by the table of working days."""
    days = Workdays(campaign.start_on.year, campaign.end_on.year + 1)
    return rules.periods(
        task.timing, start=campaign.start_on, end=campaign.end_on, issued_on=campaign.notice.issued_on, days=days
    )


@dataclass(frozen=True)
class Preview:
    """What issuing would do, in numbers, and what stands in its way."""

    n_tasks: int
    n_units: int
    n_assignments: int
    unexplained: list[TaskActor]
    n_doubtful: int


def preview(campaign: Campaign) -> Preview:
    """The numbers that the page shows before a campaign is issued."""
    tasks = list(campaign.tasks.kept().prefetch_related("actors__unit", "actors__group"))
    known: dict[str, set[int]] = {}
    everyone: set[int] = set()
    n_assignments = 0
    for task in tasks:
        pairs: set[tuple[str, int]] = set()
        for role, units in units_by_role(campaign, task, tasks):
            key = str(units.query)
            if key not in known:
                known[key] = set(units.values_list("pk", flat=True))
            pairs |= {(role, pk) for pk in known[key]}
        everyone |= {pk for _role, pk in pairs}
        n_assignments += len(pairs) * len(periods_of(campaign, task))
    unexplained = {a.name: a for task in tasks for a in task.actors.all() if a.is_open}
    return Preview(
        n_tasks=len(tasks),
        n_units=len(everyone),
        n_assignments=n_assignments,
        unexplained=list(unexplained.values()),
        n_doubtful=sum(task.is_doubtful for task in tasks),
    )


# ---------------------------------------------------------------- the board

_WORST = [rules.OVERDUE, rules.NOT_STARTED, rules.IN_PROGRESS, rules.DONE, rules.WAIVED, rules.WATCHING]


@dataclass(frozen=True)
class Cell:
    """One unit and one task on the board: the worst state of its periods, and whether it is only encouraged."""

    state: str
    encouraged: bool
    assignment_id: int
    is_lead: bool
    is_support: bool

    @property
    def sign(self) -> str:
        """The shape of its state."""
        return rules.STATES[self.state][0]

    @property
    def word(self) -> str:
        """The word of its state."""
        return str(rules.STATES[self.state][1])


@dataclass
class Line:
    """One unit's row of the board."""

    unit: Unit
    cells: list[Cell | None]


@dataclass
class Board:
    """Units × tasks as one picture."""

    tasks: list[Task]
    chapters: list[tuple[str, int]]
    lines: list[Line]
    counts: dict[str, int] = field(default_factory=dict)


def board(campaign: Campaign, units: list[Unit], today: date, *, tasks: list[Task] | None = None) -> Board:
    """The board of the given units (one page of them). Two queries, whatever their number."""
    shown = tasks if tasks is not None else list(campaign.tasks.kept())
    column = {task.pk: n for n, task in enumerate(shown)}
    lines = {unit.pk: Line(unit, [None] * len(shown)) for unit in units}
    rows = (
        Assignment.objects.filter(task__in=shown, unit__in=lines)
        .with_state(today)
        .values_list("pk", "task_id", "unit_id", "role", "state", "task__strength")
    )
    counts: Counter[str] = Counter()
    for pk, task_id, unit_id, role, state, strength in rows:
        encouraged = strength == Task.Strength.ENCOURAGE
        if not encouraged and state != rules.WATCHING:
            counts[state] += 1
        cell = Cell(state, encouraged, pk, role == TaskActor.Role.LEAD, role == TaskActor.Role.SUPPORT)
        place = lines[unit_id].cells
        old = place[column[task_id]]
        if old is None or _WORST.index(cell.state) < _WORST.index(old.state):
            place[column[task_id]] = cell
    chapters = [
        (chapter, len(list(group))) for chapter, group in groupby(shown, key=lambda task: task.section.split("/")[0])
    ]
    return Board(shown, chapters, list(lines.values()), dict(counts))


@dataclass(frozen=True)
class Tally:
    """How many assignments of some kind are in which state. Must and encouraged are counted apart."""

    total: int
    done: int
    overdue: int
    waived: int


def tally(campaign: Campaign, today: date, *, strength: str = Task.Strength.MUST) -> Tally:
    """Assignments of a campaign by state on the day; those who only urge are not counted."""
    states = Counter(
        Assignment.objects.filter(task__campaign=campaign, task__strength=strength)
        .exclude(role=TaskActor.Role.SUPERVISE)
        .with_state(today)
        .values_list("state", flat=True)
    )
    return Tally(sum(states.values()), states[rules.DONE], states[rules.OVERDUE], states[rules.WAIVED])


# ---------------------------------------------------------------- the office's home


@dataclass(frozen=True)
class Attention:
    """What the office should look at: units that are late (with how often), what falls due this week."""

    late: list[tuple[Unit, int]]
    n_late_units: int
    due: list[tuple[Task, date, int]]


def attention(campaign: Campaign, today: date) -> Attention:
    """Late units by name, not by number of failings: nobody is ranked."""
    owed = Assignment.objects.filter(task__campaign=campaign).owed().with_state(today)
    late = Counter(owed.filter(state=rules.OVERDUE).values_list("unit", flat=True))
    units = list(Unit.objects.filter(pk__in=late).order_by("path"))
    week_end = today + timedelta(6 - today.weekday())
    soon = owed.filter(due_on__gte=today, due_on__lte=week_end).exclude(state__in=[rules.DONE, rules.WAIVED])
    counted = Counter(soon.values_list("task", "due_on"))
    tasks = Task.objects.in_bulk({task for task, _due in counted})
    due = sorted(((tasks[task], day, n) for (task, day), n in counted.items()), key=lambda row: (row[1], row[0].position))
    return Attention([(unit, late[unit.pk]) for unit in units[:12]], len(units), due[:12])


def n_to_look_at(campaign: Campaign) -> int:
    """Tasks of a draft that nobody has reviewed."""
    return campaign.tasks.kept().filter(reviewed_at=None).count()


# ---------------------------------------------------------------- my tasks


@dataclass(frozen=True)
class Owed:
    """One unit's assignments, in the lists its person reads: what is late, what is due this week, the rest, what is
    only encouraged, what it urges others to do, what is done."""

    late: list[Assignment]
    this_week: list[Assignment]
    later: list[Assignment]
    encouraged: list[Assignment]
    watched: list[Assignment]
    done: list[Assignment]

    @property
    def n_open(self) -> int:
        """How many duties are still open."""
        return len(self.late) + len(self.this_week) + len(self.later)


def owed_by(unit: Unit | None, today: date) -> Owed:
    """What a unit owes, in the order of due dates. One query."""
    rows = (
        Assignment.objects.filter(unit=unit, task__campaign__confirmed_at__isnull=False)
        .with_state(today)
        .select_related("task__campaign")
        .order_by(F("due_on").asc(nulls_last=True), "task__position", "period_start")
    )
    out = Owed([], [], [], [], [], [])
    week_end = today + timedelta(6 - today.weekday())
    for row in rows:
        if row.state == rules.WATCHING:
            out.watched.append(row)
        elif row.state in (rules.DONE, rules.WAIVED):
            out.done.append(row)
        elif row.task.strength == Task.Strength.ENCOURAGE:
            out.encouraged.append(row)
        elif row.state == rules.OVERDUE:
            out.late.append(row)
        elif row.due_on is not None and row.due_on <= week_end:
            out.this_week.append(row)
        else:
            out.later.append(row)
    return out


def watched(assignment: Assignment, today: date) -> list[Assignment]:
    """For who urges: the assignments of the units below it on the same task, the open ones first."""
    if assignment.role != TaskActor.Role.SUPERVISE:
        return []
    below = Assignment.objects.within(assignment.unit).filter(task=assignment.task).exclude(pk=assignment.pk)
    return list(below.with_state(today).select_related("unit").order_by("done", "unit__path")[:200])


# ---------------------------------------------------------------- review

ROLES = TaskActor.Role.choices


@dataclass(frozen=True)
class Stretch:
    """A piece of the notice's text: plain, or the quote of a task."""

    text: str
    task: Task | None
    start: int


@dataclass(frozen=True)
class Review:
    """The notice with its quotes in place, and how far the review has come."""

    stretches: list[Stretch]
    tasks: list[Task]
    struck: list[Task]
    n_open: int
    n_doubtful: int
    before: Task | None
    after: Task | None


def review(campaign: Campaign, chosen: Task | None) -> Review:
    """What the review page shows. Doubtful tasks and names nobody has explained are counted as open."""
    tasks = list(campaign.tasks.kept().prefetch_related("actors"))
    for task in tasks:
        task.has_open_actor = any(actor.is_open for actor in task.actors.all())  # type: ignore[attr-defined]
    struck = list(campaign.tasks.exclude(struck_at=None))
    order = sorted(tasks, key=lambda task: task.start)
    place = next((n for n, task in enumerate(order) if chosen and task.pk == chosen.pk), None)
    return Review(
        stretches=_stretches(campaign.notice.text, order),
        tasks=order,
        struck=struck,
        n_open=sum(task.reviewed_at is None for task in tasks),
        n_doubtful=sum(task.is_doubtful or task.has_open_actor for task in tasks),  # type: ignore[attr-defined]
        before=order[place - 1] if place else None,
        after=order[place + 1] if place is not None and place + 1 < len(order) else None,
    )


def _stretches(text: str, tasks: list[Task]) -> list[Stretch]:
    out, at = [], 0
    for task in tasks:
        start = max(task.start, at)
        if start > at:
            out.append(Stretch(text[at:start], None, at))
        if task.end > start:
            out.append(Stretch(text[start : task.end], task, start))
            at = task.end
    if at < len(text):
        out.append(Stretch(text[at:], None, at))
    return out


def next_to_review(task: Task) -> Task | None:
    """The next task nobody has looked at: the least sure first, then in the order of the notice."""
    waiting = Task.objects.kept().filter(campaign=task.campaign_id, reviewed_at=None).exclude(pk=task.pk)
    doubtful = waiting.filter(confidence__lt=0.7).order_by("confidence", "position").first()
    return doubtful or waiting.filter(position__gte=task.position).order_by("position").first() or waiting.first()


def task_after(task: Task) -> Task | None:
    """The kept task whose quote follows."""
    return Task.objects.kept().filter(campaign=task.campaign_id, start__gte=task.end).order_by("start").first()


@dataclass(frozen=True)
class ActorRow:
    """One actor on the review page: what it means now, and what it might."""

    actor: TaskActor
    means: str
    label: str
    suggestions: list[tuple[str, str]]


def actors_to_review(task: Task, campaign: Campaign) -> list[ActorRow]:
    """The actors of a task, each unexplained one with the units and groups nearest in name."""
    directory: Directory | None = None
    out = []
    for actor in task.actors.select_related("unit", "group"):
        suggestions: list[tuple[str, str]] = []
        if actor.is_open:
            directory = directory or Directory(campaign.area, campaign.start_on)
            for found in directory.resolve(actor.name).suggestions:
                sort = "unit" if isinstance(found, Unit) else "group"
                suggestions.append((f"{sort}:{found.pk}", found.name))
        out.append(ActorRow(actor, *_meaning(actor), suggestions))
    return out


def _meaning(actor: TaskActor) -> tuple[str, str]:
    if actor.is_ignored:
        return "none", ""
    if actor.unit is not None:
        return f"unit:{actor.unit_id}", actor.unit.name
    if actor.group is not None:
        return f"{'rest' if actor.is_rest else 'group'}:{actor.group_id}", actor.group.name
    return "", ""


# ---------------------------------------------------------------- 任务分解表


def breakdown_rows(campaign: Campaign) -> list[Row]:
    """The rows of the 任务分解表: one a task, many units in one cell."""
    out = []
    for n, task in enumerate(campaign.tasks.kept().prefetch_related("actors"), start=1):
        names: dict[str, list[str]] = {}
        for actor in task.actors.all():
            names.setdefault(actor.role, []).append(actor.name)
        out.append(
            Row(
                number=n,
                section=task.section,
                quote=" ".join(task.quote.split()),
                kind=kinds.labels()[task.kind][0] if task.kind in kinds.labels() else task.kind,
                lead=names.get("lead", []),
                responsible=[*names.get("responsible", []), *names.get("supervise", [])],
                support=names.get("support", []),
                due=str(task.due_on or task.due_rule or task.window_end or task.rhythm or ""),
                quota=quota_words(task.quota_min, task.quota_max, task.quota_unit, task.quota_per),
                deliverables=task.deliverables,
                encouraged=task.strength == Task.Strength.ENCOURAGE,
            )
        )
    return out
