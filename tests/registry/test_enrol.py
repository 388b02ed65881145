"""Enrolment and import: what is refused, parked and kept."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from jingban.registry.models import BankAccount, Identity, Person, Relation
from jingban.registry.services.enrol import EnrolRecord, enrol
from jingban.registry.services.import_people import OpeningAward, import_people
from jingban.store.models import Origin, Parked
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import REGION, account, door, id_number, recipient, record, register

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")


def _enrol(sequence: int, birth: dt.date = dt.date(1990, 2, 3), **more: object) -> EnrolRecord:
    base = {
        "id_number": id_number(birth, sequence), "name": "李四", "region": REGION, "from_month": month(2020, 3), "account": account(sequence),
        "bank": "NH", "row": sequence,
    }  # fmt: skip
    return EnrolRecord(**(base | more))  # type: ignore[arg-type]


def test_enrols_and_knows_again(database: Database) -> None:
    outcome = enrol([_enrol(1), _enrol(2, groups=((2, month(2019, 1), month(2021, 1)),))], door())
    assert (outcome.accepted, outcome.findings) == (2, [])
    assert set(outcome.person_ids) == {1, 2}
    with pytest.raises(Refused) as refused:
        enrol([_enrol(1, account="")], door())
    assert [(finding.code, finding.row) for finding in refused.value.findings] == [("REG-115", 1)]
    assert Person.objects.count() == 2


def test_every_bad_row_has_its_code_and_the_good_ones_stay(database: Database) -> None:
    register(record(900))
    good = _enrol(1)
    number = good.id_number
    wrong_check = number[:-1] + ("0" if number[-1] != "0" else "1")
    rows = [
        good,
        _enrol(2, id_number=wrong_check),
        _enrol(3, id_number=number, account=""),
        _enrol(4, account=account(1)),
        _enrol(5, account=account(900)),
        _enrol(6, name="  "),
        _enrol(7, id_number="510421600315001"),
        _enrol(8, dt.date(2010, 1, 1)),
        _enrol(9, student=True),
        _enrol(10, birth_date=dt.date(1990, 2, 4)),
        _enrol(11, region="5104"),
        _enrol(12, groups=((1, month(2020, 1), month(2021, 1)), (1, month(2020, 6), month(2022, 1)))),
        _enrol(13, id_number=id_number(dt.date(1990, 2, 3), 13).translate(FULL_WIDTH)),
    ]
    outcome = enrol(rows, door(), mode="keep_good")
    codes = {finding.row: finding.code for finding in outcome.findings}
    assert codes == {
        2: "REG-111", 3: "REG-114", 4: "REG-131", 5: "REG-132", 6: "REG-110", 7: "REG-112", 8: "REG-118", 9: "REG-119",
        10: "REG-113", 11: "REG-117", 12: "REG-121",
    }  # fmt: skip
    assert outcome.accepted == 2
    assert Identity.objects.filter(id_number=id_number(dt.date(1990, 2, 3), 13)).exists()
    assert outcome.parked == 1
    parked = Parked.objects.get()
    assert (parked.row, parked.code, parked.content["name"]) == (7, "REG-112", "李四")
    assert all(
        number not in str(finding) and account(900) not in str(finding) for finding in outcome.findings
    )


def test_refuse_all_writes_nothing(database: Database) -> None:
    before = Origin.objects.count()
    with pytest.raises(Refused):
        enrol([_enrol(1), _enrol(2, name="")], door())
    assert not Person.objects.exists()
    assert Origin.objects.count() == before


def test_dry_run_says_all_and_writes_nothing(database: Database) -> None:
    outcome = enrol([_enrol(1), _enrol(2, name="")], door(), mode="keep_good", dry_run=True)
    assert outcome.accepted == 1
    assert [finding.code for finding in outcome.findings] == ["REG-110"]
    assert not Person.objects.exists()
    assert not Identity.objects.exists()


def test_import_refuses_awards_before_sixty(database: Database) -> None:
    young = OpeningAward(start_month=month(2019, 6), paid_years=15, balance_fen=1)
    exact = dataclasses.replace(young)
    rows = [
        record(1, dt.date(1959, 6, 30), award=young),
        record(2, dt.date(1959, 5, 1), award=exact),
        recipient(3),
    ]
    outcome = import_people(rows, door(), mode="keep_good")
    assert [(finding.code, finding.row) for finding in outcome.findings] == [("REG-301", 1)]
    assert outcome.accepted == 2
    assert BankAccount.objects.count() == 2
    assert set(Relation.objects.values_list("entry", flat=True)) == {int(Relation.Entry.IMPORTED)}
