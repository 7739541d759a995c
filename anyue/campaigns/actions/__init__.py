"""Everything that writes campaigns, one noun a module."""

from .correct import apply_correction, import_correction, unpair_task
from .delegate import delegate, take_back
from .fulfil import extend_assignment, report_progress, resume_assignment, waive_assignment, withdraw_progress
from .imports import drop_draft, import_notice
from .issue import confirm_campaign, progress_key
from .plan import add_visit, delegate_tasks, issue_plan, revise_plan, settle_visit, write_plan, write_visit
from .receipts import credit_liaisons, receive, say_asked_twice, settle_asked_twice
from .remind import cancel_stale, remind, set_remind_days, urge
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
    "add_visit",
    "apply_correction",
    "cancel_stale",
    "confirm_campaign",
    "correct_task",
    "credit_liaisons",
    "delegate",
    "delegate_tasks",
    "drop_draft",
    "explain_names",
    "extend_assignment",
    "import_correction",
    "import_notice",
    "issue_plan",
    "merge_tasks",
    "progress_key",
    "receive",
    "remind",
    "report_progress",
    "restore_task",
    "resume_assignment",
    "revise_plan",
    "say_asked_twice",
    "set_remind_days",
    "settle_asked_twice",
    "settle_visit",
    "split_task",
    "strike_task",
    "take_back",
    "unmerge_task",
    "unpair_task",
    "urge",
    "waive_assignment",
    "withdraw_progress",
    "write_plan",
    "write_visit",
]
