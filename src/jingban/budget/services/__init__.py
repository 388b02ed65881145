"""What can be done to the agency's books: one function, one transaction, one origin."""

from jingban.budget.services.record import (
    record_appropriations,
    record_facts,
    record_openings,
    record_payments,
    record_receipts,
    register_projects,
    register_units,
)

__all__ = [
    "record_appropriations",
    "record_facts",
    "record_openings",
    "record_payments",
    "record_receipts",
    "register_projects",
    "register_units",
]
