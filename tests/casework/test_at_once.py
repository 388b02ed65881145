"""Two people act in the same moment, each in a process of their own, as two clerks with two terminals do."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

import tests
from jingban.casework.models import CaseEvent
from jingban.casework.services import bring, current
from jingban.cli.case import case as case_command
from jingban.payments.models import Run
from jingban.registry.models import Identity
from jingban.store import audit
from jingban.values import months
from tests.casework.test_flow import INTAKE, person
from tests.support.databases import Database
from tests.support.people import recipient, register
from tests.support.runs import draft

CASES = 4


class Clerk:
    """A terminal: the process of tests/support/cli_worker.py."""

    def __init__(self, url: str, home: Path) -> None:
        root = Path(tests.__path__[0]).parent
        env = os.environ | {
            "JINGBAN_DATABASE": url,
            "JINGBAN_HOME": str(home),
            "JINGBAN_LANG": "zh",
            "PYTHONPATH": str(root),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.cli_worker"],
            env=env, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def begin(self, *words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)


def _race(clerks: list[Clerk], words: list[list[str]]) -> list[dict[str, Any]]:
    for clerk, mine in zip(clerks, words, strict=True):
        clerk.begin(*mine)
    return [json.loads(clerk.line()) for clerk in clerks]


def test_of_two_terminals_exactly_one_decides_and_the_other_is_told(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "jingban.toml").write_text("name = '某县'\nregion = '510421'\n", "utf-8")
    register(recipient(1))
    waiting = draft(months.month(2020, 1))
    numbers = list(bring("enrolment", [person(n) for n in range(2, 2 + CASES)], INTAKE).numbers.values())
    clerks = [Clerk(database.url, tmp_path) for _ in range(2)]
    try:
        assert [clerk.line() for clerk in clerks] == ["ready", "ready"]
        for number in numbers:
            answers = _race(clerks, [["case", "decide", number, "--as", who] for who in ("审核乙", "审核丁")])
            assert sorted(answer["status"] for answer in answers) == [0, 1], answers
            (lost,) = (answer for answer in answers if answer["status"])
            assert ("CAS-301" in lost["said"], lost["trace"]) == (True, ""), lost
        words = [["run", "2020-01", "review", "--as", who] for who in ("checker", "审核丁")]
        answers = _race(clerks, words)
        assert sorted(answer["status"] for answer in answers) == [0, 1], answers
        assert any("PAY-202" in answer["said"] for answer in answers), answers
    finally:
        for clerk in clerks:
            clerk.close()
    assert {one.last.state for one in current(numbers).values()} == {"done"}
    assert CaseEvent.objects.filter(action="approved").count() == CASES
    assert Identity.objects.count() == 1 + CASES
    assert Run.objects.get(pk=waiting.pk).state == "reviewed"
    assert audit.verify()[1] is None


def test_a_register_that_stays_locked_is_said_in_words(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's long run keeps the only writer of SQLite busy: no traceback, and the case waits as it was."""
    monkeypatch.setattr("jingban.cli.case._region", lambda: "510421")
    (number,) = bring("enrolment", [person(1)], INTAKE).numbers.values()
    assert CliRunner().invoke(case_command, ["list"]).exit_code == 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(str(sqlite_database.settings["NAME"]), isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        done = CliRunner().invoke(case_command, ["decide", number, "--as", "审核乙"])
        other.execute("ROLLBACK")
    finally:
        other.close()
    assert (done.exit_code, "CLI-008" in done.output) == (1, True), done.output
    assert current([number])[number].last.state == "pending"
    done = CliRunner().invoke(case_command, ["decide", number, "--as", "审核乙"])
    assert done.exit_code == 0, done.output
