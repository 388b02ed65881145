"""`jingban explain` on a real register, on both databases."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from jingban.cli.explain import explain
from jingban.registry.models import Identity
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import recipient, register
from tests.support.runs import paid

JAN = month(2020, 1)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(explain, arguments)


def test_a_paid_month_is_explained_part_by_part(database: Database, tmp_path: Path) -> None:
    (person,) = register(recipient(1))
    paid(JAN, tmp_path)
    number = Identity.objects.get(person_id=person).id_number
    told = run(number, "--month", "2020-01")
    assert told.exit_code == 0, told.output
    assert "1,390.00 元 ÷ 139 = 10.00 元" in told.output
    assert "可信度 H" in told.output
    assert "已结清" in told.output
    assert number not in told.output
    assert Identity.objects.get(person_id=person).name not in told.output
    data = json.loads(run(str(person), "--month", "2020-01", "--json").stdout)
    steps = {step["step"] for step in data["steps"]}
    assert {"span", "entitled", "basic_layers", "basic_due", "annuity_due", "certificate", "gate"} <= steps
    parts = [s for s in data["steps"] if s["step"] in ("basic_due", "age_due", "years_due", "annuity_due")]
    assert sum(s["values"]["amount_fen"] for s in parts) == sum(amount for _, amount in data["settled"])


def test_an_unpaid_month_says_what_is_open(database: Database) -> None:
    (person,) = register(recipient(1))
    told = run(str(person), "--month", "2020-01")
    assert told.exit_code == 0, told.output
    assert "以前已结：没有" in told.output
    assert "发到本人账户" in told.output
    unsourced = run(str(person), "--month", "2020-01", "--payroll", "2024-01")
    assert unsourced.exit_code == 1
    assert "ENG-101" in unsourced.output


def test_nobody_and_nonsense_are_refused(database: Database) -> None:
    assert "CLI-101" in run("999999", "--month", "2020-01").output
    assert "CLI-101" in run("nobody", "--month", "2020-01").output
    assert run("1", "--month", "2020-13").exit_code == 2
