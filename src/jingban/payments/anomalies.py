"""What a reviewer should look at before agreeing (R1.9 step 3, R1.19-04)."""

from __future__ import annotations

from typing import Any

from jingban.payments.models import Run
from jingban.registry.law import policy
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_account, mask_name

JUMP_SHARE_PERCENT = 50
"""A regular amount that moved by more than this share of the month before is shown; a raised standard never does that."""
SHOWN_AT_MOST = 200


def find(fetch: Any, run: Run) -> list[dict[str, Any]]:
    """Codes PAY-301 … PAY-306 with person ids; at most 200 of each code are listed, ``count`` says how many there are."""
    month = run.payroll_month
    oldest = policy().value("oldest_age", f"{run.region_id:06d}", month)
    found: list[dict[str, Any]] = []

    def add(code: str, message: str, rows: list[tuple[Any, ...]], show: Any) -> None:
        if rows:
            found.append(
                {
                    "code": code,
                    "message": message,
                    "count": len(rows),
                    "persons": [
                        {"person_id": int(row[0]), "subject": show(row)} for row in rows[:SHOWN_AT_MOST]
                    ],
                }
            )

    add(
        "PAY-301",
        _("两人以上共用一个银行账号"),
        fetch(
            f"SELECT o.person_id, o.account FROM payments_order o WHERE o.run_id = {run.pk} AND o.channel = 1 AND o.account <> '' "
            f"AND o.account IN (SELECT account FROM payments_order WHERE run_id = {run.pk} AND channel = 1 AND account <> '' "
            "GROUP BY account HAVING COUNT(*) > 1) ORDER BY o.account, o.person_id"
        ),
        lambda row: mask_account(row[1]),
    )
    add(
        "PAY-302",
        _("没有银行账户，发放后记为失败，下期再付"),
        fetch(
            f"SELECT person_id FROM payments_order WHERE run_id = {run.pk} AND account = '' ORDER BY person_id"
        ),
        lambda row: f"#{row[0]}",
    )
    add(
        "PAY-303",
        _("年龄超过 {age} 岁").format(age=oldest),
        fetch(
            f"SELECT p.person_id, ({month} - p.birth_month) / 12 FROM f_person p JOIN payments_order o "
            f"ON o.person_id = p.person_id AND o.run_id = {run.pk} AND o.channel = 1 "
            f"WHERE ({month} - p.birth_month) / 12 > {oldest} ORDER BY p.person_id"
        ),
        lambda row: f"#{row[0]} {row[1]}",
    )
    add(
        "PAY-304",
        _("户名与参保人姓名不同"),
        fetch(
            f"SELECT o.person_id, o.holder FROM payments_order o JOIN registry_identity i ON i.person_id = o.person_id "
            "AND NOT i.retracted AND NOT EXISTS (SELECT 1 FROM registry_identity w WHERE w.supersedes_id = i.id) "
            f"WHERE o.run_id = {run.pk} AND o.channel = 1 AND o.account <> '' AND o.holder <> i.name ORDER BY o.person_id"
        ),
        lambda row: mask_name(row[1]),
    )
    add(
        "PAY-305",
        _("月待遇比上期变动超过 {share}%").format(share=JUMP_SHARE_PERCENT),
        fetch(
            "SELECT n.person_id, n.amount_fen - b.amount_fen FROM cmp_now n JOIN cmp_before b ON b.person_id = n.person_id "
            f"WHERE (n.amount_fen - b.amount_fen) * 100 > b.amount_fen * {JUMP_SHARE_PERCENT} "
            f"OR (b.amount_fen - n.amount_fen) * 100 > b.amount_fen * {JUMP_SHARE_PERCENT} ORDER BY n.person_id"
        ),
        lambda row: f"#{row[0]}",
    )
    add(
        "PAY-306",
        _("多发，发放后转为应收款"),
        fetch(
            f"SELECT person_id, SUM(amount_fen) FROM payments_line WHERE run_id = {run.pk} AND channel = 3 "
            "GROUP BY person_id ORDER BY person_id"
        ),
        lambda row: f"#{row[0]}",
    )
    return found
