"""What each level owes for a year: the basic pension by layer and month, contribution subsidies by tier, government-paid by group.

Computed by the rules that pay, from the register as it is (or was known at a horizon): person-months, never headcount times
twelve (R3.3-01 to R3.3-04). Payer 0: nobody could source who pays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from django.db import connection, transaction

from jingban.engine.database import InDatabase
from jingban.payments.sections import Section
from jingban.policy import Policy
from jingban.policy.catalogue import GROUP_TITLES, GROUPS, PAYER_TITLES, PAYERS
from jingban.policy.lookup import LAYERED
from jingban.registry import law as law_of
from jingban.registry import relations
from jingban.registry.law import Rows
from jingban.rules.titles import ITEMS
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import format_month, month

Part = tuple[int, ...]
"""Key columns, persons (person-months or persons), payer, fen."""
PAYER_NAMES = {number: name for name, number in PAYERS.items()}
PAYER_WORDS = {number: PAYER_TITLES[name] for name, number in PAYERS.items()} | {0: "分担未查实"}
_GROUPS = {number: GROUP_TITLES[name] for name, number in GROUPS.items()}


@dataclass(frozen=True, slots=True)
class Claims:
    """Rows of the steps, summed. ``basic``: (month, item, layer, persons, payer, fen); ``subsidies``: (tier fen, persons, payer,
    fen); ``government``: (group, persons, payer, fen). ``titles``: layer number → title in the law."""

    region_id: int
    year: int
    through: int
    basic: list[Part]
    subsidies: list[Part]
    government: list[Part]
    titles: dict[int, str] = field(default_factory=dict)


def claims(
    region_id: int, year: int, *, through: int | None = None, known_on: dt.date | None = None
) -> Claims:
    """The claims of a year, to the month ``through`` (default: December). Raises ``Refused`` ENG-101 when the law has a hole."""
    last = month(year, 12) if through is None else through
    law = law_of.tables(region_id, known_on or dt.date.max)
    with transaction.atomic():
        engine = everybody(region_id, month(year, 1), last, law)
        engine.build("claims")
        basic = engine.rows(
            "SELECT month, item, layer, persons, payer, amount_fen FROM claims ORDER BY month, item, layer, payer"
        )
        engine.drop()
    subsidies, government = credited(region_id, year, law)
    return Claims(region_id, year, last, _whole(basic), subsidies, government, layer_titles(region_id))


def everybody(region_id: int, first: int, last: int, law: Mapping[str, Rows]) -> InDatabase:
    """An engine in which everybody of a county stands with the months from ``first`` to ``last``; the caller's transaction."""
    engine = _engine()
    engine.provide_rows("f_run", [(last,)])
    engine.provide(
        "f_person", f"SELECT * FROM ({relations.select('f_person')}) p WHERE region_id = {int(region_id)}"
    )
    for name in ("f_award", "f_death", "f_other_pension"):
        engine.provide(name, relations.select(name, None, "f_person"))
    engine.provide(
        "f_scope", f"SELECT person_id, {int(first)} AS from_month, {int(last) + 1} AS to_month FROM f_award"
    )
    _fill(engine, ("claims", "basic_due", "age_due", "years_due"), law)
    return engine


def credited(region_id: int, year: int, law: Mapping[str, Rows]) -> tuple[list[Part], list[Part]]:
    """Contribution subsidies by (tier fen, persons, payer, fen) and government-paid contributions by (group, …), owed for a year."""
    with transaction.atomic():
        engine = _engine()
        engine.provide_rows("f_run", [(month(year, 12),)])
        engine.provide_rows("f_year", [(year,)])
        engine.provide(
            "f_person", f"SELECT * FROM ({relations.select('f_person')}) p WHERE region_id = {int(region_id)}"
        )
        _fill(engine, ("level_split",), law)
        engine.build("level_split", "subsidy_due", "daijiao_due")
        subsidies, government = (
            engine.rows(
                f"SELECT d.{key}, COUNT(*), s.payer, SUM(s.amount_fen) FROM level_split s JOIN {due} d "
                f"ON d.person_id = s.person_id AND d.item = s.item AND d.year = s.year GROUP BY d.{key}, s.payer "
                f"ORDER BY d.{key}, s.payer"
            )
            for due, key in (("subsidy_due", "tier_fen"), ("daijiao_due", "group_id"))
        )
        engine.drop()
        return _whole(subsidies), _whole(government)


