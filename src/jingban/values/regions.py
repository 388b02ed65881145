"""Region codes: GB/T 2260 six digits, township nine digits (GB/T 10114), village twelve digits (NBS).

The chain of a county is county, city, province, nation; it decides which parameter applies. The first digits of an ID
number are not a residence and never enter here. An agency's own units (``org_unit``) have codes of their own.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Literal

NATION = "000000"
Level = Literal["nation", "province", "city", "county", "township", "village"]

NAMES: dict[str, str] = {NATION: "全国"}
"""Every code of GB/T 2260, of today and of past years (regions.csv); a centre may add its own with :func:`add_name`."""
ENDED: dict[str, int] = {}
"""Codes no longer in use -> the year in which they ended."""
with (Path(__file__).parent / "regions.csv").open(encoding="utf-8") as _file:
    for _row in csv.DictReader(_file):
        NAMES[_row["code"]] = _row["name"]
        if _row["ended"]:
            ENDED[_row["code"]] = int(_row["ended"])
_NO_NAME = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
"""What the standard calls a level that a place has not."""
_OTHER_LAW = ("71", "81", "82", "83")
"""Hong Kong, Macau, Taiwan: the scheme is not theirs."""

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
    names = [name(link) for link in reversed(chain(code)) if link != NATION]
    return "".join(text for text in names if text not in _NO_NAME) or NAMES[NATION]


def known(code: str | int) -> bool:
    """Whether the standard, or the centre, has named the six-digit unit."""
    try:
        return normalise(code)[:6] in NAMES
    except ValueError:
        return False


def provinces() -> tuple[str, ...]:
    """The provinces, autonomous regions and municipalities whose law this is, in order of code."""
    return tuple(
        code
        for code in sorted(NAMES)
        if level(code) == "province" and code not in ENDED and code[:2] not in _OTHER_LAW
    )
