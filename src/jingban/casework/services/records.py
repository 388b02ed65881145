"""The records a correction can name: what the register holds of a person, with the numbers of the facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jingban.casework.effects.corrections import fact_model
from jingban.casework.kind import kind_of
from jingban.casework.letter_facts import show_value
from jingban.registry.person_rows import find_persons
from jingban.registry.services.correct import FIXED
from jingban.store import live
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER

_MONTHS = {"month", "valid_from", "valid_to", "from_month", "start_month"}
PROTECTED = {"id_number", "name", "account", "phone", "address"}
"""Columns whose content is protected; they are named without it."""


@dataclass(frozen=True, slots=True)
class Record:
    """``kind``: the word for the form; ``columns``: what can be corrected, title → what it says now."""

    kind: str
    fact_id: int
    columns: dict[str, str]


def records_of(reference: str) -> list[Record]:
    """Live records of one person in the order of the form's kinds. Refuses REG-101 when there is no such person."""
    found = find_persons([reference])[reference]
    if len(found) != 1:
        raise refuse("REG-101", _("登记簿中没有此人"))
    listed: list[Record] = []
    for word, code in (kind_of("correction").column("record").choices or {}).items():
        model = fact_model(str(code))
        fields = [field for field in model._meta.concrete_fields if field.name not in FIXED]
        for pk, *values in live.by_person(model, ["id", *(field.name for field in fields)], found).get(
            found[0], ()
        ):
            shown = {
                str(f.verbose_name): _shown(f, value)
                for f, value in zip(fields, values, strict=True)
                if value not in ("", None)
            }
            listed.append(Record(word, pk, shown))
    return listed


def _shown(field: Any, value: Any) -> str:
    if field.name in PROTECTED:
        return "…"
    if field.name in _MONTHS:
        return "—" if value == FOREVER else show_value("month", value)
    return show_value("yuan", value) if field.name.endswith("_fen") else str(value)
