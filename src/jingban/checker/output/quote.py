"""A quoted line short enough to read."""

from __future__ import annotations

import re

from jingban.checker.suggest import span

__all__ = ["crop", "span"]

EITHER_SIDE = 34
"""Characters kept on each side of the number when a long line is cropped."""


def crop(quote: str, where: tuple[int, int] | None) -> tuple[str, tuple[int, int] | None]:
    """A one-line quote short enough to read, with the span moved along."""
    flat = re.sub(r"[\r\n\t]", " ", quote)
    if where is None:
        return (flat if len(flat) <= 2 * EITHER_SIDE else flat[: 2 * EITHER_SIDE] + "…"), None
    start, end = where
    left = max(0, start - EITHER_SIDE)
    right = min(len(flat), end + EITHER_SIDE)
    head = "…" if left else ""
    tail = "…" if right < len(flat) else ""
    return f"{head}{flat[left:right]}{tail}", (start - left + len(head), end - left + len(head))
