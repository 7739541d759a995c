"""How sure a task is: the probability that every one of its fields is right, from what is known of how it was read.

Logistic regression on notices held out from `likeness` in turn, trained by `make kinds` (tools/train.py).
"""

import json
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Any

from .task import Task

DOUBTFUL = 0.5  # below: people should look. Of held-out tasks a fifth, of which two in three have something wrong


def facts(task: Task) -> dict[str, float]:
    """What a weight may hang on. Only `likely`, the log odds of the kind, is not 0 or 1."""
    out = {code: 1.0 for reason in task.reasons for code in [_code(reason)] if code}
    return out | {
        "likely": log((task.kind_likelihood + 0.02) / (1.02 - task.kind_likelihood)),
        "short": float(task.end - task.start < 6),
        "no_verb": float(not task.verb),
        "hands_in": float(bool(task.deliverables)),
        "many_actors": float(len(task.actors) > 2),
        "long_name": float(any(len(actor.name) > 14 for actor in task.actors)),
    }


_OF_KIND = ("likeness", "handed_in", "step_of_check", "same_gathering", "same_activity", "task_before")


def _code(reason: str) -> str:
    """A reason without the words it names; "" where those are all it says."""
    code, _sep, words = reason.partition(":")
    return words if code == "kind" and words in _OF_KIND else "" if code in ("kind", "verb") else code


@cache
def _weights() -> dict[str, Any]:
    return dict(json.loads((files(__package__) / "words" / "doubt.json").read_text(encoding="utf-8")))


def confidence(task: Task) -> float:
    """Probability, 0.01 to 0.99, that nothing about the task needs a hand."""
    weights = _weights()
    odds = weights["base"] + sum(value * weights["facts"].get(name, 0) for name, value in facts(task).items())
    return round(min(max(1 / (1 + exp(-odds)), 0.01), 0.99), 2)
