"""Service figures from the time stamps, consultations, and the year's volumes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction

from jingban.casework.models import Case, Consultation, Filing, Volume
from jingban.casework.services import bring, decide, withdraw
from jingban.casework.services.archive import archive, place_of, unfiled
from jingban.casework.services.consult import ConsultRecord, record_consultations
from jingban.casework.services.figures import figures, figures_between
from jingban.cli.case import case
from jingban.store.lists.writing import write_list
from jingban.values.findings import Refused
from tests.casework.test_flow import INTAKE, person
from tests.support.databases import Database
from tests.support.people import door

TZ = dt.timezone(dt.timedelta(hours=8))


def at(month: int, day: int, hour: int = 9, year: int = 2024) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=TZ)


def brought(sequence: int, when: dt.datetime, office: str = "一号窗口") -> str:
    intake = dataclasses.replace(INTAKE, at=when, office=office)
    return next(iter(bring("enrolment", [person(sequence)], intake).numbers.values()))


@pytest.fixture
def march(database: Database) -> list[str]:
    """One done the same day, one done late, one rejected, one withdrawn, one returned, one waiting beyond its day."""
    numbers = [brought(n, at(3, 1)) for n in range(1, 6)] + [brought(6, at(3, 1), "二号窗口")]
    decide(numbers[:1], "approve", "审核乙", at(3, 1, 15), "510421")
    decide(numbers[1:2], "approve", "审核乙", at(3, 11), "510421")
    decide(numbers[2:3], "reject", "审核丁", at(3, 4), "510421", note="不符")
    withdraw(numbers[3], "经办甲", at(3, 2))
    decide(numbers[4:5], "return", "审核丁", at(3, 4), "510421", note="补正")
    return numbers


def test_figures_come_from_the_steps(march: list[str]) -> None:
    found = figures(2024, dt.date(2024, 3, 20))
    kind = found.kinds["enrolment"]
    assert (kind.received, kind.done, kind.refused, kind.returned, kind.open) == (6, 2, 1, 1, 2)
    assert sorted(kind.days) == [0, 0, 1, 6]
    assert (kind.mean_days, kind.median_days) == (1.75, 0.5)
    assert (kind.with_target, kind.on_time, kind.on_time_rate) == (6, 3, 0.5)
    assert (found.backlog, found.overdue) == (2, 2)
    assert found.made == {"经办甲": 6}
    assert found.reviewed == {"审核乙": 2, "审核丁": 2}
    assert found.offices == {"一号窗口": 5, "二号窗口": 1}


def test_figures_as_they_stood_on_a_day(march: list[str]) -> None:
    found = figures(2024, dt.date(2024, 3, 1))
    assert (found.kinds["enrolment"].done, found.backlog, found.overdue) == (1, 5, 0)
    assert figures(2023, dt.date(2024, 3, 20)).kinds == {}


def test_figures_of_any_period(march: list[str]) -> None:
    """What waits counts whenever it came in; what was closed counts where it was closed."""
    week = figures_between(dt.date(2024, 3, 8), dt.date(2024, 3, 14), dt.date(2024, 3, 20))
    assert (week.kinds, week.closed, week.backlog, week.overdue) == ({}, 1, 2, 2)
    with pytest.raises(Refused, match="CAS-804"):
        figures_between(dt.date(2024, 3, 8), dt.date(2024, 3, 7), dt.date(2024, 3, 20))
    shown = CliRunner().invoke(case, ["figures", "--from", "2024-03-01", "--until", "2024-03-31"])
    assert "期间办结（含不予办理、撤回）4 件" in shown.output
    assert CliRunner().invoke(case, ["figures"]).exit_code == 2


def test_consultations(database: Database, tmp_path: Path) -> None:
    asked = [
        ConsultRecord(at(3, 1), "缴费档次"),
        ConsultRecord(at(3, 2), "缴费档次", "phone"),
        ConsultRecord(at(3, 2), "转移"),
    ]
    assert record_consultations(asked, door(dt.date(2024, 3, 3))) == 3
    found = figures(2024, dt.date(2024, 12, 31))
    assert (found.consultations, found.consulted) == (3, {"缴费档次": 2, "转移": 1})
    with pytest.raises(Refused) as refused:
        record_consultations(
            [
                ConsultRecord(at(3, 1), " "),
                ConsultRecord(at(3, 1), "x", "drum"),
                ConsultRecord(at(3, 9), "x"),
            ],
            door(dt.date(2024, 3, 3)),
        )
    assert [(finding.code, finding.row) for finding in refused.value.findings] == [
        ("CAS-801", 1),
        ("CAS-802", 2),
        ("CAS-803", 3),
    ]
    rows = [(dt.date(2024, 3, 1), "认证", "电话"), (dt.date(2024, 3, 2), "认证", "窗口")]
    write_list(tmp_path / "咨询.xlsx", ("时间", "咨询事项", "渠道"), rows, title="咨询")
    done = CliRunner().invoke(case, ["consult", str(tmp_path / "咨询.xlsx"), "--file", "--as", "丙"])
    assert done.exit_code == 0, done.output
    assert Consultation.objects.filter(subject="认证", actor="丙").count() == 2
    assert CliRunner().invoke(case, ["consult", "社保卡", "--as", "丙"]).exit_code == 0
    shown = CliRunner().invoke(case, ["figures", "--year", "2024"])
    assert "咨询 5 人次" in shown.output


def test_the_year_goes_into_volumes_once(march: list[str]) -> None:
    with pytest.raises(Refused, match="CAS-901"):
        archive(2024, door(dt.date(2024, 12, 31)))
    (filed,) = archive(2024, door(dt.date(2025, 1, 10)))
    assert (filed.number, filed.kind, filed.retention, filed.count, filed.destroy_from) == (
        1,
        "enrolment",
        "100",
        4,
        2125,
    )
    assert [place_of(number) for number in march] == [f"2024-0001-{n:03d}" for n in range(1, 5)] + ["", ""]
    assert unfiled(2024) == 2
    with pytest.raises(Refused, match="CAS-902"):
        archive(2024, door(dt.date(2025, 1, 11)))
    decide(march[5:], "approve", "审核乙", at(1, 12, year=2025), "510421")
    (later,) = archive(2025, door(dt.date(2026, 1, 10)))
    assert (later.year, later.number, later.count) == (2025, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.create(volume=Volume.objects.all()[0], case=Case.objects.get(number=march[0]), place=9)
