"""Workbooks: every sum, total, rate and identity is a live formula whose stored value is what it gives."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import python_calamine

from jingban.budget.models import Unit
from jingban.disclosure.package import publish
from jingban.disclosure.render import render
from jingban.disclosure.selfeval import evaluations
from tests.disclosure.changing import entries, zipped
from tests.support.databases import Database
from tests.support.office import converted

Cells = dict[tuple[str, int, int], Any]


def _cells(path: Path) -> Cells:
    book = python_calamine.load_workbook(path)
    found: Cells = {}
    for name in book.sheet_names:
        for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            found |= {(name, row, column): value for column, value in enumerate(values) if value != ""}
    return found


def _formulas(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        parts = sorted(name for name in archive.namelist() if "worksheets/sheet" in name)
        return [text for part in parts for text in re.findall(r"<f>([^<]*)</f>", archive.read(part).decode())]


def _differences(one: Cells, other: Cells) -> list[tuple[Any, ...]]:
    return [
        (key, one.get(key), other.get(key))
        for key in sorted(set(one) | set(other))
        if one.get(key) != other.get(key)
        and not (
            isinstance(one.get(key), float)
            and isinstance(other.get(key), float)
            and abs(one[key] - other[key]) < 1e-9
        )
    ]


def test_sums_are_live_and_their_stored_values_are_right(shifeng: Database, tmp_path: Path) -> None:
    publish("430204021", 2020, "hunan", tmp_path, formats=("xlsx",))
    path = next(tmp_path.glob("*.xlsx"))
    formulas = _formulas(path)
    assert "SUM(C7:C14)" in formulas
    assert len(formulas) > 150
    book = python_calamine.load_workbook(path)
    rows = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    total = next(row for row in rows if row[0] == "总计")
    assert round(total[2], 4) == round(total[5], 4) == 150.6417
    checks = book.get_sheet_by_name("勾稽关系").to_python()[1:]
    assert len(checks) > 60
    assert {row[5] for row in checks} == {"平"}
    assert _differences(_cells(path), _cells(converted(path, "xlsx", tmp_path))) == []


def test_a_changed_leaf_moves_every_sum_above_it(shifeng: Database, tmp_path: Path) -> None:
    """The proof that LibreOffice computes: another amount under 30101 reaches the class and the personnel total."""
    publish("430204021", 2020, "hunan", tmp_path, formats=("xlsx",))
    path = next(tmp_path.glob("*.xlsx"))
    before = _cells(path)
    at = next(key for key, value in before.items() if value == "基本工资")
    parts = entries(path.read_bytes())
    part = f"xl/worksheets/sheet{1 + list(dict.fromkeys(key[0] for key in before)).index(at[0])}.xml"
    place = f'r="{"ABCDEFGHI"[at[2] + 1]}{at[1] + 1}"'
    text = parts[part].decode()
    changed = re.sub(rf"(<c {place}[^>]*><v>)[^<]*", r"\g<1>148.9", text)
    assert changed != text
    other = tmp_path / "changed.xlsx"
    other.write_bytes(zipped({**parts, part: changed.encode()}))
    after = _cells(converted(other, "xlsx", tmp_path))
    moved = {key[1:]: round(after[key] - before[key], 2) for key in before if key[0] == at[0] and isinstance(before[key], float) and after[key] != before[key]}  # fmt: skip
    assert len(moved) == 3
    assert len(set(moved.values())) == 1
    assert "不平" in {after[key] for key in after if key[0] == "勾稽关系" and key[2] == 5}


def test_scores_weights_and_rates_of_forms_are_live(reviewed: Unit, tmp_path: Path) -> None:
    made = evaluations(reviewed, 2020)
    path = tmp_path / "forms.xlsx"
    path.write_bytes(render(made.annexes[0], "xlsx"))
    cells = _cells(path)
    formulas = _formulas(path)
    assert sum("/" in text and "100" in text for text in formulas) >= 2, "execution rates"
    totals = [key for key, value in cells.items() if value == "总分"]
    assert len(totals) == 2
    project = [value for key, value in cells.items() if key[0] == totals[1][0] and key[1] == totals[1][1]]
    assert project[:3] == ["总分", 100, 79.37]
    assert 0.3373 in {round(value, 4) for value in cells.values() if isinstance(value, float)}
    names = {value for key, value in cells.items() if key[0] == "勾稽关系" and key[2] == 0}
    assert {
        "分值合计=预算执行分值+各项指标分值",
        "总分=预算执行得分+各项指标得分",
        "执行率=全年执行数÷全年预算数",
    } <= names
    assert _differences(cells, _cells(converted(path, "xlsx", tmp_path))) == []
