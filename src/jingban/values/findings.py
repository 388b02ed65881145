"""A finding: what is wrong with one row, one fact or one figure, in the reader's own words.

Findings are collected and shown together; exceptions are for bugs and for refusals of a whole operation.
Every finding has a stable code, listed in ``docs/reference/codes.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from jingban.values.i18n import gettext as _

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One coded finding.

    ``code`` is stable (``REG-101``); ``message`` is Chinese source text already passed through gettext;
    ``row`` is the 1-based row of the reader's own file, ``column`` the reader's own column name, ``sheet`` that of a
    workbook that has several;
    ``subject`` is masked (never a full id number, name or account).
    """

    code: str
    message: str
    severity: Severity = "error"
    row: int | None = None
    column: str | None = None
    subject: str | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        sheet = _("工作表“{sheet}”").format(sheet=self.sheet) if self.sheet else ""
        row = _("第{row}行").format(row=self.row) if self.row else ""
        where = sheet + row + (_("「{column}」").format(column=self.column) if self.column else "")
        return f"[{self.code}] {where.lstrip()}{_('：') if where else ''}{self.message}"


@dataclass(slots=True)
class Findings:
    """An ordered collection of findings."""

    items: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        self.items.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        self.items.extend(findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.items if finding.severity == "error"]


class Refused(Exception):
    """A whole operation is refused; carries every finding that speaks against it. Nothing was written."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("；".join(str(finding) for finding in self.findings[:5]))


def refuse(code: str, message: str, **where: object) -> Refused:
    """Shorthand: ``raise refuse("PAY-201", "……")``."""
    return Refused([Finding(code, message, **where)])  # type: ignore[arg-type]
