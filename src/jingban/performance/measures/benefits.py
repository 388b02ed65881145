"""Benefits: person-times, amounts, means, awards, grants, on-time and in-full rates (R1.20). Paid means settled."""

from __future__ import annotations

import calendar
import datetime as dt

from jingban.payments.models import Run
from jingban.payments.relations import failed
from jingban.performance.measures import Argument, Basis, Measured, measure, percentage, quotient
from jingban.performance.measures.counting import (
    after,
    alive,
    counted,
    listed,
    number,
    paid,
    settled_rows,
    summed,
    window,
    yuan,
)
from jingban.rules.codes import PENSION_ITEMS, POSTED_ITEMS

ITEMS = Argument("items", "待遇项目，如 104,105（不填为全部养老金项目）")
PAY_DAY = Argument("pay_day", "每月应发日（不填为月末）")
GRANTS = (301,)


def _rows(basis: Basis) -> str:
    """SELECT of the settlements of pension items, or of the items the argument names."""
    given = basis.arguments.get("items")
    wanted = f"s.item IN {listed(basis, 'items', ())}" if given else f"s.item IN {PENSION_ITEMS}"
    return f"SELECT s.* FROM ({settled_rows(basis)}) s WHERE {wanted}"


@measure(
    "person_times", "待遇发放人次", "人次", formula="本年度已结算的领取人月数（冲回的不计）", rooms="payments",
    printed="MS",
)  # fmt: skip
def person_times(basis: Basis) -> Measured:
    """Person-months with a positive settled amount, set-offs included."""
    return Measured(yuan(paid(basis)[0] * 100), rows=_rows(basis))


@measure(
    "benefit_amount", "养老金发放金额", "元", formula="本年度已结算养老金之和（含抵扣，扣除冲回）", rooms="payments",
    printed="MHB", arguments=(ITEMS,),
)  # fmt: skip
def benefit_amount(basis: Basis) -> Measured:
    """Settled pension money of the year, net of what was taken back; of some items when the argument names them."""
    return summed(_rows(basis))


@measure(
    "recipients",
    "待遇发放人数",
    "人",
    formula="截止月已结算养老金的人数",
    rooms="payments",
    printed="MHSZB",
)
def recipients(basis: Basis) -> Measured:
    """People with a pension settled for the day's month."""
    return counted(in_payment(basis))


def in_payment(basis: Basis) -> str:
    """SELECT of the persons with a pension settled for the day's month."""
    return (
        f"SELECT s.person_id, CAST(SUM(s.amount_fen) AS BIGINT) AS amount_fen FROM ({settled_rows(basis)}) s "
        f"WHERE s.item IN {PENSION_ITEMS} AND s.month = {basis.last_month} GROUP BY s.person_id HAVING SUM(s.amount_fen) > 0"
    )


@measure("mean_recipients", "月均领取人数", "人", formula="发放人次÷月数", rooms="payments", printed="M")
def mean_recipients(basis: Basis) -> Measured:
    """Person-months over the months elapsed."""
    return quotient(paid(basis)[0], basis.last_month - basis.first_month + 1, _rows(basis))


@measure(
    "mean_benefit",
    "人均月养老金",
    "元",
    formula="养老金发放金额÷发放人次",
    rooms="payments",
    printed="MH",
)
def mean_benefit(basis: Basis) -> Measured:
    """Amount over person-months."""
    times, fen = paid(basis)
    return quotient(yuan(fen), times, _rows(basis))


@measure("awards", "新增领取待遇人数", "人", formula="本年度核定待遇人数", rooms="registry", printed="M")
def awards(basis: Basis) -> Measured:
    """Awards decided in the year."""
    return counted(
        f"SELECT a.person_id FROM registry_award a WHERE a.basis <> 4 AND a.decided_on >= '{basis.year}-01-01' "
        f"AND {window(basis).within('a')} AND {alive('registry_award', 'a', basis)}"
    )


