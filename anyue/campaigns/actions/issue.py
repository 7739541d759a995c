"""Issue a campaign: every kept task becomes assignments of the units its actors mean."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock, progress
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.kernel.workdays import Workdays
from anyue.people.models import Person
from anyue.units.models import UnitQuerySet

from .. import queries, rules
from ..models import Assignment, Campaign, Task, TaskActor


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
    nobody = [task for task in tasks if not task.actors.all()]
    if nobody:
        raise RuleBroken(
            _("有 %(n)s 项任务没有责任单位，如“%(quote)s”。请先在核对页补上。") % {"n": len(nobody), "quote": nobody[0].quote[:20]}
        )
    claimed = Campaign.objects.filter(pk=campaign.pk, confirmed_at=None).update(confirmed_at=clock.now(), confirmed_by=by)
    if not claimed:
        raise Conflict(_("这个活动刚刚已由他人派发，请刷新后查看。"))
    made = 0
    days = queries.workdays_of(campaign)
    for n, task in enumerate(tasks, start=1):
        made += _issue(campaign, task, tasks, days)
        progress.note(progress_key(campaign), n, len(tasks))
    _count_afresh()
    audit.record("campaign.confirmed", campaign, by=by, after=f"{len(tasks)} tasks, {made} assignments")
    campaign.refresh_from_db()
    return made


def _count_afresh() -> None:
    """PostgreSQL's planner learns of the new rows now, not a minute later: until then the first pages of a campaign of
    600,000 rows took three seconds. SQLite's plans are better without (docs/performance.md)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Assignment, Task):
                cursor.execute(f"ANALYZE {model._meta.db_table}")


def progress_key(campaign: Campaign) -> str:
    """Under which its issuing notes how far it is."""
    return f"issue:{campaign.pk}"


def _issue(campaign: Campaign, task: Task, tasks: list[Task], days: Workdays) -> int:
    """One INSERT … SELECT a role, group and period: 600,000 rows take seconds, not minutes (docs/performance.md)."""
    made = 0
    for role, units in queries.units_by_role(campaign, task, tasks):
        for period in queries.periods_of(campaign, task, days):
            made += _insert(task, role, units, period)
    return made


def _insert(task: Task, role: str, units: UnitQuerySet, period: rules.Period) -> int:
    inner, params = units.order_by().values("id").query.get_compiler(connection=connection).as_sql()
    need = 0 if role == TaskActor.Role.SUPERVISE else task.need
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {Assignment._meta.db_table}
                (task_id, unit_id, role, period_start, period_end, due_on, need, done, reported, waived_because, extended_because)
                SELECT %s, chosen.id, %s, %s, %s, %s, %s, 0, 0, '', ''
                FROM ({inner}) AS chosen WHERE true ON CONFLICT DO NOTHING""",  # noqa: S608  # own table, compiled query
            [task.pk, role, period.start, period.end, period.due_on, need, *params],
        )
        return int(cursor.rowcount)
