"""The integer constraints of the year: who must exist so that every published count is met exactly.

Worked out on paper in docs/internals/sample-county.md; the names below are those of that page.
"""

from __future__ import annotations

from dataclasses import dataclass

from jingban.cli.county import targets as t
from jingban.cli.county.schedule import DECEMBER, HELD_FROM, JANUARY

DEATHS_REPORTED = (80, 72, 68, 64, 62, 60, 60, 62, 84, 90, 96, 96)
"""Deaths of recipients reported in time, by month of death; their sum is 894."""
# (month of death, last month paid, persons): found by comparing lists before the campaign, or at the door in September.
LATE_BEFORE = ((1, 8, 6), (2, 8, 4), (3, 8, 2), (6, 8, 1), (7, 8, 1))
LATE_CAMPAIGN = ((1, 9, 5), (2, 9, 5), (3, 9, 3), (5, 9, 2))
DUAL = (3, 11, 5)
"""First month of the employees' pension, last month paid here, persons."""
PRISON = (2, 8, 2)
"""First month without entitlement, last month paid, persons."""
CONTRIBUTOR_DEATHS = 62
JOINED_EMPLOYEES = 61
UNREACHABLE = 170
FOUND = 16
HELD_BEFORE = 52
HELD_RESUMED = 20
HELD_MONTHS = (9, 10, 11, 12)
"""Months of 2019 since which they are held, in turn."""
SPECIAL_STARTS = (0, 44, 30, 20, 14, 12, 8, 6, 0, 0, 0, 0)
"""Special awards by first month, January first; the sum is 134."""
GROUP_ORDINARY_AWARDS = 8
FAILED = (31, 24, 28, 22, 19, 25, 17, 21, 26, 18, 23, 7)
"""Transfers the bank sends back, by payroll month; December's stay open at the end of the year."""
CHANGED_ACCOUNTS, CHANGED_CONTACTS = 60, 45
WRONG_SEX = 3
"""Registered with the sex that their number contradicts: found by the standing check, corrected by a change of key data."""
CHANGED_NAMES = t.CHANGES - CHANGED_ACCOUNTS - CHANGED_CONTACTS - WRONG_SEX
BACKLOG = 8
"""Changes of accounts, and as many of homes, that came in during the last days of the year and wait."""
MESSAGED = 2_300
"""Asked whether they want messages; one in forty does not, and one number in so many is no mobile number."""
WRONG_PHONES = 150
SPECIAL_MATTERS = t.SPECIAL_MATTERS
NEW_ORDINARY = t.NEWLY_ENROLLED - t.SPECIAL
SEVERELY_DISABLED = 165
"""Government-paid outside the three groups: the report only bounds them (at least 160)."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """The solution: how many persons of each kind the county starts with."""

    recipients: int
    """In receipt and paid in January."""
    contributors: int
    recent: int
    """Recipients since last autumn: their award still counts as certificate when the list is frozen."""
    deaths: tuple[int, ...]
    """Deaths reported in time by month, after the last correction."""


def awards_by_start() -> list[int]:
    """Ordinary awards by first month of the pension, January first: 535 over twelve months."""
    ordinary = t.AWARDS - t.SPECIAL
    return [ordinary // 12 + (1 if month < ordinary % 12 else 0) for month in range(12)]


def solve() -> Headcount:
    """Recipients, contributors and recent recipients such that all counts hold at once.

    Person-months: 12 R = 314,392 + months lost - months gained; what twelve does not divide is taken up by moving
    single deaths by one month. A month that was paid wrongly and taken back is no person-month.
    """
    late = (*LATE_BEFORE, *LATE_CAMPAIGN)
    lost = sum(count * (12 - month) for month, count in enumerate(DEATHS_REPORTED, start=1))
    lost += sum(count * (12 - month) for month, _last, count in late)
    lost += sum(count * (13 - first) for first, _last, count in (DUAL, PRISON))
    lost += (DECEMBER + 1 - HELD_FROM) * (UNREACHABLE - FOUND) + FAILED[-1]
    gained = sum(count * (12 - month) for month, count in enumerate(awards_by_start()))
    gained += sum(count * (12 - month) for month, count in enumerate(SPECIAL_STARTS))
    gained += sum(12 + 13 - HELD_MONTHS[n % len(HELD_MONTHS)] for n in range(HELD_RESUMED))
    need = t.PERSON_MONTHS + lost - gained
    recipients = -(-need // 12)
    surplus = 12 * recipients - need
    deaths = list(DEATHS_REPORTED)
    deaths[6] -= surplus  # July deaths that happen in June lose one month more
    deaths[5] += surplus

    opening = t.PARTICIPANTS - t.NEWLY_ENROLLED + t.TERMINATIONS + t.TRANSFERS_OUT
    known_before = sum(deaths[:8]) + sum(count for *_rest, count in LATE_BEFORE) + PRISON[2]
    return Headcount(
        recipients=recipients,
        contributors=opening - recipients - HELD_BEFORE,
        recent=recipients - known_before - t.TO_CERTIFY,
        deaths=tuple(deaths),
    )


def check() -> None:
    """The sums the page states; a wrong edit of a table above stops here."""
    late = sum(count for *_rest, count in (*LATE_BEFORE, *LATE_CAMPAIGN))
    deaths = sum(DEATHS_REPORTED) + late
    facts = {
        "terminations": (deaths + CONTRIBUTOR_DEATHS + JOINED_EMPLOYEES + DUAL[2], t.TERMINATIONS),
        "overpaid persons": (late + DUAL[2] + PRISON[2], t.OVERPAID_PERSONS),
        "special awards": (sum(SPECIAL_STARTS), t.SPECIAL),
        "not certified": (sum(c for *_r, c in LATE_CAMPAIGN) + UNREACHABLE, t.NOT_CERTIFIED),
        "certified": (t.TO_CERTIFY - t.NOT_CERTIFIED, t.CERTIFIED),
        "resumed": (FOUND + HELD_RESUMED, t.RESUMED),
        "awards": (sum(awards_by_start()) + t.SPECIAL, t.AWARDS),
    }
    wrong = {name: pair for name, pair in facts.items() if pair[0] != pair[1]}
    if wrong or DECEMBER - JANUARY != 11:
        raise AssertionError(f"the paper calendar does not add up: {wrong}")
