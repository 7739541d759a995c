"""Register as liaison by a scanned code; confirm who did; see who speaks for which unit."""

from datetime import timedelta

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel import clock
from anyue.kernel.errors import RuleBroken, TooMany
from anyue.kernel.http import bound, page, paged
from anyue.units.access import area_of
from anyue.units.models import Unit

from .. import access, actions, contacts, queries, rules
from ..access import who
from ..forms import CodeForm, JoinForm, RefusalForm
from ..models import JoinCode

SECRET = "registration"  # noqa: S105  # name of the session's entry


def _code(token: str) -> JoinCode:
    code = queries.code_of(token)
    if code is None:
        raise Http404
    rules.check_code(expires_on=code.expires_on, revoked=code.revoked_at is not None, today=clock.today())
    return code


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    code = _code(token)
    form = bound(JoinForm, request, code=code)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="join"):
            raise TooMany(_("从这里登记得太频繁，请一小时后再试，或打电话给安委办。"))
        data = form.cleaned_data
        _row, secret = actions.register(
            code, by="join", unit=data["chosen"], name=data["name"], post=data["post"], phone=data["phone"]
        )
        request.session[SECRET] = secret
        request.session.set_expiry(timedelta(rules.DEVICE_DAYS))
        return redirect("join_status")
    context = {"code": code, "form": form, "kept": rules.KEPT["liaison"], "sent": queries.registration_of(request.session.get(SECRET, ""))}
    return page(request, "people/join.html", context)


@login_not_required
@require_safe
def join_units(request: HttpRequest, token: str) -> HttpResponse:
    """Units that go by the typed words, to choose from."""
    words = request.GET.get("words", "").strip()[:50]
    units = queries.units_to_join(_code(token), words, on=clock.today())
    return page(request, "people/_found.html", {"units": units, "words": words})


@login_not_required
@require_safe
def join_status(request: HttpRequest) -> HttpResponse:
    registration = queries.registration_of(request.session.get(SECRET, ""))
    if registration is None:
        raise Http404
    return page(request, "people/join_status.html", {"registration": registration})


@login_not_required
@require_POST
def join_enter(request: HttpRequest) -> HttpResponse:
    """The device that sent a confirmed registration is let in, and stays."""
    registration = queries.registration_of(request.session.get(SECRET, ""))
    if registration is None:
        raise Http404
    person = registration.person
    if person is None or not person.is_active or person.is_office:  # a code on a wall leads nobody into the office
        raise RuleBroken(_("这份登记现在不能进入。请查看登记状态，或向安委办要新的二维码。"))
    request.session.set_expiry(timedelta(rules.DEVICE_DAYS))
    # Not Django's login(): who chose to have a second factor is asked for it here too.
    entered: HttpResponse = perform_login(request, person, redirect_url=reverse("home"))
    return entered


@require_safe
def liaison_list(request: HttpRequest) -> HttpResponse:
    area, kind = area_of(who(request)), request.GET.get("kind", "")
    missing = request.GET.get("missing") == "1"
    found = queries.liaisons(area, on=clock.today(), kind=kind, missing=missing)
    rows = paged(request, found.units)
    context = {
        "area": area, "rows": rows, "found": found, "kind": kind, "kinds": Unit.Kind.choices, "missing": missing,
        "waiting": paged(request, access.registrations_for(who(request)).waiting(), per_page=100),
        "codes": queries.good_codes(list(rows), on=clock.today()),
        "flooded": queries.flooded_codes(area) if area else [],
    }
    return page(request, "people/liaisons.html", context)


@require_POST
def registration_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.registration_to_decide(who(request), pk)
    person = actions.confirm_registration(row, by=who(request))
    messages.success(request, _("已确认：%(unit)s 的联络员是%(name)s。") % {"unit": row.unit, "name": person})
    return redirect("liaisons")


@require_POST
def registration_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.registration_to_decide(who(request), pk)
    form = RefusalForm(request.POST)
    actions.refuse_registration(row, by=who(request), because=form.data.get("because", "")[:200])
    messages.success(request, _("已退回：%(unit)s %(name)s。") % {"unit": row.unit, "name": row.name})
    return redirect("liaisons")


