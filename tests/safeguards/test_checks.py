"""The standing checks find what they are for, once, and nothing in an orderly register."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from jingban.registry.models import BankAccount, Identity, Stoppage
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.record_other import CoverageRecord, record_other_pension
from jingban.registry.services.stop import StopRecord, stop
from jingban.safeguards.checks import CHECKS, run_checks
from jingban.safeguards.models import Suspicion
from jingban.values import citizen_id
from tests.support.databases import Database
from tests.support.people import id_number, recipient, register
from tests.support.safeguard_world import COUNTY, FEB, JAN, door, listed, on, paid_run


def test_each_check_finds_its_own(sqlite_database: Database, tmp_path: Path) -> None:
    crowd = [recipient(n, address="养老院一号") for n in range(1, 9)]
    payee = recipient(20, holder="别人")
    ancient = recipient(21, dt.date(1905, 1, 1))
    dead, prisoner, double, shared, *_more = register(*crowd, payee, ancient)
    assert {name for name, raised in run_checks(COUNTY, JAN, door(on(3, 1))).items() if raised.raised} == {
        "address_cluster", "payee_differs", "age_anomaly", "certified_impossible",
    }  # fmt: skip
    run = paid_run(JAN, tmp_path)
    stop(
        [
            StopRecord(person=dead, kind=int(Stoppage.Kind.HELD), reason="1201", from_month=FEB + 2),
            StopRecord(person=prisoner, kind=int(Stoppage.Kind.NOTHING), reason="1202", from_month=JAN),
        ],
        door(on(5)),
    )
    record_deaths([DeathRecord(person=dead, died_on=dt.date(2019, 12, 20))], door(on(6)))
    record_other_pension([CoverageRecord(person=double, scheme="employee", from_month=JAN - 1)], door(on(6)))
    account = BankAccount.objects.get(person_id=double)
    origin = BankAccount.objects.latest("pk").origin
    BankAccount.objects.create(
        person_id=prisoner, bank="NH", account=account.account, holder=account.holder, valid_from=JAN, origin=origin,
        supersedes=BankAccount.objects.get(person_id=prisoner),
    )  # fmt: skip
    BankAccount.objects.create(
        person_id=shared, bank="NH", account=account.account, holder="测试4", valid_from=JAN, origin=origin,
        supersedes=BankAccount.objects.get(person_id=shared),
    )  # fmt: skip
    done = run_checks(COUNTY, FEB, door(on(10)))
    found = {s.kind: s for s in Suspicion.objects.order_by("pk")}
    paid = {
        p: sum(line.amount_fen for line in run.lines.filter(person_id=p)) for p in (dead, prisoner, double)
    }
    for name, person in (("dead_but_paid", dead), ("prison_paid", prisoner), ("dual_paid", double)):
        assert (found[name].person_id, found[name].amount_fen) == (person, paid[person])
    assert found["death_order"].person_id == dead
    assert set(Suspicion.objects.filter(kind="account_shared").values_list("person_id", flat=True)) == {
        prisoner,
        shared,
    }
    assert len(done) == len(CHECKS)
    again = run_checks(COUNTY, FEB, door(on(11)))
    assert all(not raised.raised for raised in again.values())
    assert again["dead_but_paid"].known == 1


def test_identities_that_cannot_be_true(sqlite_database: Database) -> None:
    """A damaged number of a former system, a sex the number denies, and a number the police give to somebody else."""
    said = citizen_id.parse(id_number(dt.date(1950, 5, 3), 2)).sex
    damaged, woman, _sound, namesake = register(
        recipient(1), recipient(2, sex="male" if said == "female" else "female"), recipient(3), recipient(4)
    )
    number = id_number(dt.date(1950, 5, 3), 1)
    old = Identity.objects.get(person_id=damaged)
    Identity.objects.create(
        person_id=damaged, name=old.name, id_number=number[:-1] + ("0" if number[-1] != "0" else "1"), id_status="bad_check",
        sex=old.sex, birth_date=old.birth_date, origin=old.origin, supersedes=old,
    )  # fmt: skip
    listed("household", *({"id_number": id_number(dt.date(1950, 5, 3), n), "name": name}
                          for n, name in ((2, "测试2"), (3, "测试3"), (4, "另一人"))))  # fmt: skip
    (raised,) = run_checks(COUNTY, FEB, door(on(21)), ["identity_invalid"]).values()
    told = dict(Suspicion.objects.filter(pk__in=raised.raised).values_list("person_id", "detail"))
    assert set(told) == {damaged, woman, namesake}
    assert "性别不一致" in told[woman]["问题"]
    assert "户籍名单" in told[namesake]["问题"]
    assert "另一人" not in str(told)
    assert not run_checks(COUNTY, FEB, door(on(22)), ["identity_invalid"])["identity_invalid"].raised
