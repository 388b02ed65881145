"""A small arithmetic over form cells and sentence slots: ``total@1 = sum(items@1) - gk05:total@basic``.

Grammar::

    sum     := product (("+" | "-") product)*
    product := factor (("*" | "/") factor)*
    factor  := number | cell | "sum(" cell ")" | "abs(" sum ")" | slot | "(" sum ")"
    cell    := [form ":"] row "@" column

``sum(group@column)`` adds every row of a group. ``{row}`` and ``{col}`` are filled in by :meth:`Expression.bind`
before evaluation. There is no other syntax, no attribute access and no call, so a description cannot run code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.@:*])"
    r"|(?P<func>sum|abs)\("
    r"|(?P<cell>(?:[a-z][a-z0-9_]*:)?(?:[\w.]+|\{row\})@(?:[\w.]+|\{col\}))"
    r"|(?P<slot>[A-Za-z_]\w*)"
    r"|(?P<op>[-+*/()]))"
)
MAX_LENGTH = 600
MAX_FACTORS = 80


@dataclass(frozen=True, slots=True)
class Cell:
    """A reference: ``form`` None means the form at hand; ``many`` is a group to be added."""

    form: str | None
    row: str
    column: str
    many: bool = False

    def __str__(self) -> str:
        where = f"{self.form}:" if self.form else ""
        text = f"{where}{self.row}@{self.column}"
        return f"sum({text})" if self.many else text


@dataclass(frozen=True, slots=True)
class SlotName:
    """A slot of a standard sentence."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands joined by + - * /, or ``abs`` of the left one."""

    operator: Literal["+", "-", "*", "/", "abs"]
    left: Node
    right: Node | None


Node = Cell | SlotName | Number | Operation
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression with its source text."""

    text: str
    node: Node

    def cells(self) -> Iterator[Cell]:
        """Every cell reference, left to right."""
        yield from (leaf for leaf in _leaves(self.node) if isinstance(leaf, Cell))

    def slots(self) -> Iterator[str]:
        """Every slot name, left to right."""
        yield from (leaf.name for leaf in _leaves(self.node) if isinstance(leaf, SlotName))

    def bind(self, row: str | None = None, column: str | None = None) -> Expression:
        """The same expression with ``{row}`` and ``{col}`` replaced."""
        text = self.text
        if row is not None:
            text = text.replace("{row}", row)
        if column is not None:
            text = text.replace("{col}", column)
        return self if text == self.text else Expression(text, _substitute(self.node, row, column))

    def evaluate(
        self,
        leaf: Callable[[Cell | SlotName | Number], V],
        combine: Callable[[str, V, V | None], V],
    ) -> V:
        """Fold the tree: ``leaf`` gives values, ``combine(operator, left, right)`` joins them."""
        return _fold(self.node, leaf, combine)

    def __str__(self) -> str:
        return self.text


def parse(text: str, where: str = "") -> Expression:
    """Parse ``text``; refuses with ``FRM-110`` naming ``where`` when it is not in the grammar."""
    if len(text) > MAX_LENGTH:
        raise refuse("FRM-110", _("%(where)s：表达式过长") % {"where": where})
    return Expression(text, _Parser(text, where).whole())


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, Operation):
        yield from _leaves(node.left)
        if node.right is not None:
            yield from _leaves(node.right)
    else:
        yield node


def _substitute(node: Node, row: str | None, column: str | None) -> Node:
    if isinstance(node, Operation):
        right = None if node.right is None else _substitute(node.right, row, column)
        return Operation(node.operator, _substitute(node.left, row, column), right)
    if isinstance(node, Cell):
        return Cell(
            node.form,
            row if node.row == "{row}" and row is not None else node.row,
            column if node.column == "{col}" and column is not None else node.column,
            node.many,
        )
    return node


def _fold(
    node: Node,
    leaf: Callable[[Cell | SlotName | Number], V],
    combine: Callable[[str, V, V | None], V],
) -> V:
    if isinstance(node, Operation):
        right = None if node.right is None else _fold(node.right, leaf, combine)
        return combine(node.operator, _fold(node.left, leaf, combine), right)
    return leaf(node)


class _Parser:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.where = where
        self.tokens = list(self._tokens())
        self.position = 0
        self.factors = 0

    def _tokens(self) -> Iterator[tuple[str, str]]:
        start = 0
        stripped = self.text.rstrip()
        while start < len(stripped):
            matched = _TOKEN.match(stripped, start)
            if matched is None or matched.lastgroup is None:
                raise self._wrong(stripped[start : start + 12])
            yield matched.lastgroup, matched[matched.lastgroup]
            start = matched.end()

    def _wrong(self, piece: str) -> Exception:
        return refuse(
            "FRM-110",
            _("%(where)s：表达式“%(text)s”在“%(piece)s”处无法解析")
            % {"where": self.where, "text": self.text, "piece": piece},
        )

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.position] if self.position < len(self.tokens) else ("end", "")

    def _take(self) -> tuple[str, str]:
        token = self._peek()
        self.position += 1
        return token

    def _expect(self, operator: str) -> None:
        if self._take() != ("op", operator):
            raise self._wrong(operator)

    def whole(self) -> Node:
        node = self._sum()
        if self._peek()[0] != "end":
            raise self._wrong(self._peek()[1])
        return node

    def _sum(self) -> Node:
        node = self._product()
        while self._peek() in {("op", "+"), ("op", "-")}:
            operator = "+" if self._take()[1] == "+" else "-"
            node = Operation("+" if operator == "+" else "-", node, self._product())
        return node

    def _product(self) -> Node:
        node = self._factor()
        while self._peek() in {("op", "*"), ("op", "/")}:
            operator = self._take()[1]
            node = Operation("*" if operator == "*" else "/", node, self._factor())
        return node

    def _factor(self) -> Node:
        self.factors += 1
        if self.factors > MAX_FACTORS:
            raise self._wrong(self.text[:12])
        kind, value = self._take()
        if kind == "number":
            return Number(Decimal(value))
        if kind == "cell":
            return self._cell(value)
        if kind == "slot":
            return SlotName(value)
        if kind == "func":
            return self._function(value)
        if (kind, value) == ("op", "("):
            node = self._sum()
            self._expect(")")
            return node
        raise self._wrong(value)

    def _function(self, name: str) -> Node:
        if name == "abs":
            inner = self._sum()
            self._expect(")")
            return Operation("abs", inner, None)
        kind, value = self._take()
        if kind != "cell":
            raise self._wrong(value)
        self._expect(")")
        return self._cell(value, many=True)

    def _cell(self, text: str, *, many: bool = False) -> Cell:
        form, _colon, rest = text.rpartition(":")
        row, _at, column = rest.partition("@")
        return Cell(form or None, row, column, many)
