"""Receipt, urging, calendar, questions asked twice."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel import clock, ics
from anyue.kernel.http import bound, page, paged
from anyue.people.access import who
from anyue.people.queries import person_of_calendar

from .. import access, actions, queries
from ..forms import AskedTwiceForm, RemindDaysForm, ReplyForm


@require_POST
def campaign_receive(request: HttpRequest, pk: int) -> HttpResponse:
    """签收, sent by the page itself as it opens; by a button where no script runs."""
    campaign = access.campaign_for(who(request), pk)
    unit = access.unit_with_duties(who(request), campaign)
    actions.receive(campaign, by=who(request), unit=unit)
    if request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return page(request, "campaigns/_received.html", {"campaign": campaign})
    messages.success(request, _("已签收。"))
    return redirect("campaigns:mine")


@require_safe
def campaign_receipts(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_issued(who(request), pk)
    found = queries.receipts(campaign, on=clock.today())
    silent = paged(request, found.silent, per_page=100)
    context = {"campaign": campaign, "found": found, "silent": silent, "is_late": clock.now() >= found.silent_from}
    return page(request, "campaigns/receipts.html", context)


@require_http_methods(["GET", "POST"])
def remind_days(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    form = bound(RemindDaysForm, request, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        actions.set_remind_days(campaign, by=who(request), steps=form.steps())
        messages.success(request, _("已保存。"))
        return redirect("campaigns:receipts" if campaign.is_confirmed else "campaigns:detail", campaign.pk)
    return page(request, "campaigns/remind_days.html", {"campaign": campaign, "form": form})


@require_POST
def assignment_urge(request: HttpRequest, pk: int) -> HttpResponse:
    assignment, rows = access.assignments_to_urge(who(request), pk)
    n = actions.urge(rows, by=who(request))
    messages.success(request, ngettext("已督促 %(n)s 个单位。", "已督促 %(n)s 个单位。", n) % {"n": n})
    return redirect("campaigns:assignment", assignment.pk)


@require_http_methods(["GET", "POST"])
def assignment_asked_twice(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "GET":  # a refused page, read again
        return redirect("campaigns:assignment", access.assignment_for(who(request), pk).pk)
    assignment = access.assignment_to_delegate(who(request), pk)
    form = AskedTwiceForm(request.POST)
    if form.is_valid():
        actions.say_asked_twice(assignment, by=who(request), **form.cleaned_data)
        messages.success(request, _("已告诉安委办。答复会出现在这一页。"))
    else:
        messages.error(request, _("请写明在哪里报过。"))
    return redirect("campaigns:assignment", assignment.pk)


@require_safe
def asked_twice_list(request: HttpRequest) -> HttpResponse:
    access.require_office(who(request))
    rows = paged(request, queries.asked_twice(list(access.campaigns_of(who(request)))))
    return page(request, "campaigns/asked_twice.html", {"rows": rows})


@require_POST
def asked_twice_settle(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.asked_twice_to_settle(who(request), pk)
    form = ReplyForm(request.POST)
    actions.settle_asked_twice(row, by=who(request), reply=form.data.get("reply", "")[:200])
    messages.success(request, _("已答复。"))
    return redirect("campaigns:asked_twice_list")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    campaigns = list(access.campaigns_of(who(request)).filter(confirmed_at__isnull=False))
    return page(request, "campaigns/calendar.html", {"days": queries.days(who(request).unit, campaigns, clock.today())})


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The same as a private feed: whoever has the address is the person, for this and nothing else."""
    person = person_of_calendar(token)
    if person is None:
        raise Http404
    campaigns = list(access.campaigns_of(person).filter(confirmed_at__isnull=False))
    entries = []
    for day in queries.days(person.unit, campaigns, clock.today()):
        entries += [ics.Entry(f"event-{event.pk}", day.day, event.title, event.campaign.name, event.place) for event in day.events]
        entries += [
            ics.Entry(f"assignment-{row.pk}", day.day, _("截止：%(task)s") % {"task": "".join(row.task.quote.split())[:60]}, row.task.quote)
            for row in day.due
        ]
    data = ics.write(_("安月 %(unit)s") % {"unit": person.unit or ""}, entries, stamp=clock.now())
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
