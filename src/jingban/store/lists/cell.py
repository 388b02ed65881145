"""What one cell of a list means: text, number, money, day, month. A value that can be read two ways is refused, never guessed."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from jingban.values.i18n import gettext as _
from jingban.values.money import fen
from jingban.values.months import of_date, parse_month

Kind = Literal["text", "digits", "integer", "yuan", "wan", "date", "month", "flag", "choice"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``aliases`` are other names in use, 金保 field names among them; money comes out as fen."""

    key: str
    title: str
    kind: Kind = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, Any] | None = None
    """Printed value → stored value, for ``choice``."""
    help: str = ""
    example: str = ""


BLANK: Final = object()
"""What :func:`value` gives for a cell in which somebody wrote that there is nothing."""
_NOTHING = frozenset(
    ["", "/", "//", "\\", "-", "--", "---", "—", "——", "–", "―", "─", "无", "暂无", "n/a", "null", "#n/a"]
)
DITTO = frozenset(["同上", "〃", "″", '"', "〞", "′′"])
_YES = {"是", "有", "y", "yes", "true", "1", "√", "对"}
_NO = {"否", "无", "n", "no", "false", "0", "×", "-"}
_DATE = re.compile(
    r"(?a:(\d{4}))(?:[-/.年](?a:(\d{1,2}))[-/.月](?a:(\d{1,2}))[日号]?|(?a:(\d\d)(\d\d)))(?:[\sT]+(?a:\d{1,2}:\d\d(:\d\d(\.0+)?)?))?"
)
_JOINT = re.compile(r"\s*([年月])\s*")
_SCIENCE = re.compile(r"(?a:\d(\.\d+[Ee]\+?|[Ee]\+)\d+)")
_GROUPED = re.compile(r"(?a:-?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?)")
_AMOUNT = re.compile(
    r"(?:人民币|rmb|¥)?\s*(-?[\d,]+(?:\.\d*)?)\s*(万元|元整|元|万|圆)?", re.IGNORECASE | re.ASCII
)
_COUNT = re.compile(r"(-?[\d,]+(?:\.0+)?)\s*(个月|年|月|人|次|户|个|岁|笔|天)?", re.ASCII)
_SERIAL = re.compile(r"(?a:[1-7]\d{4}(\.\d+)?)")
_YEARS = range(1880, 2200)
FLOAT_DIGITS_MAX = 15
"""A spreadsheet's number keeps this many digits; what comes after them is lost."""


def blank(raw: Any) -> bool:
    return raw is None or raw == "" or (isinstance(raw, str) and raw.isspace())


def nothing(raw: Any) -> bool:
    """Blank, or a mark that says so."""
    return blank(raw) or text_of(raw).lower() in _NOTHING


def text_of(raw: Any) -> str:
    """A cell as text: whole floats without the point, dates in ISO form, what is invisible and a pasted leading ``'`` left out."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat()
    text = str(raw)
    if not (text.isascii() and text.isprintable()):
        text = "".join(
            letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf"
        )
        text = text.replace("‘", "'").replace("’", "'")
    text = text.strip()
    while text.startswith("'"):
        text = text[1:].lstrip()
    return text


def value(column: Column, raw: Any) -> Any:
    """One typed value, or :data:`BLANK`. Raises ``ValueError(code, message)``: LST-107 to LST-109."""
    text = text_of(raw)
    if column.kind == "flag":
        return _flag(text)
    if column.kind == "choice":
        return _choice(column, text)
    if text.lower() in _NOTHING:
        return BLANK
    match column.kind:
        case "text":
            _whole(raw, text)
            if text in DITTO:
                raise ValueError("LST-108", _("“%(text)s”不能代替填写") % {"text": text})
            return text
        case "digits":
            _whole(raw, text)
            text = "".join(text.split())
            broken = isinstance(raw, float) and not raw.is_integer()
            if broken or not text.isascii() or not any(letter.isdigit() for letter in text):
                raise ValueError("LST-108", _("“%(text)s”不是号码") % {"text": text[:20]})
            return text
        case "integer":
            return _integer(column, text)
        case "yuan":
            return _money(raw, text, 1)
        case "wan":
            return _money(raw, text, 10_000)
        case "date":
            return _date(raw, text)
        case "month":
            return _month(raw, text)
    raise AssertionError(column.kind)


def _flag(text: str) -> Any:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    if text.lower() in _NOTHING:
        return BLANK
    raise ValueError("LST-109", _("应填“是”或“否”"))


def _choice(column: Column, text: str) -> Any:
    choices = column.choices or {}
    known = {plain(name): stored for name, stored in choices.items()}
    # Asked before the blank marks: a list may offer 无 as an answer of its own.
    if plain(text) in known and plain(text):
        return known[plain(text)]
    if text.lower() in _NOTHING:
        return BLANK
    raise ValueError("LST-109", _("只能填：%(names)s") % {"names": "、".join(choices)})


def plain(name: Any) -> str:
    """A column name for comparison: NFKC, lower case, no blanks, marks or bracketed remarks."""
    text = unicodedata.normalize("NFKC", str(name if name is not None else "")).lower()
    return re.sub(r"\(.*?\)|[\s*:：_\-/]", "", text)


def _whole(raw: Any, text: str) -> None:
    """Refuse a number of which a spreadsheet lost the end."""
    if isinstance(raw, float) and (not math.isfinite(raw) or abs(raw) >= 10**FLOAT_DIGITS_MAX):
        raise ValueError("LST-108", _("号码被表格软件存成了数字，末位已丢失；请把该列设为文本后重填"))
    if _SCIENCE.fullmatch(text):
        raise ValueError("LST-108", _("号码成了科学计数法，末位已丢失；请把该列设为文本后重填"))


def _integer(column: Column, text: str) -> int:
    """A whole number; a unit behind it (5年, 139个月) must be one that the column's own names speak of."""
    found = _COUNT.fullmatch(text)
    if found is None or not _GROUPED.fullmatch(found[1]):
        raise ValueError("LST-108", _("不是整数"))
    if found[2] and not any(found[2][-1] in name for name in (column.title, *column.aliases)):
        raise ValueError("LST-108", _("单位“%(unit)s”与这一列不符，请只填数字") % {"unit": found[2]})
    return int(Decimal(found[1].replace(",", "")))


