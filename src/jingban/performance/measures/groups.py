"""Groups the law looks after: hardship groups, fishers, land-lost farmers; what is paid in for them and what they draw."""

from __future__ import annotations

from jingban.performance.measures import Argument, Basis, Measured, measure, percentage, quotient
from jingban.performance.measures.counting import (
    THREE_GROUPS,
    alive,
    counted,
    listed,
    member,
    pair,
    settled_rows,
    summed,
    window,
    yuan,
)
from jingban.performance.measures.people import insured_rows, posted_rows
from jingban.rules.codes import PENSION_ITEMS

GROUPS = Argument("groups", "群体代码，如 1,2,3（不填为建档立卡、低保、特困）")
CAUSE = Argument("cause", "重算事由，如 退捕渔民", True)
LEDGERS = Argument("ledgers", "补助分账，如 21（退捕渔民）、22（被征地）")


def _members(basis: Basis) -> str:
    """SELECT of the living members of the groups at the end of the day's month."""
    groups, month = listed(basis, "groups", THREE_GROUPS), basis.last_month
    return (
        f"SELECT DISTINCT g.person_id FROM registry_groupmembership g WHERE g.group_id IN {groups} "
        f"AND g.valid_from <= {month} AND g.valid_to > {month} AND {alive('registry_groupmembership', 'g', basis)} "
        f"AND NOT EXISTS (SELECT 1 FROM registry_death d WHERE d.person_id = g.person_id AND d.month <= {month} "
        f"AND {alive('registry_death', 'd', basis)})"
    )


@measure(
    "group_members", "群体人数", "人", formula="截止月在册的群体成员数", rooms="registry", printed="MHS",
    arguments=(GROUPS,),
)  # fmt: skip
def group_members(basis: Basis) -> Measured:
    """Living members of the groups."""
    return counted(_members(basis))


@measure(
    "group_coverage", "困难群体参保率", "%", formula="已参保的群体成员÷群体成员", rooms="registry", printed="MH",
    arguments=(GROUPS,),
)  # fmt: skip
def group_coverage(basis: Basis) -> Measured:
    """Members with a live relation over members."""
    rows = f"SELECT m.person_id FROM ({_members(basis)}) m WHERE m.person_id IN ({insured_rows(basis)})"
    return percentage(counted(rows).value or 0, group_members(basis).value or 0, rows)


def _paid_members(basis: Basis) -> str:
    """SELECT of the members with a pension settled in the year: person, months, fen."""
    return (
        f"SELECT s.person_id, COUNT(DISTINCT s.month) AS months, CAST(SUM(s.amount_fen) AS BIGINT) AS amount_fen "
        f"FROM ({settled_rows(basis)}) s WHERE s.item IN {PENSION_ITEMS} AND s.person_id IN ({_members(basis)}) "
        "GROUP BY s.person_id HAVING SUM(s.amount_fen) > 0"
    )


@measure(
    "group_recipients", "困难群体享受待遇人数", "人", formula="本年度有已结算养老金的群体成员数",
    rooms="registry、payments", printed="MH", arguments=(GROUPS,),
)  # fmt: skip
def group_recipients(basis: Basis) -> Measured:
    """Members who were paid a pension in the year."""
    return counted(_paid_members(basis))


@measure(
    "group_benefit_amount", "困难群体养老金发放金额", "元", formula="群体成员本年度已结算养老金之和",
    rooms="registry、payments", printed="MH", arguments=(GROUPS,),
)  # fmt: skip
def group_benefit_amount(basis: Basis) -> Measured:
    """Pensions of the members."""
    return summed(_paid_members(basis))


@measure(
    "group_mean_benefit", "困难群体人均月养老金", "元", formula="群体成员养老金÷领取人月数",
    rooms="registry、payments", printed="M", arguments=(GROUPS,),
)  # fmt: skip
def group_mean_benefit(basis: Basis) -> Measured:
    """Pension of the members a person-month."""
    rows = _paid_members(basis)
    fen, months = pair(f"SELECT SUM(t.amount_fen), SUM(t.months) FROM ({rows}) t")
    return quotient(yuan(fen), months, rows)


# -- government-paid contributions ---------------------------------------------------------------------------------------


def _government_paid(basis: Basis) -> str:
    groups = listed(basis, "groups", THREE_GROUPS)
    return posted_rows(basis, 402, member(basis, "e", groups))


@measure(
    "government_paid_persons", "政府代缴人数", "人", formula="本年度代缴入账人数（每人只计一次）", rooms="registry",
    printed="MHSB", arguments=(GROUPS,),
)  # fmt: skip
def government_paid_persons(basis: Basis) -> Measured:
    """People of the groups for whom the government paid the year's contribution (R1.3-04: once each)."""
    return counted(f"SELECT DISTINCT e.person_id FROM ({_government_paid(basis)}) e")


@measure(
    "government_paid_amount", "政府代缴金额", "元", formula="本年度代缴入账金额", rooms="registry", printed="MHSB",
    arguments=(GROUPS,),
)  # fmt: skip
def government_paid_amount(basis: Basis) -> Measured:
    """Amount posted for government-paid contributions of the year."""
    return summed(_government_paid(basis))


