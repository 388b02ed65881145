"""The account holder is not the insured person."""

from __future__ import annotations

import hashlib

from jingban.safeguards.checks._facts import alive, recipients
from jingban.safeguards.services.find import Found
from jingban.store import bulk
from jingban.values.masking import mask_name

NAME, TITLE = "payee_differs", "户名与参保人不一致"


def run(region: int, month: int) -> list[Found]:
    rows = bulk.fetch(
        "SELECT b.person_id, b.holder, b.account, i.name FROM registry_bankaccount b "
        f"JOIN registry_identity i ON i.person_id = b.person_id AND {alive('registry_identity', 'i')} "
        f"WHERE {alive('registry_bankaccount', 'b')} AND b.account <> '' AND b.holder <> i.name "
        f"AND b.person_id IN ({recipients(region)}) ORDER BY b.person_id"
    )
    return [
        Found(
            kind=NAME,
            person_id=person,
            fingerprint=hashlib.sha256(f"{holder}|{account}|{name}".encode()).hexdigest()[:16],
            method="check",
            detail={"户名": mask_name(holder)},
        )
        for person, holder, account, name in rows
    ]
