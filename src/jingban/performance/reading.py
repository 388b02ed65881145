"""Numbers as the forms print them, and the indicators of a plan in printed order."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from jingban.performance.models import Indicator, Plan

PLACES = Decimal("0.01")


def number(text: str) -> Decimal | None:
    """A typed number; None for words."""
    try:
        value = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def plain(value: Decimal | None) -> str:
    """A number as text: whole numbers whole, else two decimals half up."""
    if value is None:
        return ""
    return (
        str(int(value)) if value == value.to_integral_value() else str(value.quantize(PLACES, ROUND_HALF_UP))
    )


def live_indicators(plan: Plan) -> list[Indicator]:
    """The plan's indicators in printed order."""
    return list(Indicator.objects.filter(plan=plan).order_by("position"))
