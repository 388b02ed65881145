"""Forms filled so that all their identities close, printed as a stranger would print them, and broken in one cell."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from jingban.forms.expressions import Cell, Expression, Number, SlotName
from jingban.forms.model import Form, FormColumn, FormRow, Identity

CODES = ("208", "20805", "2080505", "2080506", "20826", "2082602", "210", "21011", "2101101")
"""A small tree of functional codes for forms whose rows are codes."""
Key = tuple[str, str, str]
"""form, row, column"""
OFF = Decimal("734.56")


@dataclass(frozen=True)
class Instance:
    """One identity at one place: ``head`` is the cell to break; terms are signed cells that sum to zero."""

    form: str
    identity: str
    rule: str
    head: Key
    terms: tuple[tuple[Key, int], ...]
    operator: str
    link: bool = False
    quotient: tuple[Key, Key] | None = None


@dataclass
class Sheet:
    """One filled form."""

    form: Form
    year: int
    values: dict[Key, Decimal] = field(default_factory=dict)

    def text(self, row: str, column: str) -> str:
        value = self.values.get((self.form.id, row, column))
        return "" if value is None else f"{value:.2f}"


def years_of(form: Form) -> list[int]:
    """One year of every edition, in which the form is in force."""
    if not form.editions:
        return [2020 if 2020 in form.years else form.years.since]
    return [
        max(edition.years.since, form.years.since)
        for edition in form.editions
        if edition.years.until >= form.years.since
    ]


def rows_of(form: Form, year: int) -> list[FormRow]:
    """The printed rows; codes where the classification gives them."""
    if form.shape == "codes":
        return [FormRow("total", "合计"), *(FormRow(code, f"科目{code}", code=code) for code in CODES)]
    if form.shape == "single":
        return [FormRow("values", "")]
    return list(form.edition(year).rows)


def columns_of(form: Form) -> list[FormColumn]:
    return list(form.columns) or [column for block in form.blocks for column in block.columns]


def _group(form: Form, group: str, year: int) -> list[str]:
    rows = [*rows_of(form, year), *(row for block in form.blocks for row in block.rows)]
    plan = next((block for block in form.blocks if block.key == group), None)
    if plan is not None:  # the rows of a plan: here one for each second level
        return [row.key for row in plan.rows if row.parent]
    return [row.key for row in rows if row.group == group]


def _terms(expression: Expression, form: Form, forms: dict[str, Form], year: int) -> list[tuple[Key, int]]:
    def leaf(node: Cell | SlotName | Number) -> list[tuple[Key, int]]:
        assert isinstance(node, Cell), str(expression)
        where = forms[node.form] if node.form else form
        rows = _group(where, node.row, year) if node.many else [node.row]
        return [((where.id, row, node.column), 1) for row in rows]

    def combine(
        operator: str, left: list[tuple[Key, int]], right: list[tuple[Key, int]] | None
    ) -> list[tuple[Key, int]]:
        assert right is not None, str(expression)
        assert operator in "+-", str(expression)
        return left + [(key, sign if operator == "+" else -sign) for key, sign in right]

    return expression.evaluate(leaf, combine)


def instances(forms: Sequence[Form], links: Iterable[Identity], year: int) -> list[Instance]:
    """Every identity at every place of the forms of one year, hierarchies of codes included."""
    known = {form.id: form for form in forms}
    found: list[Instance] = []
    for form in forms:
        for identity in form.identities:
            if year in identity.years:
                found += _places(identity, form, known, year)
        for hierarchy in form.hierarchies:
            found += _tree(form, hierarchy.id, hierarchy.rule, hierarchy.total, hierarchy.levels, year)
    for link in links:
        named = {cell.form for side in (link.left, link.right) for cell in side.cells()}
        if year in link.years and named <= known.keys():
            first = known[next(link.left.cells()).form or ""]
            found += [
                Instance(**{**vars(one), "link": True})
                for one in _places(link, first, known, year)
                if len({key[0] for key, _sign in one.terms}) > 1
            ]
    return found


def _places(identity: Identity, form: Form, known: dict[str, Form], year: int) -> Iterator[Instance]:
    if identity.over in ("rows", "classes", "codes"):
        keys = [(row.key, None) for row in rows_of(form, year) if _takes(identity, row)]
    elif identity.over == "columns":
        keys = [(None, name) for name in identity.columns or tuple(c.key for c in form.amount_columns())]
    else:
        keys = [(None, None)]
    for row, column in keys:
        left, right = identity.left.bind(row, column), identity.right.bind(row, column)
        if "/" in right.text:
            cells = [(cell.form or form.id, cell.row, cell.column) for cell in right.cells()]
            head = next(left.cells())
            yield Instance(
                form.id,
                identity.id,
                identity.rule,
                (form.id, head.row, head.column),
                (),
                "/",
                quotient=(cells[0], cells[1]),
            )
            continue
        terms = _terms(left, form, known, year) + [
            (key, -sign) for key, sign in _terms(right, form, known, year)
        ]
        if all(_exists(known[key[0]], key, year) for key, _sign in terms[:1]):
            kept = tuple((key, sign) for key, sign in terms if _exists(known[key[0]], key, year))
            yield Instance(form.id, identity.id, identity.rule, kept[0][0], kept, identity.operator)


def spread(found: list[Instance]) -> list[Instance]:
    """Of each identity that holds at many places the first, one in the middle and the last."""
    groups: dict[tuple[str, str, bool], list[Instance]] = {}
    for one in found:
        groups.setdefault((one.form, one.identity, one.link), []).append(one)
    return [
        group[place] for group in groups.values() for place in sorted({0, len(group) // 2, len(group) - 1})
    ]


def _takes(identity: Identity, row: FormRow) -> bool:
    if identity.over == "rows":
        return identity.rows is None or row.side == identity.rows
    if identity.over == "classes":
        return len(row.key) == 3 and row.key.isdigit()
    return row.key.isdigit()


def _exists(form: Form, key: Key, year: int) -> bool:
    rows = [*rows_of(form, year), *(row for block in form.blocks for row in block.rows)]
    return any(row.key == key[1] for row in rows) and any(column.key == key[2] for column in columns_of(form))


def _tree(
    form: Form, name: str, rule: str, total: str, levels: tuple[int, ...], year: int
) -> Iterator[Instance]:
    codes = [row.key for row in rows_of(form, year) if row.key.isdigit()]
    for parent in ([total] if total else []) + codes:
        deep = levels[0] if parent == total else next((level for level in levels if level > len(parent)), 0)
        children = [
            code for code in codes if len(code) == deep and (parent == total or code.startswith(parent))
        ]
        for column in form.amount_columns() if children else ():
            terms = (
                ((form.id, parent, column.key), 1),
                *(((form.id, child, column.key), -1) for child in children),
            )
            yield Instance(form.id, name, rule, terms[0][0], terms, "=")


# -- filling ---------------------------------------------------------------------------------------------------------


def solved(forms: Sequence[Form], links: Iterable[Identity], year: int) -> list[Sheet]:
    """Sheets whose identities all close: free cells by chance, the others by elimination, heads first."""
    asked = instances(forms, links, year)
    chance = random.Random(7)
    keys = {(form.id, row.key, column.key) for form in forms for row, column in _cells(form, year)}
    keys |= {key for one in asked for key, _sign in one.terms}
    heads = [one.head for one in asked if one.operator != "/"]
    equations: list[dict[object, Fraction]] = []
    for number, one in enumerate(asked):
        if one.operator == "/":
            continue
        equation: dict[object, Fraction] = {}
        for key, sign in one.terms:
            equation[key] = equation.get(key, Fraction(0)) + sign
        if one.operator != "=":  # a slack that is never negative
            equation[("slack", number)] = Fraction(1 if one.operator == "<=" else -1)
        equations.append(equation)
    pivots = _eliminate(equations, heads)
    values: dict[object, Fraction] = {}
    free = sorted({name for equation in equations for name in equation} | keys, key=str)
    for name in free:
        if name not in pivots:
            values[name] = Fraction(chance.randint(1_000, 9_999), 100)
    for name, equation in pivots.items():
        values[name] = -sum(
            (factor * values[other] for other, factor in equation.items() if other != name), Fraction(0)
        )
    sheets = [Sheet(form, year) for form in forms]
    for sheet in sheets:
        for key in keys:
            if key[0] == sheet.form.id:
                value = values[key]
                sheet.values[key] = Decimal(value.numerator) / Decimal(value.denominator)
    for one in asked:
        if one.quotient is not None:
            sheet = next(sheet for sheet in sheets if sheet.form.id == one.form)
            part, whole = (sheet.values[key] for key in one.quotient)
            sheet.values[one.head] = part / whole * 100
    return sheets


def _cells(form: Form, year: int) -> Iterator[tuple[FormRow, FormColumn]]:
    for row in rows_of(form, year):
        for column in form.columns:
            if row.side is None or column.side is None or row.side == column.side:
                yield row, column
    for block in form.blocks:
        for row in block.rows if block.kind != "indicators" else ():
            for column in block.columns:
                if column.role in ("amount", "count"):
                    yield row, column


def _eliminate(
    equations: list[dict[object, Fraction]], heads: list[Key]
) -> dict[object, dict[object, Fraction]]:
    """Reduced row echelon form, head cells chosen as pivots where they can be: pivot → equation with factor 1."""
    order = {name: number for number, name in enumerate(heads)}
    pivots: dict[object, dict[object, Fraction]] = {}
    for equation in equations:
        row = dict(equation)
        for pivot, reduced in pivots.items():
            factor = row.get(pivot, Fraction(0))
            if factor:
                _add(row, reduced, -factor)
        if not row:
            continue
        pivot = min(
            row,
            key=lambda name: (name not in order, str(name)[:7] == "('slack", order.get(name, 0), str(name)),
        )
        scale = row[pivot]
        row = {name: factor / scale for name, factor in row.items()}
        for other in pivots.values():
            factor = other.get(pivot, Fraction(0))
            if factor:
                _add(other, row, -factor)
        pivots[pivot] = row
    return pivots


def _add(row: dict[object, Fraction], other: dict[object, Fraction], factor: Fraction) -> None:
    for name, value in other.items():
        total = row.get(name, Fraction(0)) + factor * value
        if total:
            row[name] = total
        else:
            row.pop(name, None)


def disturbed(sheets: list[Sheet], one: Instance) -> list[Sheet]:
    """The same sheets with one wrong cell, well beyond what rounding or an inequality leaves open."""
    broken = [Sheet(sheet.form, sheet.year, dict(sheet.values)) for sheet in sheets]
    sheet = next(sheet for sheet in broken if sheet.form.id == one.head[0])
    off = {"=": OFF, "/": OFF, "<=": Decimal(99_999), ">=": Decimal(-99_999)}[one.operator]
    sheet.values[one.head] += off
    return broken


# -- printing --------------------------------------------------------------------------------------------------------


def printed(sheets: Sequence[Sheet], year: int) -> str:
    """One page with every sheet as a table under its title."""
    kind = "部门预算" if sheets[0].form.family == "budget" else "部门决算"
    parts = [f"<h1>示例县社会保险中心{year}年{kind}</h1>"]
    for sheet in sheets:
        edition = sheet.form.edition(year)
        parts.append(f"<p>{year}年度{edition.title or sheet.form.title}</p><p>单位：万元</p>")
        parts.append("<table>" + "".join(_lines(sheet)) + "</table>")
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(parts)}</body></html>"


def _row(cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _header(first: list[str], columns: list[FormColumn]) -> Iterator[str]:
    depth = max(len(column.header) for column in columns)
    paths = [(*([column.header[0]] * (depth - len(column.header))), *column.header) for column in columns]
    for level in range(depth):
        yield _row([*first, *(path[level] for path in paths)])


def _lines(sheet: Sheet) -> Iterator[str]:
    form, year = sheet.form, sheet.year
    rows = rows_of(form, year)
    if form.blocks:
        yield from _blocks(sheet)
    elif form.shape == "single":
        yield from _header([], list(form.columns))
        yield _row(sheet.text("values", column.key) for column in form.columns)
    elif form.shape == "codes":
        yield from _header(["科目编码", "科目名称"], list(form.columns))
        for row in rows:
            yield _row(
                [row.code or "", row.label, *(sheet.text(row.key, column.key) for column in form.columns)]
            )
    elif any(row.key == "30101" for row in rows):
        yield _row(["科目编码", "科目名称", form.columns[0].label])
        for row in rows:
            yield _row([row.code or "", row.label, sheet.text(row.key, form.columns[0].key)])
    else:
        yield from _halves(sheet, rows)


def _halves(sheet: Sheet, rows: list[FormRow]) -> Iterator[str]:
    sides = list(dict.fromkeys(row.side for row in rows))
    columns = {side: [column for column in sheet.form.columns if column.side == side] for side in sides}
    words = {"income": "收入", "expenditure": "支出", None: "项目"}
    yield _row(cell for side in sides for cell in [words[side], *(words[side] for _column in columns[side])])
    yield _row(cell for side in sides for cell in ["项目", *(column.label for column in columns[side])])
    lists = {side: [row for row in rows if row.side == side] for side in sides}
    for number in range(max(len(one) for one in lists.values())):
        cells: list[str] = []
        for side in sides:
            row = lists[side][number] if number < len(lists[side]) else None
            cells.append(row.label if row else "")
            cells += [sheet.text(row.key, column.key) if row else "" for column in columns[side]]
        yield _row(cells)


def _blocks(sheet: Sheet) -> Iterator[str]:
    for block in sheet.form.blocks:
        columns = list(block.columns)
        if block.kind == "grid" or (block.kind == "fields" and columns):
            slots = {"year": sheet.year, "last": sheet.year - 1}
            yield _row(["项目", *(column.label.format(**slots) for column in columns)])
            for row in block.rows:
                yield _row([row.label, *(sheet.text(row.key, column.key) for column in columns)])
        elif block.kind == "fields":
            for row in block.rows:
                yield _row([row.label, "示例"])
        elif block.kind == "indicators":
            yield _row(column.label for column in columns)
            labels = {row.key: row.label for row in block.rows}
            for row in block.rows:
                if row.parent:
                    words = {"level1": labels[row.parent], "level2": row.label, "level3": f"指标{row.key}"}
                    yield _row(words.get(column.key) or sheet.text(row.key, column.key) for column in columns)
                elif row.kind == "total":
                    first = {columns[0].key: row.label}
                    yield _row(first.get(column.key) or sheet.text(row.key, column.key) for column in columns)
