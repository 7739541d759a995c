"""Old binary documents (.doc, .wps): the piece table of the Word 97 format, read directly.

Source: [MS-DOC] Word (.doc) Binary File Format, sections 2.4.1 (retrieving text) and 2.8.35 (PlcPcd).
"""

import io
import re
import struct
from itertools import pairwise

import olefile

from ..errors import NoticeError

_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200


def read(data: bytes) -> str:
    """The text of the document's main part. Raises NoticeError for what is no sound Word 97 file."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage") or ole.exists("EncryptionInfo"):
                raise NoticeError("encrypted")
            if not ole.exists("WordDocument"):
                raise NoticeError("old_format")
            main = ole.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            if flags & _ENCRYPTED:
                raise NoticeError("encrypted")
            table = ole.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
            text = _text(main, table)
    except (OSError, struct.error, IndexError, ValueError) as error:
        raise NoticeError("damaged") from error
    if not text.strip():
        raise NoticeError("empty")
    return text


def _text(main: bytes, table: bytes) -> str:
    length = struct.unpack_from("<i", main, 0x4C)[0]
    start, size = struct.unpack_from("<II", main, 0x01A2)
    clx = table[start : start + size]
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise NoticeError("old_format")
    pieces = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    n = (len(pieces) - 4) // 12
    ends = struct.unpack_from(f"<{n + 1}I", pieces, 0)
    if any(b < a for a, b in pairwise(ends)) or ends[-1] > len(main):
        raise NoticeError("damaged")
    out = []
    for i in range(n):
        place = struct.unpack_from("<I", pieces, 4 * (n + 1) + 8 * i + 2)[0]
        count = ends[i + 1] - ends[i]
        if place & 0x40000000:
            first = (place & ~0x40000000) // 2
            out.append(main[first : first + count].decode("cp1252", errors="replace"))
        else:
            out.append(main[place : place + 2 * count].decode("utf-16-le", errors="replace"))
    return _plain("".join(out)[: max(length, 0)])


def _plain(text: str) -> str:
    text = re.sub(r"\x13[^\x14\x15]*\x14?", "", text).replace("\x15", "")
    # A cell ends with \x07, a row with two: tabs between cells, a new line after the row.
    text = text.replace("\x07\x07", "\n").replace("\x07", "\t").replace("\t\n", "\n")
    text = text.replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return re.sub(r"[\x00-\x08\x0e-\x1f]", "", text)
