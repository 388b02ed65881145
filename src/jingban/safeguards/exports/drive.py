"""A year's enrolment drive: who was to be asked, why, and what came of it (the newest result counts)."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import stream
from jingban.safeguards.models import DrivePerson, DriveResult
from jingban.store.exports import Export, Row
from jingban.values.i18n import gettext as _

WHYS = dict(DrivePerson.Why.choices)
RESULTS = dict(DriveResult.Result.choices)
OPEN = "未核实"


def _rows(year: int) -> Iterator[Row]:
    sql = (
        "SELECT d.township, d.village, d.id_number, d.name, d.why, d.last_year, r.result, r.note, o.actor, o.recorded_at "
        "FROM safeguards_driveperson d "
        "LEFT JOIN safeguards_driveresult r ON r.asked_id = d.id AND NOT EXISTS "
        "(SELECT 1 FROM safeguards_driveresult n WHERE n.asked_id = d.id AND n.id > r.id) "
        "LEFT JOIN registry_origin o ON o.id = r.origin_id "
        "WHERE d.year = %s ORDER BY d.township, d.village, d.id_number"
    )
    for township, village, number, name, why, last, result, note, actor, at in stream(sql, [year]):
        cells = (
            year, number, name, township, village, WHYS[why], last or "", RESULTS.get(result or "", OPEN), note or "",
            actor or "", str(at)[:10] if at else "",
        )  # fmt: skip
        yield Row(township, village, cells)


EXPORT = Export(
    "drive",
    _("扩面名单"),
    (
        "年度",
        "证件号码",
        "姓名",
        "乡镇",
        "村",
        "类别",
        "最近缴费年度",
        "核实结果",
        "说明",
        "登记人",
        "登记日期",
    ),
    _rows,
    by="year",
)
