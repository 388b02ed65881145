"""The agency's own money and what it was spent on: append-only facts, amounts in fen."""

from jingban.budget.models.base import BudgetFact, PublishedFigure, Unit, UnitDetails
from jingban.budget.models.matters import (
    Asset,
    Gathering,
    Procurement,
    Reception,
    Staffing,
    Trip,
    Vehicle,
)
from jingban.budget.models.money import (
    Appropriation,
    Opening,
    Payment,
    Project,
    ProjectDetails,
    Reason,
    Receipt,
    SurplusMove,
)

__all__ = [
    "Appropriation",
    "Asset",
    "BudgetFact",
    "Gathering",
    "Opening",
    "Payment",
    "Procurement",
    "Project",
    "ProjectDetails",
    "PublishedFigure",
    "Reason",
    "Receipt",
    "Reception",
    "Staffing",
    "SurplusMove",
    "Trip",
    "Unit",
    "UnitDetails",
    "Vehicle",
]
