"""Tables of people, one noun a module."""

from .accounts import ApiToken, CalendarKey, Person
from .liaisons import JoinCode, Registration, RegistrationQuerySet, Term
from .messages import Delivery, DeliveryQuerySet, Message, Robot

__all__ = [
    "ApiToken",
    "CalendarKey",
    "Delivery",
    "DeliveryQuerySet",
    "JoinCode",
    "Message",
    "Person",
    "Registration",
    "RegistrationQuerySet",
    "Robot",
    "Term",
]
