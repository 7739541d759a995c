"""How sign-in behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by the office: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """allauth's hook."""
        return False
