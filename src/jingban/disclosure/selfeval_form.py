"""One scored plan laid out as its printed form, from the blocks of the form's description: one grid, merged cells.

The block says what is printed; nothing here knows a particular form except by the kinds and keys of its blocks. Money is
converted from fen cell by cell; what does not apply is printed as such and carries no points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from jingban.budget.book import live
from jingban.disclosure.grid import Cell, Grid
from jingban.disclosure.model import Table
from jingban.forms.catalogue import catalogue
from jingban.forms.filled import Figure, FilledForm, FilledRow, Trace
from jingban.forms.model import Block, Form, FormColumn
from jingban.performance.models import Judgement
from jingban.performance.reading import number, shown
from jingban.performance.scoring import Funds, Scored, ScoredRow
from jingban.values.i18n import document as _
from jingban.values.units import unit

WAN = unit("万元")
CENT = Decimal("0.01")
WIDTHS = [6.0, 10.0, 10.0, 16.0, 13.0, 13.0, 8.0, 8.0, 20.0]
"""Block title, first, second and third level, target, actual, weight, score, reason."""
LAST = len(WIDTHS)
FISCAL = "general,fund,capital"
PLACES = {
    "level1": (1, 1), "level2": (2, 1), "level3": (3, 1), "target": (4, 1), "actual": (5, 1), "weight": (6, 1),
    "score": (7, 1), "reason": (8, 1),
}  # fmt: skip
"""Column of the indicators block → (grid column, width) in the widest form."""


def plain(value: Decimal) -> str:
    """Points without superfluous zeros: 10, 9.5, 3.37."""
    rounded = value.quantize(CENT, ROUND_HALF_UP).normalize()
    return f"{rounded:f}"


def percent(value: Decimal) -> str:
    return f"{value.quantize(CENT, ROUND_HALF_UP)}%"


def money(fen: int) -> str:
    """万元 with two decimals, converted on its own (R4.1-01)."""
    return Figure(fen, Trace("")).printed(WAN, 2).replace(",", "")


@dataclass(slots=True)
class Laid:
    """The grid as it grows. Every row is ``LAST`` cells long; None where a merged cell covers."""

    form: Form
    scored: Scored
    filled: FilledForm
    rows: list[list[Cell | None]] = field(default_factory=list)

    def row(self, *cells: tuple[int, Cell]) -> None:
        """Cells by grid column; their spans cover the rest."""
        made: list[Cell | None] = [None] * LAST
        for at, cell in cells:
            made[at] = cell
        self.rows.append(made)

    def figure(self, row: str, column: str, text: str, figure: Figure, kind: str = "amount") -> Cell:
        """A figure's cell, kept in the filled form for formulas and open data."""
        self.filled.cells[row, column] = figure
        return Cell(text, kind, figure, (row, column))  # type: ignore[arg-type]


def form_table(scored: Scored, form_id: str = "", *, own_page: bool = True) -> Table:
    """The printed form of a plan; ``form_id`` instead of the plan's own. FRM-120 when there is no such form."""
    described = catalogue()[form_id or scored.plan.form]
    code = scored.plan.project.code if scored.plan.project else scored.plan.unit.code
    form = replace(described, id=f"{described.id}.{code}")
    laid = Laid(form, scored, FilledForm(form, scored.plan.year, scored.plan.unit.name, []))
    for block in form.blocks:
        _BLOCKS[block.kind](laid, block)
    grid = Grid(laid.rows, 0, list(WIDTHS), form.id, laid.filled)
    title = _("%(year)s年度%(form)s") % {"year": scored.plan.year, "form": form.title}
    return Table(title, grid, unit="万元", notes=tuple(_notes(scored)), landscape=True, own_page=own_page)


# -- names ---------------------------------------------------------------------------------------------------------------


