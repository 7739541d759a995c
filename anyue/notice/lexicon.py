"""Word lists from `words/*.toml`, compiled once. In a list "…" stands for any words up to a comma or stop."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

ANY = "[^，。；：！？\n]*?"


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed data file `words/NAME.toml`."""
    return tomllib.loads((files(__package__) / "words" / f"{name}.toml").read_text(encoding="utf-8"))


def split_words(value: str) -> list[str]:
    """The entries of a list, longest first, so that an alternation prefers 组织开展 to 组织."""
    return sorted(dict.fromkeys(value.split()), key=lambda word: (-len(word), word))


def alternation(entries: Iterable[str]) -> str:
    """A regular expression for any of the entries, "…" standing for any words."""
    return one_of(re.escape(entry).replace("…", ANY) for entry in entries)


def one_of(forms: Iterable[str]) -> str:
    """Regular expressions joined by "or", those of one first character together: the engine then looks at a fraction."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        plain = re.match(r"[\u4e00-\u9fff](?![*+?{])", form)
        groups.setdefault(plain.group() if plain else "", []).append(form[1:] if plain else form)
    loose = groups.pop("", [])
    parts = [head + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for head, rest in groups.items()]
    return f"(?:{'|'.join(parts + loose)})"


@cache
def pattern(name: str, *path: str) -> re.Pattern[str]:
    """The compiled alternation of one list of a data file, e.g. `pattern("verbs", "effect")`."""
    value: Any = load(name)
    for key in path:
        value = value[key]
    return re.compile(alternation(split_words(value)))


_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"


@cache
def listed(name: str, *path: str) -> re.Pattern[str]:
    """A list with what only looks like its words: `words` but none of `but_not`; {n} in a word is a number."""
    table: Any = load(name)
    for key in path:
        table = table[key]
    words = alternation(split_words(table["words"])).replace(re.escape("{n}"), _NUMBER)
    barred = alternation(split_words(table["but_not"])).replace(re.escape("{n}"), _NUMBER) if table.get("but_not") else ""
    return re.compile(f"(?!{barred}){words}" if barred else words)


@cache
def entries(name: str, *path: str) -> frozenset[str]:
    """One list of a data file as a set."""
    value: Any = load(name)
    for key in path:
        value = value[key]
    return frozenset(value.split())
