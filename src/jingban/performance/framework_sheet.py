"""What is known for a printed framework, as a list: values, points met, bands, self-scores, what the report prints.

Codes: PRF-511 no such framework; PRF-512 a name the framework does not know; PRF-513 a value that is no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from jingban.forms.frameworks import Framework, frameworks
from jingban.performance.framework_names import value_name
from jingban.performance.frameworks import Given
from jingban.performance.reading import number
from jingban.store.lists.reading import read_grid
from jingban.store.lists.spec import Column, ListSpec, parse_grid
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _

KINDS = {
    "数值": "values", "要点": "counts", "档次": "bands", "不适用": "not_applicable", "自评分": "self_scores",
    "印出比率": "printed_ratios", "印出总分": "printed_total",
}  # fmt: skip


@dataclass(slots=True)
class GivenRow:
    """One row of the list."""

    kind: str
    code: str = ""
    value: str = ""
    evidence: str = ""
    row: int = 0


@dataclass(slots=True)
class _Parts:
    values: dict[str, Decimal] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    bands: dict[str, Decimal] = field(default_factory=dict)
    self_scores: dict[str, Decimal] = field(default_factory=dict)
    printed_ratios: dict[str, Decimal] = field(default_factory=dict)


def framework(name: str) -> Framework:
    """A framework by id; PRF-511 names the others."""
    known = frameworks()
    if name not in known:
        raise refuse(
            "PRF-511",
            _("没有指标框架“%(name)s”；可用：%(names)s") % {"name": name, "names": _("、").join(known)},
        )
    return known[name]


def sheet() -> ListSpec[GivenRow]:
    """The list: kind, code of the indicator or name of the value, value, where it comes from."""
    columns = (
        Column("kind", _("类别"), "choice", True, (), KINDS),
        Column("code", _("代码"), help=_("指标代码（如 B6），类别为“数值”时是数据名（如 公用经费决算数）")),
        Column("value", _("数值")),
        Column("evidence", _("依据")),
    )

    def build(values: dict[str, Any], row: int) -> GivenRow:
        return GivenRow(**values, row=row)

    return ListSpec("framework", _("指标框架数据"), columns, build)


def read(path: Path, chosen: Framework, measured: Mapping[str, Decimal] | None = None) -> Given:
    """A file (XLSX or CSV) as what is known; ``measured`` are values the ledgers gave, which a typed one does not replace."""
    parsed = parse_grid(sheet(), read_grid(path))
    if parsed.errors:
        raise Refused(parsed.findings)
    return given_of(parsed.records, chosen, measured)


def given_of(
    rows: Iterable[GivenRow], chosen: Framework, measured: Mapping[str, Decimal] | None = None
) -> Given:
    """Rows as what is known. Refuses with every unknown name and every value that is no number."""
    names = {name for one in chosen.indicators for name in one.needs}
    codes = {one.code for one in chosen.indicators}
    parts, excluded, total, wrong = _Parts(), set[str](), None, []
    for row in rows:
        if row.kind == "values":
            row.code = value_name(row.code)
        wanted = names if row.kind == "values" else codes
        if row.kind != "printed_total" and row.code not in wanted:
            wrong.append(
                Finding(
                    "PRF-512", _("框架里没有“%(code)s”") % {"code": row.code}, row=row.row, column=_("代码")
                )
            )
            continue
        if row.kind == "not_applicable":
            excluded.add(row.code)
            continue
        value = number(row.value)
        if value is None or (row.kind == "counts" and value != value.to_integral_value()):
            wrong.append(
                Finding(
                    "PRF-513", _("“%(text)s”不是数字") % {"text": row.value}, row=row.row, column=_("数值")
                )
            )
        elif row.kind == "printed_total":
            total = value
        elif row.kind == "counts":
            parts.counts[row.code] = int(value)
        else:
            getattr(parts, row.kind)[row.code] = value
    if wrong:
        raise Refused(wrong)
    return Given(
        {**parts.values, **(measured or {})},
        parts.counts,
        parts.bands,
        frozenset(excluded),
        parts.self_scores,
        parts.printed_ratios,
        total,
    )
