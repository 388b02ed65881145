"""Refuse before running when the law has a hole: every region in scope needs every needed parameter in every month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from jingban.policy.tables import SCALARS
from jingban.rules.loader import Row, Step
from jingban.rules.relations import RELATIONS
from jingban.values import regions
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

Fetch = Callable[[str], list[Row]]
SHOWN_AT_MOST = 20

# The months that can matter in each region: from the first entitlement month in scope to the payroll month, or to the last
# month of the dead where nobody else is looked at.
_REGION_MONTHS = """
SELECT p.region_id, MIN(CASE WHEN s.from_month > a.start_month THEN s.from_month ELSE a.start_month END) AS first_month,
       MAX(CASE WHEN e.death_month < r.payroll_month THEN e.death_month ELSE r.payroll_month END) AS last_month
FROM f_scope s
CROSS JOIN f_run r
JOIN f_award a ON a.person_id = s.person_id
JOIN f_person p ON p.person_id = s.person_id
LEFT JOIN f_death e ON e.person_id = s.person_id
WHERE a.start_month <= r.payroll_month AND s.from_month <= r.payroll_month
    AND NOT EXISTS (SELECT 1 FROM f_death d WHERE d.person_id = s.person_id
                    AND (d.death_month < s.from_month OR d.death_month < a.start_month))
GROUP BY p.region_id
"""
_REGIONS = "SELECT region_id FROM f_person GROUP BY region_id"


def check_coverage(fetch: Fetch, plan: Sequence[Step]) -> None:
    """Raises ``Refused`` with one ENG-101 finding for each parameter, region and hole."""
    needed = {(need, step.name) for step in plan for need in step.needs}
    findings: list[Finding] = []
    asked = cache(lambda: fetch(_REGION_MONTHS))  # reads through everybody in scope
    for need, step_name in sorted(needed):
        columns = RELATIONS[need]
        if "from_month" in columns and step_name == "certificate":
            findings += _monthly(fetch, need, asked(), payroll_only=True)
        elif "from_month" in columns:
            findings += _monthly(fetch, need, asked(), payroll_only=False)
        else:
            findings += _yearly(fetch, need)
    findings += _scalars(fetch, {key for step in plan for key in step.law_keys})
    if findings:
        raise Refused(findings[:SHOWN_AT_MOST])


def _monthly(fetch: Fetch, need: str, asked: list[Row], *, payroll_only: bool) -> list[Finding]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for region, start, end in fetch(f"SELECT region_id, from_month, to_month FROM {need}"):
        spans.setdefault(region, []).append((start, end))
    found = []
    for region, first, last in asked:
        first = last if payroll_only else first
        hole = _first_hole(spans.get(region, []), first, last)
        if hole is not None:
            found.append(_finding(need, region, format_month(hole)))
    return found


def _yearly(fetch: Fetch, need: str) -> list[Finding]:
    """Parameters by year (``year`` or ``from_year``/``to_year``) for every year asked; others need one row a region."""
    columns = RELATIONS[need]
    wanted = [region for (region,) in fetch(_REGIONS)]
    if "year" in columns or "from_year" in columns:
        low, high = ("year", "year + 1") if "year" in columns else ("from_year", "to_year")
        known = fetch(f"SELECT region_id, {low}, {high} FROM {need}")
        years = [year for (year,) in fetch("SELECT year FROM f_year")]
        return [
            _finding(need, region, str(year))
            for region in wanted
            for year in sorted(years)
            if not any(r == region and start <= year < end for r, start, end in known)
        ]
    covered = {region for (region,) in fetch(f"SELECT region_id FROM {need} GROUP BY region_id")}
    return [_finding(need, region, "——") for region in wanted if region not in covered]


def _scalars(fetch: Fetch, keys: set[str]) -> list[Finding]:
    """A plain parameter that steps read must have a value in every region; when it began is the step's own affair."""
    if not keys:
        return []
    known = set(fetch("SELECT region_id, key FROM p_scalar GROUP BY region_id, key"))
    regions_asked = [region for (region,) in fetch(_REGIONS)]
    return [
        _finding(key, region, "——")
        for key in sorted(keys)
        for region in regions_asked
        if (region, SCALARS[key]) not in known
    ]


def _first_hole(spans: list[tuple[int, int]], first: int, last: int) -> int | None:
    reached = first
    for start, end in sorted(spans):
        if start > reached:
            break
        reached = max(reached, end)
    return None if reached > last else reached


def _finding(need: str, region: int, when: str) -> Finding:
    return Finding(
        "ENG-101",
        _("缺少政策参数 {parameter}：{region}（{code:06d}），{when}；补齐有出处的参数后再运行").format(
            parameter=need, region=regions.name(region), code=region, when=when
        ),
    )
