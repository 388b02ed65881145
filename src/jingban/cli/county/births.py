"""Birth dates: who must be how old, so that awards fall due in the right month and exactly 4,748 of the list are 80 or more."""

from __future__ import annotations

import datetime as dt

from jingban.cli.county.rng import Rng, Weighted
from jingban.cli.county.schedule import FROZEN
from jingban.values import months

EIGHTY = dt.date(FROZEN.year - 80, FROZEN.month, FROZEN.day)
"""Born on this day or before: 80 when the list was frozen."""
LAST_BEFORE = dt.date(1959, 7, 31)
"""Born by this day: in receipt by August 2019, so the certificate of last year's round has run out in September."""
RECENT = (dt.date(1959, 9, 1), dt.date(1959, 11, 30))
"""Born between: in receipt since autumn 2019; the award counts as certificate for twelve months."""
# The birth years of the famine are thin, those of the fifties full; the old thin out with mortality.
_UNDER_80 = Weighted(
    list(
        enumerate(
            (13, 45, 50, 55, 60, 64, 68, 72, 78, 84, 92, 98, 102, 104, 108, 100, 96, 98, 62, 34), start=1940
        )
    )
)
_OVER_80 = Weighted(
    list(enumerate((1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 13, 16, 19, 23, 26, 29, 33, 36, 39, 42, 30), start=1920))
)
_WITH_ACCOUNT = Weighted([(1958, 40), (1957, 60), (1956, 60), (1955, 55), (1954, 55), (1953, 50), (1952, 45)])
_WORKING = Weighted(
    [(year, 26) for year in range(1961, 1966)]
    + [(year, 60) for year in range(1966, 1976)]
    + [(year, 40) for year in range(1976, 1986)]
    + [(year, 30) for year in range(1986, 1996)]
    + [(year, 14) for year in range(1996, 2003)]
)
_YOUNG = Weighted([(year, 1 + (year > 1995) * 4) for year in range(1970, 2004)])
_MIDDLE = Weighted([(year, 1) for year in range(1962, 1975)])


def _date(rng: Rng, year: int) -> dt.date:
    return dt.date(year, 1, 1) + dt.timedelta(days=rng.below(365))


def _within(rng: Rng, weights: Weighted, first: dt.date, last: dt.date) -> dt.date:
    while True:
        day = _date(rng, weights.draw(rng))
        if first <= day <= last:
            return day


def under_80(rng: Rng) -> dt.date:
    """In receipt before the year, younger than 80 when the list was frozen."""
    return _within(rng, _UNDER_80, EIGHTY + dt.timedelta(days=1), LAST_BEFORE)


def recent(rng: Rng) -> dt.date:
    """In receipt since last autumn."""
    first, last = RECENT
    return first + dt.timedelta(days=rng.below((last - first).days + 1))


def over_80(rng: Rng) -> dt.date:
    return _within(rng, _OVER_80, dt.date(1919, 1, 1), EIGHTY)


def with_account(rng: Rng) -> dt.date:
    """Young enough at the launch of the scheme to have paid in (recalculations, dual receipt, late deaths)."""
    return _date(rng, _WITH_ACCOUNT.draw(rng))


def reaching_60(rng: Rng, start: int) -> dt.date:
    """Sixty in the month before ``start``."""
    first = months.first_day(start - 1)
    length = (months.last_day(start - 1) - first).days + 1
    return first.replace(year=first.year - 60, day=1 + rng.below(min(length, 28)))


def working(rng: Rng) -> dt.date:
    """A contributor, 17 to 59, who does not reach 60 in the year."""
    return _date(rng, _WORKING.draw(rng))


def young(rng: Rng) -> dt.date:
    """A newly enrolled person, 16 at least."""
    return _date(rng, _YOUNG.draw(rng))


def middle(rng: Rng) -> dt.date:
    return _date(rng, _MIDDLE.draw(rng))


def never_insured(rng: Rng) -> dt.date:
    """Sixty or more and never covered: the special applications of the poor."""
    return _date(rng, 1938 + rng.below(20))
