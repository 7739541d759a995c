"""Reads about people."""

from . import rules
from .models import Person


def person_of_token(token: str) -> Person | None:
    """Whose key this is; None for nobody's or for an account that was closed."""
    return (
        Person.objects.select_related("unit__parent").filter(tokens__digest=rules.digest(token), is_active=True).first()
        if token
        else None
    )
