"""Units and projects are known by their code for ever; what is said of them is corrected and withdrawn like every fact."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from jingban.budget.book import live, read_book
from jingban.budget.figures import YearFigures
from jingban.budget.lists import LISTS
from jingban.budget.loading import load_folder
from jingban.budget.models import Payment, Project, ProjectDetails, Receipt, Unit, UnitDetails
from jingban.budget.records import ProjectRecord, UnitRecord
from jingban.budget.services import correct, register_projects, register_units, withdraw
from jingban.performance.models import Plan
from jingban.performance.records import IndicatorRecord, PlanRecord
from jingban.performance.services import set_plans
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import import_file
from jingban.store.models import AuditEntry
from jingban.store.origins import Door, horizon
from jingban.values.findings import Refused
from tests.support.databases import Database

DOOR = Door(actor="会计甲", at=dt.datetime(2021, 1, 5, tzinfo=dt.UTC))
WHY = Door(actor="会计乙", note="登记时写错", at=dt.datetime(2021, 1, 6, tzinfo=dt.UTC))
MIYI = Path(__file__).parents[2] / "src" / "jingban" / "cli" / "county" / "accounts"
CENTRE: dict[str, Any] = {"code": "U1", "name": "某县居保中心", "kind": "institution"}
TASK: dict[str, Any] = {"unit": "U1", "code": "P1", "name": "经费项目", "since_year": 2020}


@pytest.fixture
def centre(database: Database) -> Unit:
    register_units([UnitRecord(**CENTRE)], DOOR)
    register_projects([ProjectRecord(**TASK)], DOOR)
    return Unit.objects.get()


def refused(what: Any, *arguments: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        what(*arguments)
    return [finding.code for finding in refusal.value.findings]


def test_a_corrected_unit_is_named_anew_everywhere_and_as_before_when_asked_as_known_then(
    centre: Unit,
) -> None:
    then = horizon()
    said = live(UnitDetails).get()
    correct(said, UnitRecord(**{**CENTRE, "name": "某县社保中心", "kind": "civil_service"}), WHY)
    assert Unit.objects.get().name == "某县社保中心"
    assert Unit.objects.get().has_operating_funds
    assert Unit.objects.get().pk == centre.pk
    assert read_book(centre, 2020, then).unit.name == "某县居保中心"
    assert YearFigures(centre, 2020, then).unit.kind == "institution"
    assert UnitDetails.objects.get(supersedes=said).origin.note == "登记时写错"
    assert AuditEntry.objects.get(action="budget.corrected").subject == f"budget.unitdetails {said.pk}"


def test_a_corrected_project_begins_in_its_year_and_leaves_the_books_of_the_unit(centre: Unit) -> None:
    then = horizon()
    said = live(ProjectDetails).get()
    correct(said, ProjectRecord(**{**TASK, "since_year": 2021, "through_department": False}), WHY)
    assert read_book(centre, 2020).projects == []
    assert read_book(centre, 2021).outside == {"P1"}
    assert [one.code for one in read_book(centre, 2020, then).projects] == ["P1"]
    assert read_book(centre, 2020, then).outside == frozenset()


def test_a_correction_keeps_the_code_wants_a_reason_and_is_made_once(centre: Unit) -> None:
    said = live(UnitDetails).get()
    assert refused(correct, said, UnitRecord(**{**CENTRE, "code": "U2"}), WHY) == ["BUD-116"]
    assert refused(correct, said, UnitRecord(**{**CENTRE, "kind": "公司"}), WHY) == ["BUD-110"]
    assert refused(correct, said, UnitRecord(**CENTRE), DOOR) == ["BUD-114"]
    task = live(ProjectDetails).get()
    assert refused(correct, task, ProjectRecord(**{**TASK, "unit": "U9"}), WHY) == ["BUD-116"]
    correct(said, UnitRecord(**{**CENTRE, "superior": "某县人社局"}), WHY)
    assert refused(correct, said, UnitRecord(**CENTRE), WHY) == ["BUD-113"]
    assert refused(withdraw, said, WHY) == ["BUD-113"]


def test_what_is_withdrawn_is_unknown_until_it_is_registered_again(centre: Unit) -> None:
    assert refused(withdraw, live(UnitDetails).get(), WHY) == ["BUD-115"]  # its project stands
    withdraw(live(ProjectDetails).get(), WHY)
    withdraw(live(UnitDetails).get(), WHY)
    assert not Unit.objects.exists()
    assert not Project.objects.exists()
    assert refused(register_projects, [ProjectRecord(**TASK)], DOOR) == ["BUD-101"]
    register_units([UnitRecord(**{**CENTRE, "name": "某县社保中心"})], DOOR)
    register_projects([ProjectRecord(**TASK)], DOOR)
    assert (Unit.objects.get().pk, Unit.objects.get().name) == (centre.pk, "某县社保中心")
    assert Project.objects.get().name == "经费项目"


def test_nothing_in_use_is_withdrawn_and_the_reader_is_told_what_is_left(sqlite_database: Database) -> None:
    load_folder(MIYI, DOOR)
    with pytest.raises(Refused, match=r"BUD-115.*项目\d+条.*预算指标\d+条.*支出100条"):
        withdraw(live(UnitDetails).get(), WHY)
    used = live(ProjectDetails).get(project__code="P04")
    with pytest.raises(Refused, match=r"BUD-115"):
        withdraw(used, WHY)


def test_a_project_with_goals_of_a_room_above_is_in_use(centre: Unit) -> None:
    goal = IndicatorRecord(
        level1="产出指标", level2="数量指标", name="培训次数", target="2", unit="次", weight=90
    )
    set_plans([PlanRecord(unit="U1", year=2020, project="P1", goal="办好培训", indicators=[goal])], DOOR)
    assert Plan.objects.get().project == Project.objects.get()
    with pytest.raises(Refused, match=r"BUD-115.*1条"):
        withdraw(live(ProjectDetails).get(), WHY)


@pytest.mark.parametrize("name", ["units", "projects"])
def test_a_code_stands_once_in_the_register_and_in_a_list(sqlite_database: Database, name: str, tmp_path: Path) -> None:  # fmt: skip
    head, first, *_rest = (MIYI / f"{name}.csv").read_text("utf-8").splitlines()
    if name == "projects":
        import_file(LISTS["units"], MIYI / "units.csv", DOOR, Defaults())
    path = tmp_path / f"{name}.csv"
    path.write_text("\n".join([head, first, first]) + "\n", "utf-8")
    errors = import_file(LISTS[name], path, DOOR, Defaults()).errors
    assert [(one.code, one.row) for one in errors] == [("BUD-111", 3)]
    assert not import_file(LISTS[name], MIYI / f"{name}.csv", DOOR, Defaults()).errors
    again = import_file(LISTS[name], MIYI / f"{name}.csv", DOOR, Defaults()).errors
    assert {one.code for one in again} == {"BUD-111"}
    assert "更正原来的一条" in again[0].message


def test_a_list_brought_twice_does_not_count_twice(sqlite_database: Database) -> None:
    load_folder(MIYI, DOOR)
    counts = Payment.objects.count(), Receipt.objects.count()
    for name in ("payments", "receipts", "appropriations", "receptions", "staffing", "published", "reasons"):
        errors = import_file(LISTS[name], MIYI / f"{name}.csv", DOOR, Defaults()).errors
        assert {one.code for one in errors} == {"BUD-112"}, name
    assert counts == (Payment.objects.count(), Receipt.objects.count())


def test_two_alike_in_one_list_are_told_apart_or_refused(sqlite_database: Database, tmp_path: Path) -> None:
    load_folder(MIYI, DOOR)
    head, first, *_rest = (MIYI / "receipts.csv").read_text("utf-8").splitlines()
    row = dict(zip(head.split(","), first.split(","), strict=True)) | {"凭证号": "收-900"}
    path = tmp_path / "receipts.csv"
    for notes, codes in ((("", ""), ["BUD-112"]), (("一", "二"), [])):
        lines = [",".join((row | {"摘要": note}).values()) for note in notes]
        path.write_text("\n".join([",".join(row | {"摘要": ""}), *lines]) + "\n", "utf-8")
        errors = import_file(LISTS["receipts"], path, DOOR, Defaults()).errors
        assert [one.code for one in errors] == codes
    assert Receipt.objects.filter(voucher="收-900").count() == 2
