"""Make a past batch, list or self-evaluation again as it was known then: what is scored here, the rest by ``safeguards.replay``.

Codes: as of ``safeguards.replay``; PRF-211 nothing of that year was scored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jingban.payments.replay import Replay
from jingban.payments.replay import sections as of_batch
from jingban.payments.sections import Section
from jingban.performance.counted import count
from jingban.performance.measures.counting import horizon_of
from jingban.performance.models import Result
from jingban.performance.reading import live_indicators
from jingban.performance.scoring import Scored, View, score
from jingban.performance.services.finish import rows_of
from jingban.safeguards.replay import replay as replay_batch
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

EVALUATION = "evaluation:"
YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Unlike:
    """One cell of a self-evaluation: as it was kept and as it comes out again, both as printed."""

    where: str
    what: str
    kept: str
    now: str


@dataclass(frozen=True, slots=True)
class Evaluations:
    """All results of a year scored again. ``rows``: how many kept rows were compared."""

    year: int
    results: int
    rows: int
    differs: list[Unlike]

    @property
    def identical(self) -> bool:
        return not self.differs


def replay(name: str, region: int) -> Replay | Evaluations:
    """A batch by its number, ``publication:2020-09``, or ``evaluation:2020``. Raises ``Refused`` PAY-301, PAY-302, SAF-715, PRF-211."""
    if not name.startswith(EVALUATION):
        return replay_batch(name, region)
    text = name.removeprefix(EVALUATION)
    if not (text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS):
        raise refuse("PAY-301", _("没有名为“{name}”的批次").format(name=name))
    return evaluations(int(text), region)


def evaluations(year: int, region: int) -> Evaluations:
    """Every monitoring and self-evaluation of a year: its computed indicators counted again, then all its points."""
    results = list(
        Result.objects.filter(plan__year=year).select_related("plan__unit", "plan__project").order_by("pk")
    )
    if not results:
        raise refuse("PRF-211", _("{year} 年没有监控或自评").format(year=year))
    differs = [unlike for one in results for unlike in _again(one, f"{region:06d}")]
    return Evaluations(year, len(results), sum(len(one.rows) for one in results), differs)


def _again(result: Result, region: str) -> Iterator[Unlike]:
    """Where a result comes out otherwise, by what was known before it was written."""
    known = result.origin_id - 1
    where = f"{result.plan} {result.get_phase_display()} {result.day.isoformat()}"
    if result.phase == Result.Phase.MONITORING:
        view = View(result.plan, min(known, horizon_of(result.day)), result.day, region)
    else:
        view = View(result.plan, known)
        yield from _counted_again(view, where, region)
    yield from _compared(result, score(view), where)


def _counted_again(view: View, where: str, region: str) -> Iterator[Unlike]:
    """The computed actuals a self-evaluation read, counted again by what was known before each was written."""
    for indicator in live_indicators(view.plan):
        kept = view.actual(indicator)
        if not indicator.measure or kept is None or kept.typed:
            continue
        now = count(view.plan, indicator, kept.day, region, kept.origin_id - 1)
        if (kept.value, kept.exact) != (now.value, now.exact):
            yield Unlike(where, indicator.name, kept.exact or kept.value, now.exact or now.value)


def _compared(result: Result, scored: Scored, where: str) -> Iterator[Unlike]:
    again = rows_of(scored)
    for place, row in enumerate(result.rows):
        now = again[place] if place < len(again) else {}
        for what, kept in row.items():
            if kept != now.get(what, ""):
                yield Unlike(where, f"{row.get('指标', '')} {what}", kept, now.get(what, ""))
    if Decimal(result.total) != scored.total:
        yield Unlike(where, _("总分"), result.total, str(scored.total))


def sections(found: Replay | Evaluations) -> Iterator[Section]:
    """What the command and the pages say of a replay."""
    if isinstance(found, Replay):
        yield from of_batch(found)
        return
    verdict = _("逐行相同") if found.identical else _("有 {count} 处不同").format(count=len(found.differs))
    rows: list[tuple[str, ...]] = [
        (_("评价年度"), str(found.year)),
        (_("监控与自评"), f"{found.results:,}"),
        (_("当时的行数"), f"{found.rows:,}"),
        (_("重算结果"), verdict),
        (_("说明"), _("取数和计分的程序不随评价保存，按现在的版本重算；事实按当时已知的")),
    ]
    yield Section(_("重算 {batch}").format(batch=f"{EVALUATION}{found.year}"), (), rows)
    if found.differs:
        columns = (_("评价"), _("什么"), _("当时"), _("重算"))
        yield Section(
            _("与当时不同的"), columns, [(one.where, one.what, one.kept, one.now) for one in found.differs]
        )
