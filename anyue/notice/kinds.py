"""What kind of activity a quote asks for, from `words/kinds.toml`."""

import re
from functools import cache

from . import lexicon

CODES = tuple(kind["code"] for kind in lexicon.load("kinds")["kind"])


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Code to (Chinese, English) label."""
    return {kind["code"]: (kind["label"], kind["label_en"]) for kind in lexicon.load("kinds")["kind"]}


@cache
def _rules() -> list[tuple[str, re.Pattern[str], int]]:
    out = []
    for kind in lexicon.load("kinds")["kind"]:
        for weight, key in ((2, "heavy"), (1, "words")):
            if kind.get(key):
                out.append((kind["code"], re.compile(lexicon.alternation(lexicon.split_words(kind[key]))), weight))
    return out


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


def of_words(words: str) -> tuple[str, str]:
    """(kind, the words that decided) of a verb phrase; ("other", "") where nothing is known."""
    listed = bool(re.search(r"[、和及]|”“", words))
    best: tuple[int, int, int, str, str] | None = None
    for code, pattern, weight in _rules():
        for found in pattern.finditer(words):
            # Of activities in a list the first counts; of one noun phrase its head, which stands last.
            place = found.start() if listed else -found.end()
            rank = (-weight, place, -len(found.group()), code, found.group())
            if best is None or rank < best:
                best = rank
            if listed:
                break
    return (best[3], best[4]) if best else ("other", "")
