"""What a case does where the law has another value: stops, transfers, two pensions, fishers, volumes, lists and limits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jingban.casework import deadlines
from jingban.casework.effects import Situation, benefits, endings, moves, subsidies
from jingban.casework.kind import kind_of
from jingban.casework.services.archive import _retention
from jingban.registry.law import policy
from jingban.registry.models import Stoppage, Transfer
from jingban.safeguards.before60 import before60
from jingban.safeguards.checks import age_anomaly
from jingban.values.findings import Refused
from jingban.values.months import FOREVER, month
from tests.support.databases import Database
from tests.support.law import Overlay
from tests.support.people import REGION, door, recipient, record, register

OLD = dt.date(1950, 5, 3)
TODAY = dt.date(2022, 3, 8)
NOW = Situation(REGION, TODAY)
THERE, FAR = "510422", "430204"


def act(effect: Any, *values: dict[str, Any]) -> list[str]:
    """Codes of what is refused, nothing when it is done."""
    rows = [{**row, "row": number} for number, row in enumerate(values, 1)]
    try:
        return [finding.code for finding in effect(rows, door(TODAY), NOW, "refuse_all", False).findings]
    except Refused as refused:
        return [finding.code for finding in refused.findings]


def test_the_stop_rule_decides_what_accrues(sqlite_database: Database, overlay: Overlay) -> None:
    a, b, c = register(recipient(1, OLD), recipient(2, OLD), recipient(3, OLD))
    assert act(benefits.suspend, {"person": a, "reason": "1202"}) == []
    prison = {
        "effect": "hold",
        "begins": "next_month",
        "resumes": "释放",
        "back_pay": "full",
        "reason_code": "1202",
    }
    overlay(REGION, "stop_and_recovery", stop_rules={"imprisonment": prison})
    assert act(benefits.suspend, {"person": b, "reason": "1202"}) == []
    overlay(REGION, "stop_and_recovery", stop_rules={"imprisonment": {**prison, "effect": "pay"}})
    assert act(benefits.suspend, {"person": c, "reason": "1202"}) == ["CAS-535"]
    found = dict(Stoppage.objects.values_list("person_id", "kind"))
    assert found == {a: Stoppage.Kind.NOTHING, b: Stoppage.Kind.HELD}


def test_whether_money_moves_is_the_laws(sqlite_database: Database, overlay: Overlay) -> None:
    """Nobody could source Sichuan's rule within the province: refused by name until the centre says it."""
    a, b, c = register(record(1), record(2), record(3))

    def moved(person: int, other: str) -> list[str]:
        return act(moves.out, {"person": person, "other_region": other, "reference": "1"})

    assert moved(a, THERE) == ["POL-201"]
    overlay(REGION, "transfer", transfer_moves_cash_inside_province=False)
    assert (moved(a, THERE), moved(b, FAR)) == ([], [])
    overlay(
        REGION,
        "transfer",
        transfer_moves_cash_inside_province=True,
        transfer_moves_cash_between_provinces=False,
    )
    assert moved(c, THERE) == []
    amounts = dict(Transfer.objects.values_list("person_id", "amount_fen"))
    assert {person: bool(fen) for person, fen in amounts.items()} == {a: False, b: True, c: True}
    (d,) = register(record(4))
    assert moved(d, FAR) == []
    assert Transfer.objects.get(person_id=d).amount_fen == 0


def test_who_is_past_the_age_stays_where_the_law_says_so(sqlite_database: Database, overlay: Overlay) -> None:
    (a,) = register(record(1, OLD))
    overlay(REGION, "transfer", transfer_after_60_stays=True)
    values = {"person": a, "other_region": FAR, "reference": "1"}
    assert act(moves.out, values) == ["CAS-543"]
    overlay(REGION, "transfer", transfer_after_60_stays=False)
    assert act(moves.out, values) == []


