"""A run as its maker and reviewer read it: totals, continuity against the month before, items, what is held, what to look at.

The command line and the pages show the same sections; only how they are drawn differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jingban.payments.models import OrderStatus, Run
from jingban.rules.titles import ITEMS
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
REASONS = {0: "", 1: "死亡", 2: "暂缓", 3: "未认证", 4: "领取其他待遇", 5: "死亡，未登记遗属领取人"}
CAUSES = {
    "awards": "核定补发",
    "resumptions": "恢复补发",
    "reissued": "失败重发",
    "standard": "提标或更正补发",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One table. ``right``: the columns of figures; without ``columns`` it is a sheet of labels and values."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    right: tuple[int, ...] = ()


def sections(run: Run) -> Iterator[Section]:
    """Everything a maker or reviewer needs, in the order they read it."""
    report = run.report
    yield _head(run)
    if report.get("continuity"):
        yield _continuity(report["continuity"])
    if report.get("items"):
        rows = [(_(ITEMS[row["item"]]), row["persons"], row["amount_fen"]) for row in report["items"]]
        yield _counted(_("应付项目"), rows)
    if report.get("back_pay"):
        rows = [(_(CAUSES[row["cause"]]), row["persons"], row["amount_fen"]) for row in report["back_pay"]]
        yield _counted(_("其中补发"), rows)
    if report.get("held"):
        rows = [(_(REASONS[row["reason"]]), row["persons"], row["amount_fen"]) for row in report["held"]]
        yield _counted(_("应计未发"), rows)
    if report.get("anomalies"):
        yield _anomalies(report["anomalies"])


def outcomes(run: Run) -> dict[str, int]:
    """Orders the bank paid and those it could not."""
    found = dict.fromkeys(("paid", "failed"), 0)
    for status in OrderStatus.objects.filter(order__run=run).values_list("status", flat=True):
        found[status] += 1
    return found


def _head(run: Run) -> Section:
    rows: list[tuple[str, ...]] = [
        (_("状态"), run.state_name()),
        (_("发放月"), format_month(run.payroll_month)),
        (_("经办 / 复核"), f"{run.maker} / {run.checker or '——'}"),
        (_("政策截止日"), run.known_on.isoformat()),
        (_("人数"), f"{run.person_count:,}"),
        (_("金额（元）"), format_yuan(run.amount_fen)),
    ]
    known = outcomes(run)
    if any(known.values()):
        rows.append((_("成功 / 失败（笔）"), f"{known['paid']:,} / {known['failed']:,}"))
    return Section(_("发放批次 {batch}").format(batch=run.batch), (), rows)


def _continuity(continuity: dict[str, Any]) -> Section:
    before, now = continuity["before"], continuity["now"]
    rows = [_line(_("上期") + " " + format_month(before["month"]), before)]
    for key, sign, label in MOVES:
        if move := continuity["moves"].get(key):
            rows.append(_line(f"{sign} {_(label)}", move))
    for item, amount in continuity["changes"].items():
        rows.append(("± " + _(ITEMS[int(item)]), "", format_yuan(amount)))
    verdict = _("相符") if continuity["holds"] else _("不符")
    rows.append(_line(f"= {_('本期')} {format_month(now['month'])}（{verdict}）", now))
    return Section(_("与上期衔接"), _columns(), rows, (1, 2))


def _line(label: str, counts: dict[str, int]) -> tuple[str, ...]:
    return (label, f"{counts['persons']:,}", format_yuan(counts["amount_fen"]))


def _counted(title: str, rows: Sequence[tuple[str, int, int]]) -> Section:
    said = [(label, f"{persons:,}", format_yuan(amount)) for label, persons, amount in rows]
    return Section(title, _columns(), list(said), (1, 2))


def _columns() -> tuple[str, ...]:
    return ("", _("人数"), _("金额（元）"))


def _anomalies(found: list[dict[str, Any]]) -> Section:
    rows: list[tuple[str, ...]] = [
        (
            entry["code"],
            _(entry["message"]),
            f"{entry['count']:,}",
            "、".join(person["subject"] for person in entry["persons"][:3]),
        )
        for entry in found
    ]
    return Section(_("请复核"), (_("代码"), _("情形"), _("人数"), _("举例")), rows, (2,))
