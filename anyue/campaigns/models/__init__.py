"""Tables of campaigns, one noun a module."""

from .assignment import Assignment, AssignmentQuerySet, Progress, waived_on
from .campaign import Campaign, Notice, Task, TaskActor, TaskActorQuerySet, TaskQuerySet

__all__ = [
    "Assignment",
    "AssignmentQuerySet",
    "Campaign",
    "Notice",
    "Progress",
    "Task",
    "TaskActor",
    "TaskActorQuerySet",
    "TaskQuerySet",
    "waived_on",
]
