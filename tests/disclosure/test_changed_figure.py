"""Any single figure changed in a generated document is found, and the finding points at the place.

Trying every figure takes minutes (raise ``EACH``); here is a sample of each format that moves with these tests. What no
identity, table or rate can tell is listed by name in ``UNCHECKABLE``: it is no figure of a sum.
"""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.disclosure.basedata import base_report
from jingban.disclosure.model import Report
from jingban.disclosure.report import build
from tests.disclosure.changing import Document, check, checkable, located
from tests.support.databases import Database

FORMATS = ("txt", "html", "docx", "xlsx")
EACH = 9


@pytest.fixture
def district(shifeng: Database) -> Report:
    figures = YearFigures(Unit.objects.get(), 2020)
    return build(figures, "hunan", annexes=[base_report(figures)])


@pytest.fixture
def county(miyi: Database) -> Report:
    figures = YearFigures(Unit.objects.get(), 2020)
    return build(figures, "sichuan", annexes=[base_report(figures)])


def _holds(report: Report, form: str, folder: Path, sample: random.Random) -> None:
    document = Document(report, form)
    clean = check(document.write(folder / "whole"))
    assert not clean.findings
    places = [place for place in document.places if checkable(place)]
    assert len(places) > 0.9 * len(document.places) > 300
    missed = []
    for place in sample.sample(places, EACH):
        new = place.changed(Decimal(sample.randint(150, 9_000)).scaleb(-2))
        found = check(document.write(folder / "changed", (place, new)))
        if not found.findings or not located(document, place, new, found):
            missed.append((form, place.where, place.text, new))
    assert not missed


def test_a_changed_figure_of_the_district_report_is_found_and_located(
    district: Report, tmp_path: Path, sample: random.Random
) -> None:
    for form in FORMATS:
        _holds(district, form, tmp_path, sample)


def test_a_changed_figure_of_the_county_report_is_found_and_located(
    county: Report, tmp_path: Path, sample: random.Random
) -> None:
    for form in FORMATS:
        _holds(county, form, tmp_path, sample)


def test_what_cannot_be_checked_is_a_small_named_rest(county: Report, district: Report) -> None:
    for report in (county, district):
        document = Document(report, "txt")
        rest = [place for place in document.places if not checkable(place)]
        assert 0 < len(rest) < 0.03 * len(document.places), [place.where for place in rest]


@pytest.fixture
def sample(pytestconfig: pytest.Config) -> random.Random:
    """The same places on every run of one version of the tests, others in the next."""
    return random.Random(len(Path(__file__).read_text("utf-8")))