def _fields(laid: Laid, block: Block) -> None:
    plan = laid.scored.plan
    values = {
        "project": plan.project.name if plan.project else plan.unit.name,
        "name": plan.project.name if plan.project else plan.unit.name,
        "department": plan.unit.superior or plan.unit.name,
        "local": plan.unit.superior or plan.unit.name,
        "unit": plan.unit.name,
        "direction": plan.project.name if plan.project else "",
        "investment": money(laid.scored.funds.budget),
        "period": _("%(year)s年") % {"year": plan.year},
    }
    known = [(row.label, values[row.key]) for row in block.rows if row.key in values]
    if block.rows[0].key == "name" and "department" in {row.key for row in block.rows}:
        known = [(row.label, values[row.key]) for row in block.rows if row.key != "department"]
    label, value = known[0]
    laid.row((0, Cell(label, "head", colspan=2)), (2, Cell(value, "text", colspan=LAST - 2)))
    for left in range(1, len(known), 2):
        pair = known[left : left + 2]
        if len(pair) == 1:
            laid.row(
                (0, Cell(pair[0][0], "head", colspan=2)), (2, Cell(pair[0][1], "text", colspan=LAST - 2))
            )
        else:
            laid.row(
                (0, Cell(pair[0][0], "head", colspan=2)), (2, Cell(pair[0][1], "text", colspan=3)),
                (5, Cell(pair[1][0], "head", colspan=2)), (7, Cell(pair[1][1], "text", colspan=2)),
            )  # fmt: skip


# -- money ---------------------------------------------------------------------------------------------------------------


def _parts(funds: Funds) -> dict[str, tuple[int, int, int]]:
    whole = (funds.initial, funds.budget, funds.executed)
    fiscal_and_carried = tuple(a + b for a, b in zip(funds.fiscal, funds.carried, strict=True))
    return {
        "total": whole,
        "fiscal": funds.fiscal,
        "carried": funds.carried,
        "other": funds.other,
        "central": (0, 0, 0),
        "local": fiscal_and_carried,  # type: ignore[dict-item]
    }


def _grid(laid: Laid, block: Block) -> None:
    """The funds; a form that prints no points stands them in pairs, as the Sichuan one does."""
    keys = [column.key for column in block.columns]
    parts = _parts(laid.scored.funds)
    if "carried" not in {row.key for row in block.rows} and "fiscal" in {row.key for row in block.rows}:
        parts["fiscal"] = parts["local"]
    laid.filled.groups["sources"] = [row.key for row in block.rows if row.group == "sources"]
    laid.filled.rows += [FilledRow(row.key, row.label, kind=row.kind) for row in block.rows]
    if keys == ["budget", "executed"]:
        _paired(laid, block, parts)
        return
    head = _funds_columns(block)
    top = [
        (0, Cell(block.title, "head", rowspan=len(block.rows) + 1)),
        (1, Cell("", "head", colspan=head[0][1] - 1)),
    ]
    laid.row(*top, *((at, Cell(column.label, "head", colspan=span)) for column, at, span in head))
    for row in block.rows:
        cells = [(1, Cell(row.label, "label", colspan=head[0][1] - 1))]
        cells += [
            (at, replace(_fund(laid, row.key, column.key, parts[row.key]), colspan=span))
            for column, at, span in head
        ]
        laid.row(*cells)


def _funds_columns(block: Block) -> list[tuple[FormColumn, int, int]]:
    """(column, grid column, width): six columns fill the right side, fewer share it."""
    count = len(block.columns)
    if count >= 6:
        return [(column, 3 + at, 1) for at, column in enumerate(block.columns)]
    return [(column, 3 + 2 * at, 2) for at, column in enumerate(block.columns)]


def _fund(laid: Laid, row: str, column: str, amounts: tuple[int, int, int]) -> Cell:
    funds = laid.scored.funds
    if column in ("initial", "budget", "executed"):
        fen = amounts[("initial", "budget", "executed").index(column)]
        return laid.figure(row, column, money(fen), Figure(fen, _fund_trace(laid, row, column)))
    if row != "total":
        return Cell("", "line")
    if column == "weight":
        figure = Figure(funds.weight, Trace(_("绩效目标批复的分值")), _("分"))
        return laid.figure(row, column, plain(funds.weight), figure, "line")
    if column == "rate":
        rate = funds.rate
        text = "" if rate is None else percent(rate)
        return laid.figure(row, column, text, Figure(rate, Trace(_("全年执行数÷全年预算数")), "%"), "line")
    score = funds.score
    text = "" if score is None else plain(score)
    formula = _("分值×执行率") if laid.scored.plan.execution_policy == "proportional" else _("按执行率分档")
    return laid.figure(row, column, text, Figure(score, Trace(formula), _("分")), "line")


