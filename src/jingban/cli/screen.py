"""Where tables are drawn: as wide as the terminal, and never cut where the output is piped or kept in a file."""

from __future__ import annotations

import sys

from rich.console import Console

PIPED_WIDTH = 1000
"""Columns of what no terminal shows: wider than any table."""


def screen() -> Console:
    """The standard output."""
    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
