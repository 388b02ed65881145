"""The operations of the register, each with what it refuses, and what the rules see of it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from jingban.registry import relations
from jingban.registry.lists.register import LISTS
from jingban.registry.models import (
    AccountEntry,
    Annuity,
    Award,
    BankAccount,
    Certification,
    Contribution,
    Death,
    Stoppage,
)
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.change_person import (
    ContactRecord,
    KeyDataRecord,
    change_contact,
    change_key_data,
)
from jingban.registry.services.correct import CorrectionRecord, correct
from jingban.registry.services.groups import GroupRecord, join_group, leave_group
from jingban.registry.services.post_account_entries import EntryRecord, post_account_entries
from jingban.registry.services.recalculate import RecalculationRecord, recalculate
from jingban.registry.services.record_arrivals import ArrivalRecord, record_arrivals
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.record_other import CoverageRecord, record_coverage, record_other_pension
from jingban.registry.services.resume import ResumeRecord, resume
from jingban.registry.services.set_bank_account import BankAccountRecord, set_bank_account
from jingban.registry.services.stop import StopRecord, stop
from jingban.registry.services.terminate import TerminationRecord, terminate
from jingban.registry.services.transfer import TransferInRecord, TransferOutRecord, transfer_in, transfer_out
from jingban.store import bulk
from jingban.store.lists import write_list
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import detect, import_file
from jingban.store.origins import horizon
from jingban.store.rows import Outcome
from jingban.values.findings import Refused
from jingban.values.months import FOREVER, month
from tests.support.databases import Database
from tests.support.people import REGION, account, door, id_number, recipient, record, register

LATE = door(dt.date(2021, 1, 20))


def codes(service: Callable[..., Outcome], records: list[Any]) -> list[str]:
    """Codes by row in keep_good mode."""
    return [finding.code for finding in service(records, LATE, mode="keep_good").findings]


def fact(name: str, at: int | None = None) -> list[tuple[Any, ...]]:
    return sorted(bulk.fetch(relations.select(name, at)))


def status() -> dict[int, tuple[int, int]]:
    return {row[0]: (row[2], row[3]) for row in bulk.fetch(relations.status())}


def test_a_list_of_arrivals_is_known_by_its_heading_and_counts(
    sqlite_database: Database, tmp_path: Path
) -> None:
    (a,) = register(record(1))
    noted = ContributionRecord(
        person=a, year=2020, amount_fen=30_000, reference="900001", paid_on=dt.date(2020, 11, 3)
    )
    record_contributions([noted], LATE)
    assert fact("f_contribution") == []
    path = tmp_path / "到账.xlsx"
    write_list(
        path,
        ("证件号码", "姓名", "税票号", "入库日期"),
        [(id_number(dt.date(1970, 5, 3), 1), "测试1", "900001", "2020-12-30")],
    )
    given = Defaults("510421", 0, dt.date(2021, 1, 1))
    entry = detect(path, LISTS.values(), given)
    assert (entry.name, import_file(entry, path, LATE, given).accepted) == ("arrivals", 1)
    assert fact("f_contribution") == [(a, 2020, month(2020, 11), 30_000, 1)]


def test_contributions_count_when_the_money_arrived(database: Database) -> None:
    a, b = register(record(1), record(2))
    paid = dt.date(2020, 11, 3)
    arrived = {"paid_on": paid, "arrived_on": dt.date(2020, 12, 1)}
    rows = [
        ContributionRecord(person=a, year=2020, amount_fen=30_000, reference="S1", **arrived),
        ContributionRecord(person=b, year=2020, amount_fen=20_000, reference="S2", paid_on=paid),
        ContributionRecord(person="T000002", year=2020, amount_fen=10_000, kind=3, **arrived),
    ]
    outcome = record_contributions(rows, LATE)
    assert (outcome.accepted, outcome.amount_fen) == (3, 60_000)
    assert [(row[0], row[3], row[4]) for row in fact("f_contribution")] == [(a, 30_000, 1), (b, 10_000, 3)]
    assert fact("f_posted") == [(b, 402, 2020, 11, 10_000)]
    record_arrivals([ArrivalRecord(person=b, reference="S2", arrived_on=dt.date(2020, 12, 30))], LATE)
    assert (b, 2020, month(2020, 11), 20_000, 1) in fact("f_contribution")
    assert codes(
        record_arrivals, [ArrivalRecord(person=b, reference="S2", arrived_on=dt.date(2021, 1, 1))]
    ) == ["REG-212"]
    assert codes(
        record_arrivals, [ArrivalRecord(person=b, reference="S9", arrived_on=dt.date(2021, 1, 1))]
    ) == ["REG-211"]
    principal = AccountEntry.objects.filter(cause="contribution")
    assert sorted(principal.values_list("person_id", "ledger", "amount_fen")) == [
        (a, 1, 30_000), (b, 1, 20_000), (b, 11, 10_000),
    ]  # fmt: skip


def test_bad_contributions(database: Database) -> None:
    a, b = register(record(1), record(2))
    record_deaths([DeathRecord(person=b, died_on=dt.date(2020, 5, 20))], LATE)
    day = dt.date(2020, 11, 3)
    good = ContributionRecord(person=a, year=2020, amount_fen=100, paid_on=day, kind=3, reference="R1")
    record_contributions([good], LATE)
    rows = [
        ContributionRecord(person=999_999, year=2020, amount_fen=100, paid_on=day),
        ContributionRecord(person=a, year=2020, amount_fen=0, paid_on=day),
        ContributionRecord(person=a, year=2025, amount_fen=100, paid_on=day),
        ContributionRecord(person=a, year=2020, amount_fen=100, paid_on=day, kind=2),
        ContributionRecord(person=a, year=2020, amount_fen=100, paid_on=day, arrived_on=dt.date(2020, 11, 2)),
        ContributionRecord(person=b, year=2020, amount_fen=100, paid_on=day),
        ContributionRecord(person=a, year=2020, amount_fen=100, paid_on=dt.date(2011, 1, 1), kind=1),
        ContributionRecord(person=a, year=2019, amount_fen=100, paid_on=day, reference="R1"),
        ContributionRecord(person=a, year=2020, amount_fen=100, paid_on=day, kind=3),
    ]
    assert codes(record_contributions, rows) == [
        "REG-101", "REG-202", "REG-203", "REG-208", "REG-204", "REG-206", "REG-203", "REG-205", "REG-207",
    ]  # fmt: skip
    assert Contribution.objects.count() == 1


def test_nobody_pays_above_the_highest_tier(sqlite_database: Database) -> None:
    """Sichuan 2020: 4,000 yuan at most, payments and aid added up by kind; catch-up by the tiers of its own day."""
    (a,) = register(record(1))
    day = dt.date(2020, 6, 3)
    first = ContributionRecord(person=a, year=2020, amount_fen=300_000, paid_on=day)
    record_contributions([first], LATE)
    rows = [
        ContributionRecord(person=a, year=2020, amount_fen=100_000, paid_on=day),
        ContributionRecord(person=a, year=2020, amount_fen=1, paid_on=day),
        ContributionRecord(person=a, year=2020, amount_fen=400_001, paid_on=day, kind=4),
        ContributionRecord(person=a, year=2015, amount_fen=400_001, paid_on=day, kind=2),
        ContributionRecord(person=a, year=2015, amount_fen=400_000, paid_on=day, kind=2),
    ]
    outcome = record_contributions(rows, LATE, mode="keep_good")
    assert [(finding.code, finding.row) for finding in outcome.findings] == [
        *(("REG-209", n) for n in (2, 3, 4)), ("REG-218", 5),
    ]  # fmt: skip
    assert Contribution.objects.count() == 3


def test_award_from_the_register(database: Database) -> None:
    a, b = register(
        record(1, dt.date(1960, 8, 31), history_years=15), record(2, dt.date(1960, 9, 1), history_years=15)
    )
    award(
        [
            AwardRecord(person=a, decided_on=dt.date(2020, 9, 5)),
            AwardRecord(person=b, decided_on=dt.date(2020, 10, 5)),
        ],
        LATE,
    )
    assert fact("f_award") == [(a, month(2020, 9), 15), (b, month(2020, 10), 15)]
    assert fact("f_annuity") == [(a, month(2020, 9), 100_000, 139), (b, month(2020, 10), 100_000, 139)]
    assert status() == {a: (1, 3), b: (1, 3)}


def test_awards_refused(database: Database) -> None:
    born = dt.date(1960, 8, 31)
    a, b, c, d, e = register(
        record(1, born, history_years=14), record(2, dt.date(1961, 1, 1), history_years=15), recipient(3),
        record(4, born, history_years=15), record(5, born, history_years=15),
    )  # fmt: skip
    record_deaths([DeathRecord(person=d, died_on=dt.date(2020, 8, 1))], LATE)
    record_other_pension([CoverageRecord(person=e, scheme="职工", from_month=month(2020, 1))], LATE)
    day = dt.date(2020, 9, 5)
    rows = [
        AwardRecord(person=a, decided_on=day),
        AwardRecord(person=b, decided_on=day, start_month=month(2020, 9)),
        AwardRecord(person=c, decided_on=day),
        AwardRecord(person=d, decided_on=day),
        AwardRecord(person=e, decided_on=day),
        AwardRecord(person=b, decided_on=day),
        AwardRecord(person="510421199001011234", decided_on=day),
    ]
    assert codes(award, rows) == ["REG-302", "REG-301", "REG-303", "REG-304", "REG-305", "REG-303", "REG-101"]
    assert Award.objects.count() == 1
    special = AwardRecord(person=a, decided_on=day, basis=Award.Basis.SPECIAL)
    assert codes(award, [special]) == ["REG-315"]
    join_group([GroupRecord(person=a, group_id=1, from_month=month(2020, 1))], LATE)
    assert award([special], LATE).accepted == 1


def test_recalculation_adds_a_part(database: Database) -> None:
    a, b = register(recipient(1), record(2))
    post_account_entries(
        [EntryRecord(person=a, ledger=21, amount_fen=1_390_000, month=month(2020, 7), year=2020)], LATE
    )
    recalculate(
        [RecalculationRecord(person=a, from_month=month(2020, 8), balance_fen=1_390_000, cause="fishers")],
        LATE,
    )
    assert fact("f_annuity") == [(a, month(2019, 1), 139_000, 139), (a, month(2020, 8), 1_390_000, 139)]
    bad = [
        RecalculationRecord(person=b, from_month=month(2020, 8), balance_fen=1),
        RecalculationRecord(person=a, from_month=month(2018, 8), balance_fen=1),
        RecalculationRecord(person=a, from_month=month(2020, 8), balance_fen=0),
    ]
    assert codes(recalculate, bad) == ["REG-311", "REG-312", "REG-313"]


def test_entries_keep_the_account_above_zero(database: Database) -> None:
    (a,) = register(record(1))
    when = {"month": month(2020, 5), "year": 2020}
    rows = [
        EntryRecord(person=a, ledger=1, amount_fen=-60_000, **when),
        EntryRecord(person=a, ledger=1, amount_fen=-60_000, **when),
        EntryRecord(person=a, ledger=9, amount_fen=1, **when),
        EntryRecord(person=a, ledger=1, amount_fen=0, **when),
    ]
    assert codes(post_account_entries, rows) == ["REG-223", "REG-221", "REG-222"]


def test_stop_and_resume(database: Database) -> None:
    a, b = register(recipient(1), recipient(2))
    before = horizon()
    stop([StopRecord(person=a, kind=1, reason="1202", from_month=month(2020, 5)),
          StopRecord(person=b, kind=2, reason="1201", from_month=month(2020, 6))], LATE)  # fmt: skip
    assert status()[a] == (2, 3)
    assert codes(stop, [StopRecord(person=a, kind=1, reason="1299", from_month=month(2020, 8)),
                        StopRecord(person=a, kind=2, reason="1299", from_month=month(2020, 8), to_month=month(2020, 8)),
                        StopRecord(person=a, kind=7, reason="1299", from_month=1)]) == ["REG-331", "REG-332", "REG-333"]  # fmt: skip
    stopped = horizon()
    resume(
        [
            ResumeRecord(person=a, from_month=month(2020, 9)),
            ResumeRecord(person=b, from_month=month(2020, 6)),
        ],
        LATE,
    )
    assert fact("f_stop") == [(a, month(2020, 5), month(2020, 9), 1)]
    assert fact("f_stop", stopped) == [(a, month(2020, 5), FOREVER, 1), (b, month(2020, 6), FOREVER, 2)]
    assert fact("f_stop", before) == []
    assert codes(resume, [ResumeRecord(person=b, from_month=month(2020, 9))]) == ["REG-341"]
    assert Stoppage.objects.count() == 4


def test_deaths(database: Database) -> None:
    a, b = register(recipient(1), record(2, dt.date(1970, 5, 3)))
    rows = [
        DeathRecord(person=a, died_on=dt.date(2020, 5, 20)),
        DeathRecord(person=a, died_on=dt.date(2020, 5, 21)),
        DeathRecord(person=b, died_on=dt.date(1970, 5, 2)),
    ]
    assert codes(record_deaths, rows) == ["REG-352", "REG-351"]
    assert codes(record_deaths, [DeathRecord(person=b, died_on=dt.date(2030, 1, 1))]) == ["REG-353"]
    assert codes(record_deaths, [DeathRecord(person=a, died_on=dt.date(2020, 1, 1))]) == ["REG-352"]
    assert fact("f_death") == [(a, month(2020, 5))]
    assert status() == {a: (4, 3), b: (1, 1)}
    assert codes(resume, [ResumeRecord(person=a, from_month=month(2020, 9))]) == ["REG-341"]
    assert Death.objects.count() == 1


def test_certifications(database: Database) -> None:
    a, b = register(recipient(1), recipient(2))
    record_deaths([DeathRecord(person=b, died_on=dt.date(2020, 5, 20))], LATE)
    rows = [
        CertificationRecord(
            person=id_number(dt.date(1950, 5, 3), 1), certified_on=dt.date(2020, 11, 3), channel="03"
        ),
        CertificationRecord(person=a, certified_on=dt.date(2019, 12, 5)),
        CertificationRecord(person=a, certified_on=dt.date(2020, 11, 4), channel="99"),
        CertificationRecord(person=b, certified_on=dt.date(2020, 6, 4)),
        CertificationRecord(person=a, certified_on=dt.date(2021, 6, 4)),
    ]
    assert codes(certify, rows) == ["REG-362", "REG-361", "REG-363", "REG-364"]
    assert (a, month(2020, 11)) in fact("f_certified")
    assert Certification.objects.count() == 3


def test_termination_and_transfers(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020")])  # a rate of interest
    a, b, c = register(recipient(1), record(2), record(3))
    terminate(
        [TerminationRecord(person=a, from_month=month(2020, 9), reason="1407", other_pension="职工")], LATE
    )
    assert fact("f_other_pension") == [(a, month(2020, 9))]
    assert status()[a] == (4, 3)
    assert codes(terminate, [TerminationRecord(person=b, from_month=month(2020, 9), reason="1407"),
                             TerminationRecord(person=a, from_month=month(2020, 10), reason="1407")]) == ["REG-371", "REG-372"]  # fmt: skip
    moved = transfer_out([TransferOutRecord(person=b, month=month(2020, 9), other_region="430204")], LATE)
    assert moved.amount_fen == 101_125  # nine months at 1.5 %
    assert sum(AccountEntry.objects.filter(person_id=b).values_list("amount_fen", flat=True)) == 0
    assert codes(transfer_out, [TransferOutRecord(person=b, month=month(2020, 10), other_region="430204"),
                                TransferOutRecord(person=a, month=month(2020, 10), other_region="430204")]) == ["REG-382", "REG-381"]  # fmt: skip
    back = TransferInRecord(
        person=c,
        month=month(2020, 9),
        other_region="430204",
        region=REGION,
        years=3,
        through_year=2019,
        balances={31: 5_000},
    )
    assert transfer_in([back], LATE).amount_fen == 5_000
    assert fact("f_history")[-1] == (c, 11, 2019)


def test_groups_accounts_and_coverage(database: Database) -> None:
    a, b = register(record(1), record(2))
    join_group([GroupRecord(person=a, group_id=2, from_month=month(2020, 1))], LATE)
    assert codes(join_group, [GroupRecord(person=a, group_id=2, from_month=month(2020, 5)),
                              GroupRecord(person=a, group_id=77, from_month=month(2020, 5))]) == ["REG-121", "REG-122"]  # fmt: skip
    leave_group([GroupRecord(person=a, group_id=2, from_month=month(2020, 7))], LATE)
    assert fact("f_group") == [(a, 2, month(2020, 1), month(2020, 7))]
    assert codes(leave_group, [GroupRecord(person=a, group_id=2, from_month=month(2020, 9))]) == ["REG-123"]
    change = BankAccountRecord(
        person=a, bank="NH", account=account(500), from_month=month(2020, 3), holder="王五"
    )
    outcome = set_bank_account([change], LATE)
    assert [finding.code for finding in outcome.findings] == ["REG-134"]
    bad = [BankAccountRecord(person=b, bank="NH", account=account(500), from_month=1),
           BankAccountRecord(person=b, bank="NH", account="12AB", from_month=1)]  # fmt: skip
    assert sorted(codes(set_bank_account, bad)) == ["REG-132", "REG-135"]
    assert BankAccount.objects.count() == 3
    record_coverage(
        [CoverageRecord(person=a, scheme="职工", from_month=month(2020, 1), to_month=month(2020, 5))], LATE
    )
    assert codes(record_coverage, [CoverageRecord(person=a, scheme="职工", from_month=month(2020, 4))]) == [
        "REG-391"
    ]
    assert fact("f_covered") == [(a, month(2020, 1), month(2020, 5))]


def test_key_data_and_corrections(database: Database) -> None:
    a, b = register(record(1), recipient(2))
    other = dt.date(1971, 6, 7)
    change_key_data([KeyDataRecord(person=a, id_number=id_number(other, 9), name="改名")], LATE)
    assert fact("f_person")[0] == (a, month(1971, 6), 510421)
    assert fact("f_person", 1)[0] == (a, month(1970, 5), 510421)
    assert codes(change_key_data, [KeyDataRecord(person=b, id_number=id_number(other, 9)), KeyDataRecord(person=a)]) == [
        "REG-115", "REG-151",
    ]  # fmt: skip
    change_contact([ContactRecord(person=a, from_month=month(2020, 3), phone="13900000000")], LATE)
    row = Award.objects.get(person_id=b)
    correct(Award, [CorrectionRecord(fact_id=row.pk, changes={"paid_years": 9})], LATE)
    assert fact("f_award") == [(b, month(2019, 1), 9)]
    annuity = Annuity.objects.get(person_id=b)
    correct(Annuity, [CorrectionRecord(fact_id=annuity.pk, withdraw=True)], LATE)
    assert fact("f_annuity") == []
    for record_, code in (
        (CorrectionRecord(fact_id=row.pk, changes={"paid_years": 10}), "REG-401"),
        (CorrectionRecord(fact_id=Award.objects.latest("id").pk, changes={"person": 3}), "REG-402"),
        (CorrectionRecord(fact_id=Award.objects.latest("id").pk), "REG-403"),
    ):
        with pytest.raises(Refused) as refused:
            correct(Award, [record_], LATE)
        assert refused.value.findings[0].code == code


def test_a_correction_that_contradicts_itself(database: Database) -> None:
    (a,) = register(recipient(1))
    stop(
        [StopRecord(person=a, kind=1, reason="1202", from_month=month(2020, 5), to_month=month(2020, 8))],
        LATE,
    )
    wrong = CorrectionRecord(fact_id=Stoppage.objects.get().pk, changes={"valid_to": month(2020, 1)})
    with pytest.raises(Refused) as refused:
        correct(Stoppage, [wrong], LATE)
    assert refused.value.findings[0].code == "REG-404"
    assert Stoppage.objects.count() == 1
