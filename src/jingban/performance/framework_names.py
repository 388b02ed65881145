"""What the values of the printed frameworks are called in Chinese, for tables, for what is missing, and for the list of data."""

from __future__ import annotations

from collections.abc import Iterable

NAMES: dict[str, str] = {
    "staff": "在职人员数", "posts": "编制数",
    "three_public_this": "本年度“三公”经费预算", "three_public_last": "上年度“三公”经费预算",
    "three_public_actual": "“三公”经费决算数", "three_public_budget": "“三公”经费预算数",
    "key_budget": "重点支出预算", "budget": "预算数", "executed": "预算执行数", "adjusted": "预算调整数",
    "progress": "实际支付进度", "planned_progress": "既定支付进度",
    "carry_over": "结转结余", "carry_over_last": "上年结转结余",
    "operating_actual": "公用经费决算数", "operating_budget": "公用经费预算数",
    "procurement_actual": "政府采购实际数", "procurement_budget": "政府采购预算数",
    "assets_in_use": "在用固定资产", "assets": "固定资产总额",
    "tasks": "计划工作数", "tasks_done": "完成工作数", "tasks_on_time": "按时完成工作数", "tasks_up_to_standard": "达标工作数",
    "official_score": "考核得分", "official_maximum": "考核满分", "satisfied": "满意数", "answers": "有效答卷数",
    "received": "到位资金", "output": "实际产出", "planned_output": "计划产出", "output_up_to_standard": "达标产出",
    "actual_days": "实际天数", "planned_days": "计划天数", "actual_cost": "实际成本", "planned_cost": "计划成本",
    "achieved": "效益实现值", "target": "效益目标值",
}  # fmt: skip


def named(names: Iterable[str]) -> str:
    """The Chinese names of what is missing; an indicator's own code stays as it is (conditions met were not given)."""
    return "、".join(NAMES.get(name, name) for name in names)


def value_name(text: str) -> str:
    """The name of a value, given by that name or in Chinese."""
    return next((name for name, chinese in NAMES.items() if chinese == text), text)
