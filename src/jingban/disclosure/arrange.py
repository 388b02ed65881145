"""Placing the rows of a two-sided form on common lines, by their printed line numbers where the form has them."""

from __future__ import annotations

from jingban.forms.filled import FilledRow

Placed = list[FilledRow | int | None]


def gap_rows(sides: list[list[FilledRow]]) -> list[Placed]:
    """Both sides with equal length. With line numbers, unused numbers become empty lines; without, the sums go to the foot."""
    if all(row.line is not None for rows in sides for row in rows):
        return _pad([_numbered(rows) for rows in sides], numbered=True)
    heads = [next((at for at, row in enumerate(rows) if row.kind == "total"), len(rows)) for rows in sides]
    tallest, foot = max(heads), max(len(rows) - head for rows, head in zip(sides, heads, strict=True))
    placed: list[Placed] = []
    for rows, head in zip(sides, heads, strict=True):
        tail = rows[head:]
        gap: Placed = [None] * (foot - len(tail))
        placed.append([*rows[:head], *[None] * (tallest - head), *tail[:-1], *gap, *tail[-1:]])
    return placed


def _numbered(rows: list[FilledRow]) -> Placed:
    placed: Placed = []
    following = rows[0].line or 0
    for row in rows:
        assert row.line is not None
        placed += range(following, row.line)
        placed.append(row)
        following = row.line + 1
    return placed


def _pad(sides: list[Placed], *, numbered: bool) -> list[Placed]:
    height = max(map(len, sides))
    for rows in sides:
        while len(rows) < height:
            last = rows[-2] if len(rows) > 1 else None
            number = (last.line if isinstance(last, FilledRow) else last) if numbered else None
            rows.insert(-1, None if number is None else number + 1)
    return sides
