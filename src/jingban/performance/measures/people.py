"""Participation: insured people, new entries, coverage, government-paid contributions, subsidised contributors (R1.20)."""

from __future__ import annotations

from decimal import Decimal

from jingban.performance.measures import Basis, Measured, measure, percentage
from jingban.performance.measures.counting import alive, number, window
from jingban.values.i18n import gettext as _

THREE_GROUPS = "(1, 2, 3)"


def _count(sql: str, unit: str, trace: str) -> Measured:
    return Measured(Decimal(number(sql)), unit, trace)


def _insured(basis: Basis) -> int:
    month = basis.last_month
    return number(
        "SELECT COUNT(*) FROM registry_relation r WHERE r.region_id = "
        f"{int(basis.region)} AND r.valid_from <= {month} AND r.valid_to > {month + 1} AND {alive('registry_relation', 'r', basis)}"
    )


@measure("insured", "参保人数", "人")
def insured(basis: Basis) -> Measured:
    """People with a live relation at the end of the day's month."""
    return Measured(Decimal(_insured(basis)), "人", _("截止月末有效参保关系数"))


@measure("newly_enrolled", "新增参保人数", "人")
def newly_enrolled(basis: Basis) -> Measured:
    """Relations entered in the year (new or transferred in), not brought over from a former system."""
    return _count(
        "SELECT COUNT(*) FROM registry_relation r WHERE r.supersedes_id IS NULL AND r.entry IN (1, 4) "
        f"AND r.region_id = {int(basis.region)} AND {window(basis).within('r')}",
        "人",
        _("本年度登记的新参保关系数"),
    )


@measure("coverage", "参保率", "%")
def coverage(basis: Basis) -> Measured:
    """Insured over eligible; the eligible population is an argument with its own source."""
    eligible = Decimal(str(basis.arguments.get("eligible", 0)))
    return percentage(_insured(basis), eligible, _("有效参保关系数÷应参保人数"))


@measure("terminated", "终止注销人数", "人")
def terminated(basis: Basis) -> Measured:
    """Relations ended in the year for another reason than a transfer."""
    moved = (
        "EXISTS (SELECT 1 FROM registry_transfer t WHERE t.person_id = r.person_id AND t.direction = 2 "
        f"AND {window(basis).within('t')})"
    )
    return _count(
        f"SELECT COUNT(*) FROM registry_relation r WHERE r.end_reason <> '' AND {window(basis).within('r')} "
        f"AND {alive('registry_relation', 'r', basis)} AND NOT {moved}",
        "人",
        _("本年度终止的参保关系数（不含转出）"),
    )


@measure("transferred_out", "关系转出人数", "人")
def transferred_out(basis: Basis) -> Measured:
    """Transfers out completed in the year."""
    return _count(
        f"SELECT COUNT(*) FROM registry_transfer t WHERE t.direction = 2 AND {window(basis).within('t')} "
        f"AND {alive('registry_transfer', 't', basis)}",
        "人",
        _("本年度办结的关系转出数"),
    )


def _government_paid(basis: Basis, what: str) -> int:
    return number(
        f"SELECT {what} FROM registry_accountentry e WHERE e.item = 402 AND e.year = {basis.year} "
        f"AND {window(basis).within('e')} AND {alive('registry_accountentry', 'e', basis)} AND EXISTS "
        "(SELECT 1 FROM registry_groupmembership g WHERE g.person_id = e.person_id "
        f"AND g.group_id IN {THREE_GROUPS} AND g.valid_from < {basis.last_month + 1} "
        f"AND g.valid_to > {basis.first_month} AND {alive('registry_groupmembership', 'g', basis)})"
    )


@measure("government_paid_persons", "政府代缴人数", "人")
def government_paid_persons(basis: Basis) -> Measured:
    """People of the three groups for whom the government paid the year's contribution (R1.3-04: once each)."""
    return Measured(
        Decimal(_government_paid(basis, "COUNT(DISTINCT e.person_id)")), "人", _("本年度代缴入账人数")
    )


@measure("government_paid_amount", "政府代缴金额", "元")
def government_paid_amount(basis: Basis) -> Measured:
    """Amount posted for government-paid contributions of the year."""
    amount = Decimal(_government_paid(basis, "SUM(e.amount_fen)")).scaleb(-2)
    return Measured(amount, "元", _("本年度代缴入账金额"))


@measure("government_paid_rate", "代缴率", "%")
def government_paid_rate(basis: Basis) -> Measured:
    """People paid for over people entitled (R1.3-08): listed in a hardship group in the year and with a live relation."""
    first, after = basis.first_month, basis.last_month + 1
    entitled = number(
        "SELECT COUNT(DISTINCT g.person_id) FROM registry_groupmembership g "
        "JOIN registry_relation r ON r.person_id = g.person_id "
        f"AND r.valid_from < {after} AND r.valid_to > {first} AND {alive('registry_relation', 'r', basis)} "
        f"LEFT JOIN registry_award a ON a.person_id = g.person_id AND {alive('registry_award', 'a', basis)} "
        f"WHERE g.group_id IN {THREE_GROUPS} AND g.valid_from < {after} AND g.valid_to > {first} "
        f"AND {alive('registry_groupmembership', 'g', basis)} AND (a.id IS NULL OR a.start_month > {first})"
    )
    paid = _government_paid(basis, "COUNT(DISTINCT e.person_id)")
    return percentage(paid, entitled, _("代缴入账人数÷应代缴人数"))


@measure("subsidised_contributors", "缴费补贴人数", "人")
def subsidised_contributors(basis: Basis) -> Measured:
    """People credited with the contribution subsidy of the year."""
    return _count(
        "SELECT COUNT(DISTINCT e.person_id) FROM registry_accountentry e "
        f"WHERE e.item = 401 AND e.year = {basis.year} AND {alive('registry_accountentry', 'e', basis)}",
        "人",
        _("本年度缴费补贴入账人数"),
    )


@measure("catch_up_persons", "补缴人数", "人")
def catch_up_persons(basis: Basis) -> Measured:
    """People who caught up missed years in the year."""
    return _count(
        "SELECT COUNT(DISTINCT c.person_id) FROM registry_contribution c "
        f"WHERE c.kind = 2 AND {window(basis).within('c')} AND {alive('registry_contribution', 'c', basis)}",
        "人",
        _("本年度补缴人数"),
    )
