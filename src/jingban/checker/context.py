"""What a rule sees: one document, its profile, and what other rooms computed from it (each once, when first asked for).

Modules of other rooms are imported inside the properties, so that a run which needs no claims never loads them:

* ``figures``      -> ``jingban.checker.figures.figures_of(document)``
* ``claims``       -> ``jingban.checker.claims.claims_of(context)``
* ``bound_tables`` -> ``jingban.checker.tables.bind(context)``

``cache`` is a plain dict where a group of rules may keep what it shares, under a key with its own group name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jingban.checker.model import Block, Document
from jingban.checker.profile import DocumentProfile, Segment, detect

if TYPE_CHECKING:
    from jingban.checker.claims import Claims
    from jingban.checker.figures import Figures
    from jingban.checker.tables import BoundTables


class Context:
    """One document under test. ``corpus`` holds the contexts of the same agency's other documents, oldest first."""

    def __init__(
        self,
        document: Document,
        *,
        corpus: Sequence[Context] = (),
        profile: DocumentProfile | None = None,
    ) -> None:
        self.document = document
        self.corpus: Sequence[Context] = corpus
        self.cache: dict[Any, Any] = {}
        self._profile = profile

    @cached_property
    def profile(self) -> DocumentProfile:
        """Kinds of document found in the file, its year and its agency (``profile.kinds``, ``.year``, ``.agency``)."""
        return self._profile or detect(self.document)

    @property
    def year(self) -> int | None:
        """The year the document declares to be about."""
        return self.profile.year

    @property
    def agency(self) -> str | None:
        """The agency the document names as its own."""
        return self.profile.agency

    def segment(self, block: Block) -> Segment:
        """The part of the file (final accounts, self-evaluation …) in which a block stands."""
        position = self._positions.get(id(block), 0)
        return self.profile.segment_at(position)

    def has_kind(self, *kinds: str) -> bool:
        """Whether the file has a part of one of these kinds; ``final`` also means ``final.2019-21``."""
        return self.profile.has(*kinds)

    @cached_property
    def figures(self) -> Figures:
        """Every number of the document with unit, printed decimals and interval."""
        from jingban.checker.figures import figures_of

        return figures_of(self.document)

    @cached_property
    def claims(self) -> Claims:
        """Every statement bound to subject, indicator, year and basis."""
        from jingban.checker.claims import claims_of

        return claims_of(self)

    @cached_property
    def bound_tables(self) -> BoundTables:
        """The document's tables recognised as statutory forms."""
        from jingban.checker.tables import bind

        return bind(self)

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {id(block): index for index, block in enumerate(self.document.blocks)}
