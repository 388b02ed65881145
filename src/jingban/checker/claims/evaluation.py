"""Self-evaluation forms (绩效自评表, 绩效目标完成情况表): funds rows, indicators, group points, totals, grade.

A form is read from consecutive tables between headings: names, funds, goals, indicators. Columns are told by header
words; only leaf rows count; the 10-point execution row is part of the total when the printed weights say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct, field

from jingban.checker.claims.tables import figure_at, roles_of
from jingban.checker.context import Context
from jingban.checker.figures import Figure, cell_figure
from jingban.checker.layout.pairs import pairs
from jingban.checker.model import Cell, Heading, Paragraph, Source, Table
from jingban.values.patterns import lazy

HUNDRED = Decimal(100)
NOWHERE = Source()
_NAME = lazy(
    r"^(项目支?出?名称|项目名称|专项名称|部门\(?单位?\)?名称|单位名称|省级预算部门名称|预算部门名称)"
)
_PROJECT = lazy(r"^(项目支?出?名称|项目名称|专项名称)")
_POINTS = lazy(r"\(\s*(?:共|计|满分|权重)?\s*(\d+(?:\.\d+)?)\s*(?:分|%)?\s*\)\s*$")
_TOTAL = lazy(r"^(总分|合计|总计|总得分|得分合计|合计得分|总分值|自评总分|综合得分|自评得分合计)(\(.*\))?:?$")
_SKIP = lazy(r"^(小计|合计|总分|…+|\.{3,})$")
_GRADE = lazy(
    r"(?:等级|评价等级|自评等级|评定等级|绩效等级)[:为]?\s*(优秀?|良好?|中等?|合格|差|及格|不合格)?"
)
_EXECUTION = lazy(r"预算执行率|资金执行率|^执行率|预算执行(?:情况)?(?:指标)?$")


class FundRow(Struct):
    """One row of the funds table. ``None``: nothing printed there."""

    label: str
    source: Source
    initial: Figure | None = None
    full: Figure | None = None
    executed: Figure | None = None
    weight: Figure | None = None
    rate: Figure | None = None
    score: Figure | None = None

    @property
    def is_total(self) -> bool:
        return bool(re.search(r"年度资金总额|资金总额|^合计$|^总额$|^预算数$|总计", self.label))


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
    roles: dict[str, int] = {}
    for block in context.document.blocks:
        if isinstance(block, Heading):
            current = None
        elif isinstance(block, Paragraph) and current is not None:
            current.remarks.append(block)
        if not isinstance(block, Table):
            continue
        kind = _kind(block)
        if not kind:
            if current is not None and roles and _goes_on(block, current.tables[-1]):
                current.trusted = current.trusted and block.trusted
                _indicators(current, block, roles)
            continue
        fresh = (
            current is None or (current.indicators and kind != "rest") or (kind == "names" and current.funds)
        )
        if fresh or current is None:
            if kind == "rest":
                continue
            current = Evaluation(block.title, source=block.source)
            found.append(current)
        current.tables.append(block)
        current.title = current.title or block.title
        current.notes.extend(block.notes)
        if kind == "indicators":
            current.trusted = current.trusted and block.trusted
        else:
            current.funds_trusted = current.funds_trusted and block.trusted
        _names(current, block)
        _funds(current, block)
        roles = _indicators(current, block, {})
    return [one for one in found if one.indicators or one.funds]


def _kind(table: Table) -> str:
    heads = {_word(cell.text) for row in table.rows[:3] for cell in row if cell}
    if {"三级指标", "一级指标"} & heads and not any("评分" in one and "标准" in one for one in heads):
        return "indicators"
    if heads & {"全年预算数", "全年执行数"} or any(re.match(r"预算执行情况|项目资金", one) for one in heads):
        return "funds"
    if any(_NAME.match(one) for one in heads):
        return "names"
    return "rest" if heads & {"年度总体目标", "预期目标", "年度目标完成情况"} or _grading(table) else ""


def _grading(table: Table) -> bool:
    return any(cell and _TOTAL.match(cell.text) for row in table.rows[-2:] for cell in row)


def _word(text: str) -> str:
    return re.sub(r"\([^()]*\)$", "", text.replace(" ", "")).rstrip(":")


def _names(form: Evaluation, table: Table) -> None:
    for pair in pairs(table):
        label = pair.label.replace(" ", "")
        if _PROJECT.match(label) and pair.text:
            form.project = True
            name = pair.text
            if _NAME.match(name) and pair.value is not None:
                row = table.rows[pair.value.row]
                name = next((c.text for c in row[pair.value.column + 1 :] if c and c.text), name)
            form.name = name
        elif _NAME.match(label) and pair.text and not form.name:
            form.name = pair.text


_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, lazy(pattern))
    for role, pattern in (
        ("level1", r"^一级指标"),
        ("level2", r"^二级指标"),
        ("level3", r"^三级指标|^指标名称|^四级指标"),
        ("reason", r"偏差|原因|未完成|改进措施"),
        (
            "actual",
            r"^(?:实际|全年|年度)?(?:完成|实现|达到)(?:指标)?(?:值|情况|结果)|^实际值|^实际完成|^实际指标值",
        ),
        ("target", r"(?:年度|预期|目标|绩效|计划|全年)?(?:指标|目标)值|预期目标|目标值|年度目标"),
        ("score", r"^(?:自评|实际|评价)?(?:得分|自评分|评分)(?:\(.*\))?$|^得分"),
        ("weight", r"^(?:指标)?(?:分值|权重|标准分|满分)(?:\(.*\))?$|^分值"),
        ("initial", r"^年初预算"),
        ("full", r"^(?:全年|调整后?)预算|^预算数\(?A?\)?$"),
        ("executed", r"^(?:全年|实际)?执行数?|^(?:全年|实际)(?:执行|支出)数"),
        ("rate", r"^(?:预算)?执行率"),
    )
)


def _text(row: list[Cell | None], column: int | None) -> tuple[str, Source]:
    if column is None or column >= len(row) or row[column] is None:
        return "", Source()
    cell = row[column]
    assert cell is not None
    return cell.text.strip(), cell.source


def _funds(form: Evaluation, table: Table) -> None:
    roles: dict[str, int] = {}
    for index, row in enumerate(table.rows):
        found = roles_of(row, _HEADS)
        if {"full", "executed"} <= set(found) or {"initial", "executed"} <= set(found):
            roles = _with_lost_score(row, found)
            form.linear = form.linear or any(c and re.search(r"分值\s*[×xX*]\s*执行率", c.text) for c in row)
            continue
        if not roles or index < table.header_rows - 1:
            continue
        if "level3" in found:
            return
        first = min(roles.get(one, 99) for one in ("initial", "full", "executed"))
        label = next((c.text for c in reversed(row[:first]) if c and c.text and not c.inherited), "")
        label = label or next((c.text for c in reversed(row[:first]) if c and c.text), "")
        line = FundRow(label.replace(" ", ""), next((c.source for c in row if c), table.source))
        for name in ("initial", "full", "executed"):
            setattr(line, name, figure_at(row, roles.get(name), table.unit or "万元"))
        for name in ("weight", "rate", "score"):
            setattr(line, name, figure_at(row, roles.get(name)))
        if line.full or line.executed or line.initial or line.weight:
            form.funds.append(line)
    if not roles:
        form.funds.extend(_paired_funds(table))


def _with_lost_score(row: list[Cell | None], roles: dict[str, int]) -> dict[str, int]:
    """A header row that lost its last word: the column after the execution rate holds the points."""
    if "score" in roles or "rate" not in roles:
        return roles
    after = roles["rate"] + 1
    cell = row[after] if after < len(row) else None
    return roles if cell is not None and cell.text else {**roles, "score": after}


def _paired_funds(table: Table) -> Iterator[FundRow]:
    """Sichuan: '预算数: 3 执行数: 1.012' in one row."""
    for row in table.rows:
        cells = [cell for cell in row if cell and cell.text]
        labels = [cell.text.rstrip(":").replace(" ", "") for cell in cells]
        if len(cells) < 4:
            continue
        for index in range(len(cells) - 3):
            first, second = labels[index], labels[index + 2]
            head = first == "预算数" and second == "执行数"
            if not head and not (first == second and re.search(r"财政拨款|其[他它]资金", first)):
                continue
            line = FundRow("年度资金总额" if head else first, cells[index].source)
            line.full = cell_figure(cells[index + 1].text, cells[index + 1].source, table.unit or "万元")
            line.executed = cell_figure(cells[index + 3].text, cells[index + 3].source, table.unit or "万元")
            if line.full or line.executed:
                yield line
            break


def _goes_on(table: Table, before: Table) -> bool:
    """Rows of the same printed form under the same header, cut off because they hold no figure."""
    return table.form == before.form and bool(table.rows) and len(table.rows[0]) == len(before.rows[0])


def _indicators(form: Evaluation, table: Table, roles: dict[str, int]) -> dict[str, int]:
    """Read the rows under the header that ``roles`` tells, or the table's own; what was told last."""
    for row in table.rows:
        found = roles_of(row, _HEADS)
        if "level3" in found and ("target" in found or "weight" in found or "score" in found):
            roles = found
            form.scored = form.scored or bool({"weight", "score"} & set(roles))
            continue
        if not roles:
            continue
        if any(cell and _TOTAL.match(cell.text.replace(" ", "")) and not cell.inherited for cell in row[:4]):
            _total(form, row, roles)
            continue
        one = _indicator(row, roles)
        if one is not None:
            form.indicators.append(one)
    return roles


