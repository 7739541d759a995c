"""Remind who still owes, escalate what stays open, urge. Nobody who is done is ever spoken to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Exists, IntegerField, OuterRef, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import RuleBroken
from anyue.people.actions import Said, say
from anyue.people.models import Delivery, Message, Person
from anyue.people.queries import liaison_of
from anyue.units.models import STEP

from ..models import Assignment, AssignmentQuerySet, Campaign, Reminder, Task, TaskActor

SHOWN = 8  # tasks, or units, that a message names; the rest is a number


@dataclass
class _Lists:
    """What one person is told: tasks by step, and what stays open below the units that supervise."""

    steps: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    below: list[tuple[str, int]] = field(default_factory=list)

    def shown(self) -> Iterable[int]:
        """The tasks that the message names."""
        for rows in self.steps.values():
            yield from rows[:SHOWN]
        yield from (task for _name, task in self.below[:SHOWN])


@transaction.atomic
def remind(*, by: object, today: date) -> int:
    """Today's digest to the liaison of every unit that owes something at one of its campaign's steps (T−3, T, T+1, T+3).

    At the last step who supervises hears of it too: the unit that passed the task on, units that urge it, else the unit
    above (never one that stands beside). Returns how many digests were made; running it again the same day makes none.
    """
    lists: dict[int, _Lists] = defaultdict(_Lists)
    chosen: list[tuple[int, AssignmentQuerySet]] = []
    for campaign in Campaign.objects.filter(confirmed_at__isnull=False):
        for step in campaign.remind_steps:
            rows = _owed(campaign, today).filter(due_on=today - timedelta(step))
            chosen.append((step, rows))
            for unit, task in rows.values_list("unit", "task").iterator(5000):
                lists[unit].steps[step].append(task)
        if campaign.remind_steps and campaign.remind_steps[-1] > 0:
            _escalate(campaign, today, lists)
    people = liaison_of(lists)
    tasks = Task.objects.in_bulk({task for unit in people for task in lists[unit].shown()})
    messages = say((_digest(people[unit], lists[unit], tasks) for unit in people), by=by, kind=Message.Kind.DIGEST)
    for step, rows in chosen:
        _note(rows, step, today)
    return len(messages)


@transaction.atomic
def set_remind_days(campaign: Campaign, *, by: Person, steps: list[int]) -> None:
    """On which days around a deadline (-3 three days before, 0 on it) the campaign reminds; none: never."""
    before = campaign.remind_days
    Campaign.objects.filter(pk=campaign.pk).update(remind_days=" ".join(map(str, steps)))
    audit.record("campaign.remind_days_set", campaign, by=by, before=before, after=" ".join(map(str, steps)))


def _owed(campaign: Campaign, today: date) -> AssignmentQuerySet:
    return Assignment.objects.filter(task__campaign=campaign, task__struck_at=None).owed().unmet(today).order_by("task__position", "pk")


def _escalate(campaign: Campaign, today: date, lists: dict[int, _Lists]) -> None:
    rows = _owed(campaign, today).filter(due_on=today - timedelta(campaign.remind_steps[-1]))
    found = list(rows.values_list("task", "unit", "unit__name", "unit__path", "unit__parent", "parent__unit"))
    if not found:
        return
    urging: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for task, path, unit in Assignment.objects.filter(
        task__campaign=campaign, role=TaskActor.Role.SUPERVISE
    ).values_list("task", "unit__path", "unit"):
        urging[task].append((path, unit))
    for task, unit, name, path, above, passed_on_by in found:
        urge = {one for its_path, one in urging[task] if path.startswith(its_path) and one != unit}
        told = {passed_on_by} if passed_on_by else urge
        if not told and above is not None and len(path) // STEP - 1 > len(campaign.area.path) // STEP:
            told = {above}
        for one in told:
            lists[one].below.append((name, task))


def _digest(person: Person, lists: _Lists, tasks: dict[int, Task]) -> Said:
    parts: list[str] = []
    n_open = sum(len(rows) for rows in lists.steps.values())
    for step, rows in sorted(lists.steps.items(), reverse=True):
        parts.append(_heading(step, len(rows)))
        parts += [f"· {_short(tasks[task])}" for task in rows[:SHOWN]]
        if len(rows) > SHOWN:
            parts.append(_("……另有 %(n)s 项") % {"n": len(rows) - SHOWN})
    if lists.below:
        parts.append(_("下级单位逾期未完成，请督促："))
        parts += [f"· {name}：{_short(tasks[task])}" for name, task in lists.below[:SHOWN]]
        if len(lists.below) > SHOWN:
            parts.append(_("……另有 %(n)s 项") % {"n": len(lists.below) - SHOWN})
    subject = _("还有 %(n)s 项任务要办") % {"n": n_open} if n_open else _("有 %(n)s 项任务请督促") % {"n": len(lists.below)}
    return Said(person, subject, "\n".join(parts))


def _heading(step: int, n: int) -> str:
    if step < 0:
        return _("%(days)s 天后到期（%(n)s 项）：") % {"days": -step, "n": n}
    if step == 0:
        return _("今天到期（%(n)s 项）：") % {"n": n}
    return _("已过期限 %(days)s 天（%(n)s 项）：") % {"days": step, "n": n}


def _short(task: Task) -> str:
    words = "".join(task.quote.split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def _note(rows: AssignmentQuerySet, step: int, today: date) -> None:
    """Which assignments today's digests spoke of; one INSERT … SELECT, since there may be hundreds of thousands."""
    # Joined, not asked for row by row: on PostgreSQL 600,000 questions take half a minute.
    spoken = rows.order_by().filter(
        unit__terms__until=None, unit__terms__person__messages__kind=Message.Kind.DIGEST, unit__terms__person__messages__day=today
    )
    chosen = spoken.values_list("unit__terms__person__messages", "pk", Value(step, IntegerField()))
    inner, params = chosen.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Reminder._meta.db_table} (message_id, assignment_id, step) {inner} ON CONFLICT DO NOTHING",  # own table, compiled query
            params,
        )


