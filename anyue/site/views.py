"""Home pages, health, language and type size, the working days, the page of parts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.campaigns import access as campaign_access
from anyue.campaigns import queries as campaign_queries
from anyue.campaigns import rules as campaign_rules
from anyue.kernel import clock
from anyue.kernel.http import bound, page
from anyue.people.access import who

from . import days, parts_sample
from .forms import DayOffForm


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = who(request)
    if not person.is_office:
        return redirect("campaigns:mine")
    campaigns = list(campaign_access.campaigns_of(person)[:20])
    issued = [c for c in campaigns if c.is_confirmed]
    context = {
        "campaigns": [c for c in campaigns if c.corrects_id is None],
        "n_asked": campaign_queries.n_asked_twice(issued),
        "current": issued[0] if len(issued) == 1 else None,
        "attention": campaign_queries.attention(issued, clock.today()) if issued else None,
        "drafts": campaign_queries.to_look_at([c for c in campaigns if not c.is_confirmed]),
    }
    return page(request, "site/home.html", context)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def _back(request: HttpRequest) -> HttpResponse:
    url = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(url if safe and url.startswith("/") else "/")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    code = request.POST.get("language", "")
    if check_for_language(code) and code in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.HTTPS)
    return response


@login_not_required
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    large = "0" if request.COOKIES.get("large") == "1" else "1"
    response.set_cookie("large", large, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.HTTPS)
    return response


@require_http_methods(["GET", "POST"])
def workdays(request: HttpRequest) -> HttpResponse:
    person = who(request)
    campaign_access.require_office(person)
    form = bound(DayOffForm, request)
    if request.method == "POST" and form.is_valid():
        days.set_day(by=person, **form.cleaned_data)
        messages.success(request, _("已保存。新派发的任务按新的工作日计算期限。"))
        return redirect("workdays")
    return page(request, "site/workdays.html", {"form": form, "years": days.years(clock.today().year)})


@login_not_required
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return page(request, "site/parts.html", {"states": campaign_rules.STATES, **parts_sample.context()})
