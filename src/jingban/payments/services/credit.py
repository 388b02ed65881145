"""Credit the accounts for a year: preview, another person's review, posting (R1.2-07, R1.3, R1.5).

Owed minus posted: asked again, nothing is left to post; late facts, a late rate or a withdrawn identity leave the difference.

Codes: PAY-210 another credit of the year is open, PAY-211 no such credit, PAY-212 nothing to post, PAY-213 what is owed has
changed since the preview; PAY-201, PAY-202, PAY-208 as of runs; ENG-101 when the law has a hole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jingban.engine.base import Told
from jingban.engine.database import InDatabase
from jingban.payments import law as run_law
from jingban.payments import rules_kept
from jingban.payments.credits import COMPUTATIONS, computed, differing
from jingban.payments.models import Credit, CreditEvent
from jingban.payments.models.credits import CreditState
from jingban.payments.services._moves import agree, move, note
from jingban.registry import law as law_of
from jingban.registry.models import Identity
from jingban.registry.services.post_owed import post_owed
from jingban.registry.services.running_interest import true_up_awards
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id

NAMED_AT_MOST = 20


def preview(
    region_id: int,
    item: int,
    year: int,
    door: Door,
    *,
    known_on: dt.date | None = None,
    told: Told | None = None,
) -> Credit:
    """Compute what is owed for a year and not posted, and keep it as a draft. ``known_on``: law published by that day."""
    with entering(door) as origin:
        same = Credit.objects.filter(region_id=region_id, item=item, year=year)
        if open_one := same.filter(state__in=[CreditState.DRAFT, CreditState.REVIEWED]).first():
            raise refuse(
                "PAY-210",
                _("{year} 年{item}已有批次 {batch}（{state}），请先记账或撤销").format(
                    year=year, item=_(open_one.get_item_display()), batch=open_one.batch, state=open_one.state_name()
                ),
            )  # fmt: skip
        today = known_on or origin.day
        law = law_of.tables(region_id, today)
        made = Credit.objects.create(
            region_id=region_id, year=year, item=item, attempt=same.count() + 1, horizon=origin, known_on=today,
            law=run_law.kept(law),
            rules=rules_kept.keep(COMPUTATIONS[item].targets), maker=origin.actor,
        )  # fmt: skip
        with computed(region_id, item, year, origin.pk, law, told=told) as engine:
            made.report = _keep(engine, made)
        made.report["waiting"] = _waiting(made, law)
        made.person_count, made.amount_fen = made.report["now"]["persons"], made.report["now"]["amount_fen"]
        made.save()
        CreditEvent.objects.create(credit=made, origin=origin, state=CreditState.DRAFT)
        return made


def review(credit_id: int, door: Door) -> Credit:
    """draft -> reviewed, by somebody else. Codes: PAY-201, PAY-202, PAY-208."""
    return agree(lambda: get(credit_id), door, lambda one, origin: _noted("credit.reviewed", one, origin))


def post(credit_id: int, door: Door) -> Credit:
    """reviewed -> posted: the lines become account entries. What is owed is computed once more with the facts of this moment.
    With the interest of a year, awards whose balance had it at another rate are put right (R1.5-05).

    Codes: PAY-202 wrong state, PAY-212 nothing to post, PAY-213 what is owed is not what was reviewed; the persons are named.
    """
    with entering(door) as origin:
        one = get(credit_id)
        move(one, "to_posted", origin, origin)
        if not one.lines.exists():
            raise refuse("PAY-212", _("没有要记的账，撤销即可"))
        law: dict[str, Any] = {name: [tuple(row) for row in rows] for name, rows in one.law.items()}
        with computed(one.region_id, one.item, one.year, origin.pk, law) as engine:
            _refuse_changed(one, engine)
            post_owed(
                origin,
                one.item,
                one.year,
                f"SELECT * FROM payments_creditline WHERE credit_id = {int(one.pk)}",
            )
        if one.item == Credit.Item.INTEREST:
            true_up_awards(one.region_id, one.year, origin, one.known_on)
        _noted("credit.posted", one, origin)
        return one


def cancel(credit_id: int, door: Door, note: str = "") -> Credit:
    """draft or reviewed -> cancelled. Code: PAY-202 wrong state."""
    with entering(door) as origin:
        one = get(credit_id)
        move(one, "to_cancelled", origin, note=note)
        _noted("credit.cancelled", one, origin)
        return one


def get(credit_id: int) -> Credit:
    """The credit as it stands now. Raises ``Refused`` PAY-211."""
    one = Credit.objects.filter(pk=credit_id).first()
    if one is None:
        raise refuse("PAY-211", _("没有这一批年度记账"))
    return one


def _noted(action: str, one: Credit, origin: Origin) -> None:
    note(action, one, origin, {"年度": one.year, "人数": one.person_count, "金额（分）": one.amount_fen})


def _keep(engine: InDatabase, made: Credit) -> dict[str, Any]:
    """Lines and missed persons straight from the engine's tables; the totals of all."""
    one = COMPUTATIONS[made.item]
    cursor = engine.cursor
    cursor.execute(
        "INSERT INTO payments_creditline (credit_id, person_id, ledger, owed_fen, posted_fen, amount_fen) "
        f"SELECT {int(made.pk)}, person_id, ledger, owed_fen, posted_fen, amount_fen FROM {one.post} "
        "ORDER BY person_id, ledger"
    )
    cursor.execute(
        "INSERT INTO payments_creditmissed (credit_id, person_id, reason) "
        f"SELECT {int(made.pk)}, person_id, missed FROM {one.missed} ORDER BY person_id"
    )
    return {
        "owed": _totals(engine, one.due),
        "posted": _totals(engine, "f_posted"),
        "now": _totals(engine, one.post),
        "back": _totals(engine, one.post, "WHERE amount_fen < 0"),
        "missed": [list(row) for row in engine.rows(f"SELECT missed, COUNT(*) AS persons FROM {one.missed} GROUP BY missed ORDER BY missed")],
    }  # fmt: skip


