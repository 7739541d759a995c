"""What kind of task this is like: weights of short runs of characters, learnt from the annotated notices.

The word lists (`kinds`) speak first; where tasks of the corpus with the same words were mostly of another kind, that
kind wins. Multinomial logistic regression, trained by `make kinds` (tools/train_kinds.py), its weights kept as data.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from typing import Any, NamedTuple

LISTS_SPEAK = 1.75  # what the lists' answer is worth, in log odds; chosen on notices outside the training set


class Seen(NamedTuple):
    """What is looked at in one task."""

    quote: str
    heading: str
    verb: str
    actors: tuple[str, ...]
    deliverables: tuple[str, ...]
    goes_on: str  # c: same sentence as the task before, s: same item, n: a new item
    before: str  # kind of the task before


def features(seen: Seen) -> Iterator[tuple[str, float]]:
    """(name, value) of everything a weight may hang on; names of one task are distinct but for repeated runs."""
    words = "^" + re.sub(r"\d+", "0", re.sub(r"\s+", "", seen.quote)) + "$"
    for n in (1, 2, 3):
        for at in range(len(words) - n + 1):
            yield words[at : at + n], 1.0
    heading = re.sub(r"\d+", "0", re.sub(r"\s+", "", seen.heading))[:16]
    for at in range(len(heading) - 1):
        yield "h:" + heading[at : at + 2], 0.4
    yield "v:" + seen.verb, 1.0
    for actor in seen.actors[:3]:
        yield "a:" + actor[-2:], 0.5
    yield f"p:{seen.goes_on}{seen.before}", 1.0
    yield f"d:{bool(seen.deliverables)}", 1.0
    for thing in seen.deliverables:
        for at in range(len(thing) - 1):
            yield "d:" + thing[at : at + 2], 1.0


@cache
def _model() -> dict[str, Any]:
    return dict(json.loads((files(__package__) / "words" / "likeness.json").read_text(encoding="utf-8")))


def kind_like(seen: Seen, *, listed: str) -> tuple[str, float]:
    """(kind, its probability) of a task, given the kind that the word lists say (`other`: they say nothing)."""
    model = _model()
    kinds: list[str] = model["kinds"]
    weights: dict[str, list[int]] = model["weights"]
    scores = [0.0] * len(kinds)
    length = 0.0
    for name, value in dict(features(seen)).items():
        length += value * value
        found = weights.get(name, ())
        for at in range(0, len(found), 2):
            scores[found[at]] += value * found[at + 1]
    scale = 1 / (100 * sqrt(length)) if length else 0.0
    odds = [score * scale + bias / 100 for score, bias in zip(scores, model["biases"], strict=True)]
    if listed != "other" and listed in kinds:
        odds[kinds.index(listed)] += LISTS_SPEAK
    top = max(range(len(kinds)), key=odds.__getitem__)
    return kinds[top], 1 / sum(exp(value - odds[top]) for value in odds)
