"""Which cells of which form the figures of the explanation repeat: the bindings by which prose is recognised and checked.

How the explanation is worded is not said here: the styles (``disclosure/styles``) print it, and any wording is recognised
by the indicator it names.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import cast, get_args

from jingban.forms.catalogue import TABLES, catalogue
from jingban.forms.expressions import Expression, parse
from jingban.forms.loader import check_cells
from jingban.forms.model import Severity
from jingban.forms.strict import Reader, data_files, read_yaml
from jingban.values.findings import Findings, Refused
from jingban.values.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Binding:
    """An indicator named in prose and the cells that print the same amount (the first one a document has)."""

    id: str
    rule: str
    cells: tuple[Expression, ...]
    indicator: str = ""
    labels: tuple[str, ...] = ()
    classes: bool = False
    """The indicator is the name of a functional class; ``{row}`` becomes its code."""
    calibers: tuple[str, ...] = ()
    basis: str = "决算"
    section: str = ""
    """Regular expression the section heading must contain."""
    any_cell: bool = False
    """The prose may mean any of the cells: right when one agrees."""
    counted: str = ""
    """The figures are counts in this unit, not money."""
    severity: Severity = "error"


@functools.cache
def bindings() -> tuple[Binding, ...]:
    """The packaged bindings, checked against the catalogue; refuses with FRM-4xx and FRM-1xx."""
    findings = Findings()
    found: list[Binding] = []
    for name, text in data_files("sentences", ".yaml"):
        reader = Reader(read_yaml(name, text), name, findings)
        found += [read_binding(item) for item in reader.readers("bindings")]
        reader.done()
    _unique([binding.id for binding in found], findings, "sentences/bindings.yaml")
    if findings.errors:
        raise Refused(findings.errors)
    return tuple(found)


def _unique(ids: list[str], findings: Findings, where: str) -> None:
    for one in {one for one in ids if ids.count(one) > 1}:
        Reader({}, where, findings).report("FRM-105", _("“%(id)s”重复") % {"id": one})


def _expression(reader: Reader, text: str) -> Expression:
    try:
        expression = parse(text, reader.where)
    except Refused as refused:
        reader.findings.extend(refused.findings)
        return parse("0")
    check_cells(expression, catalogue(TABLES).forms, "", reader.where, reader)
    return expression


def read_binding(reader: Reader) -> Binding:
    """One binding; reports FRM-401 when it names nothing, FRM-402 a broken section, FRM-1xx wrong cells."""
    binding = Binding(
        id=reader.text("id"),
        rule=reader.text("rule"),
        cells=tuple(_expression(reader, text) for text in reader.texts("cells")),
        indicator=reader.text("indicator", ""),
        labels=reader.texts("labels"),
        classes=reader.flag("classes"),
        calibers=reader.texts("calibers"),
        basis=reader.text("basis", "决算", ("决算", "预算")),
        section=reader.text("section", ""),
        any_cell=reader.flag("any"),
        counted=reader.text("counted", ""),
        severity=cast(Severity, reader.text("severity", "error", get_args(Severity))),
    )
    reader.done()
    if not (binding.indicator or binding.labels or binding.classes):
        reader.report("FRM-401", _("要写明 indicator、labels 或 classes 之一"))
    try:
        re.compile(binding.section)
    except re.error as error:
        reader.report("FRM-402", _("section 不是正则表达式：%(why)s") % {"why": error})
    return binding
