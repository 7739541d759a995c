"""break_down(text): the whole way from raw text to header, outline, events and tasks."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from . import clauses, doubt, kinds, likeness, names, times
from .clean import Clean, clean
from .grid import join_cells, tab_columns
from .header import Header, read_header
from .outline import Paragraph, join_broken, paragraphs
from .task import Source, Task
from .tasks import find_tasks


@dataclass(frozen=True)
class Heading:
    """One line of the outline: its path as printed (四/（三）), its words, where it stands in the source."""

    section: str
    title: str
    start: int
    end: int


@dataclass(frozen=True)
class Event:
    """A dated gathering."""

    title: str
    date: str
    place: str | None
    start: int
    end: int


@dataclass
class Breakdown:
    """A notice taken apart. Offsets are into `text`, exactly as it was given."""

    text: str
    header: Header
    outline: list[Heading] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    _headings: dict[str, str] | None = None

    def heading_of(self, section: str) -> str:
        """The words of a section's heading, of the nearest one above that has any; "" where none has."""
        if self._headings is None:
            self._headings = {}
            for heading in self.outline:
                self._headings.setdefault(heading.section, heading.title)
        while section and section not in self._headings:
            section = section.rpartition("/")[0]
        return self._headings.get(section, "")

    def as_dict(self) -> dict[str, Any]:
        """The shape of the corpus guidelines, with `confidence`, `reasons` and `urges` of our own."""
        head = self.header
        return {
            "title": head.title,
            "issuer": head.issuer,
            "document_number": head.document_number,
            "issued_on": head.issued_on.isoformat() if isinstance(head.issued_on, date) else None,
            "recipients": head.recipients,
            "theme": head.theme,
            "period": head.period,
            "outline": [vars(h) for h in self.outline],
            "events": [vars(e) for e in self.events],
            "tasks": [_task_dict(t, self.text) for t in self.tasks],
        }


def _task_dict(task: Task, text: str) -> dict[str, Any]:
    return {
        "section": task.section,
        "quote": text[task.start : task.end],
        "start": task.start,
        "end": task.end,
        "actors": [{"name": a.name, "role": a.role} for a in task.actors],
        "participants": task.participants,
        "kind": task.kind,
        "strength": task.strength,
        "quota": task.quota.as_dict() if task.quota else None,
        "window": task.window,
        "due": task.due,
        "deliverables": task.deliverables,
        "confidence": task.confidence,
        "reasons": task.reasons,
        "urges": task.urges,
    }


def break_down(text: str) -> Breakdown:
    """Header, outline, events and tasks of an official notice.

    Deterministic, linear in the length of `text`, no network. Quotes are exact slices: `text[task.start:task.end]`.
    A text in which nobody is asked for anything has no tasks; that is an answer, no error.
    """
    cleaned = join_broken(join_cells(clean(tab_columns(text))), text)
    items = paragraphs(cleaned.text)
    header = read_header(cleaned.text, items)
    frame = times.Frame(
        issued=header.issued_on,
        start=_day(header.period, "start") or header.issued_on,
        end=_day(header.period, "end"),
        festival=times.festival(header.title or ""),
    )
    source = Source(cleaned.text, names.mask(cleaned.text), header, frame)
    found = find_tasks(source, items)
    events = _events(found, source, cleaned)
    for task in found:
        _tighten(task, cleaned.text)
        task.start, task.end = cleaned.span(task.start, task.end)
    out = Breakdown(text, header, _headings(items, cleaned), events, [t for t in found if t.end > t.start])
    _weigh_kinds(out)
    for task in out.tasks:
        task.confidence = doubt.confidence(task)
    return out


def subjects(words: str) -> list[str]:
    """Whom words of a notice name as those who are to do it; [] where they name nobody."""
    masked = names.mask(words)
    at = {when.start: when.end for when in times.find_all(words, times.Frame())}
    return [actor.name for actor in clauses.read(words, masked, 0, len(words), at).actors]


def _weigh_kinds(found: Breakdown) -> None:
    before = ""
    for n, task in enumerate(found.tasks):
        kind, likelihood = likeness.kind_like(seen_of(found, n, before), listed=task.kind)
        if kind != task.kind:
            task.kind = kind
            task.reasons = [*(reason for reason in task.reasons if not reason.startswith("kind:")), "kind:likeness"]
        task.kind_likelihood = round(likelihood, 2)
        before = task.kind


@lru_cache(4096)
def _kind_of_title(words: str) -> str:
    return kinds.of_words(words)[0] if words else ""


_SENTENCE_ENDS = re.compile("[。\n]")


def seen_of(found: Breakdown, n: int, before: str) -> likeness.Seen:
    """What is looked at to tell the kind of the n-th task, given the kind of the one before it."""
    task = found.tasks[n]
    last = found.tasks[n - 1] if n else None
    goes_on = "n"
    if last is not None and last.section == task.section:
        goes_on = "s" if _SENTENCE_ENDS.search(found.text, last.end, task.start) else "c"
    heading, above = found.heading_of(task.section), found.heading_of(task.section.rpartition("/")[0])
    return likeness.Seen(
        quote=found.text[task.start : task.end],
        heading=heading,
        titles=(_kind_of_title(heading), _kind_of_title(above)),
        verb=task.verb,
        actors=tuple(actor.name for actor in task.actors),
        deliverables=tuple(task.deliverables),
        goes_on=goes_on,
        before=before,
    )


def _day(period: dict[str, str | None] | None, key: str) -> date | None:
    value = (period or {}).get(key)
    return date.fromisoformat(value) if value else None


def _tighten(task: Task, text: str) -> None:
    while task.end > task.start and text[task.end - 1] in "，。；、：！？,;. \n\t":
        task.end -= 1
    while task.start < task.end and text[task.start] in "，。；、：！？,;. \n\t":
        task.start += 1


def _headings(items: list[Paragraph], cleaned: Clean) -> list[Heading]:
    out = []
    for item in items:
        if item.is_numbered and item.heading:
            start, end = cleaned.span(*item.heading)
            out.append(Heading("/".join(item.path), cleaned.text[slice(*item.heading)].strip("。：\n"), start, end))
    return out


def _events(found: list[Task], source: Source, cleaned: Clean) -> list[Event]:
    out: list[Event] = []
    for task in found:
        window = task.window
        if not isinstance(window, dict) or not window["start"]:
            continue
        if task.kind not in ("launch", "consultation_day", "lecture", "drill", "contest", "open_day", "training"):
            continue
        if window["start"] != window["end"]:
            continue
        if any(e.date == window["start"] for e in out):
            continue
        words = source.text[task.start : task.end]
        title = re.search(r"(?:举办|举行|组织召开|召开|组织开展|开展|举行|承办|组织)(.+)$", words)
        place = re.search(r"在([^，。；]{2,30}?)(?:举办|举行|召开|组织|开展|设)", words)
        start, end = cleaned.span(task.start, task.end)
        out.append(Event((title[1] if title else words)[:60], window["start"], place[1] if place else None, start, end))
    return out


__all__ = ["Breakdown", "Event", "Heading", "break_down", "subjects"]
