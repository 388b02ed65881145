"""What the year's work came to: cases by kind with handling times and punctuality, the backlog, suspicions and what they brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jingban.casework.kind import kinds
from jingban.casework.services.figures import Figures, figures
from jingban.cli.county import schedule
from jingban.safeguards.models import Suspicion, SuspicionEvent

Action, State = SuspicionEvent.Action, SuspicionEvent.State


@dataclass(frozen=True, slots=True)
class Handled:
    """One kind of business. Days are working days from receipt to the end; ``on_time`` in percent where a target was in force."""

    kind: str
    title: str
    received: int
    done: int
    returned: int
    open: int
    mean_days: Decimal
    longest: int
    on_time: Decimal | None


@dataclass(frozen=True, slots=True)
class Looked:
    """One kind of suspicion: how many were found, true, not true, closed; fen that came back."""

    kind: str
    found: int
    true: int
    false: int
    closed: int
    recovered_fen: int


@dataclass(frozen=True, slots=True)
class Service:
    """Everything about the year's work."""

    handled: list[Handled]
    looked: list[Looked]
    backlog: int
    overdue: int
    busiest: tuple[str, int]
    """Who decided most, and how many decisions."""

    @property
    def recovered_fen(self) -> int:
        return sum(row.recovered_fen for row in self.looked)


def service() -> Service:
    """Counted from the steps of cases and suspicions, as they stand on the last day of the year."""
    counted = figures(schedule.YEAR, schedule.INTEREST_DAY)
    busiest = counted.reviewed.most_common(1)
    return Service(
        _handled(counted), _looked(), counted.backlog, counted.overdue, busiest[0] if busiest else ("", 0)
    )


def _handled(counted: Figures) -> list[Handled]:
    return [
        Handled(
            code,
            kinds()[code].title,
            one.received,
            one.done,
            one.returned,
            one.open,
            Decimal(one.mean_days).quantize(Decimal("0.1"), ROUND_HALF_UP),
            max(one.days, default=0),
            None if one.on_time_rate is None else _percent(one.on_time_rate),
        )
        for code, one in counted.kinds.items()
    ]


def _percent(rate: float) -> Decimal:
    return (Decimal(rate) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _looked() -> list[Looked]:
    found = Counter(Suspicion.objects.values_list("kind", flat=True))
    verdicts: Counter[tuple[str, str]] = Counter()
    back: Counter[str] = Counter()
    for kind, action, state, fen in SuspicionEvent.objects.filter(
        action__in=(Action.VERIFIED, Action.CLOSED)
    ).values_list("suspicion__kind", "action", "state", "amount_fen"):
        verdicts[kind, str(state)] += 1
        back[kind] += fen if action == Action.CLOSED else 0
    return [
        Looked(
            kind,
            count,
            verdicts[kind, State.TRUE],
            verdicts[kind, State.FALSE],
            verdicts[kind, State.CLOSED],
            back[kind],
        )
        for kind, count in sorted(found.items())
    ]
