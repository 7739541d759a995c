"""The directory is seen from the unit one works in. (People stand above units, so a person is described, not imported.)"""

from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.http import Http404

from .models import Unit


class Worker(Protocol):
    """What is needed of a person."""

    @property
    def is_office(self) -> bool:
        """Whether the office asks."""
        ...

    @property
    def area(self) -> Unit | None:
        """The unit whose subtree the person sees."""
        ...


def area_of(person: Worker) -> Unit:
    """The unit whose subtree the person sees; 404 for who works nowhere."""
    if person.area is None:
        raise Http404
    return person.area


def area_to_run(person: Worker) -> Unit:
    """The same, for the office alone."""
    if not person.is_office:
        raise PermissionDenied
    return area_of(person)
