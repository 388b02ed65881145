"""Moving what two people make and check: runs and credits alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import DatabaseError
from django_fsm import TransitionNotAllowed

from jingban.payments.models.reviewed import Reviewed
from jingban.store import audit
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

R = TypeVar("R", bound=Reviewed)


def move(thing: Any, transition: str, origin: Origin, *args: Any, note: str = "") -> None:
    """Make a move, save it and note it. Raises ``Refused`` PAY-202 when the state does not allow it."""
    try:
        getattr(thing, transition)(*args)
    except TransitionNotAllowed as error:
        raise refuse(
            "PAY-202",
            _("批次 {batch} 现为「{state}」，不能做这一步").format(
                batch=thing.batch, state=thing.state_name()
            ),
        ) from error
    thing.save()
    thing.events.create(origin=origin, state=thing.state, note=note)


def note(action: str, thing: Reviewed, origin: Origin, detail: dict[str, Any]) -> None:
    """Who did what to which batch, on the audit chain."""
    audit.append([audit.Entry(origin.actor, action, thing.batch, detail)], origin.recorded_at)


def agree(find: Callable[[], R], door: Door, noted: Callable[[R, Origin], None]) -> R:
    """Another person agrees: draft -> reviewed, whatever it is that was made.

    Codes: PAY-201 the maker may not review, PAY-202 wrong state, PAY-208 nobody is named for the account.
    """
    text = _("经办人不能复核自己做的批次")
    try:
        with entering(door) as origin:
            thing = find()
            if thing.maker == door.actor:
                raise refuse("PAY-201", text)
            move(thing, "to_reviewed", origin, door.actor)
            noted(thing, origin)
            return thing
    except DatabaseError as error:
        # the triggers know which accounts are one person's, and which nobody's
        if "CAS-004" in str(error):
            raise refuse("PAY-201", text) from None
        if "CAS-006" in str(error):
            unknown = _(
                "账号“{account}”没有登记是谁的，不能复核；请先运行 jingban audit staff {account} 公民身份号码"
            )
            raise refuse("PAY-208", unknown.format(account=door.actor)) from None
        raise
