"""Self-evaluation forms (绩效自评表, 绩效目标完成情况表): funds rows, indicators, group points, totals, grade.

A form is read from consecutive tables between headings: names, funds, goals, indicators. What the columns and rows are
is told by the words of ``forms/data/words`` alone; only leaf rows count; the 10-point execution row is part of the total
when the printed weights say so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, field

from jingban.checker.claims.tables import figure_at
from jingban.checker.figures import Figure
from jingban.checker.model import Heading, Paragraph, Source, Table
from jingban.checker.tables.sheet_words import Row
from jingban.checker.tables.sheets import Sheet, SheetPart, SheetRow, paired_rows, read_sheet
from jingban.forms.scoring import GRADE_WORDS
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

HUNDRED = Decimal(100)
NOWHERE = Source()
_POINTS = lazy(r"\(\s*(?:共|计|满分|权重)?\s*(\d+(?:\.\d+)?)\s*(?:分|%)?\s*\)\s*$")
_LINEAR = lazy(r"分值\s*[×xX*]\s*执行率")
_EXECUTION = lazy(r"预算执行率|资金执行率|^执行率|预算执行(?:情况)?(?:指标)?$")
_EMPTY_ROW = lazy(r"^(…+|\.{3,})$")
_MEASURE = lazy(r"^[-−]?[\d,]+(?:\.\d+)?$")


class FundRow(Struct):
    """One row of the funds table. ``None``: nothing printed there."""

    label: str
    source: Source
    key: str = ""
    """The form's row; '' for one that the description does not know."""
    initial: Figure | None = None
    full: Figure | None = None
    executed: Figure | None = None
    weight: Figure | None = None
    rate: Figure | None = None
    score: Figure | None = None

    @property
    def is_total(self) -> bool:
        return self.key == "total"


class Indicator(Struct):
    """One leaf row."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: Figure | None
    score: Figure | None
    reason: str
    source: Source
    row: int
    coefficient: Figure | None = None
    """得分系数 in percent, where the form has such a column."""
    has_reason: bool = False
    """The form has a column for the explanation."""
    target_source: Source = NOWHERE
    actual_source: Source = NOWHERE


class Group(Struct):
    """A first-level header with printed points: '产出指标(50分)' and the leaves under it."""

    label: str
    points: Decimal
    source: Source
    members: list[Indicator] = field(default_factory=list)


class Evaluation(Struct):
    """One form. ``trusted`` is False where cells were lost or shifted: rules answer 'not verified'."""

    title: str
    name: str = ""
    project: bool = False
    source: Source = NOWHERE
    tables: list[Table] = field(default_factory=list)
    funds: list[FundRow] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    total_weight: Figure | None = None
    total_score: Figure | None = None
    grade: str | None = None
    """The printed grade; '' when its place is printed but empty; None when the form has none."""
    grade_source: Source = NOWHERE
    linear: bool = False
    """The form says 得分 = 分值×执行率."""
    scored: bool = False
    """The form has weight or score columns."""
    asks_scores: bool = False
    """The indicators have a column for the score."""
    trusted: bool = True
    funds_trusted: bool = True
    notes: list[str] = field(default_factory=list)
    remarks: list[Paragraph] = field(default_factory=list)
    """Paragraphs between the form and the next heading or form."""

    @property
    def total_fund(self) -> FundRow | None:
        return next((row for row in self.funds if row.is_total), None)

    @property
    def executed(self) -> Figure | None:
        row = self.total_fund
        return row.executed if row else None

    @property
    def execution_weight(self) -> Figure | None:
        row = self.total_fund
        return row.weight if row else None

    @property
    def execution_score(self) -> Figure | None:
        row = self.total_fund
        return row.score if row else None

    def groups(self) -> list[Group]:
        """First-level groups with printed points, in order; one that continues is one."""
        found: list[Group] = []
        for one in self.indicators:
            points = points_of(one.level1)
            if points is None:
                continue
            if not found or found[-1].label != one.level1:
                found.append(Group(one.level1, points, one.source))
            found[-1].members.append(one)
        return found

    def misses(self) -> list[tuple[Group, Decimal]]:
        """Groups whose leaves do not add up to the printed points, and by how much they exceed them."""
        found = []
        for group in self.groups():
            weights = [one.weight.number.value for one in group.members if one.weight]
            miss = sum(weights, Decimal(0)) - group.points
            if weights and miss:
                found.append((group, miss))
        return found

    def goal(self) -> Decimal:
        """The printed total of the points, else 100."""
        return self.total_weight.number.value if self.total_weight else HUNDRED

    def excess(self) -> Decimal:
        """By how much the leaves, with the execution row where it counts, exceed the total; 0 when a reading fits."""
        leaves, goal = self.leaf_weights(), self.goal()
        execution = self.execution_weight.number.value if self.execution_weight else Decimal(0)
        sums = {True: [leaves + execution], False: [leaves], None: [leaves, leaves + execution]}
        fitting = sums[self.execution_counts()]
        if goal in fitting or (goal == 1 and HUNDRED in fitting):
            return Decimal(0)
        return fitting[-1] - goal

    def weights_cause(self) -> str | None:
        """Name of the common cause when the groups' misses are just what the whole is off by."""
        excess = self.excess()
        same = excess and sum(miss for _group, miss in self.misses()) == excess
        return f"{self.key()}/weights" if same else None

    def leaf_weights(self) -> Decimal:
        return sum((one.weight.number.value for one in self.indicators if one.weight), Decimal(0))

    def execution_counts(self) -> bool | None:
        """Whether the execution row is part of the total; None when the form does not tell."""
        weight = self.execution_weight
        if weight is None:
            return False
        if any(_EXECUTION.search(one.name) and one.weight == weight for one in self.indicators):
            return False
        goal = self.total_weight.number.value if self.total_weight else HUNDRED
        groups = self.groups()
        if groups and {one.level1 for one in self.indicators if one.weight} <= {one.label for one in groups}:
            declared = sum((one.points for one in groups), Decimal(0))
            if declared + weight.number.value == goal:
                return True
            if declared == goal:
                return False
        leaves = self.leaf_weights()
        if leaves + weight.number.value == goal:
            return True
        return False if leaves == goal else None

    def key(self) -> str:
        """What messages and fingerprints call the form."""
        return (self.name if self.project else self.title) or self.title or self.name


