"""The basic-data table of the evaluation (部门整体支出绩效评价基础数据表): filled from the books, laid out as its form.

What the books cannot know (floor area and cost of buildings, classes of project money) is typed in the list of published
figures under the form ``pf-base-data`` with its evidence, and printed as typed. A cell nobody knows stays blank.
Codes: DIS-305 a typed cell that the form does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from jingban.budget.book import OPERATING, Money, live
from jingban.budget.figures import YearFigures
from jingban.budget.models import Appropriation, PublishedFigure
from jingban.disclosure.grid import Cell, Grid
from jingban.disclosure.model import Report, Table
from jingban.disclosure.selfeval_form import money, percent, plain
from jingban.forms.catalogue import catalogue
from jingban.forms.filled import Figure, FilledForm, FilledRow, Trace
from jingban.forms.model import Block, Form, FormColumn
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import document as _
from jingban.values.i18n import gettext

FORM = "pf-base-data"
FOLDER = "绩效自评"
WIDTHS = [26.0, *[10.5] * 6]
NONE_PRINTED = "——"
"""Where the form itself asks for nothing."""
NO_LAST = ("procurement", "adjusted")
SOME = {"office": "30201", "utilities": "30205,30206,30211", "meetings": "30215,30216"}
"""Lines under the operating money → economic codes of general basic expenditure."""
CLASSES = ("project_running", "project_provincial", "project_other")
"""Classes of project money that are named; what is left is business."""
RATES = {"three_public": "“三公”经费控制率", "operating": "公用经费控制率", "procurement": "政府采购执行率", "adjusted": "基本支出执行率"}  # fmt: skip
"""Lines whose rate of actual to budget is printed under the form, and what it is called."""
THREE = {"three_public": "total", "vehicles": "vehicles", "purchase": "purchase", "running": "running", "abroad": "abroad", "reception": "reception"}  # fmt: skip
Key = tuple[str, str]


def fill(figures: YearFigures) -> FilledForm:
    """The form of a year. Refuses with DIS-305 for every typed cell that the form does not have."""
    form = _dated(catalogue()[FORM], figures.year)
    filled = FilledForm(form, figures.year, figures.unit.name, [])
    for block in form.blocks:
        for row in block.rows:
            filled.rows.append(FilledRow(row.key, row.label, kind=row.kind))
            if row.group:
                filled.groups.setdefault(row.group, []).append(row.key)
    typed = _typed(figures, form)
    for part in (_staff, _three, _projects, _operating, _rest):
        filled.cells |= part(figures, typed)
    filled.cells |= _buildings(typed)
    return filled


def _dated(form: Form, year: int) -> Form:
    """The description with the years of its columns written out."""

    def column(one: FormColumn) -> FormColumn:
        header = tuple(text.format(year=year, last=year - 1) for text in one.header)
        return replace(one, header=header)

    blocks = (replace(block, columns=tuple(map(column, block.columns))) for block in form.blocks)
    return replace(form, blocks=tuple(blocks))


def _typed(figures: YearFigures, form: Form) -> dict[Key, Figure]:
    """Cells typed by people for this form, with who typed them and the evidence."""
    roles = {
        (row.key, column.key): column.role
        for block in form.blocks
        for row in block.rows
        for column in block.columns
    }
    found: dict[Key, Figure] = {}
    unknown: list[Finding] = []
    rows = live(PublishedFigure, figures.horizon).filter(unit=figures.unit, year=figures.year, form=FORM)
    for one in rows.select_related("origin").order_by("pk"):
        key = (one.row, one.column)
        if key not in roles:
            message = gettext("基础数据表没有“%(row)s”行“%(column)s”列；行、列用表式参考里的键") % {
                "row": one.row,
                "column": one.column,
            }
            unknown.append(Finding("DIS-305", message, subject=one.evidence))
            continue
        trace = Trace(_("手工填列"), typed_by=one.origin.actor, evidence=one.evidence)
        if roles[key] == "count":
            found[key] = Figure(Decimal(one.amount_fen).scaleb(-2).normalize(), trace, "㎡")
        else:
            found[key] = Figure(one.amount_fen, trace)
    if unknown:
        raise Refused(unknown)
    return found


def _rate(part: Figure | None, whole: Figure | None, formula: str) -> Figure:
    """Percent of a whole; None (printed blank) for 0/0 and x/0."""
    if part is None or whole is None or part.amount is None or not whole.amount:
        return Figure(None, Trace(formula), "%")
    return Figure(Decimal(part.amount) * 100 / Decimal(whole.amount), Trace(formula), "%")


def _staff(figures: YearFigures, typed: dict[Key, Figure]) -> dict[Key, Figure]:
    posts, _opening, staff = figures.staff()
    rate = _rate(staff, posts, _("年末实有÷编制数×100%"))
    return {("people", "posts"): posts, ("people", "staff"): staff, ("people", "rate"): rate}


def _three(figures: YearFigures, typed: dict[Key, Figure]) -> dict[Key, Figure]:
    """Last year's lines follow from each other where only some were published: parts of nothing are nothing."""
    found: dict[Key, Figure] = {}
    last: dict[str, Figure | None] = {}
    for row, name in THREE.items():
        compared = figures.three(name)
        found[row, "actual"] = compared.actual
        if compared.adjusted is not None:
            found[row, "budget"] = compared.adjusted
        last[row] = compared.prior
    cars = last["vehicles"]
    if cars is not None and cars.amount == 0:
        nothing = Figure(0, Trace(_("上年公务用车经费为零")))
        last |= {row: last[row] or nothing for row in ("purchase", "running")}
    parts = [last[row] for row in ("vehicles", "abroad", "reception")]
    if last["three_public"] is None and all(parts):
        whole = sum(int(part.amount or 0) for part in parts if part)
        last["three_public"] = Figure(whole, Trace(_("上年三项经费之和")))
    return found | {(row, "last"): figure for row, figure in last.items() if figure is not None}


