"""Who must have a second factor and has none sets one up before anything else; when sessions were last used."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from . import queries, rules
from .access import who

# What it takes to set one up, and the way out.
OPEN = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout"}


class SecondFactor:
    """Leads to the page that sets one up. What is open to everybody stays open: the HTTP interface asks for keys."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_args: Any) -> HttpResponse | None:
        """Django's hook."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        person = who(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN or not person.must_have_second_factor or queries.has_second_factor(person):
            return None
        return redirect("mfa_index")


class Seen:
    """Notes when and from where a session is used, for its owner to see. allauth would write at every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and cache.add(f"seen:{request.session.session_key}", True, rules.SEEN_SECONDS):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)
