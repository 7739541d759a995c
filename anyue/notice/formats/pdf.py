"""PDF with a text layer. Pages are joined; lines stay as printed, `outline` puts broken sentences together.

A file may hold drawings that take minutes or gigabytes, and nothing stops the library within a page: a process of its own,
with an end to its time and memory, reads it: bytes in, JSON out.
"""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import pypdf
from pypdf.errors import DependencyError

from ..errors import NoticeError

MAX_PAGES = 300
MAX_SECONDS = 20
MAX_MEMORY = 1024**3
MAX_CONTENTS = 2 * 1024 * 1024  # bytes of drawing on one page


def read(data: bytes) -> str:
    """The text of all pages. Raises NoticeError for encrypted, damaged and picture-only files, and for those without end."""
    try:
        done = subprocess.run([sys.executable, "-P", "-c", f"from {__name__} import main; main()"], input=data, capture_output=True, timeout=MAX_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NoticeError("bomb") from error
    if done.returncode:
        raise NoticeError("bomb")  # its memory had an end
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise NoticeError(answer["refused"])
    text: str = answer["text"]
    return text


def main() -> None:
    """What the process does."""
    with suppress(ImportError):  # no such limits outside Unix
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    try:
        answer = {"text": _text(sys.stdin.buffer.read())}
    except NoticeError as error:
        answer = {"refused": error.code}
    json.dump(answer, sys.stdout)


def _text(data: bytes) -> str:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoticeError("encrypted")
        pages = list(_pages(reader))
    except DependencyError as error:
        raise NoticeError("encrypted") from error
    except (NoticeError, MemoryError):
        raise
    except Exception as error:  # pypdf lets whatever a malformed file makes of its look-ups come through
        raise NoticeError("damaged") from error
    text = "\n".join(_without_running_lines(pages))
    if len(re.sub(r"\s", "", text)) < 20:
        raise NoticeError("picture_only")
    return text


def _pages(reader: pypdf.PdfReader) -> Iterator[str]:
    """The text of each page; none draws more than a person could have written."""
    for page in reader.pages[:MAX_PAGES]:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MAX_CONTENTS:
            raise NoticeError("bomb")
        yield page.extract_text() or ""


def _without_running_lines(pages: list[str]) -> list[str]:
    """Headers that stand on top of most pages are no part of the words."""
    tops: dict[str, int] = {}
    for page in pages:
        first = page.strip().split("\n")[0].strip()
        tops[first] = tops.get(first, 0) + 1
    running = {line for line, n in tops.items() if line and n >= 3 and n >= 0.6 * len(pages)}
    out = []
    for page in pages:
        lines = page.strip("\n").split("\n")
        if lines and lines[0].strip() in running:
            lines = lines[1:]
        out.append("\n".join(lines))
    return out
