"""Findings in the order in which people mend them: worst first, those of one kind together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jingban.checker.run import RANK


def groups(findings: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Findings of one rule and severity together: errors before warnings, the commonest kind first, in reading order."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for finding in findings:
        found.setdefault((finding["severity"], finding["code"]), []).append(finding)
    return sorted(found.values(), key=lambda group: (RANK[group[0]["severity"]], -len(group)))
