"""Kinds of suspicions in the reader's words: those of other bodies' lists, of the standing checks, of objections."""

from __future__ import annotations

from jingban.safeguards.checks import CHECKS
from jingban.values.i18n import gettext as _

_LISTED = {
    "death": "名单显示死亡",
    "prison": "名单显示服刑",
    "dual_receipt": "名单显示重复领取",
    "dual_insured": "名单显示重复参保",
    "household": "名单显示户籍注销",
    "objection": "公示异议",
}


def title(kind: str) -> str:
    """The words for a kind; the kind itself when it is not known."""
    if kind in CHECKS:
        return _(CHECKS[kind][0])
    return _(_LISTED.get(kind, kind))
