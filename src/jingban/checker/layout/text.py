"""Text helpers shared by readers, layout and rules: normalising for matching, joining broken lines, number shapes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Protocol

from jingban.values.patterns import HAN, lazy

CJK = lazy(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SIGN = r"[\u3000-\u303f\uff01-\uff60“”‘’…—≥≤≧≦＞＜①-⑳、，。；：？！（）【】《》]"
_SPACE_BY_WIDE = lazy(rf"(?:(?<={HAN})|(?<={_SIGN}))\s+|\s+(?=(?:{HAN}|{_SIGN}))")
_KEEP = lazy(r"([\u00b2\u00b3\u00b9\u00bc-\u00be\u2026\u2070-\u2079\u2150-\u218b\u2460-\u24ff\u33a1]+)")
_SPACES = lazy(r"\s+")
_INVISIBLE = lazy("[\u200b-\u200f\u2060\ufeff\u00ad]")

NUMBER = lazy(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
NUMERIC = lazy(
    r"[-+−(]?\s*(?:\d{1,3}(?:,\d{3})+|\d[\d ]*)(?:\.\d+)?\s*\)?\s*(?:%+|‰|万元|亿元|元|万人|亿人|万|亿|人次|人|分|个|次|家|件|辆)?"
)
TOTAL = lazy(r"(总分|合计|总计|小计|总得分|合计得分|合计分|总分值)(\(.*\))?[:：]?")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _simplifier() -> _Converter:
    """OpenCC's Traditional-to-Simplified table, loaded at first need (about 20 ms)."""
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _traditional_hint() -> re.Pattern[str]:
    """Common characters that only Traditional text uses: without one of them nothing needs converting."""
    return re.compile(
        "[國會計經費預決總額務據說況業養險門單財撥與員項營屬級補繳購廳縣區鄉鎮標績質數達實際執產為萬億無從圍開關體"
        "這個們來時對發動進過還後種類現長機構設備場領導報車運護維較減漲幅負債資產權責審計畫劃結轉餘]"
    )


def simplify(text: str) -> str:
    """Simplified characters; text that shows no Traditional character is returned as it is, without loading OpenCC."""
    return _simplifier().convert(text) if _traditional_hint().search(text) else text


def squeeze(text: str) -> str:
    """One line: white space beside a wide character goes, any other run of it becomes one space."""
    return _SPACES.sub(" ", _SPACE_BY_WIDE.sub("", _INVISIBLE.sub("", text))).strip()


@lru_cache(maxsize=65536)
def cell_text(text: str) -> str:
    """What a cell says: NFKC, one line, spaces between Han characters removed. Line breaks inside a cell join."""
    return squeeze(fold_width(text.replace("\r", "\n").replace("\n", "")))


def normalise(text: str) -> str:
    """The form for matching: NFKC, Simplified, no white space at all.

    >>> normalise("財政撥款　收入 （萬元）")
    '财政拨款收入(万元)'
    """
    return simplify(_SPACES.sub("", _INVISIBLE.sub("", fold_width(text))))


def fold_width(text: str) -> str:
    """NFKC for everything but circled digits, fractions, superscripts, ㎡ and the ellipsis: those would turn into figures
    or dots that nobody printed (2分② -> 2分2).
    """
    if text.isascii():
        return text
    return "".join(
        part if number % 2 else unicodedata.normalize("NFKC", part)
        for number, part in enumerate(_KEEP.split(text))
    )


def is_numeric(text: str) -> bool:
    """True when the whole cell is one number, with its unit or percent sign (``1,234.50``, ``10 0%``, ``56万元``)."""
    return NUMERIC.fullmatch(text) is not None


def is_amount(text: str) -> bool:
    """True for a figure that cannot be an ordinal: decimals, thousands separators, a percent sign or a unit."""
    return is_numeric(text) and not re.fullmatch(r"\d+", text)


def is_ordinal(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}", text) is not None


def is_total(text: str) -> bool:
    """True for a label that heads a total row: 合计, 总计, 总分, 本年收入合计 is not one."""
    return TOTAL.fullmatch(text) is not None
