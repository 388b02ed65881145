"""The account of figures: everything printed is counted, and only what was tried is called verified."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from benchmarks.checker import formats
from benchmarks.checker.generator import document
from jingban.checker import run
from jingban.checker.output import terminal
from jingban.checker.project import Project
from jingban.checker.result import FileResult
from jingban.checker.service import check_file

TITLE = "青石县残疾人联合会2022年度部门决算情况说明"


def checked(folder: Path, *lines: str) -> FileResult:
    path = folder / "report.txt"
    path.write_text("\n".join((TITLE, *lines)), encoding="utf-8")
    return check_file(path, Project(), date(2026, 1, 1))[1]


def shares(flat: FileResult, kind: str) -> tuple[int, int, int]:
    one = flat.figures[kind]
    return one.verified, one.alone, one.unread


def shown(flat: FileResult) -> str:
    out = io.StringIO()
    terminal.print_file(flat, file=out)
    return out.getvalue()


def test_what_has_no_partner_is_counted_and_not_verified(tmp_path: Path) -> None:
    flat = checked(
        tmp_path,
        "2022年度支出总计1000.00万元，其中：基本支出600.00万元，占60.00%；项目支出400.00万元，占40.00%。",
        "全年开展康复服务318人次。",
    )
    assert shares(flat, "amount") == (3, 0, 0)
    assert shares(flat, "share") == (2, 0, 0)
    assert shares(flat, "count") == (0, 1, 0)
    assert "数字 6：已核 5（83%），读出而无对照 1（17%），未读 0（0%）" in shown(flat)


def test_a_figure_that_does_not_hold_is_not_passed_over_in_the_account(tmp_path: Path) -> None:
    flat = checked(
        tmp_path,
        "2022年度支出总计1000.00万元，其中：基本支出600.00万元，占63.00%；项目支出400.00万元，占40.00%。",
    )
    assert flat.wrong == 1
    assert f"已核 {flat.verified}（其中不符 1）" in shown(flat)
    assert shares(flat, "share") == (2, 0, 0)


def test_numbers_in_a_table_of_no_known_form_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(
        f"<p>{TITLE}</p><table><tr><th>乡镇</th><th>户</th></tr><tr><td>青石镇</td><td>31</td></tr>"
        "<tr><td>白水镇</td><td>27</td></tr></table>",
        encoding="utf-8",
    )
    flat = check_file(path, Project(), date(2026, 1, 1))[1]
    assert flat.strange == 2
    assert "cell" not in flat.figures
    assert "另有 2 个数在未认出的表里" in shown(flat)


@pytest.mark.parametrize("suffix", ["txt", "html", "xlsx"])
def test_cells_of_known_tables_count(suffix: str, tmp_path: Path) -> None:
    path = formats.write(document(6, "final", "T"), tmp_path / f"report.{suffix}")
    flat = check_file(path, Project(), date(2026, 1, 1))[1]
    verified, alone, unread = shares(flat, "cell")
    assert verified > 0.6 * (verified + alone + unread) > 60


def test_a_count_that_fails_hides_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise ValueError

    monkeypatch.setattr(run, "account", fails)
    flat = checked(tmp_path, "2022年度支出总计1000.00万元，其中：基本支出600.00万元，占63.00%。")
    assert flat.wrong
    assert any("CHK-901" in one["reason"] for one in flat.unverified)
