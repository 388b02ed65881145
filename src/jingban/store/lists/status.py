"""A column that says how a person stands (死亡, 暂停, 注销): understood or refused, never dropped.

A list of people with such a column would register the dead as living; what the word says belongs in a list of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from jingban.store.lists.cell import nothing, plain, text_of
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _

_NAMES = ("状态", "是否死亡", "是否暂停", "是否注销", "是否健在", "生存情况", "人员情况", "参保情况")
_GOOD = frozenset(
    [
        "正常",
        "正常参保",
        "正常缴费",
        "正常发放",
        "正常领取",
        "正常享受",
        "在册",
        "参保",
        "参保缴费",
        "缴费",
        "在缴",
        "未缴费",
        "有效",
        "健在",
        "存活",
        "生存",
        "领取",
        "在领",
        "领取中",
        "享受待遇",
        "待遇享受",
        "发放",
        "发放中",
        "待遇领取",
        "已参保",
        "新增",
        "新参保",
        "1",
    ]
)
_WORDS = {
    "deaths": ("死亡", "已故", "去世", "亡", "身故", "病故", "死"),
    "stops": ("暂停", "停发", "停保", "中断", "服刑", "失联", "冻结"),
    "terminations": ("注销", "终止", "退保", "清退", "销户"),
    "transfers": ("转出", "转移", "迁出", "外迁"),
}
_YES_NO = {
    "是": True,
    "有": True,
    "y": True,
    "1": True,
    "否": False,
    "n": False,
    "0": False,
    "√": True,
    "×": False,
}


def is_status(name: str) -> bool:
    """Whether an unknown column is one of these."""
    told = plain(name)
    return told.endswith("状态") or any(told == plain(known) for known in _NAMES)


def check(
    list_name: str,
    column: str,
    cells: Iterable[tuple[int, Sequence[Any]]],
    place: int,
    reason: int | None = None,
) -> list[Finding]:
    """Findings LST-119 of every row whose word says more than that all is well.

    ``list_name``: a death is no news to a list of deaths; ``reason``: place of the reason for a stoppage, which says it in our words.
    """
    asked = next((name for name in _WORDS if any(word in plain(column) for word in _WORDS[name])), "")
    findings = []
    for row, values in cells:
        raw = _at(values, place)
        if nothing(raw):
            continue
        word = text_of(raw)
        where = _where(word, asked, plain(column))
        explained = where == "stops" and reason is not None and not nothing(_at(values, reason))
        if where and not explained and not _same(where, list_name):
            findings.append(Finding("LST-119", _message(where, word), row=row, column=column))
    return findings


def _at(values: Sequence[Any], place: int) -> Any:
    return values[place] if place < len(values) else None


def _where(word: str, asked: str, column: str) -> str:
    """The list to which the word belongs; empty when all is well; ``?`` for a word that is not known."""
    told = _YES_NO.get(word.lower())
    if told is not None and (asked or "健在" in column):
        bad = not told if "健在" in column else told
        return (asked or "deaths") if bad else ""
    if plain(word) in _GOOD:
        return ""
    return next((name for name, words in _WORDS.items() if any(known in word for known in words)), "?")


def _same(where: str, list_name: str) -> bool:
    return where.rstrip("s") in list_name


def _message(where: str, word: str) -> str:
    if where == "?":
        return _("不认识的状态“{word}”：确认不影响时，用 --column 列名= 不读这一列").format(word=word)
    return _("状态是“{word}”，这份名册不办这件事：请把此人从这里删去，改用 jingban template {name} 的名册；已不领待遇而要建档的，填暂停原因").format(
        word=word, name=where
    )  # fmt: skip
