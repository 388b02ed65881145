"""An identity's expression as signed terms over bound cells (identities are linear)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from jingban.checker.tables.bound import BoundCell, BoundTable
from jingban.forms.expressions import Cell, Expression, Number, SlotName

Lookup = Callable[[str | None], BoundTable | None]


class Term(Struct, frozen=True):
    """One cell with its sign. ``grouped``: it came from a sum over a group, where an unprinted row is no gap."""

    cell: BoundCell
    sign: int
    grouped: bool = False


class Terms(Struct):
    """The terms of one side; ``missing`` says what could not be found at all."""

    items: list[Term]
    missing: list[str]
    loose: bool = False
    """A group was summed in a table that has rows with figures nobody recognised."""


def expand(expression: Expression, lookup: Lookup, rows_of: Callable[[BoundTable, str], list[str]]) -> Terms:
    """Fold the expression; a product or quotient of cells has no place in an identity and counts as missing."""

    def leaf(node: Cell | SlotName | Number) -> Terms:
        if isinstance(node, Number):
            return Terms([], [] if not node.value else [str(node.value)])
        if isinstance(node, SlotName):
            return Terms([], [node.name])
        table = lookup(node.form)
        if table is None:
            return Terms([], [str(node)])
        if not node.many:
            return Terms([Term(table.value(node.row, node.column), 1)], [])
        cells = [table.value(row, node.column) for row in rows_of(table, node.row)]
        return Terms([Term(cell, 1, True) for cell in cells if cell.state != "absent"], [], bool(table.loose))

    def combine(operator: str, left: Terms, right: Terms | None) -> Terms:
        if right is None or operator not in "+-":
            return Terms([], [operator])
        sign = 1 if operator == "+" else -1
        turned = [Term(term.cell, term.sign * sign, term.grouped) for term in right.items]
        return Terms(left.items + turned, left.missing + right.missing, left.loose or right.loose)

    return expression.evaluate(leaf, combine)
