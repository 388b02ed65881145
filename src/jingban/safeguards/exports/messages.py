"""The message rounds of a year: who was told what, when, and whether the gateway took it. Numbers are masked, as they are kept."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import ORDER, person_joins, stream
from jingban.safeguards.models import Message, MessageRound
from jingban.store.exports import Export, Row
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id

STATUSES = dict(Message.Status.choices)
PURPOSES = {"certify": "认证提醒"}


def rounds(year: int) -> list[MessageRound]:
    """The rounds of a year, newest first."""
    found = MessageRound.objects.select_related("origin").filter(origin__recorded_at__year=year)
    return list(found.order_by("-pk"))


def _rows(year: int) -> Iterator[Row]:
    made = {one.pk: one for one in rounds(year)}
    marks = ", ".join(str(int(pk)) for pk in made) or "NULL"
    sql = (
        "SELECT m.round_id, i.id_number, i.name, h.township, h.village, m.phone, m.status, m.reason "
        f"FROM safeguards_message m {person_joins('m')} WHERE m.round_id IN ({marks}) ORDER BY {ORDER}, m.id"
    )
    for pk, number, name, township, village, phone, status, reason in stream(sql):
        one = made[pk]
        cells = (
            pk, one.origin.day.isoformat(), PURPOSES.get(one.purpose, one.purpose), one.version, mask_id(number), name, township,
            village, phone, STATUSES[status], reason, one.text, one.origin.actor,
        )  # fmt: skip
        yield Row(township, village, cells)


EXPORT = Export(
    "messages",
    _("短信发送记录"),
    ("批次", "日期", "用途", "文本版本", "证件号码", "姓名", "乡镇", "村", "号码", "结果", "原因", "文本", "经办人"),
    _rows,
    by="year",
)  # fmt: skip