def _fill(engine: InDatabase, targets: Sequence[str], law: Mapping[str, Rows]) -> None:
    """Every relation that building the targets reads and that is not there yet."""
    wanted = engine.reads(*targets) - engine.provided()
    for name in relations.names():
        if name in wanted:
            engine.provide(name, relations.select(name, None, "f_person"))
    for name, rows in law.items():
        if f"p_{name}" in wanted:
            engine.provide_rows(f"p_{name}", rows)


def _engine() -> InDatabase:
    return InDatabase(connection.cursor(), cast(Literal["sqlite", "postgresql"], connection.vendor))


def _whole(rows: Sequence[Sequence[int]]) -> list[Part]:
    return [tuple(int(cell) for cell in row) for row in rows]


def layer_titles(region_id: int, policy: Policy | None = None) -> dict[int, str]:
    """Layer number → its title, by the centre's law or another one."""
    policy = policy or law_of.policy()
    return {
        layer.number: layer.title for name in LAYERED for layer in policy.layers(name, f"{region_id:06d}")
    }


# --- as tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """One table of numbers: labels, a count, fen by payer, fen in all."""

    title: str
    labels: tuple[str, ...]
    counted: str
    payers: tuple[int, ...]
    rows: list[tuple[tuple[str, ...], int, dict[int, int]]]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.labels, self.counted, *(_(PAYER_WORDS[payer]) for payer in self.payers), _("合计"))

    def section(self) -> Section:
        """The same as text; the totals last."""
        rows = [
            (
                *labels,
                f"{count:,}",
                *(format_yuan(by.get(p, 0)) for p in self.payers),
                format_yuan(sum(by.values())),
            )
            for labels, count, by in (*self.rows, self.total)
        ]
        first = len(self.labels)
        return Section(self.title, self.columns, rows, tuple(range(first, len(self.columns))))

    @property
    def total(self) -> tuple[tuple[str, ...], int, dict[int, int]]:
        labels = (_("合计"), *[""] * (len(self.labels) - 1)) if self.labels else ()
        by = {payer: sum(row[2].get(payer, 0) for row in self.rows) for payer in self.payers}
        return labels, sum(row[1] for row in self.rows), by


def tables(found: Claims) -> Iterator[Table]:
    """The year by level first, then what it is made of: layers, layers by month, tiers, groups."""
    parts = (
        (_("基础养老金"), found.basic),
        (_("缴费补贴"), found.subsidies),
        (_("政府代缴"), found.government),
    )
    whole: Summed = {(name,): (_heads(rows), _by_payer(rows)) for name, rows in parts}
    yield _table(_("{year} 年各级应负担").format(year=found.year), (_("项目"),), _("人次"), whole)
    layers: dict[tuple[str, ...], list[Part]] = {}
    months: dict[tuple[str, ...], list[Part]] = {}
    for row in found.basic:
        name = (_(ITEMS[row[1]]), _(found.titles.get(row[2], str(row[2]))))
        layers.setdefault(name, []).append(row)
        months.setdefault((format_month(row[0]), *name), []).append(row)
    heads = (_("项目"), _("层"))
    yield _table(_("基础养老金各层"), heads, _("人次"), _summed(layers))
    yield _table(_("基础养老金各层按月"), (_("月份"), *heads), _("人次"), _summed(months))
    tiers: dict[tuple[str, ...], list[Part]] = {}
    for row in found.subsidies:
        tiers.setdefault((format_yuan(row[0]),), []).append(row)
    yield _table(_("缴费补贴各档"), (_("档次（元）"),), _("人数"), _summed(tiers))
    groups: dict[tuple[str, ...], list[Part]] = {}
    for row in found.government:
        groups.setdefault((_(_GROUPS.get(row[0], str(row[0]))),), []).append(row)
    yield _table(_("政府代缴各类"), (_("群体"),), _("人数"), _summed(groups))


Summed = dict[tuple[str, ...], tuple[int, dict[int, int]]]


def _summed(parts: Mapping[tuple[str, ...], list[Part]]) -> Summed:
    return {name: (_heads(rows), _by_payer(rows)) for name, rows in parts.items()}


def _heads(rows: Sequence[Part]) -> int:
    """Persons of the rows; several payers of one key stand for the same persons."""
    return sum({row[:-3]: row[-3] for row in rows}.values())


def _by_payer(rows: Sequence[Part]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in rows:
        found[row[-2]] = found.get(row[-2], 0) + row[-1]
    return found


def _table(title: str, labels: tuple[str, ...], counted: str, rows: Summed) -> Table:
    payers = tuple(sorted({payer for _count, by in rows.values() for payer in by}, key=lambda p: (p == 0, p)))
    return Table(title, labels, counted, payers, [(name, count, by) for name, (count, by) in rows.items()])
