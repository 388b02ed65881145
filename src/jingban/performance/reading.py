"""Numbers as the forms print them, units that go together, and the indicators of a plan in printed order."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from jingban.performance.models import Indicator, Plan

PLACES = Decimal("0.01")
MOST_PLACES = 8


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


def shown(value: Decimal | None, target: Decimal | None = None) -> str:
    """Like :func:`plain`, with as many more decimals as it takes not to print a missed target as reached."""
    text = plain(value)
    if value is None or target is None or value == target:
        return text
    places = 2
    while Decimal(text) == target and places < MOST_PLACES:
        places += 1
        text = str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return text


def scale(unit: str, wanted: str) -> Decimal | None:
    """By what to multiply a number in ``unit`` to have it in ``wanted`` (元 → 万元: 0.0001); None: they do not go together."""
    by = {"": 0, "万": -4, "亿": -8}
    found = [places for prefix, places in by.items() if wanted == prefix + unit]
    return Decimal(1).scaleb(found[0]) if found else None


def live_indicators(plan: Plan) -> list[Indicator]:
    """The plan's indicators in printed order."""
    return list(Indicator.objects.filter(plan=plan).order_by("position"))
