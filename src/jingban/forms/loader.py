"""Reads the form descriptions: strict, everything wrong reported at once, then checked against each other."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any, cast, get_args

from jingban.forms.codes import BookName, code_book
from jingban.forms.expressions import Expression, parse
from jingban.forms.model import (
    LAST_YEAR,
    ColumnRole,
    Confidence,
    Edition,
    Form,
    FormColumn,
    FormRow,
    Hierarchy,
    Identity,
    Operator,
    Over,
    RowKind,
    Severity,
    Shape,
    Years,
)
from jingban.forms.strict import Reader
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _

_NUMERALS = "一二三四五六七八九"


def read_form(reader: Reader) -> Form:
    """One form from one YAML mapping; problems go to the reader's findings."""
    columns = tuple(_column(item) for item in reader.readers("columns", ()))
    editions = tuple(_edition(item, reader) for item in reader.readers("editions"))
    form = Form(
        id=reader.text("id"),
        number=reader.text("number", ""),
        title=reader.text("title"),
        title_en=reader.text("title_en"),
        family=reader.text("family"),
        shape=cast(Shape, reader.text("shape", choices=get_args(Shape))),
        unit=reader.text("unit", ""),
        aliases=reader.texts("aliases"),
        order=reader.integer("order", 0),
        columns=columns,
        editions=tuple(sorted(editions, key=lambda edition: edition.years.since)),
        identities=tuple(_identity(item) for item in reader.readers("identities", ())),
        hierarchies=tuple(_hierarchy(item) for item in reader.readers("hierarchies", ())),
        empty_note=reader.texts("empty_note"),
        years=_years(reader, "years"),
        base=reader.maybe_text("base"),
        source=reader.text("source"),
        misnomers=tuple((str(wrong), str(right)) for wrong, right in reader.mapping("misnomers", {}).items()),
        footnote=reader.text("footnote", ""),
    )
    form = replace(form, editions=tuple(_titled(edition, form.title) for edition in form.editions))
    reader.done()
    _check_form(form, reader)
    return form


def read_links(reader: Reader) -> tuple[Identity, ...]:
    """The identities between forms of one file."""
    links = tuple(_identity(item) for item in reader.readers("links"))
    reader.done()
    return links


def _titled(edition: Edition, title: str) -> Edition:
    return edition if edition.title else replace(edition, title=title)


def _years(reader: Reader, key: str) -> Years:
    value = reader.raw(key, None)
    if value is None:
        return Years(0)
    if (
        not isinstance(value, list)
        or not 1 <= len(value) <= 2
        or not all(type(year) is int for year in value)
    ):
        reader.report("FRM-112", _("“%(key)s”应为[起始年]或[起始年, 截止年]") % {"key": key})
        return Years(0)
    if len(value) == 2 and value[1] < value[0]:
        reader.report("FRM-112", _("年度区间颠倒：%(years)s") % {"years": value})
    return Years(value[0], value[1] if len(value) == 2 else LAST_YEAR)


def _column(reader: Reader) -> FormColumn:
    column = FormColumn(
        key=reader.text("key"),
        header=reader.texts("header"),
        aliases=reader.texts("aliases"),
        role=cast(ColumnRole, reader.text("role", "amount", get_args(ColumnRole))),
        number=reader.maybe_integer("number"),
        side=reader.maybe_text("side"),
        optional=reader.flag("optional"),
        part_of=reader.maybe_text("part_of"),
        years=_years(reader, "years"),
    )
    reader.done()
    return column


def _edition(reader: Reader, form: Reader) -> Edition:
    years = _years(reader, "years")
    rows: list[FormRow] = []
    for item in reader.readers("rows"):
        rows.extend(_classes(item, years) if item.has("classes") else [_row(item)])
    edition = Edition(
        years=years,
        rows=tuple(rows),
        title=reader.text("title", ""),
        confidence=cast(Confidence, reader.text("confidence", choices=get_args(Confidence))),
    )
    reader.done()
    keys = [row.key for row in rows]
    for key in {key for key in keys if keys.count(key) > 1}:
        form.report("FRM-105", _("%(years)s版行键“%(key)s”重复") % {"years": years, "key": key})
    return edition


def _row(reader: Reader) -> FormRow:
    row = FormRow(
        key=reader.text("key"),
        label=reader.text("label"),
        aliases=reader.texts("aliases"),
        line=reader.maybe_integer("line"),
        code=reader.maybe_text("code"),
        kind=cast(RowKind, reader.text("kind", "item", get_args(RowKind))),
        group=reader.maybe_text("group"),
        parent=reader.maybe_text("parent"),
        side=reader.maybe_text("side"),
        optional=reader.flag("optional"),
    )
    reader.done()
    return row


