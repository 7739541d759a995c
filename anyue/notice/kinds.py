"""What kind of activity a quote asks for, from `words/kinds.toml`."""

import re
from collections.abc import Iterator
from functools import cache
from operator import add
from typing import NamedTuple

from . import lexicon

CODES = tuple(kind["code"] for kind in lexicon.load("kinds")["kind"])


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Code to (Chinese, English) label."""
    return {kind["code"]: (kind["label"], kind["label_en"]) for kind in lexicon.load("kinds")["kind"]}


class _Rules(NamedTuple):
    """The words of all kinds."""

    lengths: dict[str, set[int]]  # of the plain words that begin with these two characters
    plain: dict[str, list[tuple[str, int]]]  # word to (kind, weight)
    patterns: list[tuple[re.Pattern[str], str, int]]  # of words with "…"
    any_open: re.Pattern[str]  # all of these together: most texts have none


@cache
def _rules() -> _Rules:
    lengths: dict[str, set[int]] = {}
    plain: dict[str, list[tuple[str, int]]] = {}
    open_words: dict[tuple[str, int], list[str]] = {}
    for kind in lexicon.load("kinds")["kind"]:
        for weight, key in ((2, "heavy"), (1, "words")):
            for word in kind.get(key, "").split():
                if "…" in word:
                    open_words.setdefault((kind["code"], weight), []).append(word)
                else:
                    plain.setdefault(word, []).append((kind["code"], weight))
                    lengths.setdefault(word[:2], set()).add(len(word))
    patterns = [(re.compile(lexicon.alternation(words)), code, weight) for (code, weight), words in open_words.items()]
    return _Rules(lengths, plain, patterns, re.compile(lexicon.alternation(word for words in open_words.values() for word in words)))


def _found(words: str) -> Iterator[tuple[int, str, str, int]]:
    """(start, the words, kind, weight) of every mention."""
    rules = _rules()
    for at, head in enumerate(map(add, words, words[1:])):
        for length in rules.lengths.get(head, ()):
            word = words[at : at + length]
            for code, weight in rules.plain.get(word, ()):
                yield at, word, code, weight
    for pattern, code, weight in rules.patterns if rules.any_open.search(words) else ():
        found = pattern.search(words)
        if found:
            yield found.start(), found.group(), code, weight


@cache
def _handed_in() -> list[tuple[str, re.Pattern[str]]]:
    rules = lexicon.load("kinds")["handed_in"]
    return [(rule["code"], re.compile(lexicon.alternation(rule["words"].split()))) for rule in rules]


def of_hand_in(items: str) -> str:
    """The kind of a report, by what is handed in (several: the one printed first)."""
    best = ("progress_report", len(items) + 1)
    for code, pattern in _handed_in()[:-1]:
        found = pattern.search(items)
        if found and found.start() < best[1]:
            best = (code, found.start())
    return best[0]


_LISTED = re.compile(r"[、和及]|”“")


def of_words(words: str) -> tuple[str, str]:
    """(kind, the words that decided) of a verb phrase; ("other", "") where nothing is known."""
    listed = bool(_LISTED.search(words))
    best: tuple[int, int, int, str, str] | None = None
    for at, word, code, weight in _found(words):
        # Of activities in a list the first counts; of one noun phrase its head, which stands last.
        place = at if listed else -at - len(word)
        rank = (-weight, place, -len(word), code, word)
        if best is None or rank < best:
            best = rank
    return (best[3], best[4]) if best else ("other", "")
