"""Looking at what is protected is itself a step that is kept: full ID numbers, letters, exports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from jingban.casework.stored import named
from jingban.store import audit
from jingban.values.masking import mask_id


def record_look(
    actor: str, action: str, subject: str, at: dt.datetime, detail: dict[str, Any] | None = None
) -> None:
    """Append to the chain: ``view.full`` (a full number on a screen), ``view.letter``, ``export.…``; ``subject`` masked."""
    with transaction.atomic():
        audit.append([audit.Entry(actor, action, subject, detail or {})], at)


def whose(values: dict[str, Any]) -> str:
    """The masked number that a form names, for the chain."""
    number = named(values)
    return mask_id(number) if number else ""