def _money(raw: Any, text: str, factor: int) -> int:
    """Fen. A unit in the cell goes before that of the column; thousands are grouped by three or not at all."""
    wrong = ValueError("LST-108", _("不是金额，或小于一分"))
    if isinstance(raw, float):
        # What a formula computed carries the noise of binary fractions far behind the fen.
        if not abs(raw) < 10 ** (FLOAT_DIGITS_MAX - 2):
            raise wrong
        exact = Decimal(repr(raw)) * factor
        rounded = round(exact, 2)
        if abs(exact - rounded) > Decimal("0.000001"):
            raise wrong
        return fen(rounded)
    found = _AMOUNT.fullmatch(text)
    if found is None or not _GROUPED.fullmatch(found[1]):
        raise wrong
    if found[2]:
        factor = 10_000 if found[2].startswith("万") else 1
    try:
        return fen(Decimal(found[1].replace(",", "")) * factor)
    except ValueError:
        raise wrong from None


def _sensible(year: int) -> bool:
    return year in _YEARS or year == 9999


def _serial(text: str) -> ValueError | None:
    """A day as the number by which a spreadsheet counts it: said, with the day it would be; the count has two beginnings."""
    if not _SERIAL.fullmatch(text):
        return None
    day = dt.date(1899, 12, 30) + dt.timedelta(days=int(text.partition(".")[0]))
    message = _("%(text)s 是表格软件的日期序号（一般为 %(day)s）；请把该列设为日期格式再存")
    return ValueError("LST-107", message % {"text": text, "day": day.isoformat()})


def _date(raw: Any, text: str) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if serial := _serial(text):
        raise serial
    text = _JOINT.sub(r"\1", text)
    matched = _DATE.fullmatch(text)
    try:
        if matched and _sensible(int(matched[1])):
            return dt.date(int(matched[1]), int(matched[2] or matched[4]), int(matched[3] or matched[5]))
    except ValueError:
        pass
    raise ValueError("LST-107", _("不是日期（如 2020-09-01）"))


def _month(raw: Any, text: str) -> int:
    if isinstance(raw, dt.date):
        return of_date(raw)
    if serial := _serial(text):
        raise serial
    if re.fullmatch(r"(?a:\d{4}\.1)", text):
        raise ValueError("LST-107", _("%(text)s 分不清是 1 月还是 10 月（数字末尾的 0 会丢失）；请写成 2020-01 或 2020-10") % {
            "text": text
        })  # fmt: skip
    try:
        found = parse_month(_JOINT.sub(r"\1", text))
        if _sensible(found // 12):
            return found
    except ValueError:
        pass
    try:
        return of_date(_date(raw, text))
    except ValueError:
        raise ValueError("LST-107", _("不是月份（如 2020-09）")) from None