def _fund_trace(laid: Laid, row: str, column: str) -> Trace:
    """The vouchers or appropriations behind a fund cell; typed where the money never was in the books."""
    plan = laid.scored.plan
    if plan.budget_fen is not None:
        return Trace(_("手工填列"), typed_by=_("手工填列"), evidence=plan.document)
    where: list[tuple[str, str]] = []
    if plan.project:
        where.append(("project", plan.project.name))
    if row == "fiscal":
        where.append(("source__in", FISCAL))
    if column == "executed":
        if row == "carried":
            where.append(("from_carried", "True"))
        return Trace(_("支出凭证之和"), "payment", tuple(where))
    kinds = {"carried": "carried"}.get(row, "initial" if column == "initial" else "initial,adjusted")
    if row == "total":
        kinds = "initial,carried" if column == "initial" else "initial,adjusted,carried"
    return Trace(_("预算指标之和"), "appropriation", (*where, ("kind__in", kinds)))


def _paired(laid: Laid, block: Block, parts: dict[str, tuple[int, int, int]]) -> None:
    for position, row in enumerate(block.rows):
        first = row.key == "total"
        labels = [column.label for column in block.columns] if first else [row.label, row.label]
        cells = [] if position else [(0, Cell(block.title, "head", rowspan=len(block.rows)))]
        for at, column, label in zip((1, 5), ("budget", "executed"), labels, strict=True):
            cells.append((at, Cell(f"{label}：", "label", colspan=2)))
            cells.append((at + 2, replace(_fund(laid, row.key, column, parts[row.key]), colspan=2)))
        laid.row(*cells)


# -- goals ---------------------------------------------------------------------------------------------------------------


def done_text(scored: Scored) -> str:
    """What was reached, counted from the scores: so many of so many indicators in full."""
    applied = [row for row in scored.rows if row.score is not None]
    full = sum(row.score == row.weight.quantize(CENT, ROUND_HALF_UP) for row in applied)
    text = _("设定%(all)s项指标，完成%(full)s项") % {"all": len(scored.rows), "full": full}
    short = [row.indicator.name for row in applied if row.score != row.weight.quantize(CENT, ROUND_HALF_UP)]
    if short:
        text += _("；未完全达到的有：%(names)s") % {"names": "、".join(short)}
    return text + "。"


def _text(laid: Laid, block: Block) -> None:
    goal = {"goal": laid.scored.plan.goal, "done": done_text(laid.scored)}
    first, second = block.rows[0], block.rows[1]
    laid.row(
        (0, Cell(block.title, "head", rowspan=2)),
        (1, Cell(first.label, "head", colspan=4)), (5, Cell(second.label, "head", colspan=4)),
    )  # fmt: skip
    laid.row((1, Cell(goal[first.key], "text", colspan=4)), (5, Cell(goal[second.key], "text", colspan=4)))


# -- indicators ----------------------------------------------------------------------------------------------------------


def _indicators(laid: Laid, block: Block) -> None:
    places = _places([column.key for column in block.columns])
    scored = laid.scored
    total = "score" in places
    laid.row(
        (0, Cell(block.title, "head", rowspan=1 + len(scored.rows))),
        *(
            (places[column.key][0], Cell(column.label, "head", colspan=places[column.key][1]))
            for column in block.columns
        ),
    )
    spans = dict(_spans([row.indicator.level1 for row in scored.rows]))
    inner = dict(_spans([f"{row.indicator.level1}|{row.indicator.level2}" for row in scored.rows]))
    for at, row in enumerate(scored.rows):
        cells: list[tuple[int, Cell]] = []
        if at in spans:
            cells.append((1, Cell(row.indicator.level1, "label", rowspan=spans[at])))
        if at in inner:
            cells.append((2, Cell(row.indicator.level2, "label", rowspan=inner[at])))
        key = f"i{row.indicator.position}"
        laid.filled.rows.append(FilledRow(key, row.indicator.name))
        laid.filled.groups.setdefault(block.key, []).append(key)
        made = _indicator(laid, key, row)
        cells += [
            (at_, replace(made[name], colspan=span)) for name, (at_, span) in places.items() if name in made
        ]
        laid.row(*cells)
    if total:
        laid.filled.rows.append(FilledRow("all", _("总分"), kind="total"))
        whole = sum((row.weight for row in scored.rows), scored.funds.weight)
        laid.row(
            (0, Cell(_("总分"), "total", colspan=6)),
            (6, laid.figure("all", "weight", plain(whole), Figure(whole, Trace(_("各项分值之和")), _("分")), "line")),
            (7, laid.figure("all", "score", plain(scored.total), Figure(scored.total, Trace(_("各项得分之和")), _("分")), "line")),
            (8, Cell(_("等级：%(grade)s") % {"grade": scored.grade}, "text")),
        )  # fmt: skip


