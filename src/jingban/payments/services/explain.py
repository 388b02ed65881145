"""Why one person gets one amount in one month: the rules' own rows, what was settled, the documents behind the layers.

Codes: CLI-101 nobody of that number, CLI-102 no relation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from jingban.engine import InDatabase
from jingban.engine.explain import Explained
from jingban.engine.explain import explain as explained
from jingban.payments import scope
from jingban.payments.models import Run
from jingban.payments.pipeline import prepare
from jingban.policy import wording
from jingban.registry import law, relations
from jingban.registry.models import Identity
from jingban.rules.titles import ITEMS
from jingban.store import bulk, live
from jingban.values import citizen_id
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id, mask_name
from jingban.values.money import format_yuan
from jingban.values.months import format_month

_STACKS = {"basic_layers": "basic_pension", "age_due": "age_supplement", "years_due": "years_supplement"}
_COMPONENTS = (
    "age_due",
    "years_due",
    "annuity_due",
    "annuity_kept",
    "funeral_due",
    "heirs_due",
    "duplicate_due",
)
_ORDER = ("span", "stopped", "entitled", "basic_layers", *_COMPONENTS)
_DECISION = ("difference", "certificate", "gate", "lines", "draw_months")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Masked name, month, the rows of every explained step, what was settled by item (fen), the documents by step and layer."""

    name: str
    month: int
    rows: list[Explained]
    settled: list[tuple[int, ...]]
    documents: dict[tuple[str, int], str] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "person": self.name,
            "month": self.month,
            "steps": [_as_data(row, self.documents) for row in self.rows],
            "settled": [list(row) for row in self.settled],
        }

    def lines(self) -> Iterator[str]:
        """The report line by line."""
        yield from _text(self.name, self.month, self.rows, self.settled, self.documents)


def explain(person: str, month: int, payroll: int | None = None) -> Explanation:
    """Why a person (ID number or internal number) gets what they get for a month, as payable in ``payroll`` (default: the newest)."""
    person_id, name = found_person(person)
    with transaction.atomic(), connection.cursor() as cursor:
        db, region = _prepared(cursor, person_id, _payroll_month(payroll, month))
        rows = explained(db, person_id, month, "draw_entries")
        settled = db.rows(
            "SELECT item, CAST(SUM(amount_fen) AS BIGINT) AS amount_fen FROM f_settled "
            f"WHERE month = {month} GROUP BY item ORDER BY item"
        )
        db.drop()
    return Explanation(name, month, rows, settled, _documents(region, month))


def found_person(person: str) -> tuple[int, str]:
    """Internal number and masked name. Raises ``Refused`` CLI-101 when nobody is found."""

    number = citizen_id.normalise(person)
    column = "id_number = %s" if len(number) >= 15 else "person_id = %s"
    if len(number) < 15 and not number.isdigit():
        raise refuse("CLI-101", _("不是证件号码，也不是内部编号"))
    found = Identity.objects.raw(
        f"SELECT * FROM registry_identity i WHERE i.{column} AND {live.where('registry_identity', 'i')}",
        [number if len(number) >= 15 else int(number)],
    )
    for identity in found:
        return identity.person_id, mask_name(identity.name)
    raise refuse("CLI-101", _("没有这个人：{person}").format(person=mask_id(number)))


def _payroll_month(payroll: int | None, month: int) -> int:

    newest = Run.objects.filter(release_id__isnull=False).aggregate(last=Max("payroll_month"))["last"]
    return payroll or max(month, newest or month)


def _prepared(cursor: Any, person_id: int, payroll_month: int) -> tuple[InDatabase, int]:
    """An engine that knows everything of one person, as a run would, and the person's county."""
    regions = bulk.fetch(
        f"SELECT p.region_id FROM ({relations.select('f_person')}) p WHERE p.person_id = %s", [person_id]
    )
    if not regions:
        raise refuse("CLI-102", _("此人没有参保关系"))
    region = int(regions[0][0])
    db = prepare(
        cursor,
        region,
        payroll_month,
        None,
        law.tables(region, timezone.localdate()),
        lambda reach: scope.full(payroll_month, [person_id], reach=reach),
        targets=("lines", "draw_entries"),
    )
    return db, region


def _documents(region: int, month: int) -> dict[tuple[str, int], str]:
    """Step and layer -> the layer's title, document and confidence."""

    found = {}
    for step, name in _STACKS.items():
        try:
            stack = law.policy().stack(name, f"{region:06d}", month)
        except Refused:
            continue
        for layer in stack:
            mark = f"【{wording.DEMONSTRATION_MARK}】" if layer.demonstration else ""
            found[step, layer.layer.number] = (
                f"{mark}{_(layer.layer.title)}，{wording.reference_text(layer.reference)}，"
                + _("可信度 {confidence}").format(confidence=layer.reference.confidence)
            )
    return found


def _as_data(row: Explained, documents: dict[tuple[str, int], str]) -> dict[str, Any]:
    return {
        "step": row.step,
        "subject": row.subject,
        "rules": list(row.rules),
        "law": documents.get((row.step, row.values.get("layer", -1)), row.law),
        "values": row.values,
        "text": row.text,
    }


def _text(
    name: str,
    month: int,
    rows: list[Explained],
    settled: list[tuple[int, ...]],
    documents: dict[tuple[str, int], str],
) -> Iterator[str]:
    """The report in Chinese."""

    yield _("{name}　{month} 的待遇").format(name=name, month=format_month(month))
    if not any(row.step == "entitled" for row in rows):
        yield "  " + _("这个月不计待遇。")
    for row in sorted((r for r in rows if r.step in _ORDER), key=lambda r: _ORDER.index(r.step)):
        law = documents.get((row.step, row.values.get("layer", -1)), row.law)
        yield f"  {_headed(row)}"
        yield f"      {_('依据')} {law}［{'、'.join(row.rules)}］"
    owed = sum(row.values["amount_fen"] for row in rows if row.step == "basic_due" or row.step in _COMPONENTS)
    yield _("应付合计 {amount} 元").format(amount=format_yuan(owed))
    yield _("以前已结：") + (
        "，".join(f"{_(ITEMS.get(item, str(item)))} {format_yuan(amount)}" for item, amount in settled)
        or _("没有")
    )
    decided = [row for row in rows if row.step in _DECISION]
    if not any(row.step == "lines" for row in decided):
        yield _("这个月已结清，没有要付或要退的。")
    for row in sorted(decided, key=lambda r: _DECISION.index(r.step)):
        yield f"  {_headed(row)}"


def _headed(row: Explained) -> str:
    """The sentence under its subject, unless it names it already."""
    return row.text if row.text.startswith(row.subject) else f"{row.subject}：{row.text}"
