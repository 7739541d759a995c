"""Requests in, pages and fragments out; one way to page a list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bound(form_class: Any, request: HttpRequest, **kwargs: Any) -> Any:
    """The form, holding the request's data only when something was sent."""
    if request.method != "POST":
        return form_class(**kwargs)
    return form_class(request.POST, request.FILES, **kwargs)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """The page, or only its named fragment when htmx asked for it; 422 where its form has errors."""
    form = context.get("form")
    if isinstance(form, BaseForm) and form.is_bound and form.errors:
        status = 422
    name = fragment if fragment and request.htmx else template  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return render(request, name, context, status=status)


def paged(request: HttpRequest, rows: QuerySet[Any] | list[Any], per_page: int = 50) -> Page[Any]:
    """The page of rows that ?page= asks for; nonsense gives the first, too far the last."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def number(words: str) -> int | None:
    """A whole number of an address or a field; None for anything else, also for one that no column holds."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= 18 else None
