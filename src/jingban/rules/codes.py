"""Code numbers that steps use and other rooms read (``docs/internals/relations.md``)."""

from __future__ import annotations

BANK, ESTATE, RECEIVABLE, HELD, OFFSET = 1, 2, 3, 4, 5
"""Channels of ``lines``."""

NO_REASON, DEAD, STOPPED, LAPSED, OTHER_PENSION, NO_PAYEE = 0, 1, 2, 3, 4, 5
"""Reasons of ``gate``: why a line is held or closed."""

BASIC_ITEMS = (101, 102, 103, 104, 105, 106)
ACCOUNT_PENSION = 201
FUNERAL, HEIRS, DUPLICATE = 301, 302, 303
SUBSIDY, GOVERNMENT_PAID, INTEREST = 401, 402, 403

OWN, PROVINCE_SUBSIDY, CITY_SUBSIDY, COUNTY_SUBSIDY, COLLECTIVE = 1, 3, 4, 5, 6
GOVERNMENT_LEDGERS = (3, 4, 5, 11)
"""Sub-ledgers that are not returned when the member draws another benefit (R1.16-05)."""

PRINCIPAL, INTEREST_ENTRY, DRAW, TRANSFERRED, PAID_OUT = 1, 2, 3, 4, 5
"""Kinds of account entries."""
