"""The review of a breakdown: the notice with its quotes, the tasks in doubt, what actors mean."""

from dataclasses import dataclass, replace

from django.db.models import Max
from django.utils.translation import gettext as _

from anyue.notice import DOUBTFUL
from anyue.units.models import Unit
from anyue.units.queries import Directory

from ..models import Campaign, Task, TaskActor

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
    n_names: int
    before: Task | None
    after: Task | None


def review(campaign: Campaign, chosen: Task | None) -> Review:
    """What the review page shows."""
    tasks = list(campaign.tasks.kept().prefetch_related("actors"))
    names = {actor.name for task in tasks for actor in task.actors.all() if actor.is_open}
    struck = list(campaign.tasks.exclude(struck_at=None).filter(merged_into=None))
    order = sorted(tasks, key=lambda task: task.start)
    place = next((n for n, task in enumerate(order) if chosen and task.pk == chosen.pk), None)
    return Review(
        stretches=_stretches(campaign.notice.text, order),
        tasks=order,
        struck=struck,
        n_open=sum(task.reviewed_at is None for task in tasks),
        n_doubtful=sum(task.is_doubtful for task in tasks),
        n_names=len(names),
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
    doubtful = waiting.filter(confidence__lt=DOUBTFUL).order_by("confidence", "position").first()
    return doubtful or waiting.filter(position__gte=task.position).order_by("position").first() or waiting.first()


def task_at(campaign: Campaign, start: int, end: int) -> Task | None:
    """The first kept task that quotes any of these words."""
    return campaign.tasks.kept().filter(start__lt=end, end__gt=start).order_by("start").first()


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
    typed: str = ""
    wrong: str = ""

    @property
    def is_known(self) -> bool:
        """Whether its meaning can stay folded away."""
        return bool(self.label) and not self.typed and not self.wrong


def actors_to_review(task: Task, campaign: Campaign) -> list[ActorRow]:
    """The actors of a task, each unexplained one with the units and groups nearest in name."""
    directory: Directory | None = None
    out = []
    for actor in task.actors.select_related("unit", "group"):
        suggestions: list[tuple[str, str]] = []
        if actor.is_open:
            directory = directory or Directory(campaign.area, campaign.start_on)
            suggestions = _suggestions(directory, actor.name)
        out.append(ActorRow(actor, *_meaning(actor), suggestions))
    return out


def actors_typed(lines: list[tuple[str, str, str, str]], wrong: dict[str, str], task: Task, campaign: Campaign) -> list[ActorRow]:
    """Actors as a refused page left them: (name, role, means, unit) as typed, what is wrong by name."""
    directory = Directory(campaign.area, campaign.start_on)
    labels = dict(map(_meaning, task.actors.select_related("unit", "group")))
    return [
        ActorRow(TaskActor(name=name, role=role), means, labels.get(means, ""), _suggestions(directory, name), typed, wrong.get(name, ""))
        for name, role, means, typed in lines
    ]


@dataclass(frozen=True)
class NameRow:
    """One printed name of a notice: in how many tasks, what it means (`means` is "" where nothing or not one thing
    has been said), what it might mean, what it meant in the campaign before (value and words)."""

    name: str
    n_tasks: int
    first_task_id: int
    means: str
    label: str
    is_mixed: bool
    suggestions: list[tuple[str, str]]
    before: tuple[str, str] = ("", "")
    typed: str = ""
    wrong: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say."""
        return not self.means and not self.is_mixed


def names_to_explain(campaign: Campaign) -> list[NameRow]:
    """Every printed name of the kept tasks, those nobody has explained first, then in the order of the notice."""
    by_name: dict[str, list[TaskActor]] = {}
    kept = TaskActor.objects.filter(task__campaign=campaign, task__struck_at=None)
    for actor in kept.select_related("unit", "group").order_by("task__position", "pk"):
        by_name.setdefault(actor.name, []).append(actor)
    directory: Directory | None = None
    before = _said_before(campaign)
    out = []
    for name, actors in by_name.items():
        said = {_meaning(actor) for actor in actors}
        means, label = said.pop() if len(said) == 1 else ("", "")
        suggestions: list[tuple[str, str]] = []
        if not means and not said:
            directory = directory or Directory(campaign.area, campaign.start_on)
            suggestions = _suggestions(directory, name)
        out.append(NameRow(name, len(actors), actors[0].task_id, means, label, bool(said), suggestions, before.get(name, ("", ""))))
    return sorted(out, key=lambda row: not row.is_open)


def _said_before(campaign: Campaign) -> dict[str, tuple[str, str]]:
    """What the open names of a draft meant in the latest other campaign of the area: (value, words) by name."""
    names = TaskActor.objects.open().filter(task__campaign=campaign, task__struck_at=None).values("name")
    others = TaskActor.objects.filter(name__in=names, task__campaign__area=campaign.area_id).exclude(task__campaign=campaign)
    said = others.exclude(unit=None, group=None, is_ignored=False)
    latest = said.values("name", "unit", "group", "is_rest", "is_ignored").annotate(at=Max("task__campaign"), one=Max("pk")).order_by("at")
    rows = TaskActor.objects.select_related("unit", "group").in_bulk([row["one"] for row in latest])
    meanings = {row["name"]: _meaning(rows[row["one"]]) for row in latest}
    return {name: (value, words or _("不派发")) for name, (value, words) in meanings.items()}


def names_typed(rows: list[NameRow], lines: list[tuple[str, str, str, str]], wrong: dict[str, str]) -> list[NameRow]:
    """Names as a refused page left them, those with something wrong first."""
    said = {name: (means, typed) for name, _role, means, typed in lines}
    out = []
    for row in rows:
        means, typed = said.get(row.name, (row.means, ""))
        label = row.label if means == row.means else ""
        out.append(replace(row, means=means, label=label, typed=typed, wrong=wrong.get(row.name, "")))
    return sorted(out, key=lambda row: not row.wrong)


def _suggestions(directory: Directory, name: str) -> list[tuple[str, str]]:
    near = directory.resolve(name).suggestions
    return [(f"{'unit' if isinstance(found, Unit) else 'group'}:{found.pk}", found.name) for found in near]


def _meaning(actor: TaskActor) -> tuple[str, str]:
    if actor.is_ignored:
        return "none", ""
    if actor.unit is not None:
        return f"unit:{actor.unit_id}", actor.unit.name
    if actor.group is not None:
        return f"{'rest' if actor.is_rest else 'group'}:{actor.group_id}", actor.group.name
    return "", ""
