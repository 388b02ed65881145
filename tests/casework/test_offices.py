"""Offices: the people, cases and lists of another one are not there; what is whole is never shortened; reading is noted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from jingban.casework.models import Case, Reading
from jingban.casework.services import bring, decide, open_cases
from jingban.casework.services.bring import Intake
from jingban.casework.services.offices import (
    office_of,
    outside,
    scoped,
    scoped_cases,
    seat,
    set_office,
    visible,
    whole_centre,
)  # fmt: skip
from jingban.casework.services.readings import ACTION, open_person, opened
from jingban.registry.models import Identity, Person, Residence
from jingban.store.models import AuditEntry
from jingban.store.origins import Door
from jingban.values.findings import Refused
from tests.support.databases import Database
from tests.support.people import record, register

SECURITY = Door("anquan")
NOON = dt.datetime(2024, 3, 1, 4, 0, tzinfo=dt.UTC)
INTAKE = Intake(maker="甲", at=NOON, region="510421")


@pytest.fixture
def people(database: Database) -> list[int]:
    """Two persons of 攀莲镇, one of 丙谷镇; 甲 works for the one, 乙 for the other, 丙 for the whole centre."""
    persons = register(record(1), record(2), record(3, township="丙谷镇"))
    for name in "甲乙丙":
        User.objects.create(username=name)
    set_office("城关", ["攀莲镇"], SECURITY)
    set_office("丙谷", ["丙谷镇"], SECURITY)
    seat("甲", "城关", SECURITY)
    seat("乙", "丙谷", SECURITY)
    return persons


def _number(person: int) -> str:
    return Identity.objects.get(person_id=person).id_number


def test_each_office_sees_its_own_people(people: list[int]) -> None:
    first, second, third = people

    def seen(account: str) -> set[int]:
        return set(scoped(Person.objects.all(), account, "pk").values_list("pk", flat=True))

    assert seen("甲") == {first, second}
    assert seen("乙") == {third}
    assert seen("丙") == set(people)
    assert outside(people, "乙") == {first, second}
    with pytest.raises(Refused, match="REG-101"):
        open_person(_number(first), "乙", NOON)
    open_person(_number(third), "乙", NOON)
    assert list(Reading.objects.values_list("actor", "subject")) == [("乙", f"#{third}")]


def test_who_moves_house_moves_office(people: list[int]) -> None:
    first, *_others = people
    now = Residence.objects.get(person_id=first)
    Residence.objects.create(
        person_id=first, origin=now.origin, supersedes=now, township="丙谷镇", valid_from=now.valid_from
    )
    assert outside([first], "甲") == {first}
    assert outside([first], "乙") == set()


def test_cases_of_another_office_are_not_there(people: list[int]) -> None:
    first, _second, third = people
    change = {"person": _number(first), "phone": "13800000000"}
    [mine] = bring("contact_change", [change], INTAKE).numbers.values()
    assert Case.objects.get().office == "城关"
    with pytest.raises(Refused, match="CAS-742"):
        bring("contact_change", [{**change, "person": _number(third)}], INTAKE)
    new = {"id_number": _number(first)[:14] + "0000", "name": "试"}
    with pytest.raises(Refused):
        bring("enrolment", [new], INTAKE)
    whole = replace(INTAKE, maker="丙")
    [other] = bring("contact_change", [{**change, "person": _number(third)}], whole).numbers.values()
    assert visible([mine, other], "甲") == [mine]
    assert visible([mine, other], "乙") == [other]
    assert visible([mine, other], "丙") == [mine, other]
    waiting = scoped_cases(open_cases(), "乙", "case__")
    assert [event.case.number for event in waiting] == [other]
    with pytest.raises(Refused, match="CAS-304"):
        decide([mine], "approve", "乙", NOON, "510421")
    assert decide([other], "approve", "乙", NOON, "510421").done == [other]


def test_what_is_whole_is_refused_and_not_shortened(people: list[int]) -> None:
    whole_centre("丙")
    with pytest.raises(Refused, match="CAS-741"):
        whole_centre("甲")
    seat("甲", "", SECURITY)
    whole_centre("甲")
    assert office_of("甲") == ""
    with pytest.raises(Refused, match="CAS-743"):
        seat("甲", "没有", SECURITY)
    assert list(AuditEntry.objects.filter(action="config.desk").values_list("subject", flat=True)) == [
        "甲",
        "乙",
        "甲",
    ]


def test_who_opens_many_persons_in_a_day_is_reported(
    people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.CENTRE, "many_persons", 3)
    now = timezone.now()
    for subject in ("#1", "#1", "#2", "#2", "#1"):
        opened("甲", subject, now)
    assert not AuditEntry.objects.filter(action=ACTION).exists()
    opened("乙", "#3", now)
    opened("甲", "#3", now)
    opened("甲", "#3", now)
    [entry] = AuditEntry.objects.filter(action=ACTION)
    assert (entry.actor, entry.detail["人数"]) == ("甲", 3)
    opened("甲", "#4", now + dt.timedelta(days=1))
    assert AuditEntry.objects.filter(action=ACTION).count() == 1
