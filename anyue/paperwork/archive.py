"""Office files are zip archives from strangers: looked into before any library unpacks them."""

import io
import re
import zipfile
import zlib

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_XML = 64 * 1024 * 1024
MAX_TAGS = 1_000_000  # 126 MB as a tree
MAX_ROWS, MAX_COLUMNS = 110_000, 100
_LAST_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,9})(\d{1,19})"')


class BadArchive(ValueError):
    """`code` is "damaged", "encrypted" or "bomb"."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def inspect(data: bytes) -> set[str]:
    """The names in an Office archive that is safe to unpack. Raises BadArchive.

    No part may declare entities, none of a document hold more tags than MAX_TAGS, no cell
    stand further out than in a sheet of ours: readers make room for every cell up to the last.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise BadArchive("encrypted")
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > MAX_UNPACKED or len(entries) > 5000 or unpacked > MAX_RATIO * max(len(data), 50_000):
                raise BadArchive("bomb")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    if entry.file_size > MAX_XML:
                        raise BadArchive("bomb")
                    _refuse(entry.filename, archive.read(entry))
            return {entry.filename for entry in entries}
    except BadArchive:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, RuntimeError, EOFError) as error:
        raise BadArchive("damaged") from error


def _refuse(name: str, part: bytes) -> None:
    # An entity declaration has no place in an Office document; expanding it is how XML bombs work.
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise BadArchive("bomb")
    if name.startswith("word/") and part.count(b"<") > MAX_TAGS:
        raise BadArchive("bomb")
    if "/worksheets/" in name:
        for found in _LAST_CELL.finditer(part):
            if int(found[2]) > MAX_ROWS or len(found[1]) > 2 or _column(found[1]) > MAX_COLUMNS:
                raise BadArchive("bomb")


def _column(letters: bytes) -> int:
    n = 0
    for letter in letters:
        n = n * 26 + letter - 64
    return n
