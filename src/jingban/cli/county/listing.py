"""One dated list file of the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jingban.cli.county import schedule

Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list file. ``kind`` is a list of the register or of the safeguards, or a case kind; ``month`` what its rows are
    meant for; ``floor`` the first day on which any of it can have been received."""

    when: dt.datetime
    kind: str
    title: str
    month: int
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    floor: dt.date | None = None

    @property
    def path(self) -> str:
        """Folder and file name below the sample: ``2020-09/0915-资格认证-第1批.csv``."""
        opening = self.kind == "people" or self.when.year < schedule.YEAR
        folder = "期初" if opening else f"{self.when:%Y-%m}"
        return f"{folder}/{self.when:%m%d}-{self.title}.csv"
