"""Money in the accounts: the one free quantity of the sample, fitted so that the year's payments come to the published sum.

Everything else that a month pays is law. The balances are drawn from a plausible spread, scaled by one ratio, and a few
are nudged by fen until the total is right; the 36 overpaid persons are fitted on their own to 28,236.80 yuan.
"""

from __future__ import annotations

from collections import Counter

from jingban.cli.county import law
from jingban.cli.county import targets as t
from jingban.cli.county.person import Person
from jingban.cli.county.rng import Rng, Weighted
from jingban.cli.county.schedule import DECEMBER, HELD_FROM, JANUARY
from jingban.values import money, months

_TIERS = Weighted(
    [(10_000, 22), (20_000, 42), (30_000, 12), (50_000, 12), (100_000, 8), (200_000, 3), (300_000, 1)]
)
_OVERPAID = ("late", "late_campaign", "dual", "prison")
GROUP_AIM_FEN = t.GROUP_FEN + 30_000
"""A little above, because the report prints "more than 6.20 million"."""


def paid_months(person: Person) -> range:
    """Entitlement months that are paid in the year and stay paid."""
    match person.kind, person.role:
        case "recipient", "death" | "late" | "late_campaign":
            return range(JANUARY, person.event_month + 1)
        case "recipient", "dual" | "prison":
            return range(JANUARY, person.event_month)
        case "recipient", "lost":
            return range(JANUARY, HELD_FROM)
        case "recipient", _:
            return range(JANUARY, DECEMBER + (0 if DECEMBER in person.fails else 1))
        case "held", "resumed":
            return range(person.held_since, DECEMBER + 1)
        case _, "award" | "special":
            return range(person.event_month, DECEMBER + 1)
    return range(0)


def base_fen(person: Person) -> int:
    """Basic part of everything paid to the person in the year.

    A standard that comes late is paid late, to heirs if need be; those held back by then do not get it this year.
    """
    return sum(law.base(person.birth_month, m, raised=person.role != "lost") for m in paid_months(person))


def extra_fen(person: Person) -> int:
    """What a recalculation adds in the year: from the month after the subsidy was posted."""
    if person.kind != "recipient" or person.role not in ("fisher", "land"):
        return 0
    return law.annuity(person.amount_fen) * (DECEMBER - person.event_month)


def has_account(person: Person) -> bool:
    """Younger than 60 when the scheme was launched, so with years of their own."""
    return law.required_years(person.birth_month) > 0 and not person.special


def at_award(person: Person) -> int:
    """The account of somebody awarded in the year: brought forward, caught up, and the interest of each sub-ledger to the decision.

    What is caught up arrives in the month before the first pension and bears interest from the month after.
    """
    assert person.decided is not None
    until, caught_up = months.of_date(person.decided), person.amount_fen * person.pieces
    stood = Counter({ledger: fen * (until - JANUARY + 1) for ledger, fen in person.ledgers.items()})
    stood[1] += caught_up * max(0, until - person.event_month + 1)
    return sum(person.ledgers.values()) + caught_up + sum(law.interest(product) for product in stood.values())


def draw_balance(rng: Rng, person: Person) -> int:
    """An account at the award in fen: years times tier and subsidy with some interest; some paid fifteen years at once."""
    years = law.required_years(person.birth_month)
    if rng.chance(1, 5):
        years = 15
    tier: int = _TIERS.draw(rng)
    return years * (tier + 4_000) * (100 + rng.between(1, 14)) // 100 + rng.below(9_973)


def fit(rng: Rng, drawing: list[Person], special_groups: set[int]) -> None:
    """Set ``balance_fen`` of everybody who draws in the year and was in receipt before it."""
    overpaid = [person for person in drawing if person.role in _OVERPAID]
    _fit_overpaid(rng, overpaid)
    group = [p for p in drawing if id(p) in special_groups]
    _fit_group(rng, group)
    done = {id(person) for person in (*overpaid, *group)}
    free = [
        p for p in drawing if id(p) not in done and p.kind != "new" and p.role != "award" and has_account(p)
    ]
    for person in free:
        person.balance_fen = draw_balance(rng, person)
    rest = t.PAID_FEN - sum(base_fen(p) + extra_fen(p) for p in drawing)
    rest -= sum(
        law.annuity(p.balance_fen) * len(paid_months(p))
        for p in drawing
        if id(p) in done or p.role == "award"
    )
    drawn = sum(law.annuity(p.balance_fen) * len(paid_months(p)) for p in free)
    for person in free:
        person.balance_fen = money.div_half_up(person.balance_fen * rest, drawn)
    rest -= sum(law.annuity(p.balance_fen) * len(paid_months(p)) for p in free)
    _nudge([p for p in free if not p.role], rest)


def _nudge(people: list[Person], rest: int) -> None:
    """Give or take one fen a month from person to person until less than a yuan is left."""
    step = 1 if rest > 0 else -1
    for person in people:
        count = len(paid_months(person))
        if abs(rest) < count:
            return
        if count and law.annuity(person.balance_fen) > 200:
            person.balance_fen += step * law.DIVISOR
            rest -= step * count


def overpaid_months(person: Person) -> range:
    """Months paid though nothing was due: after the death, from the other pension on, in prison."""
    first = person.event_month + (1 if person.role.startswith("late") else 0)
    return range(first, person.last_paid + 1)


def _fit_overpaid(rng: Rng, people: list[Person]) -> None:
    """The overpaid months of all 36 come to 28,236.80 yuan: the one with a single month takes what is left."""
    rest = t.OVERPAID_FEN
    for person in people:
        raised = person.last_paid >= law.RAISE_PAID
        rest -= sum(law.base(person.birth_month, m, raised=raised) for m in overpaid_months(person))
    last = next(person for person in people if len(overpaid_months(person)) == 1)
    others = [person for person in people if person is not last]
    weight = sum(len(overpaid_months(person)) for person in others)
    mean = (rest - 2_000) // weight
    for person in others:
        part = mean + rng.between(-mean * 2 // 5, mean * 2 // 5)
        person.balance_fen = part * law.DIVISOR
        rest -= part * len(overpaid_months(person))
    # Spread what the draws left over evenly, so that the last one gets an ordinary amount.
    spread = (rest - 1_500) // weight
    for person in others:
        person.balance_fen += spread * law.DIVISOR
        rest -= spread * len(overpaid_months(person))
    if not 300 <= rest <= 6_000:
        raise AssertionError(f"the single overpaid month would need an account part of {rest} fen")
    last.balance_fen = rest * law.DIVISOR
    for person in people:
        person.balance_fen += rng.between(-60, 60)


def _fit_group(rng: Rng, people: list[Person]) -> None:
    """The three groups' recipients: most have no account; the few small ones bring the sum to 6.20 million."""
    rest = GROUP_AIM_FEN - sum(base_fen(person) + extra_fen(person) for person in people)
    candidates = [p for p in people if p.kind == "recipient" and has_account(p)]
    if rest < 0 or not candidates:
        raise AssertionError(f"the three groups would already draw {-rest} fen too much")
    mean = rest // sum(len(paid_months(p)) for p in candidates)
    for person in candidates:
        part = max(1, mean + rng.between(-mean // 3, mean // 3))
        person.balance_fen = part * law.DIVISOR + rng.between(-60, 60)
