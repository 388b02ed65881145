"""Hostile files cost what the limits say and no more, and are refused with a code; the process that asks lives on."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from jingban.values import confined, sheets
from jingban.values.confined import Limits
from jingban.values.findings import Refused, refuse

SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)
PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>",
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


def workbook(rows: str) -> bytes:
    """A minimal XLSX around the rows of one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(rows=rows))
    return out.getvalue()


FAR = workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
SMALL = Limits(memory_mb=512, seconds=30)


def code(data: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(Refused) as refused:
        confined.call(sheets.cells, data, limits=limits)
    return refused.value.findings[0].code


def test_the_last_cell_of_all_is_refused_and_this_process_lives() -> None:
    assert len(FAR) < 2_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert code(FAR) == "VAL-403"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KiB


def test_a_small_workbook_that_unfolds_to_gigabytes() -> None:
    wide = "".join(f'<c r="{letters}{{0}}"><v>1</v></c>' for letters in ("A", "XFD"))
    data = workbook("".join(f'<row r="{row}">{wide.format(row)}</row>' for row in range(1, 3000)))
    assert len(data) < 100_000
    assert code(data, Limits(memory_mb=512)) == "VAL-403"


def test_bombs_by_directory_and_by_size() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    assert code(out.getvalue(), Limits(unpacked_mb=64)) == "VAL-402"
    assert code(b"PK" + bytes(2 * 2**20), Limits(file_mb=1)) == "VAL-401"


def sleeps(data: bytes) -> None:
    subprocess.Popen(["sleep", "300"])
    time.sleep(300)


def dies(data: bytes) -> None:
    os._exit(7)


def refuses(data: bytes) -> None:
    raise refuse("LST-101", "不是", row=3)


def answers(data: bytes, more: int) -> tuple[int, int, int]:
    print("a library that prints")
    return len(data), more, os.getpid()


def test_time_death_refusal_and_answer() -> None:
    native = b"PK\x03\x04"
    began = time.monotonic()
    with pytest.raises(Refused, match="VAL-404"):
        confined.call(sleeps, native, limits=Limits(seconds=1.5))
    assert time.monotonic() - began < 20
    with pytest.raises(Refused, match="VAL-405"):
        confined.call(dies, native, limits=SMALL)
    with pytest.raises(Refused) as refused:
        confined.call(refuses, native, limits=SMALL)
    assert [(one.code, one.row) for one in refused.value.findings] == [("LST-101", 3)]
    size, more, process = confined.call(answers, native, 5, limits=SMALL)
    assert (size, more, process == os.getpid()) == (4, 5, False)


def test_short_text_is_read_in_place_and_long_text_is_not() -> None:
    assert confined.call(answers, b"a,b\n", 0)[2] == os.getpid()
    assert confined.call(answers, b"a,b\n" * 300_000, 0)[2] != os.getpid()


@pytest.mark.parametrize("given", [{"memory": 5}, {"seconds": 0}, {"file_mb": "5"}, {"file_mb": True}])
def test_a_wrong_setting_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(Refused, match="VAL-406"):
        Limits.of(given)


def test_a_list_beyond_the_limits_is_refused_by_the_import(tmp_path: Path) -> None:
    from jingban.store.lists.reading import read_grid

    path = tmp_path / "名册.xlsx"
    path.write_bytes(FAR)
    confined.configure(SMALL)
    try:
        with pytest.raises(Refused, match="VAL-403"):
            read_grid(path)
    finally:
        confined.configure(Limits())
