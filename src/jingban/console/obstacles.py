"""Everything that keeps a year from being published, each with the page where it is mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jingban.budget.book import live
from jingban.budget.figures import KEY_CELLS, YearFigures
from jingban.budget.models import Unit
from jingban.disclosure.package import gather
from jingban.performance.models import Plan
from jingban.values.findings import Finding

LISTS = {
    "BUD-201": "payments",
    "BUD-203": "openings",
    "BUD-204": "payments",
    "BUD-205": "receptions",
    "BUD-207": "staffing",
    "BUD-209": "receipts",
    "BUD-211": "payments",
    "BUD-212": "payments",
    "BUD-213": "units",
    "BUD-214": "appropriations",
    "DIS-305": "published",
}
"""Code → the list where it is mended."""
NEW = {"BUD-206": "staffing", "BUD-210": "trips"}
"""Code → the list in which something must be entered."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing missing, and where it is entered."""

    finding: Finding
    url: str


def obstacles(unit: Unit, year: int, style: str) -> list[Obstacle]:
    """All of them, as the package itself would find them; errors first."""
    had = gather(unit, year, style, templates=templates())
    linked = [Obstacle(finding, url) for finding, url in _linked(unit, had.figures, had.found)]
    return sorted(linked, key=lambda one: one.finding.severity != "error")


def templates() -> Path | None:
    """The centre's own report templates, where it has some."""
    from django.conf import settings

    folder = Path(settings.CENTRE.home) / "模板"
    return folder if folder.is_dir() else None


def _linked(unit: Unit, figures: YearFigures, found: Iterable[Finding]) -> Iterable[tuple[Finding, str]]:
    unknown = iter([cell for cell in KEY_CELLS.values() if figures.prior(*cell) is None])
    for finding in found:
        if finding.code == "BUD-202":
            form, row, column = next(unknown)
            where = {"form": form, "row_key": row, "column": column, "year": figures.year - 1}
            yield finding, _entry("published", figures, **where)
        elif finding.code == "BUD-208":
            where = {"matter": finding.column, "function_code": finding.subject}
            yield finding, _entry("reasons", figures, **where)
        elif finding.code in NEW:
            yield finding, _entry(NEW[finding.code], figures)
        elif finding.code in LISTS:
            yield finding, reverse("book", args=[LISTS[finding.code]])
        elif finding.code.startswith("DIS-1"):
            yield finding, _entry("reasons", figures)
        else:
            yield finding, _plan(unit, figures.year, finding)


def _entry(name: str, figures: YearFigures, **given: Any) -> str:
    values = {"unit": figures.unit.code, "year": figures.year, **given, "back": reverse("year")}
    known = {key: value for key, value in values.items() if value not in (None, "")}
    return f"{reverse('new-row', args=[name])}?{urlencode(known)}"


def _plan(unit: Unit, year: int, finding: Finding) -> str:
    """The plan a finding names: by its project's name, or that of the unit as a whole."""
    for plan in live(Plan).filter(unit=unit, year=year).select_related("project"):
        name = plan.project.name if plan.project else "部门整体支出"
        if finding.subject == name:
            return reverse("plan", args=[plan.pk])
    return reverse("plans")
