"""Correct or withdraw single facts: a new row supersedes the old one (R0-08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction

from jingban.registry.models import PersonFact
from jingban.store import bulk, live
from jingban.store.models import Fact
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.store.supersede import supersede
from jingban.values.i18n import gettext as _

FIXED = frozenset(
    {"id", "person", "person_id", "origin", "origin_id", "supersedes", "supersedes_id", "retracted"}
)


@dataclass(slots=True, kw_only=True)
class CorrectionRecord:
    """``changes`` by field name; ``withdraw`` takes the fact back as if it had never been."""

    fact_id: int
    changes: Mapping[str, Any] = field(default_factory=dict)
    withdraw: bool = False
    row: int | None = None


def correct(
    model: type[models.Model],
    records: Iterable[CorrectionRecord],
    door: Door,
    *,
    mode: Mode = "refuse_all",
    dry_run: bool = False,
) -> Outcome:
    """Codes: REG-401 no such live fact, REG-402 field unknown or not to be changed, REG-403 nothing to change,
    REG-404 the corrected row contradicts itself (a database constraint)."""
    if not issubclass(model, Fact):
        raise TypeError(f"{model.__name__} is no fact")
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        sheet.once({i: r.fact_id for i, r in sheet.good()}, "REG-401", _("与第 {row} 行是同一条"))
        table = model._meta.db_table
        owner = "f.person_id" if issubclass(model, PersonFact) else "0"
        found = dict(
            bulk.fetch(
                f"SELECT f.id, {owner} FROM {table} f WHERE {bulk.among('f.id')} AND {live.where(table, 'f')}",
                [bulk.listed(record.fact_id for record in sheet.records)],
            )
        )
        for index, record in list(sheet.good()):
            if record.fact_id not in found:
                sheet.reject(index, "REG-401", _("没有此条有效记录，可能已被更正"))
            elif not record.withdraw and not record.changes:
                sheet.reject(index, "REG-403", _("没有要更正的内容"))
            elif wrong := [name for name in record.changes if not _changeable(model, name)]:
                sheet.reject(index, "REG-402", _("不能更正此栏：{fields}").format(fields="、".join(wrong)))
            else:
                sheet.people[index] = found[record.fact_id]
        rows = sheet.decide()
        changes = {r.fact_id: {**r.changes, **({"retracted": True} if r.withdraw else {})} for _i, r in rows}
        try:
            with transaction.atomic():
                supersede(model, origin, changes)
        except IntegrityError:
            for index, _record in rows:
                sheet.reject(index, "REG-404", _("更正后的内容自相矛盾（起止颠倒或缺少必填项）"))
            sheet.mode = "refuse_all"
            sheet.decide()
        return sheet.outcome(origin)


def _changeable(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return name not in FIXED
