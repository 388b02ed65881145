"""The item list of the explanation: 类（类）款（款）项（项）。年初预算为…，支出决算为… against the table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from jingban.checker.model import Source
from jingban.checker.tables import words
from jingban.checker.tables.bound import BoundTable
from jingban.checker.texts import Line, glossary_lines, lines_of
from jingban.forms.codes import plain
from jingban.values.patterns import lazy
from jingban.values.printed import PrintedNumber, parse

if TYPE_CHECKING:
    from jingban.checker.context import Context

_NAME = r"[^（()）。；;：:，,\d]{2,40}?"
_PATH = lazy(
    rf"(?P<class>{_NAME})\s*(?P<code1>\d{{3}})?\s*[（(]类[)）]\s*(?P<heading>{_NAME})?\s*(?P<code2>\d{{2,5}})?\s*[（(]款[)）]\s*"
    rf"(?P<item>{_NAME})?\s*(?P<code3>\d{{2,7}})?\s*[（(]项[)）]"
)
_ACTUAL = lazy(
    r"(?:支出)?决算(?:数|金额)?(?:为|是|[:：])?\s*(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|元)"
)
_LEADING = lazy(r"^\s*[-•]*\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]\s*")
NOWHERE = Source()
LOOK_AHEAD = 2
"""Lines after the path that may hold the figures."""


class Item(Struct, frozen=True):
    """One item: its names, its code when printed, and its actual amount when one follows."""

    names: tuple[str, str, str]
    code: str | None
    line: Line
    start: int
    amount: PrintedNumber | None = None
    text: str = ""
    source: Source = NOWHERE


def items(context: Context) -> list[Item]:
    """Every item path outside the glossary, kept in the context's cache."""
    if "tables.items" not in context.cache:
        context.cache["tables.items"] = list(_items(context))
    found: list[Item] = context.cache["tables.items"]
    return found


def _items(context: Context) -> Iterator[Item]:
    glossary = {line.block for line in glossary_lines(context.document)}
    lines = [line for line in lines_of(context.document, cells=False) if line.block not in glossary]
    for index, line in enumerate(lines):
        if context.segment(context.document.blocks[line.block]).family not in ("final", "unknown"):
            continue
        paths = list(_PATH.finditer(line.text))
        for number, path in enumerate(paths):
            end = paths[number + 1].start() if number + 1 < len(paths) else len(line.text)
            follow = lines[index + 1 : index + 1 + LOOK_AHEAD] if number + 1 == len(paths) else []
            yield _item(path, line, end, follow)


def _item(path: re.Match[str], line: Line, end: int, follow: list[Line]) -> Item:
    names = tuple(_LEADING.sub("", path[key] or "").strip() for key in ("class", "heading", "item"))
    code = path["code3"]
    found = _ACTUAL.search(line.text, path.end(), end)
    where = line
    if found is None:
        for later in follow:
            if _PATH.search(later.text):
                break
            found = _ACTUAL.search(later.text)
            where = later
            if found is not None:
                break
    triple = (names[0], names[1], names[2])
    if found is None:
        return Item(triple, code, line, path.start())
    text = f"{found['amount']}{found['unit']}"
    return Item(triple, code, line, path.start(), parse(text), text, where.at(found.start("amount")))


def row_of(table: BoundTable, item: Item) -> str | None:
    """The 项 row the item names: by code, else by the names of item and heading; None unless exactly one fits."""
    if item.code and len(item.code) == 7:
        return item.code if item.code in table.rows else None
    wanted = plain(item.names[2])
    if not wanted:
        return None
    fits = [
        key
        for key, row in table.rows.items()
        if len(key) == 7 and key.isdigit() and plain(row.label) == wanted
    ]
    if len(fits) > 1:
        heading = plain(item.names[1])
        fits = [key for key in fits if key[:5] in table.rows and _like(heading, table.rows[key[:5]].label)]
    return fits[0] if len(fits) == 1 else None


def _like(name: str, label: str) -> bool:
    return words.likeness(name, plain(label), 0.8) > 0