def points_of(label: str) -> Decimal | None:
    """50 of '产出指标(50分)'."""
    matched = _POINTS.search(label.replace(" ", ""))
    return Decimal(matched[1]) if matched else None


def bare(label: str) -> str:
    """'产出指标(50分)' -> '产出指标'"""
    return _POINTS.sub("", label.replace(" ", ""))


def evaluations(context: Context) -> list[Evaluation]:
    """Every form of the document that has indicators or funds."""
    found: list[Evaluation] = []
    current: Evaluation | None = None
    last: SheetPart | None = None
    statutory = {id(bound.table) for bound in context.bound_tables.tables}
    for block in context.document.blocks:
        if isinstance(block, Heading):
            current, last = None, None
        elif isinstance(block, Paragraph) and current is not None:
            current.remarks.append(block)
        if not isinstance(block, Table) or id(block) in statutory:
            continue
        sheet = read_sheet(block)
        kind = _kind(sheet)
        if not kind:
            if current is not None and last is not None and _goes_on(block, current.tables[-1]):
                current.trusted = current.trusted and block.trusted
                _indicators(current, read_sheet(block, last))
            continue
        fresh = (
            current is None or (current.indicators and kind != "rest") or (kind == "names" and current.funds)
        )
        if fresh or current is None:
            if kind == "rest":
                continue
            current = Evaluation(block.title, source=block.source)
            found.append(current)
        _take(current, sheet, kind)
        last = sheet.part("indicators") or None
    return [one for one in found if one.indicators or _has_sources(one)]


def _take(form: Evaluation, sheet: Sheet, kind: str) -> None:
    table = sheet.table
    form.tables.append(table)
    form.title = form.title or table.title or _printed_title(table)
    form.notes.extend(table.notes)
    if kind == "indicators":
        form.trusted = form.trusted and table.trusted
    else:
        form.funds_trusted = form.funds_trusted and table.trusted
    _names(form, sheet)
    _funds(form, sheet)
    _indicators(form, sheet)


def _has_sources(form: Evaluation) -> bool:
    """A funds table without indicators is part of a form only when it prints a total with its sources."""
    return any(row.is_total for row in form.funds) and (
        bool(form.name) or any(row.key and not row.is_total for row in form.funds)
    )


def _kind(sheet: Sheet) -> str:
    if sheet.part("framework", "staff", "money"):
        return ""
    if sheet.part("indicators"):
        return "indicators"
    if sheet.part("funds"):
        return "funds"
    keys = {(one.block, one.key) for one in sheet.fields}
    if {("names", "project"), ("names", "unit")} & keys:
        return "names"
    if any(block == "goals" for block, _key in keys) or any(True for _row in paired_rows(sheet.table)):
        return "rest"
    return "rest" if _grading(sheet.table) else ""


def _grading(table: Table) -> bool:
    """A last row that prints a total."""
    return any(_is_total_row(row) for row in table.rows[-2:])


def _is_total_row(row: Row) -> bool:
    from jingban.checker.tables.sheet_words import blocks

    return any(
        cell is not None and not cell.inherited and cell.text and len(cell.text) <= 12
        and blocks()["indicators"].row_key(cell.text) == "all"
        for cell in row
    )  # fmt: skip


