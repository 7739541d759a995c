"""Review a draft: correct, strike, add, split and merge tasks before they are issued."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import RuleBroken
from anyue.people.models import Person
from anyue.units.queries import Directory

from .. import rules
from ..models import Campaign, Task, TaskActor


def _open_for_review(campaign: Campaign) -> None:
    if campaign.is_confirmed:
        raise RuleBroken(_("任务已经派发，不能再改。如通知有更正，请导入更正后的通知。"))


@dataclass(frozen=True)
class ActorChoice:
    """One actor as the reviewer leaves it."""

    name: str
    role: str
    unit_id: int | None = None
    group_id: int | None = None
    is_rest: bool = False
    is_ignored: bool = False


@transaction.atomic
def correct_task(task: Task, *, by: Person, fields: dict[str, Any], actors: list[ActorChoice] | None = None) -> None:
    """The reviewer's values for a task's fields, and its actors where given; the task counts as looked at."""
    _open_for_review(task.campaign)
    before = f"{task.kind} {task.strength} {task.due_on or task.due_rule}"
    for name, value in fields.items():
        setattr(task, name, value)
    task.reviewed_at = clock.now()
    task.full_clean(exclude=["campaign"])
    task.save()
    if actors is not None:
        actors = _looked_up(actors, task.campaign)
        task.actors.all().delete()
        TaskActor.objects.bulk_create(
            TaskActor(
                task=task,
                name=choice.name,
                role=choice.role,
                unit_id=choice.unit_id,
                group_id=choice.group_id if choice.unit_id is None else None,
                is_rest=choice.is_rest,
                is_ignored=choice.is_ignored,
            )
            for choice in {(c.name, c.role): c for c in actors}.values()
        )
    audit.record("task.corrected", task, by=by, before=before, after=f"{task.kind} {task.strength} {task.due_on or task.due_rule}")


def _looked_up(actors: list[ActorChoice], campaign: Campaign) -> list[ActorChoice]:
    """Actors of whom the reviewer said nothing but the name: whom the directory knows by exactly that name."""
    directory: Directory | None = None
    out = []
    for actor in actors:
        if actor.unit_id is None and actor.group_id is None and not actor.is_ignored:
            directory = directory or Directory(campaign.area, campaign.start_on)
            found = directory.resolve(actor.name)
            actor = replace(
                actor, unit_id=found.unit.pk if found.unit else None,
                group_id=found.group.pk if found.group else None, is_rest=found.is_rest,
            )
        out.append(actor)
    return out


@transaction.atomic
def accept_task(task: Task, *, by: Person) -> None:
    """The reviewer looked and found it right."""
    _open_for_review(task.campaign)
    Task.objects.filter(pk=task.pk).update(reviewed_at=clock.now())
    audit.record("task.accepted", task, by=by)


@transaction.atomic
def strike_task(task: Task, *, by: Person) -> None:
    """No task after all. The row stays, struck out, and may be brought back."""
    _open_for_review(task.campaign)
    Task.objects.filter(pk=task.pk).update(struck_at=clock.now())
    audit.record("task.struck", task, by=by, before=task.quote)


@transaction.atomic
def restore_task(task: Task, *, by: Person) -> None:
    """A struck task counts again."""
    _open_for_review(task.campaign)
    Task.objects.filter(pk=task.pk).update(struck_at=None)
    audit.record("task.restored", task, by=by)


@transaction.atomic
def add_task(campaign: Campaign, *, by: Person, start: int, end: int) -> Task:
    """A task that the reader saw and the program did not: a stretch of the notice, with its neighbour's actors."""
    _open_for_review(campaign)
    notice = campaign.notice
    rules.check_span(start, end, len(notice.text))
    before = campaign.tasks.filter(start__lte=start).order_by("-start").first()
    task = Task.objects.create(
        campaign=campaign,
        position=(before.position + 1) if before else 0,
        section=before.section if before else "",
        quote=notice.text[start:end],
        start=start,
        end=end,
        kind=before.kind if before else "other",
        reviewed_at=clock.now(),
        reasons="by_hand",
    )
    if before:
        _copy_actors(before, task)
    audit.record("task.added", task, by=by, after=task.quote)
    return task


def _copy_actors(source: Task, target: Task) -> None:
    TaskActor.objects.bulk_create(
        [
            TaskActor(task=target, name=a.name, role=a.role, unit_id=a.unit_id, group_id=a.group_id, is_rest=a.is_rest, is_ignored=a.is_ignored)
            for a in source.actors.all()
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def split_task(task: Task, *, by: Person, at: int) -> Task:
    """Two tasks of one: the quote is cut at offset `at` of the notice. The second is returned."""
    _open_for_review(task.campaign)
    if not task.start < at < task.end:
        raise RuleBroken(_("请在这项任务的原文中间选择拆分的位置。"))
    text = task.campaign.notice.text
    end = task.end
    second = Task.objects.get(pk=task.pk)
    second.pk = None
    second.start, second.end, second.quote = _trim(text, at, end)
    task.start, task.end, task.quote = _trim(text, task.start, at)
    for half in (task, second):
        rules.check_span(half.start, half.end, len(text))
        half.reviewed_at = clock.now()
    second.position = task.position + 1
    task.save()
    second.save(force_insert=True)
    _copy_actors(task, second)
    audit.record("task.split", task, by=by, after=second.quote)
    return second


def _trim(text: str, start: int, end: int) -> tuple[int, int, str]:
    while start < end and text[start] in "，、；。 \n\t\u3000":
        start += 1
    while end > start and text[end - 1] in "，、；。 \n\t\u3000":
        end -= 1
    return start, end, text[start:end]


@transaction.atomic
def merge_tasks(first: Task, *, by: Person, second: Task) -> None:
    """One task of two that follow one another: the quote runs over both; what the first lacks comes from the second."""
    _open_for_review(first.campaign)
    if first.campaign_id != second.campaign_id or first.pk == second.pk:
        raise RuleBroken(_("只能合并同一通知中的两项任务。"))
    text = first.campaign.notice.text
    first.start, first.end = min(first.start, second.start), max(first.end, second.end)
    first.quote = text[first.start : first.end]
    if not (first.due_on or first.due_rule):
        first.due_on, first.due_rule = second.due_on, second.due_rule
    for name in ("window_start", "window_end", "rhythm", "deliverables", "participants"):
        if not getattr(first, name):
            setattr(first, name, getattr(second, name))
    if first.quota_min is None:
        first.quota_min, first.quota_max = second.quota_min, second.quota_max
        first.quota_unit, first.quota_per = second.quota_unit, second.quota_per
    first.reviewed_at = clock.now()
    first.save()
    _copy_actors(second, first)
    audit.record("task.merged", first, by=by, before=second.quote, after=first.quote)
    second.delete()
