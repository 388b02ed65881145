"""From a cell to a value: text, number, month, date, money, choice. A cell that says nothing is None."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from jingban.values import citizen_id, money, months
from jingban.values.i18n import gettext as _
from jingban.values.money import FEN_MAX


class BadCell(ValueError):
    """Says in Chinese what is wrong with the cell; never repeats its content (it may be a name or a number)."""


_EMPTY = frozenset({"", "-", "—", "/", "无", "NULL", "null", "None", "N/A"})
_DATE = re.compile(r"(?a:(\d{4}))\s*[-/.年]?\s*(?a:(\d{1,2}))\s*[-/.月]?\s*(?a:(\d{1,2}))\s*日?(?:[ T]\d.*)?")
_EXCEL_DIGITS = 15


def plain(cell: Any) -> str:
    """A cell as trimmed text; whole numbers without a decimal point; "" when it says nothing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    value = str(cell).strip().strip("\u3000\ufeff\u00a0")
    return "" if value in _EMPTY else value


def text(cell: Any) -> str:
    """Text; line breaks inside a cell become a space."""
    return " ".join(plain(cell).split())


def id_number(cell: Any) -> str:
    """A number that must be text: Excel keeps only fifteen digits of a number, so a longer one is already spoilt."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**_EXCEL_DIGITS:
        raise BadCell(_("单元格是数值格式，末几位已被 Excel 改成 0；请把该列设为文本后重新填写"))
    value = plain(cell)
    if re.fullmatch(r"\d(\.\d+)?[Ee]\+\d+", value):
        raise BadCell(_("单元格是科学计数法，末几位已经丢失；请把该列设为文本后重新填写"))
    return citizen_id.normalise(value.removeprefix("'"))


def digits(cell: Any) -> str:
    """An account or receipt number as text, blanks out."""
    return id_number(cell)


def whole(cell: Any) -> int:
    """A whole number, zero or more."""
    value = plain(cell).removesuffix("年").removesuffix("个月").replace(",", "")
    if not re.fullmatch(r"(?a:\d{1,9})", value):
        raise BadCell(_("应为整数"))
    return int(value)


def amount(cell: Any) -> int:
    """Yuan to fen. A float cell of a workbook is read as it is shown, to the fen."""
    value: Any = plain(cell).removesuffix("元").replace("¥", "").replace("￥", "").strip()
    if isinstance(cell, float):
        if abs(cell) > FEN_MAX / 1000:
            raise BadCell(_("金额过大"))
        exact = Decimal(repr(cell))
        value = exact.quantize(Decimal("0.01"))
        if abs(exact - value) > Decimal("0.000001"):
            raise BadCell(_("金额最多两位小数"))
    try:
        return money.fen(value)
    except (ValueError, InvalidOperation):
        raise BadCell(_("应为金额（元），最多两位小数")) from None


def date(cell: Any) -> dt.date:
    """``2020-03-05``, ``2020/3/5``, ``20200305``, ``2020年3月5日`` or a date cell."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    matched = _DATE.fullmatch(plain(cell))
    if matched:
        try:
            return dt.date(int(matched[1]), int(matched[2]), int(matched[3]))
        except ValueError:
            pass
    raise BadCell(_("应为日期，如 2020-03-05"))


def month(cell: Any) -> int:
    """``2020-03``, ``202003``, ``2020年3月``, a date or a date cell."""
    if isinstance(cell, dt.date):
        return months.of_date(cell)
    value = plain(cell)
    try:
        return months.parse_month(value)
    except ValueError:
        pass
    try:
        return months.of_date(date(cell))
    except BadCell:
        raise BadCell(_("应为年月，如 2020-03")) from None


def choice(values: Mapping[str, Any]) -> Callable[[Any], Any]:
    """One of the words of ``values`` (word -> meaning)."""

    def read(cell: Any) -> Any:
        value = plain(cell)
        if value not in values:
            raise BadCell(_("只能填：{words}").format(words="、".join(dict.fromkeys(values))))
        return values[value]

    return read
