"""A printed framework scored both ways, as a document: the recommended reading beside the literal one, and what contradicts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from jingban.budget.models import Unit
from jingban.disclosure.grid import Cell, Grid
from jingban.disclosure.model import Heading, Report, Table, Text
from jingban.forms.filled import Figure, Trace
from jingban.performance.framework_names import named
from jingban.performance.frameworks import FrameworkRow, FrameworkScore
from jingban.performance.reading import plain
from jingban.values.i18n import document

CENT = Decimal("0.01")
POINTS = "分"


def report(unit: Unit, year: int, scored: FrameworkScore, subject: str = "") -> Report:
    """``subject``: the project's name; empty for the unit as a whole."""
    title = scored.framework.title
    made = Report(
        f"{unit.name}{year}年度{subject}{title}",
        (document("%(year)s年度") % {"year": year}, subject or unit.name, document("绩效评分对照")),
        unit.name,
        year,
        contents=False,
    )
    made.blocks.append(_table(scored, title))
    made.blocks.append(Heading(2, document("两种读法")))
    made.blocks.append(
        Text(
            (
                document(
                    "推荐读法按指标的含义计分；字面读法照印出的规则计分。不适用的指标，其分值由同一级指标的其他指标分担，不送分；"
                    "没有数据的指标不计分，列为待核。"
                ),
            )
        )
    )
    if scored.findings:
        made.blocks.append(Heading(2, document("矛盾和差异")))
        made.blocks += [Text((_said(one.subject or "", one.message),)) for one in scored.findings]
    return made


def _said(subject: str, message: str) -> str:
    return f"{subject}：{message}。" if subject else f"{message}。"


def _table(scored: FrameworkScore, title: str) -> Table:
    heads = ("代码", "一级指标", "三级指标", "印出分值", "实际比率", "调整后分值", "推荐读法得分", "字面读法得分", "自评得分", "算式")  # fmt: skip
    rows: list[list[Cell | None]] = [[Cell(document(name), "head") for name in heads]]
    rows += [_row(one) for one in scored.rows]
    rows.append(
        [
            Cell("", "label"), Cell(document("合计"), "label"), Cell("", "label"), _points(scored.attainable), Cell(""),
            _points(sum((one.weight for one in scored.rows), Decimal(0))), _points(scored.total),
            _points(scored.literal_total), _points(scored.self_total or None), Cell(""),
        ]
    )  # fmt: skip
    notes = (
        document("待核分值：%(open)s分（没有数据可以计分）") % {"open": plain(_cents(scored.open_weight))},
    )
    widths = [6.0, 8.0, 22.0, 8.0, 9.0, 9.0, 10.0, 10.0, 8.0, 22.0]
    return Table(title, Grid(rows, 1, widths), notes=notes, landscape=True, own_page=False)


def _row(one: FrameworkRow) -> list[Cell | None]:
    ratio = "" if one.ratio is None else f"{_cents(one.ratio)}%"
    said = document("待核：缺%(names)s") % {"names": _missing(one)} if one.open else one.formula
    return [
        Cell(one.indicator.code, "code"), Cell(one.indicator.path[0], "label"), Cell(one.indicator.name, "label"),
        _points(one.indicator.maximum), Cell(ratio, "line"), _points(_cents(one.weight)), _points(one.score),
        _points(one.literal), _points(one.self_score), Cell(said, "text"),
    ]  # fmt: skip


def _missing(one: FrameworkRow) -> str:
    """What is not known, in words; for an indicator without a formula, how its points were met."""
    return document("要点或档次") if one.missing == (one.indicator.code,) else named(one.missing)


def _points(value: Decimal | None) -> Cell:
    if value is None:
        return Cell("", "line")
    return Cell(plain(value), "line", Figure(value, Trace(document("按指标规则计分")), document(POINTS)))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
