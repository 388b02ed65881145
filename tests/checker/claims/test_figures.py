"""Figures: what is a number with a unit, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jingban.checker.figures import cell_figure, read_figures
from jingban.checker.model import Source
from jingban.checker.text.fold import fold

HERE = Source(line=1)


def shown(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.dimension) for one in read_figures(text, HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "川府发〔2020〕10号文件",
        "人社部发[2020]11 号",
        "2020年12月31日前",
        "2019-2020年，1-8月，9月10日",
        "第3条第12页",
        "2.工作开展情况",
        "（1）信息化建设",
        "社会保障和就业208（类）20801（款）2080109（项）",
        "联系电话028-12345678、13800001111",
        "表T01、A4纸、GB18030",
    ],
)
def test_not_figures(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("支出1,234.50万元", [("1,234.50万元", "money")]),
        ("支出１２３４．５ 万元", [("1234.5 万元", "money")]),
        (
            "17万名人员，13.93万人的122.5%",
            [("17万名", "persons"), ("13.93万人", "persons"), ("122.5%", "ratio")],
        ),
        ("每人110元/人·月", [("110元/人·月", "price")]),
        ("增长-20.89%", [("-20.89%", "ratio")]),
        ("共0台（套）", [("0台(套)", "things")]),
        ("提高2个百分点", [("2个百分点", "points")]),
        ("追回资金28236.8元", [("28236.8元", "money")]),
    ],
)
def test_figures_with_units(text: str, wanted: list[tuple[str, str]]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize("text", ["620余万元", "约30人", "96%以上", "不低于5万元", "1--1.2万人", "近100人次"])
def test_approximate(text: str) -> None:
    assert all(one.approximate for one in read_figures(text, HERE))


def test_value_and_interval_in_base_units() -> None:
    (one,) = read_figures("支出291.70万元", HERE)
    assert one.value == Decimal("2917000")
    assert (one.quantity.low, one.quantity.high) == (Decimal("2916950"), Decimal("2917050"))


def test_a_bare_nought_is_exact() -> None:
    (one,) = read_figures("支出0万元", HERE)
    assert one.quantity.low == one.quantity.high == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [("2.47万元", "24700"), ("100%%", "1"), ("10 0%", "1"), ("1,234.5", "1234.5"), ("-3", "-3")],
)
def test_cells(text: str, value: str) -> None:
    found = cell_figure(text, HERE)
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize("text", ["", "无", "——", "2020年底", "1--1.2万人", "效果显著", "15：30"])
def test_cells_without_one_number(text: str) -> None:
    assert cell_figure(text, HERE) is None


def test_folding_keeps_every_offset() -> None:
    text = "２０２０年度財政撥款　支出１００％，佔９０．５％"
    assert len(fold(text)) == len(text)
    assert fold("財政撥款") == "财政拨款"
