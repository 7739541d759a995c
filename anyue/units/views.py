"""The directory of units: list, one more, import, export."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anyue.kernel import clock
from anyue.kernel.http import bound, page, paged

from . import access, actions, directory, queries
from .forms import DirectoryForm, UnitForm
from .models import Unit


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    area = access.area_of(cast(Any, request.user))
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:50]
    units = queries.units_under(area, on=clock.today(), kind=kind)
    if words:
        units = units.filter(name__contains=words)
    rows = paged(request, units.select_related("parent").prefetch_related("aliases"))
    context = {"rows": rows, "kinds": Unit.Kind.choices, "kind": kind, "q": words, "area": area}
    return page(request, "units/list.html", context)


@require_safe
def unit_names(request: HttpRequest) -> HttpResponse:
    """A few names that hold the typed words, as options of an input that asks while one types."""
    area = access.area_of(cast(Any, request.user))
    words = next((str(value) for value in request.GET.values()), "").strip()[:50]
    units = queries.units_under(area, on=clock.today()).filter(name__contains=words)[:20] if words else []
    return page(request, "units/_names.html", {"units": units})


@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest) -> HttpResponse:
    area = access.area_to_run(cast(Any, request.user))
    form = bound(UnitForm, request, area=area)
    if request.method == "POST" and form.is_valid():
        try:
            actions.import_directory(area, [form.row()], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("已加入名录：%(name)s。") % {"name": form.cleaned_data["name"]})
            return redirect("units:list")
    return page(request, "units/add.html", {"form": form})


@require_http_methods(["GET", "POST"])
def directory_import(request: HttpRequest) -> HttpResponse:
    area = access.area_to_run(cast(Any, request.user))
    form = bound(DirectoryForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            rows = directory.read_xlsx(form.cleaned_data["file"].read())
            added, changed = actions.import_directory(area, rows, by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("名录已导入：新增 %(a)s 个，更新 %(c)s 个。") % {"a": added, "c": changed})
            return redirect("units:list")
    return page(request, "units/import.html", {"form": form})


@require_safe
def directory_export(request: HttpRequest) -> HttpResponse:
    data = directory.write_xlsx(access.area_to_run(cast(Any, request.user)))
    response = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = 'attachment; filename="units.xlsx"'
    return response
