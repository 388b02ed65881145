"""Prose and forms bound to (subject, indicator, year, basis, unit, value) before anything is tested (catalogue 0.2).

``context.claims`` is a :class:`Claims`; each kind of claim is computed when a rule first asks for it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jingban.checker.claims.changes import Change
    from jingban.checker.claims.narrative import Narrative
    from jingban.checker.claims.sentence import Sentence
    from jingban.checker.claims.shares import Share
    from jingban.checker.claims.statements import Statement
    from jingban.checker.claims.sums import Sum
    from jingban.checker.context import Context
    from jingban.checker.model import Source
    from jingban.checker.tables.basedata import BaseData
    from jingban.checker.tables.evaluation import Evaluation
    from jingban.checker.tables.framework import Framework


class Claims:
    """Everything the document claims, by kind."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def narrative(self) -> Narrative:
        from jingban.checker.claims.narrative import narrate

        return narrate(self.context)

    @property
    def sentences(self) -> list[Sentence]:
        return self.narrative.sentences

    def paragraph_sentences(self) -> Iterator[list[tuple[Source, str]]]:
        """(source, text as folded) of every sentence, paragraph by paragraph, without binding."""
        current: list[tuple[Source, str]] = []
        last: object = None
        for one in self.sentences:
            if one.paragraph is not last and current:
                yield current
                current = []
            last = one.paragraph
            current.append((one.source(), one.text))
        if current:
            yield current

    @cached_property
    def shares(self) -> list[Share]:
        from jingban.checker.claims.shares import shares

        return shares(self.narrative)

    @cached_property
    def changes(self) -> list[Change]:
        from jingban.checker.claims.changes import changes

        return changes(self.narrative)

    @cached_property
    def sums(self) -> list[Sum]:
        from jingban.checker.claims.sums import sums

        return sums(self.narrative)

    @cached_property
    def statements(self) -> list[Statement]:
        from jingban.checker.claims.statements import statements

        return statements(self.narrative)

    @cached_property
    def evaluations(self) -> list[Evaluation]:
        """Self-evaluation forms with indicators, weights and scores."""
        from jingban.checker.tables.evaluation import evaluations

        return evaluations(self.context)

    @cached_property
    def frameworks(self) -> list[Framework]:
        """Indicator frameworks with printed scoring rules and self-scores."""
        from jingban.checker.tables.framework import frameworks

        return frameworks(self.context)

    @cached_property
    def base_data(self) -> list[BaseData]:
        """Basic-data tables of department evaluations."""
        from jingban.checker.tables.basedata import base_data

        return base_data(self.context)


def claims_of(context: Context) -> Claims:
    """The claims of one document; nothing is computed yet."""
    return Claims(context)
