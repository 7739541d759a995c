"""The board, the tallies and the office's home: how far a campaign is."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, Exists, F, OuterRef, Q

from anyue.units.models import Unit, UnitQuerySet
from anyue.units.queries import units_under

from .. import rules
from ..models import Assignment, Campaign, Task, TaskActor, waived_on

_BOARD_COLUMNS = ("pk", "task_id", "unit_id", "role", "state", "task__strength")
_WORST = [rules.OVERDUE, rules.NOT_STARTED, rules.IN_PROGRESS, rules.DONE, rules.WAIVED, rules.WATCHING]


@dataclass(frozen=True)
class Cell:
    """One unit and one task on the board: the worst state of its periods, and whether it is only encouraged."""

    state: str
    encouraged: bool
    assignment_id: int
    is_lead: bool
    is_support: bool



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
        .values_list(*_BOARD_COLUMNS)
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
        (f"{chapter} {campaign.notice.heading_of(chapter)}".strip(), len(list(group)))
        for chapter, group in groupby(shown, key=lambda task: task.section.split("/")[0])
    ]
    return Board(shown, chapters, list(lines.values()), dict(counts))


def units_on_board(campaign: Campaign, *, kind: str = "", within: Unit | None = None) -> UnitQuerySet:
    """Units with something assigned in the campaign, of one kind and below one unit where given, in tree order."""
    some = Assignment.objects.filter(unit=OuterRef("pk"), task__campaign=campaign)
    units = units_under(campaign.area, on=campaign.start_on, kind=kind).filter(Exists(some))
    return units if within is None else units.within(within)


@dataclass(frozen=True)
class Tally:
    """How many assignments of some kind are in which state. Must and encouraged are counted apart."""

    total: int
    done: int
    overdue: int
    waived: int


def tally(campaign: Campaign, today: date, *, strength: str = Task.Strength.MUST) -> Tally:
    """Assignments of a campaign by state on the day; those who only urge are not counted."""
    # Counted under conditions, not grouped by `with_state`: grouping sorts every row first, twice the cost.
    excused = waived_on(today)
    counts = (
        Assignment.objects.filter(task__in=Task.objects.kept().filter(campaign=campaign, strength=strength))
        .asked_by_the_notice()
        .exclude(role=TaskActor.Role.SUPERVISE)
        .aggregate(
            n=Count("pk"),
            n_done=Count("pk", filter=Q(done__gte=F("need")) & ~excused),
            n_overdue=Count("pk", filter=Q(due_on__lt=today, done__lt=F("need")) & ~excused),
            n_waived=Count("pk", filter=excused),
        )
    )
    return Tally(counts["n"], counts["n_done"], counts["n_overdue"], counts["n_waived"])


@dataclass(frozen=True)
class Attention:
    """What the office should look at: units that are late (in which campaign, how often), what falls due this week."""

    late: list[tuple[Unit, Campaign, int]]
    n_late: int
    due: list[tuple[Task, date, int]]


def attention(campaigns: list[Campaign], today: date) -> Attention:
    """Late units by name, not by number of failings: nobody is ranked. `late` holds (unit, campaign, how many)."""
    by_key = {campaign.pk: campaign for campaign in campaigns}
    missing = Assignment.objects.filter(task__campaign__in=campaigns).unmet(today).owed().asked_by_the_notice().order_by()
    late = missing.filter(due_on__lt=today).values("task__campaign", "unit").annotate(n=Count("pk"))
    by_path = sorted(late.values_list("unit__path", "task__campaign", "unit", "n"))
    units = Unit.objects.in_bulk({unit for _path, _campaign, unit, _n in by_path[:12]})
    week_end = today + timedelta(6 - today.weekday())
    soon = missing.filter(due_on__gte=today, due_on__lte=week_end).values("task", "due_on").annotate(n=Count("pk"))
    counted = list(soon.values_list("task", "due_on", "n"))
    tasks = Task.objects.in_bulk({task for task, _due, _n in counted})
    for task in tasks.values():
        task.campaign = by_key[task.campaign_id]
    due = sorted(((tasks[task], day, n) for task, day, n in counted if day), key=lambda row: (row[1], row[0].campaign_id, row[0].position))
    return Attention([(units[unit], by_key[campaign], n) for _path, campaign, unit, n in by_path[:12]], len(by_path), due[:12])


def to_look_at(drafts: list[Campaign]) -> list[tuple[Campaign, int]]:
    """Each draft with how many of its tasks nobody has reviewed."""
    waiting = Task.objects.kept().filter(campaign__in=drafts, reviewed_at=None).order_by()
    counts = dict(waiting.values("campaign").annotate(n=Count("pk")).values_list("campaign", "n"))
    return [(draft, counts.get(draft.pk, 0)) for draft in drafts]
