"""Every list the register takes; one kind per file. ``get(name)`` loads it."""

from __future__ import annotations

import importlib

from jingban.registry.lists.kind import ListKind

NAMES = {
    "people": "人员（期初：人员、年限、余额、待遇一次导入）",
    "enrolments": "新参保",
    "contributions": "缴费（税务回传）",
    "accounts": "银行账户",
    "groups": "群体身份",
    "awards": "待遇核定",
    "certifications": "资格认证",
    "deaths": "死亡",
    "stops": "暂停",
    "resumptions": "恢复",
}
"""Name -> label (Chinese source text; translated when shown)."""


def get(name: str) -> ListKind:
    """Raises ``KeyError`` for an unknown name."""
    if name not in NAMES:
        raise KeyError(name)
    kind: ListKind = importlib.import_module(f"{__name__}.{name}").KIND
    return kind
