"""Everything that writes people, one noun a module."""

from .accounts import (
    add_person,
    drop_second_factor,
    forget_session,
    make_calendar_key,
    make_token,
    record_sign_in,
    unlink_outside,
)
from .liaisons import confirm_registration, make_codes, refuse_flood, refuse_registration, register, revoke_code
from .messages import Said, read_messages, say, set_email, set_robot
from .retention import forget_expired

__all__ = [
    "Said",
    "add_person",
    "confirm_registration",
    "drop_second_factor",
    "forget_expired",
    "forget_session",
    "make_calendar_key",
    "make_codes",
    "make_token",
    "read_messages",
    "record_sign_in",
    "refuse_flood",
    "refuse_registration",
    "register",
    "revoke_code",
    "say",
    "set_email",
    "set_robot",
    "unlink_outside",
]
