"""Files that cannot be verified: a coded note each time, never an exception, never half a document taken for a whole."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.checker.model import Document
from jingban.checker.readers import maxima, read, read_bytes
from jingban.checker.readers.encoding import to_lines
from tests.checker.reading import canon
from tests.checker.reading.examples import REPORT
from tests.checker.reading.writers import WRITERS, Form, write_docx, write_pdf, write_t, write_xlsx

TEXT = "2023年度收、支总计813.50万元，与上年相比增加21.40万元，增长2.70%。\n"
DATA = Path(__file__).parent / "data"


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030"]
)
def test_encodings_of_chinese_text(encoding: str) -> None:
    document = read_bytes((TEXT * 3).encode(encoding))
    assert codes(document) == []
    assert [block.text for block in document.paragraphs()] == [TEXT.strip()] * 3


def test_big5_keeps_traditional_characters_and_matches_simplified() -> None:
    text = "2023年度財政撥款收入總計813.50萬元，與上年相比增加21.40萬元。\n社會保險單位的支出是決算數。\n"
    document = read_bytes(text.encode("big5"))
    assert document.lines[0] == text.splitlines()[0]
    assert canon.normalise(document.lines[0]).startswith("2023年度财政拨款收入总计813.50万元")


def test_damaged_encoding_is_noted() -> None:
    document = read_bytes((TEXT * 20).encode()[1:-1] + b"\xff\xfe\xfd" * 10 + TEXT.encode())
    assert codes(document) == ["I102"]


def test_empty_and_blank_files() -> None:
    assert codes(read_bytes(b"")) == ["I101"]
    assert codes(read_bytes(b" \r\n\t\n  ")) == ["I101"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "I101"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "I101"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "I108"),
        (b"\x7fELF" + bytes(range(256)) * 40, "I108"),
        (b"PK\x03\x04 not a zip at all", "I108"),
        (b"%PDF-1.7\nnot a pdf\n%%EOF", "I108"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "I108"),
    ],
)
def test_pictures_archives_and_rubbish(data: bytes, code: str) -> None:
    document = read_bytes(data)
    assert codes(document) == [code]
    assert document.blocks == []


def test_the_bytes_decide_not_the_extension(tmp_path: Path) -> None:
    reference = canon.tables(read_bytes(write_docx(REPORT)))
    for name in ("docx", "xlsx", "pdf", "html"):
        wrong = tmp_path / f"{name}.doc"
        wrong.write_bytes(WRITERS[name](REPORT))
        document = read(wrong)
        assert document.format == name
        assert canon.tables(document) == reference


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_zip_bombs_are_not_unpacked() -> None:
    huge = packed({"word/document.xml": b"<x>" + b" " * (maxima.ZIP_RATIO_FREE_BYTES * 4) + b"</x>"})
    assert codes(read_bytes(huge)) == ["I107"]
    many = packed(
        {"word/document.xml": b"<x/>", **{f"word/{number}": b"" for number in range(maxima.ZIP_ENTRIES_MAX)}}
    )
    assert codes(read_bytes(many)) == ["I107"]


def test_a_part_larger_than_its_entry_says_is_a_bomb() -> None:
    data = packed({"word/document.xml": b"<x>" + b"a" * 5000 + b"</x>"})
    lying = data.replace((5007).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    assert codes(read_bytes(lying))[0] in ("I107", "I108")


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>',
        b'<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document/>',
    ],
)
def test_xml_with_entities_is_refused(xml: bytes) -> None:
    assert codes(read_bytes(packed({"word/document.xml": xml}))) == ["I107"]


def test_deep_xml_and_deep_html_end() -> None:
    deep = b"<w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>" * 3000
    assert read_bytes(packed({"word/document.xml": deep})).notes != []
    page = read_bytes(b"<html><body>" + b"<div>" * 5000 + "深处".encode() + b"</div>" * 5000)
    assert page.notes != [] or page.blocks != []


def test_encrypted_pdf_office_and_word() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(write_pdf(REPORT[-3:]))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert codes(read_bytes(buffer.getvalue())) == ["I108"]
    word = bytearray((DATA / "report.doc").read_bytes())
    start = word.index(b"\xec\xa5")
    word[start + 0x0B] |= 0x01
    document = read_bytes(bytes(word), "", ".doc")
    assert codes(document) == ["I108"]
    assert "加密" in document.notes[0].message


def test_scanned_pdf_says_so() -> None:
    import weasyprint

    pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    scan = f"<img src='{pixel}' style='width:15cm;height:20cm'>"
    assert codes(read_bytes(weasyprint.HTML(string=scan).write_pdf())) == ["I101"]
    mixed = f"<p>{TEXT}</p><div style='break-before:page'>{scan}</div>"
    document = read_bytes(weasyprint.HTML(string=mixed).write_pdf())
    assert [(note.code, note.source.page) for note in document.notes] == [("I101", 2)]
    assert len(list(document.paragraphs())) == 1


def test_endless_lines_and_many_lines_are_cut_with_a_note() -> None:
    document = read_bytes(("养老" * maxima.LINE_CHARS_MAX).encode())
    assert codes(document) == ["I104"]
    assert len(document.lines[0]) == maxima.LINE_CHARS_MAX
    notes: list[object] = []
    assert len(to_lines("a\n" * (maxima.LINES_MAX + 5), notes)) == maxima.LINES_MAX  # type: ignore[arg-type]
    assert len(notes) == 1


def test_gigantic_tables_are_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maxima, "TABLE_ROWS_MAX", 200)
    monkeypatch.setattr(maxima, "DOCUMENT_CELLS_MAX", 5000)
    rows = "<tr>" + "<td>1.5</td>" * 20 + "</tr>"
    page = "<table>" + rows * (maxima.TABLE_ROWS_MAX + 50) + "</table>"
    document = read_bytes(f"<html><body>{page}</body></html>".encode())
    assert "I104" in codes(document)
    assert sum(len(table.rows) for table in document.tables()) <= 200
    sheet = read_bytes(write_xlsx([Form([[str(n), "1.50", "2.50"] for n in range(300)])]))
    assert "I104" in codes(sheet)
    word = read_bytes(write_docx([Form([[str(n), "1.50", "2.50"] for n in range(230)])]))
    assert "I104" in codes(word)
    spans = read_bytes(
        b"<table><tr><td rowspan=99999999 colspan=99999999>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    )
    assert sum(len(row) for table in spans.tables() for row in table.rows) < 2 * maxima.TABLE_COLUMNS_MAX + 2


def test_truncated_sentence_at_the_end_is_an_excerpt() -> None:
    document = read_bytes((TEXT + "本部门按照要求组织开展了绩效自评，总体情况良好，\n").encode())
    assert codes(document) == ["I104"]


def test_formats_that_need_an_office_suite_say_so_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    document = read_bytes(b"{\\rtf1 text}", "a.wps", ".wps")
    assert codes(document) == ["I108"]
    assert "LibreOffice" in document.notes[0].message


def test_formats_that_need_an_office_suite_go_through_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "made.docx").write_bytes(write_docx(REPORT))
    command = tmp_path / "soffice"
    command.write_text(
        f'#!/bin/sh\nwhile [ $# -gt 0 ]; do [ "$1" = --outdir ] && cp "{tmp_path}/made.docx" "$2/in.docx"; shift; done\n'
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    document = read_bytes(b"{\\rtf1 text}", "a.rtf", ".rtf")
    assert codes(document) == []
    assert canon.tables(document) == canon.tables(read_bytes(write_docx(REPORT)))


SAMPLES = {
    "docx": write_docx(REPORT),
    "xlsx": write_xlsx(REPORT),
    "doc": (DATA / "report.doc").read_bytes(),
    "pdf": (DATA / "report-by-office.pdf").read_bytes(),
    "txt": write_t(REPORT),
}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(list(SAMPLES)), st.integers(0, 2**31), st.binary(min_size=1, max_size=40), st.booleans()
)
def test_damaged_files_never_raise(kind: str, place: int, rubbish: bytes, cut: bool) -> None:
    data = bytearray(SAMPLES[kind])
    at = place % len(data)
    data[at : at + len(rubbish)] = rubbish
    document = read_bytes(bytes(data[: max(at, 20)] if cut else data), f"x.{kind}", f".{kind}")
    assert document.blocks or document.notes


def test_zlib_is_what_broken_parts_raise() -> None:
    """The guard in ``read_part`` exists for this error, which shares no base class with zipfile's own."""
    assert not issubclass(zlib.error, zipfile.BadZipFile)
