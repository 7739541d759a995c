"""Issue the tasks, and see how far they are."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anyue.kernel import clock, progress
from anyue.kernel.http import page, paged
from anyue.people.access import who
from anyue.units.access import area_of
from anyue.units.models import Unit

from .. import access, actions, queries, rules
from ..models import Task


@require_http_methods(["GET", "POST"])
def campaign_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    if request.method == "GET" and campaign.corrects_id is not None:
        return redirect("campaigns:difference", campaign.pk)
    if request.method == "GET":
        return page(request, "campaigns/confirm.html", {"campaign": campaign, "preview": queries.preview(campaign, clock.today())})
    n = actions.confirm_campaign(campaign, by=who(request))
    messages.success(request, _("已派发：%(n)s 条任务到单位。") % {"n": f"{n:,}"})
    return redirect("campaigns:board", campaign.pk)


@require_safe
def campaign_progress(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    done, total = progress.of(actions.progress_key(campaign)) or (0, 0)
    return JsonResponse({"done": done, "total": total})


@require_safe
def campaign_board(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    kind = request.GET.get("kind", "")
    rows = paged(request, queries.units_on_board(campaign, kind=kind), per_page=60)
    strength = request.GET.get("strength", "")
    tasks = list(campaign.tasks.kept().filter(strength=strength) if strength in Task.Strength.values else campaign.tasks.kept())
    board = queries.board(campaign, list(rows), clock.today(), tasks=tasks)
    context = {
        "campaign": campaign, "board": board, "rows": rows, "kinds": Unit.Kind.choices, "kind": kind,
        "strength": strength, "strengths": Task.Strength.choices, "states": rules.STATES, "tally": queries.tally(campaign, clock.today()),
    }
    return page(request, "campaigns/board.html", context)


@require_safe
def campaign_rates(request: HttpRequest, pk: int) -> HttpResponse:
    """How much is done, and how much in time: the office sees its area, others their own unit and what is below."""
    campaign = access.campaign_for(who(request), pk)
    area = area_of(who(request))
    by = request.GET.get("by", "")
    by = by if by in queries.BY else "task"
    rows = paged(request, queries.units_on_board(campaign, within=area)) if by == "unit" else None
    exceptions = paged(request, queries.exceptions(campaign, clock.today(), within=area), per_page=100)
    rates = queries.rates(campaign, clock.today(), by=by, within=area, units=rows or [])
    context = {"campaign": campaign, "rates": rates, "rows": rows, "by": by, "exceptions": exceptions, "area": area}
    return page(request, "campaigns/rates.html", context)
