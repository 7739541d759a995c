"""Doors of other services: where they are configured, who links theirs while signed in may sign in by them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anyue.kernel.http import page

from .. import access, actions, provider, queries
from ..access import who


def _known(service: str) -> str:
    if service not in queries.outside_doors():
        raise Http404
    return service


@login_not_required
@require_POST
def enter(request: HttpRequest, service: str) -> HttpResponse:
    """To the service's page, to sign in or (process=connect) to link."""
    response: HttpResponse = provider.LOGIN[_known(service)](request)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest, service: str) -> HttpResponse:
    """From the service's page, which can but GET; the page that answers posts the same at once, since GET writes nothing.
    DingTalk calls the code authCode."""
    _known(service)
    if request.method == "GET":
        return page(request, "people/back.html", {})
    if "authCode" in request.GET:
        given = request.GET.copy()
        given["code"] = request.GET["authCode"]
        request.GET = given  # type: ignore[assignment]
    response: HttpResponse = provider.CALLBACK[service](request)
    return response


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.outside_account_of(who(request), pk)
    actions.unlink_outside(row, by=who(request))
    messages.success(request, _("已解除绑定。"))
    return redirect("account")
