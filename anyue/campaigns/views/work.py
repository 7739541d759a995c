"""What a unit owes, and what it says it did."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel import clock
from anyue.kernel.http import bound, page
from anyue.people.access import who

from .. import access, actions, queries
from ..forms import AskedTwiceForm, DelegationForm, ExtensionForm, ProgressForm, WaiverForm


@require_http_methods(["GET", "POST"])
def assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_for(who(request), pk)
    form = bound(ProgressForm, request)
    if request.method == "POST":
        assignment = access.assignment_to_fulfil(who(request), pk)
        if form.is_valid():
            actions.report_progress(assignment, by=who(request), **form.cleaned_data)
            messages.success(request, _("已记录。"))
            return redirect("campaigns:assignment", assignment.pk)
    context = {
        "assignment": assignment,
        "form": form,
        "waiver": WaiverForm(),
        "extension": ExtensionForm(),
        "may_report": access.may_fulfil(who(request), assignment),
        "may_delegate": access.may_fulfil(who(request), assignment) and bool(queries.may_be_given(assignment, clock.today())),
        "may_take_back": access.may_take_back(who(request), assignment),
        "passed_on": queries.passed_on(assignment, clock.today()),
        "reminders": queries.reminders_of(assignment),
        "asked": assignment.asked_twice.select_related("by", "settled_by"),
        "asked_form": AskedTwiceForm(),
        "is_own": assignment.unit_id == who(request).unit_id,
        "history": assignment.progress.select_related("by", "reverses", "reversed_by"),
        "watched": queries.watched(assignment, clock.today()),
    }
    return page(request, "campaigns/assignment.html", context)


@require_POST
def progress_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.progress_to_withdraw(who(request), pk)
    actions.withdraw_progress(row, by=who(request))
    messages.success(request, _("已撤回。"))
    return redirect("campaigns:assignment", row.assignment_id)


@require_POST
def assignment_waive(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_for(who(request), pk)
    access.require_office(who(request))
    form = WaiverForm(request.POST)
    if form.is_valid():
        actions.waive_assignment(assignment, by=who(request), because=form.cleaned_data["because"], until=form.cleaned_data["waived_until"])
        messages.success(request, _("已豁免。"))
    else:
        say(request, form)
    return redirect("campaigns:assignment", assignment.pk)


def say(request: HttpRequest, form: Any) -> None:
    """What is wrong with a small form beside others, on the next page."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}：{errors[0]}" if label else errors[0])


@require_POST
def assignment_extend(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_for(who(request), pk)
    access.require_office(who(request))
    form = ExtensionForm(request.POST)
    if form.is_valid():
        actions.extend_assignment(assignment, by=who(request), until=form.cleaned_data["until"], because=form.cleaned_data["extended_because"])
        messages.success(request, _("已延期。"))
    else:
        say(request, form)
    return redirect("campaigns:assignment", assignment.pk)


@require_http_methods(["GET", "POST"])
def assignment_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_to_delegate(who(request), pk)
    below = queries.may_be_given(assignment, clock.today())
    form = bound(DelegationForm, request, below=below, due_on=assignment.due_on)
    if request.method == "GET" or not form.is_valid():
        return page(request, "campaigns/delegate.html", {"assignment": assignment, "form": form, "below": below})
    n, owing = actions.delegate(
        assignment, by=who(request), units=form.chosen(), need=form.cleaned_data["need"], due_on=form.cleaned_data["due_on"]
    )
    messages.success(request, ngettext("已下派给 %(n)s 个单位。", "已下派给 %(n)s 个单位。", n) % {"n": n})
    if owing:
        messages.warning(request, _("%(names)s 已经有这项任务，没有重复下派。") % {"names": "、".join(unit.name for unit in owing[:5])})
    return redirect("campaigns:assignment", assignment.pk)


@require_POST
def assignment_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_to_take_back(who(request), pk)
    actions.take_back(assignment, by=who(request))
    messages.success(request, _("已收回。"))
    return redirect("campaigns:assignment", assignment.parent_id)


@require_POST
def assignment_resume(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_for(who(request), pk)
    access.require_office(who(request))
    actions.resume_assignment(assignment, by=who(request))
    messages.success(request, _("已取消豁免。"))
    return redirect("campaigns:assignment", assignment.pk)


@require_safe
def my_tasks(request: HttpRequest) -> HttpResponse:
    unit = who(request).unit
    context = {"lists": queries.owed_by(unit, clock.today()), "unit": unit, "to_receive": queries.to_receive(unit)}
    return page(request, "campaigns/my_tasks.html", context)
