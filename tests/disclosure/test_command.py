"""`jingban budget` and `jingban publish` as a user runs them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from jingban.cli.budget import budget
from jingban.cli.publish import publish
from tests.support.databases import Database


def test_status_tables_and_readiness(shifeng: Database) -> None:
    run = CliRunner().invoke
    status = run(budget, ["status"])
    assert status.exit_code == 0, status.output
    assert "收入 1,506,417.00 元  支出 1,506,417.00 元" in status.output
    tables = run(budget, ["tables", "2020"])
    assert "本年收入合计\t27\t150.64\t本年支出合计\t58\t150.64" in tables.output
    yuan = run(budget, ["tables", "2020", "--in", "元"])
    assert "1,506,417.00" in yuan.output
    assert run(budget, ["readiness", "2020"]).exit_code == 0
    missing = run(budget, ["readiness", "2019"])
    assert missing.exit_code == 1
    assert "BUD-201" in missing.output


def test_publish_tells_the_account_and_refuses_with_the_whole_list(shifeng: Database, tmp_path: Path) -> None:
    good = CliRunner().invoke(
        publish, ["--year", "2020", "--style", "hunan", "--out", str(tmp_path / "a"), "--format", "txt"]
    )
    assert good.exit_code == 0, good.output
    assert "错误 0，警告 0" in good.output
    assert (tmp_path / "a" / "data").is_dir()
    bad = CliRunner().invoke(publish, ["--year", "2021", "--out", str(tmp_path / "b")])
    assert bad.exit_code == 2
    assert "BUD-201" in bad.output
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("missing", ["published", "reasons"])
def test_nothing_is_written_while_something_is_missing(
    sqlite_database: Database, tmp_path: Path, missing: str
) -> None:
    from jingban.budget.loading import load_folder
    from tests.disclosure.conftest import DOOR, HERE

    shutil.copytree(HERE / "data" / "shifeng", tmp_path / "lists")
    (tmp_path / "lists" / f"{missing}.csv").unlink()
    load_folder(tmp_path / "lists", DOOR)
    result = CliRunner().invoke(
        publish, ["--year", "2020", "--style", "hunan", "--out", str(tmp_path / "out")]
    )
    assert result.exit_code == 2
    assert result.output.count("BUD-2") >= 6
    assert not (tmp_path / "out").exists()


def test_a_folder_without_the_template_asked_for_is_told(shifeng: Database, tmp_path: Path) -> None:
    arguments = ["--year", "2020", "--style", "hunan", "--templates", str(tmp_path), "--out", str(tmp_path / "out")]  # fmt: skip
    (tmp_path / "hunan.txt.txt").write_text("# 标题\n", "utf-8")
    result = CliRunner().invoke(publish, arguments)
    assert result.exit_code == 2
    assert "DIS-203" in result.output
    assert not (tmp_path / "out").exists()


def test_the_whole_list_is_shown_however_long(shifeng: Database, tmp_path: Path) -> None:
    (tmp_path / "hunan.txt").write_text("".join(f"收入{{没有的数{n}}}万元\n" for n in range(40)), "utf-8")
    arguments = ["--year", "2020", "--style", "hunan", "--templates", str(tmp_path), "--out", str(tmp_path / "out")]  # fmt: skip
    result = CliRunner().invoke(publish, arguments)
    assert result.exit_code == 2
    assert result.output.count("DIS-102") == 40
