"""Reads an official notice and breaks it down into tasks. A library of its own: no Django, no network."""

from .breakdown import Breakdown, break_down

__all__ = ["Breakdown", "break_down"]
