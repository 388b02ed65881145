"""The explanation against the tables: each bound statement compared with the cell that prints the same amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from jingban.checker.claims import labels
from jingban.checker.claims.answers import quote, section_key
from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.statements import SINGLE
from jingban.checker.rule import Answer, Problem, Severity, Unverified, Verified
from jingban.checker.tables import words
from jingban.checker.tables.bound import BoundCell, BoundTable
from jingban.forms.codes import code_book
from jingban.forms.expressions import Expression
from jingban.forms.sentences import Binding, bindings
from jingban.values import units
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import Comparison, PrintedNumber, compare

if TYPE_CHECKING:
    from jingban.checker.context import Context

_BASIS = lazy(r"(?:支出|收入)?(?:年初|全年|调整后?)?(?:预算|决算)(?:数|金额)?$")
_GENERIC_ACTUAL = lazy(r"^(?:支出)?(?:决算|实际支出)(?:数|金额)?$")


class Named(Struct, frozen=True):
    """A figure of the explanation with the indicator it states."""

    bound: Bound
    indicator: str
    label: str
    caliber: str
    basis: str
    counted: bool = False
    """A count of things; its label stands as it is printed."""


class Meeting(Struct, frozen=True):
    """A figure of the prose and the cell it must equal."""

    named: Named
    binding: Binding
    cell: BoundCell
    table: BoundTable
    rule: str
    others: tuple[BoundCell, ...] = ()


def narrative_answers(context: Context, rule: str) -> Iterator[Answer]:
    """Every answer of one rule code (N301–N306, T208)."""
    if "tables.narrative" not in context.cache:
        context.cache["tables.narrative"] = list(_meetings(context))
    for meeting in context.cache["tables.narrative"]:
        if meeting.rule == rule:
            yield _answer(context, meeting)


def _meetings(context: Context) -> Iterator[Meeting]:
    if not context.bound_tables.tables or not context.has_kind("final"):
        return
    for named in (*_named(context), *_counted(context)):
        section = named.bound.sentence.section
        for binding in bindings():
            row = _fits(binding, named, section, context.year)
            if row is None:
                continue
            found = [
                hit for cell in binding.cells if (hit := _cell(context, cell.bind(row or None))) is not None
            ]
            if found:
                table, cell = found[0]
                others = tuple(other for _table, other in found[1:]) if binding.any_cell else ()
                yield Meeting(named, binding, cell, table, _rule_of(binding, named, table), others)
                break


def _rule_of(binding: Binding, named: Named, table: BoundTable) -> str:
    """Prose in 万元 against a table in 元 is T208; the same unit is the binding's own rule."""
    if table.form.family == "annex":
        return "T208"
    printed = named.bound.token.figure.number.unit.symbol
    return "T208" if table.unit and printed in ("元", "万元") and printed != table.unit else binding.rule


def _named(context: Context) -> Iterator[Named]:
    """Figures of the final-account parts, about the document's own year, outside causes and brackets."""
    for bound in context.claims.narrative.amounts:
        token, sentence = bound.token, bound.sentence
        if (
            bound.of_insurance
            or token.bracketed
            or token.figure.approximate
            or not context.claims.narrative.is_current(token)
        ):
            continue
        if token.figure.dimension != "money" or token.role not in ("value", "actual", "budget"):
            continue
        if context.segment(sentence.paragraph).family not in ("final", "unknown"):
            continue
        label = token.label
        basis = "预算" if token.role == "budget" else "决算"
        if basis == "预算" and "年初" in label:
            continue
        if token.role == "actual" and _GENERIC_ACTUAL.match(label):
            label = _subject_before(bound)
            if not label:
                continue
        name = labels.indicator(label) or labels.indicator(_BASIS.sub("", label))
        section_caliber = labels.section_caliber(sentence.section)
        caliber = labels.caliber(label)
        if not caliber or (caliber == "fiscal" and section_caliber in ("general", "fund", "capital")):
            caliber = section_caliber or caliber
        if name in SINGLE and caliber not in ("fund", "capital"):
            caliber = "general"
        yield Named(bound, name, words.label(label), caliber, basis)


def _counted(context: Context) -> Iterator[Named]:
    """Counts of vehicles and equipment in the final-account parts."""
    for sentence in context.claims.narrative.sentences:
        for token in sentence.tokens:
            if (
                token.role != "count"
                or token.bracketed
                or token.figure.dimension not in ("vehicles", "things")
            ):
                continue
            if context.segment(sentence.paragraph).family in ("final", "unknown"):
                yield Named(Bound(sentence, token), "", words.label(token.label), "", "决算", counted=True)


def _subject_before(bound: Bound) -> str:
    """The label of the budget figure just before in the sentence: '公务接待费支出预算为…，支出决算为…'."""
    tokens = bound.sentence.tokens
    place = next((index for index, token in enumerate(tokens) if token is bound.token), 0)
    if place and tokens[place - 1].role == "budget" and "年初" not in tokens[place - 1].label:
        return tokens[place - 1].label
    return ""


