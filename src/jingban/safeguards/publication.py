"""Lists hung out in the villages (R1.9-7): masked, for a number of days, with objections that become suspicions.

Codes: SAF-711 nobody to publish, SAF-712 published already, SAF-713 no such row, SAF-714 the days are in the wrong order,
SAF-715 the month was not published.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from jingban.safeguards.certification.sheets import _safe
from jingban.safeguards.checks._facts import paid, recipients
from jingban.safeguards.models import Objection, Publication, PublishedRow
from jingban.safeguards.services.find import Found, raise_all
from jingban.store import audit, bulk, live
from jingban.store.lists import write_list
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id, mask_name
from jingban.values.money import yuan
from jingban.values.months import format_month

RECIPIENTS = "recipients"


def publish(region: int, month: int, from_on: dt.date, until_on: dt.date, door: Door) -> list[Publication]:
    """Freeze the recipients' list of every village with what was paid for the month; names and numbers masked."""
    if until_on < from_on:
        raise refuse("SAF-714", _("公示止日早于起日"))
    with entering(door) as origin:
        if Publication.objects.filter(kind=RECIPIENTS, month=month).exists():
            raise refuse(
                "SAF-712",
                _("%(month)s 已经公示，名单不再变动（重印用 --again）") % {"month": format_month(month)},
            )
        rows = rows_of(region, month, origin.pk)
        if not rows:
            raise refuse("SAF-711", _("没有可公示的人"))
        made = []
        for (township, village), group in groupby(rows, key=lambda row: (row[0], row[1])):
            people = list(group)
            one = Publication.objects.create(
                kind=RECIPIENTS, township=township, village=village, month=month, from_on=from_on, until_on=until_on,
                count=len(people), origin=origin,
            )  # fmt: skip
            bulk.insert(
                PublishedRow,
                ["publication_id", "person_id", "name", "number", "amount_fen"],
                (
                    (one.pk, person, mask_name(name), mask_id(number), amount)
                    for _t, _v, person, name, number, amount in people
                ),
            )
            made.append(one)
        detail = {"村": len(made), "人数": len(rows)}
        audit.append(
            [audit.Entry(door.actor, "publication.made", format_month(month), detail)], origin.recorded_at
        )
        return made


def rows_of(region: int, month: int, horizon: int) -> list[tuple[Any, ...]]:
    """Township, village, person, name, number, fen of every recipient with what was paid for the month, as known at ``horizon``."""
    return bulk.fetch(
        "SELECT h.township, h.village, i.person_id, i.name, i.id_number, COALESCE(m.amount_fen, 0) "
        f"FROM registry_identity i JOIN registry_residence h ON h.person_id = i.person_id "
        f"AND {live.where('registry_residence', 'h', horizon)} LEFT JOIN (SELECT person_id, CAST(SUM(amount_fen) AS BIGINT) AS "
        f"amount_fen FROM ({paid(region, horizon=horizon)}) l WHERE l.month = %s GROUP BY person_id) m "
        "ON m.person_id = i.person_id "
        f"WHERE {live.where('registry_identity', 'i', horizon)} AND i.person_id IN ({recipients(region, horizon)}) "
        "ORDER BY h.township, h.village, i.person_id",
        [month],
    )


def published(month: int) -> list[Publication]:
    """The lists of a month as they were frozen, to print them once more. Refuses SAF-715."""
    made = list(Publication.objects.filter(kind=RECIPIENTS, month=month).order_by("pk"))
    if not made:
        raise refuse("SAF-715", _("%(month)s 还没有公示") % {"month": format_month(month)})
    return made


def _cells(one: Publication) -> Iterator[tuple[object, ...]]:
    rows = one.rows.order_by("pk").values_list("pk", "name", "number", "amount_fen")
    for place, (pk, name, number, amount) in enumerate(rows, start=1):
        yield place, name, number, yuan(amount), pk


def write_sheets(made: list[Publication], folder: Path, *, pdf: bool = False) -> Iterator[Path]:
    """One XLSX (or PDF, ready to hang out) for each village."""
    for one in made:
        path = folder / _safe(one.township) / f"{_safe(one.village)}.{'pdf' if pdf else 'xlsx'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if pdf:
            _pdf(one, path)
        else:
            head = [_("序号"), _("姓名"), _("证件号码"), _("金额（元）"), _("公示行号")]
            write_list(path, head, _cells(one), title=_("公示"))
        yield path


def _pdf(one: Publication, path: Path) -> None:
    import weasyprint

    head = "".join(
        f"<th>{html.escape(t)}</th>"
        for t in (_("序号"), _("姓名"), _("证件号码"), _("金额（元）"), _("行号"))
    )
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in _cells(one)
    )
    title = _("%(village)s %(month)s 待遇领取人员公示") % {
        "village": f"{one.township}{one.village}",
        "month": format_month(one.month),
    }
    note = _("公示期：%(start)s 至 %(end)s。如有异议，请凭行号向村委会或经办机构提出。") % {
        "start": one.from_on,
        "end": one.until_on,
    }
    style = (
        "@page{size:A4;margin:2cm;@bottom-center{content:counter(page) ' / ' counter(pages)}}"
        "body{font-family:'Noto Serif CJK SC','SimSun',serif;font-size:11pt}h1{font-size:16pt;text-align:center}"
        "table{width:100%;border-collapse:collapse}th,td{border:.5pt solid #000;padding:3pt;text-align:center}thead{display:table-header-group}"
    )
    page = (
        f"<html lang='zh-CN'><head><style>{style}</style></head><body><h1>{html.escape(title)}</h1><p>{html.escape(note)}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )
    weasyprint.HTML(string=page).write_pdf(str(path))


def object_to(row: int, content: str, received_on: dt.date, door: Door) -> Objection:
    """Take an objection to a published row in; it becomes a suspicion that somebody else verifies."""
    published = PublishedRow.objects.select_related("publication").filter(pk=row).first()
    if published is None:
        raise refuse("SAF-713", _("没有公示行 %(row)s") % {"row": row})
    with entering(door) as origin:
        count = Objection.objects.filter(row=published).count()
        found = Found(
            kind="objection", person_id=published.person_id, fingerprint=f"{row}-{count + 1}", method="objection",
            detail={"异议": content[:200]},
        )  # fmt: skip
        raised = raise_all(
            [found],
            published.publication.month,
            Door(door.actor, door.kind, door.source, at=origin.recorded_at),
        )
        return Objection.objects.create(
            row=published,
            received_on=received_on,
            content=content,
            suspicion_id=raised.raised[0],
            origin=origin,
        )
