"""``jingban run`` as a clerk types it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from click.testing import CliRunner
from django.contrib.auth.models import User

from jingban.cli.run import run
from jingban.payments.bankfile import write_answer
from jingban.payments.models import Clearance, Run
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from tests.support.databases import Database
from tests.support.people import door, recipient, register
from tests.support.runs import answers


def jingban(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(run, args)
    return result.exit_code, result.output


def test_a_month_on_the_command_line(sqlite_database: Database, tmp_path: Path) -> None:
    register(recipient(1), recipient(2))
    User.objects.create(username="maker")
    User.objects.create(username="checker")
    common = ("2020-01", "--region", "510421", "--out", str(tmp_path / "bank"))
    assert "PAY-106" in jingban(*common, "release", "--as", "maker")[1]
    status, text = jingban(*common, "--as", "maker", "--known-on", "2020-01-05")
    assert status == 0
    assert "jingban run 2020-01 review" in text
    assert "PAY-201" in jingban(*common, "review", "--as", "maker")[1]
    for step in ("review", "release", "file"):
        status, text = jingban(*common, step, "--as", "checker")
        assert status == 0, text
    assert "PAY-101" in jingban(*common, "preview", "--as", "maker")[1]
    made = Run.objects.get()
    content = write_answer(made.batch, answers(made, failing=[2]))
    (tmp_path / "back.txt").write_bytes(content)
    (tmp_path / "cut.txt").write_bytes(content[:60])
    assert "PAY-402" in jingban(*common, "returns", str(tmp_path / "cut.txt"), "--as", "maker")[1]
    assert "PAY-107" in jingban(*common, "returns", "--as", "maker")[1]
    status, text = jingban(*common, "returns", str(tmp_path / "back.txt"), "--as", "maker")
    assert status == 0
    assert "成功 1 笔" in text
    status, text = jingban(*common, "settle", "--as", "maker")
    assert "已结算" in text
    assert (tmp_path / "bank" / "510421202001M01.txt").is_file()


def test_the_gate_stands_on_the_command_line_too(sqlite_database: Database, tmp_path: Path) -> None:
    """Somebody's death becomes known between review and release: the run is not released, and nothing is cleared."""
    (person, _other) = register(recipient(1), recipient(2))
    common = ("2020-01", "--region", "510421", "--out", str(tmp_path / "bank"))
    assert jingban(*common, "--as", "maker", "--known-on", "2020-01-05")[0] == 0
    assert jingban(*common, "review", "--as", "checker")[0] == 0
    record_deaths([DeathRecord(person=person, died_on=dt.date(2019, 12, 20))], door(dt.date(2020, 1, 6)))
    status, text = jingban(*common, "release", "--as", "checker")
    assert status == 1
    assert "SAF-402" in text
    assert Run.objects.get().state == "reviewed"
    assert not Clearance.objects.exists()
    assert jingban(*common, "cancel", "--as", "checker")[0] == 0
    assert jingban(*common, "preview", "--as", "maker", "--known-on", "2020-01-05")[0] == 0
    assert jingban(*common, "review", "--as", "checker")[0] == 0
    status, text = jingban(*common, "release", "--as", "checker")
    assert status == 0
    assert "SAF-403" in text
    assert Clearance.objects.count() == 1
