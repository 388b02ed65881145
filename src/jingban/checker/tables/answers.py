"""From outcomes to a rule's answers: messages in the document's own words, with the cells that were compared."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from jingban.checker.model import Source
from jingban.checker.rule import Answer, Problem, Severity, Unverified, Verified
from jingban.checker.tables.bound import BoundCell
from jingban.checker.tables.identities import outcomes
from jingban.checker.tables.outcome import Outcome
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context

_TERMS_SHOWN = 8


def identity_answers(context: Context, rule: str) -> Iterator[Answer]:
    """Every answer of one rule code, driven by the form descriptions."""
    for outcome in outcomes(context):
        if outcome.rule == rule and (answer := answer_of(outcome)) is not None:
            yield answer


def answer_of(outcome: Outcome) -> Answer | None:
    subject = f"{outcome.table.title}：{outcome.text}"
    source = outcome.stated.source if outcome.stated is not None else outcome.table.table.source
    if outcome.verdict == "nothing":
        return None
    if outcome.verdict in ("ok", "rounding"):
        return Verified(subject, source, outcome.verdict == "rounding")
    if outcome.verdict == "unverified":
        reason = _("表格还原不可靠，未核") if outcome.reason == "unreliable" else outcome.reason
        return Unverified(subject, source, reason)
    return problem_of(outcome, source)


def problem_of(outcome: Outcome, source: Source) -> Problem:
    """The finding of a failing outcome."""
    stated = outcome.stated
    assert stated is not None
    assert stated.number is not None
    gap = amount(abs(outcome.difference), stated)
    name = stated.name or outcome.text
    message = _("%(title)s：%(text)s 不成立，“%(name)s”%(stated)s，按分项应为%(expected)s，相差%(gap)s") % {
        "title": outcome.table.title,
        "text": outcome.text,
        "name": name,
        "stated": stated.text,
        "expected": outcome.expected,
        "gap": gap,
    }
    culprit = outcome.culprit
    elsewhere = culprit is not None and culprit.key != stated.key
    if culprit is not None and elsewhere:
        message += _("；多处不成立都涉及“%(name)s”%(text)s") % {"name": culprit.name, "text": culprit.text}
    return Problem(
        message=message,
        source=culprit.source if culprit is not None and elsewhere else source,
        quote=_quote(outcome, stated),
        key=(outcome.table.form.id, outcome.identity, outcome.row or "", outcome.column or ""),
        stated=stated.text,
        expected=outcome.expected,
        difference=abs(outcome.difference) / stated.number.unit.factor,
        severity=_severity(outcome),
        table=outcome.table.title,
        row=stated.label or None,
        column=stated.header or None,
        related=((stated.source,) if elsewhere else ()) + tuple(term.cell.source for term in outcome.terms),
        details=_details(outcome),
        cause=outcome.cause,
    )


def amount(base: Decimal, like: BoundCell) -> str:
    """An amount in base units, in the unit and with the places of ``like``."""
    assert like.number is not None
    value = (base / like.number.unit.factor).quantize(Decimal(1).scaleb(-like.number.decimals))
    return f"{value}{like.number.unit.symbol}"


def _severity(outcome: Outcome) -> Severity:
    if outcome.verdict == "faint":
        return "info"
    if outcome.verdict == "suspect" or outcome.severity == "warning" or outcome.doubtful:
        return "warning"
    # in a table that prints its zeros, an empty cell may be a figure left out or lost in the copy
    return "warning" if outcome.blanks and outcome.table.prints_zeros else "error"


def _quote(outcome: Outcome, stated: BoundCell) -> str:
    return outcome.table.row_text(stated.row) if stated.form == outcome.table.form.id else stated.text


def _details(outcome: Outcome) -> tuple[str, ...]:
    lines = [
        f"{term.cell.name} {'' if term.sign > 0 else '−'}{term.cell.text}"
        for term in outcome.terms[:_TERMS_SHOWN]
    ]
    rest = len(outcome.terms) - _TERMS_SHOWN
    if rest > 0:
        lines.append(_("……另%(count)d项") % {"count": rest})
    if outcome.verdict == "suspect":
        lines.append(_("差额落在四舍五入的最大范围内，但远大于通常的尾差"))
    return tuple(lines)