def test_which_of_two_pensions_is_kept(sqlite_database: Database, overlay: Overlay) -> None:
    """人社厅发〔2021〕77号: the place that paid first; here since 2019-01."""
    a, b = register(recipient(1, OLD), recipient(2, OLD))
    later = {"scheme": "resident", "from_month": month(2020, 5)}
    assert act(endings.dual_receipt, {"person": a, **later}) == ["CAS-544"]
    assert act(endings.dual_receipt, {"person": a, "scheme": "resident", "from_month": month(2018, 5)}) == []
    overlay(REGION, "transfer", dual_receipt_keeps="last_place")
    assert act(endings.dual_receipt, {"person": b, **later}) == []


def test_a_fishers_subsidy_has_a_yearly_amount_and_years(sqlite_database: Database, overlay: Overlay) -> None:
    """Wuhu: 3,000 a year for 15 years, 45,000 in all."""
    a, b, c, d = register(*(record(n, groups=[(5, month(2020, 1), FOREVER)]) for n in (1, 2, 3, 4)))

    def credited(person: int, yuan: int) -> list[str]:
        row = {"person": person, "scheme": "resident", "signed_on": TODAY, "amount_fen": yuan * 100}
        return act(subsidies.fisher, row)

    overlay(REGION, "daijiao", fisher_subsidy=3_000, fisher_subsidy_years=15)
    assert credited(a, 45_001) == ["CAS-551"]
    assert credited(b, 45_000) == []
    overlay(REGION, "daijiao", fisher_subsidy_years=16)
    assert credited(c, 45_001) == []
    overlay(REGION, "daijiao", fisher_subsidy=2_000)
    assert credited(d, 32_001) == ["CAS-551"]


@pytest.mark.parametrize(
    ("kind", "name", "years"),
    [("enrolment", "archive_personal_registration", 100), ("catch_up_payment", "archive_account", 100),
     ("bank_account_change", "archive_card", 50), ("life_certification", "archive_certification", 50),
     ("contact_change", "archive_certificate", 10)],
)  # fmt: skip
def test_how_long_papers_are_kept_is_the_laws(kind: str, name: str, years: int, overlay: Overlay) -> None:
    assert _retention(kind, 2024) == str(years)
    overlay("000000", "archives", **{name: years + 1})
    assert _retention(kind, 2024) == str(years + 1)


def test_lists_and_limits_go_by_the_law(sqlite_database: Database, overlay: Overlay) -> None:
    overlay(REGION, "award", scheme_launch="2010-10")
    a, _b = register(record(1, dt.date(1962, 5, 3)), recipient(2, OLD))
    day = dt.date(2024, 3, 4)

    def asked() -> dict[str, Any]:
        kinds = ("enrolment", "key_data_change", "award", "transfer_out")
        bridged = {
            "person": a,
            "month": month(2022, 3),
            "other_region": FAR,
            "employee_years": 14,
            "reference": "1",
        }
        return {
            **{kind: deadlines.due(kind_of(kind), policy(), REGION, day) for kind in kinds},
            "before60": [one.person_id for one in before60(int(REGION), month(2022, 3))],
            "oldest": len(age_anomaly.run(int(REGION), month(2022, 3))),
            "bridging": act(moves.bridge_out, bridged),
        }

    before = asked()
    overlay(REGION, "award", reminder_lead=3, oldest_age=70)
    overlay(REGION, "transfer", bridging_step_days=20, bridging_needs_employee_years=14)
    overlay(
        REGION, "time_limits",
        target_registration=5, target_change=6, limit_registration=12, limit_change=13, limit_pension_claim=25,
    )  # fmt: skip
    after = asked()
    assert {name for name in before if before[name] == after[name]} == set()
    assert all(before[kind][1] != after[kind][1] for kind in ("enrolment", "key_data_change", "award"))
    assert (before["before60"], after["before60"], before["bridging"]) == ([], [a], ["CAS-541"])
