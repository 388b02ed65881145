"""U107 persons or person-times."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.context import Context
from jingban.checker.figures import read_figures
from jingban.checker.model import Source
from jingban.checker.rule import Answer, Rule, Severity, Verified
from jingban.checker.tables.evaluation import Evaluation
from jingban.checker.text.fold import fold
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_PERSONS = lazy(r"人数$")
_MONTHLY = lazy(r"(?P<rate>\d+(?:\.\d+)?)\s*元\s*/\s*人\s*/\s*月")


class PersonsOrPersonTimes(Rule):
    """问题：指标名称是“人数”，值却写“人次”，不知是人还是人次。
    依据：人数按人计，一人全年领取十二次是 1 人、12 人次；按月标准算钱时两者相差十二倍。
    反例：发放待遇人数：6865人次；标准 9元/人/月，执行数 16.78 万元。（按人计一年 74.14 万元，按人次计 6.18 万元）
    正例：发放待遇人数：572人；或 发放人次：6865人次。
    例外：名称写“人次”“次数”的不报；没有按月标准可验算的只作提示。
    怎么改：写明是人还是人次，并与执行数核对。

    English: An indicator named a number of persons is given in person-times.

    Not reported: Names that say person-times; without a monthly rate to test it is a hint.
    """

    code = "U107"
    name = "persons-or-person-times"
    title = "人与人次混用"
    title_en = "Persons or person-times"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            for one in form.indicators:
                name = one.name.replace(" ", "")
                found = read_figures(one.actual, one.actual_source)
                if not _PERSONS.search(name) or len(found) != 1:
                    continue
                figure = found[0]
                if figure.dimension == "persons":
                    yield Verified(name, figure.source)
                elif figure.dimension == "person-times":
                    readings = _readings(form, figure.value)
                    severity: Severity | None = "warning" if readings else None
                    yield cell_problem(
                        _("“{}”是人数，值写作 {}，不知是人还是人次").format(name, figure.text),
                        figure.source if figure.source != Source() else one.source,
                        one.actual,
                        (form.key(), name, "人次"),
                        table=form.title,
                        row=name,
                        stated=figure.text.replace(" ", ""),
                        severity=severity,
                        details=readings,
                    )


def _readings(form: Evaluation, count: Decimal) -> tuple[str, ...]:
    """Both readings under a printed monthly rate, when the amount executed cannot be twelve months for so many persons."""
    rates = [m for one in form.indicators for m in _MONTHLY.finditer(fold(one.target + " " + one.actual))]
    executed = form.executed
    if not rates or executed is None:
        return ()
    rate = Decimal(rates[0]["rate"])
    year, once = count * rate * 12, count * rate
    if year <= executed.value:
        return ()
    return (
        _("按人计：{} 人 × {} 元 × 12 月 = {} 元，超过执行数 {}").format(
            plain(count), plain(rate), plain(year), executed
        ),
        _("按人次计：{} 人次 × {} 元 = {} 元").format(plain(count), plain(rate), plain(once)),
    )
