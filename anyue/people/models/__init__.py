"""Tables of people, one noun a module."""

from .accounts import ApiToken, Person
from .liaisons import JoinCode, Registration, RegistrationQuerySet, Term

__all__ = ["ApiToken", "JoinCode", "Person", "Registration", "RegistrationQuerySet", "Term"]
