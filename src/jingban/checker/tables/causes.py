"""Findings of one root cause: one wrong cell breaks its row sum, its column sums and the tables that repeat it."""

from __future__ import annotations

from collections import Counter

from jingban.checker.tables.outcome import Outcome


def assign_causes(found: list[Outcome]) -> None:
    """Give every failing outcome a ``cause``: outcomes with the same difference that share a cell, or a row, share one."""
    wrong = [outcome for outcome in found if outcome.verdict in ("wrong", "suspect", "faint")]
    home = list(range(len(wrong)))

    def root(index: int) -> int:
        while home[index] != index:
            home[index] = home[home[index]]
            index = home[index]
        return index

    seen: dict[tuple[str, int, object], int] = {}
    for index, outcome in enumerate(wrong):
        row = (f"{outcome.identity}:{id(outcome.table)}:{outcome.row}", 0, abs(outcome.difference))
        keys = [(cell.key, id(cell.source), abs(outcome.difference)) for cell in outcome.cells]
        for key in [*keys, row] if outcome.row is not None else keys:
            if key in seen:
                home[root(index)] = root(seen[key])
            else:
                seen[key] = index
    groups: dict[int, list[Outcome]] = {}
    for index, outcome in enumerate(wrong):
        groups.setdefault(root(index), []).append(outcome)
    for members in groups.values():
        shared = Counter(
            cell.key for outcome in members for cell in {c.key: c for c in outcome.cells}.values()
        )
        most = max(shared.values())
        name = min(key for key, count in shared.items() if count == most)
        tops = {key for key, count in shared.items() if count == most > 1}
        for outcome in members:
            own = {cell.key: cell for cell in outcome.cells if cell.key in tops}
            outcome.culprit = next(iter(own.values())) if len(own) == 1 else None
            outcome.cause = f"cell:{name}:{abs(outcome.difference):f}"
