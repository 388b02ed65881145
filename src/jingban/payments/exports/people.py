"""Everybody in the register with their state."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import GROUPS, ORDER, alive, day, person_joins, stream
from jingban.registry.relations import status
from jingban.store.exports import Export, Row
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

SEXES = {"male": "男", "female": "女"}
STATES = {(1, 1): "正常缴费", (2, 2): "暂停缴费", (1, 3): "正常待遇", (2, 3): "暂停待遇", (4, 3): "终止参保"}
"""Codes of R1.1 -> the word shown."""


def _rows(month: int) -> Iterator[Row]:
    groups: dict[int, list[str]] = {}
    for person, group in stream(
        f"SELECT g.person_id, g.group_id FROM registry_groupmembership g WHERE {alive('registry_groupmembership', 'g')} "
        f"AND g.valid_from <= {int(month)} AND {int(month)} < g.valid_to ORDER BY g.group_id"
    ):
        groups.setdefault(person, []).append(GROUPS.get(group, str(group)))
    sql = (
        "SELECT s.person_id, p.number, i.id_number, i.name, i.sex, i.birth_date, i.ethnicity, h.township, h.village, "
        "h.group_name, j.joined, s.insured_state, s.paying_state "
        f"FROM ({status()}) s JOIN registry_person p ON p.id = s.person_id {person_joins('s')} "
        "JOIN (SELECT r.person_id, MIN(r.valid_from) AS joined FROM registry_relation r WHERE "
        f"{alive('registry_relation', 'r')} GROUP BY r.person_id) j ON j.person_id = s.person_id ORDER BY {ORDER}"
    )
    for (
        person,
        number,
        id_number,
        name,
        sex,
        birth,
        ethnicity,
        township,
        village,
        group,
        joined,
        *state,
    ) in stream(sql):
        cells = (
            number, id_number, name, SEXES.get(sex, sex), day(birth), ethnicity, township, village, group,
            format_month(joined), STATES.get(tuple(state), "/".join(map(str, state))), "、".join(groups.get(person, ())),
        )  # fmt: skip
        yield Row(township, village, cells)


EXPORT = Export(
    "people",
    _("参保人员"),
    (
        "个人编号",
        "证件号码",
        "姓名",
        "性别",
        "出生日期",
        "民族",
        "乡镇",
        "村",
        "组",
        "参保年月",
        "状态",
        "群体",
    ),
    _rows,
)
