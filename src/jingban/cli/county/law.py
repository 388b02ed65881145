"""What the plan expects a month to pay: used to calibrate the sample, never to pay anybody.

The amounts are those of the shipped parameters and of the demonstration overlay for the county; a test compares them with
the compiled policy, and the closing table of the year compares the plan with the ledgers.
"""

from __future__ import annotations

from jingban.values import money, months

LAUNCH = months.month(2010, 10)
RAISE = months.month(2020, 7)
RAISE_PAID = months.month(2020, 10)
"""First payroll after the raise became known; it brings the back-pay since July."""
BASE_FEN, RAISE_FEN, TOP_UP_FEN = 10_000, 500, 500
AGE_65_FEN, AGE_80_FEN = 200, 500
DIVISOR = 139
RATE_PPM = 15_000
"""Yearly interest of the demonstration overlay."""


def base(birth_month: int, month: int, *, raised: bool = True) -> int:
    """Basic pension of one month in fen: standard, demonstration top-up and, from July 2020, age supplement."""
    amount = BASE_FEN + TOP_UP_FEN
    if month >= RAISE and raised:
        age = month - birth_month - 1
        amount += RAISE_FEN + (AGE_80_FEN if age >= 960 else AGE_65_FEN if age >= 780 else 0)
    return amount


def annuity(balance_fen: int) -> int:
    """Account pension (R1.8-01)."""
    return money.div_half_up(balance_fen, DIVISOR)


def required_years(birth_month: int) -> int:
    """R1.6-02, completed years of age at the launch."""
    return min(15, max(0, 60 - (LAUNCH - birth_month) // 12))


def interest(fen_months: int) -> int:
    """Interest in fen of money times the months it stood (R1.5-01)."""
    return money.div_half_up(fen_months * RATE_PPM, 12 * 1_000_000)
