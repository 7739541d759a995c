"""Reads an official notice and breaks it down into tasks. A library of its own: no Django, no network."""

from . import kinds
from .breakdown import Breakdown, break_down
from .document import Document, read
from .errors import NoticeError

__all__ = ["Breakdown", "Document", "NoticeError", "break_down", "kinds", "read"]
