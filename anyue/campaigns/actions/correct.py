"""A corrected notice: imported as a draft beside the issued campaign, compared task by task, and applied to it."""

import re

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anyue.kernel import audit, clock
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.notice import Breakdown, Document, break_down
from anyue.notice.compare import pair
from anyue.people.actions import Said, say
from anyue.people.models import Message, Person
from anyue.people.queries import liaison_of

from .. import queries, rules
from ..found import actors_of, task_of
from ..insert import issue_task
from ..models import Assignment, Campaign, Event, FormerNotice, Letter, Task, TaskActor
from ..queries.difference import Difference
from .imports import keep_draft
from .reissue import reissue_task, withdraw_task

# What the program reads together: where it reads the same in both versions, the reviewer's word on it stands.
_READ_TOGETHER = (
    ("kind",), ("strength",), ("participants",), ("deliverables",),
    ("quota_min", "quota_max", "quota_unit", "quota_per"),
    ("window_start", "window_end", "rhythm"), ("due_on", "due_rule"),
)
_LETTER = [field.name for field in Letter._meta.get_fields()]
_TASK = ["position", "section", "quote", "start", "end", "confidence", "reasons", "reviewed_at", *(n for names in _READ_TOGETHER for n in names)]


def import_correction(campaign: Campaign, document: Document, *, by: Person, filename: str, data: bytes) -> Campaign:
    """A draft of the corrected notice. What reads as before is taken over as it was reviewed; the rest waits to be looked at."""
    campaign = Campaign.objects.select_related("notice", "area").get(pk=campaign.pk)
    if not campaign.is_confirmed:
        raise RuleBroken(_("任务还没有派发：请删除这份通知，重新导入更正后的通知。"))
    if document.sha256 == campaign.notice.sha256:
        raise RuleBroken(_("这就是现在的通知，没有更正。"))
    found, before = break_down(document.text), break_down(campaign.notice.text)
    with transaction.atomic():
        # Two at once wait here for one another; a draft that is not there yet cannot be locked.
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        if Campaign.objects.filter(corrects=campaign).exists():
            raise Conflict(_("已有一份更正稿在核对，请先更正或删除它。"))
        draft = keep_draft(found, document, by=by, filename=filename, data=data, corrects=campaign)
        _take_over(campaign, before, draft, found)
        audit.record("correction.imported", campaign, by=by, after=f"{filename} {document.sha256[:12]}")
    return draft


def _take_over(campaign: Campaign, before: Breakdown, draft: Campaign, found: Breakdown) -> None:
    old_rows = list(campaign.tasks.kept().prefetch_related("actors"))
    new_rows = list(draft.tasks.prefetch_related("actors"))
    was_read = {(task.start, task.end): (task_of(campaign, 0, task, before.text), set(actors_of(task))) for task in before.tasks}
    is_read = {row.pk: (task_of(draft, 0, task, found.text), set(actors_of(task))) for row, task in zip(new_rows, found.tasks, strict=True)}
    _cut_as_before([row for row in old_rows if (row.start, row.end) not in was_read], draft, new_rows)
    old_rows = [row for row in old_rows if (row.start, row.end) in was_read]
    new_rows = [row for row in new_rows if row.struck_at is None]
    # By the reviewer, before anything was issued: what an earlier correction withdrew may come back.
    refused = campaign.tasks.filter(struck_at__isnull=False, merged_into=None, assignments=None)
    struck = {"".join(quote.split()) for quote in refused.values_list("quote", flat=True)}
    for i, j in pair([row.quote for row in old_rows], [row.quote for row in new_rows]):
        if j is None:
            continue
        new = new_rows[j]
        if i is not None:
            old = old_rows[i]
            _carry(old, new, was_read[old.start, old.end], is_read[new.pk])
        elif "".join(new.quote.split()) in struck:
            new.struck_at = clock.now()
        new.save()


def _carry(old: Task, new: Task, before: tuple[Task, set[tuple[str, str]]], after: tuple[Task, set[tuple[str, str]]]) -> None:
    """The reviewer's word on whatever the program reads the same in both versions."""
    new.replaces = old
    same = True
    for names in _READ_TOGETHER:
        if all(getattr(before[0], name) == getattr(after[0], name) for name in names):
            for name in names:
                setattr(new, name, getattr(old, name))
        else:
            same = False
    if before[1] == after[1]:
        _copy_actors(old, new)
    else:
        same = False
        _explain_as_before(old, new)
    if same:
        new.confidence, new.reasons, new.reviewed_at = old.confidence, old.reasons, old.reviewed_at or clock.now()


def _copy_actors(old: Task, new: Task) -> None:
    new.actors.all().delete()
    TaskActor.objects.bulk_create([actor.copied_to(new) for actor in old.actors.all()])


def _explain_as_before(old: Task, new: Task) -> None:
    """Names that the campaign knows mean what they meant."""
    known = {actor.name: actor for actor in TaskActor.objects.filter(task__campaign=old.campaign_id)}
    known |= {actor.name: actor for actor in old.actors.all()}
    for actor in new.actors.all():
        if said := known.get(actor.name):
            actor.unit_id, actor.group_id, actor.is_rest, actor.is_ignored = said.unit_id, said.group_id, said.is_rest, said.is_ignored
            actor.save()


