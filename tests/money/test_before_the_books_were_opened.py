"""What became due before the books were opened and was not paid by the former system is owed; what it had paid is not paid again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jingban.payments.proofs import all_proofs
from jingban.registry.lists.kinds import people as people_list
from jingban.registry.models import AccountEntry
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.import_people import OpeningAward
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.resume import ResumeRecord, resume
from jingban.store.lists.entry import Defaults
from jingban.values.months import month
from tests.money.overlays import law
from tests.support.databases import Database
from tests.support.people import door, recipient, record, register
from tests.support.runs import COUNTY, KNOWN, by_month, lines, named, paid

JAN = month(2020, 1)


RAISE = """subject: basic_pension
region: "510421"
title: 试验
parameters:
  basic_pension:
    layers:
      test-county:
        number: 421009
        title: 县级加发
        item: county
        values:
          2019-10-01: {value: 5, published: 2020-02-01, document: 试验文件, source: LOCAL, confidence: H}
sharing:
  test-county:
    2019-10-01: {value: {county: 1}, document: 试验文件, source: LOCAL, confidence: H}
"""


def proven(at: int) -> None:
    for proof in all_proofs(COUNTY, at, KNOWN):
        assert proof.holds, proof


def balance(person: int) -> int:
    return sum(AccountEntry.objects.filter(person_id=person).values_list("amount_fen", flat=True))


def test_a_recipient_who_had_died_before(database: Database, tmp_path: Path) -> None:
    """Dead in November 2019, reported in February 2020: the former system paid December, this one January. The family gets the balance
    with the two draws restored, less what was paid for the two months."""
    a, _b = register(recipient(1), recipient(2))
    per_month = by_month(paid(JAN, tmp_path), a)[JAN]
    day = dt.date(2020, 2, 3)
    record_deaths([DeathRecord(person=a, died_on=dt.date(2019, 11, 20))], door(day))
    named(a, day)
    run = paid(JAN + 1, tmp_path)
    found = {key[1:]: fen for key, (fen, _channel) in lines(run).items() if key[0] == a}
    assert found[302, month(2019, 11)] == 100_000 + 1_000
    assert sum(fen for (_item, at), fen in found.items() if at == month(2019, 12)) == -per_month
    assert sum(fen for (_item, at), fen in found.items() if at == JAN) == -per_month
    assert not any(at == month(2019, 11) and item != 302 for item, at in found)
    assert run.orders.get(person_id=a).amount_fen == 101_000 - 2 * per_month
    assert balance(a) == 0
    assert by_month(paid(JAN + 2, tmp_path), a, channel=2) == {}
    proven(JAN + 2)


def test_a_late_claim(database: Database, tmp_path: Path) -> None:
    """Sixty in September 2019, not awarded by the former system: owed from October 2019, all of it."""
    (a,) = register(record(1, dt.date(1959, 9, 5), history_years=15))
    award([AwardRecord(person=a, decided_on=dt.date(2020, 1, 9))], door(dt.date(2020, 1, 9)))
    run = paid(JAN, tmp_path)
    assert set(by_month(run, a)) == {JAN - step for step in range(4)}
    assert set(by_month(paid(JAN + 1, tmp_path), a)) == {JAN + 1}
    proven(JAN + 1)


def test_a_pause_that_is_lifted(database: Database, tmp_path: Path) -> None:
    """Stopped in the former system from October 2019; the stop turns out to have ended with October: November and December are owed."""
    award_before = OpeningAward(
        start_month=month(2019, 1), paid_years=8, balance_fen=139_000, stop=(1, "1202", month(2019, 10))
    )
    (a,) = register(recipient(1, award=award_before))
    assert by_month(paid(JAN, tmp_path), a) == {}
    resume([ResumeRecord(person=a, from_month=month(2019, 11))], door(dt.date(2020, 2, 3)))
    run = paid(JAN + 1, tmp_path)
    assert set(by_month(run, a)) == {month(2019, 11), month(2019, 12), JAN, JAN + 1}
    proven(JAN + 1)


def test_a_raise_with_an_earlier_date(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Published in February 2020, 5 yuan more from October 2019: the three months of the former system are made up to the new standard."""
    a, b = register(recipient(1), recipient(2))
    first = by_month(paid(JAN, tmp_path), a)[JAN]
    layers = tmp_path / "law" / "510421"
    layers.mkdir(parents=True)
    law(tmp_path / "law", monkeypatch)
    (layers / "basic_pension.yaml").write_text(RAISE, "utf-8")
    run = paid(JAN + 1, tmp_path)
    assert by_month(run, a) == {month(2019, 10 + n): 500 for n in range(3)} | {JAN: 500, JAN + 1: first + 500}
    assert by_month(run, b) == by_month(run, a)
    assert by_month(paid(JAN + 2, tmp_path), a) == {JAN + 2: first + 500}
    proven(JAN + 2)


def test_the_opening_list_asks_where_it_contradicts_itself() -> None:
    spec = people_list._spec(Defaults(region="510421", cutover=JAN))
    base = {
        "id_number": "x", "name": "y", "start_month": month(2015, 1), "annuity": 1_000,
        "stop_reason": people_list.REASONS["服刑"], "stop_from": month(2019, 6),
    }  # fmt: skip
    for more in ({}, {"paid_through": month(2019, 8)}):
        with pytest.raises(ValueError, match="LST-118"):
            spec.build(base | more, 2)
    made = spec.build(base | {"paid_through": month(2019, 5)}, 2)
    assert made.cutover == month(2019, 6)
    assert made.award is not None
    assert made.award.stop == (1, "1202", month(2019, 6))
