"""Chinese words for the code numbers in steps, and the formatter of their explanations."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jingban.policy.catalogue import GROUP_TITLES, GROUPS, PAYER_TITLES, PAYERS
from jingban.schemes.loader import RESIDENTS
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import format_month

ITEMS = {item.number: item.title for item in RESIDENTS.items.values()}
CHANNELS = {
    1: "发到本人账户",
    2: "付给继承人",
    3: "转为应追回款",
    4: "暂不支付（已计）",
    5: "项目间冲抵，不动钱",
}
GATES = {0: "可以支付", 1: "付给继承人", 2: "暂不支付"}
REASONS = {
    0: "",
    1: "（已死亡）",
    2: "（暂停支付中）",
    3: "（资格认证已过期）",
    4: "（已领取其他养老待遇）",
    5: "（已死亡，未登记遗属领取人）",
}
MISSED = {
    1: "缴费未到账",
    2: "只有补缴、集体补助或他年缴费",
    3: "不足本人可选的最低档",
    4: "所缴档次没有补贴",
    5: "年初前已死亡",
    6: "年初前已领取待遇",
    7: "年初前已超过缴费年龄",
    8: "年末仍不到参保年龄",
    9: "所属身份没有代缴标准",
    10: "认定期间不在身份内",
    11: "账户已付清，不再计息",
    12: "账户没有余额",
}
"""Why somebody is not credited (``missed`` of the steps ``…_missed``)."""
_PAYERS = {number: PAYER_TITLES[name] for name, number in PAYERS.items()} | {0: "分担未查实"}
_GROUPS = {number: GROUP_TITLES[name] for name, number in GROUPS.items()}


def _named(names: Mapping[int, str]) -> Callable[[int], str]:
    return lambda code: _(names[code]) if names.get(code) else "" if code in names else str(code)


_FORMATS: dict[str, Callable[[int], str]] = {
    "yuan": format_yuan,
    "month": format_month,
    "before": lambda month: format_month(month - 1),
    "percent": lambda ppm: f"{(Decimal(ppm) / 10_000).normalize():f}%",
    "item": _named(ITEMS),
    "channel": _named(CHANNELS),
    "gate": _named(GATES),
    "reason": _named(REASONS),
    "payer": _named(_PAYERS),
    "group": _named(_GROUPS),
}


class _Formatter(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        return _FORMATS[format_spec](value) if format_spec else str(value)


def sentence(template: str, row: Mapping[str, int]) -> str:
    """A step's explanation with the numbers of one row. Raises ``KeyError`` for an unknown column or format."""
    return _Formatter().format(template, **row)
