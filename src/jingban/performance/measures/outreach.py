"""Safeguards and outreach: suspicions handled, lists hung out, messages sent, enrolment drives."""

from __future__ import annotations

from decimal import Decimal

from jingban.performance.measures import Argument, Basis, Measured, measure, percentage
from jingban.performance.measures.benefits import in_payment
from jingban.performance.measures.counting import counted, summed, window

KIND = Argument("kind", "疑点类别（不填为全部）")
PURPOSE = Argument("purpose", "消息用途（不填为全部）")


def text(basis: Basis, name: str) -> str:
    """An argument as the inside of an SQL string."""
    return str(basis.arguments.get(name, "")).replace("'", "''")


def _suspicions(basis: Basis) -> str:
    kind = text(basis, "kind")
    only = f" AND s.kind = '{kind}'" if kind else ""
    return f"SELECT s.id, s.kind, s.person_id, s.amount_fen FROM safeguards_suspicion s WHERE {window(basis).within('s')}{only}"


def _handled(basis: Basis) -> str:
    """SELECT of the year's suspicions whose last event up to the day settles them: closed, or found to be untrue."""
    last = window(basis).last
    return (
        f"SELECT s.* FROM ({_suspicions(basis)}) s JOIN safeguards_suspicionevent e ON e.suspicion_id = s.id "
        f"AND e.origin_id <= {last} AND e.state IN ('closed', 'false') AND NOT EXISTS (SELECT 1 FROM "
        f"safeguards_suspicionevent n WHERE n.suspicion_id = s.id AND n.sequence > e.sequence AND n.origin_id <= {last})"
    )


@measure(
    "suspicions_found", "比对疑点数", "条", formula="本年度比对、核查发现的疑点数", rooms="safeguards", printed="MH",
    arguments=(KIND,),
)  # fmt: skip
def suspicions_found(basis: Basis) -> Measured:
    """Suspicions raised in the year."""
    return counted(_suspicions(basis))


@measure(
    "suspicions_handled", "核实疑点数", "条", formula="本年度疑点中已办结或核实为不属实的", rooms="safeguards", printed="H",
    arguments=(KIND,),
)  # fmt: skip
def suspicions_handled(basis: Basis) -> Measured:
    """Suspicions of the year that are closed or were found untrue."""
    return counted(_handled(basis))


@measure(
    "suspicion_rate", "疑点核实处理率", "%", formula="已核实处理的疑点÷发现的疑点", rooms="safeguards", printed="MHB",
    arguments=(KIND,),
)  # fmt: skip
def suspicion_rate(basis: Basis) -> Measured:
    """Handled over found."""
    rows = _handled(basis)
    return percentage(counted(rows).value or 0, suspicions_found(basis).value or 0, rows)


@measure(
    "publication_rate", "待遇领取人员公示率", "%", formula="本年度公示过的领取人员÷截止月领取人员",
    rooms="safeguards、payments", printed="M",
)  # fmt: skip
def publication_rate(basis: Basis) -> Measured:
    """Recipients whose name hung out in the year over recipients (R1.9-7)."""
    published = (
        f"SELECT t.person_id FROM ({in_payment(basis)}) t WHERE t.person_id IN (SELECT w.person_id FROM "
        "safeguards_publishedrow w JOIN safeguards_publication b ON b.id = w.publication_id "
        f"WHERE b.kind = 'recipients' AND {window(basis).within('b')})"
    )
    return percentage(counted(published).value or 0, counted(in_payment(basis)).value or 0, published)


@measure("objections", "公示异议数", "条", formula="本年度收到的公示异议", rooms="safeguards", printed="M")
def objections(basis: Basis) -> Measured:
    """Objections to published lists."""
    return counted(
        f"SELECT o.id, o.received_on FROM safeguards_objection o WHERE {window(basis).within('o')}"
    )


def _rounds(basis: Basis) -> str:
    purpose = text(basis, "purpose")
    only = f" AND m.purpose = '{purpose}'" if purpose else ""
    return f"SELECT m.id, m.purpose, m.sent FROM safeguards_messageround m WHERE {window(basis).within('m')}{only}"


@measure(
    "message_rounds", "短信宣传期数", "期", formula="本年度发送的消息批次", rooms="safeguards", printed="M",
    arguments=(PURPOSE,),
)  # fmt: skip
def message_rounds(basis: Basis) -> Measured:
    """Rounds of messages sent."""
    return counted(_rounds(basis))


@measure(
    "messages_sent", "短信宣传条次", "条次", formula="本年度发送成功的消息数", rooms="safeguards", printed="M",
    arguments=(PURPOSE,),
)  # fmt: skip
def messages_sent(basis: Basis) -> Measured:
    """Messages that went out."""
    rows = _rounds(basis)
    found = summed(f"SELECT r.sent AS amount_fen FROM ({rows}) r")
    return Measured((found.value or Decimal(0)) * 100, rows=rows)


def _asked(basis: Basis) -> str:
    return (
        f"SELECT a.id, a.person_id FROM safeguards_driveperson a WHERE a.year = {basis.year} "
        f"AND a.origin_id <= {window(basis).last}"
    )


def _answered(basis: Basis, condition: str = "1 = 1") -> str:
    return (
        f"SELECT a.* FROM ({_asked(basis)}) a WHERE EXISTS (SELECT 1 FROM safeguards_driveresult v "
        f"WHERE v.asked_id = a.id AND {window(basis).within('v')} AND {condition})"
    )


@measure(
    "drive_verified",
    "未参保核实人数",
    "人",
    formula="本年度扩面对象中已核实的人数",
    rooms="safeguards",
    printed="HB",
)
def drive_verified(basis: Basis) -> Measured:
    """People of the year's enrolment drive with an answer."""
    return counted(_answered(basis))


@measure(
    "drive_rate",
    "未参保核实率",
    "%",
    formula="已核实的扩面对象÷扩面对象",
    rooms="safeguards",
    printed="HB",
)
def drive_rate(basis: Basis) -> Measured:
    """Answered over asked."""
    rows = _answered(basis)
    return percentage(counted(rows).value or 0, counted(_asked(basis)).value or 0, rows)


@measure(
    "drive_enrolled",
    "扩面参保人数",
    "人",
    formula="扩面对象中核实为已参保缴费的人数",
    rooms="safeguards",
    printed="HB",
)
def drive_enrolled(basis: Basis) -> Measured:
    """People the drive brought in."""
    return counted(_answered(basis, "v.result = 'enrolled'"))
