"""Opening the register for writing: one transaction, one lock, one origin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from jingban.store.models import Origin

LOCK = 0x4A42_0001
"""Advisory lock of the register on PostgreSQL. SQLite needs none: its transactions begin IMMEDIATE (jingban.conf)."""


@dataclass(frozen=True, slots=True)
class Door:
    """Who brings facts in, from where and when. ``at`` None: the moment the door opens (the only clock in the register)."""

    actor: str
    kind: str = "batch"
    source: str = ""
    note: str = ""
    at: dt.datetime | None = None


def lock() -> None:
    """Hold every other writer off until this transaction ends, so that origin numbers follow commit order."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@contextmanager
def entering(door: Door, *, dry_run: bool = False) -> Iterator[Origin]:
    """One transaction that either writes everything under one new origin or nothing. ``dry_run``: everything is rolled back."""
    with transaction.atomic():
        lock()
        origin = Origin.objects.create(
            kind=door.kind,
            actor=door.actor,
            source=door.source,
            note=door.note,
            recorded_at=door.at or timezone.now(),
        )
        yield origin
        if dry_run:
            transaction.set_rollback(True)


def horizon() -> int:
    """The newest origin: everything known now. 0 in an empty register."""
    return Origin.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
