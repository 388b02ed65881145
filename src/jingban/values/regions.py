"""Region codes: GB/T 2260 six digits, township nine digits (GB/T 10114), village twelve digits (NBS).

The chain of a county is county, city, province, nation; it decides which parameter applies. The first digits of an ID
number are not a residence and never enter here. An agency's own units (``org_unit``) have codes of their own.
"""

from __future__ import annotations

import re
from typing import Literal

NATION = "000000"
Level = Literal["nation", "province", "city", "county", "township", "village"]

NAMES: dict[str, str] = {
    NATION: "全国",
    "310000": "上海市",
    "340000": "安徽省",
    "340200": "芜湖市",
    "360000": "江西省",
    "370000": "山东省",
    "370100": "济南市",
    "410000": "河南省",
    "410100": "郑州市",
    "420000": "湖北省",
    "420500": "宜昌市",
    "430000": "湖南省",
    "430100": "长沙市",
    "430200": "株洲市",
    "430204": "石峰区",
    "430300": "湘潭市",
    "430302": "雨湖区",
    "431200": "怀化市",
    "431202": "鹤城区",
    "500000": "重庆市",
    "510000": "四川省",
    "510100": "成都市",
    "510400": "攀枝花市",
    "510402": "东区",
    "510403": "西区",
    "510411": "仁和区",
    "510421": "米易县",
    "510422": "盐边县",
    "511900": "巴中市",
    "511902": "巴州区",
    "511903": "恩阳区",
    "511921": "通江县",
    "511922": "南江县",
    "511923": "平昌县",
}
"""Regions that the shipped parameters and samples name (domain.md 6.2); a centre may add its own with :func:`add_name`."""

_CODE = re.compile(r"(?a:\d{6}|\d{9}|\d{12})")


def normalise(code: str | int) -> str:
    """Digits as text: 6, 9 or 12 long. Twelve digits ending in 000 / 000000 shorten to the unit they name.

    Raises ``ValueError`` for anything else.
    """
    text = f"{code:06d}" if isinstance(code, int) else code.strip()
    if not _CODE.fullmatch(text):
        raise ValueError(f"not a region code: {code!r}")
    while len(text) > 6 and text.endswith("000"):
        text = text[:-3]
    return text


def level(code: str | int) -> Level:
    """Which kind of unit a code names."""
    text = normalise(code)
    if len(text) == 12:
        return "village"
    if len(text) == 9:
        return "township"
    if text == NATION:
        return "nation"
    if text.endswith("0000"):
        return "province"
    return "city" if text.endswith("00") else "county"


def parent(code: str | int) -> str | None:
    """The unit above; None above the nation."""
    text = normalise(code)
    match level(text):
        case "village" | "township":
            return text[:-3]
        case "county":
            return text[:4] + "00"
        case "city":
            return text[:2] + "0000"
        case "province":
            return NATION
        case _:
            return None


def chain(code: str | int) -> tuple[str, ...]:
    """The unit itself and everything above it, nearest first: ``510421, 510400, 510000, 000000``."""
    links = []
    current: str | None = normalise(code)
    while current is not None:
        links.append(current)
        current = parent(current)
    return tuple(links)


def county(code: str | int) -> str:
    """The six-digit county of a county, township or village. Raises ``ValueError`` above county level."""
    text = normalise(code)
    if level(text) not in ("county", "township", "village"):
        raise ValueError(f"{text} lies above county level")
    return text[:6]


def contains(outer: str | int, inner: str | int) -> bool:
    """True when ``inner`` is ``outer`` or lies in it."""
    return normalise(outer) in chain(inner)


def region_id(code: str | int) -> int:
    """The int64 key of a county in rule tables: ``510421``."""
    return int(normalise(code)[:6])


def add_name(code: str | int, name: str) -> None:
    """Name a further region (from a centre's settings or an imported list)."""
    NAMES[normalise(code)] = name


def name(code: str | int) -> str:
    """The name, or the code itself when no name is known."""
    text = normalise(code)
    return NAMES.get(text, text)


def full_name(code: str | int) -> str:
    """``四川省攀枝花市米易县``"""
    links = [link for link in reversed(chain(code)) if link != NATION]
    return "".join(name(link) for link in links) or NAMES[NATION]
