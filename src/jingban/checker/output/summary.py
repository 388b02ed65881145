"""Counts over a corpus: by agency, by year, by rule, and in all."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from jingban.checker import registry
from jingban.checker.result import FileResult
from jingban.values.i18n import active
from jingban.values.i18n import gettext as _


class Row(Struct):
    """One line of a summary: distinct files and findings by severity."""

    label: str
    files: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0


class Totals(Struct):
    files: int = 0
    with_errors: int = 0
    with_warnings: int = 0
    clean: int = 0
    unreadable: int = 0
    checkable: int = 0
    verified: int = 0


def _by(results: Iterable[FileResult], label: Callable[[FileResult], str]) -> list[Row]:
    rows: dict[str, Row] = {}
    for one in results:
        row = rows.setdefault(label(one), Row(label(one)))
        row.files += 1
        row.errors += one.count("error")
        row.warnings += one.count("warning")
        row.infos += one.count("info")
    return list(rows.values())


def by_agency(results: Iterable[FileResult]) -> list[Row]:
    """Agencies with the most errors first."""
    rows = _by(results, lambda one: one.agency or _("（未认出单位）"))
    return sorted(rows, key=lambda row: (-row.errors, -row.warnings, row.label))


def by_year(results: Iterable[FileResult]) -> list[Row]:
    rows = _by(results, lambda one: str(one.year) if one.year else _("（未认出年度）"))
    return sorted(rows, key=lambda row: row.label)


def by_document(results: Iterable[FileResult]) -> list[Row]:
    """By agency, year and kind of document, the most errors first: what a bureau goes through line by line."""
    rows = _by(results, lambda one: "　".join(document_of(one)))
    return sorted(rows, key=lambda row: (-row.errors, -row.warnings, row.label))


def kind_name(kind: str) -> str:
    """A kind of document in words."""
    names = {
        "final": _("部门决算"),
        "budget": _("部门预算"),
        "fund.final": _("社保基金决算"),
        "fund.budget": _("社保基金预算"),
        "selfeval": _("绩效自评"),
        "unknown": _("（未认出文种）"),
    }
    return names.get(kind) or names.get(kind.partition(".")[0]) or kind


def document_of(one: FileResult) -> tuple[str, str, str]:
    """Agency, year and kind of a file as they are shown."""
    kinds = "、".join(dict.fromkeys(kind_name(kind) for kind in one.kinds))
    return (
        one.agency or _("（未认出单位）"),
        str(one.year) if one.year else _("（未认出年度）"),
        kinds or _("（未认出文种）"),
    )


def by_rule(results: Iterable[FileResult]) -> list[Row]:
    rows: dict[str, Row] = {}
    for one in results:
        seen = set()
        for finding in one.findings:
            code = finding["code"]
            row = rows.setdefault(code, Row(_label(code)))
            row.files += code not in seen
            seen.add(code)
            row.errors += finding["severity"] == "error"
            row.warnings += finding["severity"] == "warning"
            row.infos += finding["severity"] == "info"
    return sorted(rows.values(), key=lambda row: (-row.errors, -row.warnings, -row.infos, row.label))


def _label(code: str) -> str:
    try:
        rule = registry.rule(code)
    except KeyError:
        return code
    return f"{code} {rule.title_en if active() == 'en' else rule.title}"


def totals(results: Iterable[FileResult]) -> Totals:
    every = Totals()
    for one in results:
        every.files += 1
        every.checkable += one.checkable
        every.verified += one.verified
        if one.count("error"):
            every.with_errors += 1
        elif one.count("warning"):
            every.with_warnings += 1
        elif one.exit_code() == 2:
            every.unreadable += 1
        else:
            every.clean += 1
    return every
