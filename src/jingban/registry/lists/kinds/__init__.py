"""Every list the register takes: one kind per file, a description and the service that takes its rows."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingban.registry.lists import ListSpec, Parsed, parse_grid, read_grid
from jingban.registry.lists.spec import HEADER_SEARCH_ROWS, header_columns
from jingban.registry.origins import Door
from jingban.registry.sheet import Mode, Outcome
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _

NAMES = {
    "people": "人员（期初：人员、年限、余额、待遇一次导入）",
    "enrolments": "新参保",
    "contributions": "缴费（税务回传）",
    "accounts": "银行账户",
    "groups": "群体身份",
    "awards": "待遇核定",
    "certifications": "资格认证",
    "deaths": "死亡",
    "stops": "暂停",
    "resumptions": "恢复",
}
"""Name -> label (Chinese source text; translated when shown)."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a list may leave out: the centre's six-digit region, and a month (for opening lists: the first one computed here)."""

    region: str
    month: int


Submit = Callable[[Iterable[Any], Door, Mode, bool], Outcome]


@dataclass(frozen=True, slots=True)
class Kind:
    """``spec(given)`` describes the list; ``submit(records, door, mode, dry_run)`` takes its rows."""

    spec: Callable[[Given], ListSpec[Any]]
    submit: Submit


def get(name: str) -> Kind:
    """Raises ``KeyError`` for an unknown name."""
    if name not in NAMES:
        raise KeyError(name)
    kind: Kind = importlib.import_module(f"{__name__}.{name}").KIND
    return kind


def detect(path: Path, given: Given, sheet: str | None = None) -> str:
    """Which kind of list a file is: the kind most of whose columns the heading names, all required ones among them.

    A list of ID numbers and names alone is a list of people. Raises ``Refused`` LST-115 when nothing fits.
    """
    grid = read_grid(path, sheet)[: HEADER_SEARCH_ROWS + 1]
    best, most = "", 0
    for name in NAMES:
        spec = get(name).spec(given)
        found = header_columns(spec, grid)
        if len(found) > most and all(column.key in found for column in spec.columns if column.required):
            best, most = name, len(found)
    if not best:
        raise refuse("LST-115", _("看不出是哪种名册：请用 --kind 指明，或用 jingban template 写出的模板"))
    return best


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


def import_file(
    name: str,
    path: Path,
    door: Door,
    given: Given,
    *,
    mode: Mode = "refuse_all",
    dry_run: bool = False,
    sheet: str | None = None,
) -> Report:
    """Read and submit one list. Everything wrong is told at once: what reading found and what the register says.

    Raises ``Refused`` when the file is no such list at all (LST-101, 102, 110, 113).
    """
    kind = get(name)
    parsed = parse_grid(kind.spec(given), read_grid(path, sheet))
    if parsed.errors and not parsed.records:
        return Report(parsed, parsed.findings, refused=True)
    if parsed.errors and mode == "refuse_all":
        # Nothing will be written; the readable rows are only asked, so that all errors are seen in one go.
        outcome = kind.submit(parsed.records, door, "keep_good", True)
        return Report(parsed, _merged(parsed, outcome.findings), refused=True)
    try:
        outcome = kind.submit(parsed.records, door, mode, dry_run)
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
    parsed.findings = sorted(
        [*parsed.findings, *findings], key=lambda finding: (finding.row or 0, finding.code)
    )
    return parsed.findings
