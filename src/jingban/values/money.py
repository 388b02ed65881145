"""Money is int64 fen (分); Decimal yuan only at the edges; never float (R0-01, R0-02)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN_MAX = 2**63 - 1


def fen(yuan: Decimal | int | str) -> int:
    """Yuan to fen, exactly. Raises ``ValueError`` for a fraction of a fen, a float or text that is no amount."""
    if isinstance(yuan, float):
        raise ValueError("money is never float")
    try:
        amount = Decimal(str(yuan).replace(",", "").replace("，", "").strip()) * 100
    except InvalidOperation:
        raise ValueError(f"not an amount: {yuan!r}") from None
    if amount != amount.to_integral_value() or abs(amount) > FEN_MAX:
        raise ValueError(f"not a whole number of fen: {yuan!r}")
    return int(amount)


def yuan(amount_fen: int) -> Decimal:
    """Fen to yuan with two places: 12210 -> ``Decimal('122.10')``."""
    return Decimal(amount_fen).scaleb(-2)


def format_yuan(amount_fen: int) -> str:
    """1234567 -> ``12,345.67``"""
    return f"{yuan(amount_fen):,.2f}"


def wan(amount_fen: int, places: int = 2) -> Decimal:
    """Fen to 万元, each cell on its own, half up (R4.1-01): 291695994 -> ``Decimal('291.70')``."""
    return Decimal(amount_fen).scaleb(-6).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def div_half_up(numerator: int, denominator: int) -> int:
    """Integer division rounded half away from zero; the denominator is positive."""
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def ceil_tenth_yuan(numerator: int, denominator: int) -> int:
    """见分进角 (R0-02): fen = numerator/denominator, rounded *up* to the next 0.1 yuan (10 fen)."""
    if denominator <= 0 or numerator < 0:
        raise ValueError("needs a non-negative amount")
    return -(-numerator // (denominator * 10)) * 10


def split(amount_fen: int, weights: Sequence[int]) -> list[int]:
    """Share an amount by integer weights so that the parts add up to the fen.

    Largest remainder, the earlier part first on a tie; a negative amount is split like its absolute value.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    sign = -1 if amount_fen < 0 else 1
    products = [abs(amount_fen) * weight for weight in weights]
    parts = [product // whole for product in products]
    order = sorted(range(len(weights)), key=lambda position: -(products[position] % whole))
    for position in order[: abs(amount_fen) - sum(parts)]:
        parts[position] += 1
    return [sign * part for part in parts]
