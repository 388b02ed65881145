"""The tables of ``jingban run``: totals, continuity against the month before, items, what is held, what to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table

from jingban.payments.models import OrderStatus, Run
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import format_month

MOVES = (
    ("awards", "+", "新核定"),
    ("resumptions", "+", "恢复"),
    ("deaths", "−", "死亡"),
    ("suspensions", "−", "暂停"),
    ("terminations", "−", "终止"),
    ("unexplained", "−", "原因不明"),
)
ITEMS = {
    101: "基础养老金（中央）",
    102: "基础养老金（省）",
    103: "基础养老金（市）",
    104: "基础养老金（县）",
    105: "高龄倾斜",
    106: "缴费年限养老金",
    201: "个人账户养老金",
    301: "丧葬补助金",
    302: "个人账户余额",
    303: "重复缴费清退",
}
REASONS = {0: "", 1: "死亡", 2: "暂缓", 3: "未认证", 4: "领取其他待遇"}
CAUSES = {
    "awards": "核定补发",
    "resumptions": "恢复补发",
    "reissued": "失败重发",
    "standard": "提标或更正补发",
}


def tables(run: Run) -> Iterator[Table]:
    """Everything a maker or reviewer needs, in the order they read it."""
    report = run.report
    yield _head(run)
    if report.get("continuity"):
        yield _continuity(report["continuity"])
    if report.get("items"):
        yield _rows(
            _("应付项目"),
            [(_(ITEMS[row["item"]]), row["persons"], row["amount_fen"]) for row in report["items"]],
        )
    if report.get("back_pay"):
        yield _rows(
            _("其中补发"),
            [(_(CAUSES[row["cause"]]), row["persons"], row["amount_fen"]) for row in report["back_pay"]],
        )
    if report.get("held"):
        yield _rows(
            _("应计未发"),
            [(_(REASONS[row["reason"]]), row["persons"], row["amount_fen"]) for row in report["held"]],
        )
    if report.get("anomalies"):
        yield _anomalies(report["anomalies"])


def _head(run: Run) -> Table:
    table = Table(title=_("发放批次 {batch}").format(batch=run.batch), show_header=False)
    table.add_row(_("状态"), run.state_name())
    table.add_row(_("发放月"), format_month(run.payroll_month))
    table.add_row(_("经办 / 复核"), f"{run.maker} / {run.checker or '——'}")
    table.add_row(_("政策截止日"), run.known_on.isoformat())
    table.add_row(_("人数"), f"{run.person_count:,}")
    table.add_row(_("金额（元）"), format_yuan(run.amount_fen))
    outcomes = dict.fromkeys(("paid", "failed"), 0)
    for status in OrderStatus.objects.filter(order__run=run).values_list("status", flat=True):
        outcomes[status] += 1
    if any(outcomes.values()):
        table.add_row(_("成功 / 失败（笔）"), f"{outcomes['paid']:,} / {outcomes['failed']:,}")
    return table


def _continuity(continuity: dict[str, Any]) -> Table:
    table = _columns(_("与上期衔接"))
    before, now = continuity["before"], continuity["now"]
    table.add_row(
        _("上期") + " " + format_month(before["month"]),
        f"{before['persons']:,}",
        format_yuan(before["amount_fen"]),
    )
    for key, sign, label in MOVES:
        if move := continuity["moves"].get(key):
            table.add_row(f"{sign} {_(label)}", f"{move['persons']:,}", format_yuan(move["amount_fen"]))
    for item, amount in continuity["changes"].items():
        table.add_row("± " + _(ITEMS[int(item)]), "", format_yuan(amount))
    verdict = _("相符") if continuity["holds"] else _("不符")
    table.add_row(
        f"= {_('本期')} {format_month(now['month'])}（{verdict}）",
        f"{now['persons']:,}",
        format_yuan(now["amount_fen"]),
    )
    return table


def _rows(title: str, rows: list[tuple[str, int, int]]) -> Table:
    table = _columns(title)
    for label, persons, amount in rows:
        table.add_row(label, f"{persons:,}", format_yuan(amount))
    return table


def _columns(title: str) -> Table:
    table = Table(title=title)
    table.add_column("")
    table.add_column(_("人数"), justify="right")
    table.add_column(_("金额（元）"), justify="right")
    return table


def _anomalies(found: list[dict[str, Any]]) -> Table:
    table = Table(title=_("请复核"))
    for label in (_("代码"), _("情形"), _("人数"), _("举例")):
        table.add_column(label)
    for entry in found:
        examples = "、".join(person["subject"] for person in entry["persons"][:3])
        table.add_row(entry["code"], _(entry["message"]), f"{entry['count']:,}", examples)
    return table
