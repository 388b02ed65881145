"""Taking a file into the register: read it, ask the service, tell every row's fate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingban.store.lists import names as column_names
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.store.lists.reading import read_book
from jingban.store.lists.spec import ListSpec, Parsed, header_columns, parse_book
from jingban.store.origins import Door
from jingban.store.rows import Mode
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.sheets import Book


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
    """Which list a file is: what its mark says; else the one list that explains most of its columns, nothing missing.

    Raises ``Refused``: LST-115 when nothing fits, LST-122 when more than one list fits as well: the file is never guessed at.
    """
    book = read_book(path, sheet)
    listed = {entry.name: entry for entry in lists}
    if book.mark in listed:
        return listed[book.mark]
    if book.mark:
        raise refuse(
            "LST-123",
            _("这是“%(mark)s”的业务表单，不是名册；请用 jingban case bring %(mark)s") % {"mark": book.mark},
        )
    explained = {entry.name: _explained(entry.describe(defaults), book) for entry in listed.values()}
    most = max(map(len, explained.values()), default=0)
    lacking = {}
    for name, found in explained.items():
        missing = [
            column.title
            for column in listed[name].describe(defaults).columns
            if column.required and column.key not in found
        ]
        if len(found) == most and most > 0:
            lacking[name] = missing
    best = [listed[name] for name, missing in lacking.items() if not missing]
    if not best:
        raise refuse(
            "LST-115",
            _("看不出是哪种名册：请用 --kind 指明，或用 jingban template 写出的模板")
            + _alike(listed, lacking),
        )
    if len(best) > 1:
        names = "、".join(f"{entry.title}（--kind {entry.name}）" for entry in best)
        raise refuse(
            "LST-122", _("这些列几种名册都合适：%(names)s；请用 --kind 指明是哪一种") % {"names": names}
        )
    return best[0]


def _explained(spec: ListSpec[Any], book: Book) -> set[str]:
    return max((header_columns(spec, page) for page in book.pages), key=len, default=set())


def _alike(listed: Mapping[str, ListEntry], lacking: Mapping[str, list[str]]) -> str:
    """What the file is most like, and what it lacks to be that."""
    told = [
        _("最像“%(title)s”（--kind %(name)s），但缺列：%(columns)s")
        % {"title": listed[name].title, "name": name, "columns": "、".join(missing)}
        for name, missing in lacking.items()
    ]
    return "".join("；" + one for one in told[:3])


def import_file(
    entry: ListEntry,
    path: Path,
    door: Door,
    defaults: Defaults,
    *,
    mode: Mode = "refuse_all",
    dry_run: bool = False,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Report:
    """Read and submit one list. Everything wrong is told at once: what reading found and what the register says.

    ``columns``: names of the file → names of ours (empty: not to be read), over those that the centre keeps.
    Raises ``Refused`` when the file is no list at all (LST-101, 102, 110, 113), is the template of another list (LST-123), or a
    name of ``columns`` is none of this list (LST-124).
    """
    spec = entry.describe(defaults)
    mapped = column_names.keys_of(spec, column_names.kept(entry.name) | dict(columns or {}))
    book = read_book(path, sheet)
    if book.mark and book.mark != entry.name:
        text = _("这是“%(mark)s”的模板，不是“%(title)s”；请核对文件，或改用 --kind %(mark)s")
        raise refuse("LST-123", text % {"mark": book.mark, "title": entry.title})
    parsed = parse_book(spec, book, mapped)
    if parsed.errors and not parsed.records:
        return _report(parsed, [], refused=True)
    if parsed.errors and mode == "refuse_all":
        # Nothing will be written; the readable rows are only asked, so that all errors are seen in one go.
        outcome = entry.take(parsed.records, door, "keep_good", True)
        return _report(parsed, outcome.findings, refused=True)
    try:
        outcome = entry.take(parsed.records, door, mode, dry_run)
    except Refused as refusal:
        return _report(parsed, refusal.findings, refused=True)
    report = _report(parsed, outcome.findings)
    report.accepted, report.parked, report.amount_fen = outcome.accepted, outcome.parked, outcome.amount_fen
    report.origin_id = None if dry_run else outcome.origin_id
    return report


def _report(parsed: Parsed[Any], findings: list[Finding], *, refused: bool = False) -> Report:
    known = dict.fromkeys([*parsed.findings, *findings])
    parsed.findings = sorted(known, key=lambda finding: (finding.row or 0, finding.code))
    return Report(parsed, [parsed.located(one) for one in parsed.findings], refused=refused)
