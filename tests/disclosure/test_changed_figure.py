"""Any single figure changed in a generated document is found, and the finding points at the place.

A sample of every document and format that moves with these tests; ``CHANGED_FIGURES=all`` tries every figure of them (an
hour of one processor). What no sum, rate or second place can tell is named in ``UNCHECKABLE`` with its reason.
"""

from __future__ import annotations

import os
import random
from decimal import Decimal
from pathlib import Path

import pytest

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.disclosure.basedata import base_report
from jingban.disclosure.model import Report
from jingban.disclosure.report import build
from jingban.disclosure.selfeval import evaluations
from tests.disclosure.changing import Document, Place, check, located, untold
from tests.support.databases import Database

FORMATS = ("txt", "html", "docx", "xlsx")
EACH = os.environ.get("CHANGED_FIGURES", "6")
ON_PAPER = os.environ.get("CHANGED_FIGURES", "2")
"""PDF is laid out anew for each change, so fewer are tried, in the documents of few pages."""
UNTOLD_MAX = 0.02


@pytest.fixture
def district(shifeng: Database) -> Report:
    figures = YearFigures(Unit.objects.get(), 2020)
    return build(figures, "hunan", annexes=[base_report(figures)])


@pytest.fixture
def county(reviewed: Unit) -> list[Report]:
    """The whole report with its annexes, and every annex and form alone."""
    figures = YearFigures(reviewed, 2020)
    base, made = base_report(figures), evaluations(reviewed, 2020)
    return [build(figures, "sichuan", annexes=[base, *made.annexes]), base, *made.annexes, *made.forms]


def _missed(document: Document, folder: Path, sample: random.Random, each: str) -> list[tuple[str, ...]]:
    """Of ``each`` figures (or ``all``) changed one by one: those not found or found elsewhere."""
    clean = check(document.write(folder / "whole"))
    assert not clean.findings
    assert clean.verified == clean.checkable > 0
    places = [place for place in document.places if not untold(document, place)]
    drawn = places if each == "all" else sample.sample(places, min(int(each), len(places)))
    return [one for place in drawn if (one := _tried(document, place, folder, sample))]


def _tried(document: Document, place: Place, folder: Path, sample: random.Random) -> tuple[str, ...] | None:
    change = Decimal(sample.randint(150, 9_000)).scaleb(-2) * sample.choice((1, -1))
    new = place.changed(change)
    found = check(document.write(folder / "changed", (place, new)))
    if found.findings and located(document, place, new, found):
        return None
    return document.form, place.where, new, *(one.problem.message for one in found.findings)


@pytest.mark.parametrize("form", FORMATS)
def test_a_changed_figure_of_the_district_report_is_found_and_located(
    district: Report, tmp_path: Path, sample: random.Random, form: str
) -> None:
    assert _missed(Document(district, form), tmp_path, sample, EACH) == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_changed_figure_of_the_county_documents_is_found_and_located(
    county: list[Report], tmp_path: Path, sample: random.Random, form: str
) -> None:
    whole, *alone = county
    assert _missed(Document(whole, form), tmp_path, sample, EACH) == []
    for report in alone:
        assert _missed(Document(report, form), tmp_path, sample, EACH) == []


def test_a_changed_figure_on_paper_is_found_and_located(
    county: list[Report], tmp_path: Path, sample: random.Random
) -> None:
    for report in county[1:]:
        assert _missed(Document(report, "pdf"), tmp_path, sample, ON_PAPER) == []


def test_what_cannot_be_told_is_a_small_rest_with_its_reasons(county: list[Report], district: Report) -> None:
    for report in (county[0], district):
        document = Document(report, "txt")
        rest = [place.where for place in document.places if untold(document, place)]
        assert len(rest) < UNTOLD_MAX * len(document.places) > 10, rest


@pytest.fixture
def sample() -> random.Random:
    """The same places on every run of one version of the tests, others in the next."""
    return random.Random(len(Path(__file__).read_text("utf-8")))
