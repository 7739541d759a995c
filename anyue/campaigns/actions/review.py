"""Review a draft: correct, strike, add, split and merge tasks before they are issued."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import RuleBroken
from anyue.notice import kinds, subjects
from anyue.people.models import Person
from anyue.units.queries import Directory

from .. import rules
from ..models import Campaign, Task, TaskActor, TaskActorQuerySet


def _open_for_review(campaign: Campaign) -> None:
    if campaign.is_confirmed:
        raise RuleBroken(_("任务已经派发，不能再改。如通知有更正，请导入更正后的通知。"))


@dataclass(frozen=True)
class Meaning:
    """Whom a printed name means, as the reviewer says: one unit, a group or its rest, nobody; all empty: not said yet."""

    unit_id: int | None = None
    group_id: int | None = None
    is_rest: bool = False
    is_ignored: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nothing has been said."""
        return self.unit_id is None and self.group_id is None and not self.is_ignored


@dataclass(frozen=True)
class ActorChoice:
    """One actor of a task as the reviewer leaves it."""

    name: str
    role: str
    meaning: Meaning = Meaning()


@transaction.atomic
def correct_task(task: Task, *, by: Person, fields: dict[str, Any], actors: list[ActorChoice] | None = None) -> None:
    """The reviewer's values for a task's fields, and its actors where given; the task counts as looked at.

    What a name means here, it means wherever else in the notice nobody has explained it yet.
    """
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
            TaskActor(task=task, name=choice.name, role=choice.role, **vars(choice.meaning))
            for choice in {(c.name, c.role): c for c in actors}.values()
        )
        for choice in actors:
            if not choice.meaning.is_open:
                _named(task.campaign, choice.name).open().update(**vars(choice.meaning))
    audit.record("task.corrected", task, by=by, before=before, after=f"{task.kind} {task.strength} {task.due_on or task.due_rule}")


def _named(campaign: Campaign, name: str) -> TaskActorQuerySet:
    return TaskActor.objects.filter(task__campaign=campaign, name=name)


def _looked_up(actors: list[ActorChoice], campaign: Campaign) -> list[ActorChoice]:
    """Actors of whom the reviewer said nothing but the name: whom the directory knows by exactly that name."""
    directory: Directory | None = None
    out = []
    for actor in actors:
        if actor.meaning.is_open:
            directory = directory or Directory(campaign.area, campaign.start_on)
            found = directory.resolve(actor.name)
            unit_id = found.unit.pk if found.unit else None
            group_id = found.group.pk if found.group else None
            actor = replace(actor, meaning=Meaning(unit_id, group_id, found.is_rest))
        out.append(actor)
    return out


@transaction.atomic
def explain_names(campaign: Campaign, *, by: Person, meanings: dict[str, Meaning]) -> int:
    """Whom printed names mean, in every task of the notice that prints them. Returns how many names were given."""
    _open_for_review(campaign)
    for name, meaning in meanings.items():
        _named(campaign, name).update(**vars(meaning))
    audit.record("names.explained", campaign, by=by, after="、".join(meanings))
    return len(meanings)


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
    if task.merged_into_id is not None:
        raise RuleBroken(_("这项任务已并入另一项，请在那一项上撤销合并。"))
    Task.objects.filter(pk=task.pk).update(struck_at=None)
    audit.record("task.restored", task, by=by)


@transaction.atomic
def add_task(campaign: Campaign, *, by: Person, start: int, end: int) -> Task:
    """A task that the reader saw and the program did not: a stretch of the notice that no other task quotes.

    Whom its words name is to do it, else who does the task before it, else the addressees; it waits to be looked at.
    """
    _open_for_review(campaign)
    notice = campaign.notice
    rules.check_span(start, end, len(notice.text))
    if campaign.tasks.kept().filter(start__lt=end, end__gt=start).exists():
        raise RuleBroken(_("这段文字与已有的任务重叠。可以先拆分或删除那一项。"))
    before = campaign.tasks.kept().filter(start__lt=start).order_by("-start").first()
    quote = notice.text[start:end]
    task = Task.objects.create(
        campaign=campaign,
        position=(before.position + 1) if before else 0,
        section=before.section if before else "",
        quote=quote,
        start=start,
        end=end,
        kind=kinds.of_words(quote)[0],
        confidence=0,  # its actors are a guess
        reasons="by_hand",
    )
    names = subjects(quote)
    if before and not names:
        _copy_actors(before, task)
    else:
        names = names or [name for name in notice.recipients.split("\n") if name]
        choices = _looked_up([ActorChoice(name, TaskActor.Role.RESPONSIBLE) for name in names], campaign)
        TaskActor.objects.bulk_create(TaskActor(task=task, name=c.name, role=c.role, **vars(c.meaning)) for c in choices)
    audit.record("task.added", task, by=by, after=task.quote)
    return task


