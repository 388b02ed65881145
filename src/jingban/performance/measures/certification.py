"""Certification: who had to be certified in the year, and who was (R1.10-07)."""

from __future__ import annotations

from jingban.performance.measures import Basis, Measured, measure, percentage
from jingban.performance.measures.counting import alive, number
from jingban.values.i18n import gettext as _


@measure("certification_rate", "待遇领取资格认证率", "%")
def certification_rate(basis: Basis) -> Measured:
    """Recipients with a certification of the year over recipients due; the dead before the day are not due."""
    month = basis.last_month
    due = (
        "FROM registry_award a WHERE "
        f"{alive('registry_award', 'a', basis)} AND a.start_month < {basis.first_month} AND NOT EXISTS "
        "(SELECT 1 FROM registry_death d WHERE d.person_id = a.person_id "
        f"AND d.month <= {month} AND {alive('registry_death', 'd', basis)}) AND NOT EXISTS "
        "(SELECT 1 FROM registry_stoppage s WHERE s.person_id = a.person_id AND s.kind = 1 "
        f"AND s.valid_from <= {month} AND {month} < s.valid_to AND {alive('registry_stoppage', 's', basis)})"
    )
    done = (
        "EXISTS (SELECT 1 FROM registry_certification c WHERE c.person_id = a.person_id "
        f"AND c.month BETWEEN {basis.first_month} AND {month} AND {alive('registry_certification', 'c', basis)})"
    )
    listed, certified = number(f"SELECT COUNT(*) {due}"), number(f"SELECT COUNT(*) {due} AND {done}")
    return percentage(certified, listed, _("本年度已认证人数÷应认证人数"))