@measure("resumptions", "待遇恢复人数", "人", formula="本年度解除暂停的人数", rooms="registry", printed="M")
def resumptions(basis: Basis) -> Measured:
    """People whose held benefit was resumed in the year."""
    return counted(
        "SELECT DISTINCT s.person_id FROM registry_stoppage s WHERE s.supersedes_id IS NOT NULL AND s.kind = 2 "
        f"AND (s.retracted OR s.valid_to <= {basis.last_month}) AND {window(basis).within('s')}"
    )


def _grants(basis: Basis) -> str:
    return f"SELECT s.person_id, s.amount_fen FROM ({settled_rows(basis)}) s WHERE s.item IN {listed(basis, 'items', GRANTS)}"


GRANT_ITEMS = Argument("items", "待遇项目（不填为丧葬补助金 301；302 为账户余额返还）")


@measure(
    "grant_persons", "丧葬抚恤发放人数", "人", formula="本年度已结算丧葬补助的人数", rooms="payments", printed="M",
    arguments=(GRANT_ITEMS,),
)  # fmt: skip
def grant_persons(basis: Basis) -> Measured:
    """Dead for whom a funeral grant was settled."""
    return counted(
        f"SELECT g.person_id FROM ({_grants(basis)}) g GROUP BY g.person_id HAVING SUM(g.amount_fen) > 0"
    )


@measure(
    "grant_amount", "丧葬抚恤发放金额", "元", formula="本年度已结算丧葬补助之和", rooms="payments", printed="M",
    arguments=(GRANT_ITEMS,),
)  # fmt: skip
def grant_amount(basis: Basis) -> Measured:
    """Funeral grants settled."""
    return summed(_grants(basis))


@measure(
    "beneficiaries", "受益人数", "人", formula="领取养老金、丧葬补助、缴费补贴、政府代缴的人数（同一人只计一次）",
    rooms="registry、payments", printed="M",
)  # fmt: skip
def beneficiaries(basis: Basis) -> Measured:
    """People who got something in the year, each once: a pension or grant settled, a subsidy or contribution credited."""
    return counted(
        f"SELECT s.person_id FROM ({settled_rows(basis)}) s GROUP BY s.person_id HAVING SUM(s.amount_fen) > 0 "
        f"UNION SELECT e.person_id FROM registry_accountentry e WHERE e.item IN {POSTED_ITEMS} "
        f"AND e.year = {basis.year} AND {window(basis).within('e')} AND {alive('registry_accountentry', 'e', basis)}"
    )


@measure(
    "lifelong_rate", "符合条件人员待遇保障率", "%", formula="截止月已结算待遇的人数÷应领取人数",
    rooms="registry、payments", printed="MZ",
)  # fmt: skip
def lifelong_rate(basis: Basis) -> Measured:
    """People in payment over people entitled in the day's month; who is held back is entitled, who draws elsewhere is not."""
    month = basis.last_month
    entitled = number(
        "SELECT COUNT(DISTINCT a.person_id) FROM registry_award a WHERE "
        f"a.start_month <= {month} AND {alive('registry_award', 'a', basis)} AND NOT EXISTS (SELECT 1 FROM registry_death d "
        f"WHERE d.person_id = a.person_id AND d.month < {month} AND {alive('registry_death', 'd', basis)}) AND NOT EXISTS "
        f"(SELECT 1 FROM registry_stoppage s WHERE s.person_id = a.person_id AND s.kind = 1 AND s.valid_from <= {month} "
        f"AND {month} < s.valid_to AND {alive('registry_stoppage', 's', basis)})"
    )
    return percentage(recipients(basis).value or 0, entitled, in_payment(basis))


# -- on time, in full ----------------------------------------------------------------------------------------------------


