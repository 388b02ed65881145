"""One bank account for two or more persons (R1.9 step 3): everybody on it is looked at."""

from __future__ import annotations

import hashlib

from jingban.safeguards.checks._facts import alive, recipients
from jingban.safeguards.services.find import Found
from jingban.store import bulk
from jingban.values.masking import mask_account

NAME, TITLE = "account_shared", "多人共用银行账户"


def run(region: int, month: int) -> list[Found]:
    live = alive("registry_bankaccount", "b")
    rows = bulk.fetch(
        f"SELECT b.person_id, b.account FROM registry_bankaccount b WHERE {live} AND b.account IN ("
        f"SELECT b.account FROM registry_bankaccount b WHERE {live} AND b.account <> '' GROUP BY b.account "
        "HAVING COUNT(DISTINCT b.person_id) > 1) "
        f"AND b.person_id IN ({recipients(region)}) ORDER BY b.account, b.person_id"
    )
    return [
        Found(
            kind=NAME,
            person_id=person,
            fingerprint=hashlib.sha256(account.encode()).hexdigest()[:16],
            method="check",
            detail={"账号": mask_account(account)},
        )
        for person, account in rows
    ]
