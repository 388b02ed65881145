"""The outcome for one file as plain data: what JSON prints, what worker processes send and what the cache keeps."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct, field

from jingban.checker.account import Count
from jingban.checker.rule import CheckFinding
from jingban.checker.run import Report
from jingban.checker.suggest import suggestion

FINDING_KEYS = (
    "code",
    "name",
    "severity",
    "message",
    "line",
    "page",
    "table",
    "row",
    "column",
    "quote",
    "stated",
    "expected",
    "difference",
    "related_lines",
    "fingerprint",
)


FURTHER_KEYS = ("details", "merged", "suggestion")
"""What a finding has besides: the reading as computed, the findings of the same cause, the sentence as it should be."""


class FileResult(Struct):
    """One file's account and findings. ``findings`` have :data:`FINDING_KEYS` and :data:`FURTHER_KEYS`."""

    path: str
    checkable: int = 0
    verified: int = 0
    rounded: int = 0
    unverified: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    suppressed: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unreadable: str | None = None
    agency: str | None = None
    year: int | None = None
    kinds: tuple[str, ...] = ()
    seconds: float = 0.0
    figures: dict[str, Count] = field(default_factory=dict)
    """Kind of figure -> how many were tried, read without a partner, not read; see :mod:`jingban.checker.account`."""
    strange: int = 0
    """Numbers in tables of no known form: in no count."""

    def count(self, severity: str) -> int:
        return sum(finding["severity"] == severity for finding in self.findings)

    @property
    def wrong(self) -> int:
        """Errors and warnings, those merged into one of the same cause included."""
        return sum(1 + len(one["merged"]) for one in self.findings if one["severity"] != "info")

    def exit_code(self, *, strict: bool = False) -> int:
        """As :meth:`Report.exit_code`."""
        if self.count("error") or (strict and self.count("warning")):
            return 1
        return 2 if self.unreadable or (not self.verified and not self.findings) else 0

    def reasons(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in self.unverified:
            found[one["reason"]] += one["count"]
        return found

    def public(self) -> dict[str, Any]:
        """Exactly the published JSON shape of one file."""
        return {
            "path": self.path,
            "checkable": self.checkable,
            "verified": self.verified,
            "figures": {
                "kinds": {
                    kind: {"verified": one.verified, "alone": one.alone, "unread": one.unread}
                    for kind, one in self.figures.items()
                },
                "other_tables": self.strange,
            },
            "unverified": self.unverified,
            "findings": [
                {key: finding[key] for key in (*FINDING_KEYS, *FURTHER_KEYS)} for finding in self.findings
            ],
        }

    def stored(self) -> bytes:
        """For the cache: JSON that :meth:`restored` reads back without loss."""
        return msgspec.json.encode(self)

    @classmethod
    def restored(cls, data: bytes) -> FileResult:
        """Raises :class:`msgspec.MsgspecError` for what :meth:`stored` did not write."""
        one = msgspec.json.decode(data, type=cls)
        for finding in (*one.findings, *one.suppressed):
            if isinstance(finding["difference"], str):
                finding["difference"] = Decimal(finding["difference"])
        return one


def of(report: Report, path: str) -> FileResult:
    """Flatten a report."""
    context = report.context
    return FileResult(
        path=path,
        checkable=report.checkable,
        verified=report.verified,
        rounded=report.rounded,
        unverified=[
            {
                "code": one.code,
                "subject": one.subject,
                "reason": one.reason,
                "line": one.source.line,
                "page": one.source.page,
                "count": one.count,
            }
            for one in report.unverified
        ],
        findings=[_finding(one) for one in report.findings],
        suppressed=[
            {"reason": reason, **{key: value for key, value in _finding(one).items() if key in FINDING_KEYS}}
            for one, reason in report.suppressed
        ],
        unreadable=report.unreadable,
        agency=context.agency if context else None,
        year=context.year if context else None,
        kinds=context.profile.kinds if context else (),
        figures=report.figures,
        strange=report.strange,
    )


def _finding(one: CheckFinding) -> dict[str, Any]:
    problem = one.problem
    related = {source.line for source in problem.related}
    related |= {other.source.line for other in one.merged}
    related |= {source.line for other in one.merged for source in other.related}
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "message": problem.message,
        "line": problem.source.line,
        "page": problem.source.page,
        "table": problem.table,
        "row": problem.row,
        "column": problem.column,
        "quote": problem.quote,
        "stated": problem.stated,
        "expected": problem.expected,
        "difference": _number(problem.difference),
        "related_lines": sorted(line for line in related if line is not None and line != problem.source.line),
        "fingerprint": one.fingerprint,
        "details": list(problem.details),
        "merged": [other.message for other in one.merged],
        "suggestion": suggestion(problem),
    }


def _number(value: Decimal | None) -> int | Decimal | None:
    """The exact number without idle zeros."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()
