"""Runs (their state moves) and what they leave behind: orders, lines, bank answers, receivables (append-only)."""

from jingban.payments.models.clearances import Clearance
from jingban.payments.models.credits import Credit, CreditEvent, CreditLine, CreditMissed
from jingban.payments.models.receivables import Instalment, Receivable, Repayment, WriteOff
from jingban.payments.models.rule_texts import RuleText
from jingban.payments.models.runs import (
    Bounce,
    EstatePayee,
    Held,
    Line,
    Order,
    OrderStatus,
    PlannedEntry,
    ReturnFile,
    Run,
    RunEvent,
)
from jingban.payments.models.set_offs import SetOff

__all__ = [
    "Bounce",
    "Clearance",
    "Credit",
    "CreditEvent",
    "CreditLine",
    "CreditMissed",
    "EstatePayee",
    "Held",
    "Instalment",
    "Line",
    "Order",
    "OrderStatus",
    "PlannedEntry",
    "Receivable",
    "Repayment",
    "ReturnFile",
    "RuleText",
    "Run",
    "RunEvent",
    "SetOff",
    "WriteOff",
]
