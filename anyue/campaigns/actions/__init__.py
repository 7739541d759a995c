"""Everything that writes campaigns, one noun a module."""

from .delegate import delegate, take_back
from .fulfil import extend_assignment, report_progress, resume_assignment, waive_assignment, withdraw_progress
from .imports import drop_draft, import_notice
from .issue import confirm_campaign, progress_key
from .review import (
    ActorChoice,
    Meaning,
    accept_task,
    add_task,
    correct_task,
    explain_names,
    merge_tasks,
    restore_task,
    split_task,
    strike_task,
    unmerge_task,
)

__all__ = [
    "ActorChoice",
    "Meaning",
    "accept_task",
    "add_task",
    "confirm_campaign",
    "correct_task",
    "delegate",
    "drop_draft",
    "explain_names",
    "extend_assignment",
    "import_notice",
    "merge_tasks",
    "progress_key",
    "report_progress",
    "restore_task",
    "resume_assignment",
    "split_task",
    "strike_task",
    "take_back",
    "unmerge_task",
    "waive_assignment",
    "withdraw_progress",
]
