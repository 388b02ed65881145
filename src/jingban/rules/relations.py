"""The columns of every relation a step may read: the written form of ``docs/internals/relations.md``.

Facts (``f_``) come from the registry, law (``p_``) from policy, ``c_month`` from the engine. Every column is int64.
"""

from __future__ import annotations

RELATIONS: dict[str, tuple[str, ...]] = {
    # -- of the run ---------------------------------------------------------------------------------------------
    "f_run": ("payroll_month",),
    "f_year": ("year",),
    "f_scope": ("person_id", "from_month", "to_month"),
    "c_month": ("month",),
    # -- facts --------------------------------------------------------------------------------------------------
    "f_person": ("person_id", "birth_month", "region_id"),
    "f_award": ("person_id", "start_month", "paid_years"),
    "f_annuity": ("person_id", "from_month", "balance_fen", "divisor"),
    "f_stop": ("person_id", "from_month", "to_month", "kind"),
    "f_death": ("person_id", "death_month"),
    "f_payee": ("person_id",),
    "f_certified": ("person_id", "month"),
    "f_settled": ("person_id", "item", "month", "amount_fen"),
    "f_entry": ("person_id", "ledger", "kind", "year", "month", "amount_fen"),
    "f_contribution": ("person_id", "year", "month", "amount_fen", "kind"),
    "f_unarrived": ("person_id", "year", "amount_fen"),
    "f_history": ("person_id", "years", "through_year"),
    "f_group": ("person_id", "group_id", "from_month", "to_month"),
    "f_covered": ("person_id", "from_month", "to_month"),
    "f_other_pension": ("person_id", "from_month"),
    "f_moved": ("person_id", "month"),
    "f_interest_to": ("person_id", "month"),
    "f_posted": ("person_id", "item", "year", "ledger", "amount_fen"),
    "f_receivable": ("receivable_id", "person_id", "raised_fen", "repaid_fen", "written_off_fen"),
    # -- law ----------------------------------------------------------------------------------------------------
    "p_basic": ("region_id", "layer", "item", "from_month", "to_month", "amount_fen"),
    "p_age": (
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
    "p_years": ("region_id", "layer", "item", "from_month", "to_month", "base_years", "unit_fen", "counts"),
    "p_share": ("region_id", "layer", "from_month", "to_month", "payer", "ppm"),
    "p_divisor": ("region_id", "from_month", "to_month", "age", "divisor"),
    "p_redivisor": ("region_id", "from_month", "to_month", "age", "divisor"),
    "p_launch": ("region_id", "launch_month"),
    "p_tier": ("region_id", "from_year", "to_year", "tier_fen", "subsidy_fen", "hardship_only"),
    "p_scale": ("region_id", "from_year", "to_year", "tier_fen", "hardship_only", "listed"),
    "p_daijiao": ("region_id", "group_id", "from_year", "to_year", "amount_fen", "priority", "test"),
    "p_interest": ("region_id", "year", "rate_ppm", "current_ppm", "delta_in", "delta_out", "rounding"),
    "p_cycle": ("region_id", "from_month", "to_month", "cycle_months"),
    "p_waiver": ("region_id", "from_month", "to_month"),
    "p_funeral": (
        "region_id",
        "from_month",
        "to_month",
        "fixed_fen",
        "basic_months",
        "base",
        "contributor_years",
    ),
    "p_scalar": ("region_id", "key", "from_month", "to_month", "value"),
}

_INDEXED = ("c_month", "p_basic", "p_age", "p_years", "p_cycle", "p_tier", "p_interest")


def _index(columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if "person_id" in columns:
        return (("person_id", "month"),) if "month" in columns else (("person_id",),)
    return (("region_id",),) if "region_id" in columns else (("month",),)


INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    name: _index(columns)
    for name, columns in RELATIONS.items()
    if name in _INDEXED or ("person_id" in columns and name != "f_settled")
}
"""Indexes the in-database engines make on what they are given. What was settled is the largest and only ever read through."""
