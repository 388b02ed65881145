"""Every list that goes out, by name: those of the register and the runs, and those of outreach."""

from __future__ import annotations

import importlib

from jingban.payments.exports import NAMES as BELOW
from jingban.store.exports import Export

NAMES = (*BELOW, "drive", "messages")


def get(name: str) -> Export:
    """The exporter of that name. Raises ``KeyError``."""
    if name not in NAMES:
        raise KeyError(name)
    room = "payments" if name in BELOW else "safeguards"
    found: Export = importlib.import_module(f"jingban.{room}.exports.{name}").EXPORT
    return found
