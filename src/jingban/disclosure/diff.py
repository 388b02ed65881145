"""Generated figures beside a stranger's document: every cell of its tables that differs, and every name it prints wrong.

The stranger's file is read by the checker's own reader and recognised by the same form descriptions, whatever its format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from jingban.checker.context import Context
from jingban.checker.service import read_file
from jingban.checker.tables import words
from jingban.checker.tables.bound import BoundTable
from jingban.forms.codes import code_book, plain
from jingban.forms.filled import FilledForm
from jingban.values.i18n import gettext as _
from jingban.values.units import unit

Kind = Literal["amount", "name", "title", "missing", "finding"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the documents disagree; ``theirs`` and ``ours`` as printed, ``line`` in their file."""

    kind: Kind
    form: str
    where: str
    theirs: str
    ours: str
    line: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        place = f"第{self.line}行" if self.line else f"第{self.page}页" if self.page else ""
        return f"{place}{self.form} {self.where}：{_('对方')}“{self.theirs}”，{_('本方')}“{self.ours}”"


@dataclass(frozen=True, slots=True)
class Comparison:
    """``compared`` cells printed by both, of which ``equal`` agree to the printed digit, and every difference."""

    compared: int
    equal: int
    differences: tuple[Difference, ...]

    def of(self, kind: Kind) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.kind == kind)


def compare(forms: Mapping[str, FilledForm], path: Path, *, findings: bool = True) -> Comparison:
    """Compare filled forms with a document of any format. ``findings``: add what the checker finds wrong in it alone."""
    document = read_file(path)
    context = Context(document)
    found: list[Difference] = []
    compared = equal = 0
    seen: set[str] = set()
    for bound in context.bound_tables.tables:
        filled = forms.get(bound.form.id)
        if filled is None or filled.form.id in seen:
            continue
        seen.add(filled.form.id)
        cells = list(_cells(bound, filled))
        compared += len(cells)
        wrong = [one for one in cells if one is not None]
        equal += len(cells) - len(wrong)
        found += wrong
        found += _names(bound, filled)
    found += [
        Difference("missing", form.form.number, form.form.title, "", _("没有这张表"))
        for form in forms.values()
        if form.form.id not in seen and not form.empty
    ]
    if findings:
        found += _findings(context)
    return Comparison(compared, equal, tuple(found))


def _cells(bound: BoundTable, filled: FilledForm) -> Iterator[Difference | None]:
    """None for a printed cell that agrees; zero and blank are the same here (R4.1-08)."""
    factor = unit(bound.unit).factor if bound.unit else Decimal(1)
    for (row, column), cell in bound.cells.items():
        if cell.number is None and cell.state != "blank":
            continue
        figure = filled.cells.get((row, column))
        places = cell.number.decimals if cell.number is not None else 2
        ours = (
            Decimal(0)
            if figure is None or figure.amount is None
            else Decimal(figure.amount).scaleb(-2) / factor
        )
        shown = figure.printed(unit(bound.unit or "元"), places).replace(",", "") if figure else "0"
        theirs = cell.number.value if cell.number is not None else Decimal(0)
        if theirs == Decimal(shown or "0"):
            yield None
        else:
            label = f"{cell.label or row}·{cell.header or column}"
            yield Difference(
                "amount",
                bound.form.number,
                label,
                cell.text,
                shown or str(ours),
                cell.source.line,
                cell.source.page,
            )


def _names(bound: BoundTable, filled: FilledForm) -> Iterator[Difference]:
    """Titles, functional names and column heads that are not those of the year."""
    title = bound.table.title
    if title and plain(title) != plain(filled.form.title):
        source = bound.table.title_source or bound.table.source
        yield Difference(
            "title", bound.form.number, _("表名"), title, filled.form.title, source.line, source.page
        )
    names = code_book("function")
    for row in bound.rows.values():
        entry = names.find(row.code, filled.year) if row.code and len(row.code) in (3, 5, 7) else None
        if (
            entry is not None
            and row.label
            and words.label(row.label) not in {words.label(name) for name in entry.names}
        ):
            where = f"{_('科目')}{row.code}"
            cell = bound.table.cell(row.index, 0)
            yield Difference(
                "name", bound.form.number, where, row.label, entry.name, cell.source.line if cell else None
            )


def _findings(context: Context) -> Iterator[Difference]:
    """What the checker finds in the document itself: sums, scores, wording, names."""
    from jingban.checker.run import check_context

    for finding in check_context(context).findings:
        problem = finding.problem
        yield Difference(
            "finding",
            finding.code,
            problem.message,
            problem.stated or problem.quote,
            problem.expected or "",
            problem.source.line,
            problem.source.page,
        )


def report(comparison: Comparison) -> str:
    """The comparison as text for a person."""
    head = _("逐格比较 {compared} 格，相同 {equal} 格，不同 {count} 处").format(
        compared=comparison.compared, equal=comparison.equal, count=len(comparison.differences)
    )
    return "\n".join([head, *(str(one) for one in comparison.differences)])
