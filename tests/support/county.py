"""A thin county: everybody to whom something happens, and one in so many of the others."""

from __future__ import annotations

from functools import cache

from jingban.cli.county.build import County, build
from jingban.cli.county.person import Person

KEEP = 120


@cache
def whole() -> County:
    """The sample county of the default seed; callers must not change it."""
    return build()


def thin(keep: int = KEEP) -> County:
    """Persons with a role, a failing transfer or a wrong entry, and every ``keep``-th of the rest. The plan of each stays as it is."""
    county = whole()

    def some(people: list[Person]) -> list[Person]:
        return [p for n, p in enumerate(people) if p.role or p.fails or p.wrong_sex or n % keep == 0]

    return County(
        county.seed,
        county.head,
        some(county.recipients),
        some(county.held),
        some(county.contributors),
        some(county.newcomers),
        county.outside,
    )
