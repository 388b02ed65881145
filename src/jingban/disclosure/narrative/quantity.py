"""What can be said of one figure, as slots: its amount, last year's, the difference and its word, rates, shares, reason.

Direction words follow the *printed* figures: two amounts that print alike and whose difference prints as nothing are 持平.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jingban.budget.figures import Compared
from jingban.disclosure.narrative.template import Scope, Value
from jingban.forms.filled import Figure, Trace
from jingban.values.i18n import document as _
from jingban.values.units import unit

WAN = unit("万元")
Slots = dict[str, "Value | bool | list[Scope] | None"]


def amount(figure: Figure | None) -> Value | None:
    """万元 with two decimals, or a whole count."""
    if figure is None or figure.amount is None:
        return None
    if figure.unit != "fen":
        return Value(str(figure.amount), figure)
    return Value(figure.printed(WAN, 2).replace(",", ""), figure)


def percent(part: Figure | None, whole: Figure | None, formula: str) -> Value | None:
    """Part over whole in percent from the exact amounts, two decimals half up; None for 0/0 and x/0, also as printed."""
    if part is None or whole is None or part.amount is None or not whole.amount:
        return None
    if whole.unit == "fen" and whole.printed(WAN, 2) == "0.00":  # nobody can follow a rate on nought
        return None
    exact = Decimal(part.amount) * 100 / Decimal(whole.amount)
    shown = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Value(f"{shown:f}", Figure(shown, Trace(formula), "%"))


def difference(left: Figure, right: Figure, formula: str) -> Figure:
    """The absolute difference in fen."""
    return Figure(abs(int(left.amount or 0) - int(right.amount or 0)), Trace(formula))


@dataclass(frozen=True, slots=True)
class Basis:
    """One comparison: the slots ``name.suffix`` it makes."""

    figure: Figure | None
    label: str


def slots(
    name: str,
    money: Compared,
    *,
    whole: Figure | None = None,
    prior_reason: str = "",
    budget_reason: str = "",
) -> Slots:
    """All slots of one quantity. ``whole``: what its share is taken of."""
    actual = money.actual
    found: Slots = {
        name: amount(actual),
        f"{name}.金额": amount(actual),
        f"{name}.有数": bool(actual.amount),
        f"{name}.占比": percent(actual, whole, _("本数÷合计×100%")) or (Value("0.00", Figure(Decimal("0.00"), Trace(_("合计为零")), "%")) if whole is not None else None),
    }  # fmt: skip
    found |= _prior(name, actual, money.prior, prior_reason)
    found |= _budget(name, actual, money.initial, "年初预算", "完成率", "预算差", budget_reason)
    found |= _budget(name, actual, money.adjusted, "预算", "执行率", "执行差", budget_reason)
    return found


def _prior(name: str, actual: Figure, prior: Figure | None, reason: str) -> Slots:
    gap = difference(actual, prior, _("本年数－上年数")) if prior is not None else None
    changed = prior is not None and gap is not None and _differ(actual, prior, gap)
    up = prior is not None and int(actual.amount or 0) > int(prior.amount or 0)
    rate = percent(gap, prior, _("（本年数－上年数）÷上年数×100%"))
    return {
        f"{name}.有上年": prior is not None,
        f"{name}.上年": amount(prior),
        f"{name}.有变动": changed,
        f"{name}.增减": amount(gap),
        f"{name}.增减词": Value(_("增加") if up else _("减少")) if changed else Value(_("持平")),
        f"{name}.升降词": Value(_("增长") if up else _("下降")) if changed else Value(_("持平")),
        f"{name}.增减率": rate,
        f"{name}.有增减率": rate is not None and changed,
        f"{name}.原因": words(reason),
    }


def _budget(
    name: str, actual: Figure, base: Figure | None, label: str, rate: str, gap_name: str, reason: str
) -> Slots:
    gap = difference(actual, base, _("决算数－预算数")) if base is not None else None
    differs = base is not None and gap is not None and _differ(actual, base, gap)
    more = base is not None and int(actual.amount or 0) > int(base.amount or 0)
    done = percent(actual, base, _("决算数÷预算数×100%"))
    return {
        f"{name}.{label}": amount(base),
        f"{name}.有{label}": bool(base and base.amount),
        f"{name}.{rate}": done,
        f"{name}.有{rate}": done is not None,
        f"{name}.{gap_name}": amount(gap),
        f"{name}.有{gap_name}": differs,
        f"{name}.{gap_name}词": Value(_("大于") if more else _("小于")) if differs else Value(_("等于")),
        f"{name}.{gap_name}增减词": Value(_("增加") if more else _("减少")) if differs else Value(_("持平")),
        f"{name}.{gap_name}升降词": Value(_("增长") if more else _("降低")) if differs else Value(_("持平")),
        f"{name}.{gap_name}率": percent(gap, base, _("（决算数－预算数）÷预算数×100%")),
        f"{name}.{gap_name}原因": words(reason),
    }


def _differ(one: Figure, other: Figure, gap: Figure) -> bool:
    return one.printed(WAN, 2) != other.printed(WAN, 2) or gap.printed(WAN, 2) != Figure(
        0, gap.trace
    ).printed(WAN, 2)


def words(text: str) -> Value | None:
    """A reason as a person wrote it, without its closing mark."""
    cleaned = text.strip().rstrip("。；;. ")
    return Value(cleaned) if cleaned else None
