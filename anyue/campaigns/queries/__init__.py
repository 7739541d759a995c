"""Reads across campaigns, tasks, units and assignments, one noun a module."""

from .board import Cell, attention, board, n_to_look_at, tally, units_on_board
from .issue import periods_of, preview, units_by_role, workdays_of
from .mine import owed_by, watched
from .review import ROLES, actors_to_review, names_to_explain, next_to_review, review, task_after
from .table import breakdown_rows

__all__ = [
    "ROLES",
    "Cell",
    "actors_to_review",
    "attention",
    "board",
    "breakdown_rows",
    "n_to_look_at",
    "names_to_explain",
    "next_to_review",
    "owed_by",
    "periods_of",
    "preview",
    "review",
    "tally",
    "task_after",
    "units_by_role",
    "units_on_board",
    "watched",
    "workdays_of",
]
