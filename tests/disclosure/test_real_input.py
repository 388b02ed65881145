"""Published figures as input: the district agency's tables come out as it printed them, and where it erred a diff says so."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.disclosure.diff import compare, report
from jingban.disclosure.output.text import text
from jingban.disclosure.report import build
from jingban.values.money import wan
from tests.support.databases import Database

GK03 = {
    "total": ("150.64", "104.60", "46.05"), "208": ("150.64", "104.60", "46.05"), "20801": ("108.86", "104.60", "4.27"),
    "2080108": ("4.27", "0.00", "4.27"), "2080109": ("104.60", "104.60", "0.00"), "20826": ("16.78", "0.00", "16.78"),
    "2082602": ("16.78", "0.00", "16.78"), "20899": ("25.00", "0.00", "25.00"), "2089901": ("25.00", "0.00", "25.00"),
}  # fmt: skip
GK06 = {
    "301": "97.58", "30101": "48.90", "30102": "0.00", "30103": "0.89", "30106": "2.80", "30107": "0.00", "30108": "10.63",
    "30109": "0.02", "30110": "4.77", "30111": "2.20", "30112": "0.00", "30113": "7.18", "30114": "3.38", "30199": "16.80",
    "303": "0.00", "302": "6.75", "30201": "1.43", "30202": "1.36", "30207": "0.29", "30211": "0.05", "30213": "0.40",
    "30216": "0.00", "30217": "0.00", "30226": "0.20", "30228": "1.03", "30299": "2.00", "310": "0.27", "31002": "0.27",
    "personnel": "97.58", "operating": "7.01",
}  # fmt: skip


@pytest.fixture
def figures(shifeng: Database) -> YearFigures:
    return YearFigures(Unit.objects.get(), 2020)


def printed(figures: YearFigures, form: str, row: str, column: str) -> str:
    return str(wan(int(figures.figure(form, row, column).amount or 0)))


def test_every_published_cell_comes_out_to_the_printed_digit(figures: YearFigures) -> None:
    for row in ("in.general", "in.year", "in.total"):
        assert printed(figures, "gk01", row, "income") == "150.64"
    for row in ("208", "out.year", "out.total"):
        assert printed(figures, "gk01", row, "expenditure") == "150.64"
    for form in ("gk03", "gk05"):
        for row, wanted in GK03.items():
            assert (
                tuple(printed(figures, form, row, column) for column in ("total", "basic", "project"))
                == wanted
            )
    for row, (total, _basic, _project) in GK03.items():
        assert printed(figures, "gk02", row, "fiscal") == total
    assert printed(figures, "gk04", "out.total", "general") == "150.64"
    assert {row: printed(figures, "gk06", row, "amount") for row in GK06} == GK06
    assert printed(figures, "gk07", "values", "budget.reception") == "0.20"
    assert printed(figures, "gk07", "values", "actual.total") == "0.00"


def test_what_the_explanation_says_follows_from_the_books(figures: YearFigures) -> None:
    written = text(build(figures, "hunan")).replace("\n", "")
    for said in (
        "与上年586.31万元相比，收、支总计减少435.67万元，下降74.31%",
        "年初预算数为171.73万元，支出决算数为150.64万元，完成年初预算的87.72%",
        "年初预算为129.95万元，支出决算为104.60万元，完成年初预算的80.49%，决算数小于年初预算数",
        "年初没有安排预算，支出决算为4.27万元，支出的主要原因是：年中追加了",
        "基本支出104.60万元，占69.43%；项目支出46.05万元，占30.57%",
        "年初预算数为12.99万元，支出决算数为7.01万元，完成年初预算的53.99%，决算数小于年初预算数5.98万元",
        "与上年0.20万元相比减少0.20万元，下降100.00%",
        "人力资源和社会保障管理事务（款）社会保险经办机构（项）",
    ):
        assert said in written, said


PRINTED = """2020年度部门决算
一般公共预算财政拨款支出决算表

公开05表
金额单位：万元
部门：某区社会保险服务中心

项目\t\t本年支出\t\t
功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出
栏次\t\t1\t2\t3
合计\t\t150.64\t104.60\t46.04
208\t社会保障和就业支出\t150.64\t104.60\t46.05
20801\t人力资源和社会保障事务\t108.86\t104.60\t4.27
2080108\t信息化建设\t4.27\t0.00\t4.27
2080109\t社会保险经办机构\t104.60\t104.60\t0.00

国有资产经营预算财政拨款支出决算表

公开09表
金额单位：万元
部门：某区社会保险服务中心

功能分类科目编码\t科目名称\t本年支出\t\t
\t\t合计\t基本支出\t项目支出
栏次\t\t1\t2\t3
合计\t\t0.00\t0.00\t0.00
"""


def test_where_the_printed_document_is_wrong_a_diff_says_so(figures: YearFigures, tmp_path: Path) -> None:
    path = tmp_path / "printed.txt"
    path.write_text(PRINTED, "utf-8")
    found = compare(figures.forms, path, findings=False)
    assert [(one.form, one.theirs, one.ours, one.line) for one in found.of("amount")] == [
        ("公开05表", "46.04", "46.05", 11)
    ]
    assert ("人力资源和社会保障事务", "人力资源和社会保障管理事务") in [
        (one.theirs, one.ours) for one in found.of("name")
    ]
    assert [one.ours for one in found.of("title")] == ["国有资本经营预算财政拨款支出决算表"]
    assert found.compared - found.equal == 1
    assert "46.05" in report(found)


def test_a_document_generated_from_the_same_books_differs_nowhere(
    figures: YearFigures, tmp_path: Path
) -> None:
    path = tmp_path / "own.txt"
    path.write_text(text(build(figures, "hunan")), "utf-8")
    found = compare(figures.forms, path)
    assert found.differences == ()
    assert found.compared == found.equal > 350


def test_published_county_figures(miyi: Database) -> None:
    figures = YearFigures(Unit.objects.get(), 2020)
    exact = {row: Decimal(int(figures.figure("gk03", row, "total").amount or 0)).scaleb(-2) for row in ("total", "2080103", "2080109", "2130506", "2101102", "2210201")}  # fmt: skip
    assert exact == {
        "total": Decimal("2916959.94"), "2080103": Decimal("1216614.34"), "2080109": Decimal("30813.00"),
        "2130506": Decimal("1343150.00"), "2101102": Decimal("76461.00"), "2210201": Decimal("136968.00"),
    }  # fmt: skip
    assert printed(figures, "gk06", "personnel", "amount") == "146.72"
    assert printed(figures, "gk06", "operating", "amount") == "7.58"
    written = text(build(figures, "sichuan")).replace("\n", "")
    assert "与2019年254.33万元相比，收、支总计各增加37.37万元，增长14.69%" in written
    assert "公务接待费支出预算为0.20万元，支出决算为0.13万元，完成预算的66.95%" in written
    assert "共接待2批次，9人次" in written
    assert "社会保障和就业支出135.32万元，占46.39%" in written
