"""Register budget units and projects: a row that stands for ever under its code, and what is said of it, which may be corrected.

Codes BUD-1xx: 101 unknown unit, 110 value not allowed, 111 code already registered, 115 still used and not to be withdrawn,
116 a correction that would change the code.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.db import models

from jingban.budget.book import live
from jingban.budget.models import Project, ProjectDetails, Unit, UnitDetails
from jingban.budget.records import ProjectRecord, UnitRecord
from jingban.budget.services.checks import choices_of, units_of
from jingban.store.models import Fact, Origin
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

Details = UnitDetails | ProjectDetails
Known = dict[tuple[str, ...], Any]
"""Code (of a project: after that of its unit) → what is or was registered under it."""
OWNER: dict[type[Fact], str] = {UnitDetails: "unit", ProjectDetails: "project"}
"""Details → the field that names what they are said of."""


def register_units(
    records: Iterable[UnitRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Register budget units. BUD-111 when the code is taken; the code of a withdrawn unit may be registered anew."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        known: Known = {(unit.code,): unit for unit in Unit._base_manager.prefetch_related("versions")}
        for index, record in list(sheet.good()):
            choices_of(sheet, index, UnitDetails, record)
        rows = _free(sheet, known)
        for key, record in rows:
            unit = known.get(key) or Unit.objects.create(code=record.code, origin=origin)
            _say(UnitDetails, unit, record, origin)
        return sheet.outcome(origin, accepted=len(rows))


def register_projects(
    records: Iterable[ProjectRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Register projects of a unit. BUD-111 when the code is taken; the code of a withdrawn project may be registered anew."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        units = units_of(sheet)
        found = Project._base_manager.select_related("unit").prefetch_related("versions")
        known: Known = {(project.unit.code, project.code): project for project in found}
        rows = _free(sheet, known)
        for key, record in rows:
            unit = units[record.unit]
            project = known.get(key) or Project.objects.create(unit=unit, code=record.code, origin=origin)
            _say(ProjectDetails, project, record, origin)
        return sheet.outcome(origin, accepted=len(rows))


def details_of(old: Details, sheet: Rows[Any]) -> list[Fact]:
    """The details to write in the place of ``old``, checked, not yet written. The code names the row and stays (BUD-116)."""
    owner = getattr(old, OWNER[type(old)])
    for index, record in list(sheet.good()):
        choices_of(sheet, index, type(old), record)
        if _key(record) != _key_of(owner):
            message = _("代码是登记的标识，不能更正；登记错了请撤回，再用正确的代码登记")
            sheet.reject(index, "BUD-116", message, column=_("单位代码") if record.code == owner.code else _(owner._meta.get_field("code").verbose_name))  # fmt: skip
    return [_details(type(old), owner, record) for _index, record in sheet.decide()]


def unused(details: Details) -> None:
    """Refuse (BUD-115) while anything that holds names the unit or project."""
    owner = getattr(details, OWNER[type(details)])
    used = [
        _("%(what)s%(count)s条") % {"what": _(str(table._meta.verbose_name)), "count": count}
        for table, count in _naming(owner)
    ]
    if used:
        raise refuse(
            "BUD-115",
            _("“%(name)s”名下还有记录，不能撤回：%(used)s")
            % {"name": owner.name, "used": _("、").join(used)},
        )


def _naming(owner: Unit | Project) -> Iterable[tuple[type[models.Model], int]]:
    """Every kind of fact, of this room and those above, with rows in force that point here."""
    for relation in owner._meta.get_fields(include_hidden=True):
        table = relation.related_model
        if not relation.one_to_many or not isinstance(table, type) or table in OWNER:
            continue
        rows: Any = Project.objects if issubclass(table, Project) else live(table)  # type: ignore[arg-type]
        count = rows.filter(**{relation.field.name: owner}).count()  # type: ignore[union-attr]
        if count:
            yield table, count


def _free(sheet: Rows[Any], known: Known) -> list[tuple[tuple[str, ...], Any]]:
    """The rows to write by their key; a code that is registered, or stands twice in the list, is rejected."""
    taken = {key for key, owner in known.items() if not owner.details.retracted}
    for index, record in list(sheet.good()):
        key = _key(record)
        if key in taken:
            column, message = (
                (_("单位代码"), _("单位代码%(code)s已经登记；要改名称等，请更正原来的一条"))
                if isinstance(record, UnitRecord)
                else (_("项目代码"), _("项目代码%(code)s已经登记；要改名称等，请更正原来的一条"))
            )
            sheet.reject(index, "BUD-111", message % {"code": record.code}, column=column)
        taken.add(key)
    return [(_key(record), record) for _index, record in sheet.decide()]


def _key(record: UnitRecord | ProjectRecord) -> tuple[str, ...]:
    return (record.code,) if isinstance(record, UnitRecord) else (record.unit, record.code)


def _key_of(owner: Unit | Project) -> tuple[str, ...]:
    return (owner.code,) if isinstance(owner, Unit) else (owner.unit.code, owner.code)


def _say(table: type[Details], owner: Unit | Project, record: Any, origin: Origin) -> None:
    """Write the first details of what is registered, or the next ones of what was withdrawn."""
    row = _details(table, owner, record)
    row.origin, row.supersedes = origin, owner.versions.order_by("pk").last()
    row.save(force_insert=True)


def _details(table: type[Details], owner: Unit | Project, record: Any) -> Fact:
    kept = {field.name for field in table._meta.fields}
    said = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    values = {name: value for name, value in said.items() if name in kept and name != OWNER[table]}
    return table(**{OWNER[table]: owner}, **values)
