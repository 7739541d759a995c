"""read(): any file an office calls a notice becomes text, or a clear refusal."""

import hashlib
import os
import re
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from .errors import NoticeError
from .formats import docx, pdf, plain, word97

MAX_BYTES = 20 * 1024 * 1024
# What neither XML nor a database takes: controls, halves of pairs, what is no character.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MAX_CHARACTERS = 300_000  # 487 pages of 22 lines of 28 characters (GB/T 9704)


@dataclass(frozen=True)
class Document:
    """The text of a file as people see it, its format and the SHA-256 of its bytes."""

    text: str
    format: str
    sha256: str


def read(source: Path | str | bytes) -> Document:
    """The document in a file or in bytes: .txt, .docx, .doc, .wps or .pdf, told by content, not by name.

    Raises NoticeError (and nothing else for bytes; OSError where a path cannot be opened).
    """
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        if path.stat().st_size > MAX_BYTES:
            raise NoticeError("too_large")
        data = path.read_bytes()
    if not data:
        raise NoticeError("empty")
    if len(data) > MAX_BYTES:
        raise NoticeError("too_large")
    kind = format_of(data)
    text = _NO_TEXT.sub("", _READERS[kind](data))
    if len(text) > MAX_CHARACTERS:
        raise NoticeError("too_long")
    return Document(text, kind, hashlib.sha256(data).hexdigest())


def format_of(data: bytes) -> str:
    """pdf, docx, doc or txt by the first bytes. Raises NoticeError("unknown") for other known containers."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"II*\0", b"MM\0*", b"\x7fELF", b"MZ")):
        raise NoticeError("unknown")
    return "txt"


def _old(data: bytes) -> str:
    try:
        return word97.read(data)
    except NoticeError as error:
        if error.code not in ("old_format", "damaged"):
            raise
        return _by_libreoffice(data)


def _by_libreoffice(data: bytes) -> str:
    program = which("soffice") or which("libreoffice")
    if program is None:
        raise NoticeError("old_format")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "notice.doc"
        source.write_bytes(data)
        command = [
            program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--infilter=MS Word 97",
            "--convert-to", "docx", "--outdir", folder, str(source),
        ]
        _run(command, seconds=60)
        out = source.with_suffix(".docx")
        if not out.exists():
            raise NoticeError("damaged")
        return docx.read(out.read_bytes())


def _run(command: list[str], *, seconds: int) -> None:
    """A fixed program on our own file. It starts others; none outlives this call."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        if process.wait(seconds):
            raise NoticeError("damaged")
    except subprocess.TimeoutExpired as error:
        raise NoticeError("damaged") from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


_READERS = {"pdf": pdf.read, "docx": docx.read, "doc": _old, "txt": plain.read}
