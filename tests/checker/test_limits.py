"""Documents that ask for too much: the account says what was not read, in bounded time and memory, without a traceback."""

from __future__ import annotations

import zlib
from datetime import date
from pathlib import Path

import pytest

from jingban.checker.project import Project
from jingban.checker.result import FileResult
from jingban.checker.service import check_file
from jingban.values.confined import Limits
from tests.values.test_confined import FAR

TODAY = date(2026, 1, 1)
BOUNDS = Limits(memory_mb=1024, seconds=60)
WRONG = "2020年度部门决算\n青石县社保中心本年支出合计100.00万元，其中：基本支出60.00万元，占70.00%。\n"


def checked(path: Path, data: bytes) -> FileResult:
    path.write_bytes(data)
    flat = check_file(path, Project(), TODAY, bounds=BOUNDS)[1]
    assert "CHK-90" not in str(flat.unverified)
    return flat


def pdf(stream: bytes) -> bytes:
    """One page whose content is ``stream`` (deflated)."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(parts, 1))
    return b"%PDF-1.5\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF"


def test_a_workbook_with_its_last_cell_filled(tmp_path: Path) -> None:
    flat = checked(tmp_path / "a.xlsx", FAR)
    assert flat.exit_code() == 2
    assert [one["code"] for one in flat.unverified] == ["I107"]
    assert "1024 MB" in str(flat.unreadable)


def test_a_page_that_unfolds_to_a_gigabyte(tmp_path: Path) -> None:
    packer = zlib.compressobj(1)
    block = b"BT /F1 1 Tf 0 0 Td (x) Tj ET\n" * 100_000
    stream = b"".join(packer.compress(block) for _number in range(150)) + packer.flush()
    flat = checked(tmp_path / "a.pdf", pdf(stream))
    assert flat.exit_code() == 2
    assert flat.unreadable


@pytest.mark.parametrize("separator", ["", "。"])
def test_ten_megabytes_of_one_line(separator: str, tmp_path: Path) -> None:
    line = f"支出100.00万元，增长3.14%，{separator}" * 250_000
    flat = checked(tmp_path / "a.txt", (WRONG + line).encode())
    assert "N101" in {one["code"] for one in flat.findings}  # what stands before is checked all the same
    assert "I104" in {one["code"] for one in flat.unverified}


def test_a_table_of_a_hundred_thousand_rows(tmp_path: Path) -> None:
    rows = "".join(f"项目{number}\t{number}\t{number}.50\n" for number in range(100_000))
    flat = checked(
        tmp_path / "a.txt", (WRONG + "收入支出决算总表\n单位：万元\n项目\t行次\t金额\n" + rows).encode()
    )
    assert "N101" in {one["code"] for one in flat.findings}
    assert any(one["code"] == "I104" and "10000" in one["reason"] for one in flat.unverified)


def test_numbers_of_thousands_of_digits_hide_nothing(tmp_path: Path) -> None:
    text = f"收入{'9' * 5000}万元，比上年增加{'9' * 60}万元，增长{'8' * 4000}%。\n"
    flat = checked(tmp_path / "a.txt", (WRONG + text).encode())
    assert "N101" in {one["code"] for one in flat.findings}


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    mixed = (WRONG.encode() + "附件：支出100.00万元。\n".encode("gb18030")) * 4
    flat = checked(tmp_path / "a.txt", mixed)
    assert "I102" in {one["code"] for one in flat.unverified}
