"""What can go wrong, by what the person should do about it.

Typed wrongly is Django's ValidationError, no right is PermissionDenied, no such thing is Http404. These are the rest.
"""


class DomainError(Exception):
    """The request was understood and refused. The message is shown to the person."""

    status = 422


class RuleBroken(DomainError):
    """A rule of the work forbids this now."""


class Conflict(DomainError):
    """Somebody else changed it first: reload and look again."""

    status = 409


class Unavailable(DomainError):
    """Something outside us did not answer: try later."""

    status = 503


class TooMany(DomainError):
    """Too often from one place: wait."""

    status = 429
