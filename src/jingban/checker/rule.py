"""What a rule is, and what it may answer.

A rule is one class in one file ``checker/rules/<group>/<code>.py``; its docstring is its manual page (问题, 依据,
反例, 正例, 例外, 怎么改). A rule reads a :class:`Context` and yields answers: a figure it could check and found right
(:class:`Verified`), one it could not bind or read (:class:`Unverified`), or a :class:`Problem`. What cannot be bound is
never 'wrong' and never silently 'fine'.
"""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct, field

from jingban.checker.model import Source

if TYPE_CHECKING:
    from jingban.checker.context import Context

Severity = Literal["error", "warning", "info"]


class Verified(Struct, frozen=True):
    """A figure or statement that was tested and holds (exactly or by rounding)."""

    subject: str
    source: Source
    rounding: bool = False


class Unverified(Struct, frozen=True):
    """A figure or statement that could be seen but not tested, and why."""

    subject: str
    source: Source
    reason: str


class Problem(Struct, frozen=True):
    """A defect with its evidence.

    ``key`` names what is wrong without positions (subject, indicator, year, basis): it makes the fingerprint, so the
    same defect in TXT, DOCX, HTML, XLSX and PDF has one fingerprint. ``cause`` joins findings of one root cause.
    """

    message: str
    source: Source
    quote: str
    key: tuple[str, ...]
    stated: str | None = None
    expected: str | None = None
    difference: Decimal | None = None
    severity: Severity | None = None
    """None: the rule's default."""
    table: str | None = None
    row: str | None = None
    column: str | None = None
    related: tuple[Source, ...] = ()
    details: tuple[str, ...] = ()
    """Further evidence lines: parsed values, formula, tolerance, alternative readings."""
    cause: str | None = None


Answer = Verified | Unverified | Problem


class Rule(ABC):
    """Base of all rules. Subclasses are collected by ``checker.registry``; one without a full docstring is refused."""

    code: ClassVar[str]
    """T101"""
    name: ClassVar[str]
    """The defect in kebab case: ``total-not-sum-of-rows``"""
    title: ClassVar[str]
    """Chinese title."""
    title_en: ClassVar[str]
    severity: ClassVar[Severity] = "error"

    @abstractmethod
    def check(self, context: Context) -> Iterable[Answer]:
        """Test one document. Pure: no I/O, no clock."""

    @property
    def group(self) -> str:
        matched = re.match(r"[A-Z]+\d", self.code)
        assert matched
        return matched[0]


class CheckFinding(Struct):
    """A problem as reported: rule, severity, fingerprint; findings of one cause are merged into ``related``."""

    code: str
    name: str
    severity: Severity
    problem: Problem
    fingerprint: str
    merged: list[Problem] = field(default_factory=list)


def fingerprint(code: str, key: tuple[str, ...]) -> str:
    """Stable over formats and edits elsewhere: rule code and key, no positions."""
    return hashlib.sha256("\x1f".join((code, *key)).encode()).hexdigest()[:16]
