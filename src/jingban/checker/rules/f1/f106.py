"""F106 mean per person against the legal minimum."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers
from jingban.checker.context import Context
from jingban.checker.figures import Figure, read_figures
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.forms.minima import Kind, Minimum, minimum
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity

_RESIDENTS = lazy(r"城乡|居保|城居|新农保|居民(?:基本|社会)?养老")
_OTHER_SCHEME = lazy(r"职工|机关|企业|事业|医疗|失业|工伤|军转|离休|低保|被征地")
_BENEFIT = lazy(r"(?:待遇(?:支出|发放)?|养老金(?:支出|发放))(?:金额|总额)?$")
_NOT_A_YEAR = lazy(
    r"均|标准|最低|每|提高|补发|提标|调标|新增|追加|丧葬|个人账户|一次性|月份?|季度|半年|截至|累计|缺口|预计|预算"
)
_RECEIVERS = lazy(
    r"(?:领取|享受|发放)(?:城乡居民)?(?:基本)?(?:养老(?:保险)?(?:金)?|居保)?(?:待遇)?(?:的)?(?:人数|人员|老人)$"
)
_PAID = lazy(r"代缴")
_PARTLY = lazy(r"部分|一半|半额|补贴|补助|档次|以来|累计|历年|近年|%")
MARGIN = 97
"""Percent: a year-end headcount may exceed the mean of the year by so much without an error."""


class MeanBelowMinimum(Rule):
    """问题：由金额和人数算得的人均数低于法定最低标准：居民养老金月均低于基础养老金最低标准，代缴保费人均低于最低缴费档次。
    依据：中央确定的和省定的基础养老金最低标准（按当年各月加权）；国发〔2014〕8号：最低缴费档次每年 100 元。
    反例：2020年城乡居民养老保险待遇支出2000万元，领取待遇人数2.47万人。（月均 67.48 元，当年最低 90.50 元）
    正例：2020年城乡居民养老保险待遇支出3600万元，领取待遇人数2.47万人。（月均 121.46 元）
    例外：年度、险种、人数、金额任一不能唯一绑定的“未核”；不知省份的只用全国最低；养老金另让 3%（年末人数可多于全年平均）；写明代缴部分、补贴、累计或另有标准的不核。
    怎么改：核对人数（是否含暂停、年末数）和金额的统计期；部分代缴的写明比例。

    English: The mean per person from the stated amount and headcount is below the legal minimum of the year.

    Not reported: Anything that cannot be bound to one year, scheme, headcount and amount; an unknown province
    uses the national minimum; pensions have 3% leeway; partial payments, subsidies and cumulative amounts.
    """

    code = "F106"
    name = "mean-below-minimum"
    title = "人均低于法定最低标准"
    title_en = "Mean per person is below the legal minimum"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        if context.year is None:
            return
        yield from _paid_for(context)
        yield from _pension(context)


def _pension(context: Context) -> Iterator[Answer]:
    """Benefits of the residents' scheme over twelve months and its receivers."""
    assert context.year is not None
    money = [
        (token.figure, answers.quote(sentence, token))
        for sentence in context.claims.sentences
        for token in sentence.tokens
        if token.figure.dimension == "money"
        and token.role in ("value", "actual")
        and _BENEFIT.search(token.label)
        and not _NOT_A_YEAR.search(token.gap)
        and context.claims.narrative.is_current(token)
        and _of_residents(sentence.text[: token.figure.start - sentence.start])
    ]
    people = list(_receivers(context))
    if not money or not people:
        return
    subject = _("居民养老金月均")
    if len({one.value for one, _quote in money}) > 1 or len({one.value for one in people}) > 1:
        yield answers.unbound(subject, money[0][0].source, _("金额或领取人数有几个，不能唯一绑定"))
        return
    least = minimum("basic_pension", context.year, context.profile.province)
    if least is not None and people[0].value:
        months = people[0].quantity.times(12)
        yield _judge("basic_pension", subject, *money[0], people[0], months, least, MARGIN)


def _receivers(context: Context) -> Iterator[Figure]:
    for sentence in context.claims.sentences:
        for token in sentence.tokens:
            before = sentence.text[: token.figure.start - sentence.start]
            counted = token.figure.dimension == "persons" and not token.figure.approximate
            if counted and _RECEIVERS.search(token.label) and _of_residents(before):
                yield token.figure
    for form in context.claims.evaluations:
        for one in form.indicators:
            name = one.name.replace(" ", "")
            if _RESIDENTS.search(name) and re.search(r"(?:领取|发放|享受).{0,6}人数$", name):
                found = read_figures(one.actual, one.actual_source)
                if len(found) == 1 and found[0].dimension == "persons" and not found[0].approximate:
                    yield found[0]


def _of_residents(before: str) -> bool:
    """The last scheme named before a figure is the residents'."""
    own = [one.end() for one in _RESIDENTS.finditer(before)]
    other = [one.end() for one in _OTHER_SCHEME.finditer(before)]
    return bool(own) and own[-1] > max(other, default=-1)


def _paid_for(context: Context) -> Iterator[Answer]:
    """'为N人代缴保费A元': a whole year's lowest tier each."""
    assert context.year is not None
    least = minimum("paid_contribution", context.year, context.profile.province)
    for sentence in context.claims.sentences:
        tokens = [one for one in sentence.tokens if not one.figure.approximate]
        for people, money in itertools.pairwise(tokens):
            between = sentence.text[people.figure.end - sentence.start : money.figure.start - sentence.start]
            bound = people.figure.dimension == "persons" and money.figure.dimension == "money"
            if not bound or not _PAID.search(between) or re.search(r"[,;。]", between):
                continue
            clause = re.split(r"[;。]", sentence.text)[0] if ";" in sentence.text else between
            if _PARTLY.search(between) or "部分" in clause or least is None or not people.figure.value:
                continue
            if not re.search(r"保费|保险费|养老", between) or not context.claims.narrative.is_current(money):
                continue
            quote = answers.quote(sentence, money)
            yield _judge(
                "paid_contribution", _("人均代缴保费"), money.figure, quote, people.figure,
                people.figure.quantity, least, 100,
            )  # fmt: skip


def _judge(
    kind: Kind,
    subject: str,
    money: Figure,
    quote: str,
    people: Figure,
    divisor: Quantity,
    least: Minimum,
    margin: int,
) -> Answer:
    mean = money.quantity / divisor
    if mean.high * 100 >= least.value * margin:
        return Verified(subject, money.source)
    months = _(" ÷ 12 月") if kind == "basic_pension" else ""
    return Problem(
        _("{} {:.2f} 元，低于最低标准 {:.2f} {}（{} ÷ {}{}）").format(
            subject, mean.point, least.value, least.unit, money.text, people.text, months
        ),
        money.source,
        quote,
        (kind, "人均"),
        stated=money.text,
        difference=least.value - mean.point,
        related=(people.source,),
        details=(
            _("最低标准：{}").format("；".join(least.documents)),
            _("人数为 {} 时，金额至少应为 {}").format(
                people.text, answers.like(money, divisor.point * least.value)
            ),
        ),
    )
