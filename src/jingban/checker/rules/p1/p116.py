"""P116 funds by source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.verdict import Reading, like, total
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation, FundRow
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_PART = lazy(r"财政拨款|财政资金|结转|其[他它]资金|中央|省级|市级|县级|区级|地方|单位资金|自有资金|非税")
_INNER = lazy(r"其中:?.{0,2}(?:中央|省|市|县)|^(?:中央|省级|市级|县级|区级)")
_FISCAL = lazy(r"财政拨款|财政资金")
_COLUMNS = (("initial", "年初预算数"), ("full", "全年预算数"), ("executed", "全年执行数"))


class FundsNotTotal(Rule):
    """问题：自评表资金来源各分项之和不等于年度资金总额（年初预算、全年预算、执行数各列分别核）。
    依据：年度资金总额 = 当年财政拨款 + 上年结转资金 + 其他资金。
    反例：全年预算总额 77.17，当年财政拨款 50.66，上年结转 16.51。（相加 67.17）
    正例：全年预算总额 77.17，当年财政拨款 50.66，上年结转 26.51。
    例外：空格按未知处理：已填各项之和小于总额时“未核”，大于总额才报；同表别的列表明空格就是零的，按零核；中央、省、市分级与总分类并列时只核一层。
    怎么改：核对各来源金额，补齐空格。

    English: The sources of funds do not add up to the year's total in a column of the form.

    Not reported: Blanks are unknown unless the table shows that blank means zero: only a sum above the total is
    reported; of two breakdowns one is tested.
    """

    code = "P116"
    name = "funds-not-total"
    title = "资金来源之和不等于总额"
    title_en = "Sources of funds do not add up"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            head = form.total_fund
            if head is None:
                continue
            parts = [row for row in form.funds if row is not head and _PART.search(row.label)]
            outer = [row for row in parts if not _INNER.search(row.label)]
            if any(_FISCAL.search(row.label) for row in outer) and not self._whole(head, parts):
                parts = outer  # by level of government it is a second breakdown
            if parts:
                yield from self._columns(form, head, parts)

    def _whole(self, head: FundRow, parts: list[FundRow]) -> bool:
        """Whether all rows together make the total in every column that is filled."""
        for attribute, _name in _COLUMNS:
            whole: Figure | None = getattr(head, attribute)
            figures = [one for one in (getattr(row, attribute) for row in parts) if one is not None]
            if whole is not None and (len(figures) < len(parts) or total(whole, figures).level == "L3"):
                return False
        return True

    def _columns(self, form: Evaluation, head: FundRow, parts: list[FundRow]) -> Iterator[Answer]:
        results: list[tuple[str, Figure, list[Figure], Reading]] = []
        for attribute, name in _COLUMNS:
            whole: Figure | None = getattr(head, attribute)
            figures = [one for one in (getattr(row, attribute) for row in parts) if one is not None]
            if whole is not None and figures:
                results.append((name, whole, figures, total(whole, figures)))
        blank_is_zero = any(
            reading.level in ("L0", "L1") and len(figures) < len(parts)
            for _n, _w, figures, reading in results
        )
        for name, whole, figures, reading in results:
            subject = _("{}{}").format(form.key(), name)
            complete = len(figures) >= 3 or (len(figures) == len(parts) and len(parts) >= 2) or blank_is_zero
            if reading.level != "L3":
                yield Verified(subject, whole.source, rounding=reading.level != "L0")
            elif not form.funds_trusted or (reading.comparison.difference < 0 and not complete):
                yield Unverified(subject, whole.source, _("分项有空格，或表中有丢格移位"))
            else:
                yield cell_problem(
                    _("“{}”{} {}，各来源之和为 {}").format(
                        form.key(), name, whole, like(whole, reading.value.point)
                    ),
                    whole.source,
                    whole.text,
                    (form.key(), name, "资金来源"),
                    table=form.title,
                    row=head.label,
                    column=name,
                    stated=whole.text,
                    expected=like(whole, reading.value.point),
                    difference=reading.comparison.difference,
                    related=[one.source for one in figures],
                    details=[_("算式 {}").format(reading.formula)],
                )
