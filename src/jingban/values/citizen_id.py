"""Citizen ID numbers (公民身份号码, GB 11643-1999): 6 region + 8 birth date + 3 sequence + check character.

Numbers that fail are classified, never repaired (domain.md 6.1). The first six digits are the region of *first issue*
and must not be used as residence.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from jingban.values.i18n import gettext as _

_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘx", "0123456789XXX")
_SPACES = str.maketrans("", "", " \t\u3000-\u00a0")
_EARLIEST_YEAR = 1850


class IdStatus(StrEnum):
    """What a number is. Only ``ok`` may identify a person; everything else is parked for review."""

    OK = "ok"
    LEGACY_15 = "legacy_15"
    BAD_CHECK = "bad_check"
    BAD_DATE = "bad_date"
    BAD_FORM = "bad_form"


Holder = Literal["citizen", "hong_kong", "macau", "taiwan", "foreign"]
_HOLDERS: dict[str, Holder] = {"81": "hong_kong", "82": "macau", "83": "taiwan"}
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
    ]
)


@dataclass(frozen=True, slots=True)
class CitizenId:
    """A read number. ``birth``, ``sex`` and ``holder`` are None unless they could be read without doubt."""

    number: str
    status: IdStatus
    holder: Holder | None = None
    birth: dt.date | None = None
    sex: Literal["male", "female"] | None = None

    @property
    def ok(self) -> bool:
        return self.status is IdStatus.OK


def normalise(text: str) -> str:
    """Spaces out, full-width digits narrow, X upper-case; nothing else is touched."""
    return text.translate(_WIDTH).translate(_SPACES)


def check_character(first17: str) -> str:
    """The eighteenth character (ISO 7064 MOD 11-2) of seventeen digits."""
    if len(first17) != 17 or not (first17.isascii() and first17.isdigit()):
        raise ValueError("needs seventeen digits")
    from stdnum.iso7064 import (
        mod_11_2,  # late: it brings in ssl and pydoc, which a document check never needs
    )

    return str(mod_11_2.calc_check_digit(first17))


def parse(text: str) -> CitizenId:
    """Classify one number; never raises.

    ``legacy_15``: the pre-1999 form, kept as it stands (its century and check are a guess that somebody must confirm).
    """
    number = normalise(text)
    if len(number) == 15 and number.isascii() and number.isdigit():
        return CitizenId(number, IdStatus.LEGACY_15)
    if (
        len(number) != 18
        or not number.isascii()
        or not number[:17].isdigit()
        or number[17] not in "0123456789X"
    ):
        return CitizenId(number, IdStatus.BAD_FORM)
    holder = _holder(number)
    if holder is None:
        return CitizenId(number, IdStatus.BAD_FORM)
    if check_character(number[:17]) != number[17]:
        return CitizenId(number, IdStatus.BAD_CHECK, holder)
    try:
        birth = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return CitizenId(number, IdStatus.BAD_DATE, holder)
    if birth.year < _EARLIEST_YEAR:
        return CitizenId(number, IdStatus.BAD_DATE, holder)
    return CitizenId(number, IdStatus.OK, holder, birth, "male" if int(number[16]) % 2 else "female")


def _holder(number: str) -> Holder | None:
    if (
        number[0] == "9"
    ):  # 2023 form of the foreign permanent resident card: 9 + province 2 + nationality 3 + birth …
        return "foreign"
    prefix = number[:2]
    return "citizen" if prefix in _PROVINCES else _HOLDERS.get(prefix)


def is_valid(text: str) -> bool:
    """True when the number may identify a person."""
    return parse(text).ok


def generate(region: str, birth: dt.date, sequence: int) -> str:
    """A valid number for a synthetic person: six-digit region, birth date, sequence 1..999 (odd male, even female)."""
    if len(region) != 6 or not (region.isascii() and region.isdigit()):
        raise ValueError(f"not a six-digit region: {region!r}")
    if not 0 <= sequence <= 999:
        raise ValueError(f"sequence {sequence} is not 0..999")
    first17 = f"{region}{birth:%Y%m%d}{sequence:03d}"
    return first17 + check_character(first17)


def explain(status: IdStatus) -> str:
    """Why a number cannot identify a person, for messages; empty for ``ok``."""
    return {
        IdStatus.OK: "",
        IdStatus.LEGACY_15: _("15 位旧号，须由本人证件核定 18 位号码，系统不自动转换"),
        IdStatus.BAD_CHECK: _("校验码不符"),
        IdStatus.BAD_DATE: _("出生日期不存在"),
        IdStatus.BAD_FORM: _("不是 18 位公民身份号码"),
    }[status]
