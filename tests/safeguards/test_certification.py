"""A campaign from the frozen list to suspension and back: listed = passed + failed, always."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingban.casework.models import Case
from jingban.casework.services import decide
from jingban.registry.models import Certification, Stoppage
from jingban.safeguards.certification.answers import AnswerRecord, take_answers
from jingban.safeguards.certification.campaign import freeze
from jingban.safeguards.certification.sheets import export, export_tasks
from jingban.safeguards.certification.status import by_village, partition, tasks
from jingban.safeguards.certification.suspend import suspend
from jingban.safeguards.certification.traces import certify_from_traces
from jingban.safeguards.lists import LISTS
from jingban.safeguards.models import Campaign, CampaignPerson, Suspicion
from jingban.store import live
from jingban.store.lists import read_grid, write_list
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import import_file
from jingban.store.models import Parked
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import REGION, id_number
from tests.support.safeguard_world import COUNTY, door, listed, on, people

BORN = dt.date(1950, 5, 3)
DUE = dt.date(2022, 3, 31)


def frozen(code: str = "2022", everybody: bool = False) -> Campaign:
    return freeze(code, dt.date(2022, 1, 10), DUE, COUNTY, door(dt.date(2022, 1, 11)), everybody=everybody)


def answer(
    sequence: int, result: str, day: dt.date | None = dt.date(2022, 2, 1), **more: Any
) -> AnswerRecord:
    return AnswerRecord(
        person=id_number(BORN, sequence), result=result, happened_on=day, row=sequence, **more
    )


def told(*records: AnswerRecord, mode: Any = "refuse_all", day: dt.date = dt.date(2022, 2, 10)) -> Any:
    return take_answers(records, door(day, actor="认证员", source="反馈.xlsx"), mode)


def holds(campaign: Campaign) -> None:
    found = partition(campaign)
    assert found.listed == found.passed + found.dead + found.unreachable + found.other == campaign.count
    assert len(tasks(campaign)) == found.failed
    places = [("攀莲镇", village) for village in ("某村", "邻村")]
    parts = {place: partition(campaign, village=place) for place in places}
    assert sum(part.listed for part in parts.values()) == found.listed
    assert by_village(campaign) == {place: part for place, part in parts.items() if part.listed}


def test_the_list_is_frozen_at_its_day(database: Database) -> None:
    people(4, groups=[(4, month(2019, 1), 119999)])
    campaign = frozen()
    assert campaign.count == 4
    assert {(p.disabled, p.old) for p in CampaignPerson.objects.all()} == {(True, False)}
    with pytest.raises(Refused, match="SAF-511"):
        freeze("早", dt.date(2019, 6, 1), DUE, COUNTY, door(dt.date(2022, 1, 11)))
    with pytest.raises(Refused, match="SAF-512"):
        frozen()
    holds(campaign)


def test_sheets_go_to_the_villages_and_come_back(database: Database, tmp_path: Path) -> None:
    people()
    campaign = frozen()
    paths = list(export(campaign, tmp_path, door(dt.date(2022, 1, 12))))
    assert sorted(path.relative_to(tmp_path).as_posix() for path in paths) == [
        "攀莲镇/某村.xlsx",
        "攀莲镇/邻村.xlsx",
    ]
    grid = read_grid(tmp_path / "攀莲镇" / "某村.xlsx")
    head, rows = grid[0], grid[1:]
    assert len(rows) == 2
    rows[0][8:11] = ["通过", "2022-02-01", "上门"]
    rows[1][8:12] = ["失联", None, None, "外出多年"]
    back = tmp_path / "回收.xlsx"
    write_list(back, head, rows)
    defaults = Defaults(REGION, 0, dt.date(2022, 2, 10))
    report = import_file(LISTS["certification_returns"], back, door(dt.date(2022, 2, 10)), defaults)
    assert (report.accepted, report.errors) == (2, [])
    found = partition(campaign)
    assert (found.passed, found.unreachable, found.pending) == (1, 1, 2)
    assert {task.code for task in tasks(campaign)} == {"follow_up", "remind"}
    assert export_tasks(campaign, tmp_path / "任务.xlsx", door(dt.date(2022, 2, 11))) == 3
    wrong = [list(row) for row in rows]
    wrong[0][2] = "邻村"
    write_list(back, head, wrong[:1])
    report = import_file(LISTS["certification_returns"], back, door(dt.date(2022, 2, 10)), defaults)
    assert [finding.code for finding in report.errors] == ["SAF-503"]
    holds(campaign)


def test_traces_come_first_and_nobody_is_asked(database: Database) -> None:
    a, *_rest = people()
    campaign = frozen()
    seen = {"name": "测试1", "id_number": id_number(BORN, 1), "detail": "住院"}
    listed("traces", {**seen, "event_on": dt.date(2022, 1, 5)}, {**seen, "event_on": dt.date(2021, 12, 30)},
           {**seen, "name": "别人", "id_number": id_number(BORN, 2), "event_on": dt.date(2022, 1, 5)},
           day=dt.date(2022, 1, 20))  # fmt: skip
    outcome = certify_from_traces(campaign, dt.date(2022, 1, 1), door(dt.date(2022, 1, 21)))
    assert outcome.accepted == 1
    newest = Certification.objects.filter(person_id=a).latest("certified_on")
    assert (newest.channel, newest.certified_on) == ("03", dt.date(2022, 1, 5))
    assert certify_from_traces(campaign, dt.date(2022, 1, 1), door(dt.date(2022, 1, 22))).accepted == 0
    holds(campaign)


def test_a_reported_death_becomes_a_case_and_a_contradiction_is_parked(database: Database) -> None:
    people()
    campaign = frozen()
    told(answer(1, "dead", evidence="村证明"), answer(2, "passed"))
    case = Case.objects.get()
    assert (case.kind, case.maker) == ("death", "认证员")
    outcome = told(answer(1, "passed"), answer(2, "dead"))
    assert (outcome.accepted, outcome.parked, Parked.objects.count()) == (0, 2, 2)
    suspicion = Suspicion.objects.get()
    assert (suspicion.kind, suspicion.method, suspicion.finder) == ("death", "certification", "认证员")
    decide([case.number], "approve", "主任", door(dt.date(2022, 2, 12)).at, REGION)
    assert {task.code for task in tasks(campaign)} == {"settle", "remind"}
    holds(campaign)


def test_wrong_rows_are_named(database: Database) -> None:
    people()
    frozen()
    outcome = told(
        answer(1, "passed", None), answer(2, "dead", None), answer(3, "passed", dt.date(2022, 3, 9)),
        answer(4, "passed", name="别人"), answer(90, "passed"), answer(4, "other"), answer(4, "other"), mode="keep_good",
    )  # fmt: skip
    assert {finding.code for finding in outcome.errors} == {
        "SAF-504", "SAF-505", "SAF-508", "SAF-507", "REG-101", "SAF-509",
    }  # fmt: skip
    with pytest.raises(Refused, match="SAF-501"):
        told(answer(1, "other", campaign="没有"))


def test_after_the_cycle_comes_suspension_and_a_late_certificate_resumes(database: Database) -> None:
    a, _b, *_rest = people()
    campaign = frozen()
    told(answer(1, "unreachable", None), answer(2, "passed"), answer(3, "other", None))
    april = door(dt.date(2022, 4, 1), actor="认证员")
    brought = suspend(campaign, month(2022, 4), april)
    assert len(brought.numbers) == 3
    decide(list(brought.numbers.values()), "approve", "主任", april.at, REGION)
    stopped = {p for p, reason in live.rows(Stoppage, ["person_id", "reason"]) if reason == "1201"}
    assert stopped == {a, *_rest[:2]}
    with pytest.raises(Refused, match="SAF-517"):
        suspend(campaign, month(2022, 4), april)
    late = take_answers(
        [answer(1, "passed", dt.date(2022, 4, 20))], door(dt.date(2022, 4, 21), actor="认证员")
    )
    assert late.accepted == 1
    resumption = Case.objects.get(kind="resumption")
    decide([resumption.number], "approve", "主任", door(dt.date(2022, 4, 22)).at, REGION)
    ends = dict(live.rows(Stoppage, ["person_id", "valid_to"], [a]))
    assert ends.get(a, 0) <= month(2022, 4)
    holds(campaign)


def test_the_waiver_of_2020_suspends_nobody(database: Database) -> None:
    people(certified_on=dt.date(2018, 6, 1))
    campaign = freeze("2020", on(1), on(28), COUNTY, door(on(2)))
    with pytest.raises(Refused, match="SAF-516"):
        suspend(campaign, month(2020, 3), door(on(1, 3)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.lists(
            st.tuples(st.integers(1, 5), st.sampled_from(["passed", "dead", "unreachable", "other", ""])),
            min_size=1, max_size=5,
        ), min_size=1, max_size=4,
    )
)  # fmt: skip
def test_listed_is_passed_plus_failed_whatever_comes_back(sqlite_database: Database, steps: Any) -> None:
    if not CampaignPerson.objects.exists():
        people(5)
    campaign = frozen(f"批次{Campaign.objects.count()}", everybody=True)
    for sheet in steps:
        told(*(answer(sequence, result) for sequence, result in sheet), mode="keep_good")
        holds(campaign)
