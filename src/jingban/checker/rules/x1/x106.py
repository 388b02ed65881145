"""X106 summary of a project in prose against its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers
from jingban.checker.claims.sentence import Sentence, Token
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.rule import Answer, Rule
from jingban.checker.tables.evaluation import Evaluation
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import compare

_NOISE = lazy(r"项目|经费|资金|工作|[（）()\s\d.、“”\"]")


class SummaryAgainstForm(Rule):
    """问题：正文的项目绩效综述所写预算数、执行数与同一项目的自评表不同。
    依据：综述应取自自评表。
    反例：综述“项目全年预算数3万元，执行数为1.2万元”，自评表执行数 1.012。
    正例：两处都写 1.012 万元。
    例外：项目名称对不上的不比；自评表丢格移位的“未核”；印出位数不同的按区间。
    怎么改：以自评表为准统一。

    English: The summary of a project states other amounts than its form.

    Not reported: Projects whose names do not match. Tables with shifted or lost cells are not verified.
    """

    code = "X106"
    name = "summary-against-form"
    title = "项目综述与自评表不符"
    title_en = "Project summary contradicts its form"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        forms = {_core(one.name): one for one in context.claims.evaluations if one.project and one.name}
        if not forms:
            return
        opened: Evaluation | None = None
        last = None
        for sentence in context.claims.sentences:
            if sentence.paragraph is not last:
                opened, last = self._named(sentence.text, forms), sentence.paragraph
            if opened is not None and re.search(r"全年预算数?|执行数", sentence.text):
                yield from self._compare(sentence, opened)

    def _named(self, text: str, forms: dict[str, Evaluation]) -> Evaluation | None:
        head = _core(text[:60])
        found = [form for name, form in forms.items() if len(name) >= 4 and head.startswith(name[:40])]
        return found[0] if len(found) == 1 else None

    def _compare(self, sentence: Sentence, form: Evaluation) -> Iterator[Answer]:
        row = form.total_fund
        if row is None:
            return
        for token in sentence.tokens:
            if token.role == "budget" and re.search(r"全年预算数?$", token.label) and row.full is not None:
                yield self._judge(sentence, token, row.full, form, _("全年预算数"))
            elif token.role == "actual" and re.search(r"执行数?$", token.label) and row.executed is not None:
                yield self._judge(sentence, token, row.executed, form, _("执行数"))

    def _judge(self, sentence: Sentence, token: Token, figure: Figure, form: Evaluation, name: str) -> Answer:
        subject = f"{form.name}{name}"
        if not form.funds_trusted:
            return answers.unbound(subject, token.figure.source, _("自评表有丢格移位"))
        comparison = compare(token.figure.number, figure.quantity)
        reading = Reading(str(figure), figure.quantity, comparison)
        if reading.holds:
            return answers.verified(subject, reading, token.figure.source)
        return answers.contradiction(
            sentence,
            token,
            reading,
            _("综述写{} {}，自评表“{}”为 {}").format(name, token.figure.text, form.name, figure),
            (form.name, name),
        )


def _core(text: str) -> str:
    return _NOISE.sub("", text)