def _places(keys: list[str]) -> dict[str, tuple[int, int]]:
    """Grid columns of the indicator columns; what a form does not print is given to its left neighbour."""
    found: dict[str, tuple[int, int]] = {}
    last = ""
    for key, (at, _span) in PLACES.items():
        if key in keys:
            found[key] = (at, 1)
            last = key
        elif last:
            found[last] = (found[last][0], at + 1 - found[last][0])
    return found


def _indicator(laid: Laid, key: str, row: ScoredRow) -> dict[str, Cell]:
    points = row.weight.quantize(CENT, ROUND_HALF_UP)
    trace = Trace(_("绩效目标批复的分值，已摊入不适用指标的分值"))
    weight = Figure(None if row.score is None else row.weight, trace, _("分"))
    cells = {
        "level3": Cell(row.indicator.name, "label"),
        "target": Cell(row.target, "text"),
        "actual": laid.figure(key, "actual", row.actual, _actual(row), "text"),
        "weight": laid.figure(key, "weight", plain(points) if row.score is not None else "", weight, "line"),
        "reason": Cell(_reason(row), "text"),
    }
    score = Figure(row.score, Trace(row.formula), _("分"))
    cells["score"] = laid.figure(key, "score", "" if row.score is None else plain(row.score), score, "line")
    return cells


def _reason(row: ScoredRow) -> str:
    """Why it does not apply, why the band was chosen (R5.1-04), why points were lost and what will be done."""
    if row.score is None:
        return _("本年度没有此项，不适用")
    parts = [row.reason, row.improvement]
    if row.indicator.kind == "qualitative":
        judged = live(Judgement).filter(indicator=row.indicator).order_by("-pk").first()
        parts.insert(0, _("评定理由：%(reason)s") % {"reason": judged.reason} if judged else "")
    return "；".join(part.rstrip("。") for part in parts if part)


def _actual(row: ScoredRow) -> Figure:
    text = row.actual.removesuffix(row.indicator.unit) if row.indicator.unit else row.actual
    amount = number(text)
    if row.typed:
        trace = Trace(_("手工填列"), typed_by=_("手工填列"), evidence=row.evidence)
    else:
        trace = Trace(row.trace)
    return Figure(amount, trace, row.indicator.unit)


def _completion(row: ScoredRow) -> Decimal | None:
    """Actual over target in percent, both as printed; None for words, ranges, targets of nought and what does not apply."""
    target = number(row.indicator.target)
    actual = _actual(row).amount
    if row.score is None or row.indicator.direction == "range" or not target or actual is None:
        return None
    return Decimal(actual) * 100 / target


def _reached(rate: Decimal) -> str:
    """A target missed by less than is printed is not printed as reached (99.998 %, not 100.00 %)."""
    whole = Decimal(100)
    return f"{shown(rate, whole)}%" if rate != whole and percent(rate) == percent(whole) else percent(rate)


def _spans(labels: list[str]) -> Iterator[tuple[int, int]]:
    """(first row, number of rows) of equal neighbours."""
    start = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or labels[at] != labels[start]:
            yield start, at - start
            start = at


def _notes(scored: Scored) -> Iterator[str]:
    """Under the form: how far each target was reached and what that means for the points; what was typed by hand and on
    what evidence; what did not apply.
    """
    reached = [
        f"{row.indicator.name}{_reached(rate)}"
        for row in scored.rows
        if (rate := _completion(row)) is not None
    ]
    if reached:
        yield _(
            "注：完成率（实际完成值÷年度指标值）：%(rates)s。"
            "定量指标达到年度指标值的得满分，未达到的按完成比例计分。"
        ) % {"rates": "；".join(reached)}
    typed = [row for row in scored.rows if row.typed and row.score is not None]
    if typed:
        named = "；".join(f"{row.indicator.name}（{_('依据')}：{row.evidence}）" for row in typed)
        yield _("注：手工填列的指标：%(named)s。其余指标由业务台账和财务账取数。") % {"named": named}
    absent = [row.indicator.name for row in scored.rows if row.score is None]
    if absent:
        yield _("注：本年度不适用的指标：%(names)s，其分值由同一级指标下的其他指标承担。") % {
            "names": "、".join(absent)
        }


_BLOCKS = {"fields": _fields, "grid": _grid, "text": _text, "indicators": _indicators}
