"""Reads an official notice and breaks it down into tasks. A library of its own: no Django, no network."""

from . import kinds
from .breakdown import Breakdown, break_down, subjects
from .document import MAX_BYTES, Document, read
from .doubt import DOUBTFUL
from .errors import NoticeError
from .wording import in_words, rule_of

__all__ = ["DOUBTFUL", "MAX_BYTES", "Breakdown", "Document", "NoticeError", "break_down", "in_words", "kinds", "read", "rule_of", "subjects"]
