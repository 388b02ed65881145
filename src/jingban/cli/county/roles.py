"""Who plays which part: every person of the county with kind, role and the months of their events."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.cli.county import births
from jingban.cli.county import integers as n
from jingban.cli.county import targets as t
from jingban.cli.county.person import Person
from jingban.cli.county.rng import Rng
from jingban.cli.county.schedule import JANUARY
from jingban.values import months

# Of those who die or cannot be found, this share (percent) is 80 or older.
_OLD_AMONG_DEAD, _OLD_AMONG_LOST = 46, 30


def recipients(rng: Rng, head: n.Headcount) -> list[Person]:
    """Everybody in receipt in January, with births such that the frozen list holds exactly 4,748 aged 80 or more."""
    people: list[Person] = []
    for month, count in enumerate(head.deaths, start=1):
        people += [Person("recipient", "death", event_month=JANUARY + month - 1) for _ in range(count)]
    for role, table in (("late", n.LATE_BEFORE), ("late_campaign", n.LATE_CAMPAIGN)):
        for month, last, count in table:
            people += [
                Person("recipient", role, event_month=JANUARY + month - 1, last_paid=JANUARY + last - 1)
                for _ in range(count)
            ]
    for role, (first, last, count) in (("dual", n.DUAL), ("prison", n.PRISON)):
        people += [
            Person("recipient", role, event_month=JANUARY + first - 1, last_paid=JANUARY + last - 1)
            for _ in range(count)
        ]
    people += [Person("recipient", "found" if k < n.FOUND else "lost") for k in range(n.UNREACHABLE)]
    people += [Person("recipient", "recent") for _ in range(head.recent)]
    people += [Person("recipient", "fisher") for _ in range(t.FISHERS_RECALCULATED)]
    people += [Person("recipient", "land") for _ in range(t.LAND_LOST)]
    people += [Person("recipient") for _ in range(head.recipients - len(people))]
    _give_births(rng, people)
    return rng.shuffle(people)


def on_list(person: Person) -> bool:
    """In receipt and without a valid certificate on the day the list was frozen, as known that day."""
    match person.role:
        case "death":
            return person.event_month >= months.month(t.YEAR, 9)
        case "late" | "prison" | "recent":
            return False
        case _:
            return True


def passes(person: Person) -> bool:
    """Seen alive in the campaign; of the others, some are dead and some cannot be found."""
    return person.role not in ("late_campaign", "lost", "found")


def _give_births(rng: Rng, people: list[Person]) -> None:
    old_on_list = 0
    open_choice: list[Person] = []
    for person in people:
        match person.role:
            case "fisher" | "land" | "dual" | "prison" | "late" | "late_campaign":
                person.birth = births.with_account(rng)
            case "death" | "lost" | "found":
                share = _OLD_AMONG_DEAD if person.role == "death" else _OLD_AMONG_LOST
                old = rng.below(100) < share
                person.birth = births.over_80(rng) if old else births.under_80(rng)
                old_on_list += old and on_list(person)
            case "recent":
                person.birth = births.recent(rng)
            case _:
                open_choice.append(person)
    missing = t.TO_CERTIFY_80 - old_on_list
    for position, person in enumerate(open_choice):
        person.birth = births.over_80(rng) if position < missing else births.under_80(rng)


def held(rng: Rng) -> list[Person]:
    """Suspended since last year for want of a certificate; twenty come back in the course of the year."""
    people = []
    for k in range(n.HELD_BEFORE):
        since = months.month(t.YEAR - 1, n.HELD_MONTHS[k % len(n.HELD_MONTHS)])
        person = Person(
            "held", "resumed" if k < n.HELD_RESUMED else "", births.under_80(rng), held_since=since
        )
        person.event_month = JANUARY + 2 + k % 9 if k < n.HELD_RESUMED else 0
        people.append(person)
    return people


def contributors(rng: Rng, head: n.Headcount) -> list[Person]:
    """Everybody who contributes in January."""
    people: list[Person] = []
    for offset, count in enumerate(n.awards_by_start()):
        start = JANUARY + offset
        people += [
            Person("contributor", "award", births.reaching_60(rng, start), event_month=start)
            for _ in range(count)
        ]
    for role, count in (
        ("contributor_death", n.CONTRIBUTOR_DEATHS),
        ("joined_employees", n.JOINED_EMPLOYEES),
        ("transfer_out", t.TRANSFERS_OUT),
    ):
        for _ in range(count):
            birth = births.middle(rng) if role == "contributor_death" else births.working(rng)
            people.append(Person("contributor", role, birth, event_month=JANUARY + rng.below(11)))
    resident_fishers = t.FISHERS[0] - t.FISHERS_RECALCULATED
    people += [Person("contributor", "fisher", births.working(rng)) for _ in range(resident_fishers)]
    people += [Person("contributor", "", births.working(rng)) for _ in range(head.contributors - len(people))]
    return rng.shuffle(people)


def newcomers(rng: Rng) -> list[Person]:
    """Enrolled in the year: the special applications of the poor, and the young and late."""
    people: list[Person] = []
    for offset, count in enumerate(n.SPECIAL_STARTS):
        for _ in range(count):
            person = Person(
                "new", "special", births.never_insured(rng), event_month=JANUARY + offset, special=True
            )
            people.append(person)
    for _ in range(n.NEW_ORDINARY):
        birth = births.young(rng) if rng.chance(3, 4) else births.working(rng)
        people.append(Person("new", "", birth, event_month=JANUARY + rng.below(12)))
    return people


def outside(rng: Rng) -> list[Person]:
    """Fishers who chose the employees' scheme (16) or belong to the public-sector one (1): known, but not insured here."""
    return [
        Person("outside", "fisher_employee" if k < t.FISHERS[1] else "fisher_public", births.middle(rng))
        for k in range(t.FISHERS[1] + t.FISHERS[2])
    ]


def quiet(people: list[Person]) -> Iterator[Person]:
    """Those to whom nothing else happens."""
    return (person for person in people if not person.role)
