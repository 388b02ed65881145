"""Recognition and binding: layouts agencies really print, and tables that must not be taken for a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingban.checker.readers import read
from jingban.checker.tables import BoundTables, bind_document
from jingban.checker.tables.recognise import match_title


def bound(text: str, folder: Path) -> BoundTables:
    path = folder / "t.txt"
    path.write_text(text, encoding="utf-8")
    return bind_document(read(path), 2021)


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("支出决算表", "gk03"),
        ("2021年度支出决算表", "gk03"),
        ("示例县社会保险中心支出决算表", "gk03"),
        ("公开03表 支出决算表", "gk03"),
        ("一般公共预算财政拨款支出决算表", "gk05"),
        ("一般公共预算财政拨款基本支出决算表", "gk06"),
        ("财政拨款支出决算明细表", "sc05"),
        ("一般公共预算财政拨款“三公”经费支出决算表", "gk07"),
        ("政府性基金预算财政拨款“三公”经费支出决算表", "sc12"),
        ("国有资产经营预算财政拨款支出决算表", "gk09"),
        ("財政撥款收入支出決算總表", "gk04"),
        ("表三 一般公共预算财政拨款支出预算表", "bd05"),
        ("单位收支总表", "bd01"),
        ("一般公共预算基本支出表", "bd06"),
    ],
)
def test_titles(title: str, form: str) -> None:
    found = match_title(title)
    assert found is not None
    assert found.form.id == form


@pytest.mark.parametrize(
    "title", ["项目支出绩效自评表", "三公经费变动情况表", "收入情况", "2021年度部门决算", "基本情况表"]
)
def test_other_titles_name_no_form(title: str) -> None:
    assert match_title(title) is None


THREE_CODE_COLUMNS = """支出决算表
单位：元

科目编码\t\t\t科目名称\t合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出
类\t款\t项\t\t\t\t\t\t\t
\t\t\t合计\t300.00\t100.00\t200.00\t0.00\t0.00\t0.00
208\t\t\t社会保障和就业支出\t300.00\t100.00\t200.00\t0.00\t0.00\t0.00
208\t01\t\t人力资源和社会保障管理事务\t300.00\t100.00\t200.00\t0.00\t0.00\t0.00
208\t01\t09\t社会保险经办机构\t300.00\t100.00\t200.00\t0.00\t0.00\t0.00
"""


def test_codes_in_three_columns_are_joined(tmp_path: Path) -> None:
    (table,) = bound(THREE_CODE_COLUMNS, tmp_path).tables
    assert [key for key in table.rows if key != "total"] == ["208", "20801", "2080109"]
    assert table.value("2080109", "project").text == "200.00"
    assert table.unit == "元"


TURNED = """一般公共预算财政拨款“三公”经费支出决算表
单位：万元

项目\t预算数\t决算数
合计\t3.00\t2.40
1.因公出国（境）费用\t0.00\t0.00
2.公务接待费\t1.00\t0.80
3.公务用车购置及运行维护费\t2.00\t1.60
其中：公务用车购置费\t0.00\t0.00
公务用车运行维护费\t2.00\t1.60
"""


def test_three_public_table_with_one_line_a_kind(tmp_path: Path) -> None:
    (table,) = bound(TURNED, tmp_path).tables
    assert table.value("values", "actual.reception").text == "0.80"
    assert table.value("values", "budget.running").text == "2.00"


STACKED = """收入支出决算总表
单位：万元

项目\t决算数
一、一般公共预算财政拨款收入\t10.00
二、政府性基金预算财政拨款收入\t
八、其他收入\t0.00
本年收入合计\t10.00
年初结转和结余\t—
总计\t10.00
八、社会保障和就业支出\t10.00
九、卫生健康支出\t…
十九、住房保障支出\t0.00
本年支出合计\t10.00
总计\t10.00
"""


def test_income_above_expenditure_in_one_column(tmp_path: Path) -> None:
    (table,) = bound(STACKED, tmp_path).tables
    assert table.value("in.total", "income").text == "10.00"
    assert table.value("208", "expenditure").text == "10.00"


def test_blank_dash_unreadable_and_absent_are_told_apart(tmp_path: Path) -> None:
    (table,) = bound(STACKED, tmp_path).tables
    states = [
        table.value(row, column).state
        for row, column in (
            ("in.fund", "income"),
            ("in.opening", "income"),
            ("210", "expenditure"),
            ("in.capital", "income"),
            ("in.other", "income"),
        )
    ]
    assert states == ["blank", "dash", "unreadable", "absent", "number"]


def test_a_self_evaluation_table_is_no_statutory_form(tmp_path: Path) -> None:
    text = "项目支出绩效自评表\n\n一级指标\t二级指标\t分值\t得分\n产出指标\t数量指标\t50\t50\n效益指标\t社会效益指标\t30\t30\n"
    found = bound(text, tmp_path)
    assert found.tables == []
    assert len(found.other) == 1


def test_two_units_make_two_sets(tmp_path: Path) -> None:
    assert [
        list(package.tables)
        for package in bound(f"甲单位\n\n{TURNED}\n乙单位\n\n本单位情况如下。\n\n{TURNED}", tmp_path).packages
    ] == [
        ["gk07"],
        ["gk07"],
    ]


CLASS_AND_ITEM = """一般公共预算财政拨款基本支出决算表
单位：万元

经济分类科目编码\t\t科目名称\t决算数\t经济分类科目编码\t\t科目名称\t决算数
类\t款\t\t\t类\t款\t\t
301\t\t工资福利支出\t300.00\t302\t\t商品和服务支出\t40.00
301\t01\t基本工资\t180.00\t302\t01\t办公费\t25.00
\t02\t津贴补贴\t120.00\t302\t11\t差旅费\t15.00
人员经费合计\t\t\t300.00\t公用经费合计\t\t\t40.00
"""


def test_economic_codes_in_two_columns_are_joined(tmp_path: Path) -> None:
    (table,) = bound(CLASS_AND_ITEM, tmp_path).tables
    assert {"301", "30101", "30102", "302", "30201", "30211"} <= set(table.rows)
    assert table.value("30102", "amount").text == "120.00"
    assert not table.doubles


def test_a_budget_is_no_final_account(tmp_path: Path) -> None:
    text = THREE_CODE_COLUMNS.replace("支出决算表", "部门支出总表")
    (table,) = bound(text, tmp_path).tables
    assert table.form.id == "bd03"
