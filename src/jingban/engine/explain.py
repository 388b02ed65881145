"""Why one person gets one amount: the steps' own rows, step by step (R0-06)."""

from __future__ import annotations

from dataclasses import dataclass

from jingban.engine.base import Engine
from jingban.rules.loader import order, steps
from jingban.rules.titles import sentence
from jingban.values.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Explained:
    """One row of one step: its columns as computed, and the same as a sentence with the numbers in it."""

    step: str
    subject: str
    rules: tuple[str, ...]
    law: str
    values: dict[str, int]
    text: str


def explain(db: Engine, person_id: int, month: int, target: str = "lines") -> list[Explained]:
    """Rows of every explained step below ``target`` that speak of this person and entitlement month, in order.

    The relations must have been provided; steps are built when they are not there yet. Rows of county steps (the layers of
    the basic pension) are those of the person's county and month, rows without a month those of the person.
    """
    db.build(target)
    regions = [
        row[0] for row in db.rows(f"SELECT region_id FROM f_person WHERE person_id = {int(person_id)}")
    ]
    found = []
    for step in order([target], steps()):
        if not step.explain or step.name not in db.provided():
            continue
        conditions = [f"month = {int(month)}"] if "month" in step.gives else []
        if "person_id" in step.gives:
            conditions.append(f"person_id = {int(person_id)}")
        elif "region_id" in step.gives:
            conditions.append(f"region_id = {regions[0] if regions else 0}")
        for row in db.step_rows(step.name, " AND ".join(conditions)):
            values = dict(zip(step.gives, row, strict=True))
            found.append(
                Explained(
                    step.name,
                    _(step.subject),
                    step.rules,
                    step.law,
                    values,
                    sentence(_(step.explain), values),
                )
            )
    return found
