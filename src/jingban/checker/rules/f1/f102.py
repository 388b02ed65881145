"""F102 composition of fund income and expenditure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers
from jingban.checker.claims.fundtables import INCOME, SPENDING, FundTable, fund_tables
from jingban.checker.claims.sums import Sum
from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.verdict import like, total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Severity, Unverified, Verified
from jingban.checker.tables.answers import identity_answers
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_HEAD = lazy(
    r"保险费|缴费收入|补贴|补助|利息|委托投资|投资收益|转移|上级|下级|上解|其他|待遇|养老金|丧葬|个人账户|集体|滞纳金"
)
_WHOLE = lazy(r"(?:基金|保险)[^,。;]{0,12}(?:总收入|总支出|收入|支出)(?:合计|总额)?$")
_BALANCE = lazy(r"结余")
_OTHER = lazy(r"^其他(?:收入|支出)?$")


class FundCompositionWrong(Rule):
    """问题：基金收入（支出）与其构成项目之和不等：保费、财政补贴、利息、委托投资收益、转移、上级补助、其他；待遇、转移、上解、其他。
    依据：基金财务制度（财社〔2017〕144号）收支科目；各科目之和等于总额。
    反例：基金总支出100万元，其中社会保险待遇支出90万元，转移支出5万元，其他支出1万元。（相加 96 万元）
    正例：基金总支出96万元，其中社会保险待遇支出90万元，转移支出5万元，其他支出1万元。
    例外：只有列到“其他”的、或各项都是基金科目且和已近总额的，才按封闭列举求和；其余部分列举不核；之和大于总额一律报。
    怎么改：按基金科目补齐或改正。

    English: The heads of a fund's income or expenditure do not add up to the total.

    Not reported: Only closed lists are summed (they end in 'other' or nearly reach the total); a sum above the
    whole is always reported.
    """

    code = "F102"
    name = "fund-composition-wrong"
    title = "基金收支构成不等于总额"
    title_en = "Fund heads do not add up"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from identity_answers(context, self.code)
        for one in context.claims.sums:
            if _WHOLE.search(one.whole.label) and all(_HEAD.search(part.label) for part in one.parts):
                yield self._prose(one)
        for table in fund_tables(context):
            for whole, stop in ((INCOME, SPENDING), (SPENDING, _BALANCE)):
                yield from self._table(table, whole, stop)

    def _prose(self, one: Sum) -> Answer:
        figure = one.whole.token.figure
        subject = _("{}构成").format(one.whole.label)
        reading = one.reading()
        if reading.level in ("L0", "L1"):
            return answers.verified(subject, reading, figure.source)
        over = reading.comparison.difference > 0
        last = any(_OTHER.search(part.label) for part in one.parts)
        near = figure.value > 0 and abs(reading.comparison.difference) <= figure.value / 50
        if not (over or last or near) or not one.clean:
            return answers.unbound(subject, figure.source, _("部分列举，不求和"))
        severity: Severity | None = None if reading.level == "L3" and (over or last) else "warning"
        return answers.contradiction(
            one.whole.sentence,
            one.whole.token,
            reading,
            _("“{}”写作 {}，构成项目之和为 {}").format(
                one.whole.label, figure.text, answers.like(figure, reading.value.point)
            ),
            (one.whole.label, "其中"),
            severity=severity,
            related=one.parts,
        )

    def _table(self, table: FundTable, whole: re.Pattern[str], stop: re.Pattern[str]) -> Iterator[Answer]:
        found = table.parts(whole, stop)
        if found is None or not table.table.trusted:
            return
        head, rows = found
        rows = [row for row in rows if _HEAD.search(table.labels[row])]
        complete = any(re.search(r"其他", table.labels[row]) for row in rows)
        for column in table.columns:
            figure = table.cells.get((head, column))
            parts = [table.cells[row, column] for row in rows if (row, column) in table.cells]
            if figure is None or len(parts) < 2:
                continue
            label = table.labels[head]
            direct = [
                table.cells[row, column]
                for row in rows
                if (row, column) in table.cells and not table.labels[row].startswith(("其中", "#"))
            ]
            readings = [total(figure, one) for one in (parts, direct) if len(one) >= 2]
            best = min(readings, key=lambda one: abs(one.comparison.difference))
            if best.level != "L3":
                yield Verified(label, figure.source, rounding=best.level != "L0")
            elif best.comparison.difference > 0 or complete:
                yield cell_problem(
                    _("“{}”{}，构成项目之和为 {}").format(label, figure, like(figure, best.value.point)),
                    figure.source,
                    figure.text,
                    (table.table.title, label, table.heading(column), "构成"),
                    table=table.table.title,
                    row=label,
                    column=table.heading(column),
                    stated=figure.text,
                    expected=like(figure, best.value.point),
                    difference=best.comparison.difference,
                    severity=None if best.comparison.difference > 0 else "warning",
                )
            else:
                yield Unverified(label, figure.source, _("部分列举，不求和"))
