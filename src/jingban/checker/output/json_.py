"""JSON, exactly as ``docs/reference/check-output.schema.json`` says."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.output import exact
from jingban.checker.result import FileResult


def render(results: Iterable[FileResult]) -> str:
    """One JSON text with a final newline."""
    return exact.text({"files": [one.public() for one in results]})
