"""From the verdicts of relations to answers: the evidence shows the reading, and a broken relation says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from jingban.checker.claims.measured import rate_named
from jingban.checker.context import Context
from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import Verdict
from jingban.checker.relations.judged import judge
from jingban.checker.rule import Answer, Problem, Unverified, Verified
from jingban.values.i18n import gettext as _
from jingban.values.printed import Quantity as Interval

QUOTE_MAX = 160
CLAIMS = frozenset({"share", "completion", "goal", "rate", "rate_levels", "difference", "gap"})
"""Relations a number claims by its own words. The others are tried, and say nothing where they cannot be read."""


def role_name(role: str) -> str:
    """Chinese name of a role, for the reading shown with a finding."""
    return {
        "share": _("占比"), "part": _("部分"), "whole": _("整体"), "rate": _("变动率"), "change": _("变动额"), "base": _("基数"),
        "now": _("本期"), "completion": _("完成率"), "actual": _("实际"), "target": _("预算或目标"), "total": _("各项之和"),
        "mean": _("平均"), "count": _("数量"), "amount": _("金额"), "price": _("标准"), "rest": _("余数"), "done": _("已列"),
        "opening": _("期初"), "income": _("收入"), "spending": _("支出"), "closing": _("期末"), "net": _("收支结余"),
        "adjusted": _("调整后预算"), "budget": _("预算"), "adjustment": _("调整"), "one": _("此处"), "other": _("另一处"),
        "gap": _("差额"), "points": _("百分点"), "others": _("其余"),
    }[role]  # fmt: skip


def name_of(quantity: Quantity) -> str:
    """What a quantity is of, in one word."""
    for one in (quantity, quantity.head, quantity.change, *quantity.topics[:1]):
        if one is not None and one.names:
            return one.names[0]
    return re.sub(r"[为是:]+$", "", quantity.clause)[-12:]


def quote_of(quantity: Quantity) -> str:
    """The sentence of a quantity as printed, cut around the number when it is long."""
    passage = quantity.passage
    start, end = next(
        ((a, b) for a, b in passage.sentences() if a <= quantity.start < b), (0, len(passage.text))
    )
    if end - start > QUOTE_MAX:
        start = max(start, quantity.start - QUOTE_MAX * 2 // 3)
        end = min(end, start + QUOTE_MAX)
    return passage.printed(start, end)


def reading_of(verdict: Verdict) -> str:
    """'读法：占比 72.25%；部分 项目支出 1424.63万元；整体 本年支出合计 1893.18万元'"""
    told = []
    for role, value in verdict.roles.items():
        if isinstance(value, Quantity):
            told.append(f"{role_name(role)} {value.names[0] + ' ' if value.names else ''}{value.shown}")
        else:
            told.append(f"{role_name(role)} {_shown(value, verdict, role)}")
    return _("读法：{}").format("；".join(told))


def _shown(value: Interval, verdict: Verdict, role: str) -> str:
    if role in ("rate", "share", "completion"):
        return f"{(value.point * 100).normalize():f}%"
    like = next(
        (
            q
            for q in (*verdict.roles.values(), *verdict.related, verdict.at)
            if isinstance(q, Quantity) and q.family not in ("%", "百分点")
        ),
        None,
    )
    return like.printed(value.point) if like is not None else f"{value.point.normalize():f}"


def answers(context: Context, wanted: Mapping[str, str]) -> Iterable[Answer]:
    """Answers of the relations in ``wanted`` (relation -> message with {name} {stated} {expected})."""
    for verdict in judge(context).verdicts:
        claims = verdict.state != "unread" or (
            verdict.relation in CLAIMS and not _elsewhere(context, verdict)
        )
        if verdict.relation in wanted and claims:
            yield answer(verdict, wanted[verdict.relation])


def _elsewhere(context: Context, verdict: Verdict) -> bool:
    """A rate by the name of the basic-data table or of an indicator: their own rules try it with the cells printed there."""
    if verdict.relation != "completion":
        return False
    if context.claims.base_data and rate_named(verdict.at.gap):
        return True
    return any(one.name in verdict.at.names for form in context.claims.evaluations for one in form.indicators)


def answer(verdict: Verdict, message: str) -> Answer:
    at = verdict.at
    subject = f"{name_of(at)} {at.shown}"
    if verdict.state == "unread":
        return Unverified(
            subject,
            at.source,
            _("找不到预算数或任务数")
            if verdict.relation in ("completion", "goal")
            else _("没有能与之对照的数"),
        )
    if verdict.state == "holds" and not verdict.nearly:
        return Verified(subject, at.source, verdict.rounding)
    expected = verdict.expected or (at.printed(verdict.want) if verdict.want is not None else None)
    stated = verdict.stated or at.shown
    if verdict.state == "holds":
        if expected == at.shown or expected is None:
            return Verified(subject, at.source, True)
        message = _("{name} {stated}，按印出的数计算应为 {expected}，末位不同")
    return Problem(
        message=message.format(name=name_of(at), stated=stated, expected=expected or ""),
        source=at.source if verdict.spot is None else at.passage.at(verdict.spot),
        quote=quote_of(at),
        key=(*at.passage.path[-1:], verdict.relation, name_of(at), at.shown),
        stated=stated,
        expected=expected,
        difference=_difference(verdict),
        severity="info" if verdict.state == "holds" else verdict.severity,
        related=tuple(
            dict.fromkeys(q.source for q in (at, *verdict.related) if q is not at or verdict.spot is not None)
        ),
        details=(reading_of(verdict),) if verdict.roles else (),
        cause=f"{at.passage.index}:{at.start}",
    )


def _difference(verdict: Verdict) -> Decimal | None:
    return None if verdict.want is None else verdict.want - verdict.at.value
