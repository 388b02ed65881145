"""Notes of the readers as answers of the I1 rules: 'not verified', with the reader's own reason."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.checker.context import Context
from jingban.checker.rule import Unverified
from jingban.values.i18n import gettext as _


def bridged(context: Context, code: str) -> Iterator[Unverified]:
    """Every note of one code."""
    for note in context.document.notes:
        if note.code == code:
            yield Unverified(_("输入"), note.source, note.message)
