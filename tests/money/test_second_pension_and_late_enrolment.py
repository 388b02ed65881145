"""W7: at dual receipt the basic pension comes back, the account pension from one's own account does not. W6: who enrols after 60 draws from
the month after."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jingban.payments.proofs import all_proofs
from jingban.registry.models import AccountEntry, Award
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.record_other import CoverageRecord, record_other_pension
from jingban.values.months import month
from tests.money.overlays import law, value
from tests.support.databases import Database
from tests.support.people import door, recipient, record, register
from tests.support.runs import COUNTY, KNOWN, by_month, lines, paid

JAN = month(2020, 1)


@pytest.mark.parametrize(("claims", "back"), [("basic", 0), ("basic_and_fund", 0)])
def test_dual_receipt(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claims: str, back: int
) -> None:
    """Example 20: own 1,500 and a subsidy of 300, nine months of 10.00 drawn, seven of them beside another pension: 1,425.03 is left to
    refund, and only the basic pension of the seven months is claimed back. The fund bore nothing, so both forms agree."""
    law(tmp_path / "law", monkeypatch, transfer={"dual_receipt_reclaims": [value("2014-07-01", claims)]})
    (person,) = register(recipient(1, balances={(1, 1): 150_000, (3, 1): 30_000}))
    basic = by_month(paid(JAN, tmp_path), person)[JAN] - 1_000
    for step in range(1, 9):
        paid(JAN + step, tmp_path, known_on=dt.date(2020, 6, 30))
    row = CoverageRecord(person=person, scheme="职工", from_month=JAN + 2)
    record_other_pension([row], door(dt.date(2020, 10, 3)))
    run = paid(JAN + 9, tmp_path, known_on=dt.date(2020, 6, 30))
    found = lines(run)
    assert {item for _p, item, _m in found} & {201} == set()
    assert sum(fen for (_p, item, _m), (fen, _c) in found.items() if item == 302) == 142_503
    assert sum(fen for (_p, item, _m), (fen, _c) in found.items() if item < 200) == -7 * basic
    assert run.orders.get().amount_fen == 142_503 - 7 * basic
    left = AccountEntry.objects.filter(person_id=person).values_list("ledger", "amount_fen")
    assert sum(fen for ledger, fen in left if ledger == 1) == 0
    assert by_month(paid(JAN + 10, tmp_path, known_on=dt.date(2020, 6, 30)), person) == {}
    for proof in all_proofs(COUNTY, JAN + 10, dt.date(2020, 6, 30)):
        assert proof.holds, proof


@pytest.mark.parametrize(("claims", "back"), [("basic", 0), ("basic_and_fund", 700)])
def test_what_the_fund_bore_is_claimed_back_only_where_the_region_does(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claims: str, back: int
) -> None:
    """An account of 13.00, two months of 10.00, the second beside another pension: the fund bore 7.00 of it (青岛 claims that)."""
    law(tmp_path / "law", monkeypatch, transfer={"dual_receipt_reclaims": [value("2014-07-01", claims)]})
    (person,) = register(recipient(1, balances={(1, 1): 1_300}))
    basic = by_month(paid(JAN, tmp_path), person)[JAN] - 1_000
    paid(JAN + 1, tmp_path)
    record_other_pension(
        [CoverageRecord(person=person, scheme="职工", from_month=JAN + 1)], door(dt.date(2020, 3, 3))
    )
    found = lines(paid(JAN + 2, tmp_path))
    assert sum(fen for fen, _c in found.values()) == -basic - back
    for proof in all_proofs(COUNTY, JAN + 2, KNOWN):
        assert proof.holds, proof


def test_who_enrols_after_sixty_draws_from_the_month_after(database: Database, tmp_path: Path) -> None:
    """W6: enrolled in January 2020 aged 74 with no years to pay: from February 2020, not from the launch in 2010."""
    (person,) = register(
        record(1, dt.date(1945, 5, 3), from_month=JAN, cutover=JAN, history_years=15, balances={})
    )
    award([AwardRecord(person=person, decided_on=dt.date(2020, 3, 1))], door(dt.date(2020, 3, 1)))
    assert Award.objects.get().start_month == JAN + 1
    assert set(by_month(paid(JAN + 2, tmp_path), person)) == {JAN + 1, JAN + 2}


def test_a_county_may_pay_back_to_the_beginning(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law(tmp_path / "law", monkeypatch, award={"late_enrolment_back_pay": [value("2009-09-01", "true")]})
    (person,) = register(
        record(1, dt.date(1945, 5, 3), from_month=JAN, cutover=JAN, history_years=15, balances={})
    )
    award([AwardRecord(person=person, decided_on=dt.date(2020, 3, 1))], door(dt.date(2020, 3, 1)))
    assert Award.objects.get().start_month < JAN
