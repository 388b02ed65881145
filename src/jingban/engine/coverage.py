"""Refuse before running when the law has a hole: every region in scope needs every needed parameter in every month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from jingban.policy import Policy
from jingban.policy.absence import absence
from jingban.policy.closing import Stretch, without
from jingban.policy.tables import PARTS_OF, SCALARS, TABLE_OF
from jingban.rules.loader import Row, Step
from jingban.rules.relations import RELATIONS
from jingban.values.findings import Finding, Refused

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
# A grant at death matters in the months in which somebody in scope died.
_DEATHS = """
SELECT p.region_id, d.death_month AS first_month, d.death_month AS last_month
FROM f_death d
CROSS JOIN f_run r
JOIN f_person p ON p.person_id = d.person_id
JOIN f_scope s ON s.person_id = d.person_id AND s.from_month <= d.death_month AND d.death_month < s.to_month
WHERE d.death_month <= r.payroll_month
GROUP BY p.region_id, d.death_month
"""
_REGIONS = "SELECT region_id FROM f_person GROUP BY region_id"


def check_coverage(fetch: Fetch, plan: Sequence[Step], law: Policy | None = None) -> None:
    """Raises ``Refused`` with one ENG-101 finding for each parameter and region: its holes, and what closes them."""
    needed = {(need, step.name) for step in plan for need in step.needs}
    holes: dict[tuple[str, int], list[Stretch]] = {}
    asked = cache(lambda: fetch(_REGION_MONTHS))  # reads through everybody in scope
    for need, step_name in sorted(needed):
        columns = RELATIONS[need]
        if step_name == "award_proposal":
            found = _proposed(fetch, need)
        elif "from_month" not in columns:
            found = _yearly(fetch, need, lambda: sorted(year for (year,) in fetch("SELECT year FROM f_year")))
        elif step_name == "certificate":
            found = _monthly(fetch, need, [(region, last, last) for region, _first, last in asked()])
        elif step_name == "funeral_due":
            found = _monthly(fetch, need, fetch(_DEATHS))
        else:
            found = _monthly(fetch, need, asked())
        for region, stretches in found:
            holes.setdefault((need, region), []).extend(stretches)
    for key, region in _scalars(fetch, {key for step in plan for key in step.law_keys}):
        holes.setdefault((key, region), [])
    findings = [_finding(need, region, stretches, law) for (need, region), stretches in sorted(holes.items())]
    if findings:
        raise Refused(findings[:SHOWN_AT_MOST])


def _monthly(fetch: Fetch, need: str, asked: Iterable[Row]) -> Iterator[tuple[int, list[Stretch]]]:
    """Region -> the months asked (region, first, last) that no row covers."""
    spans: dict[int, list[Stretch]] = {}
    for region, start, end in fetch(f"SELECT region_id, from_month, to_month FROM {need}"):
        spans.setdefault(region, []).append((start, end))
    for region, first, last in asked:
        if first <= last and (left := without((first, last + 1), spans.get(region, []))):
            yield region, left


def _proposed(fetch: Fetch, need: str) -> Iterator[tuple[int, list[Stretch]]]:
    """What a proposal needs: the law of the payroll month, in every region of the persons asked about."""
    ((payroll,),) = fetch("SELECT payroll_month FROM f_run")
    if "from_month" in RELATIONS[need]:
        return _monthly(fetch, need, [(region, payroll, payroll) for (region,) in fetch(_REGIONS)])
    return _yearly(fetch, need, lambda: [payroll // 12])


def _yearly(fetch: Fetch, need: str, asked: Callable[[], list[int]]) -> Iterator[tuple[int, list[Stretch]]]:
    """Parameters by year (``year`` or ``from_year``/``to_year``) for every year asked; others need one row a region."""
    columns = RELATIONS[need]
    wanted = [region for (region,) in fetch(_REGIONS)]
    if "year" in columns or "from_year" in columns:
        low, high = ("year", "year + 1") if "year" in columns else ("from_year", "to_year")
        known = fetch(f"SELECT region_id, {low}, {high} FROM {need}")
        years = asked()
        for region in wanted:
            left = [y for y in years if not any(r == region and start <= y < end for r, start, end in known)]
            if left:
                yield region, [(12 * year, 12 * year + 12) for year in left]
        return
    covered = {region for (region,) in fetch(f"SELECT region_id FROM {need} GROUP BY region_id")}
    yield from ((region, []) for region in wanted if region not in covered)


def _scalars(fetch: Fetch, keys: set[str]) -> list[tuple[str, int]]:
    """A plain parameter that steps read must have a value in every region; when it began is the step's own affair."""
    if not keys:
        return []
    known = set(fetch("SELECT region_id, key FROM p_scalar GROUP BY region_id, key"))
    regions_asked = [region for (region,) in fetch(_REGIONS)]
    return [
        (key, region)
        for key in sorted(keys)
        for region in regions_asked
        if (region, SCALARS[key]) not in known
    ]


def _finding(need: str, region: int, stretches: list[Stretch], law: Policy | None) -> Finding:
    code = f"{region:06d}"
    return absence("ENG-101", _parameter(need, code, stretches, law), code, stretches, law=law)


def _parameter(need: str, code: str, stretches: list[Stretch], law: Policy | None) -> str:
    """The parameter that leaves a relation without its row: of several that make it, the first without a value."""
    parts = PARTS_OF.get(need, ())
    if law is not None and stretches:
        for name in parts:
            if law.silent(name, code, stretches[0][0]):
                return name
    return TABLE_OF.get(need, need)
