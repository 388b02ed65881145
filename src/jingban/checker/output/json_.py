"""JSON, exactly as ``docs/reference/check-output.schema.json`` says."""

from __future__ import annotations

import json
from collections.abc import Iterable

from jingban.checker.result import FileResult


def render(results: Iterable[FileResult]) -> str:
    """One JSON text with a final newline."""
    return json.dumps({"files": [one.public() for one in results]}, ensure_ascii=False, indent=1) + "\n"
