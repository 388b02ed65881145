"""Code numbers by name (``docs/internals/relations.md``): a step writes the name, :mod:`jingban.rules.loader` puts the number.

The parameters of the law have names as well: ``LAW_PENSION_AGE`` in a step is the key of ``pension_age`` in ``p_scalar``.
"""

from __future__ import annotations

from jingban.policy.tables import SCALARS
from jingban.values import months

FOREVER = months.FOREVER

BANK, ESTATE, RECEIVABLE, HELD, NETTED = 1, 2, 3, 4, 5
"""Channels of ``lines``."""

GATE_ESTATE, GATE_CLOSED = 1, 2
"""``gate``: what is open goes to the heirs, or waits."""

NO_REASON, DEAD, STOPPED, LAPSED, OTHER_PENSION, NO_PAYEE = 0, 1, 2, 3, 4, 5
"""Reasons of ``gate`` and of the close of an account."""

STOP_NOTHING, STOP_HELD = 1, 2
"""Kinds of ``f_stop``."""

BASIC_ITEMS = (101, 102, 103, 104, 105, 106)
CENTRAL_PART, PROVINCE_PART = 101, 102
ACCOUNT_PENSION = 201
FUNERAL, HEIRS, DUPLICATE = 301, 302, 303
SUBSIDY, GOVERNMENT_PAID, INTEREST = 401, 402, 403
POSTED_ITEMS = (SUBSIDY, GOVERNMENT_PAID)

OWN, PROVINCE_SUBSIDY, CITY_SUBSIDY, COUNTY_SUBSIDY, COLLECTIVE, GOVERNMENT = 1, 3, 4, 5, 6, 11
GOVERNMENT_LEDGERS = (PROVINCE_SUBSIDY, CITY_SUBSIDY, COUNTY_SUBSIDY, GOVERNMENT)
"""Sub-ledgers that are not returned when the member draws another benefit (R1.16-05)."""

PRINCIPAL, INTEREST_ENTRY, DRAW, TRANSFERRED, PAID_OUT = 1, 2, 3, 4, 5
"""Kinds of account entries."""

PAID_OWN, PAID_CATCH_UP, PAID_GOVERNMENT, PAID_COLLECTIVE = 1, 2, 3, 4
PAID_BY_THE_YEAR = (PAID_OWN, PAID_GOVERNMENT)
PAID_REFUNDABLE = (PAID_OWN, PAID_CATCH_UP, PAID_COLLECTIVE)
"""Kinds of contributions."""

PAYER_PROVINCE, PAYER_CITY = 2, 3

HARDSHIP_GROUPS = (1, 2, 3, 4, 7)
"""Groups for which a tier is kept (R1.3-01)."""

TEST_ANY_MONTH, TEST_YEAR_BEFORE = 1, 2
"""When membership of a group is tested (R1.3-03)."""

MISSED_NOT_ARRIVED, MISSED_OTHER_MONEY, MISSED_BELOW_TIERS, MISSED_NO_SUBSIDY = 1, 2, 3, 4
MISSED_DEAD, MISSED_IN_RECEIPT, MISSED_OVER_AGE, MISSED_UNDER_AGE = 5, 6, 7, 8
MISSED_NO_AMOUNT, MISSED_NOT_MEMBER = 9, 10
MISSED_PAID_OUT, MISSED_EMPTY = 11, 12
"""Why somebody is not credited (the steps ``…_missed``; words in ``rules.titles.MISSED``)."""

AGE_ROUNDED_UP, DRAW_FIXED, ROUND_UP_TENTH, RECLAIM_FUND = 1, 1, 1, 1
"""Words of the parameters ``age_rounding``, ``draw_order``, ``interest_rounding``, ``dual_receipt_reclaims`` that are not the plain case."""

YEARS_WITHOUT_CATCH_UP, YEARS_UNINTERRUPTED, BASE_WITHOUT_LOCAL = 1, 2, 1
"""Words of a years supplement's ``counts`` and of a funeral grant's ``base``."""

LAW = "LAW_"


def named() -> dict[str, str]:
    """Every name a step may write and the text that stands for it."""
    numbers = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, int)}
    groups = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, tuple)}
    return {
        **{name: str(value) for name, value in numbers.items()},
        **{name: ", ".join(map(str, value)) for name, value in groups.items()},
        **{LAW + name.upper(): str(key) for name, key in SCALARS.items()},
    }
