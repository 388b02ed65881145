"""A bar chart as SVG, drawn on the server from figures: no script, the same bytes from the same figures."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from jingban.disclosure.model import Chart

COLOURS = ("#5f87bd", "#1b4f9c", "#d98f3d")
WIDTH, LEFT, RIGHT, BAR, GAP = 640, 190, 90, 18, 14


def svg(chart: Chart) -> str:
    """Horizontal bars, one group a label, with the printed figure at the end of each bar."""
    top = 34 if len(chart.series) > 1 else 10
    group = BAR * len(chart.series) + GAP
    height = top + group * len(chart.bars) + 8
    largest = max((abs(value) for bar in chart.bars for value in bar.values), default=Decimal(0)) or Decimal(
        1
    )
    span = WIDTH - LEFT - RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(chart.summary, quote=True)}" font-family="Noto Sans CJK SC, SimHei, sans-serif" font-size="13">',
        f"<title>{escape(chart.title)}</title><desc>{escape(chart.summary)}</desc>",
    ]
    if len(chart.series) > 1:
        for index, name in enumerate(chart.series):
            x = LEFT + 130 * index
            parts.append(f'<rect x="{x}" y="6" width="14" height="14" fill="{COLOURS[index]}"/>')
            parts.append(f'<text x="{x + 20}" y="18">{escape(name)}</text>')
    for row, bar in enumerate(chart.bars):
        y = top + group * row
        middle = y + BAR * len(bar.values) / 2 + 5
        parts.append(f'<text x="{LEFT - 10}" y="{middle:.0f}" text-anchor="end">{escape(bar.label)}</text>')
        for index, (value, printed) in enumerate(zip(bar.values, bar.printed, strict=True)):
            length = int(abs(value) * span / largest)
            at = y + BAR * index
            colour = COLOURS[index if len(chart.series) > 1 else 1]
            parts.append(
                f'<rect x="{LEFT}" y="{at}" width="{max(length, 1)}" height="{BAR - 3}" fill="{colour}"/>'
            )
            parts.append(f'<text x="{LEFT + length + 6}" y="{at + 12}">{escape(printed)}</text>')
    parts.append(f'<line x1="{LEFT}" y1="{top - 4}" x2="{LEFT}" y2="{height - 6}" stroke="#333"/></svg>')
    return "".join(parts)