@require_POST
def liaison_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole number, on record as looked up."""
    term = access.term_to_call(who(request), pk)
    contacts.look_up(term, by=who(request))
    return page(request, "people/phone.html", {"term": term}, fragment="people/_phone.html")


@require_POST
def liaison_file(request: HttpRequest) -> HttpResponse:
    """联络员信息表 as a workbook, on record as taken out."""
    area = access.area_to_invite(who(request))
    data = contacts.write_xlsx(area, by=who(request), on=clock.today())
    response = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = 'attachment; filename="liaisons.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def code_for_all(request: HttpRequest) -> HttpResponse:
    """One code for all units, to print or to send."""
    area = access.area_to_invite(who(request))
    form = bound(CodeForm, request, initial={"expires_on": clock.today() + timedelta(rules.CODE_DAYS)})
    if request.method == "POST" and form.is_valid():
        actions.make_codes([area], by=who(request), for_all=True, expires_on=form.cleaned_data["expires_on"])
        return redirect("code_for_all")
    code = queries.code_for_all(area, on=clock.today())
    context = {"form": form, "code": code, "area": area, "link": _link(request, code) if code else ""}
    return page(request, "people/code.html", context)


def _link(request: HttpRequest, code: JoinCode) -> str:
    return request.build_absolute_uri(reverse("join", args=[code.token]))


@require_http_methods(["GET", "POST"])
def code_of_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of one unit: for its first liaison, and for handing over to the next."""
    unit = access.unit_to_invite(who(request), pk)
    form = bound(CodeForm, request, initial={"expires_on": clock.today() + timedelta(rules.CODE_DAYS)})
    if request.method == "POST" and form.is_valid():
        actions.make_codes([unit], by=who(request), expires_on=form.cleaned_data["expires_on"])
        return redirect("code_of_unit", unit.pk)
    code = queries.good_codes([unit], on=clock.today()).get(unit.pk)
    context = {"form": form, "code": code, "area": unit, "link": _link(request, code) if code else "", "unit": unit}
    return page(request, "people/code.html", context)


@require_http_methods(["GET", "POST"])
def code_sheet(request: HttpRequest) -> HttpResponse:
    """One code a unit, on sheets to print and cut."""
    area, kind = access.area_to_invite(who(request)), request.GET.get("kind", "")
    found = queries.liaisons(area, on=clock.today(), kind=kind, missing=True)
    if request.method == "POST":
        units = list(found.units)
        have = queries.good_codes(units, on=clock.today())
        made = actions.make_codes(
            [unit for unit in units if unit.pk not in have], by=who(request), expires_on=clock.today() + timedelta(rules.CODE_DAYS)
        )
        n = len(made)
        messages.success(request, ngettext("已生成 %(n)s 个二维码。", "已生成 %(n)s 个二维码。", n) % {"n": n})
        return redirect(request.get_full_path())
    rows = paged(request, found.units, per_page=60)
    codes = queries.good_codes(list(rows), on=clock.today())
    sheet = [(unit, codes[unit.pk], _link(request, codes[unit.pk])) for unit in rows if unit.pk in codes]
    context = {"sheet": sheet, "rows": rows, "n_without": len(list(rows)) - len(sheet), "kind": kind, "kinds": Unit.Kind.choices, "area": area}
    return page(request, "people/code_sheet.html", context)


@require_POST
def code_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    code = access.code_to_revoke(who(request), pk)
    actions.revoke_code(code, by=who(request))
    messages.success(request, _("二维码已停用。"))
    return redirect("liaisons")


@require_POST
def code_flood(request: HttpRequest, pk: int) -> HttpResponse:
    """Hundreds that a robot sent go by one press."""
    n = actions.refuse_flood(access.code_to_revoke(who(request), pk), by=who(request))
    messages.success(request, ngettext("二维码已停用，已退回 %(n)s 份登记。", "二维码已停用，已退回 %(n)s 份登记。", n) % {"n": n})
    return redirect("liaisons")
