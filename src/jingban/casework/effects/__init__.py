"""What a decided case does: each effect turns form values into records of one service below and calls it.

The same call with ``dry_run`` is the automatic check when a case is brought: what would be refused then is refused now.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Situation:
    """What an effect may need besides the form: the county, and the day of the decision (given, never read from a clock)."""

    region: str
    today: Any
    makers: Mapping[int, str] = field(default_factory=dict)
    """Row → who brought the case, for effects that record both people."""


Effect = Callable[[Sequence[dict[str, Any]], Door, Situation, Mode, bool], Outcome]
"""(values with their ``row``, door, situation, mode, dry run) → outcome. Findings name the given rows."""


def effect_of(name: str) -> Effect:
    """``benefits.award`` → ``jingban.casework.effects.benefits.award``; CAS-104 when there is none."""
    module, _dot, function = name.partition(".")
    try:
        found = getattr(importlib.import_module(f"jingban.casework.effects.{module}"), function)
    except (ImportError, AttributeError):
        raise refuse("CAS-104", _("没有办理动作“%(name)s”") % {"name": name}) from None
    return found  # type: ignore[no-any-return]
