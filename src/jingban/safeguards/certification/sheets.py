"""The sheets of a campaign: split for the villages on the way out, read as lists on the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from jingban.registry.codebooks import CERTIFICATION_CHANNELS, SELF_SERVICE
from jingban.registry.lists import columns
from jingban.safeguards.certification.answers import AnswerRecord, take_answers
from jingban.safeguards.certification.status import Result, tasks
from jingban.safeguards.models import Campaign
from jingban.store import audit, bulk, live
from jingban.store.lists import Column, ListSpec, write_list
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.store.origins import Door, entering
from jingban.values.i18n import gettext as _

LEVELS = {"township": 1, "village": 2, "group": 3}
RESULTS = {
    "通过": "passed", "已认证": "passed", "是": "passed", "死亡": "dead", "失联": "unreachable", "联系不上": "unreachable",
    "其他": "other", "未通过": "other", "否": "other",
}  # fmt: skip


def header() -> list[str]:
    return [
        _("批次"), _("乡镇"), _("村"), _("组"), _("证件号码"), _("姓名"), _("80岁以上"), _("残疾人"), _("认证结果"),
        _("日期"), _("认证方式"), _("未通过原因"),
    ]  # fmt: skip


def export(campaign: Campaign, folder: Path, door: Door, *, level: str = "village") -> Iterator[Path]:
    """One workbook for each township, village or group; full numbers, so the export is in the audit chain."""
    rows = bulk.fetch(
        "SELECT p.township, p.village, p.group_name, i.id_number, i.name, p.old, p.disabled "
        "FROM safeguards_campaignperson p JOIN registry_identity i ON i.person_id = p.person_id "
        f"AND {live.where('registry_identity', 'i')} WHERE p.campaign_id = %s "
        "ORDER BY p.township, p.village, p.group_name, p.id",
        [campaign.pk],
    )
    depth = LEVELS[level]
    written = []
    for place, group in groupby(rows, key=lambda row: tuple(row[:depth])):
        path = folder.joinpath(*(_safe(part) for part in place[:-1]), f"{_safe(place[-1])}.xlsx")
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = [
            (campaign.code, *row[:5], _("是") if row[5] else "", _("是") if row[6] else "", "", "", "", "")
            for row in group
        ]
        write_list(path, header(), cells, title=_safe(place[-1]))
        written.append(path)
    with entering(door) as origin:
        detail = {"批次": campaign.code, "人数": len(rows), "文件数": len(written)}
        audit.append([audit.Entry(door.actor, "certify.exported", campaign.code, detail)], origin.recorded_at)
    yield from written


def _safe(name: str) -> str:
    """A place as a file name: no separators, never empty, never a hidden or parent folder."""
    cleaned = "".join("_" if mark in '\\/:*?"<>|[]' or ord(mark) < 32 else mark for mark in name).strip(" .")
    return cleaned or _("未分村")


def export_tasks(campaign: Campaign, path: Path, door: Door) -> int:
    """What is to be done about each failure, by village."""
    found = tasks(campaign)
    people = {
        person: (number, name)
        for person, number, name in bulk.fetch(
            f"SELECT i.person_id, i.id_number, i.name FROM registry_identity i WHERE {bulk.among('i.person_id')} "
            f"AND {live.where('registry_identity', 'i')}",
            [bulk.listed(task.standing.person_id for task in found)],
        )
    }
    titles = {**{str(r.value): str(r.label) for r in Result}, "pending": _("未反馈")}
    rows = [
        (
            task.standing.township,
            task.standing.village,
            task.standing.group_name,
            *people[task.standing.person_id],
            titles[task.standing.result],
            task.text,
        )
        for task in found
    ]
    head = [_("乡镇"), _("村"), _("组"), _("证件号码"), _("姓名"), _("结果"), _("下一步")]
    count = write_list(path, head, rows, title=_("后续任务"))
    with entering(door) as origin:
        detail = {"批次": campaign.code, "行数": count}
        audit.append(
            [audit.Entry(door.actor, "certify.tasks_exported", campaign.code, detail)], origin.recorded_at
        )
    return count


def _returned(values: dict[str, Any], row: int) -> AnswerRecord:
    return AnswerRecord(
        person=values["id_number"], campaign=values.get("campaign", ""), result=values.get("result", ""),
        name=values.get("name", ""), village=values.get("village", ""), channel=values.get("channel", ""),
        happened_on=values.get("happened_on"), evidence=values.get("evidence", ""), reason=values.get("reason", ""), row=row,
    )  # fmt: skip


def _returns(given: Defaults) -> ListSpec[AnswerRecord]:
    return ListSpec(
        "certification_returns",
        _("资格认证反馈表"),
        (
            Column("campaign", _("批次"), "text", False, ("认证批次",), help=_("不填则为最近一批")),
            Column("village", _("村"), "text", False, ("村社区", "社区", "行政村")),
            columns.person(),
            columns.name(),
            Column("result", _("认证结果"), "choice", False, ("结果", "是否通过"), RESULTS, example="通过"),
            Column("happened_on", _("日期"), "date", False, ("认证日期", "死亡日期"), example="2020-09-18"),
            Column("channel", _("认证方式"), "choice", False, ("方式",), CERTIFICATION_CHANNELS),
            Column("reason", _("未通过原因"), "text", False, ("原因",)),
            columns.evidence(),
            *(Column(key, title) for key, title in (("township", _("乡镇")), ("group", _("组")), ("old", _("80岁以上")),
                                                     ("disabled", _("残疾人")))),
        ),
        _returned,
    )  # fmt: skip


RETURNS = ListEntry(
    "certification_returns",
    _("资格认证反馈表"),
    _returns,
    lambda records, door, mode, dry_run: take_answers(records, door, mode, dry_run),
)


def _face(values: dict[str, Any], row: int) -> AnswerRecord:
    """A failed recognition says nothing about the person: the row counts as not filled in."""
    day: dt.date = values["happened_on"]
    evidence = _("人脸识别 %(score)s %(serial)s") % {
        "score": values.get("score", ""),
        "serial": values.get("serial", ""),
    }
    return AnswerRecord(
        person=values["id_number"], campaign=values.get("campaign", ""), result="passed" if values["passed"] else "",
        name=values.get("name", ""), channel=SELF_SERVICE, happened_on=day, evidence=evidence.strip(), row=row,
    )  # fmt: skip


def _faces(given: Defaults) -> ListSpec[AnswerRecord]:
    return ListSpec(
        "face_results",
        _("人脸识别结果文件"),
        (
            Column("campaign", _("批次"), "text", False, ("认证批次",)),
            columns.person(),
            columns.name(),
            Column("happened_on", _("识别日期"), "date", True, ("认证日期", "日期", "时间")),
            Column("passed", _("是否通过"), "flag", True, ("结果", "识别结果", "认证结果")),
            Column("score", _("相似度"), "text", False, ("得分",)),
            Column("serial", _("流水号"), "text", False, ("业务流水号",)),
        ),
        _face,
    )


FACES = ListEntry(
    "face_results",
    _("人脸识别结果文件"),
    _faces,
    lambda records, door, mode, dry_run: take_answers(records, door, mode, dry_run),
)