def _classes(reader: Reader, years: Years) -> list[FormRow]:
    """Rows taken from a code book of the edition: numbered functional classes, or an economic tree with ``deep``."""
    book = code_book(cast(BookName, reader.text("classes", choices=get_args(BookName))))
    only = reader.texts("only")
    first = reader.maybe_integer("first")
    side, group, deep = reader.maybe_text("side"), reader.maybe_text("group"), reader.flag("deep")
    reader.done()
    year = max(years.since, 2017) if years.until == LAST_YEAR else years.until
    rows: list[FormRow] = []
    printed = [
        entry
        for entry in book.classes(year)
        if (entry.code in only if only else entry.code not in {"227", "230", "233"})
    ]
    for position, entry in enumerate(printed):
        numbered = not deep
        label = f"{_chinese(position + 1)}、{entry.name}" if numbered else entry.name
        older = tuple(name for past in book.all(entry.code) for name in past.names)
        rows.append(
            FormRow(
                key=entry.code,
                label=label,
                aliases=tuple(dict.fromkeys((*((entry.name,) if numbered else ()), *older))),
                line=first + position if first else None,
                code=entry.code,
                group=group,
                side=side,
                optional=True,
            )
        )
        if deep:
            rows.extend(
                FormRow(
                    key=child.code,
                    label=child.name,
                    aliases=child.aliases,
                    code=child.code,
                    parent=entry.code,
                    side=side,
                    optional=True,
                )
                for child in book.children(entry.code, year)
            )
    return rows


def _chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 26 → 二十六 (below 100)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def _expression(reader: Reader, key: str) -> Expression:
    text = reader.text(key)
    try:
        return parse(text, reader.where)
    except Refused as refused:
        reader.findings.extend(refused.findings)
        return parse("0")


def _identity(reader: Reader) -> Identity:
    when: tuple[Expression, Expression] | None = None
    if reader.has("when"):
        condition = Reader(reader.raw("when"), f"{reader.where}.when", reader.findings)
        when = (_expression(condition, "left"), _expression(condition, "right"))
        condition.done()
    identity = Identity(
        id=reader.text("id"),
        rule=reader.text("rule"),
        text=reader.text("text"),
        left=_expression(reader, "left"),
        operator=cast(Operator, reader.text("op", "=", get_args(Operator))),
        right=_expression(reader, "right"),
        over=cast(Over, reader.text("over", "table", get_args(Over))),
        columns=reader.texts("columns"),
        rows=reader.maybe_text("rows"),
        severity=cast(Severity, reader.text("severity", "error", get_args(Severity))),
        when=when,
        source=reader.text("source", ""),
        years=_years(reader, "years"),
    )
    reader.done()
    return identity


def _hierarchy(reader: Reader) -> Hierarchy:
    levels: Any = reader.raw("levels")
    if not isinstance(levels, list) or not all(type(level) is int for level in levels):
        reader.report("FRM-104", _("“levels”应为整数列表"))
        levels = []
    hierarchy = Hierarchy(
        id=reader.text("id"),
        rule=reader.text("rule"),
        total=reader.text("total"),
        book=reader.text("book"),
        levels=tuple(levels),
        source=reader.text("source", ""),
    )
    reader.done()
    return hierarchy


def _check_form(form: Form, reader: Reader) -> None:
    """References inside one form: columns exist, row keys exist in some edition, editions do not overlap."""
    if not form.editions:
        reader.report("FRM-112", _("至少要有一个年度版本"))
        return
    for earlier, later in itertools.pairwise(form.editions):
        if later.years.since <= earlier.years.until:
            reader.report("FRM-112", _("年度版本重叠：%(years)s") % {"years": later.years})
    keys = [column.key for column in form.columns]
    for key in {key for key in keys if keys.count(key) > 1}:
        reader.report("FRM-105", _("列键“%(key)s”重复") % {"key": key})
    for identity in form.identities:
        for side in (identity.left, identity.right):
            check_cells(side, {form.id: form}, form.id, f"{reader.where}.{identity.id}", reader)


def check_cells(
    expression: Expression, forms: dict[str, Form], default: str, where: str, reader: Reader
) -> None:
    """Report FRM-111 for every cell of ``expression`` that no edition of its form has."""
    for cell in expression.cells():
        form = forms.get(cell.form or default)
        if form is None:
            reader.report(
                "FRM-111", _("%(where)s 引用了不存在的表“%(form)s”") % {"where": where, "form": cell.form}
            )
            continue
        rows = [row for edition in form.editions for row in edition.rows]
        known = {row.group for row in rows} if cell.many else {row.key for row in rows}
        free = "{" in cell.row or (form.shape == "codes" and cell.row.isdigit())
        if not free and cell.row not in known:
            reader.report(
                "FRM-111", _("%(where)s 引用了不存在的行“%(cell)s”") % {"where": where, "cell": cell}
            )
        if "{" not in cell.column and form.column(cell.column) is None:
            reader.report(
                "FRM-111", _("%(where)s 引用了不存在的列“%(cell)s”") % {"where": where, "cell": cell}
            )
