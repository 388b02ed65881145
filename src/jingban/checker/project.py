"""The project file ``jingban-check.toml`` and the baseline: what a reader chose to see.

A suppression needs a reason and a user and may expire; it is itself reported. An unknown key is refused, so a slip of the
pen never silently turns a rule off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from jingban.checker import registry
from jingban.checker.rule import CheckFinding, Rule, Severity
from jingban.checker.run import Report
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

FILE_NAME = "jingban-check.toml"
BASELINE_VERSION = 1
_KEYS = {"select", "ignore", "strict", "severity", "per-path", "suppress"}
_SUPPRESS_KEYS = {"code", "fingerprint", "path", "reason", "user", "expires"}


class Suppression(Struct, frozen=True):
    """One accepted finding or rule: why, who decided, until when (inclusive)."""

    reason: str
    user: str
    code: str | None = None
    fingerprint: str | None = None
    path: str = "*"
    expires: date | None = None

    def covers(self, finding: CheckFinding, path: str) -> bool:
        return (
            (self.code is None or finding.code.startswith(self.code))
            and (self.fingerprint is None or finding.fingerprint == self.fingerprint)
            and _fits(path, self.path)
        )


class Project(Struct):
    """Selection, severities, suppressions and the baseline in force."""

    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    strict: bool = False
    severities: dict[str, Severity] = field(default_factory=dict)
    per_path: dict[str, tuple[str, ...]] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    baseline: frozenset[tuple[str, str]] = frozenset()
    baseline_root: str = ""

    def rules_for(self, path: str) -> list[Rule]:
        """The rules to run on a path. Imports the whole catalogue."""
        dropped = [*self.ignore]
        for pattern, codes in self.per_path.items():
            if _fits(path, pattern):
                dropped += codes
        return [
            rule
            for rule in registry.usable()[0]
            if registry.matches(rule, self.select) and not registry.matches(rule, dropped)
        ]

    def apply(self, report: Report, path: str, today: date) -> list[Suppression]:
        """Move suppressed and baselined findings aside; returns suppressions that would have covered but expired."""
        kept: list[CheckFinding] = []
        expired: list[Suppression] = []
        for finding in report.findings:
            covering = [one for one in self.suppressions if one.covers(finding, path)]
            live = [one for one in covering if one.expires is None or today <= one.expires]
            if (self._key(path), finding.fingerprint) in self.baseline:
                report.suppressed.append((finding, _("在基线中")))
            elif live:
                report.suppressed.append((finding, f"{live[0].reason}（{live[0].user}）"))
            else:
                kept.append(finding)
                expired += covering
        report.findings = kept
        return expired

    def _key(self, path: str) -> str:
        return os.path.relpath(path, self.baseline_root or ".").replace(os.sep, "/")

    def signature(self) -> str:
        """What of the project changes a cached result."""
        return repr(
            (self.select, self.ignore, sorted(self.severities.items()), sorted(self.per_path.items()))
        )


def _fits(path: str, pattern: str) -> bool:
    path = path.replace(os.sep, "/")
    return fnmatch(path, pattern) or fnmatch(path, f"*/{pattern}") or fnmatch(os.path.basename(path), pattern)


def find(start: Path) -> Path | None:
    """The project file of a folder or of the nearest folder above it."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def load(path: Path) -> Project:
    """Read a project file. Refused (CHK-101..105) when it is no TOML, has unknown keys or names no rule."""
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise refuse("CHK-101", _("项目文件 {} 不能读取：{}").format(path.name, error)) from error
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise refuse("CHK-102", _("项目文件 {} 有不认识的键：{}").format(path.name, "、".join(unknown)))
    severities = dict(data.get("severity", {}))
    for code, severity in severities.items():
        _known(code)
        if severity not in ("error", "warning", "info"):
            raise refuse("CHK-103", _("{} 的级别 {} 不是 error、warning、info").format(code, severity))
    per_path = {pattern: _codes(codes) for pattern, codes in data.get("per-path", {}).items()}
    return Project(
        select=_codes(data.get("select", ["ALL"])),
        ignore=_codes(data.get("ignore", [])),
        strict=bool(data.get("strict", False)),
        severities={code.upper(): severity for code, severity in severities.items()},
        per_path=per_path,
        suppressions=tuple(_suppression(one) for one in data.get("suppress", [])),
    )


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    found = tuple(str(code) for code in codes)
    for code in found:
        _known(code)
    return found


def _known(code: str) -> None:
    wanted = code.upper()
    if wanted != "ALL" and not any(one.startswith(wanted) for one in registry.codes()):
        names = {rule.name for rule in registry.usable()[0]} if "-" in code else set()
        if code.lower() not in names:
            raise refuse("CHK-104", _("没有规则 {}（用 jingban rule 列出全部）").format(code))


def _suppression(one: dict[str, Any]) -> Suppression:
    unknown = sorted(set(one) - _SUPPRESS_KEYS)
    missing = [key for key in ("reason", "user") if not str(one.get(key, "")).strip()]
    if unknown or missing or not (one.get("code") or one.get("fingerprint")):
        raise refuse(
            "CHK-105",
            _("屏蔽须有 code 或 fingerprint，并写明 reason 与 user；缺：{}；不认识：{}").format(
                "、".join(missing) or "-", "、".join(unknown) or "-"
            ),
        )
    expires = one.get("expires")
    if expires is not None and not isinstance(expires, date):
        raise refuse("CHK-105", _("屏蔽的 expires 须是日期，如 2027-12-31（不加引号）"))
    return Suppression(
        reason=str(one["reason"]),
        user=str(one["user"]),
        code=str(one["code"]).upper() if one.get("code") else None,
        fingerprint=one.get("fingerprint"),
        path=one.get("path", "*"),
        expires=expires,
    )


def check_selectors(codes: Iterable[str]) -> tuple[str, ...]:
    """Selectors given on the command line; refused (CHK-104) when one names no rule."""
    return _codes(codes)


def load_baseline(path: Path, project: Project) -> None:
    """Take a baseline file into the project. Refused (CHK-106) when it is not one."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["version"] != BASELINE_VERSION:
            raise KeyError("version")
        entries = frozenset((str(one["path"]), str(one["fingerprint"])) for one in data["findings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise refuse("CHK-106", _("{} 不是基线文件：{}").format(path.name, error)) from error
    project.baseline = entries
    project.baseline_root = str(path.resolve().parent)


def write_baseline(path: Path, found: Iterable[tuple[str, str, str, str]]) -> None:
    """Write ``(path, code, fingerprint, message)`` of every finding; positions are left out so that edits do not spoil it."""
    root = path.resolve().parent
    entries = [
        {
            "path": os.path.relpath(where, root).replace(os.sep, "/"),
            "code": code,
            "fingerprint": mark,
            "message": message,
        }
        for where, code, mark, message in found
    ]
    entries.sort(key=lambda one: (one["path"], one["code"], one["fingerprint"]))
    text = json.dumps({"version": BASELINE_VERSION, "findings": entries}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
