"""Taking a file into the register: find the heading, read the rows, ask the service, tell every row's fate."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jingban.registry.lists import cells, table
from jingban.registry.lists.kind import Given, ListKind, header_key
from jingban.registry.lists.table import Table
from jingban.registry.origins import Door
from jingban.registry.sheet import Mode, Outcome
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _

_HEADING_ROWS = 12


@dataclass(slots=True)
class Loaded:
    """A list as read: the heading, records of readable rows, findings of the others."""

    source: Table
    heading: list[str]
    heading_row: int
    columns: dict[str, int]
    """Column key -> position in the file."""
    records: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    total: int = 0
    unknown: list[str] = field(default_factory=list)
    """Headings nobody asked for; they are left alone."""


def read_list(kind: ListKind, path: Path, given: Given, sheet: str | None = None) -> Loaded:
    """Read a file as a list of this kind. Raises ``Refused`` (REG-601 … REG-611) when it cannot be one at all."""
    loaded = _heading(kind, table.read(path, sheet))
    plan = [(column, loaded.columns[column.key]) for column in kind.columns if column.key in loaded.columns]
    start = loaded.heading_row - loaded.source.first_row + 1
    width = len(loaded.heading)
    for offset, row in enumerate(loaded.source.rows[start:], start=loaded.heading_row + 1):
        if not any(cell not in ("", None) for cell in row):
            continue
        loaded.total += 1
        if loaded.source.ragged and len(row) != width:
            text = _("本行 {found} 列，表头 {wanted} 列；文件可能被截断").format(found=len(row), wanted=width)
            loaded.findings.append(Finding("REG-612", text, row=offset))
            continue
        values = _values(plan, row, offset, loaded)
        if values is None:
            continue
        try:
            loaded.records.append(kind.record(values, offset, given))
        except cells.BadCell as error:
            loaded.findings.append(Finding("REG-613", str(error), row=offset))
    return loaded


def _values(plan: list[Any], row: list[Any], number: int, loaded: Loaded) -> dict[str, Any] | None:
    """Column key -> value; None when a cell of the row is wrong (each is reported)."""
    values: dict[str, Any] = {}
    good = True
    for column, position in plan:
        cell = row[position] if position < len(row) else None
        if cell is None or cell == "" or cells.plain(cell) == "":
            if column.required:
                good = False
                loaded.findings.append(
                    Finding("REG-614", _("必填"), row=number, column=loaded.heading[position])
                )
            continue
        try:
            values[column.key] = column.read(cell)
        except cells.BadCell as error:
            good = False
            loaded.findings.append(
                Finding("REG-613", str(error), row=number, column=loaded.heading[position])
            )
    return values if good else None


def _heading(kind: ListKind, tables: list[Table]) -> Loaded:
    """The sheet and row whose cells name most of the columns; REG-610 nothing found, REG-611 required columns missing."""
    names = {
        header_key(name): column.key
        for column in kind.columns
        for name in (column.label, column.key, *column.aliases)
    }
    best: Loaded | None = None
    for source in tables:
        for offset, row in enumerate(source.rows[:_HEADING_ROWS]):
            texts = [cells.plain(cell) for cell in row]
            found: dict[str, int] = {}
            for position, text in enumerate(texts):
                key = names.get(header_key(text)) if text else None
                if key is not None:
                    found.setdefault(key, position)
            if found and (best is None or len(found) > len(best.columns)):
                unknown = [t for t in texts if t and header_key(t) not in names]
                best = Loaded(source, texts, source.first_row + offset, found, unknown=unknown)
    if best is None:
        text = _("没有找到「{label}」的表头；请用 jingban template {name} 写出的模板").format(
            label=kind.label, name=kind.name
        )
        raise refuse("REG-610", text)
    missing = [c for c in kind.columns if c.required and c.key not in best.columns]
    if missing:
        raise Refused(
            Finding(
                "REG-611",
                _("工作表「{sheet}」缺少「{column}」列（也认：{aliases}）").format(
                    sheet=best.source.name, column=c.label, aliases="、".join(c.aliases) or "—"
                ),
                row=best.heading_row,
                column=c.label,
            )
            for c in missing
        )
    return best


@dataclass(slots=True)
class Report:
    """What came of a file. ``written``: rows in the register (0 after a refusal or a dry run)."""

    loaded: Loaded
    findings: list[Finding]
    accepted: int
    written: int
    parked: int = 0
    origin_id: int | None = None
    amount_fen: int = 0
    refused: bool = False

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def import_list(
    kind: ListKind,
    path: Path,
    door: Door,
    given: Given,
    *,
    mode: Mode = "refuse_all",
    dry_run: bool = False,
    sheet: str | None = None,
) -> Report:
    """Read and submit a file. All findings are told at once, those of reading and those of the register."""
    loaded = read_list(kind, path, given, sheet)
    if loaded.findings and mode == "refuse_all":
        # Nothing will be written; the good rows are only asked, so that the clerk sees every error in one go.
        outcome = kind.submit(loaded.records, door, "keep_good", True)
        return _report(loaded, outcome, written=0, refused=True)
    try:
        outcome = kind.submit(loaded.records, door, mode, dry_run)
    except Refused as refusal:
        return Report(loaded, _sorted(loaded.findings + refusal.findings), 0, 0, refused=True)
    return _report(loaded, outcome, written=0 if dry_run else outcome.accepted)


def _report(loaded: Loaded, outcome: Outcome, *, written: int, refused: bool = False) -> Report:
    origin = outcome.origin_id if written else None
    findings = _sorted(loaded.findings + outcome.findings)
    accepted = 0 if refused else outcome.accepted
    return Report(loaded, findings, accepted, written, outcome.parked, origin, outcome.amount_fen, refused)


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.row or 0, finding.code))