def _fits(binding: Binding, named: Named, section: str, year: int | None) -> str | None:
    """The row for ``{row}`` (or '') when the binding speaks of this figure, else None."""
    if (
        named.counted != bool(binding.counted)
        or binding.basis != named.basis
        or (binding.section and not re.search(binding.section, section))
    ):
        return None
    if binding.calibers and named.caliber not in binding.calibers:
        return None
    if binding.indicator:
        return "" if binding.indicator == named.indicator else None
    if binding.labels:
        return "" if named.label in {words.label(label) for label in binding.labels} else None
    wanted = named.indicator.removesuffix("支出")
    codes = {entry.code for entry in code_book("function").named(wanted, year) if len(entry.code) == 3}
    return codes.pop() if named.indicator and len(codes) == 1 else None


def _cell(context: Context, expression: Expression) -> tuple[BoundTable, BoundCell] | None:
    """The printed cell of a one-cell expression; the annex variant when the document has no main table."""
    cell = next(expression.cells())
    tables = context.bound_tables.of(cell.form or "")
    if not tables:
        tables = [
            table
            for table in context.bound_tables.tables
            if table.form.base == cell.form and table.form.family == "annex"
        ]
    for table in tables[:1]:
        bound = table.value(cell.row, cell.column)
        if bound.state == "number":
            return table, bound
    return None


def _answer(context: Context, meeting: Meeting) -> Answer:
    figure = meeting.named.bound.token.figure
    subject = f"{meeting.named.label} {figure.text}"
    if len(context.bound_tables.of(meeting.table.form.id)) > 1:
        return Unverified(subject, figure.source, _("文件中有多张同名表，不能确定对应哪一张"))
    result = _compare(figure.number, meeting.cell, counted=meeting.named.counted)
    if result is None:
        return Unverified(subject, figure.source, _("表未注明金额单位，不能与正文核对"))
    if not result.ok and any(
        other is not None and (one := _compare(figure.number, other)) is not None and one.ok
        for other in meeting.others
    ):
        return Verified(subject, figure.source)
    if result.level == "L0":
        return Verified(subject, figure.source)
    same_places = meeting.cell.number is not None and figure.number.half == meeting.cell.number.half
    if result.level == "L1" and not same_places:
        return Verified(subject, figure.source, True)
    return _problem(meeting, result)


def _compare(stated: PrintedNumber, cell: BoundCell, *, counted: bool = False) -> Comparison | None:
    """None when the table prints no unit and neither 元 nor 万元 makes the two agree. A count has its unit in its label."""
    assert cell.number is not None
    if counted:
        return compare(
            stated, PrintedNumber(cell.number.value, stated.unit, cell.number.decimals, cell.number.raw)
        )
    if cell.number.unit.dimension == "money":
        return compare(stated, cell.number)
    for symbol in ("元", "万元"):
        unit = units.unit(symbol)
        read = PrintedNumber(cell.number.value, unit, cell.number.decimals, cell.number.raw)
        result = compare(stated, read)
        if result.ok:
            return result
    return None


def _problem(meeting: Meeting, result: Comparison) -> Problem:
    named, cell = meeting.named, meeting.cell
    token, sentence = named.bound.token, named.bound.sentence
    expected = cell.text if named.counted else _as_printed(cell, token.figure.number)
    name = named.label or named.indicator
    message = _("正文“%(name)s”%(stated)s，%(title)s“%(cell)s”为%(text)s") % {
        "name": name,
        "stated": token.figure.text,
        "title": meeting.table.title,
        "cell": cell.name,
        "text": cell.text,
    }
    return Problem(
        message=message,
        source=token.figure.source,
        quote=quote(sentence, token),
        key=(section_key(sentence), meeting.binding.id, cell.key),
        stated=token.figure.text,
        expected=expected,
        difference=abs(result.difference) / token.figure.number.unit.factor,
        severity=_severity(meeting, result),
        table=meeting.table.title,
        row=cell.label or None,
        column=cell.header or None,
        related=(cell.source,),
        details=(meeting.table.row_text(cell.row),),
        cause=f"prose:{cell.key}:{token.figure.text}",
    )


def _as_printed(cell: BoundCell, like: PrintedNumber) -> str:
    assert cell.number is not None
    base = cell.number.to_base()
    shown = (base / like.unit.factor).quantize(like.value.__class__(1).scaleb(-like.decimals))
    return f"{shown}{like.unit.symbol}"


def _severity(meeting: Meeting, result: Comparison) -> Severity:
    if result.level in ("L1", "L2"):
        return "info"
    if meeting.binding.id == "operating-funds" and result.difference > 0:
        # units that are not administrative have operating costs but no operating funds: a part may be smaller
        return "info"
    if not meeting.table.trusted or meeting.table.unit_inferred:
        return "warning"
    return meeting.binding.severity
