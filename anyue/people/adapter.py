"""How sign-in behaves here."""

import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from . import actions, queries
from .access import who
from .models import Person


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by the office: nobody signs up. Who is locked out reads for how long."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _lazy("连续输错多次，请 5 分钟后再试；忘记密码或丢失手机请与安委办联系。"),
        "rate_limited": _lazy("连续输错多次，请 5 分钟后再试；忘记密码或丢失手机请与安委办联系。"),
        "username_password_mismatch": _lazy("用户名或密码不对。连续输错 5 次将锁定 5 分钟。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """allauth's hook."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth's hook. Who signed in within the last minutes is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def logout(self, request: HttpRequest) -> None:
        """allauth's hook. What is known of the session goes with it."""
        person, key = who(request), request.session.session_key or ""
        super().logout(request)
        actions.forget_session(key, by=person)

    def send_notification_mail(self, template_prefix: str, user: Person, context: Any = None, email: str | None = None) -> None:
        """allauth's hook for what an owner should hear of: password and second factor changed. It goes on record."""
        actions.record_sign_in(user, by=user, what=template_prefix.rpartition("/")[2])


class Outside(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-in by another service: nobody signs up by it, and what it was linked to is on record."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """allauth's hook."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """allauth's hook. Who is not linked is told how to."""
        if sociallogin.state.get("process") == "connect":
            return
        if not sociallogin.is_existing:
            messages.error(request, _("这个账号还没有绑定。请先用密码或扫码登录，再在“账号”页绑定。"))
            raise ImmediateHttpResponse(redirect("account_login"))

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None) -> None:
        """allauth's hook."""
        logging.getLogger(__name__).warning("sign-in by %s failed: %s %r", provider.id, error, exception)
        messages.error(request, _("没有登录成功，请再试一次，或用密码登录。"))
        raise ImmediateHttpResponse(redirect("account" if request.user.is_authenticated else "account_login"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """allauth's hook."""
        return reverse("account")


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Second factors, in words of ours."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy("没有通过验证。请核对后再试一次。"),
        "cannot_generate_recovery_codes": _lazy("请先设置二次验证。"),
    }

    def get_totp_label(self, user: Person) -> str:
        """allauth's hook: what the app on the phone shows."""
        return user.username

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        """allauth's hook: what a passkey is called that its owner gave no name."""
        return _("通行密钥 %(n)s") % {"n": queries.n_passkeys(user) + 1}
