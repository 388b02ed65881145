"""Base of the rules that compare the explanation with the tables: the binding list of the forms is the check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jingban.checker.rule import Answer, Rule
from jingban.checker.tables.narrative import narrative_answers

if TYPE_CHECKING:
    from jingban.checker.context import Context


class NarrativeRule(Rule):
    """Answers with every binding of ``forms/data/sentences/bindings.yaml`` whose rule is this code."""

    def check(self, context: Context) -> Iterable[Answer]:
        """Test one document."""
        return narrative_answers(context, self.code)
