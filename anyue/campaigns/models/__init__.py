"""Tables of campaigns, one noun a module."""

from .assignment import Assignment, AssignmentQuerySet, Progress, waived_on
from .campaign import Campaign, Event, FormerNotice, Letter, Notice, Task, TaskActor, TaskActorQuerySet, TaskQuerySet
from .contact import AskedTwice, Receipt, Reminder
from .plan import Plan, PlanItem, Visit

__all__ = [
    "AskedTwice",
    "Assignment",
    "AssignmentQuerySet",
    "Campaign",
    "Event",
    "FormerNotice",
    "Letter",
    "Notice",
    "Plan",
    "PlanItem",
    "Progress",
    "Receipt",
    "Reminder",
    "Task",
    "TaskActor",
    "TaskActorQuerySet",
    "TaskQuerySet",
    "Visit",
    "waived_on",
]
