"""A yearly credit as its maker and reviewer read it: totals, what is posted now, who is missed and why, the receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from jingban.payments.models import Credit
from jingban.payments.sections import Section
from jingban.rules.titles import ITEMS, MISSED
from jingban.store import bulk
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan


def sections(one: Credit) -> Iterator[Section]:
    """What the command line and the pages show, in the order it is read."""
    yield _head(one)
    report = one.report
    rows = [
        (_(label), f"{report[key]['persons']:,}", format_yuan(report[key]["amount_fen"]))
        for key, label in (
            ("owed", "全年应记"),
            ("posted", "此前已记"),
            ("now", "本次记账"),
            ("back", "其中收回"),
        )
    ]
    yield Section(_("应记减已记"), ("", _("人数"), _("金额（元）")), list(rows), (1, 2))
    missed: list[tuple[str, ...]] = [(_(MISSED[reason]), f"{count:,}") for reason, count in report["missed"]]
    if missed:
        yield Section(_("没有记账的人"), (_("未记原因"), _("人数")), missed, (1,))
    if waiting := report.get("waiting"):
        said = [
            (_(ITEMS[row["item"]]), f"{row['persons']:,}", format_yuan(row["amount_fen"])) for row in waiting
        ]
        columns = (_("项目"), _("人数"), _("金额（元）"))
        yield Section(
            _("应先记账的项目还没有记（记了以后本次再做一次，只补差额）"), columns, list(said), (1, 2)
        )
    if one.posting is not None:
        yield receipt(one)


def receipt(one: Credit) -> Section:
    """What the posting can be proved by: the origin of its entries and a digest of its lines."""
    assert one.posting is not None
    rows: list[tuple[str, ...]] = [
        (_("记账编号"), str(one.posting_id)),
        (_("记账时间"), one.posting.recorded_at.isoformat(" ", "minutes")),
        (_("记账人"), one.posting.actor),
        (_("明细行数"), f"{one.lines.count():,}"),
        (_("明细摘要"), digest(one)),
    ]
    return Section(_("记账回执"), (), rows)


def digest(one: Credit) -> str:
    """SHA-256 over the lines of a credit, in order."""
    rows = bulk.fetch(
        "SELECT person_id, ledger, owed_fen, posted_fen, amount_fen FROM payments_creditline WHERE credit_id = %s "
        "ORDER BY person_id, ledger",
        [one.pk],
    )
    return hashlib.sha256("\n".join(",".join(map(str, row)) for row in rows).encode()).hexdigest()


def _head(one: Credit) -> Section:
    rows: list[tuple[str, ...]] = [
        (_("状态"), one.state_name()),
        (_("年度"), str(one.year)),
        (_("项目"), _(ITEMS[one.item])),
        (_("经办 / 复核"), f"{one.maker} / {one.checker or '——'}"),
        (_("政策截止日"), one.known_on.isoformat()),
        (_("人数"), f"{one.person_count:,}"),
        (_("金额（元）"), format_yuan(one.amount_fen)),
    ]
    return Section(_("年度记账批次 {batch}").format(batch=one.batch), (), rows)
