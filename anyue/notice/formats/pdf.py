"""PDF with a text layer. Pages are joined; lines stay as printed, `outline` puts broken sentences together."""

import io
import re
import time
from collections.abc import Iterator

import pypdf
from pypdf.errors import DependencyError

from ..errors import NoticeError

MAX_PAGES = 300
MAX_SECONDS = 20
MAX_CONTENTS = 2 * 1024 * 1024  # bytes of drawing on one page


def read(data: bytes) -> str:
    """The text of all pages. Raises NoticeError for encrypted, damaged and picture-only files."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoticeError("encrypted")
        pages = list(_pages(reader))
    except DependencyError as error:
        raise NoticeError("encrypted") from error
    except NoticeError:
        raise
    except Exception as error:  # pypdf lets whatever a malformed file makes of its look-ups come through
        raise NoticeError("damaged") from error
    text = "\n".join(_without_running_lines(pages))
    if len(re.sub(r"\s", "", text)) < 20:
        raise NoticeError("picture_only")
    return text


def _pages(reader: pypdf.PdfReader) -> Iterator[str]:
    """The text of each page, until what a person could have written must long have ended."""
    ends = time.monotonic() + MAX_SECONDS
    for page in reader.pages[:MAX_PAGES]:
        contents = page.get_contents()
        if time.monotonic() > ends or contents is not None and len(contents.get_data()) > MAX_CONTENTS:
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
