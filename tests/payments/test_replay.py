"""A past batch computed again: identical whatever became known since; a rule that changed is named, with the difference by person."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection

from jingban.cli.main import root
from jingban.payments.models import RuleText, Run
from jingban.payments.replay import replay
from jingban.payments.services import credit
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.rules import loader
from jingban.safeguards.publication import publish
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import door, recipient, record, register
from tests.support.runs import COUNTY, draft, paid

JAN = month(2020, 1)


@pytest.fixture(autouse=True)
def demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020")])
    monkeypatch.setattr(settings.CENTRE, "region", "510421")


def test_a_run_is_the_same_whatever_became_known_since(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed payment, a late death, another law: the runs of then come out as they were, row for row."""
    a, b, _c = register(recipient(1), recipient(2), recipient(3))
    first = paid(JAN, tmp_path, failing=[b])
    second = paid(JAN + 1, tmp_path)
    record_deaths([DeathRecord(person=a, died_on=dt.date(2019, 12, 20))], door(dt.date(2020, 3, 1)))
    third = draft(JAN + 2)
    register(recipient(4))
    monkeypatch.setattr(settings.CENTRE, "overlays", [])
    for run in (first, second, third):
        found = replay(run.batch)
        assert found.identical, (run.batch, found.differs)
        assert (found.rows, found.changed, found.remarks) == (run.lines.count(), [], [])
        assert found.rows > 0


def test_a_credit_and_a_publication_are_the_same(database: Database, tmp_path: Path) -> None:
    a, c = register(recipient(1), record(2))
    day = dt.date(2020, 12, 20)
    record_contributions(
        [ContributionRecord(person=c, amount_fen=20_000, year=2020, paid_on=day, arrived_on=day)], door(day)
    )
    one = credit.preview(COUNTY, 401, 2020, door(day))
    credit.review(one.pk, door(day, "checker"))
    credit.post(one.pk, door(day, "checker"))
    paid(JAN, tmp_path)
    publish(COUNTY, JAN, dt.date(2020, 2, 1), dt.date(2020, 2, 8), door(dt.date(2020, 2, 1)))
    record_contributions(
        [ContributionRecord(person=c, amount_fen=80_000, year=2020, paid_on=day, arrived_on=day)], door(day)
    )
    record_deaths([DeathRecord(person=a, died_on=dt.date(2020, 1, 20))], door(dt.date(2020, 3, 1)))
    assert replay(one.batch).identical
    for name in (one.batch, "publication:2020-01"):
        told = CliRunner().invoke(root, ["replay", name])
        assert told.exit_code == 0, told.output
        assert "逐行相同" in told.output
    for wrong, code in (
        ("510421202001M09", "PAY-301"),
        ("publication:x", "PAY-301"),
        ("publication:2020-02", "SAF-715"),
    ):
        told = CliRunner().invoke(root, ["replay", wrong])
        assert (told.exit_code, code in told.output) == (1, True)


def test_a_rule_that_changed_is_named_with_the_difference(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Today's rule pays one yuan more: the run comes out as it was by the rule of then, and one yuan off by today's."""
    (a,) = register(recipient(1))
    run = paid(JAN, tmp_path)
    assert RuleText.objects.filter(step="annuity_due").count() == 1
    known = dict(loader.steps())
    old = known["basic_due"]
    known["basic_due"] = replace(
        old, sql=old.sql.replace("b.amount_fen AS amount_fen", "b.amount_fen + 100 AS amount_fen")
    )
    assert known["basic_due"].sql != old.sql
    for place in (
        "jingban.engine.base.steps",
        "jingban.payments.rules_kept.steps",
        "jingban.rules.loader.steps",
    ):
        monkeypatch.setattr(place, lambda: known)
    found = replay(run.batch)
    assert (found.identical, found.changed) == (True, ["basic_due"])
    items = len({row[1] for row in found.since})
    assert items == len(found.since)
    assert {row[0] for row in found.since} == {a}
    told = CliRunner().invoke(root, ["replay", run.batch])
    assert "basic_due" in told.output
    assert "按现在的规则会不同的" in told.output


def test_a_run_of_before_the_texts_were_kept_says_so(sqlite_database: Database, tmp_path: Path) -> None:
    register(recipient(1))
    run = paid(JAN, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER payments_run_machine_moves")
    Run.objects.filter(pk=run.pk).update(
        rules=None, law={name: run.law[name] for name in ("basic", "scalar")}
    )
    found = replay(run.batch)
    assert found.identical
    assert len(found.remarks) == 2


def test_nothing_of_that_name(sqlite_database: Database) -> None:
    with pytest.raises(Refused, match="PAY-301"):
        replay("nothing")
