"""A unit's own plan: written, issued, printed; the visits that go with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel import clock
from anyue.kernel.http import bound, number, page, paged
from anyue.paperwork import plan_document
from anyue.people.access import who

from .. import access, actions, queries
from ..forms import DelegationForm, FindingForm, PlanForm, VisitForm
from ..models import Plan
from .work import say


def _visits(plan: Plan) -> list[Any]:
    return list(plan.visits.select_related("unit")) if plan.pk else []


@require_http_methods(["GET", "POST"])
def plan_own(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_for(who(request), pk)
    unit = access.unit_with_duties(who(request), campaign)
    plan = queries.open_plan(campaign, unit)
    if request.method == "GET" and plan.is_issued:
        return redirect("campaigns:plan", plan.pk)
    lines = queries.plan_lines(plan)
    form = bound(PlanForm, request, instance=plan)
    if request.method == "POST" and form.is_valid():
        items = form.items(line.task.pk for line in lines)
        actions.write_plan(campaign, unit, by=who(request), fields=form.cleaned_data, items=items)
        messages.success(request, _("已保存。"))
        return redirect("campaigns:plan_own", campaign.pk)
    below = queries.directly_below(plan.unit, clock.today())
    context = {
        "campaign": campaign, "plan": plan, "form": form, "lines": lines, "visits": _visits(plan), "may_write": True,
        "delegation": DelegationForm(below=below, due_on=None) if below else None,
        "visit_form": VisitForm(below=below) if below else None,
        "finding": FindingForm(),
    }
    return page(request, "campaigns/plan_write.html", context)


@require_POST
def plan_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_for(who(request), pk)
    plan = queries.open_plan(campaign, access.unit_with_duties(who(request), campaign))
    form = DelegationForm(request.POST, below=queries.directly_below(plan.unit, clock.today()), due_on=None)
    tasks = {number(task) for task in request.POST.getlist("tasks")}
    rows = [row for line in queries.plan_lines(plan) if line.task.pk in tasks for row in line.rows if row.state != "waived"]
    if not rows:
        messages.error(request, _("请勾选要下派的任务。"))
    elif not form.is_valid():
        say(request, form)
    else:
        n = actions.delegate_tasks(
            rows, by=who(request), units=form.chosen(), need=form.cleaned_data["need"], due_on=form.cleaned_data["due_on"]
        )
        messages.success(request, ngettext("已下派 %(n)s 条任务。", "已下派 %(n)s 条任务。", n) % {"n": n})
    return redirect("campaigns:plan_own", campaign.pk)


@require_POST
def plan_issue(request: HttpRequest, pk: int) -> HttpResponse:
    plan = access.own_plan(who(request), pk)
    chosen = {number(task) for task in request.POST.getlist("fulfils")}
    fulfils = [row for line in queries.plan_lines(plan) if line.task.pk in chosen for row in line.rows]
    n = actions.issue_plan(plan, by=who(request), fulfils=fulfils)
    messages.success(request, ngettext("方案已印发，%(n)s 项任务随之完成。", "方案已印发，%(n)s 项任务随之完成。", n) % {"n": n})
    return redirect("campaigns:plan", plan.pk)


@require_POST
def plan_revise(request: HttpRequest, pk: int) -> HttpResponse:
    plan = access.own_plan(who(request), pk)
    actions.revise_plan(plan, by=who(request))
    return redirect("campaigns:plan_own", plan.campaign_id)


@require_safe
def plan_list(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_issued(who(request), pk)
    rows = paged(request, queries.plans_of_campaign(campaign, campaign.area), per_page=100)
    return page(request, "campaigns/plans.html", {"campaign": campaign, "rows": rows})


@require_safe
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan = access.plan_for(who(request), pk)
    may_write = plan.unit_id == who(request).unit_id
    below = queries.directly_below(plan.unit, clock.today()) if may_write else []
    context = {
        "plan": plan, "printed": queries.printed_plan(plan, queries.plan_lines(plan)), "visits": _visits(plan), "may_write": may_write,
        "campaign": plan.campaign, "visit_form": VisitForm(below=below) if below else None, "finding": FindingForm(),
    }
    return page(request, "campaigns/plan.html", context)


@require_safe
def plan_file(request: HttpRequest, pk: int) -> HttpResponse:
    plan = access.plan_for(who(request), pk)
    data = plan_document.write_docx(queries.printed_plan(plan, queries.plan_lines(plan)))
    response = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    response["Content-Disposition"] = f'attachment; filename="plan-{plan.pk}.docx"'
    return response


@require_POST
def visit_add(request: HttpRequest, pk: int) -> HttpResponse:
    plan = access.own_plan(who(request), pk)
    form = VisitForm(request.POST, below=queries.directly_below(plan.unit, clock.today()))
    if form.is_valid():
        actions.add_visit(plan, by=who(request), **form.cleaned_data)
        messages.success(request, _("已记下。"))
    else:
        say(request, form)
    return redirect("campaigns:plan_own", plan.campaign_id)


@require_POST
def visit_write(request: HttpRequest, pk: int) -> HttpResponse:
    visit = access.visit_to_write(who(request), pk)
    form = FindingForm(request.POST)
    if form.is_valid():
        actions.write_visit(visit, by=who(request), **form.cleaned_data)
        messages.success(request, _("已保存。"))
    else:
        say(request, form)
    return redirect("campaigns:plan_own", visit.plan.campaign_id)


@require_POST
def visit_settle(request: HttpRequest, pk: int) -> HttpResponse:
    visit = access.visit_to_write(who(request), pk)
    actions.settle_visit(visit, by=who(request), words=request.POST.get("words", ""))
    messages.success(request, _("已办结。"))
    return redirect("campaigns:plan_own", visit.plan.campaign_id)
