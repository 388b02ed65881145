"""Which lines under a heading are no rows of the list (totals, signatures, numbered blanks), and what a merged cell says below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jingban.store.lists.cell import DITTO, Column, blank, plain, text_of
from jingban.store.lists.header import Header
from jingban.values.findings import Finding, Severity
from jingban.values.i18n import gettext as _
from jingban.values.sheets import Page

_TOTAL = re.compile(
    r"(本页|本村|全村|全镇|全乡|全县|本页面)?(合计|小计|总计|共计|累计|总合计)([0-9]+(人|户|笔|元)?)?|.{1,12}(合计|小计|总计)|共[0-9]+(人|户|笔|条)"
)
_SIGNED = re.compile(
    r"(填表|制表|审核|复核|经办|负责|单位负责|联系|报送|填报|主管|分管)(人|单位|日期|时间|电话|领导)?(签字|签章|签名)?.*[:：].*"
    r"|.*(盖章|公章|签字|签章)[)）]?[:：]?.*|(注|备注|说明|注意)[:：].*|(填报|制表|报送)(日期|时间|单位).*"
)  # fmt: skip
_LONG = re.compile(r"\d{6}")
_FILLED_DOWN = ("text", "digits", "date", "month", "flag", "choice")


def prepare(
    page: Page, header: Header, columns: Sequence[Column]
) -> tuple[dict[int, list[Any]], list[Finding]]:
    """Row number → cells of every row of the list, and what was left out or could not be shared out, by row."""
    by_key = {column.key: column for column in columns}
    places = {place: by_key[key] for key, place in header.places.items() if key in by_key}
    needed = {place for place, column in places.items() if column.required and column.kind == "digits"}
    rows: dict[int, list[Any]] = {}
    left: dict[str, list[int]] = {}
    for number, cells in enumerate(page.grid[header.last + 1 :], start=header.last + 2):
        if all(blank(cell) for cell in cells):
            continue
        if kind := _no_row(cells, header, places, needed, number == header.last + 2):
            left.setdefault(kind, []).append(number)
        else:
            rows[number] = list(cells)
    findings = [_said(kind, numbers) for kind, numbers in left.items()]
    findings += _fill_down(page, header, rows, places)
    _dittos(rows, places)
    return rows, findings


def _no_row(
    cells: Sequence[Any], header: Header, places: Mapping[int, Column], needed: set[int], next_to_header: bool
) -> str:
    """The kind of line that is no row; empty for a row. A line with a number where a person's number belongs is a row."""
    told = {index: text_of(cell) for index, cell in enumerate(cells) if not blank(cell)}
    ours = {index: text for index, text in told.items() if index in places}
    if len(ours) > 1 and all(plain(text) == plain(header.names[index]) for index, text in ours.items()):
        return "heading"
    if not needed or any(_LONG.search(told.get(index, "")) for index in needed):
        return ""
    if not ours:
        return "blank" if all(re.fullmatch(r"\d{1,6}", text) for text in told.values()) else "aside"
    first = plain(next(iter(told.values())))
    # Only where a line begins: the remark of a person without a number is no signature.
    begins = [(index, text) for index, text in list(told.items())[:2] if not _money(places.get(index))]
    if any(_TOTAL.fullmatch(plain(text)) for _index, text in begins):
        return "total"
    if _SIGNED.fullmatch(next(iter(told.values()))) or all(_SIGNED.fullmatch(text) for text in ours.values()):
        return "signature"
    if next_to_header and len(told) > 2 and (first in ("栏次", "1", "甲") and _counts(told.values())):
        return "heading"
    if len(told) == 1 and re.search(r"(村|社区|居委会|镇|乡|街道|组|以下空白|空白)$", first):
        return "aside"
    return ""


def _money(column: Column | None) -> bool:
    return column is not None and column.kind in ("yuan", "wan", "integer")


def _counts(texts: Any) -> bool:
    """1, 2, 3 … under the names of the columns (栏次)."""
    return all(re.fullmatch(r"\d{1,2}|[甲乙丙丁戊]|栏次|—|-", text) for text in texts)


def _said(kind: str, numbers: list[int]) -> Finding:
    words = {
        "total": _("合计行"),
        "signature": _("签字、说明行"),
        "heading": _("重复的表头或栏次行"),
        "blank": _("只有序号的空行"),
        "aside": _("分组标题或表外文字"),
    }
    listed = "、".join(str(number) for number in numbers[:10]) + ("……" if len(numbers) > 10 else "")
    text = _("未作为数据读入：%(kind)s（第 %(rows)s 行，共 %(count)s 行）")
    severity: Severity = "warning" if kind == "aside" else "info"
    return Finding("LST-117", text % {"kind": words[kind], "rows": listed, "count": len(numbers)}, severity)


def _fill_down(
    page: Page, header: Header, rows: dict[int, list[Any]], places: Mapping[int, Column]
) -> list[Finding]:
    """The value of a merged cell stands for every row it covers; money and a person's own number belong to one row only."""
    findings = []
    for (top, left), (bottom, right) in page.merged:
        if top <= header.last or bottom == top or right != left or left not in places:
            continue
        column = places[left]
        covered = [row + 1 for row in range(top, bottom + 1) if row + 1 in rows]
        if len(covered) < 2:
            continue
        if column.kind not in _FILLED_DOWN or (column.required and column.kind == "digits"):
            text = _("这一格合并了 %(count)s 行，分不清属于谁；请取消合并后逐行填写")
            findings += [
                Finding("LST-118", text % {"count": len(covered)}, row=row, column=column.title)
                for row in covered
            ]
            continue
        for row in covered[1:]:
            cells = rows[row]
            cells += [None] * (left + 1 - len(cells))
            cells[left] = page.grid[top][left]
    return findings


def _dittos(rows: dict[int, list[Any]], places: Mapping[int, Column]) -> None:
    """同上 in a column of words is what stands above; in any other it stays, and is refused there."""
    above: dict[int, Any] = {}
    for cells in rows.values():
        for place, column in places.items():
            if column.kind != "text" or column.required or place >= len(cells):
                continue
            if isinstance(cells[place], str) and cells[place].strip() in DITTO and place in above:
                cells[place] = above[place]
            above[place] = cells[place]
