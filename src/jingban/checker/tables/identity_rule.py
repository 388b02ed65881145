"""Base of the rules that are nothing but identities of the form descriptions: the description is the check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jingban.checker.rule import Answer, Rule
from jingban.checker.tables.answers import identity_answers

if TYPE_CHECKING:
    from jingban.checker.context import Context


class IdentityRule(Rule):
    """Answers with every identity whose ``rule`` in ``forms/data`` is this rule's code."""

    def check(self, context: Context) -> Iterable[Answer]:
        """Test one document."""
        return identity_answers(context, self.code)
