"""Everything that writes people, one noun a module."""

from .accounts import add_person, make_calendar_key, make_token
from .liaisons import confirm_registration, make_codes, refuse_flood, refuse_registration, register, revoke_code
from .messages import Said, read_messages, say, set_email, set_robot
from .retention import forget_expired

__all__ = [
    "Said",
    "add_person",
    "confirm_registration",
    "forget_expired",
    "make_calendar_key",
    "make_codes",
    "make_token",
    "read_messages",
    "refuse_flood",
    "refuse_registration",
    "register",
    "revoke_code",
    "say",
    "set_email",
    "set_robot",
]
