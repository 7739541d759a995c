"""Import a notice: a draft campaign from a document, its original kept, its tasks with their actors looked up."""

import re
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import RuleBroken
from anyue.notice import Breakdown, Document, break_down
from anyue.notice import task as found_tasks
from anyue.people.models import Person
from anyue.units.queries import Directory

from ..models import Campaign, Event, Notice, Task, TaskActor


def import_notice(document: Document, *, by: Person, filename: str, data: bytes) -> Campaign:
    """A draft campaign from a document: its notice with the original kept, its tasks with their actors looked up."""
    # Read before the transaction: a long text takes seconds, in which SQLite would let nobody else write.
    found = break_down(document.text)
    with transaction.atomic():
        return _keep(found, document, by=by, filename=filename, data=data)


def drop_draft(campaign: Campaign, *, by: Person) -> None:
    """A draft that was imported by mistake goes, with its notice and its file. What was issued stays."""
    with transaction.atomic():
        draft = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if draft.is_confirmed:
            raise RuleBroken(_("任务已经派发，不能删除。"))
        original = draft.notice.original
        audit.record("notice.dropped", draft, by=by, before=f"{draft.notice.filename} {draft.notice.sha256[:12]}")
        draft.delete()
        transaction.on_commit(lambda: original.delete(save=False))


def _keep(found: Breakdown, document: Document, *, by: Person, filename: str, data: bytes) -> Campaign:
    area = by.area
    assert area is not None
    head = found.header
    issued_on = head.issued_on or clock.today()
    start, end = _period(found, issued_on)
    campaign = Campaign.objects.create(
        area=area,
        name=(head.title or filename)[:200],
        theme=(head.theme or "")[:200],
        start_on=start,
        end_on=end,
        made_at=clock.now(),
    )
    Notice.objects.create(
        campaign=campaign,
        original=ContentFile(data, name=f"{document.sha256[:16]}.{document.format}"),
        filename=filename[:200],
        sha256=document.sha256,
        text=document.text,
        title=(head.title or "")[:300],
        issuer=(head.issuer or "")[:200],
        number=(head.document_number or "")[:60],
        issued_on=issued_on,
        recipients="\n".join(head.recipients),
        headings={heading.section: heading.title[:200] for heading in found.outline},
    )
    Event.objects.bulk_create(
        Event(campaign=campaign, title=event.title[:60], day=date.fromisoformat(event.date), place=(event.place or "")[:100])
        for event in found.events
    )
    _add_tasks(campaign, found)
    audit.record("notice.imported", campaign, by=by, after=f"{filename} {document.sha256[:12]}")
    return campaign


def _period(found: Breakdown, issued_on: date) -> tuple[date, date]:
    period = found.header.period or {}
    first, last = period.get("start"), period.get("end")
    start = date.fromisoformat(first) if first else issued_on
    end = date.fromisoformat(last) if last else start + timedelta(30)
    return start, max(start, end)


def _add_tasks(campaign: Campaign, found: Breakdown) -> None:
    rows = [_task(campaign, n, task, found.text) for n, task in enumerate(found.tasks)]
    Task.objects.bulk_create(rows)
    directory = Directory(campaign.area, campaign.start_on)
    meanings: dict[str, Any] = {}
    actors = []
    for row, task in zip(rows, found.tasks, strict=True):
        for name, role in _actors(task):
            if name not in meanings:
                meanings[name] = directory.resolve(name)
            meaning = meanings[name]
            actors.append(
                TaskActor(task=row, name=name[:200], role=role, unit=meaning.unit, group=meaning.group, is_rest=meaning.is_rest)
            )
    TaskActor.objects.bulk_create(actors, ignore_conflicts=True)


def _actors(task: found_tasks.Task) -> list[tuple[str, str]]:
    """Printed actors with their roles; who is told to urge (督促) supervises, and those urged do it."""
    if not (task.verb in ("督促", "敦促") and task.participants):
        return [(actor.name, actor.role) for actor in task.actors]
    doers = [re.sub(r"(?:的)?(?:主要)?(?:负责人|责任人)$", "", name) or name for name in task.participants]
    urging = [(actor.name, str(TaskActor.Role.SUPERVISE)) for actor in task.actors]
    return urging + [(name, str(TaskActor.Role.RESPONSIBLE)) for name in doers]


def _task(campaign: Campaign, position: int, task: found_tasks.Task, text: str) -> Task:
    window = task.window if isinstance(task.window, dict) else {}
    start, end = window.get("start"), window.get("end")
    is_day = bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", task.due or ""))
    quota = task.quota
    return Task(
        campaign=campaign,
        position=position * 10,
        section=task.section[:60],
        quote=text[task.start : task.end],
        start=task.start,
        end=task.end,
        kind=task.kind,
        strength=task.strength,
        participants="、".join(task.participants)[:500],
        deliverables="、".join(task.deliverables)[:500],
        quota_min=quota.min if quota else None,
        quota_max=quota.max if quota else None,
        quota_unit=quota.unit if quota else "",
        quota_per=quota.per if quota else "",
        window_start=date.fromisoformat(start) if start else None,
        window_end=date.fromisoformat(end) if end else None,
        rhythm=task.window if isinstance(task.window, str) else "",
        due_on=date.fromisoformat(task.due) if task.due and is_day else None,
        due_rule="" if is_day else task.due or "",
        confidence=task.confidence,
        reasons=" ".join(task.reasons)[:500],
    )
