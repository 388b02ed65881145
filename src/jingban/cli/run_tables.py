"""The sections of a run or a yearly credit as tables of the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.payments.sections import Section


def draw(sections: Iterable[Section]) -> None:
    """One table a section."""
    from rich.table import Table

    from jingban.cli.screen import screen

    console = screen()
    for section in sections:
        table = Table(title=section.title, show_header=bool(section.columns))
        for place, title in enumerate(section.columns):
            table.add_column(title, justify="right" if place in section.right else "left")
        for row in section.rows:
            table.add_row(*row)
        console.print(table)
