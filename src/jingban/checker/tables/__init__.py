"""Recognising and binding statutory tables. ``bind(context)`` is what rules see as ``context.bound_tables``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jingban.checker.tables.bound import BoundCell, BoundRow, BoundTable, BoundTables, Package
from jingban.checker.tables.document import bind_document

if TYPE_CHECKING:
    from jingban.checker.context import Context

__all__ = ["BoundCell", "BoundRow", "BoundTable", "BoundTables", "Package", "bind", "bind_document"]


def bind(context: Context) -> BoundTables:
    """Every recognised table of the context's document."""

    def final(position: int) -> bool:
        return context.profile.segment_at(position).family == "final"

    return bind_document(context.document, context.year, final)
