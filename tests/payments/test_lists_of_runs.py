"""The lists of a run say what the run says: one row a person, every fen in one column, the bank's reason beside what failed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from jingban.payments.exports import failed, held, lines, payroll, receivables
from jingban.payments.models import Bounce, Line, Receivable
from jingban.payments.services.bounce import BounceRecord, record_bounces
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.stop import StopRecord, stop
from jingban.values.money import yuan
from jingban.values.months import format_month, month
from tests.support.databases import Database
from tests.support.people import door, recipient, register
from tests.support.runs import draft, paid

JAN = month(2020, 1)


def columns(rows: object, header: tuple[str, ...]) -> list[dict[str, object]]:
    return [dict(zip(header, row.cells, strict=True)) for row in rows]  # type: ignore[attr-defined]


def total(rows: list[dict[str, object]], column: str) -> Decimal:
    return sum((Decimal(str(row[column])) for row in rows), Decimal(0))


def test_the_payroll_is_the_run_before_and_after_the_release(database: Database, tmp_path: Path) -> None:
    people = register(
        recipient(1),
        recipient(2),
        recipient(3),
        recipient(4),
        recipient(5),
    )
    first = paid(JAN, tmp_path, failing=[people[1]])
    record_deaths([DeathRecord(person=people[2], died_on=dt.date(2019, 12, 20))], door(dt.date(2020, 2, 1)))
    stops = [
        StopRecord(person=people[4], kind=1, reason="1202", from_month=JAN),
        StopRecord(person=people[3], kind=2, reason="1299", from_month=JAN + 1),
    ]
    stop(stops, door(dt.date(2020, 2, 1)))
    run = draft(JAN + 1)
    rows = columns(payroll.EXPORT.rows(JAN + 1), payroll.HEADER)
    assert len(rows) == len({row["证件号码"] for row in rows}) == 5
    assert {row["批次"] for row in rows} == {run.batch}
    assert {row["状态"] for row in rows} == {"已预览"}
    assert total(rows, "支付金额") == yuan(run.amount_fen)
    assert total(rows, "当月") + total(rows, "以前月份") == total(rows, "支付金额")
    claimed = -sum(Line.objects.filter(run=run, channel=3).values_list("amount_fen", flat=True))
    assert total(rows, "应收") == yuan(claimed) > 0
    back = [row for row in rows if row["以前月份"]]
    assert len(back) == 1
    assert total(back, "以前月份") == yuan(
        first.orders.get(person_id=people[1]).amount_fen
    )  # what failed in January
    waiting = columns(held.EXPORT.rows(JAN + 1), held.HEADER)
    assert (
        total(rows, "应计未发")
        == total(waiting, "应计未发")
        == yuan(sum(one.amount_fen for one in run.held.all()))
    )
    assert {row["未发原因"] for row in waiting} == {"暂停支付中", "已死亡，未登记遗属领取人"}
    assert list(columns(lines.EXPORT.rows(JAN + 1), lines.EXPORT.header)) == []  # nothing is released yet
    gone = columns(failed.EXPORT.rows(JAN), failed.HEADER)
    order = first.orders.get(person_id=people[1])
    assert [(row["支付单号"], row["金额"], row["结果"], row["原因"]) for row in gone] == [
        (order.pk, yuan(order.amount_fen), "失败", order.outcome.reason)
    ]


def test_what_came_back_later_is_listed_as_failed_and_what_was_raised_as_owed(
    database: Database, tmp_path: Path
) -> None:
    a, b = register(recipient(1), recipient(2))
    run = paid(JAN, tmp_path)
    order = run.orders.get(person_id=a)
    record_bounces(
        [
            BounceRecord(
                order_id=order.pk,
                amount_fen=order.amount_fen,
                returned_on=dt.date(2020, 2, 3),
                reason="账户已销户",
            )
        ],
        door(dt.date(2020, 2, 3)),
    )
    assert Bounce.objects.count() == 1
    (row,) = columns(failed.of(run).rows(JAN), failed.HEADER)
    assert (row["结果"], row["原因"], row["登记日期"]) == ("付后退回", "账户已销户", "2020-02-03")
    (answered,) = [r for r in columns(payroll.of(run).rows(JAN), payroll.HEADER) if r["原因"]]
    assert (answered["结果"], answered["支付金额"]) == ("付后退回", yuan(order.amount_fen))
    stop([StopRecord(person=b, kind=1, reason="1202", from_month=JAN)], door(dt.date(2020, 2, 5)))
    later = paid(JAN + 1, tmp_path)
    debt = Receivable.objects.get(person_id=b)
    (owed,) = columns(receivables.of(later).rows(JAN + 1), receivables.HEADER)
    assert (owed["应收编号"], owed["应收"], owed["首月"]) == (
        debt.pk, yuan(debt.amount_fen), format_month(JAN),
    )  # fmt: skip
    assert columns(receivables.of(run).rows(JAN), receivables.HEADER) == []
    assert receivables.EXPORT.rows(JAN + 1).__next__().cells[0] == debt.pk
