"""Lists of other bodies and returned sheets that are wrong: told by code, row and column, nothing lost, nothing half-written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from jingban.casework.models import Case
from jingban.registry.models import Certification, Death
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.safeguards.certification.campaign import freeze
from jingban.safeguards.certification.sheets import header
from jingban.safeguards.lists import LISTS
from jingban.safeguards.models import CampaignAnswer, OtherRow, Suspicion, SuspicionEvent
from jingban.safeguards.take import OtherRecord, take
from jingban.store.lists import write_list
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import import_file
from jingban.store.origins import Door
from jingban.values.citizen_id import generate
from jingban.values.findings import Refused
from tests.safeguards.test_certification import BORN, answer, frozen, holds, told
from tests.safeguards.test_suspicions import compared, held, row
from tests.support.databases import Database
from tests.support.people import REGION, id_number
from tests.support.safeguard_world import COUNTY, JAN, door, listed, on, people

A, B = id_number(BORN, 1), id_number(BORN, 2)
ELSEWHERE = generate("430721", BORN, 7)
GOOD = ["2022", "攀莲镇", "邻村", "一组", A, "测试1", "", "", "通过", "2022-02-01", "上门", ""]


def imported(name: str, path: Path, mode: Any = "refuse_all", day: dt.date = dt.date(2022, 2, 10)) -> Any:
    return import_file(LISTS[name], path, door(day), Defaults(REGION, 0, day), mode=mode)


@pytest.mark.parametrize(
    ("name", "head", "good", "moved", "column", "words"),
    [
        ("death_police", ["证件号码", "姓名", "死亡日期"], [A, "测试1", "2022-01-05"], ["测试2", "2022-01-05", None],
         "证件号码", "少一格"),
        ("death_village", ["乡镇", "村", "姓名", "证件号码", "死亡日期"], ["攀莲镇", "某村", "测试1", A, "2022-01-05"],
         ["攀莲镇", "邻村", "二组", "测试2", B, "2022-01-05"], "证件号码", "多一格"),
        ("prisons", ["序号", "证件号码", "姓名", "性别", "入狱日期"], [1, A, "测试1", "男", "2021-05-01"],
         [2, "测试2", "男", "2021-05-01", None], "证件号码", "少一格"),
        ("certification_returns", header(), GOOD, [*GOOD[:3], B, "测试2", *GOOD[6:], None], "组", "少一格"),
        ("certification_returns", header(), GOOD, [*GOOD[:4], "", B, "测试2", *GOOD[6:]], "证件号码", "多一格"),
    ],
    ids=["police", "village", "prisons", "sheet-left", "sheet-right"],
)  # fmt: skip
def test_a_row_whose_columns_moved(
    sqlite_database: Database, tmp_path: Path, name: str, head: list[str], good: list[Any], moved: list[Any], column: str,
    words: str,
) -> None:  # fmt: skip
    people()
    frozen()
    path = tmp_path / "名单.xlsx"
    write_list(path, head, [good, moved])
    report = imported(name, path)
    (shift,) = (one for one in report.errors if one.code == "LST-116")
    assert (shift.row, shift.column, words in shift.message) == (3, column, True)
    assert {one.row for one in report.errors} == {3}
    assert not OtherRow.objects.exists()
    assert not CampaignAnswer.objects.exists()
    assert imported(name, path, "keep_good").accepted == 1
    assert OtherRow.objects.count() + CampaignAnswer.objects.count() == 1


def test_somebody_of_another_county_is_kept_on_the_list_and_hits_nobody(sqlite_database: Database) -> None:
    """Another body lists its own people: a valid number that is not on the register is somebody else, whatever the name."""
    people()
    outcome = listed("death_police", {**row(1), "id_number": ELSEWHERE}, row(2))
    assert (outcome.accepted, outcome.errors, OtherRow.objects.count()) == (2, [], 2)
    compared()
    assert set(Suspicion.objects.values_list("person__number", flat=True)) == {"T000002"}


def test_the_sheet_of_another_village_of_another_county_or_of_last_year(database: Database) -> None:
    people()
    old = frozen("2021")
    told(answer(1, "passed", dt.date(2022, 1, 15), campaign="2021"), day=dt.date(2022, 1, 20))
    campaign = freeze("2022", dt.date(2022, 1, 31), dt.date(2025, 3, 31), COUNTY, door(dt.date(2022, 2, 1)))
    before = Certification.objects.count()
    other_village = answer(2, "passed", village="邻村")
    last_year = answer(1, "passed", dt.date(2022, 1, 15))
    stranger = answer(3, "passed")
    stranger.person = ELSEWHERE
    for record, code, column in (
        (other_village, "SAF-503", "村"), (last_year, "SAF-518", "日期"), (stranger, "REG-101", "证件号码"),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            told(answer(4, "passed"), record)
        assert [(one.code, one.row) for one in caught.value.findings] == [(code, record.row)]
        assert caught.value.findings[0].column in (column, None)
        assert ELSEWHERE not in str(caught.value)
    assert Certification.objects.count() == before
    outcome = told(answer(4, "passed"), other_village, last_year, stranger, mode="keep_good")
    assert (outcome.accepted, len(outcome.errors)) == (1, 3)
    late = told(answer(2, "unreachable", campaign="2021"))
    assert [(one.code, one.severity) for one in late.findings] == [("SAF-519", "warning")]
    holds(old)
    holds(campaign)


def test_police_say_dead_and_the_village_says_alive(database: Database) -> None:
    """Both stand: the certificate is recorded, the hold stays, and whoever verifies the suspicion reads what the village said."""
    people()
    frozen()
    died = dt.date(2022, 1, 20)
    listed("death_police", row(1, died), row(2, died), day=dt.date(2022, 2, 1), list_month=(2022 * 12))
    compared(2022 * 12 + 1, dt.date(2022, 2, 2))
    outcome = told(answer(1, "passed"), answer(2, "passed", dt.date(2022, 1, 15)))
    assert outcome.accepted == 2
    assert [(one.code, one.row, one.severity) for one in outcome.findings] == [("SAF-520", 1, "warning")]
    (note,) = SuspicionEvent.objects.filter(action="noted")
    assert (note.suspicion.person.number, note.state, "2022-02-01" in note.note) == ("T000001", "found", True)
    assert len(held()) == 2
    assert not Case.objects.exists()
    assert not Death.objects.exists()


def test_the_same_row_twice_and_a_death_in_the_future_in_one_file(
    sqlite_database: Database, tmp_path: Path
) -> None:
    people()
    path = tmp_path / "死亡.xlsx"
    head = ["证件号码", "姓名", "死亡日期"]
    write_list(
        path, head, [[A, "测试1", "2020-01-05"], [A, "测试1", "2020-01-05"], [B, "测试2", "2020-12-05"]]
    )
    refused = imported("death_police", path, day=on(20))
    told_ = [(one.code, one.row) for one in refused.errors]
    assert (sorted(told_), OtherRow.objects.count()) == ([("SAF-103", 4), ("SAF-105", 3)], 0)
    assert A not in str(refused.errors)
    kept = imported("death_police", path, "keep_good", day=on(20))
    assert (kept.accepted, len(kept.errors), OtherRow.objects.count()) == (1, 2, 1)


def test_before_eight_in_the_morning_today_is_not_in_the_future(sqlite_database: Database) -> None:
    """The moment is kept in UTC; the day is the centre's."""
    persons = people()
    early = dt.datetime(2022, 2, 10, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    today, before_work = early.date(), Door("早班", at=early)
    assert take(
        "death_police", [OtherRecord(month=JAN, id_number=A, name="测试1", event_on=today)], before_work
    ).accepted
    certify([CertificationRecord(person=persons[1], certified_on=today)], before_work)
    record_deaths([DeathRecord(person=persons[0], died_on=today)], before_work)
    late = Door("早班", at=early - dt.timedelta(hours=1))
    with pytest.raises(Refused, match="SAF-103"):
        take("death_police", [OtherRecord(month=JAN, id_number=B, name="测试2", event_on=today)], late)
