"""The sections of a run as tables of the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from jingban.payments.models import Run
from jingban.payments.sections import sections


def tables(run: Run) -> Iterator[Table]:
    """One table a section."""
    for section in sections(run):
        table = Table(title=section.title, show_header=bool(section.columns))
        for place, title in enumerate(section.columns):
            table.add_column(title, justify="right" if place in section.right else "left")
        for row in section.rows:
            table.add_row(*row)
        yield table
