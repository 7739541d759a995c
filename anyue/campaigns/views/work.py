"""What a unit owes, and what it says it did."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel import clock
from anyue.kernel.http import bound, page
from anyue.people.access import who

from .. import access, actions, queries
from ..forms import ProgressForm, WaiverForm


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
        "may_report": access.may_fulfil(who(request), assignment),
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
    if not form.is_valid():
        messages.error(request, _("请写明豁免理由。"))
    else:
        actions.waive_assignment(assignment, by=who(request), because=form.cleaned_data["because"])
        messages.success(request, _("已豁免。"))
    return redirect("campaigns:assignment", assignment.pk)


@require_POST
def assignment_resume(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_for(who(request), pk)
    access.require_office(who(request))
    actions.resume_assignment(assignment, by=who(request))
    messages.success(request, _("已取消豁免。"))
    return redirect("campaigns:assignment", assignment.pk)


@require_safe
def my_tasks(request: HttpRequest) -> HttpResponse:
    lists = queries.owed_by(who(request).unit, clock.today())
    return page(request, "campaigns/my_tasks.html", {"lists": lists, "unit": who(request).unit})