def _printed_title(table: Table) -> str:
    """A title printed inside the grid: a row of one cell that speaks of 自评 or 绩效."""
    for row in table.rows[:4]:
        texts = [cell.text for cell in row if cell is not None and cell.text and not cell.inherited]
        if len(texts) == 1 and ("自评" in texts[0] or "绩效" in texts[0]) and len(texts[0]) <= 60:
            return texts[0]
    return ""


def _names(form: Evaluation, sheet: Sheet) -> None:
    for one in sheet.fields:
        if one.block != "names":
            continue
        if one.key == "project" and one.text and not form.project:
            form.project, form.name = True, one.text
        elif one.key == "unit" and one.text and not form.name:
            form.name = one.text
        elif one.key == "whole_score" and one.value is not None:
            form.total_score = figure_at([one.value], 0) or form.total_score
        elif one.key == "grade" and one.label.text:
            _grade(form, one.text, one.label.source)


def _grade(form: Evaluation, text: str, source: Source) -> None:
    """The grade when a grade is what stands there; '' for an empty place."""
    word = next((known for known in GRADE_WORDS if text.replace(" ", "").startswith(known)), "")
    if word or not text:
        form.grade, form.grade_source = word, source


def _funds(form: Evaluation, sheet: Sheet) -> None:
    for part in sheet.parts:
        if part.block.key != "funds":
            continue
        form.linear = form.linear or any(cell and _LINEAR.search(cell.text) for cell in part.header)
        unit = part.table.unit or "万元"
        for row in part.rows:
            line = FundRow(row.label, row.source, row.key)
            line.initial = row.figure("initial", unit) or row.inline
            line.full, line.executed = row.figure("budget", unit), row.figure("executed", unit)
            line.weight, line.rate, line.score = (row.figure(key) for key in ("weight", "rate", "score"))
            if line.full or line.executed or line.initial or line.weight:
                form.funds.append(line)
    if not sheet.part("funds"):
        for key, label, source, budget, executed in paired_rows(sheet.table):
            line = FundRow(label, source, key)
            line.full, line.executed = budget, executed
            if budget or executed:
                form.funds.append(line)


def _goes_on(table: Table, before: Table) -> bool:
    """Rows of the same printed form under the same header, cut off because they hold no figure."""
    return table.form == before.form and bool(table.rows) and len(table.rows[0]) == len(before.rows[0])


def _indicators(form: Evaluation, sheet: Sheet) -> None:
    for part in sheet.parts:
        if part.block.key != "indicators":
            continue
        form.scored = form.scored or bool({"weight", "score"} & set(part.columns))
        form.asks_scores = form.asks_scores or "score" in part.columns
        for row in part.rows:
            if row.key == "all":
                _total(form, row)
            elif row.key != "none" and (one := _indicator(row)) is not None:
                form.indicators.append(one)


def _indicator(row: SheetRow) -> Indicator | None:
    name, source = row.text("level3")
    target, target_source = _target(row)
    actual, actual_source = row.text("actual")
    weight, score = row.figure("weight"), row.figure("score")
    name = name.replace(" ", "")
    if _EMPTY_ROW.match(name) or not (name or target or actual or weight or score):
        return None
    if not (target or actual or weight or score) and not row.text("level1")[0]:
        return None
    level1, first = row.text("level1")
    level2, _second = row.text("level2")
    return Indicator(
        level1.replace(" ", ""),
        level2.replace(" ", ""),
        name,
        target,
        _measured(_with_unit(actual, row), target),
        weight,
        score,
        row.text("reason")[0],
        source if source != NOWHERE else first,
        next((cell.row for cell in row.row if cell), 0),
        row.figure("coefficient"),
        "reason" in row.columns,
        target_source,
        actual_source,
    )


def _target(row: SheetRow) -> tuple[str, Source]:
    """The target in one text: sign, value and unit may stand in three columns; the adjusted value goes before the first."""
    target, source = row.text("target")
    if not target:
        target, source = row.text("target_initial")
    sign = row.text("sign")[0]
    if target and sign and not target.startswith(sign) and len(sign) <= 4:
        target = sign + target
    return (_with_unit(target, row), source)


def _measured(actual: str, target: str) -> str:
    """A bare number beside a target in percent is in percent as well, unless it may be a share of one."""
    percent = target.endswith(("%", "百分比")) and _MEASURE.match(actual)
    return f"{actual}%" if percent and Decimal(actual.replace(",", "").replace("−", "-")) > 1 else actual


def _with_unit(text: str, row: SheetRow) -> str:
    unit = row.text("unit")[0]
    bare = text.lstrip("≥≤=><")
    return text + unit if unit and _MEASURE.match(bare) else text


def _total(form: Evaluation, row: SheetRow) -> None:
    form.total_weight = row.figure("weight") or form.total_weight
    form.total_score = row.figure("score") or form.total_score
    if form.total_score is None:
        numbers = [f for f in (figure_at(row.row, index) for index in range(len(row.row))) if f]
        if len(numbers) == 2 and form.total_weight is None:
            form.total_weight, form.total_score = numbers
