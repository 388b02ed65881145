"""Number formats of an XLSX: how many decimals a cell *shows*. python-calamine gives values only, and 0.00 is not 0:
printed decimals decide the interval a figure stands for (checker-rules 0.1).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from io import BytesIO

from jingban.checker.readers.problems import CannotRead
from jingban.checker.readers.sniff import open_zip, read_part
from jingban.checker.readers.xml import parse
from jingban.values.patterns import lazy

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
_BUILT_IN |= {41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00"}
_NOISE = lazy(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


class Formats:
    """``of(sheet name)`` maps cell references (B7) to number formats other than General. Empty for XLS and ODS."""

    def __init__(self, data: bytes) -> None:
        self._parts: dict[str, str] = {}
        self._styles: list[str] = []
        self._archive = None
        if not data.startswith(b"PK"):
            return
        archive = open_zip(data)
        if "xl/workbook.xml" not in archive.namelist():
            return
        self._archive = archive
        try:
            self._styles = self._read_styles()
            self._parts = self._read_parts()
        except (CannotRead, KeyError):
            self._archive = None

    def _read_styles(self) -> list[str]:
        assert self._archive is not None
        if "xl/styles.xml" not in self._archive.namelist():
            return []
        root = parse(read_part(self._archive, "xl/styles.xml"))
        own = {
            int(f.get("numFmtId")): f.get("formatCode") or ""
            for f in root.iter(f"{_MAIN}numFmt")
            if f.get("numFmtId")
        }
        used = root.find(f"{_MAIN}cellXfs")
        ids = [int(xf.get("numFmtId") or 0) for xf in used] if used is not None else []
        return [own.get(number, _BUILT_IN.get(number, "")) for number in ids]

    def _read_parts(self) -> dict[str, str]:
        assert self._archive is not None
        links = parse(read_part(self._archive, "xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): (link.get("Target") or "").lstrip("/") for link in links}
        sheets = parse(read_part(self._archive, "xl/workbook.xml")).iter(f"{_MAIN}sheet")
        parts = {sheet.get("name"): targets.get(sheet.get(_REL), "") for sheet in sheets}
        return {
            name: part if part.startswith("xl/") else f"xl/{part}" for name, part in parts.items() if name
        }

    def of(self, sheet: str) -> dict[str, str]:
        part = self._parts.get(sheet)
        if self._archive is None or not part or part not in self._archive.namelist() or not any(self._styles):
            return {}
        from lxml import etree

        found: dict[str, str] = {}
        content = read_part(self._archive, part)
        if b"<!DOCTYPE" in content[:4096]:
            return {}
        for _event, cell in etree.iterparse(
            BytesIO(content), tag=f"{_MAIN}c", no_network=True, resolve_entities=False
        ):
            style = cell.get("s")
            if style and style.isdigit() and int(style) < len(self._styles) and self._styles[int(style)]:
                found[cell.get("r") or ""] = self._styles[int(style)]
            cell.clear()
        return found


@lru_cache(maxsize=256)
def _shape(code: str) -> tuple[int, bool, bool] | None:
    """(decimals, thousands separators, percent) of a number format; None for dates, text and General."""
    section = _NOISE.sub("", code.split(";")[0])
    if not re.search(r"[0#?]", section) or re.search(r"[ymdhsE@]|General", section, re.I):
        return None
    whole, _point, decimals = section.partition(".")
    return sum(decimals.count(mark) for mark in "0"), "," in whole, "%" in section


def printed(value: int | float, code: str) -> str | None:
    """The value as the format shows it (half up); None when the format says nothing about digits."""
    shape = _shape(code)
    if shape is None:
        return None
    decimals, separators, percent = shape
    number = Decimal(repr(value)) * (100 if percent else 1)
    number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{number:{',' if separators else ''}f}" + ("%" if percent else "")
