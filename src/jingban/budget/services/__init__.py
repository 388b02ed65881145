"""What can be done to the agency's books: one function, one transaction, one origin."""

from jingban.budget.services.correct import correct, withdraw
from jingban.budget.services.record import (
    TABLES,
    record_appropriations,
    record_facts,
    record_openings,
    record_payments,
    record_receipts,
)
from jingban.budget.services.register import register_projects, register_units

__all__ = [
    "TABLES",
    "correct",
    "record_appropriations",
    "record_facts",
    "record_openings",
    "record_payments",
    "record_receipts",
    "register_projects",
    "register_units",
    "withdraw",
]