def _cut_as_before(by_hand: list[Task], draft: Campaign, new_rows: list[Task]) -> None:
    """Tasks that the reviewer cut, joined or added, where their words still stand in the notice: cut the same again."""
    text = draft.notice.text
    after = 0
    for old in by_hand:
        words = re.compile(r"\s*".join(map(re.escape, "".join(old.quote.split()))))
        place = words.search(text, after) or words.search(text)
        if place is None:
            continue
        start, end = place.span()
        after = end
        for row in new_rows:
            if row.struck_at is None and row.start < end and row.end > start:
                row.struck_at = clock.now()
                row.save(update_fields=["struck_at"])
        at = max((row.position for row in new_rows if row.start <= start), default=0)
        section = next((row.section for row in reversed(new_rows) if row.start <= start), old.section)
        new = Task(campaign=draft, replaces=old, **{name: getattr(old, name) for name in _TASK})
        new.position, new.section, new.quote, new.start, new.end = at + 1, section, text[start:end], start, end
        new.reviewed_at = old.reviewed_at or clock.now()
        new.save(force_insert=True)
        _copy_actors(old, new)


@transaction.atomic
def unpair_task(task: Task, *, by: Person) -> None:
    """In a correction: this is another task, not the new wording of the one it was put beside."""
    Task.objects.filter(pk=task.pk).update(replaces=None)
    audit.record("correction.unpaired", task, by=by, before=str(task.replaces_id or ""))


@transaction.atomic
def apply_correction(draft: Campaign, *, by: Person) -> Difference:
    """The issued campaign becomes what the correction says. Untouched tasks keep ids, progress and deadlines; changed
    ones keep their id and are issued again; what is gone is withdrawn with the reason; units that owe something else
    than before are told. Returns the difference that was applied."""
    draft = Campaign.objects.select_for_update(of=("self",)).select_related("corrects", "notice").get(pk=draft.pk)
    campaign = draft.corrects
    if campaign is None:
        raise RuleBroken(_("这不是更正稿。"))
    found = queries.difference(draft)
    rules.check_ready(*queries.unready([change.new for change in found.changes if change.new is not None]))
    _replace_notice(campaign, draft, by=by)
    again, added = _write_tasks(campaign, found)
    is_moved = bool(found.of("added", "changed", "removed"))
    days = queries.workdays_of(campaign)
    tasks = list(campaign.tasks.kept().prefetch_related("actors__unit", "actors__group"))
    for task in tasks:
        # 其余成员单位 are those whom no item beside it names, so that a change elsewhere may change who they are.
        if task.pk in again or (is_moved and any(actor.is_rest for actor in task.actors.all())):
            reissue_task(campaign, task, tasks, days, by=by)
        elif task.pk in added:
            issue_task(campaign, task, tasks, days)
    for change in found.of("removed"):
        assert change.old is not None
        withdraw_task(change.old, by=by)
    draft.delete()
    _tell(campaign, found, by=by)
    summary = {sort: len(found.of(sort)) for sort in ("same", "reworded", "changed", "added", "removed")}
    audit.record("correction.applied", campaign, by=by, after=" ".join(f"{sort} {n}" for sort, n in summary.items()))
    return found


def _replace_notice(campaign: Campaign, draft: Campaign, *, by: Person) -> None:
    notice = campaign.notice
    FormerNotice.objects.create(campaign=campaign, replaced_at=clock.now(), replaced_by=by, **{name: getattr(notice, name) for name in _LETTER})
    for name in _LETTER:
        setattr(notice, name, getattr(draft.notice, name))
    notice.save()
    for name in ("theme", "start_on", "end_on"):
        setattr(campaign, name, getattr(draft, name))
    campaign.save(update_fields=["theme", "start_on", "end_on"])
    now = {event.title: event for event in draft.events.all()}
    for event in campaign.events.all():
        fresh = now.pop(event.title, None)
        if fresh is None:
            event.delete()
        else:
            Event.objects.filter(pk=event.pk).update(day=fresh.day, place=fresh.place)
    Event.objects.filter(pk__in=[event.pk for event in now.values()]).update(campaign=campaign)


def _write_tasks(campaign: Campaign, found: Difference) -> tuple[set[int], set[int]]:
    """Tasks that change are written into their old rows, new ones move over. Returns (to issue again, to issue)."""
    again, added = set(), set()
    for change in found.changes:
        old, new = change.old, change.new
        if new is None:
            continue
        if old is None:
            Task.objects.filter(pk=new.pk).update(campaign=campaign, replaces=None)
            added.add(new.pk)
            continue
        for name in _TASK:
            setattr(old, name, getattr(new, name))
        old.save()
        old.actors.all().delete()
        new.actors.update(task=old)
        if change.owed:
            again.add(old.pk)
    return again, added


def _tell(campaign: Campaign, found: Difference, *, by: Person) -> None:
    """One message to the liaison of every unit that owes something else than before, with what concerns it alone."""
    lines: dict[int, list[str]] = {}
    heads = {"added": _("新增"), "changed": _("变更"), "removed": _("取消")}
    for change in found.of("added", "changed", "removed"):
        task = change.new if change.old is None else change.old
        assert task is not None
        moved = "".join(f"；{what} {before or '—'} → {after or '—'}" for what, before, after in change.owed)
        words = f"{heads[change.sort]}：{''.join(task.quote.split())[:40]}{moved}"
        for unit in set(Assignment.objects.filter(task=task).values_list("unit", flat=True)):
            lines.setdefault(unit, []).append(words)
    people = liaison_of(lines)
    said = [
        Said(
            people[unit],
            ngettext("通知已更正，与您单位有关的任务有 %(n)s 项变动", "通知已更正，与您单位有关的任务有 %(n)s 项变动", len(rows)) % {"n": len(rows)},
            "\n".join(rows[:20]),
        )
        for unit, rows in lines.items()
        if unit in people
    ]
    say(said, by=by, kind=Message.Kind.NEWS)

