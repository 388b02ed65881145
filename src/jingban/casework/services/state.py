"""The state of cases: that of their last event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from jingban.casework.kind import kind_of
from jingban.casework.models import Case, CaseEvent


@dataclass(frozen=True, slots=True)
class Current:
    """A case with its last event and who approved it in the round it is in."""

    case: Case
    last: CaseEvent
    approvers: tuple[str, ...]

    @property
    def approvals(self) -> int:
        """How many levels have approved."""
        return len(self.approvers)

    @property
    def values(self) -> dict[str, Any]:
        """The form as last corrected, in stored form."""
        content: dict[str, Any] = self.case.content if self.last.content is None else self.last.content
        return content

    @property
    def evidence(self) -> dict[str, str]:
        """The papers as last given."""
        papers: dict[str, str] = self.case.evidence if self.last.evidence is None else self.last.evidence
        return papers

    @property
    def levels(self) -> int:
        """Approvals wanted: by the amount as last corrected, and never fewer than when the case was brought."""
        kind = kind_of(self.case.kind)
        return max(self.case.levels, kind.approvals(int(self.values.get(kind.amount) or 0)))


def current(numbers: Sequence[str]) -> dict[str, Current]:
    """Cases by number, in the order asked for; unknown numbers are absent. Three queries, whatever the count."""
    cases = {case.number: case for case in _chunked(numbers)}
    ids = [case.pk for case in cases.values()]
    events: dict[int, list[CaseEvent]] = {}
    for start in range(0, len(ids), 900):
        for event in CaseEvent.objects.filter(case_id__in=ids[start : start + 900]).order_by(
            "case_id", "sequence"
        ):
            events.setdefault(event.case_id, []).append(event)
    found: dict[str, Current] = {}
    for number in numbers:
        if number in cases:
            history = events[cases[number].pk]
            found[number] = _current(cases[number], history)
    return found


def _current(case: Case, history: list[CaseEvent]) -> Current:
    last = history[-1]
    approvers = tuple(
        event.actor
        for event in history
        if event.action == CaseEvent.Action.APPROVED and event.round == last.round
    )
    last.content = next((event.content for event in reversed(history) if event.content is not None), None)
    last.evidence = next((event.evidence for event in reversed(history) if event.evidence is not None), None)
    return Current(case, last, approvers)


def _chunked(numbers: Sequence[str]) -> Iterable[Case]:
    for start in range(0, len(numbers), 900):
        yield from Case.objects.filter(number__in=numbers[start : start + 900])


def in_state(*states: str) -> QuerySet[CaseEvent]:
    """The last events that stand in one of the states, oldest case first; each carries its case."""
    later = CaseEvent.objects.filter(case_id=OuterRef("case_id"), sequence__gt=OuterRef("sequence"))
    newest = CaseEvent.objects.filter(~Exists(later), state__in=states)
    return newest.select_related("case").order_by("case_id")


def open_cases(kind: str | None = None) -> QuerySet[CaseEvent]:
    """Cases that wait for a decision or a correction (the backlog)."""
    waiting = in_state(CaseEvent.State.PENDING, CaseEvent.State.RETURNED)
    # As a subquery the kind comes first; as a join every event of the year was looked at.
    return waiting.filter(case__in=Case.objects.filter(kind=kind)) if kind else waiting
