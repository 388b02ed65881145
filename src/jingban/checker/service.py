"""Check one file: read it within bounds, run the chosen rules, apply the project. Never raises for a bad input."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jingban.checker import limits, registry, result
from jingban.checker.context import Context
from jingban.checker.model import Document, Note
from jingban.checker.project import Project
from jingban.checker.result import FileResult
from jingban.checker.run import NotVerified, Report, check_context
from jingban.values import confined
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _

SUFFIXES = (".txt", ".docx", ".pdf", ".html", ".htm", ".xlsx", ".md", ".doc", ".wps", ".xls", ".xml", ".mht")
"""What a folder is searched for; a file named on the command line is tried whatever its suffix."""


def read_file(path: Path, bounds: confined.Limits | None = None) -> Document:
    """Read any file into a document; what cannot be read becomes a document with one I1 note.

    What is packed, native or large is read in a child process within ``bounds`` (:mod:`jingban.values.confined`).
    """
    from jingban.checker.readers import read_bytes

    try:
        data = confined.content(path, bounds)
        return confined.call(read_bytes, data, str(path), path.suffix.lower(), limits=bounds)
    except Refused as refused:
        first = refused.findings[0]
        return _unread(path, NOTE_CODES.get(first.code, "I107"), first.message)
    except (limits.Exceeded, MemoryError):
        return _unread(path, "I107", _("读取超出时间或内存上限，未核"))
    except OSError as error:
        return _unread(path, "I108", _("文件打不开：{}").format(error.strerror or type(error).__name__))
    except Exception as error:  # a reader's defect is our fault, not the document's
        return _unread(path, "CHK-902", _("读取器内部故障 CHK-902：{}").format(type(error).__name__))


def _unread(path: Path, code: str, message: str) -> Document:
    return Document(path=str(path), format="txt", notes=[Note(code, message)])


NOTE_CODES = {"VAL-405": "I108"}
"""Refusals of confined reading that are not about size, time or memory (I107)."""


def check_file(
    path: Path,
    project: Project,
    today: date,
    *,
    corpus: Sequence[Context] = (),
    bounds: confined.Limits | None = None,
) -> tuple[Report, FileResult]:
    """Check one file. ``today`` only decides whether a suppression expired. The result's path is ``path`` as given."""
    began = time.perf_counter()
    document = Document(path=str(path), format="txt")
    try:
        with limits.seconds((bounds or confined.limits()).seconds):
            document = read_file(path, bounds)
            unread = not document.blocks and bool(document.notes)
            report = check_context(
                Context(document, corpus=corpus),
                rules=() if unread else project.rules_for(str(path)),
                severities=project.severities,
            )
            if not unread:
                _note_broken(report)
    except (limits.Exceeded, MemoryError):
        document.notes.append(Note("I107", _("核对超出时间或内存上限，未核")))
        report = Report(document, Context(document))
        report.unreadable = document.notes[-1].message
    if not document.blocks and document.notes:
        report.unreadable = report.unreadable or document.notes[0].message
    expired = project.apply(report, str(path), today)
    flat = result.of(report, str(path))
    flat.notes += [
        _("屏蔽已于 {} 到期：{}（{}）").format(one.expires, one.reason, one.user)
        for one in dict.fromkeys(expired)
    ]
    flat.seconds = round(time.perf_counter() - began, 3)
    return report, flat


def _note_broken(report: Report) -> None:
    """Say which rules of the catalogue could not be loaded; never silently run fewer."""
    report.unverified += [
        NotVerified(code, _("规则"), _("规则不能载入 CHK-904：{}").format(reason))
        for code, reason in registry.usable()[1].items()
    ]


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Files named, and every readable file below folders named, sorted; hidden files and Office lock files left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in inner.relative_to(path).parts)
            if not hidden and inner.suffix.lower() in SUFFIXES and inner.is_file():
                found[inner] = None
    return list(found)
