"""Reads the form descriptions: strict, everything wrong reported at once, then checked against each other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast, get_args

from jingban.forms.codes import BookName, code_book
from jingban.forms.expressions import Expression, parse
from jingban.forms.model import (
    LAST_YEAR,
    Block,
    BlockKind,
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
from jingban.forms.strict import MISSING as _REQUIRED
from jingban.forms.strict import Reader
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _

_NUMERALS = "一二三四五六七八九"


def read_form(reader: Reader, known: Mapping[str, Form] | None = None) -> Form:
    """One form from one YAML mapping; ``extends`` takes rows, columns and identities from a form read before.

    Problems go to the reader's findings.
    """
    base = _base(reader, known or {})
    columns = tuple(column for item in reader.readers("columns", ()) for column in _columns(item))
    editions = tuple(_edition(item, reader) for item in reader.readers("editions", ()))
    form = Form(
        id=reader.text("id"),
        number=reader.text("number", ""),
        title=reader.text("title"),
        title_en=reader.text("title_en"),
        family=reader.text("family"),
        shape=cast(Shape, reader.text("shape", base.shape if base else _REQUIRED, get_args(Shape))),
        unit=reader.text("unit", ""),
        aliases=reader.texts("aliases"),
        order=reader.integer("order", 0),
        columns=columns,
        blocks=tuple(_block(item) for item in reader.readers("blocks", ())),
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
    if base is not None:
        form = _inherit(form, base)
    form = replace(form, editions=tuple(_titled(edition, form.title) for edition in form.editions))
    reader.done()
    _check_form(form, reader)
    return form


def _base(reader: Reader, known: Mapping[str, Form]) -> Form | None:
    name = reader.maybe_text("extends")
    if name is None:
        return None
    if name not in known:
        reader.report("FRM-111", _("extends 引用了不存在的表“%(form)s”") % {"form": name})
    return known.get(name)


def _inherit(form: Form, base: Form) -> Form:
    """Whatever the variant does not state itself is the base's."""
    return replace(
        form,
        base=base.id,
        shape=form.shape or base.shape,
        columns=form.columns or base.columns,
        editions=form.editions or base.editions,
        identities=form.identities or base.identities,
        hierarchies=form.hierarchies or base.hierarchies,
        empty_note=form.empty_note or base.empty_note,
        misnomers=form.misnomers or base.misnomers,
        footnote=form.footnote or base.footnote,
    )


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


def _columns(reader: Reader) -> list[FormColumn]:
    """One column, or the columns of an economic tree (``classes: economic``): a subtotal and its items for each 类."""
    if not reader.has("classes"):
        return [_column(reader)]
    book = code_book(cast(BookName, reader.text("classes", choices=get_args(BookName))))
    year = reader.integer("year")
    reader.done()
    found: list[FormColumn] = []
    for entry in book.classes(year):
        found.append(FormColumn(f"e{entry.code}", (entry.name, "小计"), (entry.name,), optional=True))
        found.extend(
            FormColumn(
                f"e{child.code}",
                (entry.name, child.name),
                child.aliases,
                optional=True,
                part_of=f"e{entry.code}",
            )
            for child in book.children(entry.code, year)
        )
    return found


def _block(reader: Reader) -> Block:
    block = Block(
        key=reader.text("key"),
        title=reader.text("title"),
        kind=cast(BlockKind, reader.text("kind", choices=get_args(BlockKind))),
        columns=tuple(_column(item) for item in reader.readers("columns", ())),
        rows=tuple(_row(item) for item in reader.readers("rows", ())),
    )
    reader.done()
    return block


def _column(reader: Reader) -> FormColumn:
    column = FormColumn(
        key=reader.text("key"),
        header=reader.texts("header"),
        aliases=reader.texts("aliases"),
        role=cast(ColumnRole, reader.text("role", "amount", get_args(ColumnRole))),
        number=reader.maybe_integer("number"),
        side=reader.maybe_text("side"),
        optional=reader.flag("optional"),
        always=_years(reader, "always") if reader.has("always") else None,
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
    return _parsed(reader, reader.text(key))


def _parsed(reader: Reader, text: str) -> Expression:
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
        others=tuple(_parsed(reader, text) for text in reader.texts("or")),
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
    if form.shape == "sheet":
        _check_sheet(form, reader)
        return
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
        for side in (identity.left, identity.right, *identity.others):
            check_cells(side, {form.id: form}, form.id, f"{reader.where}.{identity.id}", reader)


def _check_sheet(form: Form, reader: Reader) -> None:
    """A sheet is made of blocks; its identities address ``row@column`` over all of them, indicators by their block."""
    if not form.blocks:
        reader.report("FRM-113", _("自评表式至少要有一个块"))
    rows = {row.key for block in form.blocks for row in block.rows}
    groups = {row.group for block in form.blocks for row in block.rows if row.group}
    groups |= {
        block.key for block in form.blocks if block.kind == "indicators"
    }  # its rows are those of the plan
    columns = {column.key for block in form.blocks for column in block.columns}
    for identity in form.identities:
        sides = (identity.left, identity.right, *identity.others)
        for cell in (cell for side in sides for cell in side.cells()):
            known = groups if cell.many else rows
            if (cell.row not in known and "{" not in cell.row) or (
                cell.column not in columns and "{" not in cell.column
            ):
                reader.report(
                    "FRM-111", _("%(id)s 引用了不存在的“%(cell)s”") % {"id": identity.id, "cell": cell}
                )


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
        rows += [row for block in form.blocks for row in block.rows]
        columns = {column.key for column in form.columns} | {
            c.key for block in form.blocks for c in block.columns
        }
        known = {row.group for row in rows} if cell.many else {row.key for row in rows}
        free = "{" in cell.row or (form.shape == "codes" and cell.row.isdigit())
        if not free and cell.row not in known:
            reader.report(
                "FRM-111", _("%(where)s 引用了不存在的行“%(cell)s”") % {"where": where, "cell": cell}
            )
        if "{" not in cell.column and cell.column not in columns:
            reader.report(
                "FRM-111", _("%(where)s 引用了不存在的列“%(cell)s”") % {"where": where, "cell": cell}
            )
