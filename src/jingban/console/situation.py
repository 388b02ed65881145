"""The centre's situation on the first page: what was paid, who is certified, what waits and for how long.

Each chart is drawn on the server by the same hand as those of the published documents, and carries its figures as a table.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from jingban.casework.models import CaseEvent
from jingban.casework.services import open_cases
from jingban.disclosure.model import Bar, Chart
from jingban.disclosure.output.chart import svg
from jingban.payments.relations import settlements
from jingban.safeguards.certification.status import Partition, partition
from jingban.safeguards.models import Campaign
from jingban.safeguards.services.state import queue
from jingban.store import bulk
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan, wan
from jingban.values.months import format_month

MONTHS_SHOWN = 12
AGES = (7, 30, 90)
"""Days since a suspicion was found, up to which it counts as of one age."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart with its table, and where to go from there. ``rows``: label and one text a series."""

    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    unit: str
    url: str

    @property
    def summary(self) -> str:
        """The chart in words."""
        texts = (
            f"{bar.label}{'（' + name + '）' if len(self.series) > 1 else ''} {text}"
            for bar in self.bars
            for name, text in zip(self.series, bar.printed, strict=True)
        )
        return f"{self.title}：{'；'.join(texts)}"

    @property
    def svg(self) -> str:
        return svg(Chart(self.title, self.series, self.bars, self.unit, self.summary))


def pictures(county: int, today: dt.date) -> list[Picture]:
    """Those there is something to show of."""
    found = [paid(county), certified(), suspected(today), waiting(today)]
    return [picture for picture in found if picture is not None and picture.bars]


def paid(county: int) -> Picture | None:
    """What was settled by each of the last payment months, set-offs left out: money that reached somebody."""
    rows = bulk.fetch(
        f"SELECT s.payroll_month, SUM(s.amount_fen) FROM ({settlements()}) s WHERE s.region_id = %s AND s.channel IN (1, 2) "
        "AND s.payroll_month > (SELECT MAX(r.payroll_month) FROM payments_run r WHERE r.region_id = %s "
        f"AND r.release_id IS NOT NULL) - {MONTHS_SHOWN} GROUP BY s.payroll_month ORDER BY s.payroll_month",
        [county, county],
    )
    bars = tuple(Bar(format_month(month), (wan(int(fen)),), (format_yuan(int(fen)),)) for month, fen in rows)
    return Picture(_("各月发放（元）"), (_("发放"),), bars, _("元"), "runs")


def certified() -> Picture | None:
    """The newest campaign: listed = passed + failed."""
    campaign = Campaign.objects.order_by("-pk").first()
    if campaign is None:
        return None
    whole: Partition = partition(campaign)
    counts = {
        _("认证通过"): whole.passed,
        _("死亡"): whole.dead,
        _("失联"): whole.unreachable,
        _("其他未通过"): whole.other - whole.pending,
        _("未反馈"): whole.pending,
    }
    title = _("资格认证 %(code)s：名单 %(count)s 人") % {"code": campaign.code, "count": whole.listed}
    return Picture(title, (_("人数"),), _counted(counts), _("人"), "campaigns")


def suspected(today: dt.date) -> Picture:
    """Open suspicions by the days since they were found."""
    ages: Counter[str] = Counter()
    for found in queue().values_list("suspicion__origin__recorded_at", flat=True):
        ages[_age((today - found.date()).days)] += 1
    labels = [_age(days) for days in (*AGES, AGES[-1] + 1)]
    bars = _counted({label: ages[label] for label in labels}) if ages else ()
    return Picture(_("未办结疑点（发现至今）"), (_("个数"),), bars, _("个"), "suspicions")


def _age(days: int) -> str:
    for most in AGES:
        if days <= most:
            return _("%(days)s 天以内") % {"days": most}
    return _("超过 %(days)s 天") % {"days": AGES[-1]}


def waiting(today: dt.date) -> Picture:
    """Open cases by state, overdue and not."""
    counts: Counter[tuple[str, bool]] = Counter()
    for state, due in open_cases().values_list("state", "case__due_on"):
        counts[state, due is not None and due < today] += 1
    bars = []
    for state in (CaseEvent.State.PENDING, CaseEvent.State.RETURNED):
        pair = (counts[state, False], counts[state, True])
        if any(pair):
            bars.append(Bar(_(state.label), tuple(map(Decimal, pair)), tuple(map(str, pair))))
    return Picture(_("待办业务（件）"), (_("期限内"), _("超期")), tuple(bars), _("件"), "cases")


def _counted(counts: dict[str, int]) -> tuple[Bar, ...]:
    return tuple(Bar(label, (Decimal(count),), (str(count),)) for label, count in counts.items())
