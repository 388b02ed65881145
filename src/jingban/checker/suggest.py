"""The sentence as it should read, to be copied: the quoted words with the figure that the document's other figures give."""

from __future__ import annotations

import re
import unicodedata

from jingban.checker.rule import Problem
from jingban.values.patterns import lazy

_FIGURE = lazy(r"[-+−]?\d[\d,，.]*\s*(?:[%％‰]|个百分点|[\u4e00-\u9fff]{1,4})?")
_DIGITS = lazy(r"[-+−]?\d[\d,，.]*\d|[-+−]?\d")


def suggestion(problem: Problem) -> str | None:
    """None where no single figure of the quote can be put right (two alternatives, a missing part, a quote without it)."""
    stated, expected = problem.stated, (problem.expected or "").strip()
    if not stated or not _FIGURE.fullmatch(expected) or not _FIGURE.fullmatch(stated.strip()):
        return None
    place = span(problem.quote, stated)
    right = _DIGITS.match(expected)
    if place is None or right is None:
        return None
    written = problem.quote[place[0] : place[1]]
    if _DIGITS.fullmatch(written):  # only the digits were found: the unit printed behind them stays
        return problem.quote[: place[0]] + right[0] + problem.quote[place[1] :]
    return problem.quote[: place[0]] + expected + problem.quote[place[1] :]


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
