"""The whole year on a thin county: everything that happens happens, the ledgers come to the plan, a killed year goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from jingban.cli.county import integers, outreach, schedule
from jingban.cli.county import targets as t
from jingban.cli.county.build import REGION, expected_fen, expected_person_months
from jingban.cli.county.calendar import listings
from jingban.cli.county.result import Result, collect
from jingban.cli.county.step import Place, Step
from jingban.cli.county.steps import steps
from jingban.cli.county.write import write
from jingban.cli.year import result_json
from jingban.payments.models import Clearance, OrderStatus, Run
from jingban.store import audit
from jingban.store.models import Origin
from tests.support.county import thin
from tests.support.databases import Database

OVERLAY = Path("demo/miyi-2020")


@pytest.fixture
def place(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(settings.CENTRE, "overlays", [OVERLAY])
    return Place(tmp_path / "year", thin(), int(REGION))


class Killed(Exception):
    """Stands for kill -9: nothing after it runs."""


def _walk(place: Place, until: str | None = None) -> None:
    for step in steps(place, write(place.county, place.sample)):
        if step.key == until:
            raise Killed
        if not step.done():
            step.act()


def test_the_year_comes_to_the_plan_and_goes_on_after_a_kill(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Killed):
        _walk(place, until="run:2020-03:file")
    known = Origin.objects.count()
    # The bank file's state moved, but the process died before the file was there.
    from jingban.payments.services import bank_file

    def dies(path: Path, content: bytes) -> None:
        raise Killed

    monkeypatch.setattr(bank_file, "_replace", dies)
    with pytest.raises(Killed):
        _walk(place)
    monkeypatch.undo()
    monkeypatch.setattr(settings.CENTRE, "overlays", [OVERLAY])
    assert Origin.objects.count() == known + 1
    _walk(place)
    done = Origin.objects.count()
    _walk(place)
    assert Origin.objects.count() == done

    result = collect(place)
    assert [proof.id for proof in result.proofs if not proof.holds] == []
    _compare(place, result)
    runs = Run.objects.order_by("payroll_month")
    assert [run.state for run in runs] == ["settled"] * 12
    assert all(run.maker != run.checker for run in runs)
    _back_pay(place)
    _files(place)


def _compare(place: Place, result: Result) -> None:
    """Whatever depends only on persons with a role is as published; totals are those of the thin county's plan."""
    values = {figure.id: figure.reproduced for figure in result.figures}
    assert values["person_months"] == expected_person_months(place.county)
    assert int(values["paid"] * 100) == expected_fen(place.county)
    published = (
        "awards", "terminations", "special_awards", "resumptions", "transfers_out", "fishers", "fishers_resident",
        "fishers_employee", "fishers_none", "fishers_recalculated", "land_recalculated", "not_certified",
        "overpaid_persons", "overpaid_recovered", "consultations", "benefit_reviews", "special_matters", "changes",
        "message_rounds", "published_rate",
    )  # fmt: skip
    assert {name: values[name] for name in published} == {
        figure.id: figure.published for figure in result.figures if figure.id in published
    }
    assert values["to_certify"] == values["certified"] + t.NOT_CERTIFIED
    helped = [p for p in (*place.county.contributors, *place.county.newcomers) if {1, 2, 3} & set(p.groups)]
    assert values["government_paid"] == len([p for p in helped if not p.role])
    assert values["government_paid_amount"] == values["government_paid"] * 100
    shown = result_json(result)
    assert {"id", "label", "unit", "published", "reproduced"} == set(shown["figures"][0])
    assert {"id", "holds", "left", "right"} == set(shown["proofs"][0])
    _service(result)


def _service(result: Result) -> None:
    """Handling takes days, a few matters are late, some wait at the end; the auditors find who was planted."""
    handled = {row.kind: row for row in result.service.handled}
    assert {
        "fisher_subsidy",
        "land_lost_subsidy",
        "special_matter",
        "life_certification",
        "repayment",
    } <= handled.keys()
    assert handled["fisher_subsidy"].done == sum(t.FISHERS)
    assert handled["resumption"].done == t.RESUMED
    assert handled["suspension"].done == integers.UNREACHABLE + integers.PRISON[2]
    assert 90 < handled["enrolment"].on_time < 100
    assert handled["award"].mean_days > 3
    assert result.service.backlog == sum(row.open for row in handled.values()) == 2 * integers.BACKLOG
    assert sum(row.returned for row in handled.values()) > 0
    looked = {row.kind: row for row in result.service.looked}
    late = sum(count for *_months, count in (*integers.LATE_BEFORE, *integers.LATE_CAMPAIGN))
    assert looked["death"].true == sum(count for *_months, count in integers.LATE_BEFORE)
    assert looked["death"].false > 0
    assert looked["dead_but_paid"].true == late
    assert looked["dual_receipt"].true == looked["dual_paid"].true == integers.DUAL[2]
    assert looked["prison"].true == looked["prison_paid"].true == integers.PRISON[2]
    assert looked["identity_invalid"].true == integers.WRONG_SEX
    assert looked["objection"].false == len(outreach.OBJECTIONS)
    assert all(row.closed == row.found == row.true + row.false for row in looked.values())
    assert result.service.recovered_fen == t.OVERPAID_FEN


def _back_pay(place: Place) -> None:
    """The July standard is paid in October, with three months of arrears for everybody who was in receipt since."""
    october = Run.objects.get(payroll_month=schedule.HELD_FROM)
    september = Run.objects.get(payroll_month=schedule.HELD_FROM - 1)
    arrears = [part for part in october.report["back_pay"] if part["cause"] == "standard"]
    assert arrears
    assert arrears[0]["amount_fen"] >= 1_500 * arrears[0]["persons"] * 9 // 10
    assert not [part for part in september.report["back_pay"] if part["cause"] == "standard"]
    failed = OrderStatus.objects.filter(status="failed").count()
    assert failed == sum(integers.FAILED)


def _files(place: Place) -> None:
    assert len(list(place.bank.glob("*.txt"))) == 24
    townships = {path.parent.name for path in place.sheets.glob("*/*.xlsx")}
    assert len(townships) == 11
    assert len(list((place.sheets / "收回").glob("*.csv"))) == 6
    assert len(list(place.messages.glob("*.csv"))) == t.MESSAGE_ROUNDS
    assert len(list(place.reminders.glob("*.xlsx"))) == 12
    assert Clearance.objects.count() == 12
    assert not [line for one in Clearance.objects.all() for line in one.warnings]
    links, broken = audit.verify()
    assert links > 5_000
    assert broken is None


def test_steps_are_in_order_and_have_keys_of_their_own(place: Place) -> None:
    made: list[Step] = steps(place, listings(place.county))
    assert [step.when for step in made] == sorted(step.when for step in made)
    assert len({step.key for step in made}) == len(made)
    assert made[0].when.year == t.YEAR - 1
