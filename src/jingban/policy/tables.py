"""Compiles parameters into the int64 relations ``p_…`` that rules read (docs/internals/relations.md).

One function per relation; each yields rows for one county. A parameter nobody could source yields no row: the engine
then refuses to run a rule that needs it, and names it.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator

from jingban.policy.catalogue import CATALOGUE, GRANT_BASES, GROUPS, PAYERS, SHARED_FLOWS, YEARS_COUNTED
from jingban.policy.lookup import LAYERED, Policy, Span
from jingban.policy.model import Grant, Layer, TierScale
from jingban.values.months import FOREVER, month, of_date, year_of
from jingban.values.regions import normalise

Row = tuple[int, ...]
FOREVER_YEAR = year_of(FOREVER)
NO_GRANT = Grant(0, 0)

SCALARS: dict[str, int] = {
    "pension_age": 2,
    "required_years": 3,
    "age_rounding": 4,
    "draw_order": 7,
    "interest_interim": 8,
    "interest_true_up": 9,
    "heirs_include_subsidy": 10,
    "catch_up_subsidy": 20,
    "catch_up_back_pay": 25,
    "dual_receipt_reclaims": 56,
    "join_age": 1,
}
"""``p_scalar.key``: plain parameters that steps read, by number (``LAW_PENSION_AGE`` in a step). Numbers are for ever."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "basic": ("region_id", "layer", "item", "from_month", "to_month", "amount_fen"),
    "age": (
        "region_id",
        "layer",
        "item",
        "from_age",
        "to_age",
        "from_month",
        "to_month",
        "amount_fen",
        "measured",
        "group_id",
    ),
    "years": ("region_id", "layer", "item", "from_month", "to_month", "base_years", "unit_fen", "counts"),
    "share": ("region_id", "layer", "from_month", "to_month", "payer", "ppm"),
    "divisor": ("region_id", "from_month", "to_month", "age", "divisor"),
    "redivisor": ("region_id", "from_month", "to_month", "age", "divisor"),
    "launch": ("region_id", "launch_month"),
    "tier": ("region_id", "from_year", "to_year", "tier_fen", "subsidy_fen", "hardship_only"),
    "scale": ("region_id", "from_year", "to_year", "tier_fen", "hardship_only", "listed"),
    "daijiao": ("region_id", "group_id", "from_year", "to_year", "amount_fen", "priority", "test"),
    "interest": ("region_id", "year", "rate_ppm", "current_ppm", "delta_in", "delta_out", "rounding"),
    "cycle": ("region_id", "from_month", "to_month", "cycle_months"),
    "waiver": ("region_id", "from_month", "to_month"),
    "funeral": (
        "region_id",
        "from_month",
        "to_month",
        "fixed_fen",
        "basic_months",
        "base",
        "contributor_years",
    ),
    "scalar": ("region_id", "key", "from_month", "to_month", "value"),
}
TABLE_OF: dict[str, str] = {
    "p_basic": "basic_pension", "p_age": "age_supplement", "p_years": "years_supplement", "p_divisor": "account_divisor",
    "p_launch": "scheme_launch", "p_tier": "contribution_tiers", "p_daijiao": "daijiao_amount", "p_interest": "interest_rate",
    "p_cycle": "certification_cycle", "p_redivisor": "recalculation_divisor", "p_scale": "contribution_tiers", "p_waiver": "certification_waiver", "p_funeral": "funeral_grant",
    **{name: name for name in SCALARS},
}  # fmt: skip
"""Relation -> the parameter that is missing when it has no row; a scalar is named by itself."""
PARTS_OF: dict[str, tuple[str, ...]] = {
    "p_interest": (
        "interest_rate", "interest_current_rate", "interest_delta_in", "interest_delta_out", "interest_rounding", "demand_deposit_rate",
    ),
    "p_daijiao": ("daijiao_amount", "daijiao_priority", "daijiao_test"),
}  # fmt: skip
"""Relation -> the parameters that make a row of it together: without one of them there is none."""
DIVISOR_AGES = range(16, 131)
NATION = "000000"
BY_AGE = list(CATALOGUE["recalculation_divisor"].choices).index("age_table")