def _copy_actors(source: Task, target: Task) -> None:
    TaskActor.objects.bulk_create([actor.copied_to(target) for actor in source.actors.all()], ignore_conflicts=True)


def _still_there(*tasks: Task) -> None:
    """Raises RuleBroken where an old page speaks of a task that has been merged or struck out since."""
    if Task.objects.filter(pk__in=[task.pk for task in tasks]).exclude(struck_at=None).exists():
        raise RuleBroken(_("这项任务已经合并或删除，没有再改动。"))


@transaction.atomic
def split_task(task: Task, *, by: Person, at: int) -> Task:
    """Two tasks of one: the quote is cut at offset `at` of the notice. The second is returned."""
    _open_for_review(task.campaign)
    _still_there(task)
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
        if task.reviewed_at is None:
            half.kind = kinds.of_words(half.quote)[0]
    second.position = task.position + 1
    task.save()
    second.save(force_insert=True)
    _copy_actors(task, second)
    audit.record("task.split", task, by=by, after=second.quote)
    return second


def _trim(text: str, start: int, end: int) -> tuple[int, int, str]:
    while start < end and text[start] in "，、；。 \n\t\u3000":
        start += 1
    while end > start and text[end - 1] in "，、；。和及与并 \n\t\u3000":
        end -= 1
    return start, end, text[start:end]


@transaction.atomic
def merge_tasks(first: Task, *, by: Person, second: Task) -> Task:
    """One task of two that follow one another: the quote runs over both; what the first lacks comes from the second.

    The merged task is a new one; both parts stay, struck out, so that it can be undone.
    """
    _open_for_review(first.campaign)
    if first.campaign_id != second.campaign_id or first.pk == second.pk:
        raise RuleBroken(_("只能合并同一通知中的两项任务。"))
    _still_there(first, second)
    text = first.campaign.notice.text
    merged = Task.objects.get(pk=first.pk)
    merged.pk = None
    merged.start, merged.end = min(first.start, second.start), max(first.end, second.end)
    merged.quote = text[merged.start : merged.end]
    if not (first.due_on or first.due_rule):
        merged.due_on, merged.due_rule = second.due_on, second.due_rule
    for name in ("window_start", "window_end", "rhythm", "deliverables", "participants"):
        if not getattr(first, name):
            setattr(merged, name, getattr(second, name))
    if first.quota_min is None:
        merged.quota_min, merged.quota_max = second.quota_min, second.quota_max
        merged.quota_unit, merged.quota_per = second.quota_unit, second.quota_per
    merged.reasons = f"{first.reasons[:490]} merged"
    merged.reviewed_at = None
    merged.save(force_insert=True)
    for part in (first, second):
        _copy_actors(part, merged)
    Task.objects.filter(pk__in=(first.pk, second.pk)).update(struck_at=clock.now(), merged_into=merged)
    audit.record("task.merged", merged, by=by, before=f"{first.pk} {second.pk}", after=merged.quote)
    return merged


@transaction.atomic
def unmerge_task(task: Task, *, by: Person) -> None:
    """The parts of a merged task count again; the merged one goes."""
    _open_for_review(task.campaign)
    restored = task.parts.update(struck_at=None, merged_into=None)
    if not restored:
        raise RuleBroken(_("这项任务不是合并而成的。"))
    audit.record("task.unmerged", task, by=by, before=task.quote)
    task.delete()
