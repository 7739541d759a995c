"""Reads across campaigns, tasks, units and assignments, one noun a module."""

from .board import Cell, attention, board, tally, to_look_at, units_on_board
from .contact import asked_twice, days, n_asked_twice, receipts, reminders_of, to_receive
from .difference import difference
from .issue import periods_of, preview, units_by_role, unready, workdays_of
from .mine import directly_below, may_be_given, owed_by, passed_on, watched
from .plan import open_plan, plan_lines, plans_of_campaign, printed_plan
from .rates import BY, exceptions, rates
from .review import (
    ROLES,
    actors_to_review,
    actors_typed,
    names_to_explain,
    names_typed,
    next_to_review,
    review,
    task_after,
    task_at,
)
from .table import breakdown_rows

__all__ = [
    "BY",
    "ROLES",
    "Cell",
    "actors_to_review",
    "actors_typed",
    "asked_twice",
    "attention",
    "board",
    "breakdown_rows",
    "days",
    "difference",
    "directly_below",
    "exceptions",
    "may_be_given",
    "n_asked_twice",
    "names_to_explain",
    "names_typed",
    "next_to_review",
    "open_plan",
    "owed_by",
    "passed_on",
    "periods_of",
    "plan_lines",
    "plans_of_campaign",
    "preview",
    "printed_plan",
    "rates",
    "receipts",
    "reminders_of",
    "review",
    "tally",
    "task_after",
    "task_at",
    "to_look_at",
    "to_receive",
    "units_by_role",
    "units_on_board",
    "unready",
    "watched",
    "workdays_of",
]
