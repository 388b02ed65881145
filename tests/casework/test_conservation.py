"""No sequence of cases makes money appear or vanish: after every month everything owed, settled, claimed and held adds up."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from jingban.casework.kind import kinds
from jingban.casework.models import Case
from jingban.casework.services import bring, decide, open_cases, withdraw
from jingban.casework.services.bring import Intake
from jingban.payments.models import Order
from jingban.payments.relations import receivables, settled
from jingban.payments.services.recover import open_amounts
from jingban.registry.models import AccountEntry, Annuity, Award, Contribution, Death, Person
from jingban.registry.services.post_account_entries import EntryRecord, post_account_entries
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.store import bulk, live
from jingban.values import citizen_id
from jingban.values.findings import Refused
from jingban.values.months import first_day, month
from tests.casework.test_effects import OLD, REGION, at, conserved, through
from tests.support import databases
from tests.support.databases import Database
from tests.support.law import Overlay
from tests.support.people import account, door, id_number, recipient, record, register
from tests.support.runs import paid

JAN = month(2020, 1)
YOUNG = dt.date(1985, 5, 3)
SIXTY = dt.date(1960, 1, 20)
RECIPIENTS, CONTRIBUTOR, DUE = (1, 2), 3, 4
Act = tuple[str, int, int]
people = st.sampled_from(RECIPIENTS)
amounts = st.integers(1, 20_000)
NO_MONEY = ("matter", "contact", "tier")
DEBTS = ("repayment", "set_off_benefit", "set_off_account", "write_off", "instalments")
ACTIONS: tuple[tuple[tuple[str, ...], st.SearchStrategy[int], st.SearchStrategy[int]], ...] = (
    (("prison", "uncertified", "resume", "death", "dual", "heirs"), people, st.integers(0, 3)),
    (("alive", "bank_fails", "bounces", "emigrates", "new_account"), people, st.just(0)),
    (("catch_up", "subsidy", "land", "credited", "from_nothing", *DEBTS), people, amounts),
    (("contribute", "refund"), st.sampled_from((CONTRIBUTOR, DUE)), amounts),
    (("moves_in", "from_employees"), st.just(CONTRIBUTOR), amounts),
    (("moves_out", "moves_within", "to_employees", "tier"), st.just(CONTRIBUTOR), st.just(0)),
    (("award", "special", "born", "award_undone"), st.just(DUE), st.integers(0, 40)),
    (("joins", "leaves", "certify", "matter", "contact"), st.sampled_from((*RECIPIENTS, CONTRIBUTOR)), st.just(2)),
    (("not_done",), people, st.integers(0, 17)),
    (("uncatch", "entry_wrong", "death_wrong", "award_wrong"), people, st.integers(1, 500)),
)  # fmt: skip
"""What may happen: names, whom it concerns, and a value."""
actions = st.one_of(*(st.tuples(st.sampled_from(names), who, value) for names, who, value in ACTIONS))
months = st.lists(st.lists(actions, max_size=4), min_size=2, max_size=4)


@pytest.fixture(autouse=True)
def law(overlay: Overlay) -> None:
    """What Sichuan leaves open in 2020, so that every kind can go through."""
    overlay("510421", "transfer", transfer_moves_cash_inside_province=False)
    overlay("510421", "contribution", catch_up_over_60=True)


TIERS = (20_000, 30_000, 50_000, 100_000)
"""Of Sichuan 2020."""


def form(name: str, who: int, value: int, now: int) -> tuple[str, dict[str, Any]] | None:
    """The case that an action brings."""
    day, person = first_day(now).replace(day=2), {"person": f"T{who:06d}"}
    moved = person | {"reference": f"M{now}{value}", "month": now}
    forms: dict[str, tuple[str, dict[str, Any]]] = {
        "prison": ("suspension", person | {"reason": "1202", "from_month": now - value}),
        "uncertified": ("suspension", person | {"reason": "1201", "from_month": now - value}),
        "resume": ("resumption", person | {"from_month": now - value}),
        "death": ("death", person | {"died_on": first_day(now - value)}),
        "heirs": (
            "estate_settlement",
            person | {"payee": "家属", "relationship": "子女", "bank": "NH", "account": account(90 + who)}
            | ({"died_on": first_day(now)} if value else {}),
        ),
        "alive": ("death_reversal", person | {"reason": "同名"}),
        "dual": ("dual_receipt", person | {"scheme": "employee", "from_month": now - value}),
        "emigrates": ("termination", person | {"reason": "1406", "from_month": now}),
        "new_account": ("bank_account_change", person | {"bank": "NH", "account": account(50 + who)}),
        "catch_up": ("catch_up_payment",
                     person | {"year": 2015, "amount_fen": TIERS[value % len(TIERS)], "paid_on": day, "arrived_on": day}),
        "subsidy": ("fisher_subsidy",
                    person | {"scheme": "resident", "signed_on": day, "amount_fen": value}),
        "moves_in": ("transfer_in", moved | {"other_region": "110101", "years": 1, "own_fen": value, "subsidy_fen": 7}),
        "moves_out": ("transfer_out", moved | {"other_region": "110101"}),
        "moves_within": ("transfer_out", moved | {"other_region": "510101"}),
        "to_employees": ("bridging_out", moved | {"other_region": "510101", "employee_years": 15}),
        "from_employees": ("bridging_in", moved | {"other_region": "510101", "years": 2, "own_fen": value}),
        "refund": ("duplicate_refund",
                   person | {"scheme": "employee", "from_month": JAN, "to_month": min(now, JAN + value % 12)}),
        "award": ("award", person),
        "special": ("special_award", person),
        "born": ("key_data_change", person | {"id_number": id_number(born(value), 40), "birth_date": born(value)}),
        "land": ("land_lost_subsidy", person | {"scheme": "resident", "signed_on": day, "amount_fen": value}),
        "credited": ("recalculation", person | {"balance_fen": value}),
        "from_nothing": ("recalculation", person | {"balance_fen": value}),
        "joins": ("group_membership", person | {"group_id": value, "from_month": now}),
        "leaves": ("group_exit", person | {"group_id": value, "through_month": now - 1}),
        "certify": ("life_certification", person | {"certified_on": day, "channel": "05"}),
        "matter": ("special_matter", person | {"matter": "其他", "reason": "无", "basis": "无", "result": "无"}),
        "contact": ("contact_change", person | {"phone": "13800000001"}),
        "tier": ("tier_choice", person | {"year": 2020, "tier_fen": 200_00}),
    }  # fmt: skip
    return forms.get(name)


def born(days: int) -> dt.date:
    return SIXTY + dt.timedelta(days=days)


def correction(name: str, value: int) -> dict[str, Any] | None:
    """What is corrected: the newest live fact of a kind, by a new value or withdrawn."""
    model: Any = {
        "uncatch": Contribution,
        "entry_wrong": AccountEntry,
        "death_wrong": Death,
        "award_wrong": Award,
        "award_undone": Award,
    }[name]
    facts = live.rows(model, ["id", *(["amount_fen", "cause"] if name == "entry_wrong" else [])])
    facts = [
        fact for fact in facts if "transfer" not in str(fact[-1])
    ]  # the sheet of the transfer says what was moved
    if not facts:
        return None
    form = {"record": model.__name__.lower(), "fact_id": facts[-1][0], "reason": "误"}
    match name:
        case "entry_wrong":
            return form | {"column": "amount_fen", "value": f"{facts[-1][1] / 100 + value:.2f}"}
        case "award_wrong":
            return form | {"column": "balance_fen", "value": f"{value}.00"}
        case _:
            return form | {"withdraw": True}


def act(name: str, who: int, value: int, now: int) -> None:
    """One case; what the register refuses is refused as a whole and changes nothing."""
    if name == "bank_fails":  # not a case: the run of the month tells
        return
    day = first_day(now).replace(day=2)
    before = fingerprint()
    if name == "not_done":
        undecided(who, value, now)
        assert fingerprint() == before
        return
    if (
        name == "credited"
    ):  # money that really came in; without it the recalculation would be one from nothing
        late = EntryRecord(person=f"T{who:06d}", ledger=3, amount_fen=value, month=now, year=2020)
        post_account_entries([late], door(day))
        before = fingerprint()
    try:
        if (brought := form(name, who, value, now)) is not None:
            through(*brought, day)
        elif name == "contribute":
            paid_in = ContributionRecord(
                person=f"T{who:06d}",
                year=2020,
                amount_fen=value,
                paid_on=day,
                arrived_on=day,
                kind=1 + 3 * (value % 2),
            )
            record_contributions([paid_in], door(day))
        elif name in DEBTS:
            on_debts(name, value, now)
        elif name == "bounces":
            bounced(who, now)
        elif (change := correction(name, value)) is not None:
            through("correction", change, day)
    except Refused:
        if name not in DEBTS:
            assert fingerprint() == before
    else:
        assert name not in NO_MONEY or fingerprint() == before
        assert name != "from_nothing" or covered(who), "a pension that rose from nothing"


def covered(who: int) -> bool:
    """What recalculations added to a pension lies in the account as principal that came after the award."""
    person = Person.objects.get(number=f"T{who:06d}").pk
    added = sum(
        fen
        for fen, cause in live.by_person(Annuity, ["balance_fen", "cause"], [person])[person]
        if cause != "award"
    )
    entries = live.by_person(AccountEntry, ["amount_fen", "kind", "month"], [person])[person]
    return added <= sum(fen for fen, kind, when in entries if kind == 1 and when > JAN - 1)


def undecided(who: int, value: int, now: int) -> None:
    """A case that is withdrawn, returned or refused is no fact and moves no money."""
    day = first_day(now).replace(day=2)
    chosen = form(
        ("prison", "death", "catch_up", "subsidy", "dual", "emigrates")[value % 6], who, value + 1, now
    )
    assert chosen is not None
    try:
        (number,) = bring(chosen[0], [chosen[1]], Intake("经办甲", at(day), REGION)).numbers.values()
    except Refused:
        return
    if value % 3 == 2:
        decide([number], "reject", "审批0", at(day), REGION, note="不符")
        return
    if value % 3 == 1:
        decide([number], "return", "审批0", at(day), REGION, note="补正")
    withdraw(number, "经办甲", at(day))


def on_debts(name: str, value: int, now: int) -> None:
    """The same for every debt that is still open; a plan changes nothing that is owed."""
    day = first_day(now).replace(day=2)
    for debt, still in open_amounts().items():
        if still <= 0:
            continue
        if name == "instalments":
            plan = {
                "cause": "error",
                "debtor": "本人",
                "amount_fen": still,
                "instalments": min(still, value % 5 + 1),
            }
            through("overpayment", {"receivable_id": debt, **plan}, day)
            assert open_amounts()[debt] == still
            continue
        extra = {"repayment": {"reference": f"P{now}{value}"}, "write_off": {"reason": "无力"}}.get(name, {})
        through(name, {"receivable_id": debt, "amount_fen": min(value, still), **extra}, day)


def bounced(who: int, now: int) -> None:
    """The bank sends back the newest payment that it had reported as paid."""
    sent = Order.objects.filter(person__number=f"T{who:06d}", outcome__status="paid", bounce__isnull=True)
    if (order := sent.order_by("-pk").first()) is not None:
        day = first_day(now).replace(day=2)
        came_back = {
            "order_id": order.pk,
            "amount_fen": order.amount_fen,
            "returned_on": day,
            "reason": "销户",
        }
        through("payment_return", came_back, day)


def number(sql: str) -> int:
    return int(bulk.fetch(sql)[0][0] or 0)


def fingerprint() -> tuple[int, ...]:
    tables = (
        *("registry_" + name for name in ("accountentry", "contribution", "relation", "stoppage", "death", "annuity", "award",
                                          "transfer", "othercoverage", "otherpension", "groupmembership", "identity")),
        *("payments_" + name for name in ("setoff", "repayment", "writeoff", "estatepayee", "bounce")),
    )  # fmt: skip
    counts = [number(f"SELECT COUNT(*) FROM {table}") for table in tables]
    return (*counts, number("SELECT COALESCE(SUM(amount_fen), 0) FROM payments_repayment"))


def adds_up(now: int) -> None:
    conserved(now)
    total = number(f"SELECT COALESCE(SUM(amount_fen), 0) FROM ({settled()}) s")
    sent = number(
        "SELECT COALESCE(SUM(o.amount_fen), 0) FROM payments_order o JOIN payments_run r ON r.id = o.run_id "
        "WHERE r.release_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payments_orderstatus s WHERE s.order_id = o.id "
        "AND s.status = 'failed') AND NOT EXISTS (SELECT 1 FROM payments_bounce b WHERE b.order_id = o.id)"
    )
    set_off = number("SELECT COALESCE(SUM(amount_fen), 0) FROM payments_setoff")
    by_benefit, by_account = (
        number(f"SELECT COALESCE(SUM(amount_fen), 0) FROM payments_repayment WHERE method = '{method}'")
        for method in ("set_off", "account")
    )
    raised = number(f"SELECT COALESCE(SUM(raised_fen), 0) FROM ({receivables()}) r")
    still = number(
        f"SELECT COALESCE(MIN(raised_fen - repaid_fen - written_off_fen), 0) FROM ({receivables()}) r"
    )
    assert total == sent + set_off - raised
    assert set_off == by_benefit
    assert by_account == -booked("set-off")
    assert still >= 0
    moved = {
        kind: number(f"SELECT COALESCE(SUM(amount_fen), 0) FROM registry_transfer WHERE direction = {kind}")
        for kind in (1, 2)
    }
    assert sorted(moved.values()) == sorted([booked("transfer-in"), -booked("transfer-out")])
    refunded = number(f"SELECT COALESCE(SUM(amount_fen), 0) FROM ({settled()}) s WHERE item = 303")
    taken = number(
        "SELECT COALESCE(SUM(amount_fen), 0) FROM registry_accountentry WHERE kind = 4 "
        "AND (cause LIKE 'run:%' OR cause = 'payment-failed')"
    )
    assert refunded == -taken


def booked(cause: str) -> int:
    return number(f"SELECT COALESCE(SUM(amount_fen), 0) FROM registry_accountentry WHERE cause = '{cause}'")


def tell(story: Sequence[Sequence[Act]], folder: Path) -> None:
    """Live through the months: cases, then the run, some payments failing at the bank; everything adds up every month."""
    register(
        *(recipient(n, OLD, groups=[(5, JAN - 12, 119_999), (6, JAN - 12, 119_999)]) for n in RECIPIENTS),
        record(CONTRIBUTOR, YOUNG), record(DUE, SIXTY, history_years=15),
    )  # fmt: skip
    paid(JAN, folder)
    ids = dict(Person.objects.values_list("number", "pk"))
    for offset, cases in enumerate(story, start=1):
        for name, who, value in cases:
            act(name, who, value, JAN + offset)
        failing = {ids[f"T{who:06d}"] for name, who, _value in cases if name == "bank_fails"}
        paid(JAN + offset, folder, failing)
        adds_up(JAN + offset)


@given(story=months)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)  # a story takes seconds: the one that fails is told as it is, not shrunk
def _stories(template: Path, story: list[list[Act]]) -> None:
    note(repr(story))
    folder = Path(tempfile.mkdtemp())
    try:
        with databases.pointed_at(databases.sqlite_copy(template, folder).settings):
            tell(story, folder)
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def unblocked(django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


def test_money_is_conserved(sqlite_template: Path, unblocked: None) -> None:
    _stories(sqlite_template)


STORIES: dict[str, list[list[Act]]] = {
    "prison known late, the debt set off, given up and repaid, a death, its reversal": [
        [("prison", 1, 1), ("resume", 1, 0)],
        [("instalments", 1, 2), ("set_off_benefit", 1, 3_000), ("set_off_account", 1, 2_000), ("death", 2, 1)],
        [("repayment", 1, 1_000), ("write_off", 1, 500), ("alive", 2, 0), ("catch_up", 1, 700)],
        [("uncatch", 1, 0), ("set_off_benefit", 1, 9_000)],
    ],
    "in from elsewhere, contributions and aid refunded, the bank fails, out across provinces": [
        [("moves_in", 3, 9_999), ("contribute", 3, 20_000), ("contribute", 3, 6_001), ("bank_fails", 1, 0)],
        [("refund", 3, 11), ("bank_fails", 3, 0), ("from_employees", 3, 5_000)],
        [("entry_wrong", 3, 3), ("moves_out", 3, 0)],
        [("uncatch", 1, 0)],
    ],
    "a subsidy corrected, an award corrected, another pension, heirs of somebody alive": [
        [("subsidy", 1, 13_900), ("dual", 2, 1)],
        [("entry_wrong", 1, 100), ("award_wrong", 1, 400), ("to_employees", 3, 0)],
        [("death", 1, 1), ("heirs", 1, 0)],
        [("death_wrong", 1, 0), ("emigrates", 1, 0)],
    ],
    "an award, months found paid twice, a birth date, the award taken back and given again": [
        [("contribute", 4, 13_900), ("award", 4, 0), ("joins", 3, 2)],
        [("refund", 4, 11), ("born", 4, 20), ("leaves", 3, 2), ("not_done", 1, 4)],
        [("award_undone", 4, 0), ("special", 4, 0), ("certify", 1, 2)],
        [("instalments", 4, 3), ("set_off_benefit", 4, 9_000)],
    ],
    "late money and land money raise a pension, nothing does not; what was not decided moves nothing": [
        [("credited", 1, 13_901), ("land", 2, 20_000), ("from_nothing", 1, 5_000), ("not_done", 2, 5)],
        [("from_nothing", 2, 1), ("entry_wrong", 1, 77), ("not_done", 1, 3), ("matter", 1, 2), ("tier", 3, 0)],
        [("prison", 2, 1), ("not_done", 2, 1), ("contact", 3, 2)],
    ],
    "payments sent back after they were settled, one of them of somebody who has died since": [
        [("contribute", 3, 20_000), ("bounces", 1, 0)],
        [("refund", 3, 11), ("death", 2, 1), ("bounces", 2, 0)],
        [("bounces", 1, 0), ("heirs", 2, 0), ("prison", 1, 1)],
        [("bounces", 1, 0), ("bank_fails", 1, 0)],
    ],
    "held without a certificate, and another pension: the closed account stays open while held": [
        [("uncertified", 1, 0), ("dual", 1, 0)],
        [],
        [("resume", 1, 0)],
    ],
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_full_stories(sqlite_template: Path, unblocked: None, tmp_path: Path, story: list[list[Act]]) -> None:
    with databases.pointed_at(databases.sqlite_copy(sqlite_template, tmp_path).settings):
        tell(story, tmp_path)
        cases = sum(
            name not in ("contribute", "bank_fails", "bounces", "from_nothing", "not_done")
            for month_ in story
            for name, *_rest in month_
        )
        assert number("SELECT COUNT(*) FROM casework_case") >= cases - 3


APART = {"enrolment", "foreign_enrolment"}
"""They bring somebody in with nothing: what is then paid in is the ``contribute`` of the stories."""


def test_the_stories_know_every_kind() -> None:
    named = {name for names, _who, _value in ACTIONS for name in names}
    told = {brought[0] for name in named if (brought := form(name, 1, 1, JAN)) is not None}
    told |= {"overpayment" if name == "instalments" else name for name in DEBTS} | {
        "correction",
        "payment_return",
    }
    assert "bounces" in named
    assert told | APART == set(kinds())


def test_every_kind_goes_through(sqlite_database: Database, tmp_path: Path) -> None:
    """Each kind once from the counter to the fact, so that none is refused whatever its form says."""
    register(
        *(recipient(n, OLD, groups=[(5, JAN - 12, 119_999), (6, JAN - 12, 119_999)]) for n in (1, 2)),
        record(3, YOUNG), record(4, SIXTY, history_years=15), record(5, SIXTY, history_years=0, groups=[(1, JAN - 12, 119_999)]), record(6, YOUNG), recipient(7, OLD),
    )  # fmt: skip
    paid(JAN, tmp_path)
    now, day = JAN + 1, first_day(JAN + 1).replace(day=2)

    def done(*acts: Act) -> None:
        for name, who, value in acts:
            brought = form(name, who, value, now)
            assert brought is not None
            through(*brought, day)

    through("enrolment", {"id_number": id_number(YOUNG, 50), "name": "试新"}, day)
    permit = {"id_number": citizen_id.generate("810000", YOUNG, 1), "name": "试港", "address": "某路1号"}
    through("foreign_enrolment", permit, day)
    late = EntryRecord(person="T000001", ledger=3, amount_fen=500, month=now, year=2020)
    post_account_entries([late], door(day))
    done(
        ("catch_up", 1, 700),
        ("subsidy", 1, 13_900),
        ("land", 2, 13_900),
        ("credited", 1, 500),
        ("tier", 3, 0),
        ("contact", 3, 0),
    )
    done(
        ("matter", 1, 0),
        ("joins", 3, 2),
        ("leaves", 3, 2),
        ("moves_in", 3, 900),
        ("from_employees", 6, 900),
        ("new_account", 1, 0),
    )
    act("contribute", 3, 12_001, now)
    done(
        ("refund", 3, 1),
        ("certify", 1, 0),
        ("award", 4, 0),
        ("special", 5, 0),
        ("born", 4, 5),
        ("moves_out", 3, 0),
    )
    done(
        ("to_employees", 6, 0),
        ("emigrates", 7, 0),
        ("prison", 1, 1),
        ("resume", 1, 0),
        ("death", 2, 1),
        ("alive", 2, 0),
    )
    paid(now, tmp_path)
    bounced(3, now + 1)
    (debt,) = open_amounts()
    for name in ("instalments", "repayment", "set_off_benefit", "set_off_account", "write_off"):
        on_debts(name, 100, now + 1)
    assert open_amounts()[debt] > 0
    done(("dual", 2, 0), ("death", 1, 1), ("heirs", 1, 0))
    wrong = correction("uncatch", 0)
    assert wrong is not None
    through("correction", wrong, day)
    assert {case.kind for case in Case.objects.all()} == set(kinds())
    assert not open_cases().exists()
