"""Archives made to hurt, and sound ones."""

import io
import zipfile

import pytest

from anyue.paperwork.archive import BadArchive, inspect

SHEET = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>%s</sheetData></worksheet>'


def packed(name: str, part: bytes) -> bytes:
    """An archive of one part, and another that makes its ratio harmless."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
        archive.writestr("media/image1.bin", b"\0" * 500_000, zipfile.ZIP_STORED)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no archive", "damaged"),
        (packed("word/document.xml", b"<x/>" * 1_000_001), "bomb"),
        (packed("word/_rels/document.xml.rels", b"<!DOCTYPE x><x/>"), "bomb"),
        (packed("xl/worksheets/sheet1.xml", SHEET % b'<row r="9"><c r="XFD9"><v>1</v></c></row>'), "bomb"),
        (packed("xl/worksheets/sheet1.xml", SHEET % b'<row r="9"><c s="1" r="A1048576"><v>1</v></c></row>'), "bomb"),
        (packed("xl/sharedStrings.xml", b"x" * (65 * 1024 * 1024)), "bomb"),
    ],
    ids=["no zip", "elements", "entities", "far column", "far row", "one huge part"],
)
def test_bombs_are_refused(data, code):
    with pytest.raises(BadArchive) as refusal:
        inspect(data)

    assert refusal.value.code == code


def test_sound_archives_tell_their_names():
    assert inspect(packed("xl/worksheets/sheet1.xml", SHEET % b"")) == {"xl/worksheets/sheet1.xml", "media/image1.bin"}