def compile_table(
    policy: Policy, name: str, region_codes: Iterable[str | int], known_on: dt.date | None
) -> list[Row]:
    """Sorted rows of ``p_<name>`` with columns ``COLUMNS[name]``. Raises ``KeyError`` for an unknown relation."""
    build = _BUILDERS[name]
    codes = sorted({normalise(code)[:6] for code in region_codes})
    return sorted(row for code in codes for row in build(policy, code, known_on))


def _layer_rows(
    policy: Policy, name: str, code: str, known_on: dt.date | None
) -> Iterator[tuple[Layer, Span]]:
    """Every layer of a layered parameter with its spans; a layer of nothing says that there is no supplement."""
    for layer in policy.layers(name, code):
        for span in policy.layer_spans(layer, name, code, known_on):
            yield layer, span


def _basic(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for layer, span in _layer_rows(policy, "basic_pension", code, known_on):
        if layer.group is None and span.value:
            yield int(code), layer.number, layer.item, span.from_month, span.to_month, span.value


def _age(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    """Layers that depend on the person: by age in the month, by age on a day, by group."""
    groups = [
        pair for pair in _layer_rows(policy, "basic_pension", code, known_on) if pair[0].group is not None
    ]
    for layer, span in (*_layer_rows(policy, "age_supplement", code, known_on), *groups):
        from_age, to_age = layer.from_age or 0, layer.to_age or DIVISOR_AGES.stop
        measured = of_date(layer.measured_on) if layer.measured_on else 0
        group = GROUPS[layer.group] if layer.group else 0
        band = (from_age, to_age, span.from_month, span.to_month, span.value, measured, group)
        yield int(code), layer.number, layer.item, *band


def _years(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for layer, span in _layer_rows(policy, "years_supplement", code, known_on):
        band = (
            span.from_month,
            span.to_month,
            layer.base_years or 0,
            span.value,
            YEARS_COUNTED[layer.counts],
        )
        yield int(code), layer.number, layer.item, *band


def _share(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    keys = {layer.id: layer.number for name in LAYERED for layer in policy.layers(name, code)} | SHARED_FLOWS
    splits = [
        edge for s in policy.spans("city_share_of_local_part", code) for edge in (s.from_month, s.to_month)
    ]
    for key, number in keys.items():
        for span in policy.share_spans(key, code):
            edges = sorted(
                {span.from_month, span.to_month, *(e for e in splits if span.from_month < e < span.to_month)}
            )
            for start, end in itertools.pairwise(edges):
                for payer, ppm in policy.shares(span, code, start).items():
                    yield int(code), number, start, end, PAYERS[payer], ppm


def _divisor(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for span in policy.spans("account_divisor", code, known_on):
        for age in DIVISOR_AGES:
            yield int(code), span.from_month, span.to_month, age, span.value


def _redivisor(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    """Divisors of a recalculation by age: that of the award, or the table by age where the law says so."""
    kinds, flat = (
        policy.spans("recalculation_divisor", code, known_on),
        policy.spans("account_divisor", code, known_on),
    )
    for start, end, (kind, divisor) in _together(kinds, flat):
        by_age = policy.find("divisor_by_age", code, start, known_on) if kind == BY_AGE else None
        if kind == BY_AGE and by_age is None:
            continue
        for age in DIVISOR_AGES:
            yield int(code), start, end, age, divisor if by_age is None else _at_age(by_age.value, age)


def _at_age(table: dict[int, int], age: int) -> int:
    """The months of an age; below the first and above the last age of the table those of the nearest."""
    return table[min(max(age, min(table)), max(table))]


def _launch(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for span in policy.spans("scheme_launch", code, known_on)[-1:]:
        yield int(code), span.value


def _tier(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    """Tiers whose subsidies are known."""
    for scale, to_year, _listed in _scales(policy, code, known_on):
        if scale.exact:
            for tier, subsidy in scale.tiers:
                yield int(code), scale.from_year, to_year, tier, subsidy, int(tier in scale.hardship_only)


def _scale(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    """Every tier that is known, whatever the subsidy. ``listed`` 0: the national list, to which provinces add."""
    for scale, to_year, listed in _scales(policy, code, known_on):
        for tier, _subsidy in scale.tiers:
            yield int(code), scale.from_year, to_year, tier, int(tier in scale.hardship_only), listed


def _scales(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[tuple[TierScale, int, int]]:
    """Each scale with the year it ends before, and whether a province or a place nearer made it."""
    spans = policy.spans("contribution_tiers", code, known_on)
    for position, span in enumerate(spans):
        scale = span.value
        follows = position + 1 < len(spans) and spans[position + 1].from_month == span.to_month
        if follows:
            to_year = spans[position + 1].value.from_year
        else:
            to_year = FOREVER_YEAR if span.to_month == FOREVER else year_of(span.to_month)
        if scale.from_year < to_year:
            yield scale, to_year, int(span.dated.region != NATION)


def _daijiao(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for group, group_id in GROUPS.items():
        amounts = policy.spans("daijiao_amount", code, known_on, group)
        priorities = policy.spans("daijiao_priority", code, known_on, group)
        tests = policy.spans("daijiao_test", code, known_on)
        for start, end, (amount, priority, test) in _together(amounts, priorities, tests):
            first, last = year_of(start), FOREVER_YEAR if end == FOREVER else year_of(end)
            if test and first < last:
                yield int(code), group_id, first, last, amount, priority, test


def _interest(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for rate in policy.spans("interest_rate", code, known_on):
        year = year_of(rate.from_month)
        when = month(year, 1)
        method = [
            policy.find(name, code, when, known_on)
            for name in (
                "interest_current_rate",
                "interest_delta_in",
                "interest_delta_out",
                "interest_rounding",
            )
        ]
        if any(dated is None for dated in method):
            continue
        kind, delta_in, delta_out, rounding = (dated.value for dated in method if dated is not None)
        demand = policy.find("demand_deposit_rate", code, when, known_on)
        if kind == 1 and demand is None:
            continue
        current = demand.value if kind == 1 and demand is not None else rate.value
        yield int(code), year, rate.value, current, delta_in, delta_out, rounding


def _cycle(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for span in policy.spans("certification_cycle", code, known_on):
        yield int(code), span.from_month, span.to_month, span.value


def _waiver(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for span in policy.spans("certification_waiver", code, known_on):
        if span.value:
            yield int(code), span.from_month, span.to_month


def _funeral(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    """A grant that is expressly not given stands as nothing; one that nobody could source has no row."""
    for span in policy.spans("funeral_grant", code, known_on, stated=True):
        grant = span.value or NO_GRANT
        form = (grant.fixed_fen, grant.basic_months, GRANT_BASES[grant.base], grant.contributor_years)
        yield int(code), span.from_month, span.to_month, *form


def _scalar(policy: Policy, code: str, known_on: dt.date | None) -> Iterator[Row]:
    for name, key in SCALARS.items():
        for span in policy.spans(name, code, known_on):
            yield int(code), key, span.from_month, span.to_month, span.value


def _together(*lines: list[Span]) -> Iterator[tuple[int, int, list[int]]]:
    """Intervals in which every line has a value, with the values."""
    edges = sorted({edge for spans in lines for span in spans for edge in (span.from_month, span.to_month)})
    for start, end in itertools.pairwise(edges):
        found = [span.value for spans in lines for span in spans if span.from_month <= start < span.to_month]
        if len(found) == len(lines):
            yield start, end, found


_BUILDERS: dict[str, Callable[[Policy, str, dt.date | None], Iterator[Row]]] = {
    "basic": _basic, "age": _age, "years": _years, "share": _share, "divisor": _divisor, "launch": _launch,
    "tier": _tier, "scale": _scale, "redivisor": _redivisor, "daijiao": _daijiao, "interest": _interest, "cycle": _cycle, "waiver": _waiver,
    "funeral": _funeral, "scalar": _scalar,
}  # fmt: skip
