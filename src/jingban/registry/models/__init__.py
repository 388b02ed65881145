"""The facts. Every table here is append-only; a correction is a new row that supersedes the old one."""

from jingban.registry.models.accounts import AccountEntry, BankAccount, Contribution, OpeningHistory
from jingban.registry.models.base import Person, PersonFact
from jingban.registry.models.benefits import (
    Annuity,
    Award,
    Certification,
    Death,
    OpenedBooks,
    OtherPension,
    Stoppage,
)
from jingban.registry.models.choices import SchemeChoice, TierChoice
from jingban.registry.models.people import (
    GroupMembership,
    Identity,
    OtherCoverage,
    Relation,
    Residence,
    Transfer,
)

__all__ = [
    "AccountEntry",
    "Annuity",
    "Award",
    "BankAccount",
    "Certification",
    "Contribution",
    "Death",
    "GroupMembership",
    "Identity",
    "OpenedBooks",
    "OpeningHistory",
    "OtherCoverage",
    "OtherPension",
    "Person",
    "PersonFact",
    "Relation",
    "Residence",
    "SchemeChoice",
    "Stoppage",
    "TierChoice",
    "Transfer",
]
