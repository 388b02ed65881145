"""N117 a programme's persons times means against its amount."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.context import Context
from jingban.checker.model import Source
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation
from jingban.checker.text.fold import fold
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_COUNT = lazy(r"(?P<count>\d+)\s*[名人位]\s*(?P<group>[^\W\d\x00-\xff]{2,10})")
_RATE = lazy(
    r"(?P<group>[^\W\d\x00-\xff]{2,10})\s*:?\s*(?:平均|人均|每人)?\s*(?P<rate>\d+(?:\.\d+)?)\s*元\s*/\s*人\s*/\s*(?P<span>月|年)"
)
NEAR = Decimal("0.01")
"""Printed means are rounded and persons come and go: a hundredth of the amount is not a defect."""


class _Programme(Struct, frozen=True):
    groups: tuple[tuple[str, int, Decimal, int], ...]
    """(group, persons, yuan, times a year)"""
    counted: Source
    standard: Source

    def total(self) -> Decimal:
        return sum((persons * rate * times for _g, persons, rate, times in self.groups), Decimal(0))

    def words(self) -> str:
        return " + ".join(
            f"{group} {persons}人×{plain(rate)}元" + (f"×{times}月" if times > 1 else "")
            for group, persons, rate, times in self.groups
        )


class ProgrammeNotAmount(Rule):
    """问题：项目自评表写明各类人员的人数和人均标准，逐类相乘加总后与项目执行数不符。
    依据：按标准发放的项目：执行数 = Σ 人数 × 标准 × 月数。
    反例：2名离休干部平均2000元/人/月、14名军转干部平均1400元/人/月，执行数 25 万元。（12 个月应为 28.32 万元）
    正例：2名离休干部平均2000元/人/月、14名军转干部平均1400元/人/月，执行数 28.32 万元。
    例外：人数与标准的类别不能一一对应的不核；相差不超过 1% 的通过（平均标准已舍入）；年内人员有增减的须在说明中写明。
    怎么改：核对人数、标准的统计期；发放不足 12 个月的写明月数。

    English: Persons times mean rates over all groups do not give the amount executed.

    Not reported: Groups that do not match one to one; differences up to 1%; changes of persons within the year
    should be explained in the text.
    """

    code = "N117"
    name = "programme-not-amount"
    title = "分类人数×标准与执行数不符"
    title_en = "Persons times rates do not give the amount executed"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            found = _programme(form)
            row = form.total_fund
            if found is None or row is None or row.executed is None or not row.executed.value:
                continue
            executed, total = row.executed, found.total()
            subject = _("{}人数×标准").format(form.key())
            if not form.trusted or not form.funds_trusted:
                yield Unverified(subject, found.standard, _("表中有丢格或移位"))
                continue
            if abs(total - executed.value) <= executed.value * NEAR:
                yield Verified(subject, executed.source, rounding=total != executed.value)
                continue
            due = total / executed.number.unit.factor
            yield cell_problem(
                _("“{}”按人数×标准为 {} 万元，执行数写作 {}").format(
                    form.key(), plain((total / 10000).quantize(Decimal("0.0001"))), executed
                ),
                executed.source,
                executed.text,
                (form.key(), "人数×标准"),
                table=form.title,
                stated=executed.text,
                expected=plain(due.quantize(Decimal("0.0001"))),
                difference=total - executed.value,
                related=(found.counted, found.standard),
                details=(
                    _("算式 {} = {} 元").format(found.words(), plain(total)),
                    _("按执行数反推，全年平均发放 {:.1f} 个月").format(executed.value / total * 12),
                ),
            )


def _programme(form: Evaluation) -> _Programme | None:
    """Groups whose persons and rates stand in one form under the same names; None when they do not match one to one."""
    counts: dict[str, int] = {}
    rates: dict[str, tuple[Decimal, int]] = {}
    counted = standard = Source()
    for one in form.indicators:
        for text, where in ((one.actual, one.actual_source), (one.target, one.target_source)):
            line = fold(text)
            people = {m["group"]: int(m["count"]) for m in _COUNT.finditer(line)}
            money = {
                m["group"].removesuffix("平均").removesuffix("人均"): (
                    Decimal(m["rate"]), 12 if m["span"] == "月" else 1
                )
                for m in _RATE.finditer(line)
            }  # fmt: skip
            if people and not counts:
                counts, counted = people, where
            if money and not rates:
                rates, standard = money, where
    if len(rates) < 2 or set(rates) != set(counts):
        return None
    groups = tuple((name, counts[name], *rates[name]) for name in rates)
    return _Programme(groups, counted, standard)