def _indicator(row: list[Cell | None], roles: dict[str, int]) -> Indicator | None:
    name, source = _text(row, roles.get("level3"))
    target, target_source = _text(row, roles.get("target"))
    actual, actual_source = _text(row, roles.get("actual"))
    weight, score = figure_at(row, roles.get("weight")), figure_at(row, roles.get("score"))
    name = name.replace(" ", "")
    if _SKIP.match(name) or not (name or target or actual or weight or score):
        return None
    reason, _where = _text(row, roles.get("reason"))
    level1, first = _text(row, roles.get("level1"))
    level2, _second = _text(row, roles.get("level2"))
    placed = source if source != Source() else first
    return Indicator(
        level1.replace(" ", ""),
        level2.replace(" ", ""),
        name,
        target,
        actual,
        weight,
        score,
        reason,
        placed,
        next((cell.row for cell in row if cell), 0),
        "reason" in roles,
        target_source,
        actual_source,
    )


def _total(form: Evaluation, row: list[Cell | None], roles: dict[str, int]) -> None:
    form.total_weight = figure_at(row, roles.get("weight")) or form.total_weight
    form.total_score = figure_at(row, roles.get("score")) or form.total_score
    if form.total_score is None:
        numbers = [f for f in (figure_at(row, index) for index in range(len(row))) if f]
        if len(numbers) == 2 and form.total_weight is None:
            form.total_weight, form.total_score = numbers
    for cell in row:
        found = _GRADE.search(cell.text) if cell else None
        if found and cell:
            form.grade, form.grade_source = found[1] or "", cell.source
