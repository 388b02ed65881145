"""SELECT text of every fact relation of docs/internals/relations.md as known at a horizon, for SQLite and PostgreSQL.

``select("f_award", horizon=120)`` gives rows of everybody; ``scope="f_scope"`` keeps the persons of a table that exists in
the same session. The settled side (``f_settled``, ``f_receivable``) belongs to :mod:`jingban.payments.relations`.
"""

from __future__ import annotations

from collections.abc import Callable

from jingban.store import live

_Maker = Callable[[int | None, str], str]


def select(name: str, horizon: int | None = None, scope: str | None = None) -> str:
    """SQL of one relation. Raises ``KeyError`` for a name that is not a fact of the register."""
    return _MAKERS[name](horizon, scope or "")


def names() -> list[str]:
    """The relations offered here."""
    return list(_MAKERS)


def _only(scope: str, alias: str) -> str:
    return f" AND {alias}.person_id IN (SELECT person_id FROM {scope})" if scope else ""


def _plain(table: str, columns: str, extra: str = "") -> _Maker:
    """Live rows, column by column: ``column`` or ``column AS name``."""

    def make(horizon: int | None, scope: str) -> str:
        wanted = ", ".join(f"f.{column.strip()}" for column in columns.split(","))
        condition = live.where(table, "f", horizon)
        return f"SELECT {wanted} FROM {table} f WHERE {condition}{_only(scope, 'f')}{extra}"

    return make


def _grouped(table: str, columns: str) -> _Maker:
    """One row for each person."""

    def make(horizon: int | None, scope: str) -> str:
        condition = live.where(table, "f", horizon)
        return f"SELECT f.person_id, {columns} FROM {table} f WHERE {condition}{_only(scope, 'f')} GROUP BY f.person_id"

    return make


def _person(horizon: int | None, scope: str) -> str:
    """Birth month of the live identity; county of the newest relation."""
    year, month = _date_parts("i.birth_date")
    return (
        f"SELECT i.person_id, {year} * 12 + {month} - 1 AS birth_month, r.region_id "
        f"FROM registry_identity i JOIN registry_relation r ON r.person_id = i.person_id "
        f"WHERE {live.where('registry_identity', 'i', horizon)} AND {live.where('registry_relation', 'r', horizon)} "
        f"AND NOT EXISTS (SELECT 1 FROM registry_relation o WHERE o.person_id = r.person_id "
        f"AND (o.valid_from > r.valid_from OR (o.valid_from = r.valid_from AND o.id > r.id)) "
        f"AND {live.where('registry_relation', 'o', horizon).replace('newer', 'newest')}){_only(scope, 'i')}"
    )


def _date_parts(column: str) -> tuple[str, str]:
    """Year and month of a date column as integers. SQLite keeps dates as ISO text."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"CAST(SUBSTR({column}, 1, 4) AS INTEGER)", f"CAST(SUBSTR({column}, 6, 2) AS INTEGER)"
    return f"CAST(EXTRACT(YEAR FROM {column}) AS BIGINT)", f"CAST(EXTRACT(MONTH FROM {column}) AS BIGINT)"


def _moved(horizon: int | None, scope: str) -> str:
    """Month in which the money of the account left for another place, unless the person came back."""
    table = "registry_transfer"
    return (
        f"SELECT f.person_id, MAX(f.month) AS month FROM {table} f WHERE {live.where(table, 'f', horizon)} "
        f"AND f.direction = 2 AND f.amount_fen <> 0 AND NOT EXISTS (SELECT 1 FROM {table} b WHERE b.person_id = f.person_id "
        f"AND b.direction = 1 AND b.id > f.id AND {live.where(table, 'b', horizon)}){_only(scope, 'f')} GROUP BY f.person_id"
    )


_SPAN = "valid_from AS from_month, valid_to AS to_month"

_MAKERS: dict[str, _Maker] = {
    "f_person": _person,
    "f_award": _plain("registry_award", "person_id, start_month, paid_years"),
    "f_annuity": _plain("registry_annuity", "person_id, from_month, balance_fen, divisor"),
    "f_stop": _plain("registry_stoppage", f"person_id, {_SPAN}, kind"),
    "f_death": _grouped("registry_death", "MIN(f.month) AS death_month"),
    "f_certified": _plain("registry_certification", "person_id, month"),
    "f_entry": _plain("registry_accountentry", "person_id, ledger, kind, year, month, amount_fen"),
    "f_contribution": _plain(
        "registry_contribution", "person_id, year, month, amount_fen, kind", " AND f.arrived_on IS NOT NULL"
    ),
    "f_unarrived": _plain(
        "registry_contribution", "person_id, year, amount_fen", " AND f.arrived_on IS NULL"
    ),
    "f_history": _grouped(
        "registry_openinghistory",
        "CAST(SUM(f.years) AS BIGINT) AS years, CAST(MAX(f.through_year) AS BIGINT) AS through_year",
    ),
    "f_group": _plain("registry_groupmembership", f"person_id, group_id, {_SPAN}"),
    "f_covered": _plain("registry_othercoverage", f"person_id, {_SPAN}"),
    "f_other_pension": _grouped("registry_otherpension", "MIN(f.from_month) AS from_month"),
    "f_moved": _moved,
    "f_posted": _plain(
        "registry_accountentry", "person_id, item, year, ledger, amount_fen", " AND f.item > 0"
    ),
}


def status(horizon: int | None = None) -> str:
    """SQL: person_id, region_id, insured_state, paying_state (codes of domain.md 1.1), derived from the facts.

    4/3 terminated (or dead), 2/3 benefit suspended, 1/3 in receipt, 2/2 contribution paused, 1/1 contributing. A stop is
    looked at in its newest interval: open-ended ones suspend.
    """
    return (
        "SELECT p.person_id, p.region_id, "
        "CASE WHEN d.person_id IS NOT NULL OR r.valid_to < 119999 THEN 4 "
        "WHEN s.person_id IS NOT NULL THEN 2 WHEN a.person_id IS NULL AND r.state = 2 THEN 2 ELSE 1 END AS insured_state, "
        "CASE WHEN d.person_id IS NOT NULL OR r.valid_to < 119999 OR a.person_id IS NOT NULL THEN 3 "
        "WHEN r.state = 2 THEN 2 ELSE 1 END AS paying_state "
        f"FROM ({select('f_person', horizon)}) p "
        f"JOIN registry_relation r ON r.person_id = p.person_id AND {live.where('registry_relation', 'r', horizon)} "
        "AND r.region_id = p.region_id "
        f"LEFT JOIN ({select('f_death', horizon)}) d ON d.person_id = p.person_id "
        f"LEFT JOIN ({select('f_award', horizon)}) a ON a.person_id = p.person_id "
        f"LEFT JOIN (SELECT DISTINCT person_id FROM ({select('f_stop', horizon)}) t WHERE to_month = 119999) s "
        "ON s.person_id = p.person_id"
    )
