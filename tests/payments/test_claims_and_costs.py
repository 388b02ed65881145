"""What each level owes for a year, and what another law would cost: by the rules that pay, to the fen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import python_calamine
from click.testing import CliRunner
from django.conf import settings

from jingban.cli.main import root
from jingban.payments.claims import claims, tables
from jingban.payments.costs import change_of, cost, write_overlay
from jingban.payments.services.credit import post, review
from jingban.payments.services.credit import preview as preview_credit
from jingban.registry import law
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.howto import commands
from tests.support.people import door, recipient, record, register
from tests.support.runs import COUNTY, draft, lines, paid

JAN = month(2020, 1)
TODAY = dt.date(2020, 3, 15)
CENTRAL, PROVINCE, COUNTY_PAYER = 1, 2, 4


@pytest.fixture(autouse=True)
def demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample county's overlay: everything about the county has a share."""
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020")])
    monkeypatch.setattr(settings.CENTRE, "region", "510421")


def refused(code: str, step: object, *args: object, **more: object) -> None:
    with pytest.raises(Refused) as caught:
        step(*args, **more)  # type: ignore[operator]
    assert [finding.code for finding in caught.value.findings] == [code]


def test_the_claims_of_a_year_are_what_is_paid_in_it(database: Database, tmp_path: Path) -> None:
    """Two months for two people: by layer and payer the money of the runs (the account pension is the person's own)."""
    _a, _b, c = register(recipient(1), recipient(2), record(3))
    day = dt.date(2020, 2, 3)
    record_contributions(
        [ContributionRecord(person=c, amount_fen=20_000, year=2020, paid_on=day, arrived_on=day)], door(day)
    )
    made = [paid(JAN + n, tmp_path) for n in range(2)]
    owed = sum(fen for run in made for (_p, item, _m), (fen, _c) in lines(run).items() if item < 201)
    found = claims(COUNTY, 2020, through=JAN + 1)
    assert sum(row[-1] for row in found.basic) == owed
    central = [row for row in found.basic if row[1] == 101]
    assert {row[4] for row in central} == {CENTRAL}
    assert sum(row[3] for row in central) == 4  # person-months
    assert [(row[0], row[1]) for row in found.subsidies][:1] == [(20_000, 1)]
    assert sum(row[-1] for row in found.subsidies) == 4_000
    whole = next(iter(tables(found)))
    assert sum(whole.total[2].values()) == owed + 4_000


def test_a_raise_costs_what_a_run_then_pays(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10 yuan more from February: reckoned before; then the overlay becomes the law and the run of April pays just that."""
    register(recipient(1), recipient(2))
    for number in range(3):
        last = paid(JAN + number, tmp_path)
    change = change_of(["county=10"], [], "", JAN + 1, JAN + 3)
    overlay = write_overlay(COUNTY, change, tmp_path / "提高", TODAY)
    found = cost(COUNTY, change, overlay)
    assert (found.persons, found.months, found.amount_fen) == (2, 6, 6_000)
    assert [(row[0], row[1], row[3], row[4], row[5]) for row in found.rows] == [
        (0, 104, COUNTY_PAYER, 2, 2_000), (1, 104, COUNTY_PAYER, 4, 4_000),
    ]  # fmt: skip
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020"), overlay])
    after = draft(JAN + 3)
    assert after.amount_fen - last.amount_fen == found.amount_fen
    basic = law.tables(COUNTY, dt.date.max)["basic"]
    assert [(row[3], row[4], row[5]) for row in basic if row[1] == 51042181] == [(JAN + 1, JAN + 4, 1_000)]


def test_other_parameters_are_reckoned_too(sqlite_database: Database, tmp_path: Path) -> None:
    """A layer there is, set to another amount; the subsidy of a tier, on the contributions of a year."""
    _a, c = register(recipient(1, birth=dt.date(1935, 5, 3)), record(2))
    day = dt.date(2020, 2, 3)
    record_contributions(
        [ContributionRecord(person=c, amount_fen=20_000, year=2020, paid_on=day, arrived_on=day)], door(day)
    )
    change = change_of([], ["sichuan-age-80=8"], "", month(2020, 8), month(2020, 9))
    found = cost(COUNTY, change, write_overlay(COUNTY, change, tmp_path / "a", TODAY))
    assert (found.persons, found.months, found.amount_fen) == (1, 2, 600)
    assert {(row[1], row[3]) for row in found.rows} == {(105, PROVINCE)}
    change = change_of([], ["subsidy.200=55"], "", month(2021, 1), None)
    found = cost(COUNTY, change, write_overlay(COUNTY, change, tmp_path / "b", TODAY))
    assert found.amount_fen == 0
    assert sum(row[-1] for row in found.subsidies) == 1_500
    assert {row[0] for row in found.subsidies} == {20_000}


def test_what_cannot_be_reckoned_is_refused(sqlite_database: Database, tmp_path: Path) -> None:
    for raises, sets, payers, code in (
        ([], [], "", "POL-301"), (["village=1"], [], "", "POL-302"), (["county=x"], [], "", "POL-302"),
        (["county=1.001"], [], "", "POL-302"), (["county=1"], [], "nobody:1", "POL-302"),
    ):  # fmt: skip
        refused(code, change_of, raises, sets, payers, JAN, None)
    refused("POL-302", change_of, ["county=1"], [], "", JAN, JAN - 1)
    for sets, code in ((["no-layer=5"], "POL-303"), (["subsidy.250=50"], "POL-304")):
        refused(code, write_overlay, COUNTY, change_of([], sets, "", JAN, None), tmp_path / code, TODAY)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    refused(
        "POL-305", write_overlay, COUNTY, change_of(["county=1"], [], "", JAN, None), tmp_path / "full", TODAY
    )


def test_the_page_on_claims_and_costs_is_true(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command of the page, in its order."""
    monkeypatch.chdir(tmp_path)
    (person, c) = register(recipient(1), record(2))
    assert person
    day = dt.date(2020, 2, 3)
    record_contributions(
        [ContributionRecord(person=c, amount_fen=20_000, year=2020, paid_on=day, arrived_on=day)], door(day)
    )
    paid(JAN, tmp_path)
    one = preview_credit(COUNTY, 401, 2020, door(day))
    review(one.pk, door(day, "checker"))
    post(one.pk, door(day, "checker"))
    # the shipped law of Sichuan ends with 2020: for later months a centre has an overlay of its own
    typed = commands("claims-and-costs", {"2027-01": "2020-08", "2027-12": "2020-12"})
    assert [line[0] for line in typed] == [
        "claims",
        "claims",
        "policy",
        "policy",
        "policy",
        "policy",
        "replay",
        "replay",
    ]
    for line in typed:
        result = CliRunner().invoke(root, line)
        assert result.exit_code == 0, (line, result.output)
    book = python_calamine.load_workbook(str(tmp_path / "测算2020.xlsx"))
    assert "基础养老金各层" in book.sheet_names
    assert "逐行相同" in result.output
