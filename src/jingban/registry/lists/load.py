"""Taking a file into the register: read it, ask the service, tell every row's fate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingban.registry.lists.entry import Defaults, ListEntry
from jingban.registry.lists.reading import read_grid
from jingban.registry.lists.spec import HEADER_SEARCH_ROWS, Parsed, header_columns, parse_grid
from jingban.registry.origins import Door
from jingban.registry.sheet import Mode
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _


@dataclass(slots=True)
class Report:
    """What came of a file. ``accepted``: rows that are (or in a dry run would be) written; 0 when the list was refused."""

    parsed: Parsed[Any]
    findings: list[Finding]
    accepted: int = 0
    parked: int = 0
    amount_fen: int = 0
    origin_id: int | None = None
    refused: bool = False

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def detect(path: Path, lists: Iterable[ListEntry], defaults: Defaults, sheet: str | None = None) -> ListEntry:
    """Which list a file is: the one most of whose columns the heading names, all required ones among them.

    A file of ID numbers and names alone is a list of people. Raises ``Refused`` LST-115 when nothing fits.
    """
    grid = read_grid(path, sheet)[: HEADER_SEARCH_ROWS + 1]
    best: ListEntry | None = None
    most = 0
    for entry in lists:
        if not entry.detectable:
            continue
        spec = entry.describe(defaults)
        found = header_columns(spec, grid)
        if len(found) > most and all(column.key in found for column in spec.columns if column.required):
            best, most = entry, len(found)
    if best is None:
        raise refuse("LST-115", _("看不出是哪种名册：请用 --kind 指明，或用 jingban template 写出的模板"))
    return best


def import_file(
    entry: ListEntry,
    path: Path,
    door: Door,
    defaults: Defaults,
    *,
    mode: Mode = "refuse_all",
    dry_run: bool = False,
    sheet: str | None = None,
) -> Report:
    """Read and submit one list. Everything wrong is told at once: what reading found and what the register says.

    Raises ``Refused`` when the file is no list at all (LST-101, 102, 110, 113).
    """
    parsed = parse_grid(entry.describe(defaults), read_grid(path, sheet))
    if parsed.errors and not parsed.records:
        return Report(parsed, parsed.findings, refused=True)
    if parsed.errors and mode == "refuse_all":
        # Nothing will be written; the readable rows are only asked, so that all errors are seen in one go.
        outcome = entry.take(parsed.records, door, "keep_good", True)
        return Report(parsed, _merged(parsed, outcome.findings), refused=True)
    try:
        outcome = entry.take(parsed.records, door, mode, dry_run)
    except Refused as refusal:
        return Report(parsed, _merged(parsed, refusal.findings), refused=True)
    return Report(
        parsed,
        _merged(parsed, outcome.findings),
        outcome.accepted,
        outcome.parked,
        outcome.amount_fen,
        None if dry_run else outcome.origin_id,
    )


def _merged(parsed: Parsed[Any], findings: list[Finding]) -> list[Finding]:
    known = dict.fromkeys([*parsed.findings, *findings])
    parsed.findings = sorted(known, key=lambda finding: (finding.row or 0, finding.code))
    return parsed.findings
