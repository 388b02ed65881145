"""The honest account of a file's figures: of all that are printed, how many were tried, read without a partner, or not read.

What is counted does not depend on what the checker understands: every number of the running text that has a unit or a
percent sign, and every number of a cell in a table that was recognised (numbers of other tables are told apart).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from jingban.checker.context import Context
from jingban.checker.figures import Figure, read_figures
from jingban.checker.model import Source
from jingban.checker.reading.quantity import Quantity, family_of
from jingban.checker.relations.judged import judge
from jingban.checker.rule import Answer, Problem, Unverified
from jingban.checker.tables.identities import outcomes
from jingban.values.patterns import lazy
from jingban.values.units import PLAIN

Kind = Literal["amount", "count", "change", "rate", "share", "completion", "ratio", "mean", "score", "cell"]
State = Literal["verified", "alone", "unread"]
KINDS: tuple[Kind, ...] = (
    "amount", "count", "change", "rate", "share", "completion", "ratio", "mean", "score", "cell",
)  # fmt: skip

_OF: dict[str, Kind] = {
    "change": "change", "gap": "change", "rate": "rate", "share": "share", "completion": "completion", "mean": "mean",
    "price": "mean", "weight": "score", "score": "score",
}  # fmt: skip
_RATIOS = frozenset({"%", "百分点"})
_UNREAD = frozenset({"unknown", "percent"})
_DIGITS = lazy(r"\d+(?:\.\d+)?")
_ROW = lazy(r"R\d+|(?<=[A-Z])\d+")
_FORM_RULES = frozenset({"P101", "P103", "P104", "P105", "P106", "P107", "P116"})
"""Rules that try the cells of a self-evaluation form they answer at."""
_TRIED = frozenset({"ok", "rounding", "faint", "suspect", "wrong"})


class Count(Struct):
    """Figures of one kind. ``verified``: tried, whether right or wrong; ``alone``: read, nothing to hold it against."""

    verified: int = 0
    alone: int = 0
    unread: int = 0

    @property
    def all(self) -> int:
        return self.verified + self.alone + self.unread

    def add(self, state: State) -> None:
        setattr(self, state, getattr(self, state) + 1)


class Told:
    """What rules said: at which cells and rows, and the digits they named there."""

    def __init__(self) -> None:
        self._digits: dict[Source, set[str]] = defaultdict(set)
        self._rows: set[tuple[str, Row]] = set()
        self._cells: set[Source] = set()

    def note(self, code: str, answer: Answer) -> None:
        if isinstance(answer, Unverified):
            return
        text = (answer.stated or answer.message) if isinstance(answer, Problem) else answer.subject
        self._digits[answer.source].update(_DIGITS.findall(text.replace(",", "")))
        if code in _FORM_RULES:
            self._rows.add((code, row_of(answer.source)))
            if answer.source.cell:
                self._cells.add(answer.source)

    def names(self, figure: Figure, source: Source) -> bool:
        """Whether a rule spoke of just this figure."""
        printed = _DIGITS.search(figure.number.raw.replace(",", ""))
        return source in self._cells or (printed is not None and printed[0] in self._digits.get(source, ()))

    def at(self, code: str, source: Source) -> bool:
        """Whether a rule answered in the row of ``source``."""
        return (code, row_of(source)) in self._rows


Row = tuple[object, ...]


def row_of(source: Source) -> Row:
    """What the cells of one printed row have in common."""
    row = _ROW.search(source.cell or "")
    top = round(source.box[1]) if source.box else None
    return source.page, source.line, source.sheet, source.paragraph, row[0] if row else source.cell, top


def _tried_in_forms(context: Context, told: Told) -> set[Source]:
    """Where the figures of self-evaluation forms stand that a rule about weights, scores, targets or funds went through."""
    found: list[Figure | Source | None] = []
    for form in context.claims.evaluations:
        summed = told.at("P101", form.total_weight.source if form.total_weight else form.source)
        scored = form.total_score is not None and told.at("P104", form.total_score.source)
        found += [form.total_weight] if summed else []
        found += [form.total_score] if scored else []
        for one in form.indicators:
            judged = told.at("P107", one.source)
            if judged:
                found += [one.target_source, one.actual_source]
            if judged or summed or told.at("P103", one.source):
                found.append(one.weight)
            if judged or scored or told.at("P103", one.source):
                found.append(one.score)
        for fund in form.funds:
            if told.at("P105", fund.source):
                found += [fund.full, fund.executed, fund.rate]
            if told.at("P106", fund.source):
                found += [fund.weight, fund.score]
    return {one.source if isinstance(one, Figure) else one for one in found if one is not None}


def account(context: Context, told: Told) -> tuple[dict[str, Count], int]:
    """(counts by kind in the order of :data:`KINDS`, numbers that stand in tables of no known form)."""
    found: dict[str, Count] = defaultdict(Count)
    for kind, state in (*_prose(context, told), *_cells(context, told)):
        found[kind].add(state)
    known = _recognised(context)
    strange = sum(table not in known for table, _row, _column in context.figures.cells)
    return {kind: found[kind] for kind in KINDS if kind in found}, strange


def _prose(context: Context, told: Told) -> Iterator[tuple[Kind, State]]:
    judged = judge(context)
    tried: set[int] = set()
    for verdict in judged.verdicts:
        if verdict.state != "unread":
            taking_part: Iterable[object] = (verdict.at, *verdict.roles.values(), *verdict.related)
            tried.update(id(one) for one in taking_part if isinstance(one, Quantity))
    for reading in judged.book.readings:
        at = {one.start: one for one in reading.quantities}
        for figure in read_figures(reading.passage.text, reading.passage.source):
            one = at.get(figure.start)
            if figure.number.unit == PLAIN and not (one and one.unsigned):
                continue
            if (one and id(one) in tried) or told.names(figure, reading.passage.at(figure.start)):
                yield _kind(figure, one), "verified"
            elif one is None or one.kind in _UNREAD or (one.level and not one.names):
                yield _kind(figure, one), "unread"
            else:
                yield _kind(figure, one), "alone"


def _kind(figure: Figure, one: Quantity | None) -> Kind:
    if one is not None and one.kind in _OF:
        return _OF[one.kind]
    family = one.family if one is not None else family_of(figure.number)
    return (
        "ratio"
        if family in _RATIOS
        else "amount"
        if family == "元"
        else "score"
        if family == "分"
        else "count"
    )


def _recognised(context: Context) -> set[int]:
    tables = [bound.table for bound in context.bound_tables.tables]
    tables += [table for form in context.claims.evaluations for table in form.tables]
    return {id(table) for table in tables}


def _cells(context: Context, told: Told) -> Iterator[tuple[Kind, State]]:
    """A cell no column or row of its form claims is not read."""
    tried = {id(cell) for outcome in outcomes(context) if outcome.verdict in _TRIED for cell in outcome.cells}
    bound: dict[tuple[int, Source, str], State] = {}
    for table in context.bound_tables.tables:
        for cell in table.numbers():
            state: State = "verified" if id(cell) in tried else "alone"
            place = (id(table.table), cell.source, cell.text)
            if bound.get(place) != "verified":
                bound[place] = state
    forms = {id(table) for form in context.claims.evaluations for table in form.tables}
    known, judged = _recognised(context), _tried_in_forms(context, told)
    for (table_id, _row, _column), figure in context.figures.cells.items():
        if table_id not in known:
            continue
        state = bound.get(
            (table_id, figure.source, figure.number.raw), "alone" if table_id in forms else "unread"
        )
        passed = figure.source in judged or told.names(figure, figure.source)
        yield "cell", "verified" if passed else state
