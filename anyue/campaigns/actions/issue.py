"""Issue a campaign: every kept task becomes assignments of the units its actors mean."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anyue.kernel import audit, clock, progress
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.people.models import Person

from .. import queries, rules
from ..insert import issue_task
from ..models import Assignment, Campaign, Task


@transaction.atomic
def confirm_campaign(campaign: Campaign, *, by: Person) -> int:
    """Every kept task becomes an assignment for each unit its actors mean and each period. Returns how many.

    One transaction: all or none. A printed name that nobody has explained stops it, so that none is dropped.
    """
    tasks = list(campaign.tasks.kept().prefetch_related("actors__unit", "actors__group"))
    if campaign.corrects_id is not None:
        raise RuleBroken(_("这是更正稿，请在“更正差异”页按差异更正。"))
    rules.check_confirm(is_confirmed=campaign.is_confirmed, n_tasks=len(tasks))
    rules.check_ready(*queries.unready(tasks))
    claimed = Campaign.objects.filter(pk=campaign.pk, confirmed_at=None).update(confirmed_at=clock.now(), confirmed_by=by)
    if not claimed:
        raise Conflict(_("这个活动刚刚已由他人派发，请刷新后查看。"))
    made = 0
    days = queries.workdays_of(campaign)
    for n, task in enumerate(tasks, start=1):
        made += issue_task(campaign, task, tasks, days)
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
