"""Composes rule steps and runs them where the data is.

``InDatabase`` works inside SQLite or PostgreSQL, ``DuckDB`` in process on Arrow and Parquet; both are used alike:
``provide`` relations, ``build`` steps, read ``rows``, ``drop``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jingban.engine.base import Engine, StepLog
from jingban.engine.database import InDatabase

if TYPE_CHECKING:
    from jingban.engine.duck import DuckDB

__all__ = ["DuckDB", "Engine", "InDatabase", "StepLog"]


def __getattr__(name: str) -> Any:
    """DuckDB is imported when first asked for: a county's counter never needs it."""
    if name == "DuckDB":
        from jingban.engine.duck import DuckDB

        return DuckDB
    raise AttributeError(name)
