"""A form filled from ledgers: every cell is a figure that knows its formula and the rows it came from.

The same object is printed (disclosure), proved (its own identities hold exactly, in fen) and followed home (trace).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from jingban.forms.expressions import Cell, Expression, Number, SlotName
from jingban.forms.model import Form, FormRow, Identity
from jingban.values.units import Unit


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a figure comes from.

    ``formula`` is what a reader sees; ``relation`` and ``where`` name the rows (``code^`` means: starts with). A typed
    figure names who typed it and the evidence instead.
    """

    formula: str
    relation: str = ""
    where: tuple[tuple[str, str], ...] = ()
    typed_by: str = ""
    evidence: str = ""

    @property
    def typed(self) -> bool:
        return bool(self.typed_by)


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact amount in a base unit (``fen`` for money, else the unit itself). ``None``: not applicable, printed blank."""

    amount: int | Decimal | None
    trace: Trace
    unit: str = "fen"

    def printed(self, unit: Unit, places: int) -> str:
        """Converted on its own from the base unit, half up (R4.1-01)."""
        if self.amount is None:
            return ""
        base = Decimal(self.amount).scaleb(-2) if self.unit == "fen" else Decimal(self.amount)
        return f"{(base / unit.factor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,.{places}f}"


@dataclass(slots=True)
class FilledRow:
    """One printed row of a filled form."""

    key: str
    label: str
    code: str = ""
    line: int | None = None
    level: int = 0
    side: str | None = None
    kind: str = "item"


@dataclass(slots=True)
class FilledForm:
    """A form of one year with its rows in printed order and its figures by (row, column)."""

    form: Form
    year: int
    owner: str
    rows: list[FilledRow]
    cells: dict[tuple[str, str], Figure] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    """group → row keys that enter its sum."""

    def amount(self, row: str, column: str) -> int | Decimal:
        """The exact amount; a blank cell counts as zero."""
        figure = self.cells.get((row, column))
        return 0 if figure is None or figure.amount is None else figure.amount

    @property
    def empty(self) -> bool:
        """No figure other than zero."""
        return not any(figure.amount for figure in self.cells.values())


def printed_rows(form: Form, year: int) -> tuple[FormRow, ...]:
    """The rows of the edition of ``year``."""
    return form.edition(year).rows


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that does not hold over filled forms: both sides in base units."""

    identity: Identity
    where: str
    left: Decimal
    right: Decimal


def broken_identities(
    forms: Mapping[str, FilledForm], between: tuple[Identity, ...] = ()
) -> Iterator[Broken]:
    """Test every identity within each form and ``between`` forms, exactly. Nothing is yielded when all books agree."""
    for filled in forms.values():
        for identity in filled.form.identities:
            yield from _test(identity, filled, forms)
    if forms:
        any_form = next(iter(forms.values()))
        for identity in between:
            named = {cell.form for side in (identity.left, identity.right) for cell in side.cells()}
            if named <= forms.keys():
                yield from _test(identity, any_form, forms)


def _test(identity: Identity, filled: FilledForm, forms: Mapping[str, FilledForm]) -> Iterator[Broken]:
    if filled.year not in identity.years:
        return
    for row, column in _bindings(identity, filled, forms):
        left, right = (side.bind(row, column) for side in (identity.left, identity.right))
        if identity.when and _value(identity.when[0].bind(row, column), filled, forms) != _value(
            identity.when[1].bind(row, column), filled, forms
        ):
            continue
        a, b = _value(left, filled, forms), _value(right, filled, forms)
        sides = [b, *(_value(other.bind(row, column), filled, forms) for other in identity.others)]
        holds = {"=": a.__eq__, "<=": a.__le__, ">=": a.__ge__}[identity.operator]
        if not any(holds(side) for side in sides):
            yield Broken(identity, f"{filled.form.id}:{row or ''}@{column or ''}", a, b)


def _bindings(
    identity: Identity, filled: FilledForm, forms: Mapping[str, FilledForm]
) -> Iterator[tuple[str | None, str | None]]:
    if identity.over in ("classes", "codes"):
        named = {cell.form for side in (identity.left, identity.right) for cell in side.cells() if cell.form}
        codes = {row.code for name in named for row in forms[name].rows if row.code}
        yield from ((code, None) for code in sorted(codes) if identity.over == "codes" or len(code) == 3)
    elif identity.over == "rows":
        keys = filled.groups.get(identity.rows, []) if identity.rows else [row.key for row in filled.rows]
        yield from ((key, None) for key in keys)
    elif identity.over == "columns":
        columns = identity.columns or tuple(column.key for column in filled.form.amount_columns())
        yield from ((None, key) for key in columns)
    else:
        yield None, None


def _value(expression: Expression, filled: FilledForm, forms: Mapping[str, FilledForm]) -> Decimal:
    def leaf(node: Cell | SlotName | Number) -> Decimal:
        if isinstance(node, Number):
            return node.value
        if isinstance(node, SlotName):
            raise ValueError(f"slot {node.name} has no place in an identity")
        target = forms[node.form] if node.form else filled
        keys = target.groups.get(node.row, []) if node.many else [node.row]
        return sum((Decimal(target.amount(key, node.column)) for key in keys), Decimal(0))

    def combine(operator: str, left: Decimal, right: Decimal | None) -> Decimal:
        if right is None:
            return abs(left)
        if operator == "/":
            return left / right if right else Decimal(0)
        return left + right if operator == "+" else left - right if operator == "-" else left * right

    return expression.evaluate(leaf, combine)
