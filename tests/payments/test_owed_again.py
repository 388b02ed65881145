"""What may not be paid waits and is said; what the bank returns after it had paid is owed again, once; a preview is of its day."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from jingban.casework.services import bring, decide
from jingban.casework.services.bring import Intake
from jingban.engine.database import InDatabase
from jingban.payments.changes import FACTS, since_preview
from jingban.payments.models import Bounce, Held, Run
from jingban.payments.pipeline import TARGETS
from jingban.payments.proofs import all_proofs
from jingban.payments.services.bounce import BounceRecord, record_bounces
from jingban.payments.services.review import review
from jingban.registry import relations
from jingban.registry.models import AccountEntry, Award
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.set_bank_account import BankAccountRecord, set_bank_account
from jingban.registry.services.stop import StopRecord, stop
from jingban.safeguards.gate import blockers, release
from jingban.values.findings import Refused
from jingban.values.months import first_day, month
from tests.support.databases import Database
from tests.support.people import account, door, recipient, record, register
from tests.support.runs import COUNTY, KNOWN, again, by_month, draft, lines, named, paid

JAN = month(2020, 1)


def proven(payroll_month: int) -> None:
    for proof in all_proofs(COUNTY, payroll_month, KNOWN):
        assert proof.holds, proof


def test_an_estate_waits_until_somebody_is_named(database: Database, tmp_path: Path) -> None:
    a, _b = register(recipient(1), recipient(2))
    per_month = by_month(paid(JAN, tmp_path), a)[JAN]
    record_deaths([DeathRecord(person=a, died_on=dt.date(2020, 2, 20))], door(dt.date(2020, 2, 25)))
    for late in (1, 2):
        run = paid(JAN + late, tmp_path)
        assert not run.orders.filter(person_id=a).exists()
        held = Held.objects.get(run=run, person_id=a)
        assert held.reason == 5
        assert held.amount_fen >= per_month + 100_000 - 2 * 1_000
        proven(JAN + late)
    named(a, dt.date(2020, 4, 1))
    run = paid(JAN + 3, tmp_path)
    assert run.orders.get(person_id=a).amount_fen == held.amount_fen
    assert run.orders.get(person_id=a).account == account(900 + a)
    assert by_month(paid(JAN + 4, tmp_path), a, channel=2) == {}
    proven(JAN + 4)


def bounced(run: Run, person: int, day: dt.date) -> None:
    """Through the case: one brings it, another approves."""
    order = run.orders.get(person_id=person)
    form = {
        "order_id": order.pk, "amount_fen": order.amount_fen, "returned_on": day, "reason": "账户已销户",
    }  # fmt: skip
    (number,) = bring("payment_return", [form], Intake("经办甲", door(day).at, str(COUNTY))).numbers.values()
    decide([number], "approve", "审批", door(day).at, str(COUNTY))


def test_a_late_bounce_is_owed_again_once(database: Database, tmp_path: Path) -> None:
    a, b = register(recipient(1), recipient(2))
    first = paid(JAN, tmp_path)
    paid(JAN + 1, tmp_path)
    drawn = sum(AccountEntry.objects.filter(person_id=a, kind=3).values_list("amount_fen", flat=True))
    bounced(first, a, dt.date(2020, 2, 25))
    assert (
        sum(AccountEntry.objects.filter(person_id=a, kind=3).values_list("amount_fen", flat=True))
        == drawn + 1_000
    )
    set_bank_account([BankAccountRecord(person=a, bank="NH", account=account(55), from_month=JAN)], door())
    run = paid(JAN + 2, tmp_path)
    assert set(by_month(run, a)) == {JAN, JAN + 2}
    assert by_month(run, a)[JAN] == first.orders.get(person_id=a).amount_fen
    assert set(by_month(run, b)) == {JAN + 2}
    assert [row["cause"] for row in run.report["back_pay"]] == ["reissued"]
    assert by_month(paid(JAN + 3, tmp_path), a).keys() == {JAN + 3}
    proven(JAN + 3)


def test_a_bounce_names_a_paid_order_in_full_and_only_once(database: Database, tmp_path: Path) -> None:
    a, b = register(recipient(1), recipient(2))
    run = paid(JAN, tmp_path, failing=[b])
    good, failed = run.orders.get(person_id=a), run.orders.get(person_id=b)
    day = dt.date(2020, 2, 3)

    def row(order: int, fen: int, when: dt.date = day) -> BounceRecord:
        return BounceRecord(order_id=order, amount_fen=fen, returned_on=when, reason="退回")

    for code, wrong in {
        "PAY-421": row(999_999, 1),
        "PAY-422": row(failed.pk, failed.amount_fen),
        "PAY-424": row(good.pk, good.amount_fen - 1),
        "PAY-425": row(good.pk, good.amount_fen, dt.date(2020, 2, 4)),
    }.items():
        with pytest.raises(Refused, match=code):
            record_bounces([wrong], door(day))
    with pytest.raises(Refused, match="PAY-423"):
        record_bounces([row(good.pk, good.amount_fen)] * 2, door(day))
    record_bounces([row(good.pk, good.amount_fen)], door(day))
    with pytest.raises(Refused, match="PAY-423"):
        record_bounces([row(good.pk, good.amount_fen)], door(day))
    assert Bounce.objects.count() == 1


def late_facts(people: dict[str, int], day: dt.date) -> dict[str, object]:
    """Whatever may become known of somebody between the preview and the release."""
    who = people["paid"]
    return {
        "certificate": lambda: certify([CertificationRecord(person=people["lapsed"], certified_on=day)], door(day)),
        "prison": lambda: stop([StopRecord(person=who, kind=1, reason="1202", from_month=JAN)], door(day)),
        "account": lambda: set_bank_account(
            [BankAccountRecord(person=who, bank="NH", account=account(77), from_month=JAN)], door(day)
        ),
        "death": lambda: record_deaths([DeathRecord(person=who, died_on=dt.date(2020, 1, 2))], door(day)),
        "award": lambda: award([AwardRecord(person=people["due"], decided_on=day)], door(day)),
        "contribution": lambda: record_contributions(
            [ContributionRecord(person=who, year=2020, amount_fen=20_000, paid_on=day, arrived_on=day)], door(day)
        ),
    }  # fmt: skip


WHY = {
    "certificate": "资格认证；支付金额由 0.00 元变为", "prison": "变为 0.00 元", "account": "收款银行、账号或户名变了",
    "death": "", "award": "待遇核定", "contribution": "缴费",
}  # fmt: skip


@pytest.mark.parametrize("what", ["certificate", "prison", "account", "death", "award", "contribution"])
def test_a_preview_is_of_its_day(database: Database, what: str) -> None:
    """Anything registered after it stops the release with the persons; previewed again by one command it may be released."""
    numbers = register(
        recipient(1), recipient(2, certified_on=dt.date(2018, 1, 1)),
        record(3, dt.date(1959, 12, 5), history_years=15), record(4),
    )  # fmt: skip
    people = dict(zip(("paid", "lapsed", "due", "young"), numbers, strict=True))
    run = draft(JAN)
    review(run.pk, door(actor="checker"))
    day = dt.date(2020, 1, 5)
    outsider = ContributionRecord(
        person=people["young"], year=2020, amount_fen=20_000, paid_on=day, arrived_on=day
    )
    record_contributions([outsider], door(day))  # nobody of the run
    assert [one for one in blockers(COUNTY, JAN, run.pk) if one.severity == "error"] == []
    late_facts(people, day)[what]()  # type: ignore[operator]
    with pytest.raises(Refused) as caught:
        release(run.pk, door(day, "checker"))
    assert {finding.code for finding in caught.value.findings} <= {"SAF-402", "SAF-406"}
    assert all("测试" not in (finding.subject or "") for finding in caught.value.findings)
    assert [
        f.message for f in caught.value.findings if f.code == "SAF-406" and WHY[what] in f.message
    ] or what == "death"
    made = again(run)
    assert Run.objects.get(pk=run.pk).state == "cancelled"
    assert release(made.pk, door(first_day(JAN + 1), "checker")).run.state == "released"
    if what == "certificate":
        assert people["lapsed"] in {person for person, _item, _month in lines(made)}
    if what == "award":
        assert Award.objects.filter(person_id=people["due"]).exists()


def test_what_changes_nothing_does_not_stop(database: Database) -> None:
    """A new fact of somebody in the run that leaves every line, hold, account and entry as previewed."""
    a, b, _c = register(recipient(1), recipient(2), recipient(3))
    run = draft(JAN)
    review(run.pk, door(actor="checker"))
    day = dt.date(2020, 1, 5)
    certify([CertificationRecord(person=a, certified_on=day)], door(day))
    stop([StopRecord(person=b, kind=2, reason="1299", from_month=JAN + 1)], door(day))  # of the month after
    order = run.orders.get(person_id=b)
    same = BankAccountRecord(
        person=b, bank=order.bank, account=order.account, holder=order.holder, from_month=JAN
    )
    set_bank_account([same], door(day))
    assert since_preview(run) == []
    assert release(run.pk, door(day, "checker")).run.state == "released"
    proven(JAN)


def test_every_fact_the_rules_of_a_run_read_is_looked_at_before_a_release() -> None:
    read = InDatabase(None, "sqlite").reads(*TARGETS)
    tables = {
        table
        for name in read & set(relations.names())
        for table in re.findall(r"(?:registry|payments)_[a-z]+", relations.select(name))
    }
    assert tables <= FACTS.keys()
    assert {"registry_award", "registry_stoppage", "registry_groupmembership"} <= tables
    others = {name for name in read - set(relations.names()) if name.startswith("f_")}
    assert others == {"f_run", "f_scope", "f_payee", "f_settled"}
