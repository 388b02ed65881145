"""Lists: the template is readable by the reader, names in use are known, every bad cell is named by row and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jingban.store.lists import (
    Column,
    ListSpec,
    parse_grid,
    read_grid,
    write_error_report,
    write_list,
    write_template,
)
from jingban.values.findings import Refused

SPEC: ListSpec[dict[str, Any]] = ListSpec(
    name="demo",
    title="示例名册",
    columns=(
        Column("id_number", "证件号码", "digits", True, ("身份证号", "aac002")),
        Column("name", "姓名", required=True, aliases=("aac003",)),
        Column("amount", "缴费金额（元）", "yuan", aliases=("金额",)),
        Column("month", "月份", "month"),
        Column("day", "日期", "date"),
        Column("poor", "建档立卡", "flag"),
        Column("sex", "性别", "choice", choices={"男": "male", "女": "female"}),
    ),
    build=lambda values, row: {**values, "row": row},
)


def test_template_is_read_back_with_the_names_it_prints(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(SPEC, path)
    grid = read_grid(path)
    assert grid[0][: len(SPEC.columns)] == [column.title for column in SPEC.columns]
    assert [finding.code for finding in parse_grid(SPEC, grid).findings] == ["LST-111"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_other_names_titles_above_and_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(
        '某县名册,,\naac002,aac003,金额,建档立卡,备注\n51042119600315001X,王䶮,"1,234.50",是,x\n'.encode(
            encoding
        )
    )
    parsed = parse_grid(SPEC, read_grid(path))
    assert parsed.records == [
        {"id_number": "51042119600315001X", "name": "王䶮", "amount": 123450, "poor": True, "row": 3}
    ]
    assert [(finding.code, finding.column) for finding in parsed.findings] == [("LST-105", "备注")]


def test_each_bad_cell_is_named_and_the_report_carries_the_row(tmp_path: Path) -> None:
    grid = [["证件号码", "姓名", "缴费金额", "月份", "日期", "建档立卡", "性别"],
            ["1", "甲", "1.234", "2020-13", "2020-02-30", "也许", "其他"],
            [None, "乙", None, None, None, None, None],
            [5.1042119600315e17, "丙", "3", "202007", "2020年7月1日", "否", "女"]]  # fmt: skip
    parsed = parse_grid(SPEC, grid)
    assert parsed.records == []
    assert {(f.code, f.row, f.column) for f in parsed.findings} == {
        ("LST-108", 2, "缴费金额（元）"), ("LST-107", 2, "月份"), ("LST-107", 2, "日期"), ("LST-109", 2, "建档立卡"),
        ("LST-109", 2, "性别"), ("LST-106", 3, "证件号码"), ("LST-108", 4, "证件号码"),
    }  # fmt: skip
    report = tmp_path / "errors.xlsx"
    write_error_report(parsed, report)
    rows = read_grid(report)
    assert rows[0][0] == "行号"
    assert rows[0][-1] == "错误"
    assert [row[0] for row in rows[1:]] == [2, 3, 4]


def test_a_number_turned_into_science_is_no_moved_column() -> None:
    grid = [["证件号码", "姓名", "缴费金额"], ["5.10421E+17", "丙", "3"]]
    assert [(f.code, f.column) for f in parse_grid(SPEC, grid).findings] == [("LST-108", "证件号码")]


def test_half_a_file_a_picture_and_nothing_are_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole.xlsx"
    write_template(SPEC, whole)
    cases = {
        "half.xlsx": whole.read_bytes()[:2000],
        "picture.csv": b"\x89PNG\r\n\x1a\n....",
        "empty.csv": b"",
    }
    for name, content in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Refused) as refused:
            read_grid(path)
        assert refused.value.findings[0].code in {"LST-101", "LST-102", "LST-111"}


def test_a_formula_in_a_name_stays_text(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        path = tmp_path / f"out{suffix}"
        write_list(path, ["姓名"], [["=HYPERLINK(1)"], ["王五"]])
        assert str(read_grid(path)[1][0]).lstrip("'") == "=HYPERLINK(1)"
    assert "'=HYPERLINK" in (tmp_path / "out.csv").read_text("utf-8-sig")
