"""What a run keeps of a computation, table by table: written by the preview, compared by the replay and before a release.

One SELECT a table over the engine's relations, so the three cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jingban.engine.database import InDatabase
from jingban.rules.titles import ITEMS
from jingban.store import live
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

Different = tuple[int, str, int, int]
"""Person, what of, fen kept, fen computed now."""


def orders(horizon: int | None) -> str:
    """One order for each person with money for the bank; an estate's goes to its payee, never to an account of the dead."""
    account = live.where("registry_bankaccount", "k", horizon)
    payee = live.where("payments_estatepayee", "k", horizon)
    return (
        "SELECT s.person_id, s.channel, COALESCE(k.bank, '') AS bank, COALESCE(k.account, '') AS account, "
        "COALESCE(k.holder, '') AS holder, s.amount_fen FROM ("
        "SELECT person_id, channel, CAST(SUM(amount_fen) AS BIGINT) AS amount_fen FROM lines WHERE channel IN (1, 2) "
        "GROUP BY person_id, channel) s "
        f"LEFT JOIN (SELECT k.person_id, 1 AS channel, k.bank, k.account, k.holder FROM registry_bankaccount k WHERE {account} "
        "UNION ALL SELECT k.person_id, 2 AS channel, k.bank, k.account, k.name AS holder FROM payments_estatepayee k "
        f"WHERE {payee}) k ON k.person_id = s.person_id AND k.channel = s.channel"
    )


def lines(horizon: int | None = None) -> str:
    """Everything but what is held."""
    return (
        "SELECT l.person_id, l.item, l.month, l.owed_fen, l.settled_fen, l.channel, l.reason, l.amount_fen "
        "FROM lines l WHERE l.channel <> 4"
    )


def held(horizon: int | None = None) -> str:
    """What is owed but may not be paid now, one row a person."""
    return (
        "SELECT l.person_id, MAX(l.reason) AS reason, MIN(l.month) AS first_month, MAX(l.month) AS last_month, "
        "CAST(SUM(l.amount_fen) AS BIGINT) AS amount_fen FROM lines l WHERE l.channel = 4 GROUP BY l.person_id"
    )


def entries(horizon: int | None = None) -> str:
    """The account entries the release would bring."""
    return " UNION ALL ".join(
        f"SELECT person_id, ledger, {kind} AS kind, month, amount_fen FROM {step}"
        for step, kind in (("draw_entries", 3), ("payout_entries", 5), ("refund_entries", 4))
    )


@dataclass(frozen=True, slots=True)
class Part:
    """``columns`` name a row, person first; ``amount_fen`` is compared. ``said`` puts the columns into words."""

    table: str
    columns: tuple[str, ...]
    now: Callable[[int | None], str]
    said: Callable[..., str]


LINES = Part(
    "payments_line",
    ("person_id", "item", "month", "owed_fen", "settled_fen", "channel", "reason"),
    lines,
    lambda item, month, *_more: f"{_(ITEMS[item])} {format_month(month)}",
)
ENTRIES = Part(
    "payments_plannedentry",
    ("person_id", "ledger", "kind", "month"),
    entries,
    lambda ledger, _kind, month: _("账户分账 {ledger} {month}").format(
        ledger=ledger, month=format_month(month)
    ),
)
HELD = Part(
    "payments_held", ("person_id", "reason", "first_month", "last_month"), held, lambda *_key: _("应计未发")
)
ORDERS = Part(
    "payments_order",
    ("person_id", "channel", "bank", "account", "holder"),
    orders,
    lambda *_key: _("支付单和收款账户"),
)
PARTS = (LINES, ENTRIES, HELD, ORDERS)


def differing(
    engine: InDatabase, part: Part, run: int, horizon: int | None, persons: str = ""
) -> list[Different]:
    """Rows of a run that are not what the engine has now; ``persons``: a table the kept rows are narrowed to."""
    columns = ", ".join(part.columns)
    among = f" AND person_id IN (SELECT person_id FROM {persons})" if persons else ""
    rows = engine.rows(
        f"SELECT {columns}, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(now) AS BIGINT) AS now FROM ("
        f"SELECT {columns}, amount_fen AS kept, 0 AS now FROM {part.table} WHERE run_id = {int(run)}{among} "
        f"UNION ALL SELECT {columns}, 0 AS kept, amount_fen AS now FROM ({part.now(horizon)}) t) u "
        f"GROUP BY {columns} HAVING SUM(kept) <> SUM(now) ORDER BY {columns}"
    )
    return [(person, part.said(*key), int(kept), int(now)) for person, *key, kept, now in rows]


def merged(rows: list[Different]) -> list[Different]:
    """One row a person and thing: what was kept beside what is computed now."""
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for person, what, kept, now in rows:
        before = found.get((person, what), (0, 0))
        found[person, what] = (before[0] + kept, before[1] + now)
    return [(*key, *amounts) for key, amounts in found.items()]
