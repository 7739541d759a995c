"""Calendars as other programs read them (RFC 5545): whole days, folded lines, nothing else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Entry:
    """One day of a calendar. `key` stays the same for the same thing, so that a reader moves it and adds no second."""

    key: str
    day: date
    title: str
    words: str = ""
    place: str = ""


def write(name: str, entries: list[Entry], *, stamp: datetime) -> bytes:
    """The calendar as UTF-8 with CRLF; every line at most 75 bytes, continued by a blank (RFC 5545, 3.1)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Anyue//Anyue//ZH", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.key}@anyue",
            f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(1):%Y%m%d}",
            f"SUMMARY:{_text(entry.title)}",
        ]
        lines += [f"DESCRIPTION:{_text(entry.words)}"] if entry.words else []
        lines += [f"LOCATION:{_text(entry.place)}"] if entry.place else []
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _text(words: str) -> str:
    for old, new in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        words = words.replace(old, new)
    return "".join(c for c in words if c >= " " and c not in "\x7f\x85\u2028\u2029")


def _folded(line: str) -> bytes:
    out, at = [b""], 75
    for c in line:
        code = c.encode()
        if len(out[-1]) + len(code) > at:
            out.append(b"")
            at = 74  # the blank that continues a line counts
        out[-1] += code
    return b"\r\n ".join(out) + b"\r\n"
