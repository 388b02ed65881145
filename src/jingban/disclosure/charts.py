"""The charts a template may ask for, made from the year's figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from jingban.budget.figures import YearFigures
from jingban.disclosure.model import Bar, Chart
from jingban.forms.filled import Figure
from jingban.values.i18n import document as _
from jingban.values.money import wan


def chart(name: str, figures: YearFigures) -> Chart | None:
    """The chart of that name; None for an unknown one."""
    make = CHARTS.get(name)
    return make(figures) if make else None


def _value(figure: Figure | None) -> Decimal:
    return wan(int(figure.amount or 0)) if figure else Decimal(0)


def _years(figures: YearFigures) -> Chart:
    rows = {
        _("收、支总计"): ("gk01", "in.total", "income"),
        _("财政拨款收、支总计"): ("gk04", "in.total", "income"),
        _("一般公共预算支出"): ("gk05", "total", "total"),
    }
    bars = []
    for label, cell in rows.items():
        values = (_value(figures.prior(*cell)), _value(figures.figure(*cell)))
        bars.append(Bar(label, values, tuple(f"{value:.2f}" for value in values)))
    years = (f"{figures.year - 1}年", f"{figures.year}年")
    said = "；".join(
        f"{bar.label}{years[0]}{bar.printed[0]}万元、{years[1]}{bar.printed[1]}万元" for bar in bars
    )
    return Chart(_("收、支总计与上年对比（单位：万元）"), years, tuple(bars), "万元", said)


def _classes(figures: YearFigures) -> Chart:
    form = figures.forms["gk05"]
    bars = []
    for row in form.rows:
        if row.level == 1:
            value = _value(form.cells.get((row.key, "total")))
            bars.append(Bar(row.label, (value,), (f"{value:.2f}",)))
    said = "；".join(f"{bar.label}{bar.printed[0]}万元" for bar in bars)
    title = _("%(year)s年一般公共预算财政拨款支出结构（单位：万元）") % {"year": figures.year}
    return Chart(title, (title,), tuple(bars), "万元", said)


CHARTS: dict[str, Callable[[YearFigures], Chart]] = {"收支对比": _years, "支出结构": _classes}
"""Name in a template → the chart: totals of two years; general public expenditure by class."""
