"""Bring a folder of budget lists into the books: ``payments.csv``, ``receipts.xlsx`` …, each named after its list."""

from __future__ import annotations

from pathlib import Path

from jingban.budget.lists import LISTS
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import import_file
from jingban.store.origins import Door
from jingban.values.findings import Finding, Refused

SUFFIXES = (".csv", ".xlsx", ".xls", ".ods")


def load_folder(folder: Path, door: Door) -> dict[str, int]:
    """Import every list found, in the order in which one needs the other. Returns rows taken by list name.

    The first list with an error refuses (``Refused`` with its findings, the file named as subject); what came before stays.
    """
    taken: dict[str, int] = {}
    for name, entry in LISTS.items():
        path = next(
            (folder / f"{name}{suffix}" for suffix in SUFFIXES if (folder / f"{name}{suffix}").is_file()),
            None,
        )
        if path is None:
            continue
        report = import_file(entry, path, door, Defaults())
        if report.refused:
            raise Refused(
                [
                    Finding(one.code, one.message, one.severity, one.row, one.column, path.name)
                    for one in report.errors
                ]
            )
        taken[name] = report.accepted
    return taken
