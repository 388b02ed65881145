"""Effect of a correction (R0-08): one recorded fact gets a successor, or is taken back as if it had never been.

Codes CAS-52x: 521 no such kind of record or column, 522 the new value cannot be read, 523 neither value nor withdrawal,
524 the booking of a payment run is corrected by the next run, not by hand, 527 number and birth date change together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from jingban.casework.effects import Situation
from jingban.casework.effects.consequences import correct_with_consequences
from jingban.casework.effects.together import together
from jingban.registry.models import AccountEntry, Identity, PersonFact
from jingban.registry.services.correct import CorrectionRecord
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.money import fen
from jingban.values.months import of_date, parse_month

Values = Sequence[dict[str, Any]]
_OF_RUNS = ("run:", "payment-failed", "set-off", "contribution", "owed")
"""Causes of entries that follow from something else; that is what must be corrected."""
_MONTHS = {"month", "valid_from", "valid_to", "from_month", "start_month"}


def correct_fact(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """差错更正: what rests on the fact follows (``consequences``); money is claimed or paid by the next run."""

    def act(rows: Values) -> Outcome:
        findings: list[Finding] = []
        made = Outcome(0, [])
        for row in rows:
            try:
                one = _correct_one(row, door)
            except Refused as refused:
                findings.extend(
                    Finding(f.code, f.message, f.severity, row["row"], f.column, f.subject)
                    for f in refused.findings
                )
            else:
                made = Outcome(made.accepted + 1, made.findings + one.findings, one.origin_id)
        if findings:
            raise Refused(findings)
        return made

    return together(values, mode, dry_run, act)


def _correct_one(row: dict[str, Any], door: Door) -> Outcome:
    model = fact_model(row["record"])
    change = {} if row.get("withdraw") else _change(model, row)
    if model is AccountEntry:
        _refuse_derived(row["fact_id"])
    record = CorrectionRecord(
        fact_id=row["fact_id"], changes=change, withdraw=bool(row.get("withdraw")), row=row["row"]
    )
    return correct_with_consequences(model, record, door)


def fact_model(name: str) -> type[models.Model]:
    """The fact table called so in the register (``death``, ``contribution`` …). CAS-521."""
    try:
        model = apps.get_model("registry", name)
    except LookupError:
        model = None
    if model is None or not issubclass(model, PersonFact):
        raise refuse("CAS-521", _("没有“%(name)s”这种记录") % {"name": name})
    return model


def _change(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    name, text = str(row.get("column") or ""), row.get("value")
    if not name or text in (None, ""):
        raise refuse("CAS-523", _("要么写明栏目和更正后的内容，要么撤回"))
    titled = {field.verbose_name: field.name for field in model._meta.concrete_fields}
    name = titled.get(name, name)
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        field = None
    if not isinstance(field, models.Field) or field.is_relation or field.primary_key:
        raise refuse("CAS-521", _("没有可更正的“%(name)s”这一栏") % {"name": name})
    if model is Identity and name in ("id_number", "birth_date", "id_status"):
        raise refuse("CAS-527", _("证件号码和出生日期须一起改，请办“关键信息变更”"))
    try:
        value = _read(field, str(text))
    except (ValueError, ValidationError):
        raise refuse(
            "CAS-522", _("“%(text)s”读不成“%(name)s”") % {"text": text, "name": field.verbose_name}
        ) from None
    change = {name: value}
    if model.__name__ == "Death" and name == "died_on":
        change["month"] = of_date(value)
    return change


def _read(field: Any, text: str) -> Any:
    """Text as the field stores it: yuan for money, 2020-03 for months, ISO dates."""
    if isinstance(field, models.DateField):
        return dt.date.fromisoformat(text)
    if field.name.endswith("_fen"):
        return fen(text)
    if field.name in _MONTHS:
        return parse_month(text)
    return field.clean(text, None)


def _refuse_derived(entry_id: int) -> None:
    found = AccountEntry.objects.filter(pk=entry_id).first()
    if found is not None and found.cause.startswith(_OF_RUNS):
        raise refuse("CAS-524", _("此笔由“%(cause)s”产生，应更正其依据") % {"cause": found.cause})
