"""kill -9 at any moment of a run loses nothing and pays nothing twice, on both engines.

Children are killed before randomly chosen SQL statements and at random moments from outside; each next child carries on from
what it finds. The end must equal that of a run nobody disturbed.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import tests
from jingban.payments.proofs import all_proofs
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.store import bulk
from jingban.values.months import month
from tests.support import databases
from tests.support.databases import Database
from tests.support.people import door, recipient, register
from tests.support.runs import COUNTY, KNOWN

WINDOWS = ((1, 12), (1, 48), (1, 345), (335, 400))
"""SQL statements from which a kill is drawn: a preview takes about 350, every other step between 5 and 16."""
KILLS_INSIDE, KILLS_OUTSIDE = 20, 5


class Worker:
    """The forking process of tests/support/run_worker.py."""

    def __init__(self, url: str, folder: Path) -> None:
        root = Path(tests.__path__[0]).parent
        env = os.environ | {
            "JINGBAN_DATABASE": url,
            "DJANGO_SETTINGS_MODULE": "jingban.settings",
            "PYTHONPATH": str(root),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.run_worker", str(folder)],
            env=env, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def go(self, kill_at: int = 0, kill_after: float | None = None) -> str:
        """Let one child work; ``done``, ``killed`` or ``failed``."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"go {kill_at}\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            # The child is not reaped before its end is read below, unless it ended by itself.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)


def _register() -> None:
    people = register(*(recipient(n) for n in range(1, 41)))
    record_deaths([DeathRecord(person=people[7], died_on=dt.date(2020, 1, 20))], door(dt.date(2020, 1, 25)))


def _end() -> dict[str, Any]:
    """Everything that must not depend on where a process died."""
    return {
        "lines": bulk.fetch(
            "SELECT r.payroll_month, l.person_id, l.item, l.month, l.amount_fen, l.channel, s.status FROM payments_line l "
            "JOIN payments_run r ON r.id = l.run_id LEFT JOIN payments_orderstatus s ON s.order_id = l.order_id "
            "ORDER BY r.payroll_month, l.person_id, l.month, l.item"
        ),
        "entries": bulk.fetch(
            "SELECT person_id, ledger, kind, month, SUM(amount_fen), COUNT(*) FROM registry_accountentry "
            "GROUP BY person_id, ledger, kind, month ORDER BY person_id, ledger, kind, month"
        ),
        "runs": bulk.fetch(
            "SELECT payroll_month, attempt, state, person_count, amount_fen FROM payments_run ORDER BY 1"
        ),
        "events": bulk.fetch(
            "SELECT r.payroll_month, e.state, COUNT(*) FROM payments_runevent e JOIN payments_run r ON r.id = e.run_id "
            "GROUP BY r.payroll_month, e.state ORDER BY 1, 2"
        ),
    }


def _payments(path: Path) -> list[list[str]]:
    """The lines of a bank file without order numbers, which a rolled-back transaction may use up."""
    rows = [line.split("|") for line in path.read_bytes().decode("gb18030").splitlines()]
    return [row[:2] + row[3:] if row[0] == "L" else row[:3] for row in rows]


def _disturbed(worker: Worker) -> int:
    """Kill child after child; then let one finish. Returns how many were killed."""
    chance = random.Random(20201121)
    killed = 0
    for number in range(KILLS_INSIDE):
        killed += worker.go(kill_at=chance.randint(*WINDOWS[number % len(WINDOWS)])) == "killed"
    for _round in range(KILLS_OUTSIDE):
        killed += worker.go(kill_after=chance.uniform(0, 0.5)) == "killed"
    assert worker.go() == "done"
    return killed


def _check(database: Database, folder: Path, quiet: Database) -> None:
    worker = Worker(database.url, folder / "files")
    killed = _disturbed(worker)
    worker.close()
    assert killed >= 3
    disturbed = _end()
    for proof in all_proofs(COUNTY, month(2020, 3), KNOWN):
        assert proof.holds, proof
    names = sorted(path.name for path in (folder / "files").iterdir() if not path.name.startswith("."))
    assert names == ["510421202001M01.txt", "510421202002M01.txt", "510421202003M01.txt"]
    undisturbed = Worker(quiet.url, folder / "quiet")
    assert undisturbed.go() == "done"
    undisturbed.close()
    with databases.pointed_at(quiet.settings):
        assert _end() == disturbed
    for name in names:
        assert _payments(folder / "files" / name) == _payments(folder / "quiet" / name)


def test_sqlite(sqlite_database: Database, tmp_path: Path) -> None:
    _register()
    connection.close()
    copy = tmp_path / "quiet.sqlite3"
    shutil.copyfile(sqlite_database.settings["NAME"], copy)
    url = f"sqlite:///{copy}"
    _check(sqlite_database, tmp_path, Database("sqlite", url, databases.settings_of(url)))


@pytest.mark.postgres
def test_postgresql(postgres_database: Database, postgres_cluster: Any, tmp_path: Path) -> None:
    _register()
    connection.close()
    quiet = databases.postgres_copy(postgres_cluster, str(postgres_database.settings["NAME"]))
    postgres_cluster.durable(True)
    try:
        _check(postgres_database, tmp_path, quiet)
    finally:
        postgres_cluster.durable(False)
        databases.drop(quiet, postgres_cluster)
