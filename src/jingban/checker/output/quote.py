"""Where in a quoted line the doubtful number stands."""

from __future__ import annotations

import re
import unicodedata

EITHER_SIDE = 34
"""Characters kept on each side of the number when a long line is cropped."""


def span(quote: str, stated: str | None) -> tuple[int, int] | None:
    """[start, end) of the stated figure in the quote, tolerant of separators, full-width digits and spaces."""
    if not stated:
        return None
    number = re.search(r"\d[\d,.]*\d|\d", unicodedata.normalize("NFKC", stated).replace(" ", ""))
    for wanted in (stated, number[0].rstrip(".") if number else ""):
        if not wanted:
            continue
        at = quote.find(wanted)
        if at >= 0 and not (wanted[0].isdigit() and at and (quote[at - 1].isdigit() or quote[at - 1] == ".")):
            return at, at + len(wanted)
        pattern = r"[\s,，]*".join(re.escape(char) for char in wanted if char not in ", ，")
        found = re.search(rf"(?<![\d.]){pattern}", unicodedata.normalize("NFKC", quote))
        if found and len(unicodedata.normalize("NFKC", quote)) == len(quote):
            return found.span()
    return None


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