def _due_moment(basis: Basis, payroll_month: int) -> dt.datetime:
    """End of the pay day of a payroll month: the argument's day, else the last of the month."""
    year, month = divmod(payroll_month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return after(dt.date(year, month + 1, min(int(basis.amount("pay_day")) or last, last)))


def _runs(basis: Basis) -> list[Run]:
    """Monthly runs of the year released by what is known."""
    runs = Run.objects.filter(
        region_id=int(basis.region), kind=Run.Kind.MONTHLY, release__isnull=False,
        payroll_month__range=(basis.first_month, basis.last_month),
    ).select_related("release")  # fmt: skip
    known = basis.horizon
    return list(runs if known is None else runs.filter(release_id__lte=known))


def _on_time(basis: Basis) -> list[Run]:
    runs = [(run, run.release) for run in _runs(basis)]
    return [
        run
        for run, made in runs
        if made is not None and made.recorded_at < _due_moment(basis, run.payroll_month)
    ]


@measure(
    "on_time_rate", "养老金按月发放率", "%", formula="应发日前发放的月数÷应发放月数", rooms="payments", printed="M",
    arguments=(PAY_DAY,),
)  # fmt: skip
def on_time_rate(basis: Basis) -> Measured:
    """Months whose monthly run was released by the pay day over the months elapsed."""
    kept = {run.payroll_month: run.pk for run in _on_time(basis)}
    rows = (
        f"SELECT r.id, r.payroll_month, r.amount_fen FROM payments_run r WHERE r.id IN {_ids(kept.values())}"
    )
    return percentage(len(kept), basis.last_month - basis.first_month + 1, rows)


def _ids(found: object) -> str:
    return "(" + ", ".join(map(str, [0, *found])) + ")"  # type: ignore[misc]


def _orders(basis: Basis, extra: str = "") -> str:
    """SELECT of the bank orders of the year's released runs."""
    known = basis.horizon
    within = "r.release_id IS NOT NULL" if known is None else f"r.release_id <= {known}"
    return (
        "SELECT o.id, o.person_id, o.amount_fen, o.run_id FROM payments_order o JOIN payments_run r ON r.id = o.run_id "
        f"WHERE r.region_id = {int(basis.region)} AND r.payroll_month BETWEEN {basis.first_month} AND {basis.last_month} "
        f"AND {within} AND o.channel = 1 AND o.amount_fen > 0{extra}"
    )


def _failed(basis: Basis, order: str) -> str:
    return f"{order}.id IN ({failed(basis.horizon)})"


def _due(basis: Basis) -> int:
    """Fen due to banks: a failed order that was paid again later is due once, by its last order."""
    again = f"EXISTS (SELECT 1 FROM ({_orders(basis)}) p WHERE p.person_id = o.person_id AND p.id > o.id AND NOT {_failed(basis, 'p')})"
    return number(
        f"SELECT SUM(o.amount_fen) FROM ({_orders(basis)}) o WHERE NOT ({_failed(basis, 'o')} AND {again})"
    )


@measure(
    "in_full_rate", "养老金足额发放率", "%", formula="银行代发成功金额÷应发金额（失败后重发的不重复计）",
    rooms="payments", printed="MH",
)  # fmt: skip
def in_full_rate(basis: Basis) -> Measured:
    """What was paid to banks over what had to be paid: failed orders are due until they are paid again."""
    rows = f"SELECT o.* FROM ({_orders(basis)}) o WHERE NOT {_failed(basis, 'o')}"
    return percentage(yuan(number(f"SELECT SUM(t.amount_fen) FROM ({rows}) t")), yuan(_due(basis)), rows)


@measure(
    "on_time_in_full_rate", "按时足额发放率", "%", formula="应发日前发放且银行代发成功的金额÷应发金额",
    rooms="payments", printed="HMZ", arguments=(PAY_DAY,),
)  # fmt: skip
def on_time_in_full_rate(basis: Basis) -> Measured:
    """Money of runs released by the pay day that did not fail, over what had to be paid; months without a run drag it down."""
    kept = _ids(run.pk for run in _on_time(basis))
    rows = f"SELECT o.* FROM ({_orders(basis, f' AND r.id IN {kept}')}) o WHERE NOT {_failed(basis, 'o')}"
    return percentage(yuan(number(f"SELECT SUM(t.amount_fen) FROM ({rows}) t")), yuan(_due(basis)), rows)
