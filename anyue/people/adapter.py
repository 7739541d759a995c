"""How sign-in behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by the office: nobody signs up. Who is locked out reads for how long."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("密码连续输错多次，请 5 分钟后再试；忘记密码请与安委办联系。"),
        "username_password_mismatch": _("用户名或密码不对。连续输错 5 次将锁定 5 分钟。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """allauth's hook."""
        return False
