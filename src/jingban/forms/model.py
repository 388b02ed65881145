"""Typed descriptions of statutory forms: columns, row tree, identities within and between, standard sentences.

Nothing here knows how a form is filled, printed or recognised; it only says what the form *is*. A cell of a form is
addressed as ``row@column`` with the stable keys of the description; ``form:row@column`` between forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jingban.forms.expressions import Expression

Shape = Literal["fixed", "codes", "single", "sheet"]
"""fixed: every row is printed in the blank form (01, 04, 06); codes: rows follow the classification codes used (02, 03,
05, 08, 09); single: one row of values under a deep header (07); sheet: label–value form (self-evaluation)."""
Severity = Literal["error", "warning", "info"]
Confidence = Literal["H", "M", "L"]
RowKind = Literal["item", "total", "header", "memo"]
ColumnRole = Literal["amount", "ratio", "count", "score", "weight", "text", "code", "label", "line_number"]
Operator = Literal["=", "<=", ">="]
BlockKind = Literal["fields", "grid", "text", "indicators"]
Over = Literal["table", "rows", "columns", "classes", "codes"]

LAST_YEAR = 9999
"""Open end of an edition."""


@dataclass(frozen=True, slots=True)
class Years:
    """Edition years, both ends included; ``until=LAST_YEAR`` means still in force."""

    since: int
    until: int = LAST_YEAR

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.since <= year <= self.until

    def __str__(self) -> str:
        return f"{self.since}–{'' if self.until == LAST_YEAR else self.until}"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One value column: the printed header from the top level down (``header``), and other spellings of its leaf."""

    key: str
    header: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    role: ColumnRole = "amount"
    number: int | None = None
    """栏次 printed under the header, where the form prints one."""
    side: str | None = None
    """Which half of a side-by-side form the column belongs to."""
    optional: bool = False
    """A published table may lack it; ours prints it where it holds a figure, and in the years of ``always``."""
    always: Years | None = None
    part_of: str | None = None
    """Column of which this one is only a part (其中：教育收费): never added."""
    years: Years = Years(0)

    @property
    def label(self) -> str:
        """The lowest header cell."""
        return self.header[-1]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One printed row. ``line`` is the 行次, ``code`` a classification code; ``group`` names a sum the row enters."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    line: int | None = None
    code: str | None = None
    kind: RowKind = "item"
    group: str | None = None
    parent: str | None = None
    side: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """A relation that must hold between cells (勾稽关系): ``left op right``.

    ``over`` says how often: once for the table, for every bound row (``{row}``), for every amount column (``{col}``),
    or, between forms, for every functional class or every code both forms print. ``when`` is a precondition: two
    expressions that must be equal, else the identity is not tested. ``others`` are further right sides: the identity is
    broken only when it is with every one of them.
    """

    id: str
    rule: str
    text: str
    left: Expression
    operator: Operator
    right: Expression
    over: Over = "table"
    columns: tuple[str, ...] = ()
    """For ``over: columns``: the columns it holds for (empty: all amount columns)."""
    rows: str | None = None
    """For ``over: rows``: only rows of this group (None: every row)."""
    severity: Severity = "error"
    when: tuple[Expression, Expression] | None = None
    source: str = ""
    years: Years = Years(0)
    others: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Codes add up level by level: 类 = Σ 款, 款 = Σ 项, total = Σ 类, for every amount column."""

    id: str
    rule: str
    total: str
    book: str
    levels: tuple[int, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The rows of a form as printed in some years."""

    years: Years
    rows: tuple[FormRow, ...]
    title: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a sheet: label–value ``fields``, a ``grid`` of rows and columns, free ``text``, or ``indicators``."""

    key: str
    title: str
    kind: BlockKind
    columns: tuple[FormColumn, ...] = ()
    rows: tuple[FormRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory form with all its editions."""

    id: str
    number: str
    title: str
    title_en: str
    family: str
    """accounts (公开01–09), sichuan, fund, budget, performance."""
    shape: Shape
    unit: str
    aliases: tuple[str, ...] = ()
    order: int = 0
    """Place in the published sequence of the family."""
    columns: tuple[FormColumn, ...] = ()
    blocks: tuple[Block, ...] = ()
    """Parts of a sheet, in printed order."""
    editions: tuple[Edition, ...] = ()
    identities: tuple[Identity, ...] = ()
    hierarchies: tuple[Hierarchy, ...] = ()
    empty_note: tuple[str, ...] = ()
    """Sentences that must stand when the table has no figures (any one of them)."""
    years: Years = Years(0)
    base: str | None = None
    """The form this one is a provincial variant of."""
    source: str = ""
    misnomers: tuple[tuple[str, str], ...] = ()
    """(wrong, right): names of this form that are commonly miswritten."""
    footnote: str = ""
    """The note printed under the form; ``{year}`` is a slot."""

    def edition(self, year: int | None) -> Edition:
        """The edition of ``year``; the newest one when the year is unknown or outside all editions."""
        for edition in self.editions:
            if year is not None and year in edition.years:
                return edition
        return self.editions[-1] if self.editions else Edition(self.years, (), "", "H")

    def column(self, key: str) -> FormColumn | None:
        return next((column for column in self.columns if column.key == key), None)

    def amount_columns(self) -> tuple[FormColumn, ...]:
        """Value columns that take part in sums, in printed order."""
        return tuple(column for column in self.columns if column.role == "amount")
