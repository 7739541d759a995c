"""PDF with a text layer. Pages are joined; lines stay as printed, `outline` puts broken sentences together."""

import io
import re

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from ..errors import NoticeError

MAX_PAGES = 300


def read(data: bytes) -> str:
    """The text of all pages. Raises NoticeError for encrypted, damaged and picture-only files."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoticeError("encrypted")
        pages = [page.extract_text() or "" for page in reader.pages[:MAX_PAGES]]
    except DependencyError as error:
        raise NoticeError("encrypted") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError, OSError) as error:
        # pypdf lets what a malformed file makes of its own look-ups come through as these.
        raise NoticeError("damaged") from error
    text = "\n".join(_without_running_lines(pages))
    if len(re.sub(r"\s", "", text)) < 20:
        raise NoticeError("picture_only")
    return text


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
