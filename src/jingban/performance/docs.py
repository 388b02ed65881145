"""The page of computed indicators, made from the library."""

from __future__ import annotations

from jingban.performance.measures import REPORTS, Entry, library

HEAD = """# 由系统取数的绩效指标

本页由 `jingban.performance.measures` 生成，不要手改。“取数方法”填在绩效目标名册的同名列；参数写在“取数参数”列（名称=值，多个用分号分开，
带 * 的必填）。计量单位可以是表中单位，也可以加“万”“亿”（元 → 万元）。比率的分子、分母为零（0/0）时该指标不适用，分值由同组指标分担。
`jingban perform rows 指标编号` 列出数背后的明细行。

“已付”只有一个定义：发放成功或已发出的明细加上抵扣应收款，减去冲回（`payments.relations.settlements`），指标、导出和年度数字都用它。

印有该指标的公开报告（2020 年度）：{reports}。

| 指标 | 取数方法 | 单位 | 算法 | 来源 | 参数 | 见于 |
|---|---|---|---|---|---|---|
"""
TYPED = """
## 手工填列的指标

五份报告里的下列指标不在本系统的台账之内，按“手工填列，附依据”填报（`jingban perform actual --evidence --file`）：

| 指标 | 见于 | 为什么 |
|---|---|---|
| 企业养老、失业、工伤保险的参保、征缴、减免、稳岗返还、失业补助金 | S、Z、B | 其他险种的台账不在本系统 |
| 基金收入、支出、累计结余完成预算的比例，基金缺口缩减率 | H、B | 基金会计账不在本系统 |
| 代发项目人数、代发时限 | H、Z | 代发资金不属城乡居保待遇 |
| 工伤事故调查率、调查时限，稽核金额补缴率，聘请中介机构数 | B | 其他险种业务 |
| 印发宣传资料份数、宣传覆盖率、政策知晓度 | M、S、B | 由实物验收或问卷得出；知晓度可作一项满意度调查登记后用 satisfaction 取数 |
| 新建楼堂馆所投资概算控制率 | H | 没有此类支出时为不适用 |
| 完成时间、拨付时限（日期） | 全部 | 日期不是比率；资金用 funds_on_time_rate，业务用 cases_on_time |
| 管理制度健全性、资金使用合规性、行政效能、服务形象等 | 全部 | 定性指标，按三档评定并写理由 |
"""


def pages() -> dict[str, str]:
    """Path below docs → text."""
    reports = "；".join(f"{letter} {name}" for letter, name in REPORTS.items())
    lines = [_line(entry) for entry in library().values()]
    return {"reference/indicators.md": HEAD.format(reports=reports) + "\n".join(lines) + "\n" + TYPED}


def _line(entry: Entry) -> str:
    arguments = "；".join(
        f"{one.name}{'*' if one.required else ''}：{one.chinese}" for one in entry.arguments
    )
    return (
        f"| {entry.chinese} | `{entry.name}` | {entry.unit} | {entry.chinese_formula} | {entry.rooms} | {arguments} | "
        f"{'、'.join(entry.printed)} |"
    )
