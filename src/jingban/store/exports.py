"""Lists out, whole or one file for each township or village; what leaves with full numbers goes on the audit chain.

The rooms above define the lists; the command line and the pages write them through here.

Code LST-401: the file is there already.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from jingban.store import audit
from jingban.store.lists import write_list
from jingban.store.origins import Door
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

Suffix = Literal["xlsx", "csv"]
Split = Literal["township", "village"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row and where it belongs."""

    township: str
    village: str
    cells: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Export:
    """``rows(asked)``: ``asked`` is an int64 month, or a year where ``by`` says so. Rows come by township and village."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: Callable[[int], Iterator[Row]]
    by: Literal["month", "year"] = "month"

    def named(self, asked: int) -> str:
        """Title with the month or year, as files are called."""
        return f"{self.title}-{format_month(asked) if self.by == 'month' else asked}"


def hand_out(
    chosen: Export, asked: int, out: Path, door: Door, *, suffix: Suffix = "xlsx", split: Split | None = None, force: bool = False
) -> list[tuple[Path, int]]:  # fmt: skip
    """Write a list: ``out`` is the file, or the folder of one file a township or village. Returns paths and row counts.

    Who took what is on the audit chain. Raises ``Refused`` LST-401 rather than write over a file (unless ``force``).
    """
    rows = chosen.rows(asked)
    if split is None:
        written = [(out, _write(out, chosen, rows, force))]
    else:
        written = list(_split(out, chosen, rows, split, suffix, force))
    _keep(chosen, written, door)
    return written


def as_bytes(
    chosen: Export, asked: int, door: Door, *, suffix: Suffix = "xlsx", split: Split | None = None
) -> bytes:
    """The same as the content of one file: the list, or a ZIP of a file for each township or village."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / (f"list.{suffix}" if split is None else "lists")
        written = hand_out(chosen, asked, place, door, suffix=suffix, split=split)
        if split is None:
            return place.read_bytes()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, _count in written:
                archive.write(path, path.relative_to(place))
        return out.getvalue()


def _keep(chosen: Export, written: list[tuple[Path, int]], door: Door) -> None:
    """Full numbers leave the house: who took what, on the audit chain."""
    detail = {"文件": len(written), "行": sum(count for _path, count in written)}
    name = written[0][0].name if written else ""
    with transaction.atomic():
        audit.append(
            [audit.Entry(door.actor, f"export.{chosen.name}", name, detail)], door.at or timezone.now()
        )


def _write(path: Path, chosen: Export, rows: Iterable[Row], force: bool) -> int:
    """Wholly there or not there: written beside the target and moved into place."""
    if path.exists() and not force:
        raise refuse("LST-401", _("已有文件 {name}；要覆盖请加 --force").format(name=path.name))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".jingban-", suffix=path.suffix)
    os.close(handle)
    try:
        count = write_list(Path(beside), chosen.header, (row.cells for row in rows), title=chosen.title)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return count


def _split(
    folder: Path, chosen: Export, rows: Iterable[Row], split: Split, suffix: Suffix, force: bool
) -> Iterator[tuple[Path, int]]:
    """One file for each township, or a folder for each township with one file for each village. Rows come in that order."""
    unknown = _("未登记")

    def place(row: Row) -> Path:
        township = _safe(row.township or unknown)
        if split == "township":
            return folder / f"{township}.{suffix}"
        return folder / township / f"{_safe(row.village or unknown)}.{suffix}"

    for path, group in groupby(rows, place):
        yield path, _write(path, chosen, group, force)


def _safe(name: str) -> str:
    """A name as a file name."""
    return "".join("_" if mark in '/\\:*?"<>|\0' else mark for mark in name).strip(". ") or "_"
