"""What issuing a campaign would do: which units a task means, in which periods."""

from dataclasses import dataclass
from datetime import date

from anyue.kernel.workdays import Workdays
from anyue.units.models import Unit, UnitQuerySet
from anyue.units.queries import members_of

from .. import rules
from ..models import Campaign, Task, TaskActor


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
        if other.pk != task.pk and f"{other.section}/".startswith(f"{siblings}/")
        for actor in other.actors.all()
        if actor.unit_id is not None
    }


def unready(tasks: list[Task]) -> tuple[list[str], list[str]]:
    """(names that nobody has explained, quotes of tasks without anybody to do them) of tasks with their actors."""
    unexplained = sorted({actor.name for task in tasks for actor in task.actors.all() if actor.is_open})
    return unexplained, [task.quote for task in tasks if not task.actors.all()]


def workdays_of(campaign: Campaign) -> Workdays:
    """The working days by which its deadlines are reckoned, read once for all tasks."""
    return Workdays(campaign.start_on.year, campaign.end_on.year + 1)


def periods_of(campaign: Campaign, task: Task, days: Workdays) -> list[rules.Period]:
    """The stretches in which the task is owed, with deadlines by the table of working days."""
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
    without_actor: list[Task]
    for_nobody: list[Task]
    late: list[Task]  # whose deadline is over already

    @property
    def is_ready(self) -> bool:
        """Whether it can be issued."""
        return bool(self.n_tasks) and not self.unexplained and not self.without_actor


def preview(campaign: Campaign, today: date) -> Preview:
    """The numbers that the page shows before a campaign is issued."""
    tasks = list(campaign.tasks.kept().prefetch_related("actors__unit", "actors__group"))
    known: dict[str, set[int]] = {}
    everyone: set[int] = set()
    n_assignments = 0
    late: list[Task] = []
    days = workdays_of(campaign)
    for task in tasks:
        pairs: set[tuple[str, int]] = set()
        for role, units in units_by_role(campaign, task, tasks):
            key = str(units.query)
            if key not in known:
                known[key] = set(units.values_list("pk", flat=True))
            pairs |= {(role, pk) for pk in known[key]}
        everyone |= {pk for _role, pk in pairs}
        periods = periods_of(campaign, task, days)
        n_assignments += len(pairs) * len(periods)
        if pairs and any(period.due_on and period.due_on < today for period in periods):
            late.append(task)
    unexplained = {a.name: a for task in tasks for a in task.actors.all() if a.is_open}
    for_nobody = [task for task in tasks if task.actors.all() and all(a.is_ignored for a in task.actors.all())]
    return Preview(
        n_tasks=len(tasks) - len(for_nobody),
        n_units=len(everyone),
        n_assignments=n_assignments,
        unexplained=list(unexplained.values()),
        n_doubtful=sum(task.is_doubtful for task in tasks),
        without_actor=[task for task in tasks if not task.actors.all()],
        for_nobody=for_nobody,
        late=late,
    )