@measure(
    "government_paid_standard", "代缴标准", "元", formula="代缴金额÷代缴人数", rooms="registry", printed="MS",
    arguments=(GROUPS,),
)  # fmt: skip
def government_paid_standard(basis: Basis) -> Measured:
    """Yuan a head actually paid in."""
    rows = _government_paid(basis)
    fen, persons = pair(f"SELECT SUM(t.amount_fen), COUNT(DISTINCT t.person_id) FROM ({rows}) t")
    return quotient(yuan(fen), persons, rows)


@measure(
    "government_paid_rate", "代缴率", "%", formula="代缴入账人数÷应代缴人数", rooms="registry", printed="M",
    arguments=(GROUPS,),
)  # fmt: skip
def government_paid_rate(basis: Basis) -> Measured:
    """People paid for over people entitled (R1.3-08): in a group in the year, insured, not yet in receipt at its start."""
    first, following = basis.first_month, basis.last_month + 1
    entitled = (
        "SELECT DISTINCT r.person_id FROM registry_relation r "
        f"LEFT JOIN registry_award a ON a.person_id = r.person_id AND {alive('registry_award', 'a', basis)} "
        f"WHERE r.valid_from < {following} AND r.valid_to > {first} AND {alive('registry_relation', 'r', basis)} "
        f"AND {member(basis, 'r', listed(basis, 'groups', THREE_GROUPS))} AND (a.id IS NULL OR a.start_month > {first})"
    )
    done = government_paid_persons(basis)
    return percentage(done.value or 0, counted(entitled).value or 0, done.rows)


@measure(
    "government_paid_completion", "代缴任务完成率", "%", formula="代缴入账人数÷年度任务人数", rooms="registry",
    printed="B", arguments=(GROUPS, Argument("target", "年度任务人数", True)),
)  # fmt: skip
def government_paid_completion(basis: Basis) -> Measured:
    """People paid for over the target of the year."""
    done = government_paid_persons(basis)
    return percentage(done.value or 0, basis.amount("target"), done.rows)


# -- fishers, land-lost farmers, special applications --------------------------------------------------------------------


def _subsidy(basis: Basis) -> str:
    ledgers = listed(basis, "ledgers", (21, 22))
    return (
        "SELECT e.person_id, e.amount_fen FROM registry_accountentry e WHERE e.kind = 1 "
        f"AND e.ledger IN {ledgers} AND {window(basis).within('e')} AND {alive('registry_accountentry', 'e', basis)}"
    )


@measure(
    "group_subsidy_persons", "补助计入个人账户人数", "人", formula="本年度退捕渔民、被征地农民补助入账人数",
    rooms="registry", printed="MS", arguments=(LEDGERS,),
)  # fmt: skip
def group_subsidy_persons(basis: Basis) -> Measured:
    """People whose account was credited with the subsidy of fishers or land-lost farmers."""
    return counted(f"SELECT DISTINCT e.person_id FROM ({_subsidy(basis)}) e")


@measure(
    "group_subsidy_amount", "补助计入个人账户金额", "元", formula="本年度退捕渔民、被征地农民补助入账金额",
    rooms="registry", printed="S", arguments=(LEDGERS,),
)  # fmt: skip
def group_subsidy_amount(basis: Basis) -> Measured:
    """Subsidies of fishers and land-lost farmers credited."""
    return summed(_subsidy(basis))


@measure(
    "recalculated", "待遇重算人数", "人", formula="本年度按该事由重算待遇的人数", rooms="registry", printed="M",
    arguments=(CAUSE,),
)  # fmt: skip
def recalculated(basis: Basis) -> Measured:
    """People whose account pension was recalculated for a cause."""
    cause = str(basis.arguments.get("cause", "")).replace("'", "''")
    return counted(
        f"SELECT DISTINCT n.person_id FROM registry_annuity n WHERE {window(basis).within('n')} AND n.cause = '{cause}' "
        f"AND {alive('registry_annuity', 'n', basis)}"
    )


def _special(basis: Basis, condition: str) -> str:
    return (
        "SELECT a.person_id FROM registry_award a WHERE a.basis = 3 AND "
        f"{alive('registry_award', 'a', basis)} AND {condition}"
    )


@measure(
    "special_awards", "贫困人员特殊申请待遇人数", "人", formula="本年度按特殊申请核定的待遇人数", rooms="registry",
    printed="M",
)  # fmt: skip
def special_awards(basis: Basis) -> Measured:
    """Awards by special application decided in the year."""
    return counted(_special(basis, window(basis).within("a")))


@measure(
    "special_awards_total", "贫困人员特殊申请待遇累计人数", "人", formula="历年按特殊申请核定的待遇人数",
    rooms="registry", printed="M",
)  # fmt: skip
def special_awards_total(basis: Basis) -> Measured:
    """Awards by special application decided up to the day."""
    return counted(_special(basis, f"a.start_month <= {basis.last_month + 1}"))