def _projects(figures: YearFigures, typed: dict[Key, Figure]) -> dict[Key, Figure]:
    """All project money; provincial money is known by the level that gave it, other classes are typed, the rest is business."""
    inside = {one.code: one.name for one in figures.book.projects if one.through_department}
    given = _given_by_province(figures, inside)
    ours = ",".join(inside.values())
    whole: dict[str, Figure | None] = {
        "last": figures.prior("gk03", "total", "project"),
        "budget": _budget(
            figures, lambda line: line.category == "project", category="project", project__in=ours
        ),
        "actual": figures.figure("gk03", "total", "project"),
    }
    parts: dict[Key, Figure] = {}
    if given:
        where = (("project__in", ",".join(name for code, name in inside.items() if code in given)),)
        for column, relation, lines in (
            ("budget", "appropriation", figures.book.appropriations),
            ("actual", "payment", figures.book.payments),
        ):
            amount = sum(line.amount_fen for line in lines if line.project in given)
            parts["project_provincial", column] = Figure(
                amount, Trace(_("省级专项资金项目之和"), relation, where)
            )
    found: dict[Key, Figure] = {}
    for column, total in whole.items():
        if total is None:
            continue
        found["projects", column] = total
        for row in CLASSES:
            part = typed.get((row, column)) or parts.get((row, column))
            if part is not None:
                found[row, column] = part
            elif column != "last":
                found[row, column] = Figure(0, Trace(_("没有登记为此类的项目")))
        if column == "last" and ("project_business", column) not in typed:
            continue  # nobody knows what last year's projects were for
        rest = int(total.amount or 0) - sum(
            int(found[row, column].amount or 0) for row in CLASSES if (row, column) in found
        )
        found["project_business", column] = typed.get(
            ("project_business", column), Figure(rest, Trace(_("项目支出－其他各项专项")))
        )
    return found


def _given_by_province(figures: YearFigures, inside: Iterable[str]) -> set[str]:
    """Codes of the projects in the department's books (``inside``) whose money the province gave."""
    rows = live(Appropriation, figures.horizon).filter(
        unit=figures.unit, year=figures.year, payer_level__startswith="省", project__code__in=list(inside)
    )
    return set(rows.values_list("project__code", flat=True))


def _budget(figures: YearFigures, test: Callable[[Money], bool], **where: str) -> Figure:
    return figures.budget(test, initial=False, where=tuple(sorted(where.items())))


def _operating(figures: YearFigures, typed: dict[Key, Figure]) -> dict[Key, Figure]:
    def basic(line: Money) -> bool:
        return line.source == "general" and line.category == "basic"

    own = {"source": "general", "category": "basic"}
    found: dict[Key, Figure] = {
        ("operating", "actual"): figures.figure("gk06", "operating", "amount"),
        ("operating", "budget"): _budget(
            figures,
            lambda line: basic(line) and line.economic_code[:3] in OPERATING,
            economic_code__starts=",".join(OPERATING),
            **own,
        ),
    }
    last = figures.prior("gk06", "operating", "amount")
    if last is not None:
        found["operating", "last"] = last
    for row, text in SOME.items():
        codes = text.split(",")
        where = (("category", "basic"), ("economic_code__in", text), ("source", "general"))
        paid = sum(int(figures.figure("gk06", code, "amount").amount or 0) for code in codes)
        found[row, "actual"] = Figure(paid, Trace(_("该经济科目支出凭证之和"), "payment", where))
        given = [line for line in figures.book.appropriations if basic(line) and line.economic_code in codes]
        if given:
            amount = sum(line.amount_fen for line in given)
            found[row, "budget"] = Figure(amount, Trace(_("该经济科目预算指标之和"), "appropriation", where))
        before = [figures.prior("gk06", code, "amount") for code in codes]
        if all(before):
            amount = sum(int(one.amount or 0) for one in before if one)
            found[row, "last"] = Figure(amount, Trace(_("上年该经济科目决算数之和")))
    return found


def _rest(figures: YearFigures, typed: dict[Key, Figure]) -> dict[Key, Figure]:
    planned = sum(one.planned_fen for one in figures.book.procurements)
    basic = _budget(figures, lambda line: line.category == "basic", category="basic")
    return {
        ("procurement", "budget"): Figure(planned, Trace(_("政府采购计划金额之和"), "procurement")),
        ("procurement", "actual"): figures.procurement(),
        ("adjusted", "budget"): replace(basic, trace=replace(basic.trace, formula=_("调整后的基本支出预算"))),
        ("adjusted", "actual"): figures.figure("gk03", "total", "basic"),
    }


