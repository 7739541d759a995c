"""Import a notice: a draft campaign from a document, its original kept, its tasks with their actors looked up."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock
from anyue.kernel.errors import RuleBroken
from anyue.notice import Breakdown, Document, break_down
from anyue.people.models import Person
from anyue.units.queries import Directory

from ..found import actors_of, task_of
from ..models import Campaign, Event, Notice, Task, TaskActor


def import_notice(document: Document, *, by: Person, filename: str, data: bytes) -> Campaign:
    """A draft campaign from a document: its notice with the original kept, its tasks with their actors looked up."""
    # Read before the transaction: a long text takes seconds, in which SQLite would let nobody else write.
    found = break_down(document.text)
    with transaction.atomic():
        return keep_draft(found, document, by=by, filename=filename, data=data)


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


def keep_draft(
    found: Breakdown, document: Document, *, by: Person, filename: str, data: bytes, corrects: Campaign | None = None
) -> Campaign:
    """The draft with its notice, events and tasks; a correction's stands in the area of what it corrects."""
    area = corrects.area if corrects else by.area
    assert area is not None
    head = found.header
    issued_on = head.issued_on or clock.today()
    start, end = _period(found, issued_on)
    campaign = Campaign.objects.create(
        area=area,
        corrects=corrects,
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
    rows = [task_of(campaign, n, task, found.text) for n, task in enumerate(found.tasks)]
    Task.objects.bulk_create(rows)
    directory = Directory(campaign.area, campaign.start_on)
    meanings: dict[str, Any] = {}
    actors = []
    for row, task in zip(rows, found.tasks, strict=True):
        for name, role in actors_of(task):
            if name not in meanings:
                meanings[name] = directory.resolve(name)
            meaning = meanings[name]
            actors.append(
                TaskActor(task=row, name=name[:200], role=role, unit=meaning.unit, group=meaning.group, is_rest=meaning.is_rest)
            )
    TaskActor.objects.bulk_create(actors, ignore_conflicts=True)
