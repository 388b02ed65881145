"""Workbooks as clerks make them: several sheets, merged cells, headings in two rows, totals, signatures, columns of their own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jingban.registry.lists.register import LISTS
from jingban.safeguards.lists import LISTS as OTHERS
from jingban.store.lists import write_template
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import detect, import_file
from jingban.store.lists.names import keep
from jingban.store.lists.reading import read_book
from jingban.store.lists.spec import Parsed, parse_book
from jingban.store.origins import Door
from jingban.values.findings import Refused
from tests.support.databases import Database
from tests.support.people import id_number

GIVEN = Defaults("510421", 2026 * 12 + 10, dt.date(2026, 11, 20))
DOOR = Door("甲", at=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))
ALL = {**LISTS, **OTHERS}
BORN = dt.date(1955, 3, 1)


def made(path: Path, sheets: dict[str, list[list[Any]]], merged: tuple[tuple[str, str], ...] = ()) -> Path:
    """A workbook; ``merged``: (sheet, area) with what stands in its first cell."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            for where, area in merged:
                if where == name:
                    row, column = xlsxwriter.utility.xl_cell_to_rowcol(area.split(":")[0])
                    sheet.merge_range(area, rows[row][column])
    return path


def parsed(path: Path, name: str = "people", mapped: dict[str, str] | None = None) -> Parsed[Any]:
    return parse_book(ALL[name].describe(GIVEN), read_book(path), mapped)


def told(one: Parsed[Any]) -> set[tuple[str, str, str | None, int | None]]:
    return {(f.code, f.severity, f.sheet, f.row) for f in map(one.located, one.findings)}


def test_every_sheet_is_read_villages_are_filled_down_totals_and_signatures_left_out(tmp_path: Path) -> None:
    def township(first: int) -> list[list[Any]]:
        people = [[n + 1, "双沟村" if n == 0 else "", f"人{n}", id_number(BORN, first + n)] for n in range(3)]
        return [
            ["待遇领取人员花名册"], ["填报单位（盖章）："], ["序号", "村（社区）", "姓名", "身份证号码"], *people,
            ["合计", "", "3人"], ["", "", "", ""], ["填表人：李四", "", "审核人：王五"], [4], [5],
        ]  # fmt: skip

    path = made(
        tmp_path / "花名册.xlsx",
        {"封面": [["某县"]], "攀莲镇": township(1), "丙谷镇": township(11)},
        (("攀莲镇", "B4:B6"), ("丙谷镇", "B4:B6")),
    )
    found = parsed(path)
    assert [record.village for record in found.records] == ["双沟村"] * 6
    assert [(one.name, one.rows) for one in found.sheets] == [("攀莲镇", 3), ("丙谷镇", 3)]
    assert not found.errors
    words = [(f.code, f.sheet, f.message) for f in map(found.located, found.findings) if f.code == "LST-117"]
    assert any(sheet == "封面" for _code, sheet, _message in words)
    assert any("第 7 行" in message for _code, _sheet, message in words)
    no_numbers = [["待遇领取人员花名册"], [], ["姓名"], ["张三"]]
    again = parsed(made(tmp_path / "b.xlsx", {"攀莲镇": township(1), "丙谷镇": no_numbers}))
    assert ("LST-104", "error", "丙谷镇", 3) in told(again)


def test_a_person_without_a_number_is_not_taken_for_a_signature_or_a_total(tmp_path: Path) -> None:
    rows = [
        ["序号", "姓名", "身份证号码", "备注"],
        [1, "张三", "", "注：身份证丢失"],
        [2, "李四", "", "与李五合计"],
    ]
    found = parsed(made(tmp_path / "a.xlsx", {"a": rows}))
    assert {(f.code, f.row) for f in found.errors} == {("LST-106", 2), ("LST-106", 3)}


def test_a_heading_in_two_rows(tmp_path: Path) -> None:
    rows = [
        ["某县领取人员"], ["基本信息", "", "待遇", "", "银行", ""], ["姓名", "证件号码", "起始年月", "标准", "开户行", "账号"],
        ["张三", id_number(BORN, 1), "2016-01", "113", "农行", "6217003820001234567"],
    ]  # fmt: skip
    found = parsed(made(tmp_path / "a.xlsx", {"a": rows}, (("a", "A2:B2"), ("a", "C2:D2"), ("a", "E2:F2"))))
    (record,) = found.records
    assert (record.name, record.award.start_month, record.account) == (
        "张三",
        2016 * 12,
        "6217003820001234567",
    )
    assert [f.column for f in found.findings] == ["待遇/标准"]


def test_headings_repeated_on_every_page_are_left_out(tmp_path: Path) -> None:
    head = ["姓名", "身份证号码", "村"]
    rows = [
        head,
        ["甲", "乙", "丙"],
        ["张三", id_number(BORN, 1), "双沟村"],
        head,
        ["李四", id_number(BORN, 2), "〃"],
    ]
    found = parsed(made(tmp_path / "a.xlsx", {"a": rows}))
    assert [(r.name, r.village) for r in found.records] == [("张三", "双沟村"), ("李四", "双沟村")]


