"""Live formulas for the sums and identities of a workbook, from the same form descriptions that check a stranger's.

A cell that an identity names alone on its left side (总计 = 合计 + 年初结转 …) becomes that formula; a code's amount becomes
the sum of the codes below it. Cells the workbook does not print count as zero; a formula that would not give exactly the figure it
stands for is left out (a typed total, a part nobody knows). Nothing refers to itself. Rates are written as fractions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jingban.forms.expressions import Cell, Expression, Number, SlotName
from jingban.forms.filled import Figure, FilledForm
from jingban.forms.model import Identity
from jingban.values.units import unit

Place = tuple[str, str, str]
"""(form, row, column)."""


@dataclass(slots=True)
class Sheet:
    """Where a form's cells stand: (row key, column key) → (row, column), both from zero."""

    name: str
    filled: FilledForm
    unit: str = "万元"
    at: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)


def letters(column: int) -> str:
    """0 → A, 26 → AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


EQUAL = Decimal("1e-9")
"""Weights shared out over indicators may be periodic fractions."""


def number(figure: Figure, symbol: str) -> Decimal:
    """The exact value in the printed unit: money in ``symbol``, rates in percentage points."""
    base = Decimal(figure.amount or 0)
    return base.scaleb(-2) / unit(symbol).factor if figure.unit == "fen" and symbol else base


class Formulas:
    """All formulas of a workbook of forms."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self.sheets = sheets
        self.found: dict[Place, str] = {}
        self.needs: dict[Place, set[Place]] = {}
        for sheet in sheets.values():
            for identity in sheet.filled.form.identities:
                self._identity(identity, sheet)
            self._hierarchies(sheet)

    def of(self, form: str, row: str, column: str) -> str | None:
        """The formula without its equals sign."""
        return self.found.get((form, row, column))

    def _identity(self, identity: Identity, sheet: Sheet) -> None:
        if identity.operator != "=" or identity.when or sheet.filled.year not in identity.years:
            return
        for row, column in bindings(identity, sheet.filled):
            left, right = identity.left.bind(row, column), identity.right.bind(row, column)
            if isinstance(left.node, Cell) and not left.node.many and not left.node.form:
                self._set((sheet.filled.form.id, left.node.row, left.node.column), right, sheet)

    def _set(self, place: Place, right: Expression, sheet: Sheet) -> None:
        if place in self.found or (place[1], place[2]) not in sheet.at:
            return
        figure = sheet.filled.cells.get((place[1], place[2]))
        if figure is None or figure.amount is None or figure.trace.typed:
            return
        try:
            text, used = self.excel(right, sheet)
            value = self.value(right, sheet)
        except (KeyError, ZeroDivisionError):
            return
        if used and abs(value - number(figure, sheet.unit)) <= EQUAL and not self._reaches(used, place):
            self.found[place], self.needs[place] = text, used

    def value(self, expression: Expression, sheet: Sheet) -> Decimal:
        """What the formula of an expression gives, exactly."""

        def leaf(node: Cell | SlotName | Number) -> Decimal:
            if isinstance(node, Number):
                return node.value
            if isinstance(node, SlotName):
                raise KeyError(node.name)
            home = self.sheets[node.form] if node.form else sheet
            keys = home.filled.groups.get(node.row, []) if node.many else [node.row]
            figures = (home.filled.cells.get((key, node.column)) for key in keys)
            return sum((number(one, home.unit) for one in figures if one is not None), Decimal(0))

        def combine(operator: str, left: Decimal, right: Decimal | None) -> Decimal:
            if right is None:
                return abs(left)
            if operator == "/":
                if not right:
                    raise ZeroDivisionError
                return left / right
            return left + right if operator == "+" else left - right if operator == "-" else left * right

        return expression.evaluate(leaf, combine)

    def _reaches(self, used: set[Place], target: Place) -> bool:
        seen, waiting = set(), list(used)
        while waiting:
            place = waiting.pop()
            if place == target:
                return True
            if place not in seen:
                seen.add(place)
                waiting += self.needs.get(place, ())
        return False

    def excel(
        self, expression: Expression, sheet: Sheet, *, elsewhere: bool = False
    ) -> tuple[str, set[Place]]:
        """An expression over cells as a spreadsheet formula, and the places it refers to. Raises ``KeyError``.

        ``elsewhere``: the formula will stand on another sheet, so every reference names its sheet.
        """
        used: set[Place] = set()

        def leaf(node: Cell | SlotName | Number) -> str:
            if isinstance(node, Number):
                return str(node.value)
            if isinstance(node, SlotName):
                raise KeyError(node.name)
            home = self.sheets[node.form] if node.form else sheet
            rows = home.filled.groups.get(node.row, []) if node.many else [node.row]
            return self._refs(
                home, [(row, node.column) for row in rows], used, elsewhere or home is not sheet
            )

        def combine(operator: str, left: str, right: str | None) -> str:
            return f"ABS({left})" if right is None else f"({left}{operator}{right})"

        text = expression.evaluate(leaf, combine)
        return (text[1:-1] if re.fullmatch(r"\([^()]*\)", text) else text), used

    def _refs(self, home: Sheet, keys: list[tuple[str, str]], used: set[Place], away: bool) -> str:
        places = []
        for key in keys:
            if key in home.at:
                places.append(home.at[key])
                used.add((home.filled.form.id, *key))
            elif home.filled.amount(*key):
                raise KeyError(key)
        prefix = f"'{home.name}'!" if away else ""
        if not places:
            return "0"
        if len(keys) == 1:
            figure = home.filled.cells.get(keys[0])
            where = f"{prefix}{letters(places[0][1])}{places[0][0] + 1}"
            return f"({where}*100)" if figure is not None and figure.unit == "%" else where
        return "SUM(" + ",".join(f"{prefix}{span}" for span in _spans(places)) + ")"

    def _hierarchies(self, sheet: Sheet) -> None:
        form = sheet.filled.form
        codes = [row.code for row in sheet.filled.rows if row.code and row.code == row.key]
        for hierarchy in form.hierarchies:
            columns = {column for _row, column in sheet.at}
            for column in sorted(columns):
                for code in codes:
                    size = next((level for level in hierarchy.levels if level > len(code)), 0)
                    self._sum(
                        sheet,
                        code,
                        [one for one in codes if len(one) == size and one.startswith(code)],
                        column,
                    )
                if hierarchy.total:
                    self._sum(
                        sheet,
                        hierarchy.total,
                        [one for one in codes if len(one) == hierarchy.levels[0]],
                        column,
                    )

    def _sum(self, sheet: Sheet, row: str, parts: list[str], column: str) -> None:
        place = (sheet.filled.form.id, row, column)
        if not parts or place in self.found or (row, column) not in sheet.at:
            return
        used: set[Place] = set()
        try:
            text = self._refs(sheet, [(part, column) for part in parts], used, False)
        except KeyError:
            return
        if used and not self._reaches(used, place):
            self.found[place], self.needs[place] = text, used


def _spans(places: list[tuple[int, int]]) -> Iterator[str]:
    """Cells as ranges: neighbours in one column become A1:A5."""
    start = last = places[0]
    for place in [*places[1:], (-1, -1)]:
        if place == (last[0] + 1, last[1]):
            last = place
            continue
        first, end = f"{letters(start[1])}{start[0] + 1}", f"{letters(last[1])}{last[0] + 1}"
        yield first if start == last else f"{first}:{end}"
        start = last = place


def bindings(identity: Identity, filled: FilledForm) -> list[tuple[str | None, str | None]]:
    """The rows or columns an identity of one form is tested for."""
    if identity.over == "rows":
        keys = filled.groups.get(identity.rows, []) if identity.rows else [row.key for row in filled.rows]
        return [(key, None) for key in keys]
    if identity.over == "columns":
        columns = identity.columns or tuple(column.key for column in filled.form.amount_columns())
        return [(None, key) for key in columns]
    return [(None, None)]
