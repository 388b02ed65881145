"""Every case kind is whole: it loads, its effect exists, and a wrong description is refused."""

from __future__ import annotations

import pytest

from jingban.casework.effects import effect_of
from jingban.casework.kind import CaseKind, kinds, read_kind
from jingban.values.findings import Refused

HIGH_RISK = {
    "award", "special_award", "recalculation", "bank_account_change", "key_data_change", "transfer_out", "transfer_in",
    "termination", "dual_receipt", "fisher_subsidy", "land_lost_subsidy", "bridging_in", "bridging_out",
}  # fmt: skip


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.code)
def test_a_kind_is_whole(kind: CaseKind) -> None:
    assert callable(effect_of(kind.effect))
    assert kind.title_en.isascii()
    assert len({column.key for column in kind.fields}) == len(kind.fields)
    assert kind.listing().columns == kind.fields


def test_high_risk_kinds_want_more_than_one_approval() -> None:
    risky = {kind.code for kind in kinds().values() if kind.high_risk}
    assert risky >= HIGH_RISK
    assert all(kinds()[code].approvals(0) >= 2 for code in HIGH_RISK)


BASE = "kind: x\ntitle: 例\ntitle_en: Example\nrule: R1\neffect: people.enrol\nfields:\n  - {key: a, title: 甲}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- 1", "CAS-102"),
        (BASE.replace("title: 例", "titel: 例"), "CAS-102"),
        (BASE.replace("kind: x", "kind: y"), "CAS-102"),
        (BASE + "levels: 0\n", "CAS-103"),
        (BASE + "high_risk: true\n", "CAS-103"),
        (BASE + "amount: b\n", "CAS-103"),
        (BASE.replace("title: 甲", "title: 甲, kind: float"), "CAS-103"),
    ],
)
def test_a_wrong_description_is_refused(text: str, code: str) -> None:
    assert read_kind("x.yaml", BASE).code == "x"
    with pytest.raises(Refused, match=code):
        read_kind("x.yaml", text)
