"""The lists this room takes in: other bodies' lists, certification sheets, drive results, consents (``LISTS``)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.safeguards.certification.sheets import FACES, RETURNS
from jingban.safeguards.outreach_lists import OUTREACH
from jingban.safeguards.sources import SOURCES, Source
from jingban.safeguards.take import OtherRecord, take
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _
from jingban.values.months import of_date


def _columns(source: Source) -> tuple[Column, ...]:
    number = columns.person()
    event_required = (source.suspicion == "death" and not source.by_village) or source.name == "traces"
    return (
        Column(
            "id_number",
            number.title,
            "digits",
            False,
            number.aliases,
            help=_("照原件填写，可空"),
            example=number.example,
        ),
        columns.name(),
        Column("sex", _("性别"), "choice", False, (), columns.SEXES),
        Column("birth_date", _("出生日期"), "date", False, ("出生年月日",)),
        Column(
            "event_on",
            _(source.event),
            "date",
            event_required,
            ("发生日期", *(("死亡时间",) if source.suspicion == "death" else ()), "日期", "时间", "起始日期"),
            example="2020-05-20",
        ),
        Column("until_on", _("截止日期"), "date", False, ("刑满日期", "终止日期")),
        Column("township", _("乡镇"), "text", False, ("乡镇街道", "街道")),
        Column("village", _("村"), "text", False, ("村社区", "社区", "行政村")),
        Column("detail", _("内容"), "text", False, ("险种", "等级", "类别", "监狱", "备注", "医院")),
        Column("month", _("数据月份"), "month", False, ("报送月份", "月份")),
        *((Column("nil", _("零报告"), "flag", False, ("本月无", "无死亡")),) if source.by_village else ()),
    )


def _entry(source: Source) -> ListEntry:
    def describe(given: Defaults) -> ListSpec[OtherRecord]:
        month = given.cutover or of_date(given.today)

        def build(values: dict[str, Any], row: int) -> OtherRecord:
            return OtherRecord(**{"month": month, **values, "row": row})

        return ListSpec(source.name, _(source.title), _columns(source), build)

    return ListEntry(
        source.name,
        _(source.title),
        describe,
        lambda records, door, mode, dry_run: take(source.name, records, door, mode, dry_run),
    )


LISTS: dict[str, ListEntry] = {
    **{name: _entry(source) for name, source in SOURCES.items()},
    **{entry.name: entry for entry in (RETURNS, FACES, *OUTREACH)},
}
"""Name -> list. Only by name: a list of deaths looks the same whether it is the register's own or another body's."""
