"""Make a past batch or list again as it was known then: runs and yearly credits (``payments.replay``), village publications.

Codes: as of ``payments.replay``; SAF-715 the month was not published.
"""

from __future__ import annotations

from jingban.payments.replay import Replay
from jingban.payments.replay import replay as replay_batch
from jingban.safeguards.models import PublishedRow
from jingban.safeguards.publication import published, rows_of
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id, mask_name
from jingban.values.months import format_month, parse_month

PUBLICATION = "publication:"


def replay(name: str, region: int) -> Replay:
    """A batch by its number, or ``publication:2020-09``, made again as known then and compared row for row."""
    if name.startswith(PUBLICATION):
        try:
            month = parse_month(name.removeprefix(PUBLICATION))
        except ValueError:
            raise refuse("PAY-301", _("没有名为“{name}”的批次").format(name=name)) from None
        return _publication(month, region)
    return replay_batch(name)


def _publication(month: int, region: int) -> Replay:
    made = published(month)
    kept = {
        row[0]: row[1:]
        for row in PublishedRow.objects.filter(publication__in=made).values_list(
            "person_id", "publication__township", "publication__village", "name", "number", "amount_fen"
        )
    }
    again = {
        person: (township, village, mask_name(name), mask_id(number), int(fen))
        for township, village, person, name, number, fen in rows_of(region, month, made[0].origin_id)
    }
    what = _("公示 {month}").format(month=format_month(month))
    differs = [
        (person, what, kept.get(person, ("", "", "", "", 0))[-1], again.get(person, ("", "", "", "", 0))[-1])
        for person in sorted(kept.keys() | again.keys())
        if kept.get(person) != again.get(person)
    ]
    return Replay(f"{PUBLICATION}{format_month(month)}", len(kept), differs)
