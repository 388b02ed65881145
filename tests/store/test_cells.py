"""Cells as they come: what is read, what is blank, and above all what is refused instead of becoming another value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingban.store.lists import Column, ListSpec, parse_grid
from jingban.store.lists.cell import BLANK, Kind, value
from jingban.values.months import format_month, month, parse_month

MARKS = ["/", "／", "—", "——", "－", "-", "无", "暂无", " 无 ", "'/", "'"]


def read(kind: Kind, raw: Any, title: str = "列") -> Any:
    return value(Column("x", title, kind), raw)


def code(kind: Kind, raw: Any, title: str = "列") -> str:
    with pytest.raises(ValueError, match="LST-") as wrong:
        read(kind, raw, title)
    return str(wrong.value.args[0])


@pytest.mark.parametrize(("kind", "raw", "wanted"), [
    ("yuan", "￥12", 1200), ("yuan", "¥1,234.50", 123450), ("yuan", "12元", 1200), ("yuan", "人民币12.5元整", 1250),
    ("yuan", "1.2万", 1_200_000), ("yuan", 0.1 + 0.2, 30), ("yuan", 107.0, 10700), ("yuan", "-3.20", -320),
    ("wan", "1.5", 1_500_000), ("wan", "50000元", 5_000_000), ("wan", 0.1 + 0.2, 300_000),
    ("integer", "5", 5), ("integer", 5.0, 5), ("integer", "1,234", 1234), ("integer", "5.0", 5),
    ("month", "2020年10月", month(2020, 10)), ("month", "2020.10", month(2020, 10)), ("month", 2020.11, month(2020, 11)),
    ("month", "2020年 7 月", month(2020, 7)), ("month", 202007.0, month(2020, 7)), ("month", "2020/7/1 0:00", month(2020, 7)),
    ("month", "9999-12", month(9999, 12)), ("date", "2020年7月1号", dt.date(2020, 7, 1)),
    ("date", "2020-07-01T00:00:00", dt.date(2020, 7, 1)), ("date", 20200701.0, dt.date(2020, 7, 1)),
    ("digits", "'6228480123456789012", "6228480123456789012"), ("digits", "\u202a510421\u00a01960 0315\n001X\u202c", "51042119600315001X"),
    ("digits", "５１０４２１", "510421"), ("text", "‘张三", "张三"), ("text", "张\u200b三", "张三"), ("flag", "无", False),
    ("flag", "—", BLANK),
])  # fmt: skip
def test_what_people_write_is_read(kind: Kind, raw: Any, wanted: Any) -> None:
    assert read(kind, raw) == wanted


def test_a_unit_is_taken_where_the_column_speaks_of_it() -> None:
    assert read("integer", "5年", "累计缴费年限") == 5
    assert read("integer", "139个月", "计发月数") == 139
    assert code("integer", "5个月", "累计缴费年限") == "LST-108"
    assert code("integer", "15年6个月", "累计缴费年限") == "LST-108"


@pytest.mark.parametrize(("kind", "raw", "wanted"), [
    ("month", 44075.0, "LST-107"), ("month", "44075", "LST-107"), ("date", 44075.0, "LST-107"), ("month", 2020.1, "LST-107"),
    ("month", "2020.1", "LST-107"), ("month", "440705", "LST-107"), ("month", "20207", "LST-107"), ("date", "0020-07-01", "LST-107"),
    ("digits", "6.22848E+18", "LST-108"), ("digits", 6.228480123456789e18, "LST-108"), ("digits", "已销户", "LST-108"),
    ("digits", 123.45, "LST-108"), ("text", "1.38E+10", "LST-108"), ("text", 6.2e17, "LST-108"), ("yuan", "12,34", "LST-108"),
    ("yuan", "1e5", "LST-108"), ("yuan", "1_000", "LST-108"), ("yuan", "12.345", "LST-108"), ("yuan", 12.345, "LST-108"),
    ("yuan", "约12", "LST-108"), ("yuan", float("inf"), "LST-108"), ("yuan", 1e15, "LST-108"), ("integer", 5.5, "LST-108"),
    ("integer", "12,34", "LST-108"),
])  # fmt: skip
def test_what_could_be_another_value_is_refused(kind: Kind, raw: Any, wanted: str) -> None:
    assert code(kind, raw) == wanted


def test_a_day_number_is_refused_with_the_day_it_would_be() -> None:
    with pytest.raises(ValueError, match="2020-09-01"):
        read("month", 44075.0)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("kind", ["text", "digits", "integer", "yuan", "date", "month"])
def test_a_mark_for_nothing_is_nothing(kind: Kind, mark: str) -> None:
    assert read(kind, mark) is BLANK


def test_a_mark_for_nothing_is_refused_by_row_where_something_is_needed() -> None:
    spec: ListSpec[dict[str, Any]] = ListSpec(
        "demo",
        "示例",
        (Column("id_number", "证件号码", "digits", True), Column("account", "银行账号", "digits")),
        lambda values, row: {**values, "row": row},
    )
    parsed = parse_grid(spec, [["证件号码", "银行账号"], ["510421", "无"], ["—", "622848"]])
    assert parsed.records == [{"id_number": "510421", "row": 2}]
    assert [(f.code, f.row, f.column) for f in parsed.findings] == [("LST-106", 3, "证件号码")]
    assert "—" in parsed.findings[0].message


@given(st.integers(-(10**14), 10**14))
def test_every_amount_comes_back_however_it_is_printed(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    for text in (f"{amount}", f"{amount:,.2f}", f"￥{amount:,.2f}", f"'{amount}元"):
        assert read("yuan", text) == fen


@given(st.integers(-(10**12), 10**12))
def test_an_amount_stored_as_a_number_comes_back(fen: int) -> None:
    assert read("yuan", float(Decimal(fen).scaleb(-2))) == fen


@given(st.integers(month(1880, 1), month(2199, 12)))
def test_no_month_becomes_another(value_: int) -> None:
    year, number = divmod(value_, 12)
    number += 1
    for text in (format_month(value_), f"{year}{number:02d}", f"{year}年{number}月", f"{year}/{number}"):
        assert read("month", text) == value_
    stored = float(f"{year}.{number:02d}")
    if number in (1, 10):
        # 2020.10 is stored as 2020.1; 2020.01 keeps its place
        assert (code("month", stored) == "LST-107") if number == 10 else (read("month", stored) == value_)
    else:
        assert read("month", stored) == value_


def test_a_month_without_a_mark_has_two_digits() -> None:
    assert parse_month("202007") == month(2020, 7)
    for wrong in ("20207", "44075", "2020107"):
        with pytest.raises(ValueError, match="not a month"):
            parse_month(wrong)
