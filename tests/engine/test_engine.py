"""The engine: what it refuses, what it logs, how columns come in, and the law's own cases from facts to lines."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import adbc_driver_sqlite.dbapi
import pyarrow as pa
import pytest
import sqlglot

from jingban.engine import DuckDB, Engine, InDatabase
from jingban.engine.explain import explain
from jingban.engine.spark import settings as spark_settings
from jingban.engine.spark import statements
from jingban.policy import Policy
from jingban.rules.codes import BANK, ESTATE, HELD, RECEIVABLE
from jingban.rules.loader import steps
from jingban.rules.relations import RELATIONS
from jingban.rules.titles import sentence
from jingban.values.findings import Refused
from jingban.values.months import FOREVER, month
from tests.rules.engines import duckdb_engine, postgresql_engine, sqlite_engine

HUNAN = 430204
World = dict[str, list[tuple[int, ...]]]


@pytest.fixture(params=["sqlite", "duckdb", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "postgresql":
        with postgresql_engine(request.getfixturevalue("postgres_dsn")) as made:
            yield made
    else:
        with {"sqlite": sqlite_engine, "duckdb": duckdb_engine}[request.param]() as made:
            yield made


def world(payroll: int, **given: list[tuple[int, ...]]) -> World:
    """One Hunan county in 2020 (103, from July 113), everybody certified, plus ``given``."""
    base: World = {name: [] for name in RELATIONS if name != "c_month"}
    base["f_run"] = [(payroll,)]
    base["p_basic"] = [
        (HUNAN, 1, 101, month(2018, 1), FOREVER, 8_800),
        (HUNAN, 2, 101, month(2020, 7), FOREVER, 500),
        (HUNAN, 3, 102, month(2018, 1), FOREVER, 1_500),
        (HUNAN, 4, 102, month(2020, 7), FOREVER, 500),
    ]
    base["p_cycle"] = [(HUNAN, 0, FOREVER, 12)]
    base["p_age"] = [(HUNAN, 5, 105, 0, 999, 0, FOREVER, 0, 0, 0)]
    base["p_years"] = [(HUNAN, 6, 106, 0, FOREVER, 15, 0, 0)]
    base["p_funeral"] = [(HUNAN, 0, FOREVER, 0, 0, 0, 0)]
    base["p_scalar"] = Policy.load().table("p_scalar", [HUNAN])
    base |= given
    persons = [row[0] for row in base["f_award"]]
    base["f_person"] = base["f_person"] or [(person, month(1950, 1), HUNAN) for person in persons]
    base["f_scope"] = base["f_scope"] or [(person, month(2020, 1), FOREVER) for person in persons]
    return base


def provide(engine: Engine, given: World) -> None:
    for name, rows in given.items():
        engine.provide_rows(name, rows)


def lines(engine: Engine, given: World) -> list[tuple[int, ...]]:
    provide(engine, given)
    engine.build("lines")
    return engine.step_rows("lines")


def total(rows: list[tuple[int, ...]], person: int, channel: int) -> int:
    return sum(row[3] for row in rows if row[0] == person and row[6] == channel)


def test_back_pay_of_a_raised_standard(engine: Engine) -> None:
    """R1.14: A 60, B 30, C 20 to the heirs, D 60 booked and held, E nothing."""
    january, december = month(2020, 1), month(2020, 12)
    starts = {1: january, 2: month(2020, 10), 3: january, 4: january, 5: january}
    last = {1: december, 2: december, 3: month(2020, 8), 4: december, 5: month(2020, 4)}
    old = [
        (person, item, at, amount)
        for person in starts
        for at in range(starts[person], last[person] + 1)
        for item, amount in ((101, 8_800), (102, 1_500))
    ]
    rows = lines(
        engine,
        world(
            december,
            f_award=[(person, start, 15) for person, start in starts.items()],
            f_certified=[(person, january) for person in (1, 2, 3, 5)] + [(4, month(2019, 3))],
            f_death=[(3, month(2020, 8))],
            f_payee=[(3,)],
            f_stop=[(5, month(2020, 5), FOREVER, 1)],
            f_settled=old,
        ),
    )
    assert total(rows, 1, BANK) == 6_000
    assert total(rows, 2, BANK) == 3_000
    assert total(rows, 3, ESTATE) == 2_000
    assert total(rows, 4, HELD) == 6_000
    assert [row for row in rows if row[0] == 5] == []
    assert {row[6] for row in rows if row[0] == 4} == {HELD}


def test_overpaid_after_death_is_split(engine: Engine) -> None:
    """R1.12: died in May, paid through September; 1,080 restored less 492 overpaid: the heirs get 588."""
    died = month(2020, 5)
    paid = [
        (1, item, at, amount)
        for at in range(month(2020, 1), month(2020, 10))
        for item, amount in ((101, 8_800), (102, 1_500), (201, 2_000))
        if at <= month(2020, 6)
    ]
    paid += [
        (1, item, at, amount)
        for at in range(month(2020, 7), month(2020, 10))
        for item, amount in ((101, 8_800), (102, 1_500), (201, 2_000))
    ]
    draws = [(1, 1, 3, 2020, at, -2_000) for at in range(month(2020, 1), month(2020, 10))]
    given = world(
        month(2020, 10),
        f_award=[(1, month(2019, 1), 15)],
        f_annuity=[(1, month(2019, 1), 278_000, 139)],
        f_death=[(1, died)],
        f_payee=[(1,)],
        f_settled=paid,
        f_entry=[(1, 1, 1, 2019, month(2019, 1), 118_000), *draws],
    )
    rows = lines(engine, given)
    assert sum(row[3] for row in rows if row[1] == 302) == 108_000
    assert sum(row[3] for row in rows if row[1] == 201) == -8_000
    assert sum(row[3] for row in rows if row[1] in (101, 102)) == -41_200
    assert total(rows, 1, ESTATE) == 58_800
    engine.build("draw_entries", "payout_entries")
    assert sum(row[-1] for row in engine.step_rows("draw_entries")) == 8_000
    assert engine.step_rows("payout_entries") == [(1, 1, died, -108_000)]


def test_dual_receipt_is_set_off(engine: Engine) -> None:
    """R1.16-05: 1,090 of basic pension to return, 1,500 of own money in the account: 410 is paid."""
    since, last = month(2020, 3), month(2020, 12)
    basic = lambda at: 10_300 if at < month(2020, 7) else 11_300  # noqa: E731
    rows = lines(
        engine,
        world(
            last,
            f_award=[(1, month(2019, 1), 15)],
            f_other_pension=[(1, since)],
            f_settled=[(1, 101, at, basic(at)) for at in range(since, last + 1)],
            f_scope=[(1, since, FOREVER)],
            f_entry=[(1, 1, 1, 2018, month(2018, 1), 150_000), (1, 3, 1, 2018, month(2018, 1), 30_000)],
        ),
    )
    assert total(rows, 1, BANK) == 41_000
    assert sum(row[3] for row in rows if row[1] == 101) == -109_000


def test_a_negative_net_is_a_receivable(engine: Engine) -> None:
    rows = lines(
        engine,
        world(
            month(2020, 8),
            f_award=[(1, month(2019, 1), 15)],
            f_certified=[(1, month(2020, 1))],
            f_stop=[(1, month(2020, 7), month(2020, 8), 1)],
            f_settled=[(1, 101, month(2020, 7), 9_300), (1, 102, month(2020, 7), 2_000)],
            f_scope=[(1, month(2020, 7), FOREVER)],
        ),
    )
    assert total(rows, 1, RECEIVABLE) == -11_300
    assert total(rows, 1, BANK) == 11_300


def test_a_hole_in_the_law_is_named_before_anything_runs(engine: Engine) -> None:
    given = world(month(2020, 8), f_award=[(1, month(2019, 1), 15)])
    given["p_basic"] = [
        (HUNAN, 1, 101, month(2018, 1), month(2020, 6), 8_800),
        (HUNAN, 2, 101, month(2020, 7), FOREVER, 1),
    ]
    given["p_cycle"] = []
    provide(engine, given)
    with pytest.raises(Refused) as refused:
        engine.build("lines")
    texts = [str(finding) for finding in refused.value.findings]
    assert [finding.code for finding in refused.value.findings] == ["ENG-101", "ENG-101"]
    assert "基础养老金标准（basic_pension）" in texts[0]
    assert "p_basic" not in texts[0]
    assert "标识 basic_pension-430204" in texts[0]
    assert "jingban policy scaffold --region 430204" in texts[0]
    assert "石峰区" in texts[0]
    assert "2020-06" in texts[0]
    assert "certification_cycle" in texts[1]
    assert "lines" not in engine.provided()
    assert "span" not in engine.provided()


def test_the_dead_need_no_law_of_later_months(engine: Engine) -> None:
    given = world(
        month(2020, 8), f_award=[(1, month(2019, 1), 15)], f_death=[(1, month(2020, 5))], f_payee=[(1,)]
    )
    given["p_basic"] = [(HUNAN, 1, 101, month(2018, 1), month(2020, 6), 8_800)]
    provide(engine, given)
    engine.build("lines")
    assert total(engine.step_rows("lines"), 1, ESTATE) > 0


def test_a_year_without_an_interest_rate_is_refused(engine: Engine) -> None:
    provide(engine, world(month(2020, 8), f_award=[(1, month(2019, 1), 15)], f_year=[(2020,)]))
    with pytest.raises(Refused, match=r"ENG-101.*interest_rate.*2020-01 至 2020-12"):
        engine.build("interest_post")


def test_missing_relations_unknown_names_and_other_than_integers_are_refused(engine: Engine) -> None:
    engine.provide_rows("f_run", [(1,)])
    with pytest.raises(Refused, match=r"ENG-102.*f_award"):
        engine.build("lines")
    with pytest.raises(Refused, match="ENG-104"):
        engine.provide_rows("f_nothing", [])
    for row in [(1.5,), (2**63,), ("1",), (1, 2)]:
        with pytest.raises(Refused, match="ENG-105"):
            engine.provide_rows("f_run", [row])


@pytest.mark.parametrize(
    ("balance", "divisor"), [(2**62, 1), (2**62, 139), (2**63 - 1, 2**40)], ids=["product", "quotient", "big"]
)
def test_overflow_is_refused_never_wrapped(engine: Engine, balance: int, divisor: int) -> None:
    provide(
        engine,
        world(
            month(2020, 8),
            f_award=[(1, month(2019, 1), 15)],
            f_annuity=[(1, month(2019, 1), balance, divisor)],
        ),
    )
    with pytest.raises(Refused, match="ENG-103"):
        engine.build("lines")


def test_an_overflowing_sum_is_refused(engine: Engine) -> None:
    half = 2**62
    provide(
        engine,
        world(
            month(2020, 8),
            f_award=[(1, month(2019, 1), 15)],
            f_settled=[(1, 101, month(2020, 7), half), (1, 101, month(2020, 7), half)],
        ),
    )
    with pytest.raises(Refused, match="ENG-103"):
        engine.build("lines")


def test_every_step_logs_rows_in_and_out_and_sums(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "jingban.engine")
    with sqlite_engine(keep_all=True) as engine:
        provide(engine, world(month(2020, 2), f_award=[(1, month(2019, 1), 15)]))
        logs = {entry.step: entry for entry in engine.build("lines")}
    assert logs["basic_due"].rows_out == 4
    assert logs["basic_due"].sums == {"amount_fen": 20_600}
    assert logs["lines"].rows_in == {"difference": 4, "gate": 1, "net": 2}
    assert "basic_due" in caplog.text


def test_building_again_reuses_and_drop_forgets(engine: Engine) -> None:
    given = world(month(2020, 2), f_award=[(1, month(2019, 1), 15)])
    first = lines(engine, given)
    assert engine.build("lines") == []
    engine.drop()
    assert engine.provided() == set()
    assert lines(engine, given) == first


def test_provide_reads_by_column_name(engine: Engine) -> None:
    engine.provide("f_run", "SELECT 1 AS unused, 24240 AS payroll_month")
    assert engine.rows("SELECT payroll_month FROM f_run") == [(24240,)]
    assert engine.rows("SELECT HALF_UP(payroll_month, 7) AS x FROM f_run") == [(3463,)]
    with pytest.raises(Refused, match="ENG-103"):
        engine.provide("f_year", "SELECT NULL AS year")


def test_duckdb_reads_arrow_parquet_and_adbc(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE award (person_id INTEGER, start_month INTEGER, paid_years INTEGER)")
        connection.execute("INSERT INTO award VALUES (1, 24228, 15), (2, 24228, 16)")
    given = world(month(2020, 2), f_award=[(1, month(2019, 1), 15), (2, month(2019, 1), 16)])
    with sqlite_engine() as plain:
        expected = lines(plain, given)
    for keep_all in (False, True):
        engine = DuckDB(memory_limit="512MB", temp_directory=tmp_path, threads=1, keep_all=keep_all)
        provide(
            engine,
            {name: rows for name, rows in given.items() if name not in ("f_award", "f_person", "f_scope")},
        )
        with adbc_driver_sqlite.dbapi.connect(str(path)) as source:
            engine.provide_adbc("f_award", source, "SELECT * FROM award")
        names = RELATIONS["f_person"]
        engine.provide_arrow(
            "f_person", pa.table({n: [row[i] for row in given["f_person"]] for i, n in enumerate(names)})
        )
        engine.provide(
            "f_scope",
            f"SELECT person_id, {month(2020, 1)} AS from_month, {FOREVER} AS to_month FROM f_person",
        )
        engine.to_parquet("SELECT * FROM f_scope", tmp_path / "scope.parquet")
        engine.provide_parquet("f_scope", tmp_path / "scope.parquet")
        engine.build("lines")
        assert engine.step_rows("lines") == expected
        assert engine.arrow("SELECT * FROM lines").read_all().num_rows == len(expected)
        engine.close()


def test_spark_gets_the_same_steps_as_text() -> None:
    texts = statements("lines", "claims")
    assert [sqlglot.parse_one(text, read="spark").key for text in texts] == ["create"] * len(texts)
    assert any(" DIV " in text for text in texts)
    assert texts[-1].startswith("CREATE OR REPLACE TEMPORARY VIEW claims AS")
    assert spark_settings()["spark.sql.ansi.enabled"] == "true"


def test_explain_gives_one_row_a_step_with_the_numbers(engine: Engine) -> None:
    given = world(
        month(2020, 8),
        f_award=[(1, month(2020, 7), 15), (2, month(2019, 1), 15)],
        f_annuity=[(1, month(2020, 7), 432_150, 139)],
        f_settled=[(1, 101, month(2020, 8), 8_800)],
    )
    provide(engine, given)
    found = explain(engine, 1, month(2020, 8))
    by_step = {row.step: row for row in found}
    assert "4,321.50 元 ÷ 139 = 31.09 元" in by_step["annuity_due"].text
    assert [row.values["amount_fen"] for row in found if row.step == "basic_layers"] == [
        8_800,
        500,
        1_500,
        500,
    ]
    assert "应付 93.00 元 − 已结 88.00 元 = 5.00 元" in next(r.text for r in found if r.step == "difference")
    assert all(row.values.get("person_id", 1) == 1 for row in found)
    assert all(row.law and row.rules for row in found)


@pytest.mark.parametrize(
    "step", [step for step in steps().values() if step.explain], ids=lambda step: step.name
)
def test_every_explanation_can_be_said(step: object) -> None:
    template, columns = step.explain, step.gives  # type: ignore[attr-defined]
    assert "{" not in sentence(template, dict.fromkeys(columns, 101))


def test_an_unknown_dialect_is_a_bug() -> None:
    with pytest.raises(ValueError, match="oracle"), nothing() as cursor:
        InDatabase(cursor, "oracle")  # type: ignore[arg-type]


@contextmanager
def nothing() -> Iterator[object]:
    yield object()
