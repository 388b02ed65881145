"""U103: An amount is ten thousand times off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.rules import said
from jingban.checker.tables.bound import BoundCell
from jingban.checker.tables.identities import outcomes
from jingban.checker.tables.outcome import Outcome
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context

SCALE = Decimal(10_000)


class U103(Rule):
    """量级差一万倍。

    问题：某一格按元与万元换算（乘或除以10000）后，本来不成立的勾稽关系恰好成立。

    依据：checker-rules T109、U103；domain.md R4.1-01。

    反例：万元表中一格印成2701000.00，其余分项与合计相差正好说明它应为270.10。

    正例：同一张表各格单位一致。

    例外：换算后仍不成立的由T1、T2各条报告；数值为零的格不试。

    怎么改：把该格换算为表头注明的单位。

    English: One cell holds yuan in a table of ten thousand yuan (or the other way round), shown by the identities.

    Not reported: What the conversion does not mend belongs to T1 and T2; zeros are not tried.
    """

    code: ClassVar[str] = "U103"
    name: ClassVar[str] = "magnitude-ten-thousand-times"
    title: ClassVar[str] = "量级差一万倍"
    title_en: ClassVar[str] = "An amount is ten thousand times off"
    severity: ClassVar[Severity] = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        """Looks at every identity that does not hold, and at amounts of the text that lost their 万."""
        yield from said.answers(context, {"unit_lost": _("“{name}”{stated}，单位疑为 {expected}")})
        for outcome in outcomes(context):
            if outcome.verdict in ("ok", "rounding"):
                if any(cell.number is not None and cell.number.value for cell in outcome.cells):
                    yield Verified(outcome.text, outcome.table.table.source)
            elif outcome.verdict == "wrong":
                yield from (_problem(outcome, cell, value) for cell, value in _rescaled(outcome))


def _rescaled(outcome: Outcome) -> Iterator[tuple[BoundCell, Decimal]]:
    """The one cell that, scaled by 10,000, makes the identity hold within its printed precision."""
    signed = [(outcome.stated, -1), *((term.cell, term.sign) for term in outcome.terms)]
    slack = sum((cell.number.half for cell, _sign in signed if cell is not None and cell.number), Decimal(0))
    fits: list[tuple[BoundCell, Decimal]] = []
    for cell, sign in signed:
        if cell is None or cell.number is None or not cell.number.value:
            continue
        base = cell.number.to_base()
        fits += [
            (cell, scaled / cell.number.unit.factor)
            for scaled in (base * SCALE, base / SCALE)
            if abs(scaled) > slack  # what vanishes when divided would explain any part too many
            and abs(outcome.difference + sign * (scaled - base))
            <= slack + _reach(cell.number.half, scaled > base)
        ]
    if len(fits) == 1:
        yield fits[0]


def _reach(half: Decimal, larger: bool) -> Decimal:
    """Half a unit of the last place, after scaling."""
    return half * SCALE if larger else half


def _problem(outcome: Outcome, cell: BoundCell, value: Decimal) -> Problem:
    expected = f"{value.normalize():f}"
    return Problem(
        message=_("%(title)s：“%(name)s”%(text)s与其他各格相差一万倍，换算后应为%(expected)s")
        % {"title": outcome.table.title, "name": cell.name, "text": cell.text, "expected": expected},
        source=cell.source,
        quote=outcome.table.row_text(cell.row),
        key=(cell.form, cell.row, cell.column),
        stated=cell.text,
        expected=expected,
        table=outcome.table.title,
        row=cell.label or None,
        column=cell.header or None,
        cause=outcome.cause,
    )
