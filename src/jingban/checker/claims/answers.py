"""From a bound claim and its reading to the answer a rule gives; the evidence every finding carries (catalogue head)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.sentence import Sentence, Token
from jingban.checker.claims.verdict import Reading, like
from jingban.checker.figures import Figure
from jingban.checker.model import Source
from jingban.checker.rule import Problem, Severity, Unverified, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

__all__ = [
    "Verified",
    "contradiction",
    "formula",
    "gap_text",
    "like",
    "near",
    "quote",
    "section_key",
    "unbound",
    "verified",
]

QUOTE_MAX = 160
_NUMBERING = lazy(
    r"^\s*(?:第?[一二三四五六七八九十\d]+[、.部章节]|\([一二三四五六七八九十\d]+\)|\d+(?:\.\d+)*)+\s*"
)


def section_key(sentence: Sentence) -> str:
    """Heading of the section without numbering: tells two places of one wording apart in fingerprints."""
    return _NUMBERING.sub("", sentence.section.replace("（", "(").replace("）", ")")).replace(" ", "")


def quote(sentence: Sentence, token: Token | None = None) -> str:
    """The sentence as printed, cut around the figure when it is long."""
    text = sentence.quote()
    if len(text) <= QUOTE_MAX or token is None:
        return text[:QUOTE_MAX]
    middle = token.figure.start - sentence.start
    start = max(0, min(middle - QUOTE_MAX * 2 // 3, len(text) - QUOTE_MAX))
    return text[start : start + QUOTE_MAX]


def verified(subject: str, reading: Reading, source: Source) -> Verified:
    return Verified(subject, source, rounding=reading.level != "L0")


def unbound(subject: str, source: Source, reason: str) -> Unverified:
    return Unverified(subject, source, reason)


def contradiction(
    sentence: Sentence,
    token: Token,
    reading: Reading,
    message: str,
    key: Iterable[str],
    *,
    severity: Severity | None = None,
    related: Iterable[Bound] = (),
    cells: Iterable[Source] = (),
    details: Iterable[str] = (),
    cause: str | None = None,
) -> Problem:
    """A stated figure that its own formula does not give; ``related`` and ``cells`` are what the formula was told from."""
    figure = token.figure
    return Problem(
        message=message,
        source=figure.source,
        quote=quote(sentence, token),
        key=(section_key(sentence), *key),
        stated=figure.text,
        expected=like(figure, reading.value.point),
        difference=reading.comparison.difference,
        severity=severity,
        related=(*(one.token.figure.source for one in related), *cells),
        details=(formula(reading, figure), *details),
        cause=cause,
    )


def formula(reading: Reading, figure: Figure) -> str:
    """'算式 17.8万元 ÷ 739万元 = 2.41%；区间 [2.40%, 2.42%]；写作 22.6%'"""
    places = max(figure.number.decimals, 2)
    low, high = reading.value.low, reading.value.high
    return _("算式 {} = {}；按印出位数区间 [{}, {}]；文中写 {}").format(
        reading.formula,
        like(figure, reading.value.point, places),
        like(figure, low, places),
        like(figure, high, places),
        figure.text,
    )


def near(reading: Reading, figure: Figure) -> str | None:
    """Which innocent habit explains a figure that is a little off, for information findings."""
    reason = reading.comparison.reason
    if reason == "truncation":
        return _("像是截断而非四舍五入：应为 {}").format(like(figure, reading.value.point))
    if reason == "padding":
        return _("按较少位数计算后补零：{} 位小数时应为 {}").format(
            figure.number.decimals, like(figure, reading.value.point)
        )
    return None


def gap_text(value: Decimal, figure: Figure) -> str:
    """A difference in the unit of a figure, without sign."""
    return like(figure, abs(value))