def test_money_in_a_merged_cell_is_nobodys(tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号码", "个人缴费余额"],
        ["张三", id_number(BORN, 1), 400],
        ["李四", id_number(BORN, 2)],
    ]
    found = parsed(made(tmp_path / "a.xlsx", {"a": rows}, (("a", "C2:C3"),)))
    assert {(f.code, f.row) for f in found.errors} == {("LST-118", 2), ("LST-118", 3)}
    assert not found.records


@pytest.mark.parametrize(("column", "word", "name", "wanted"), [
    ("人员状态", "正常参保", "people", False), ("人员状态", "死亡", "people", True), ("参保状态", "暂停", "people", True),
    ("状态", "注销", "contacts", True), ("是否死亡", "否", "people", False), ("是否死亡", "是", "people", True),
    ("是否健在", "否", "people", True), ("状态", "死亡", "deaths", False), ("状态", "甲类", "people", True), ("状态", "/", "people", False),
])  # fmt: skip
def test_how_a_person_stands_is_understood_or_refused(
    tmp_path: Path, column: str, word: str, name: str, wanted: bool
) -> None:
    rows = [
        ["姓名", "身份证号码", "死亡日期", "电话", column],
        ["张三", id_number(BORN, 1), "2026-10-01", "1", word],
    ]
    found = parsed(made(tmp_path / "a.xlsx", {"a": rows}), name)
    assert [f.row for f in found.findings if f.code == "LST-119"] == [2] * wanted
    assert len(found.records) == (not wanted)


def test_a_stoppage_with_its_reason_is_understood(tmp_path: Path) -> None:
    head = ["姓名", "身份证号码", "人员状态", "待遇起始年月", "暂停原因"]
    rows = [head, ["张三", id_number(BORN, 1), "暂停", "2016-01", "服刑"]]
    found = parsed(made(tmp_path / "a.xlsx", {"a": rows}))
    assert (found.findings, len(found.records)) == ([], 1)


def test_a_name_nearly_ours_is_asked_about_and_explained(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jingban.toml").write_text("", "utf-8")
    monkeypatch.setenv("JINGBAN_HOME", str(tmp_path))
    rows = [["姓名", "身份证号码", "领待时间", "待遇起始年"], ["张三", id_number(BORN, 1), "2016-01", "x"]]
    path = made(tmp_path / "a.xlsx", {"a": rows})
    first = import_file(LISTS["people"], path, DOOR, GIVEN, dry_run=True)
    assert [(f.code, f.column) for f in first.errors] == [("LST-121", "待遇起始年")]
    assert any("待遇起始年月" in f.message for f in first.findings if f.column == "领待时间")
    keep("people", {"领待时间": "待遇起始年月", "待遇起始年": ""})
    second = import_file(LISTS["people"], path, DOOR, GIVEN, dry_run=True)
    assert (second.accepted, second.findings) == (1, [])
    with pytest.raises(Refused) as refused:
        import_file(LISTS["people"], path, DOOR, GIVEN, columns={"领待时间": "没有的列"})
    assert refused.value.findings[0].code == "LST-124"


def test_the_same_content_in_two_columns_must_agree(tmp_path: Path) -> None:
    good, other = id_number(BORN, 1), id_number(BORN, 2)
    rows = [["姓名", "身份证号", "社会保障号"], ["张三", good, good], ["李四", other, good]]
    found = parsed(made(tmp_path / "a.xlsx", {"a": rows}))
    assert {(f.code, f.row) for f in found.errors} == {("LST-120", 3)}


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_template_says_what_it_is_whatever_becomes_of_its_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / "模板.xlsx"
    spec = ALL[name].describe(GIVEN)
    assert spec.name == name
    write_template(spec, path)
    assert read_book(path).mark == name
    assert detect(path, ALL.values(), GIVEN).name == name
    other = "people" if name != "people" else "deaths"
    with pytest.raises(Refused) as refused:
        import_file(ALL[other], path, DOOR, GIVEN)
    assert refused.value.findings[0].code == "LST-123"


def test_a_list_that_could_be_several_is_asked_about(tmp_path: Path) -> None:
    rows = [["姓名", "身份证号码", "死亡日期"], ["张三", id_number(BORN, 1), "2026-10-01"]]
    with pytest.raises(Refused) as refused:
        detect(made(tmp_path / "a.xlsx", {"a": rows}), ALL.values(), GIVEN)
    (finding,) = refused.value.findings
    assert finding.code == "LST-122"
    assert "--kind deaths" in finding.message
    assert "--kind death_police" in finding.message
    assert "people" not in finding.message


def test_a_list_that_lacks_a_column_is_not_taken_for_another(tmp_path: Path) -> None:
    rows = [["姓名", "身份证号码", "缴费年度", "缴费金额"], ["张三", id_number(BORN, 1), 2026, 200]]
    with pytest.raises(Refused) as refused:
        detect(made(tmp_path / "a.xlsx", {"a": rows}), ALL.values(), GIVEN)
    (finding,) = refused.value.findings
    assert finding.code == "LST-115"
    assert "缴费日期" in finding.message


def test_a_sheet_of_people_without_a_heading_is_not_passed_over(tmp_path: Path) -> None:
    head = ["姓名", "身份证号码"]
    path = made(
        tmp_path / "a.xlsx", {"1": [head, ["张三", id_number(BORN, 1)]], "2": [["李四", id_number(BORN, 2)]]}
    )
    assert ("LST-103", "error", "2", 1) in told(parsed(path))
