"""Certification: who had to be certified in the year, and who was; campaigns with their outcomes (R1.10)."""

from __future__ import annotations

from jingban.performance.measures import Argument, Basis, Measured, measure, percentage
from jingban.performance.measures.benefits import in_payment
from jingban.performance.measures.counting import alive, counted

CAMPAIGN = Argument("campaign", "认证批次号（不填为本年度全部批次）")


@measure(
    "certification_rate",
    "待遇领取资格认证率",
    "%",
    formula="本年度已认证人数÷应认证人数",
    rooms="registry",
    printed="MB",
)
def certification_rate(basis: Basis) -> Measured:
    """Recipients with a certification of the year over recipients due; the dead before the day are not due (R1.10-07)."""
    month = basis.last_month
    due = (
        "SELECT a.person_id FROM registry_award a WHERE "
        f"{alive('registry_award', 'a', basis)} AND a.start_month < {basis.first_month} AND NOT EXISTS "
        "(SELECT 1 FROM registry_death d WHERE d.person_id = a.person_id "
        f"AND d.month <= {month} AND {alive('registry_death', 'd', basis)}) AND NOT EXISTS "
        "(SELECT 1 FROM registry_stoppage s WHERE s.person_id = a.person_id AND s.kind = 1 "
        f"AND s.valid_from <= {month} AND {month} < s.valid_to AND {alive('registry_stoppage', 's', basis)})"
    )
    done = (
        f"{due} AND EXISTS (SELECT 1 FROM registry_certification c WHERE c.person_id = a.person_id "
        f"AND c.month BETWEEN {basis.first_month} AND {month} AND {alive('registry_certification', 'c', basis)})"
    )
    return percentage(counted(done).value or 0, counted(due).value or 0, done)


def _listed(basis: Basis) -> str:
    """SELECT of the people on the frozen lists of the year's campaigns."""
    wanted = str(basis.arguments.get("campaign", "")).replace("'", "''")
    only = f" AND c.code = '{wanted}'" if wanted else ""
    known = basis.horizon
    within = "" if known is None else f" AND c.origin_id <= {known}"
    return (
        "SELECT p.id, p.person_id FROM safeguards_campaignperson p JOIN safeguards_campaign c ON c.id = p.campaign_id "
        f"WHERE c.region_id = {int(basis.region)} AND c.frozen_on >= '{basis.year}-01-01' "
        f"AND c.frozen_on <= '{basis.day.isoformat()}'{only}{within}"
    )


def _answered(basis: Basis, condition: str) -> str:
    """SELECT of the listed whose last answer up to what is known passes the condition."""
    known = basis.horizon
    within = "" if known is None else f" AND n.origin_id <= {known}"
    earlier = "" if known is None else f" AND a.origin_id <= {known}"
    return (
        f"SELECT l.id, l.person_id FROM ({_listed(basis)}) l JOIN safeguards_campaignanswer a ON a.listed_id = l.id{earlier} "
        "AND NOT EXISTS (SELECT 1 FROM safeguards_campaignanswer n WHERE n.listed_id = a.listed_id "
        f"AND n.sequence > a.sequence{within}) WHERE {condition}"
    )


@measure(
    "to_certify",
    "应认证人数",
    "人",
    formula="认证名单冻结人数",
    rooms="safeguards",
    printed="M",
    arguments=(CAMPAIGN,),
)
def to_certify(basis: Basis) -> Measured:
    """People on the frozen lists."""
    return counted(_listed(basis))


@measure(
    "certified", "认证通过人数", "人", formula="名单中认证通过的人数", rooms="safeguards", printed="M",
    arguments=(CAMPAIGN,),
)  # fmt: skip
def certified(basis: Basis) -> Measured:
    """Listed people who passed."""
    return counted(_answered(basis, "a.result = 'passed'"))


@measure(
    "not_certified", "未通过认证人数", "人", formula="名单中死亡、失联和其他未通过的人数", rooms="safeguards", printed="M",
    arguments=(CAMPAIGN,),
)  # fmt: skip
def not_certified(basis: Basis) -> Measured:
    """Listed people answered for as dead, unreachable or otherwise not passed."""
    return counted(_answered(basis, "a.result <> 'passed'"))


@measure(
    "pass_rate", "认证通过率", "%", formula="认证通过人数÷认证名单人数", rooms="safeguards", printed="M",
    arguments=(CAMPAIGN,),
)  # fmt: skip
def pass_rate(basis: Basis) -> Measured:
    """Passed over listed (R1.10-07); nobody answered for yet counts as not passed."""
    rows = _answered(basis, "a.result = 'passed'")
    return percentage(counted(rows).value or 0, counted(_listed(basis)).value or 0, rows)


@measure(
    "deferred_certification", "延期认证继续发放人数", "人", formula="截止月超过十二个月未认证而仍发放的人数",
    rooms="registry、payments", printed="H",
)  # fmt: skip
def deferred_certification(basis: Basis) -> Measured:
    """People paid for the day's month whose last certificate (else the start of the award) is over twelve months old (R1.10-05)."""
    oldest = basis.last_month - 12
    return counted(
        f"SELECT t.person_id FROM ({in_payment(basis)}) t WHERE NOT EXISTS (SELECT 1 FROM registry_certification c "
        f"WHERE c.person_id = t.person_id AND c.month >= {oldest} AND {alive('registry_certification', 'c', basis)}) "
        "AND NOT EXISTS (SELECT 1 FROM registry_award a WHERE a.person_id = t.person_id "
        f"AND a.start_month >= {oldest} AND {alive('registry_award', 'a', basis)})"
    )
