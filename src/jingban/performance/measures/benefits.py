"""Benefits: person-times, amounts, means, awards, on-time and in-full rates, recoveries (R1.20)."""

from __future__ import annotations

from decimal import Decimal

from jingban.payments.relations import counting, receivables
from jingban.performance.measures import Basis, Measured, measure, percentage
from jingban.performance.measures.counting import alive, horizon, number, window
from jingban.values.i18n import gettext as _

MONTHLY = "l.item <= 201"
"""Pension items; grants and settlements to heirs are counted apart."""


def _paid(basis: Basis, what: str, more: str = "") -> int:
    """A count or sum over settled pension lines of the county's runs of the year."""
    return number(
        f"SELECT {what} FROM payments_line l JOIN payments_run r ON r.id = l.run_id "
        f"WHERE {MONTHLY} AND r.region_id = {int(basis.region)} AND r.payroll_month BETWEEN {basis.first_month} "
        f"AND {basis.last_month} AND {counting('l', 'r', horizon(basis))}{more}"
    )


def _person_times(basis: Basis) -> int:
    return number(
        "SELECT COUNT(*) FROM (SELECT l.person_id, l.month FROM payments_line l JOIN payments_run r ON r.id = l.run_id "
        f"WHERE {MONTHLY} AND r.region_id = {int(basis.region)} AND r.payroll_month BETWEEN {basis.first_month} AND "
        f"{basis.last_month} AND {counting('l', 'r', horizon(basis))} GROUP BY l.person_id, l.month "
        "HAVING SUM(l.amount_fen) > 0) paid"
    )


@measure("person_times", "待遇发放人次", "人次")
def person_times(basis: Basis) -> Measured:
    """Person-months with a positive settled amount."""
    return Measured(Decimal(_person_times(basis)), "人次", _("本年度已结算的人月数"))


@measure("benefit_amount", "养老金发放金额", "元")
def benefit_amount(basis: Basis) -> Measured:
    """Settled pension money of the year."""
    return Measured(Decimal(_paid(basis, "SUM(l.amount_fen)")).scaleb(-2), "元", _("本年度已结算养老金之和"))


@measure("mean_recipients", "月均领取人数", "人")
def mean_recipients(basis: Basis) -> Measured:
    """Person-months over the months elapsed."""
    elapsed = basis.last_month - basis.first_month + 1
    times = _person_times(basis)
    return Measured(Decimal(times) / elapsed, "人", _("发放人次÷月数"), Decimal(times), Decimal(elapsed))


@measure("mean_benefit", "人均月养老金", "元")
def mean_benefit(basis: Basis) -> Measured:
    """Amount over person-months."""
    amount, times = Decimal(_paid(basis, "SUM(l.amount_fen)")).scaleb(-2), _person_times(basis)
    value = amount / times if times else None
    return Measured(value, "元", _("发放金额÷发放人次"), amount, Decimal(times))


@measure("awards", "新增领取待遇人数", "人")
def awards(basis: Basis) -> Measured:
    """Awards decided in the year."""
    counted = number(
        f"SELECT COUNT(*) FROM registry_award a WHERE a.basis <> 4 AND a.decided_on >= '{basis.year}-01-01' "
        f"AND {window(basis).within('a')} AND {alive('registry_award', 'a', basis)}"
    )
    return Measured(Decimal(counted), "人", _("本年度核定待遇人数"))


@measure("on_time_rate", "养老金按月发放率", "%")
def on_time_rate(basis: Basis) -> Measured:
    """Months with a released monthly run over the months elapsed."""
    released = number(
        "SELECT COUNT(DISTINCT r.payroll_month) FROM payments_run r WHERE r.region_id = "
        f"{int(basis.region)} AND r.payroll_month BETWEEN {basis.first_month} AND {basis.last_month} "
        f"AND r.release_id <= {horizon(basis)}"
    )
    return percentage(released, basis.last_month - basis.first_month + 1, _("已发放月数÷应发放月数"))


@measure("in_full_rate", "养老金足额发放率", "%")
def in_full_rate(basis: Basis) -> Measured:
    """What was paid to banks over what had to be paid: failed orders are due until they are paid again."""
    within = (
        f"FROM payments_order o JOIN payments_run r ON r.id = o.run_id WHERE r.region_id = {int(basis.region)} "
        f"AND r.payroll_month BETWEEN {basis.first_month} AND {basis.last_month} AND r.release_id <= {horizon(basis)} "
        "AND o.channel = 1 AND o.amount_fen > 0"
    )
    failed = (
        "EXISTS (SELECT 1 FROM payments_orderstatus s WHERE s.order_id = o.id AND s.status = 'failed' "
        f"AND s.origin_id <= {horizon(basis)})"
    )
    again = (
        "EXISTS (SELECT 1 FROM payments_order p WHERE p.person_id = o.person_id AND p.id > o.id "
        "AND NOT EXISTS (SELECT 1 FROM payments_orderstatus s WHERE s.order_id = p.id AND s.status = 'failed'))"
    )
    due = number(f"SELECT SUM(o.amount_fen) {within} AND NOT ({failed} AND {again})")
    paid = number(f"SELECT SUM(o.amount_fen) {within} AND NOT {failed}")
    return percentage(paid, due, _("银行代发成功金额÷应发金额（失败后重发的不重复计）"))


@measure("recovered_amount", "追回养老金", "元")
def recovered_amount(basis: Basis) -> Measured:
    """Money taken back: wrongly paid lines reversed, less what is still to come back."""
    wrong = number(
        f"SELECT SUM(-l.amount_fen) FROM payments_line l JOIN payments_run r ON r.id = l.run_id WHERE {MONTHLY} "
        f"AND r.region_id = {int(basis.region)} AND r.payroll_month BETWEEN {basis.first_month} AND {basis.last_month} "
        f"AND l.amount_fen < 0 AND l.owed_fen = 0 AND {counting('l', 'r', horizon(basis))}"
    )
    open_fen = _open_receivables(basis)
    return Measured(Decimal(wrong - open_fen).scaleb(-2), "元", _("多发金额－尚未收回"))


def _open_receivables(basis: Basis) -> int:
    return number(
        f"SELECT SUM(x.raised_fen - x.repaid_fen - x.written_off_fen) FROM ({receivables(horizon(basis))}) x"
    )


@measure("recovery_rate", "多发待遇追回率", "%")
def recovery_rate(basis: Basis) -> Measured:
    """Recovered over what had to be recovered."""
    recovered = recovered_amount(basis).value or Decimal(0)
    whole = recovered + Decimal(_open_receivables(basis)).scaleb(-2)
    return percentage(recovered, whole, _("追回金额÷应追回金额"))
