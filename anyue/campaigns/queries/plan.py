"""A unit's own plan: its tasks with who answers for them and to whom they were passed on, as page and as document."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from anyue.kernel import clock
from anyue.paperwork import plan_document
from anyue.units.models import Unit

from .. import rules
from ..models import Assignment, Campaign, Plan, Task, TaskActor


@dataclass
class PlanLine:
    """One task of the unit: its assignments, who answers for it and how, and the units it was passed on to."""

    task: Task
    rows: list[Assignment]
    person: str = ""
    how: str = ""
    passed_to: list[Unit] = field(default_factory=list)

    @property
    def is_fulfilled_by_plan(self) -> bool:
        """Whether a plan is what the task asks for, and it is still open."""
        return rules.plan_says(self.task.quote, self.task.kind) and self.is_open

    @property
    def is_open(self) -> bool:
        """Whether any of its periods is still owed."""
        return any(row.state not in (rules.DONE, rules.WAIVED) for row in self.rows)


def open_plan(campaign: Campaign, unit: Unit) -> Plan:
    """The unit's plan, or what a new one begins with (not saved)."""
    found = Plan.objects.filter(campaign=campaign, unit=unit).select_related("unit", "campaign__notice").first()
    return found or Plan(campaign=campaign, unit=unit, title=_("%(unit)s%(campaign)s实施方案") % {"unit": unit.name, "campaign": _short(campaign)})


def _short(campaign: Campaign) -> str:
    """2023年“安全生产月”活动, of 示例旗安委办关于印发《2023年全旗“安全生产月”活动方案》的通知."""
    name = campaign.name.partition("《")[2].partition("》")[0] or campaign.name
    return name.removesuffix("实施方案").removesuffix("工作方案").removesuffix("方案").replace("全旗", "").replace("全县", "").replace("全市", "")


def plan_lines(plan: Plan) -> list[PlanLine]:
    """The unit's tasks in the order of the notice. Three queries, whatever their number."""
    rows = (
        Assignment.objects.filter(unit=plan.unit, task__campaign=plan.campaign, task__struck_at=None)
        .exclude(role=TaskActor.Role.SUPERVISE)
        .with_state(clock.today())
        .select_related("task")
        .order_by("task__position", "task_id", F("due_on").asc(nulls_last=True))
    )
    lines = [PlanLine(task, list(group)) for task, group in groupby(rows, key=lambda row: row.task)]
    said = {item.task_id: item for item in plan.items.all()} if plan.pk else {}
    below: dict[int, dict[int, Unit]] = {}
    children = Assignment.objects.filter(parent__unit=plan.unit, task__campaign=plan.campaign).select_related("unit")
    for child in children.order_by("unit__path"):
        below.setdefault(child.task_id, {})[child.unit_id] = child.unit
    for line in lines:
        if item := said.get(line.task.pk):
            line.person, line.how = item.person, item.how
        line.passed_to = list(below.get(line.task.pk, {}).values())
    return lines


def plans_of_campaign(campaign: Campaign, within: Unit) -> QuerySet[Plan]:
    """Issued plans of the units within, with how many visits were made and how many follow-ups are open."""
    rows = Plan.objects.filter(campaign=campaign, issued_at__isnull=False, unit__path__gte=within.path, unit__path__lt=within.path_end)
    return rows.select_related("unit", "issued_by").order_by("unit__path").annotate(
        n_visits=Count("visits", filter=~Q(visits__found="")),
        n_open=Count("visits", filter=~Q(visits__follow_up="") & Q(visits__settled_on=None)),
    )


def printed_plan(plan: Plan, lines: list[PlanLine]) -> plan_document.Plan:
    """The plan as its printed form takes it."""
    campaign = plan.campaign
    chapters: dict[str, list[plan_document.Item]] = {}
    for line in lines:
        section = line.task.section.split("/")[0]
        due = next((row.due_on for row in line.rows if row.due_on), None)
        chapters.setdefault(campaign.notice.heading_of(section), []).append(
            plan_document.Item("".join(line.task.quote.split()), line.person, due, line.how, [unit.name for unit in line.passed_to])
        )
    return plan_document.Plan(
        title=plan.title,
        unit=plan.unit.name,
        basis=campaign.notice.title or campaign.name,
        number=campaign.notice.number,
        theme=campaign.theme,
        start=campaign.start_on,
        end=campaign.end_on,
        leaders=_paragraphs(plan.leaders),
        chapters=chapters,
        visits=[(visit.day, visit.unit.name) for visit in plan.visits.select_related("unit")],
        funds=f"{plan.funds.normalize():f}" if plan.funds else "",
        funds_words=plan.funds_words,
        demands=_paragraphs(plan.demands),
        day=timezone.localdate(plan.issued_at) if plan.issued_at else clock.today(),
    )


def _paragraphs(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
