"""Everything that writes people, one noun a module."""

from .accounts import add_person, make_token
from .liaisons import confirm_registration, make_codes, refuse_registration, register, revoke_code
from .retention import forget_expired

__all__ = [
    "add_person",
    "confirm_registration",
    "forget_expired",
    "make_codes",
    "make_token",
    "refuse_registration",
    "register",
    "revoke_code",
]
