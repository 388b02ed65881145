"""Before publishing, everything that is missing is listed at once; bad lists are refused row by row."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from pathlib import Path

import pytest

from jingban.budget.figures import YearFigures
from jingban.budget.lists import LISTS
from jingban.budget.loading import load_folder
from jingban.budget.models import Unit
from jingban.budget.readiness import readiness
from jingban.registry.lists.register import LISTS as REGISTER_LISTS
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import detect
from jingban.store.origins import Door
from jingban.values.findings import Refused
from tests.support.databases import Database

DOOR = Door(actor="会计甲", at=dt.datetime(2021, 1, 5, tzinfo=dt.UTC))
MIYI = Path(__file__).parents[2] / "src" / "jingban" / "cli" / "county" / "accounts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(MIYI, tmp_path / "lists")
    return tmp_path / "lists"


def _rewrite(path: Path, keep: object = None, **changed: object) -> None:
    """Rows for which ``keep`` holds, with columns changed by function of the row."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    kept = [row for row in rows if keep is None or keep(row)]  # type: ignore[operator]
    for row in kept:
        for name, change in changed.items():
            row[name] = change(row)  # type: ignore[operator]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    path.write_text(out.getvalue(), "utf-8")


def _codes(year: int = 2020) -> list[str]:
    return sorted(
        finding.code
        for finding in readiness(YearFigures(Unit.objects.get(), year))
        if finding.severity == "error"
    )


def test_a_whole_set_of_lists_is_ready(sqlite_database: Database, folder: Path) -> None:
    taken = load_folder(folder, DOOR)
    assert taken["payments"] == 100
    assert _codes() == []
    assert _codes(2023) == ["BUD-201"]


def test_what_is_missing_is_listed_at_once(sqlite_database: Database, folder: Path) -> None:
    (folder / "staffing.csv").unlink()
    (folder / "published.csv").unlink()
    (folder / "reasons.csv").unlink()
    _rewrite(folder / "payments.csv", lambda row: row["项目代码"] != "P04")
    _rewrite(folder / "receptions.csv", lambda row: row["接待人次"] == "5")
    _rewrite(folder / "units.csv", 主要职能=lambda row: "")
    load_folder(folder, DOOR)
    assert _codes() == [
        *["BUD-202"] * 6, "BUD-204", "BUD-205", "BUD-206", *["BUD-208"] * 4, "BUD-213",
    ]  # fmt: skip


def test_negative_carry_over_and_more_paid_than_received(sqlite_database: Database, folder: Path) -> None:
    _rewrite(folder / "receipts.csv", lambda row: row["功能分类科目"] != "2210201")
    load_folder(folder, DOOR)
    assert _codes() == ["BUD-203", "BUD-208", "BUD-209"]


def test_operating_money_must_fit_the_kind_of_unit(sqlite_database: Database, folder: Path) -> None:
    _rewrite(folder / "staffing.csv", 编制类别=lambda row: "参公编制")
    load_folder(folder, DOOR)
    assert _codes() == ["BUD-207"]


@pytest.mark.parametrize(
    ("file", "column", "value", "code"),
    [
        ("payments", "功能分类科目", "2083001", "BUD-102"),
        ("payments", "功能分类科目", "20801", "BUD-103"),
        ("payments", "日期", "2021-01-03", "BUD-104"),
        ("payments", "金额", "99999999.00", "BUD-108"),
        ("payments", "项目代码", "P77", "BUD-105"),
        ("payments", "单位代码", "000", "BUD-101"),
        ("payments", "资金来源", "彩票", "LST-109"),
        ("payments", "金额", "1.234", "LST-108"),
        ("receptions", "接待日期", "2019-05-05", "BUD-104"),
        ("reasons", "差异事项", "随便", "LST-109"),
    ],
)
def test_a_bad_row_is_refused_with_its_row_number(
    sqlite_database: Database, folder: Path, file: str, column: str, value: str, code: str
) -> None:
    _rewrite(folder / f"{file}.csv", **{column: lambda row: value})
    with pytest.raises(Refused) as refused:
        load_folder(folder, DOOR)
    assert code in {finding.code for finding in refused.value.findings}
    assert {finding.subject for finding in refused.value.findings} == {f"{file}.csv"}
    assert min(finding.row or 0 for finding in refused.value.findings) >= 2


@pytest.mark.parametrize("name", sorted(path.stem for path in MIYI.glob("*.csv")))
def test_a_list_is_known_by_its_heading(name: str) -> None:
    assert detect(MIYI / f"{name}.csv", {**REGISTER_LISTS, **LISTS}.values(), Defaults()).name == name
    assert name in LISTS


def test_last_years_books_give_the_base_of_comparison(sqlite_database: Database, folder: Path) -> None:
    """When the year before is kept here, nothing needs to be typed from its report."""
    load_folder(folder, DOOR)
    figures = YearFigures(Unit.objects.get(), 2021)
    prior = figures.prior("gk01", "in.total", "income")
    assert prior is not None
    assert prior.amount == 2_916_959_94
    assert figures.prior("gk07", "values", "actual.reception").amount == 1_339_00  # type: ignore[union-attr]
