"""Every format gives the same words, every wrong file a clear refusal and nothing else."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyue.notice import NoticeError, break_down, read
from anyue.notice.formats import pdf

WORDS = "关于开展安全生产月活动的通知\n各镇人民政府：\n一、各镇要组织一次应急演练。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_every_encoding(encoding):
    assert read(WORDS.encode(encoding)).text.lstrip("\ufeff") == WORDS


def make_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "1"
    table.rows[0].cells[1].text = "开展演练"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx_gives_paragraphs_and_tables():
    assert read(make_docx("标题", "正文。")).text == "标题\n正文。\n1\t开展演练"


def test_docx_numbers_are_rebuilt():
    document = docx.Document()
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("乙", style="List Number")
    out = io.BytesIO()
    document.save(out)

    assert read(out.getvalue()).text == "1.甲\n2.乙"


def test_merged_cells_stand_in_every_row_and_once_across():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "宣传"
    table.cell(0, 1).text, table.cell(1, 1).text = "办讲座", "贴海报"
    table.cell(2, 0).merge(table.cell(2, 1)).text = "报总结"
    out = io.BytesIO()
    document.save(out)

    assert read(out.getvalue()).text == "宣传\t办讲座\t\n宣传\t贴海报\t\n报总结\t"


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('甲')}<w:ins>{run('乙')}</w:ins><w:del><w:r><w:delText>丁</w:delText></w:r></w:del>{run('丙')}</w:p>", "甲乙丙"),
        (f"<w:p>{run('甲')}</w:p><w:sdt><w:sdtContent><w:p>{run('乙')}</w:p></w:sdtContent></w:sdt>", "甲\n乙"),
        (f"<w:p><w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt><w:smartTag>{run('乙')}</w:smartTag></w:p>", "甲乙"),
        (f"<w:p><w:hyperlink>{run('甲')}</w:hyperlink><w:r><w:tab/><w:t>乙</w:t></w:r></w:p>", "甲 乙"),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p><w:tbl><w:tr><w:tc><w:p>{run('乙')}</w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>", "甲 乙"),
        (f"<w:p><w:r><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></w:r>{run('甲')}</w:p>", "甲"),
    ],
    ids=["tracked", "control", "in line", "link", "table in table", "text box"],
)
def test_what_word_wraps_around_words_takes_none_away(body, text):
    assert read(with_body(make_docx("甲"), body)).text == text


def with_body(data: bytes, body: str) -> bytes:
    """The document with other paragraphs and tables."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = part[: part.index(b"<w:body>") + 8] + body.encode() + b"</w:body></w:document>"
            target.writestr(name, part)
    return out.getvalue()


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


BILLION = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>"""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (b"\x00\x01\x02\x03" * 300, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "unknown"),
        (b"PK\x03\x04" + b"0" * 100, "damaged"),
        (b"%PDF-1.7\n" + b"0" * 100, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "damaged"),
        (zipped(word__document_xml=BILLION), "bomb"),
        (zipped(word__document_xml=b"0" * 60_000_000), "bomb"),
        (zipped(other_xml=b"x"), "unknown"),
        (b"a" * (20 * 1024 * 1024 + 1), "too_large"),
        ("各单位要开展宣传。\n".encode() * 40_000, "too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_files_are_refused(data, code, monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NoticeError) as refusal:
        read(data)

    assert refusal.value.code in (code, "old_format")
    assert refusal.value.english


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xfe"]), st.binary(max_size=400))
def test_noise_raises_nothing_else(head, tail):
    try:
        assert isinstance(read(head + tail).text, str)
    except NoticeError as error:
        assert error.code  # noqa: PT017  # either outcome is right; nothing else may come


def test_what_is_no_character_is_left_out():
    assert read((WORDS * 3 + "\ufffe\uffff\x0e").encode()).text == WORDS * 3


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_docx_raises_nothing_else(flips):
    data = bytearray(make_docx("关于开展安全生产月活动的通知"))
    for at, byte in flips:
        data[at % len(data)] = byte
    try:
        assert isinstance(read(bytes(data)).text, str)
    except NoticeError as error:
        assert error.code  # noqa: PT017  # either outcome is right; nothing else may come


def test_a_pdf_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0.01)

    with pytest.raises(NoticeError) as refused:
        pdf.read(b"%PDF-1.4")

    assert refused.value.code == "bomb"


INDENTED = """某县安委会办公室关于开展活动的通知
各乡镇、各单位：
    一、各乡镇要组织网格员对辖区内的沿街商铺、出租房屋和老旧小区开展一次安全隐患
排查，并建立台账。
    二、各单位要在办公场所和施工现场悬挂横幅不少于三条，张贴主题海报不少于十张，
在大厅播放警示短片。
    三、各单位要组织从业人员开展一次事故应急演练，演练结束以后三日之内完成评估，
并把评估报告报县安委办。
    四、各乡镇上报总结。
"""


def test_lines_that_a_page_broke_go_on_where_paragraphs_are_indented():
    quotes = [task["quote"].replace("\n", "") for task in break_down(INDENTED).as_dict()["tasks"]]

    assert "各乡镇要组织网格员对辖区内的沿街商铺、出租房屋和老旧小区开展一次安全隐患排查" in quotes
    assert "在大厅播放警示短片" in quotes
