"""The list of a plan's indicators: one row an indicator; rows of one unit, year and project make one plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jingban.performance.models import Survey
from jingban.performance.reading import number
from jingban.performance.records import IndicatorRecord, PlanRecord, SurveyRecord
from jingban.performance.services.enter import record_surveys, set_plans
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.store.lists.spec import Column, ListSpec
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

KINDS = {"定量": "quantitative", "定性": "qualitative"}
DIRECTIONS = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", "=": "=", "区间": "range"}


@dataclass(slots=True)
class PlanRow:
    """One row of the list."""

    values: dict[str, Any]
    row: int


def plans(defaults: Defaults) -> ListSpec[PlanRow]:
    """Performance targets by indicator."""
    columns = (
        Column("unit", _("单位代码"), "digits", True),
        Column("year", _("年度"), "integer", True),
        Column("project", _("项目代码"), "digits", help=_("不填为部门整体支出")),
        Column("goal", _("年度总体目标"), help=_("每个项目至少一行填写")),
        Column("form", _("自评表式"), help=_("不填为项目支出绩效自评表")),
        Column("execution_weight", _("预算执行分值"), help=_("不填为 10")),
        Column(
            "execution_steps", _("执行率分档"), help=_("执行率=得分比例，如 95=1；85=0.8；不填为按比例计分")
        ),
        Column("level1", _("一级指标"), required=True),
        Column("level2", _("二级指标"), required=True),
        Column("name", _("三级指标"), required=True),
        Column("kind", _("类别"), "choice", choices=KINDS, help=_("不填为定量")),
        Column("direction", _("方向"), "choice", choices=DIRECTIONS, help=_("不填为≥")),
        Column("target", _("年度指标值"), required=True),
        Column("upper", _("上限"), help=_("方向为区间时填写")),
        Column("unit_of", _("计量单位")),
        Column("weight", _("分值"), required=True),
        Column(
            "measure", _("取数方法"), help=_("jingban perform measures 列出的名称；不填则手工填列并附依据")
        ),
        Column(
            "arguments",
            _("取数参数"),
            help=_("名称=值，多个用分号分开，如 kind=training；groups=1,2"),
            example="kind=training",
        ),
        Column("document", _("批复文号")),
        Column("budget_fen", _("全年预算数"), "yuan", help=_("只用于资金不经本单位账的项目")),
        Column("executed_fen", _("全年执行数"), "yuan", help=_("只用于资金不经本单位账的项目")),
    )
    return ListSpec(
        "plans",
        _("绩效目标"),
        columns,
        PlanRow,
        help=_("一行一个三级指标；预算执行分值与各指标分值合计应为 100。"),
    )


def take(rows: Iterable[PlanRow], door: Door, mode: Mode, dry_run: bool) -> Outcome:
    """Group the rows into plans and set them. A weight that is no number is PRF-106 with its row."""
    groups: dict[tuple[str, int, str], list[PlanRow]] = {}
    wrong = []
    for row in rows:
        values = row.values
        for key, title in (("weight", _("分值")), ("execution_weight", _("预算执行分值"))):
            if values.get(key) and number(values[key]) is None:
                wrong.append(
                    Finding(
                        "PRF-106", _("“%(text)s”不是数字") % {"text": values[key]}, row=row.row, column=title
                    )
                )
        for key, title in (("arguments", _("取数参数")), ("execution_steps", _("执行率分档"))):
            if _pairs(values.get(key, "")) is None:
                wrong.append(Finding("PRF-106", _("应写成 名称=值"), row=row.row, column=title))
        groups.setdefault((values["unit"], values["year"], values.get("project", "")), []).append(row)
    if wrong:
        raise Refused(wrong)
    return set_plans([_plan(key, group) for key, group in groups.items()], door, mode=mode, dry_run=dry_run)


def _plan(key: tuple[str, int, str], rows: list[PlanRow]) -> PlanRecord:
    first = rows[0].values
    goal = next((row.values["goal"] for row in rows if row.values.get("goal")), "")
    weight = number(first.get("execution_weight", "10"))
    table = _pairs(first.get("execution_steps", "")) or {}
    steps = [(number(at) or Decimal(0), number(share) or Decimal(0)) for at, share in table.items()]
    return PlanRecord(
        unit=key[0],
        year=key[1],
        project=key[2],
        goal=goal,
        form=first.get("form", "pf-mof-project"),
        execution_weight=Decimal(10) if weight is None else weight,
        execution_policy="steps" if steps else "proportional",
        execution_steps=steps,
        indicators=[_indicator(row.values) for row in rows],
        document=first.get("document", ""),
        budget_fen=first.get("budget_fen"),
        executed_fen=first.get("executed_fen"),
        row=rows[0].row,
    )


def _indicator(values: dict[str, Any]) -> IndicatorRecord:
    return IndicatorRecord(
        level1=values["level1"],
        level2=values["level2"],
        name=values["name"],
        target=values["target"],
        weight=number(values["weight"]) or Decimal(0),
        kind=values.get("kind", "quantitative"),
        direction=values.get("direction", ">="),
        upper=values.get("upper", ""),
        unit=values.get("unit_of", ""),
        measure=values.get("measure", ""),
        arguments=_pairs(values.get("arguments", "")) or {},
    )


def _pairs(text: str) -> dict[str, str] | None:
    """``a=1；b=2`` as a mapping; None when a part is no pair."""
    parts = [part.strip() for part in text.replace(";", "；").split("；") if part.strip()]
    pairs = [part.replace("＝", "=").partition("=") for part in parts]
    if not all(name.strip() and mark and value.strip() for name, mark, value in pairs):
        return None
    return {name.strip(): value.strip() for name, _mark, value in pairs}


def surveys(defaults: Defaults) -> ListSpec[SurveyRecord]:
    """Satisfaction surveys with their counts."""
    columns = (
        Column("unit", _("单位代码"), "digits", True),
        Column("year", _("年度"), "integer", True),
        Column("name", _("调查名称"), required=True),
        Column("method", _("方式"), required=True, aliases=("调查方式",)),
        Column("day", _("调查日期"), "date", True),
        Column("asked", _("发放数"), "integer", True, ("发放问卷",)),
        Column("valid", _("有效答卷"), "integer", True, ("有效问卷",)),
        Column("satisfied", _("满意数"), "integer", True),
    )

    def build(values: dict[str, Any], row: int) -> SurveyRecord:
        return SurveyRecord(**values, row=row)

    return ListSpec(
        "surveys",
        _("满意度调查"),
        columns,
        build,
        help=_("一行一次调查；满意数不多于有效答卷，有效答卷不多于发放数。"),
    )


def take_surveys(records: Iterable[SurveyRecord], door: Door, mode: Mode, dry_run: bool) -> Outcome:
    """Enter the surveys."""
    return record_surveys(list(records), door, mode=mode, dry_run=dry_run)


LISTS: dict[str, ListEntry] = {
    "plans": ListEntry("plans", _("绩效目标"), plans, take),
    "surveys": ListEntry("surveys", _("满意度调查"), surveys, take_surveys, table=Survey),
}
