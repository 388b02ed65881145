"""Personal data in public text: every match is masked before it leaves this module."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from jingban.checker.context import Context
from jingban.checker.model import Heading, Paragraph, Source, Table
from jingban.checker.text.fold import fold
from jingban.values import citizen_id
from jingban.values.citizen_id import IdStatus
from jingban.values.patterns import lazy

_ID = lazy(r"(?<![0-9A-Za-z])(\d{17}[0-9Xx]|\d{15})(?![0-9A-Za-z])")
_MOBILE = lazy(r"(?<![0-9.])(?<!\d,)1[3-9]\d{9}(?![0-9]|[.,]\d|\s*(?:元|万|人))")
_ACCOUNT = lazy(
    r"(?<![0-9.])(?<!\d,)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9]|[.,]\d)|(?<![0-9.])(?<!\d,)\d{16,19}(?![0-9]|[.,]\d)"
)
_ACCOUNT_WORD = lazy(r"账号|帐号|账户|帐户|卡号|银行卡|存折|开户")


class Found(Struct, frozen=True):
    """A match: masked text, what stands around it (masked), where, and its length-15 or other kind."""

    masked: str
    around: str
    source: Source
    kind: str
    before: str
    """Up to 12 characters before the match: the label."""


def texts(context: Context) -> Iterator[tuple[str, Source, str]]:
    """(text, source, label of its column or row) of everything printed."""
    for block in context.document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text, block.source, ""
        elif isinstance(block, Table):
            heads = ["/".join(column.path) for column in block.columns]
            for row in block.rows:
                label = ""
                for cell in row:
                    if cell and cell.text and not cell.inherited:
                        head = heads[cell.column] if cell.column < len(heads) else ""
                        yield cell.text, cell.source, f"{head} {label}"
                        label = cell.text[:12]


def mask(number: str) -> str:
    """First three and last two only (catalogue S101)."""
    return number[:3] + "*" * max(len(number) - 5, 0) + number[-2:]


def _around(text: str, start: int, end: int) -> str:
    cut = text[max(0, start - 15) : start] + mask(text[start:end]) + text[end : end + 6]
    return re.sub(r"\d{7,}", lambda found: mask(found[0]), cut)


def citizen_ids(context: Context) -> Iterator[Found]:
    """Valid 18-digit numbers, and 15-digit ones beside the words for identity cards."""
    for text, source, label in texts(context):
        if not any(character.isdigit() for character in text):
            continue
        line = fold(text)
        for match in _ID.finditer(line):
            status = citizen_id.parse(match[1]).status
            before = label + line[max(0, match.start() - 12) : match.start()]
            if status is IdStatus.OK:
                kind = "18"
            elif status is IdStatus.LEGACY_15 and re.search(r"身份证|证件|公民身份", before):
                kind = "15"
            else:
                continue
            yield Found(mask(match[1]), _around(line, match.start(), match.end()), source, kind, before)


def mobiles(context: Context) -> Iterator[Found]:
    for text, source, label in texts(context):
        line = fold(text)
        for match in _MOBILE.finditer(line):
            before = label + line[max(0, match.start() - 12) : match.start()]
            if re.search(r"编号|编码|文号|账号|卡号|金额|代码", before):
                continue
            yield Found(mask(match[0]), _around(line, match.start(), match.end()), source, "mobile", before)


def accounts(context: Context) -> Iterator[Found]:
    """Card and account numbers: Luhn holds and the words around say so."""
    for text, source, label in texts(context):
        line = fold(text)
        for match in _ACCOUNT.finditer(line):
            digits = re.sub(r"\D", "", match[0])
            before = label + line[max(0, match.start() - 14) : match.start()]
            if not 16 <= len(digits) <= 19 or not _ACCOUNT_WORD.search(before) or not luhn(digits):
                continue
            if citizen_id.parse(digits).status is IdStatus.OK:
                continue
            yield Found(mask(digits), _around(line, match.start(), match.end()), source, "account", before)


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 check digit."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
