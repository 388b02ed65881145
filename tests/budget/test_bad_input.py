"""The bad input an agency meets: each with a coded message in the reader's words, and publication refused with all of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from decimal import Decimal as D
from pathlib import Path

import pytest
import xlsxwriter

from jingban.budget.codes import not_in_force
from jingban.budget.lists import LISTS
from jingban.budget.loading import load_folder
from jingban.budget.models import Payment, Unit
from jingban.disclosure.package import publish
from jingban.forms.scoring import execution_proportional, redistribute
from jingban.performance.measures import Basis, entry
from jingban.performance.records import IndicatorRecord, PlanRecord
from jingban.performance.services import set_plans
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import import_file
from jingban.store.origins import Door
from jingban.values.findings import Finding, Refused
from tests.support.databases import Database

DOOR = Door(actor="会计甲", at=dt.datetime(2021, 1, 5, tzinfo=dt.UTC))
MIYI = Path(__file__).parents[2] / "src" / "jingban" / "cli" / "county" / "accounts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(MIYI, tmp_path / "lists")
    return tmp_path / "lists"


def table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"))))


def write(rows: list[list[str]], path: Path) -> Path:
    """A list as CSV or as a workbook, amounts as numbers there."""
    if path.suffix == ".csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        path.write_text(text.getvalue(), "utf-8")
        return path
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        amount = rows[0].index("金额")
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                number = place and column == amount and cell.replace(".", "").isdigit()
                sheet.write(place, column, float(cell) if number else cell)
    return path


def found(path: Path) -> list[Finding]:
    return import_file(LISTS[path.stem], path, DOOR, Defaults()).errors


def test_a_code_of_another_year_says_what_replaces_it() -> None:
    assert "应改用2089999“其他社会保障和就业支出”" in not_in_force("function", "2089901", 2021)
    assert "应改用2089901" in not_in_force("function", "2089999", 2020)
    split = not_in_force("economic", "39906", 2021)
    assert "39909“经常性赠与”" in split
    assert "39910“资本性赠与”" in split
    assert "2021–" in not_in_force("function", "2083001", 2020)
    assert "应改用" not in not_in_force("function", "2999999", 2020)
    assert not_in_force("function", "2080109", 2020) == ""


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_columns_that_moved_are_told_with_row_and_column(
    sqlite_database: Database, folder: Path, suffix: str
) -> None:
    rows = table(folder / "payments.csv")
    (folder / "payments.csv").unlink()
    load_folder(folder, DOOR)
    width = len(rows[0])
    without = rows[3][:2] + rows[3][3:] + [""]  # the source of money was left out: everything moved left
    twice = rows[5][:4] + rows[5][4:5] + rows[5][4:]  # a cell too many
    bad = [rows[0], rows[1], without, rows[4], twice[: width + 1]]
    path = folder / f"payments{suffix}"
    write(bad, path)
    errors = found(path)
    moved = [(one.row, one.column) for one in errors if one.code == "LST-116"]
    assert (3, rows[0][2]) in moved
    assert {row for row, _column in moved} <= {3, 5}
    assert {one.row for one in errors} == {3, 5}
    assert not Payment.objects.exists()  # nothing of the file was taken


def test_a_workbook_says_the_same_as_a_csv(sqlite_database: Database, folder: Path) -> None:
    rows = table(folder / "payments.csv")
    (folder / "payments.csv").unlink()
    write(rows, folder / "payments.xlsx")
    assert load_folder(folder, DOOR)["payments"] == len(rows) - 1 == Payment.objects.count()


def test_a_rate_of_nothing_over_nothing_does_not_apply(sqlite_database: Database, folder: Path) -> None:
    load_folder(folder, DOOR)
    basis = Basis(Unit.objects.get(), 2020, dt.date(2020, 12, 31), "510421")
    assert entry("procurement_rate").compute(basis).value is None
    none = execution_proportional(0, 0, D(10))
    some = execution_proportional(1, 2, D(10))
    spread = redistribute([none, some])
    assert [(one.points, one.weight) for one in spread] == [
        (None, 0),
        (D(10), D(20)),
    ]  # its weight awards nothing by itself


def test_publication_is_refused_with_everything_that_is_missing(
    sqlite_database: Database, folder: Path
) -> None:
    """Negative carry-over, a project without payments, no prior year, a goal without a source: one list, no file."""
    (folder / "reasons.csv").unlink()
    for name, column, value in (("payments", "项目代码", "P04"), ("receipts", "功能分类科目", "2210201")):
        rows = table(folder / f"{name}.csv")
        at = rows[0].index(column)
        write([row for row in rows if row[at] != value], folder / f"{name}.csv")
    nowhere = {
        "单位代码": "510421021",
        "年度": "2020",
        "表": "pf-base-data",
        "行": "garden",
        "列": "approved",
        "金额": "120",
        "依据": "不动产权证",
    }
    rows = [
        list(nowhere),
        list(nowhere.values()),
        [*list(nowhere.values())[:3], "building", "garden", "120", "不动产权证"],
    ]
    write(rows, folder / "published.csv")
    (folder / "hunan.txt").write_text("收入{本年收人}万元\n@表 gk99\n", "utf-8")
    load_folder(folder, DOOR)
    goal = IndicatorRecord(
        level1="产出指标", level2="数量指标", name="培训次数", target="2", unit="次", weight=D(90)
    )
    code = Unit.objects.get().code
    set_plans([PlanRecord(unit=code, year=2020, goal="办好培训", indicators=[goal])], DOOR)
    with pytest.raises(Refused) as refused:
        publish(code, 2020, "hunan", folder / "out", templates=folder)
    codes = {one.code for one in refused.value.findings}
    assert {"BUD-202", "BUD-203", "BUD-204", "BUD-208", "DIS-302", "PRF-201"} <= codes
    assert {"DIS-102", "DIS-106"} <= codes  # the centre's own template, in the same list
    unknown = [one for one in refused.value.findings if one.code == "DIS-305"]
    assert [one.message for one in unknown] == [
        "基础数据表没有“garden”行“approved”列；行、列用表式参考里的键",
        "基础数据表没有“building”行“garden”列；行、列用表式参考里的键",
    ]
    assert {one.subject for one in unknown} == {"不动产权证"}
    assert all(one.message for one in refused.value.findings)
    assert not (folder / "out").exists()
    with pytest.raises(Refused, match="PRF-103"):
        set_plans([PlanRecord(unit=code, year=2020, goal="x", indicators=[
            IndicatorRecord(level1="a", level2="b", name="c", target="1", weight=D(90), measure="nowhere")])], DOOR)  # fmt: skip
