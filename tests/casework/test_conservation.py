"""No sequence of cases makes money appear or vanish: after every month everything owed, settled, claimed and held adds up."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingban.payments.relations import receivables, settled
from jingban.payments.services.recover import open_amounts
from jingban.registry import bulk
from jingban.registry.models import Contribution
from jingban.values.findings import Refused
from jingban.values.months import first_day, month
from tests.casework.test_effects import OLD, conserved, through
from tests.support import databases
from tests.support.people import account, id_number, recipient, register
from tests.support.runs import paid

JAN = month(2020, 1)
PEOPLE = (1, 2)
people = st.sampled_from(PEOPLE)
amounts = st.integers(1, 20_000)
actions = st.one_of(
    st.tuples(st.just("prison"), people, st.integers(0, 3)),
    st.tuples(st.just("resume"), people, st.integers(0, 2)),
    st.tuples(st.just("death"), people, st.integers(0, 2)),
    st.tuples(st.just("heirs"), people, st.just(0)),
    st.tuples(st.just("alive"), people, st.just(0)),
    st.tuples(st.just("dual"), people, st.integers(0, 2)),
    st.tuples(st.just("catch_up"), people, amounts),
    st.tuples(st.just("uncatch"), people, st.just(0)),
    st.tuples(
        st.sampled_from(["repayment", "set_off_benefit", "set_off_account", "write_off"]), people, amounts
    ),
)
months = st.lists(st.lists(actions, max_size=3), min_size=2, max_size=4)


def act(name: str, who: int, value: int, now: int) -> None:
    """One case; what the register refuses is refused as a whole and changes nothing."""
    day, person = first_day(now).replace(day=2), {"person": id_number(OLD, who)}
    forms: dict[str, tuple[str, dict[str, Any]]] = {
        "prison": ("suspension", person | {"reason": "1202", "from_month": now - value}),
        "resume": ("resumption", person | {"from_month": now - value}),
        "death": ("death", person | {"died_on": first_day(now - value)}),
        "heirs": (
            "estate_settlement",
            person | {"payee": "家属", "relationship": "子女", "bank": "NH", "account": account(90 + who)},
        ),
        "alive": ("death_reversal", person | {"reason": "同名"}),
        "dual": ("dual_receipt", person | {"scheme": "employee", "from_month": now - value}),
        "catch_up": (
            "catch_up_payment",
            person | {"year": 2015, "amount_fen": value, "paid_on": day, "arrived_on": day},
        ),
    }
    try:
        if name in forms:
            through(*forms[name], day)
        elif name == "uncatch":
            fact = Contribution.objects.order_by("-pk").first()
            if fact is not None:
                through(
                    "correction",
                    {"record": "contribution", "fact_id": fact.pk, "withdraw": True, "reason": "误"},
                    day,
                )
        else:
            for debt, still in open_amounts().items():
                if still > 0:
                    extra = {
                        "repayment": {"reference": f"P{now}{value}"},
                        "write_off": {"reason": "无力"},
                    }.get(name, {})
                    through(name, {"receivable_id": debt, "amount_fen": min(value, still), **extra}, day)
    except Refused:
        return


def adds_up(now: int) -> None:
    conserved(now)
    ((total,),) = bulk.fetch(f"SELECT COALESCE(SUM(amount_fen), 0) FROM ({settled()}) s")
    ((sent,),) = bulk.fetch("SELECT COALESCE(SUM(o.amount_fen), 0) FROM payments_order o JOIN payments_run r ON r.id = o.run_id "
                            "WHERE r.release_id IS NOT NULL")  # fmt: skip
    ((set_off,),) = bulk.fetch("SELECT COALESCE(SUM(amount_fen), 0) FROM payments_setoff")
    ((by_benefit,),) = bulk.fetch(
        "SELECT COALESCE(SUM(amount_fen), 0) FROM payments_repayment WHERE method = 'set_off'"
    )
    ((by_account,),) = bulk.fetch(
        "SELECT COALESCE(SUM(amount_fen), 0) FROM payments_repayment WHERE method = 'account'"
    )
    ((out_of_account,),) = bulk.fetch(
        "SELECT COALESCE(SUM(amount_fen), 0) FROM registry_accountentry WHERE cause = 'set-off'"
    )
    ((raised, still),) = bulk.fetch(
        f"SELECT COALESCE(SUM(raised_fen), 0), COALESCE(MIN(raised_fen - repaid_fen - written_off_fen), 0) FROM ({receivables()}) r"
    )
    assert total == sent + set_off - raised
    assert set_off == by_benefit
    assert by_account == -out_of_account
    assert still >= 0


@given(story=months)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def _stories(template: Path, story: list[list[tuple[str, int, int]]]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        with databases.pointed_at(databases.sqlite_copy(template, folder).settings):
            register(*(recipient(n, OLD) for n in PEOPLE))
            paid(JAN, folder)
            for offset, cases in enumerate(story, start=1):
                for name, who, value in cases:
                    act(name, who, value, JAN + offset)
                paid(JAN + offset, folder)
                adds_up(JAN + offset)
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def unblocked(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


def test_money_is_conserved(sqlite_template: Path, unblocked: None) -> None:
    _stories(sqlite_template)


def test_a_full_story(sqlite_template: Path, unblocked: None, tmp_path: Path) -> None:
    """Prison known late, the debt set off, given up and repaid, a death, its reversal."""
    with databases.pointed_at(databases.sqlite_copy(sqlite_template, tmp_path).settings):
        register(*(recipient(n, OLD) for n in PEOPLE))
        paid(JAN, tmp_path)
        story = [
            [("prison", 1, 1), ("resume", 1, 0)],
            [("set_off_benefit", 1, 3_000), ("set_off_account", 1, 2_000), ("death", 2, 1)],
            [("repayment", 1, 1_000), ("write_off", 1, 500), ("alive", 2, 0), ("catch_up", 1, 700)],
            [("uncatch", 1, 0), ("set_off_benefit", 1, 9_000)],
        ]
        for offset, cases in enumerate(story, start=1):
            for name, who, value in cases:
                act(name, who, value, JAN + offset)
            paid(JAN + offset, tmp_path)
            adds_up(JAN + offset)
        assert bulk.fetch("SELECT COUNT(*) FROM payments_setoff")[0][0] >= 1
        assert bulk.fetch("SELECT COUNT(*) FROM payments_writeoff")[0][0] == 1
