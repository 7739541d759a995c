"""Tables of campaigns, one noun a module."""

from .assignment import Assignment, AssignmentQuerySet, Progress, waived_on
from .campaign import Campaign, Event, Notice, Task, TaskActor, TaskActorQuerySet, TaskQuerySet
from .contact import AskedTwice, Receipt, Reminder

__all__ = [
    "AskedTwice",
    "Assignment",
    "AssignmentQuerySet",
    "Campaign",
    "Event",
    "Notice",
    "Progress",
    "Receipt",
    "Reminder",
    "Task",
    "TaskActor",
    "TaskActorQuerySet",
    "TaskQuerySet",
    "waived_on",
]
