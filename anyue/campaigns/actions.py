"""Everything that writes campaigns: import a notice, correct its tasks, issue them, report towards them."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock, progress
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.notice import Breakdown, Document, break_down
from anyue.notice import task as found_tasks
from anyue.people.models import Person
from anyue.units.models import UnitQuerySet
from anyue.units.queries import Directory

from . import queries, rules
from .models import Assignment, Campaign, Notice, Progress, Task, TaskActor


def import_notice(document: Document, *, by: Person, filename: str, data: bytes) -> Campaign:
    """A draft campaign from a document: its notice with the original kept, its tasks with their actors looked up."""
    # Read before the transaction: a long text takes seconds, in which SQLite would let nobody else write.
    found = break_down(document.text)
    with transaction.atomic():
        return _keep(found, document, by=by, filename=filename, data=data)


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


# ---------------------------------------------------------------- review


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


# ---------------------------------------------------------------- issuing


@transaction.atomic
def confirm_campaign(campaign: Campaign, *, by: Person) -> int:
    """Every kept task becomes an assignment for each unit its actors mean and each period. Returns how many.

    One transaction: all or none. A printed name that nobody has explained stops it, so that none is dropped.
    """
    tasks = list(campaign.tasks.kept().prefetch_related("actors__unit", "actors__group"))
    rules.check_confirm(is_confirmed=campaign.is_confirmed, n_tasks=len(tasks))
    unexplained = sorted({a.name for task in tasks for a in task.actors.all() if a.is_open})
    if unexplained:
        raise RuleBroken(
            _("还有 %(n)s 个称谓没有对应到单位：%(names)s。请先在核对页选定单位或选择“不派发”。")
            % {"n": len(unexplained), "names": "、".join(unexplained[:8])}
        )
    claimed = Campaign.objects.filter(pk=campaign.pk, confirmed_at=None).update(confirmed_at=clock.now(), confirmed_by=by)
    if not claimed:
        raise Conflict(_("这个活动刚刚已由他人派发，请刷新后查看。"))
    made = 0
    for n, task in enumerate(tasks, start=1):
        made += _issue(campaign, task, tasks)
        progress.note(progress_key(campaign), n, len(tasks))
    audit.record("campaign.confirmed", campaign, by=by, after=f"{len(tasks)} tasks, {made} assignments")
    campaign.refresh_from_db()
    return made


def progress_key(campaign: Campaign) -> str:
    """Under which its issuing notes how far it is."""
    return f"issue:{campaign.pk}"


def _issue(campaign: Campaign, task: Task, tasks: list[Task]) -> int:
    """One INSERT … SELECT a role, group and period: 600,000 rows take seconds, not minutes (docs/performance.md)."""
    made = 0
    for role, units in queries.units_by_role(campaign, task, tasks):
        for period in queries.periods_of(campaign, task):
            made += _insert(task, role, units, period)
    return made


def _insert(task: Task, role: str, units: UnitQuerySet, period: rules.Period) -> int:
    inner, params = units.order_by().values("id").query.get_compiler(connection=connection).as_sql()
    need = 0 if role == TaskActor.Role.SUPERVISE else task.need
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {Assignment._meta.db_table}
                (task_id, unit_id, role, period_start, period_end, due_on, need, done, reported, waived_because)
                SELECT %s, chosen.id, %s, %s, %s, %s, %s, 0, 0, ''
                FROM ({inner}) AS chosen WHERE true ON CONFLICT DO NOTHING""",  # noqa: S608  # own table, compiled query
            [task.pk, role, period.start, period.end, period.due_on, need, *params],
        )
        return int(cursor.rowcount)


# ---------------------------------------------------------------- fulfilling


@transaction.atomic
def report_progress(assignment: Assignment, *, by: Person, amount: int, words: str = "") -> Progress:
    """A unit did `amount` towards an assignment. The counters move in the same transaction."""
    if assignment.role == TaskActor.Role.SUPERVISE:
        raise RuleBroken(_("这项任务由您督促，由责任单位报送。"))
    if assignment.waived_at is not None:
        raise RuleBroken(_("这项任务已经豁免，不需要再报。"))
    row = Progress.objects.create(assignment=assignment, amount=amount, words=words, at=clock.now(), by=by)
    Assignment.objects.filter(pk=assignment.pk).update(done=F("done") + amount, reported=F("reported") + 1)
    audit.record("progress.reported", assignment, by=by, after=str(amount))
    return row


@transaction.atomic
def waive_assignment(assignment: Assignment, *, by: Person, because: str) -> None:
    """The office excuses a unit from a task, with a reason that shows wherever the figure shows."""
    if not because.strip():
        raise RuleBroken(_("请写明豁免理由。"))
    won = Assignment.objects.filter(pk=assignment.pk, waived_at=None).update(
        waived_at=clock.now(), waived_by=by, waived_because=because.strip()[:200]
    )
    if not won:
        raise Conflict(_("这项任务已经豁免。"))
    audit.record("assignment.waived", assignment, by=by, after=because)


