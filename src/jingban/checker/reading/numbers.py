"""The numbers of a passage as quantities without roles."""

from __future__ import annotations

import re

from jingban.checker.figures import Figure, read_figures
from jingban.checker.reading.quantity import Quantity
from jingban.checker.text.passages import Passage
from jingban.values.patterns import lazy
from jingban.values.printed import PrintedNumber

_CODED = lazy(r"\d{1,2}\.\d{5,7}")
"""An item's ordinal and its code run together: 1.2080109."""


def quantities(passage: Passage) -> list[Quantity]:
    """The numbers of a passage. Coordinated numbers take the unit of the last: 减少1200.30、2500.40万元."""
    text = passage.text
    figures = [
        one
        for one in read_figures(text, passage.source)
        if one.number.unit.symbol or not (passage.mark == "arabic" and _CODED.fullmatch(text[: one.end]))
    ]
    for i in range(len(figures) - 2, -1, -1):
        one, after = figures[i], figures[i + 1]
        between = text[one.end : after.start]
        if (
            one.number.unit.symbol == ""
            and after.number.unit.symbol
            and re.fullmatch(r"[、,和及]|[、,]?各", between)
        ):
            number = one.number
            figures[i] = Figure(
                PrintedNumber(number.value, after.number.unit, number.decimals, number.raw, number.approximate),
                one.start, one.end, one.source, one.approximate,
            )  # fmt: skip
    found = []
    for figure in figures:
        unsigned = False
        if figure.number.unit.symbol == "":
            clause = re.split(r"[,;。:]", text[: figure.start])[-1]
            unsigned = bool(re.search(r"占比?[^,;。]*$", clause)) and abs(figure.number.value) <= 100
            if (
                not unsigned
                and figure.number.decimals
                and re.search(r"(?:增长|下降|上升|降低|降幅|增幅)(?:了|为)?$", clause)
            ):
                unsigned = text[figure.end : figure.end + 1] in (",", ";", "。", "")
        found.append(Quantity(figure, passage, figure.start, figure.end, unsigned=unsigned))
    return found
