"""Standard explanations: which cells their figures repeat (bindings), and how each style writes them (sentences)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import cast, get_args

from jingban.forms.catalogue import TABLES, catalogue
from jingban.forms.expressions import Expression, parse
from jingban.forms.loader import check_cells
from jingban.forms.model import Operator, Relation, Sentence, Severity, Slot
from jingban.forms.strict import Reader, data_files, read_yaml
from jingban.values.findings import Findings, Refused
from jingban.values.i18n import gettext as _

_BRACE = re.compile(r"\{(\w+)\}")
SLOT_KINDS = ("amount", "percent", "year", "word", "reason", "count", "name")
STYLES = ("central", "hunan", "sichuan")


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
        if name == "sentences/bindings.yaml":
            reader = Reader(read_yaml(name, text), name, findings)
            found = [_binding(item) for item in reader.readers("bindings")]
            reader.done()
    _unique([binding.id for binding in found], findings, "sentences/bindings.yaml")
    if findings.errors:
        raise Refused(findings.errors)
    return tuple(found)


@functools.cache
def sentences() -> tuple[Sentence, ...]:
    """The packaged standard sentences in printed order; refuses with FRM-4xx when a brace has no slot."""
    findings = Findings()
    found: list[Sentence] = []
    for name, text in data_files("sentences", ".yaml"):
        if name == "sentences/bindings.yaml":
            continue
        reader = Reader(read_yaml(name, text), name, findings)
        found.extend(read_sentence(item) for item in reader.readers("sentences"))
        reader.done()
    _unique([sentence.id for sentence in found], findings, "sentences")
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


def _binding(reader: Reader) -> Binding:
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


def read_sentence(reader: Reader) -> Sentence:
    """One sentence: every brace of every template must be a slot, every relation may only use slots."""
    slots = {
        str(name): _slot(Reader(value, f"{reader.where}.slots.{name}", reader.findings), str(name))
        for name, value in reader.mapping("slots").items()
    }
    templates = {str(style): str(text) for style, text in reader.mapping("templates").items()}
    sentence = Sentence(
        id=reader.text("id"),
        section=reader.text("section"),
        title=reader.text("title"),
        headings=reader.texts("headings"),
        templates=templates,
        patterns=reader.texts("patterns"),
        slots=slots,
        relations=tuple(_relation(item, slots) for item in reader.readers("relations", ())),
        source=reader.text("source", ""),
        excludes=reader.texts("excludes"),
    )
    reader.done()
    for style, text in templates.items():
        if style not in STYLES:
            reader.report("FRM-404", _("不认识的文体“%(style)s”") % {"style": style})
        for brace in set(_BRACE.findall(text)) - set(slots):
            reader.report("FRM-403", _("模板中的“{%(brace)s}”没有对应的槽") % {"brace": brace})
    return sentence


def _slot(reader: Reader, name: str) -> Slot:
    cell = reader.maybe_text("cell")
    slot = Slot(
        name=name,
        kind=reader.text("kind", choices=SLOT_KINDS),  # type: ignore[arg-type]
        cell=_expression(reader, cell) if cell else None,
        rule=reader.maybe_text("rule"),
        basis=reader.maybe_text("basis"),
    )
    reader.done()
    return slot


def _relation(reader: Reader, slots: dict[str, Slot]) -> Relation:
    left, right = (_expression(reader, reader.text(key)) for key in ("left", "right"))
    relation = Relation(
        id=reader.text("id"),
        rule=reader.text("rule"),
        left=left,
        operator=cast(Operator, reader.text("op", "=", get_args(Operator))),
        right=right,
    )
    reader.done()
    for name in {*left.slots(), *right.slots()} - set(slots):
        reader.report("FRM-403", _("关系式用了不存在的槽“%(name)s”") % {"name": name})
    return relation
