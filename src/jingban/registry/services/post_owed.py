"""Write account entries for what was reviewed: subsidies, government-paid contributions, yearly interest.

What is owed and not yet posted is computed by ``payments.credits``; here it becomes facts.
"""

from __future__ import annotations

from django.db import connection

from jingban.registry.models import AccountEntry, Contribution
from jingban.store import live
from jingban.store.models import Origin
from jingban.store.supersede import supersede
from jingban.values import months

GOVERNMENT_PAID, INTEREST = 402, 403


def post_owed(origin: Origin, item: int, year: int, lines: str) -> None:
    """Append the entries of one item and year, in the transaction of ``origin``.

    ``lines``: a SELECT with person_id, ledger, owed_fen, amount_fen (fen, signed), one row a person and sub-ledger.
    Interest is booked in December of its year, the rest in the month it is posted; a government-paid contribution brings the
    row of the contribution too.
    """
    if item == GOVERNMENT_PAID:
        _contributions(origin, year, lines)
    interest = item == INTEREST
    kind = AccountEntry.Kind.INTEREST if interest else AccountEntry.Kind.PRINCIPAL
    month = months.month(year, 12) if interest else months.of_date(origin.day)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_accountentry "
            "(origin_id, retracted, person_id, ledger, kind, item, year, month, amount_fen, cause) "
            f"SELECT %s, %s, l.person_id, l.ledger, {int(kind)}, %s, %s, %s, l.amount_fen, 'owed' "
            f"FROM ({lines}) l ORDER BY l.person_id, l.ledger",
            [origin.pk, False, item, year, month],
        )


def _contributions(origin: Origin, year: int, lines: str) -> None:
    """The contribution rows behind the entries. A changed or withdrawn one is replaced by what is owed now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.id FROM registry_contribution c JOIN ({lines}) a ON a.person_id = c.person_id "
            f"WHERE c.year = %s AND c.kind = {int(Contribution.Kind.GOVERNMENT)} "
            f"AND {live.where('registry_contribution', 'c')}",
            [year],
        )
        supersede(Contribution, origin, {row[0]: {"retracted": True} for row in cursor.fetchall()})
        cursor.execute(
            "INSERT INTO registry_contribution (origin_id, retracted, person_id, year, kind, tier_fen, amount_fen, payer, "
            "reference, paid_on, arrived_on, month) "
            f"SELECT %s, %s, a.person_id, %s, {int(Contribution.Kind.GOVERNMENT)}, 0, a.owed_fen, '', '', %s, %s, %s "
            f"FROM ({lines}) a WHERE a.owed_fen > 0 ORDER BY a.person_id",
            [origin.pk, False, year, origin.day, origin.day, months.of_date(origin.day)],
        )