def _buildings(typed: dict[Key, Figure]) -> dict[Key, Figure]:
    """Typed: no book of the unit knows the floor area that was approved."""
    cells = {key: figure for key, figure in typed.items() if key[0] == "building"}
    if not cells:
        return {}
    get = cells.get
    size = _rate(get(("building", "built")), get(("building", "approved")), _("实际规模÷批复规模×100%"))
    cost = _rate(get(("building", "invested")), get(("building", "planned")), _("实际投资÷预算投资×100%"))
    return cells | {("building", "size_rate"): size, ("building", "cost_rate"): cost}


# -- layout --------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sheet:
    filled: FilledForm
    rows: list[list[Cell | None]]

    def put(self, *cells: Cell) -> None:
        row: list[Cell | None] = []
        for cell in cells:
            row += [cell, *[None] * (cell.colspan - 1)]
        self.rows.append(row + [None] * (len(WIDTHS) - len(row)))

    def figure(self, row: str, column: FormColumn, span: int) -> Cell:
        figure = self.filled.cells.get((row, column.key))
        if figure is None:
            empty = NONE_PRINTED if row in NO_LAST and column.key == "last" else ""
            return Cell(empty, "line", colspan=span)
        return Cell(_text(figure), "amount", figure, (row, column.key), colspan=span)


def _text(figure: Figure) -> str:
    if figure.amount is None:
        return ""
    if figure.unit == "fen":
        return money(int(figure.amount))
    amount = Decimal(figure.amount)
    return percent(amount) if figure.unit == "%" else plain(amount)


def base_table(filled: FilledForm) -> Table:
    """One printed table of four parts, as the form stands."""
    sheet = _Sheet(filled, [])
    for block in filled.form.blocks:
        if block.kind == "text":
            sheet.put(Cell(block.title, "head"), Cell(_thrift(filled), "text", colspan=6))
            continue
        span = 6 // len(block.columns)
        heads = [Cell(column.label, "head", colspan=span) for column in block.columns]
        if len(block.rows) == 1:
            sheet.put(Cell(block.title, "head", rowspan=2), *heads)
            values = [sheet.figure(block.rows[0].key, column, span) for column in block.columns]
            sheet.rows.append([None, *(cell for value in values for cell in (value, *[None] * (span - 1)))])
        else:
            sheet.put(Cell(block.title, "head"), *heads)
            _lines(sheet, block, span)
    grid = Grid(sheet.rows, 0, list(WIDTHS), filled.form.id, filled)
    title = _("%(year)s年度%(form)s") % {"year": filled.year, "form": filled.form.title}
    return Table(title, grid, owner=filled.owner, unit=filled.form.unit, notes=tuple(_notes(filled)))


def _lines(sheet: _Sheet, block: Block, span: int) -> None:
    for row in block.rows:
        indent = 2 if row.parent or row.group == "operating_some" else 1 if row.group else 0
        cells = [sheet.figure(row.key, column, span) for column in block.columns]
        sheet.put(Cell(row.label, "label", indent=indent), *cells)


def _within(filled: FilledForm, row: str) -> bool:
    """Money was planned and no more than that was spent."""
    return 0 <= filled.amount(row, "actual") <= filled.amount(row, "budget") != 0


def _thrift(filled: FilledForm) -> str:
    kept = [
        name
        for row, name in (("three_public", "“三公”经费"), ("operating", "公用经费"))
        if _within(filled, row)
    ]
    return _("%(names)s控制在全年预算以内。") % {"names": "、".join(kept)} if kept else ""


def _notes(filled: FilledForm) -> list[str]:
    """The form's own note, the rates of actual to budget, and what was typed on what evidence."""
    notes = [filled.form.footnote]
    rates = []
    for row, name in RATES.items():
        rate = _rate(filled.cells.get((row, "actual")), filled.cells.get((row, "budget")), "")
        if rate.amount is not None:
            rates.append(f"{name}为{percent(Decimal(rate.amount))}")
    if rates:
        notes.append(_("%(rates)s（决算数÷预算数）。") % {"rates": "，".join(rates)})
    labels = {row.key: row.label for row in filled.rows}
    typed = [
        _("%(row)s（%(who)s填，依据：%(evidence)s）")
        % {"row": labels[row], "who": figure.trace.typed_by, "evidence": figure.trace.evidence}
        for (row, _column), figure in filled.cells.items()
        if figure.trace.typed
    ]
    if typed:
        notes.append(_("手工填列：%(named)s。") % {"named": "；".join(dict.fromkeys(typed))})
    return notes


def base_report(figures: YearFigures) -> Report:
    """The basic-data table as a document of its own."""
    made = base_table(fill(figures))
    title = (figures.unit.name, made.title)
    return Report(
        "".join(title), title, figures.unit.name, figures.year, [made], contents=False, folder=_(FOLDER)
    )
