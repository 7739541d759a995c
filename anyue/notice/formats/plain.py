"""Plain text: UTF-8 with or without a mark, UTF-16, GB18030."""

import codecs

from ..errors import NoticeError


def read(data: bytes) -> str:
    """The text. Raises NoticeError("binary") for noise. Line ends become LF."""
    text = _decode(data)
    if not text.strip("\ufeff \n\r\t\0"):
        raise NoticeError("empty")
    odd = sum(1 for c in text[:20000] if c < " " and c not in "\n\r\t\f\x0b" or "\ue000" <= c <= "\uf8ff" or c == "\ufffd")
    if odd > 0.02 * min(len(text), 20000):
        raise NoticeError("binary")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    for name in ("utf-8", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) * 0.2:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
    raise NoticeError("binary")
