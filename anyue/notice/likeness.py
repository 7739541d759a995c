"""What kind of task this is like: weights of short runs of characters, learnt from the annotated notices.

The word lists (`kinds`) speak first; where tasks of the corpus with the same words were mostly of another kind, that
kind wins. Multinomial logistic regression, trained by `make kinds` (tools/train.py), its weights kept as data.
"""

import json
import re
import struct
from collections.abc import Iterable, Set
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, sqrt
from operator import add
from typing import NamedTuple

WHOLE = 10  # value of a feature; headings and actors count less
LISTS_SPEAK = 1.75  # what the lists' answer is worth, in log odds; chosen on notices outside the training set


class Seen(NamedTuple):
    """What is looked at in one task."""

    quote: str
    heading: str
    titles: tuple[str, str]  # what kind of activity the heading names, and the one above it
    verb: str
    actors: tuple[str, ...]
    deliverables: tuple[str, ...]
    goes_on: str  # c: same sentence as the task before, s: same item, n: a new item
    before: str  # kind of the task before


def features(seen: Seen) -> tuple[tuple[int, Set[str]], ...]:
    """Everything a weight may hang on, by its value in tenths: runs of one to three characters count whole."""
    words = f"^{_flat(seen.quote)}$"
    pairs = _pairs(words)
    whole = {*words, *pairs, *map(add, pairs, words[2:]), f"v:{seen.verb}", f"p:{seen.goes_on}{seen.before}", f"d:{bool(seen.deliverables)}"}
    whole.update((f"t:{seen.titles[0]}", f"u:{seen.titles[1]}"))
    whole.update("d:" + pair for thing in seen.deliverables for pair in _pairs(thing))
    return (WHOLE, whole), (4, _of_heading(seen.heading)), (5, {"a:" + actor[-2:] for actor in seen.actors[:3]})


@lru_cache(1024)
def _of_heading(words: str) -> frozenset[str]:
    return frozenset("h:" + pair for pair in _pairs(_flat(words)[:16]))


def _pairs(words: str) -> list[str]:
    return list(map(add, words, words[1:]))


_DIGITS = re.compile(r"\d+")


def _flat(words: str) -> str:
    return _DIGITS.sub("0", "".join(words.split()))


_HALF = 1 << 31


class _Model(NamedTuple):
    kinds: list[str]
    biases: list[float]
    halves: int  # _HALF for each kind, so that no sum is negative; packed
    weights: dict[str, int]  # by feature; packed


def _packed(values: Iterable[tuple[int, int]]) -> int:
    return sum(value << 32 * at for at, value in values)


@cache
def model() -> _Model:
    """The weights as trained, in hundredths; those of all kinds packed into one number, 32 bits each, so that one
    addition adds them all up."""
    data = json.loads((files(__package__) / "words" / "likeness.json").read_text(encoding="utf-8"))
    halves = _packed((k, _HALF) for k in range(len(data["kinds"])))
    weights = {name: _packed(zip(row[::2], row[1::2], strict=True)) for name, row in data["weights"].items()}
    return _Model(data["kinds"], [bias / 100 for bias in data["biases"]], halves, weights)


def kind_like(seen: Seen, *, listed: str) -> tuple[str, float]:
    """(kind, its probability) of a task, given the kind that the word lists say (`other`: they say nothing)."""
    kinds, biases, halves, weights = model()
    total, length = halves, 0
    for value, found in features(seen):
        total += value * sum(filter(None, map(weights.get, found)))
        length += value * value * len(found)
    scale = 0.01 / sqrt(length)
    scores = struct.unpack(f"<{len(kinds)}I", total.to_bytes(4 * len(kinds), "little"))
    odds = [(score - _HALF) * scale + bias for score, bias in zip(scores, biases, strict=True)]
    if listed != "other" and listed in kinds:
        odds[kinds.index(listed)] += LISTS_SPEAK
    most = max(odds)
    return kinds[odds.index(most)], 1 / sum([exp(value - most) for value in odds])
