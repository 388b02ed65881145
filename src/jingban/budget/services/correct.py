"""Correct and withdraw what stands in the books: a new row supersedes the old one, which stays as it was known.

Codes BUD-1xx: 108 the correction leaves payments without their appropriation, 113 no longer in force (corrected or withdrawn
meanwhile), 114 no reason given; and everything that :mod:`jingban.budget.services.record` says of a new row. A unit or a
project keeps its code (116) and is withdrawn only when nothing is left under it (115).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError

from jingban.budget.book import live
from jingban.budget.models import BudgetFact
from jingban.budget.models.money import Line
from jingban.budget.services.record import facts_of, lines_of, pots
from jingban.budget.services.register import Details, details_of, unused
from jingban.store import audit
from jingban.store.models import Fact, Origin
from jingban.store.origins import Door, entering
from jingban.store.rows import Outcome, Rows
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan

Kept = BudgetFact | Details
"""What may be corrected: every fact of the books, and what is said of a unit or project."""


def correct(old: Kept, record: Any, door: Door) -> Outcome:
    """Put ``record`` in the place of a live row, with the checks of a new one. ``door.note`` says why (BUD-114)."""
    _in_force(old, door)
    try:
        with entering(door) as origin:
            sheet = Rows([record])
            [row] = _instead(old, sheet)
            row.origin, row.supersedes = origin, old
            row.save(force_insert=True)
            if isinstance(old, BudgetFact) and isinstance(row, BudgetFact):
                _covered(old, row)
            _keep(old, door, origin, "budget.corrected")
            return sheet.outcome(origin, accepted=1)
    except IntegrityError:
        raise refuse("BUD-113", _("这一条已被更正或撤回，请刷新")) from None


def _instead(old: Kept, sheet: Rows[Any]) -> Sequence[Fact]:
    if isinstance(old, Line):
        return lines_of(type(old), sheet, old)
    return facts_of(sheet, old) if isinstance(old, BudgetFact) else details_of(old, sheet)


def withdraw(old: Kept, door: Door) -> None:
    """Take a live row back. ``door.note`` says why (BUD-114)."""
    _in_force(old, door)
    try:
        with entering(door) as origin:
            if not isinstance(old, BudgetFact):
                unused(old)
            row = type(old)._default_manager.get(pk=old.pk)
            row.pk, row.origin, row.supersedes, row.retracted = None, origin, old, True
            row.save(force_insert=True)
            if isinstance(old, BudgetFact):
                _covered(old)
            _keep(old, door, origin, "budget.withdrawn")
    except IntegrityError:
        raise refuse("BUD-113", _("这一条已被更正或撤回，请刷新")) from None


def _in_force(old: Kept, door: Door) -> None:
    if not live(type(old)).filter(pk=old.pk).exists():
        raise refuse("BUD-113", _("这一条已被更正或撤回，请刷新"))
    if not door.note.strip():
        raise refuse("BUD-114", _("没有写明更正或撤回的原因"))


def _covered(*rows: BudgetFact) -> None:
    """An appropriation may not shrink below what has been paid out of it."""
    for pot, left in pots({row.year for row in rows}).items():
        if left < 0:
            raise refuse(
                "BUD-108",
                _("更正后科目%(code)s的支出将超过指标%(over)s元")
                % {"code": pot[3], "over": format_yuan(-left)},
                column=_("金额"),
            )


def _keep(old: Kept, door: Door, origin: Origin, action: str) -> None:
    subject = f"{old._meta.label_lower} {old.pk}"
    audit.append([audit.Entry(door.actor, action, subject, {"原因": door.note})], origin.recorded_at)
