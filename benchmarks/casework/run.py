"""1,000 cases brought and approved in one batch (target: under 10 s), beside the same records without cases.

``python -m benchmarks.casework.run [--cases 1000]`` makes a throw-away SQLite register and prints CPU and
wall seconds; the ratio says what two pairs of eyes and the audit chain cost over entering the bare facts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REGION = "510421"
NOON = dt.datetime(2024, 3, 1, 4, 0, tzinfo=dt.UTC)


def main() -> None:
    """Print one line for each way."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=1000)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "jingban.toml").write_text(f'name = "b"\nregion = "{REGION}"\n', "utf-8")
        os.environ |= {"JINGBAN_HOME": folder, "DJANGO_SETTINGS_MODULE": "jingban.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        bare = timed("enrolments without cases", lambda: plain(wanted.cases, 0))
        cases = timed("enrolment cases brought and approved", lambda: enrolments(wanted.cases, wanted.cases))
        print(f"ratio {cases / bare:.2f}")
        timed("bank account cases, two approvals", lambda: accounts(wanted.cases, wanted.cases))


def timed(title: str, act: Callable[[], None]) -> float:
    """CPU seconds of ``act``."""
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{title}: {cpu:.2f} s CPU, {wall:.2f} s wall")
    return cpu


def number(sequence: int) -> str:
    """A made-up ID number."""
    from jingban.values import citizen_id

    return citizen_id.generate(
        REGION, dt.date(1980, 1, 1) + dt.timedelta(days=sequence // 900), sequence % 900
    )


def plain(count: int, first: int) -> None:
    """The same facts through the register's own service."""
    from jingban.registry.services.enrol import EnrolRecord, enrol
    from jingban.store.origins import Door

    records = [
        EnrolRecord(id_number=number(first + n), name="试", region=REGION, from_month=24290)
        for n in range(count)
    ]
    enrol(records, Door("批量", at=NOON))


def enrolments(count: int, first: int) -> None:
    """Brought by one person, approved by another."""
    through("enrolment", [{"id_number": number(first + n), "name": "试"} for n in range(count)])


def accounts(count: int, first: int) -> None:
    """A high-risk kind: two approvals."""
    rows = [{"person": number(first + n), "bank": "农商行", "account": f"6214{n:015d}"} for n in range(count)]
    through("bank_account_change", rows)


def through(kind: str, rows: list[dict[str, Any]]) -> None:
    """Bring and approve until done."""
    from jingban.casework.kind import kind_of
    from jingban.casework.services import bring, decide
    from jingban.casework.services.bring import Intake

    numbers = list(bring(kind, rows, Intake("经办甲", NOON, REGION, "batch")).numbers.values())
    for level in range(kind_of(kind).levels):
        decided = decide(numbers, "approve", f"审批{level}", NOON, REGION)
    assert len(decided.done) == len(rows)


if __name__ == "__main__":
    main()
