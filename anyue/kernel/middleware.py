"""What every request goes through: only text in, the content security policy out, refusals in words."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from .errors import DomainError

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

Answer = Callable[[HttpRequest], HttpResponse]


class OnlyText:
    """Refuses what no browser sends and nothing behind can take: NUL in address or cookies (PostgreSQL cannot compare
    it; forms refuse it themselves) and bodies in another character set (Django's own refusal of them fails)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = unquote(request.META.get("QUERY_STRING", ""))
        if any("\0" in words for words in (asked, request.path_info, *request.COOKIES.values())):
            return problem(400, "NUL is not text.")
        if (request.encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            return problem(415, "Send UTF-8.")
        return self.get_response(request)


class ContentSecurityPolicy:
    """Nothing inline, nothing from another host."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class Refusals:
    """Turns a DomainError into a page (for htmx a fragment, for machines problem+json): the only place that does.
    What may only be sent and was asked for gets its page here too: Django has none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.path.startswith("/api/"):
            return response
        shown = render(request, "405.html", status=405)
        shown.headers["Allow"] = response.headers["Allow"]
        return shown

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django's hook."""
        if not isinstance(error, DomainError):
            return None
        if request.path.startswith("/api/"):
            return problem(error.status, str(error))
        template = "_refused.html" if request.htmx else "refused.html"  # type: ignore[attr-defined]
        return render(request, template, {"message": str(error)}, status=error.status)


def problem(status: int, title: str, **more: object) -> JsonResponse:
    """An answer of RFC 9457 for a machine."""
    body = {"type": "about:blank", "status": status, "title": title, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")
