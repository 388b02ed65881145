"""Writing and proving the audit chain.

Entries are appended inside the transaction of what they record, under the register's lock, so the chain has no gaps and no
forks. The digest is SM3 (GB/T 32905) on every machine, so a chain is proved wherever its database is taken.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from jingban.store import bulk
from jingban.store.models import AuditEntry
from jingban.store.origins import lock

FIRST = "0" * 64
"""What the first entry seals."""
PAGE = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened: ``action`` in dotted form (``case.approved``), ``subject`` masked, ``detail`` JSON without secrets."""

    actor: str
    action: str
    subject: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold, and why: ``digest`` (changed), ``before`` (cut or forked), ``gap`` (missing).

    Against a head noted earlier: ``cut`` (entries after this one are gone), ``rewritten`` (sealed anew, up to that head at least).
    """

    number: int
    reason: str


def append(entries: Iterable[Entry], at: dt.datetime) -> int:
    """Add entries to the chain, within the caller's transaction. Returns how many."""
    assert connection.in_atomic_block, "the audit chain is written in the transaction of what it records"
    lock()
    number, before = head()
    moment = at.astimezone(dt.UTC)
    rows = []
    for entry in entries:
        number += 1
        text = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        seal = digest(number, moment, entry.actor, entry.action, entry.subject, text, before)
        rows.append(
            (number, bulk.moment(moment), entry.actor, entry.action, entry.subject, text, before, seal)
        )
        before = seal
    fields = ["number", "at", "actor", "action", "subject", "detail", "before", "digest"]
    return bulk.insert(AuditEntry, fields, rows)


def digest(
    number: int, at: dt.datetime, actor: str, action: str, subject: str, detail: str, before: str
) -> str:
    """Seal of one entry: 64 hexadecimal digits."""
    content = "\x1f".join(
        (str(number), at.astimezone(dt.UTC).isoformat(), actor, action, subject, detail, before)
    )
    return _sm3(content.encode())


def _sm3(content: bytes) -> str:
    try:
        return hashlib.new("sm3", content).hexdigest()
    except ValueError:  # some systems build Python's own library without it
        from cryptography.hazmat.primitives import hashes

        sealed = hashes.Hash(hashes.SM3())
        sealed.update(content)
        return sealed.finalize().hex()


def _pages() -> Iterator[AuditEntry]:
    after = 0
    while True:
        page = list(AuditEntry.objects.filter(number__gt=after).order_by("number")[:PAGE])
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].number


def head() -> tuple[int, str]:
    """Number and digest of the last entry: noted outside the database, it is what :func:`verify` can be held against."""
    return AuditEntry.objects.order_by("-number").values_list("number", "digest").first() or (0, FIRST)


def verify(noted: tuple[int, str] | None = None) -> tuple[int, Broken | None]:
    """Walk the whole chain: number of links that hold, and the first that does not.

    A chain cut at its end, or sealed anew throughout, holds in itself; ``noted``, a head kept earlier, tells.
    """
    expected, before = 1, FIRST
    kept = noted is None or noted == (0, FIRST)
    for entry in _pages():
        if entry.number != expected:
            return expected - 1, Broken(expected, "gap")
        if entry.before != before:
            return expected - 1, Broken(entry.number, "before")
        text = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        seal = digest(entry.number, entry.at, entry.actor, entry.action, entry.subject, text, before)
        if entry.digest != seal:
            return expected - 1, Broken(entry.number, "digest")
        kept = kept or (entry.number, seal) == noted
        expected, before = expected + 1, seal
    if noted is None or kept:
        return expected - 1, None
    if noted[0] >= expected:
        return expected - 1, Broken(expected, "cut")
    return 0, Broken(noted[0], "rewritten")
