"""Any single figure changed in a generated document is found, and the finding points at the place."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.checker.context import Context
from jingban.checker.run import Report, check_context
from jingban.checker.service import read_file
from jingban.disclosure.output.html import page
from jingban.disclosure.output.text import text
from jingban.disclosure.report import build
from jingban.disclosure.rows import Rows
from tests.support.databases import Database

FIGURE = re.compile(r"(?<![\d.])\d+\.\d\d(?!\d)")
changes = st.integers(150, 9_000).map(lambda cents: Decimal(cents).scaleb(-2))
"""From 1.50 万元 up: smaller changes may hide in the rounding of a sum of many rows."""


@pytest.fixture
def documents(shifeng: Database) -> tuple[str, str]:
    figures = YearFigures(Unit.objects.get(), 2020)
    report = build(figures, "hunan")
    return text(report), page(report, Rows(figures.book))


def _new(place: re.Match[str], change: Decimal, after: str) -> str:
    """A rate of figures as small as 0.20 万元 is only known to some points, so a changed rate moves further."""
    return f"{Decimal(place[0]) + change * (10 if after == '%' else 1):.2f}"


def _check(content: str, path: Path) -> Report:
    path.write_text(content, "utf-8")
    return check_context(Context(read_file(path)))


def _touched(report: Report) -> set[int | None]:
    lines: set[int | None] = set()
    for finding in report.findings:
        for problem in (finding.problem, *finding.merged):
            lines |= {problem.source.line, *(source.line for source in problem.related)}
    return lines


def test_a_changed_figure_of_the_text_is_found_and_located(
    documents: tuple[str, str], tmp_path: Path
) -> None:
    content = documents[0]
    places = list(FIGURE.finditer(content))
    assert len(places) > 400
    assert not _check(content, tmp_path / "whole.txt").findings

    @given(st.sampled_from(places), changes)
    @settings(
        max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    def holds(place: re.Match[str], change: Decimal) -> None:
        new = _new(place, change, content[place.end()])
        changed = content[: place.start()] + new + content[place.end() :]
        report = _check(changed, tmp_path / "changed.txt")
        line = content[: place.start()].count("\n") + 1
        assert report.findings, (line, place[0], new)
        assert line in _touched(report), (line, place[0], new)

    holds()


def test_a_changed_figure_of_the_web_page_is_found(documents: tuple[str, str], tmp_path: Path) -> None:
    content = documents[1]
    places = list(re.finditer(r'(?<=">)\d+\.\d\d(?=</a>)', content))
    assert len(places) > 400

    @given(st.sampled_from(places), changes)
    @settings(
        max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    def holds(place: re.Match[str], change: Decimal) -> None:
        new = _new(place, change, content[place.end() + 4])
        report = _check(content[: place.start()] + new + content[place.end() :], tmp_path / "changed.html")
        said = " ".join(
            " ".join((problem.message, problem.stated, problem.quote, *map(str, problem.details)))
            for finding in report.findings
            for problem in (finding.problem, *finding.merged)
        )
        assert report.findings, (place[0], new)
        assert new in said or new.rstrip("0").rstrip(".") in said, (place[0], new, said[:300])

    holds()