@transaction.atomic
def cancel_stale(*, by: object, today: date) -> int:
    """Digests that still wait to go out and have lost their cause: of another day, or all of it done since."""
    still = Assignment.objects.unmet(today).filter(reminders__message=OuterRef("message"))
    spoken = Reminder.objects.filter(message=OuterRef("message"))
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, message__kind=Message.Kind.DIGEST)
    stale = waiting.filter(~Q(message__day=today) | Exists(spoken) & ~Exists(still))
    return stale.update(state=Delivery.State.CANCELLED, ended_at=timezone.now())


@transaction.atomic
def urge(rows: Iterable[Assignment], *, by: Person) -> int:
    """Who supervises asks the units of these assignments to go on; those done or excused hear nothing. Once a day.

    Returns how many units were reached.
    """
    today = clock.today()
    open_ = Assignment.objects.filter(pk__in=[row.pk for row in rows]).unmet(today)
    fresh = list(open_.exclude(reminders__step=None, reminders__message__day=today, reminders__isnull=False).select_related("task", "unit"))
    if not fresh:
        raise RuleBroken(_("没有需要督促的单位：都已完成，或今天已经督促过。"))
    people = liaison_of({row.unit_id for row in fresh})
    reached = [row for row in fresh if row.unit_id in people]
    if not reached:
        raise RuleBroken(_("这些单位还没有联络员，请打电话督促。"))
    said = [
        Said(people[row.unit_id], _("%(unit)s 请您抓紧办理一项任务") % {"unit": by.unit}, _urging(row)) for row in reached
    ]
    messages = say(said, by=by, kind=Message.Kind.URGE)
    Reminder.objects.bulk_create(Reminder(message=message, assignment=row) for message, row in zip(messages, reached, strict=True))
    for row in reached:
        audit.record("assignment.urged", row, by=by)
    return len(reached)


def _urging(row: Assignment) -> str:
    due = _("期限：%(day)s") % {"day": row.due_on} if row.due_on else ""
    return f"{_short(row.task)}\n{due}".strip()