def _waiting(made: Credit, law: Mapping[str, law_of.Rows]) -> list[dict[str, int]]:
    """What is still to be posted of the items that come before this one in a year: it would count in what is owed here."""
    found = []
    for item in list(NAMES)[: list(NAMES).index(made.item)]:
        try:
            with computed(made.region_id, item, made.year, made.horizon_id, law) as engine:
                totals = _totals(engine, COMPUTATIONS[item].post)
        except Refused:  # a region whose law does not know the item; asking for the item itself says so
            continue
        if totals["persons"]:
            found.append({"item": item, **totals})
    return found


def _totals(engine: InDatabase, table: str, where: str = "") -> dict[str, int]:
    persons, amount = engine.rows(
        f"SELECT COUNT(*), COALESCE(SUM(amount_fen), 0) FROM (SELECT person_id, CAST(SUM(amount_fen) AS BIGINT) AS amount_fen "
        f"FROM {table} {where} GROUP BY person_id) t"
    )[0]
    return {"persons": int(persons), "amount_fen": int(amount)}


def _refuse_changed(one: Credit, engine: InDatabase) -> None:
    persons = list(dict.fromkeys(row[0] for row in differing(engine, one)))
    if persons:
        numbers = Identity.objects.filter(person_id__in=persons[:NAMED_AT_MOST]).order_by("person_id")
        named = "、".join(dict.fromkeys(f"#{i.person_id} {mask_id(i.id_number)}" for i in numbers))
        raise refuse(
            "PAY-213",
            _(
                "预览以后 {count} 人的应记金额有变（{who}）；请撤销 {batch} 后重新预览：jingban credit {year} {name} cancel"
            ).format(count=len(persons), who=named, batch=one.batch, year=one.year, name=NAMES[one.item]),
        )


NAMES = {
    Credit.Item.GOVERNMENT_PAID.value: "government-paid",
    Credit.Item.SUBSIDIES.value: "subsidies",
    Credit.Item.INTEREST.value: "interest",
}
"""Item → its word on the command line, in the order of a year: what the government pays earns a subsidy, and all of it interest."""
