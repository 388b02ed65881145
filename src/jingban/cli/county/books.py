"""The centre's own year beside the pensions: its books month by month, goals in January, monitoring at the end of August.

What is entered lies in ``accounts`` and ``goals``; a voucher is entered at the end of its month, so that monitoring sees the
books as far as they had come.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import models

from jingban.budget.book import live
from jingban.budget.loading import load_folder
from jingban.cli.county import schedule
from jingban.cli.county.schedule import DECEMBER, JANUARY, at
from jingban.cli.county.step import Step, later, step
from jingban.performance.lists import LISTS
from jingban.performance.models import Assessment, Plan
from jingban.performance.services import assess, monitor
from jingban.store.lists.entry import Defaults
from jingban.store.lists.load import import_file
from jingban.store.origins import Door
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _
from jingban.values.months import last_day

HERE = Path(__file__).parent
UNIT = "510421021"
ACCOUNTANT, OFFICER, REVIEWER = "会计丁", "绩效戊", "复核乙"
GOALS, MONITORED = dt.date(schedule.YEAR, 1, 31), dt.date(schedule.YEAR, 8, 31)
DATED = {
    "appropriations": "批复日期",
    "receipts": "日期",
    "payments": "日期",
    "receptions": "接待日期",
    "gatherings": "日期",
}
"""List → the column that says when a row came about."""
FIRST = ("units", "projects", "published")
"""What is there when the year begins; every other list is closed at its end."""
POINTS = (_("立项必要性"), _("投入经济性"), _("绩效目标合理性"), _("实施方案可行性"), _("筹资合规性"))
"""What an ex-ante assessment looks at (中发〔2018〕34号)."""


def steps(region: str) -> Iterator[Step]:
    """In the order of their moments: the books of a month, the goals after January's, monitoring after August's."""
    for month in range(JANUARY, DECEMBER + 1):
        yield _booked(month)
    yield step(at(GOALS, 18, 30), "goals", "绩效目标与事前评估", OFFICER, _set_goals)
    yield step(
        at(MONITORED, 19), "monitoring", "年中绩效监控", OFFICER, lambda door: _monitored(region, door)
    )


def _booked(month: int) -> Step:
    def act(door: Door) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for source in sorted((HERE / "accounts").glob("*.csv")):
                _cut(source, Path(folder) / source.name, month)
            load_folder(Path(folder), door)

    return step(at(last_day(month), 18), f"books:{month}", "本单位记账", ACCOUNTANT, act)


def _cut(source: Path, target: Path, month: int) -> None:
    """The rows of a list that are entered with a month's books; no file where there are none."""
    with source.open(encoding="utf-8", newline="") as opened:
        head, *rows = csv.reader(opened)
    column = DATED.get(source.stem)
    if column is not None:
        until = last_day(month)
        rows = [row for row in rows if row[head.index(column)][:7] == until.isoformat()[:7]]
    elif month != (JANUARY if source.stem in FIRST else DECEMBER):
        return
    if rows:
        with target.open("w", encoding="utf-8", newline="") as made:
            csv.writer(made).writerows([head, *rows])


def _set_goals(door: Door) -> None:
    report = import_file(LISTS["plans"], HERE / "goals" / "plans.csv", door, Defaults())
    if report.refused:
        raise Refused(report.errors)
    for plan in _plans().filter(project__isnull=False):
        points = [(title, True) for title in POINTS]
        assess(plan, points, Assessment.Conclusion.SUPPORT, "", later(door, 5, REVIEWER))


def _monitored(region: str, door: Door) -> None:
    for plan in _plans():
        monitor(plan, MONITORED, door, region)


def _plans() -> models.QuerySet[Plan]:
    found: models.QuerySet[Plan] = live(Plan).filter(unit__code=UNIT, year=schedule.YEAR)
    return found.select_related("unit", "project").order_by("pk")
