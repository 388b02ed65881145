"""The catalogue's false-positive traps: honest text on which no error and no warning may be reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingban.checker import registry
from jingban.checker.readers import read
from jingban.checker.run import check_document

GROUPS = ("N1", "N2", "P1", "B1", "F1", "Y1", "S1", "X1", "I1")
HEAD = "2020年度某县事务中心部门决算\n第二部分 2020年度部门决算情况说明\n"
SPENDING = HEAD + "三、支出决算情况说明\n"

TRAPS = {
    "open-list": SPENDING + "本年支出合计500.00万元，其中：培训费30.00万元，会议费8.00万元。",
    "two-balances": SPENDING + "基金总收入100万元，总支出80万元，当年结余20万元，累计结余320万元。",
    "other-years": SPENDING
    + "2018年支出90万元，2019年支出95万元，增长5.6%，主要原因是2019年机构改革。2020年本年支出合计100万元。",
    "dash-is-not-nought": SPENDING
    + "公务接待费支出—，占—。本年支出合计100万元，其中：基本支出60万元，占60%；项目支出40万元，占40%。",
    "yuan-beside-wan": SPENDING
    + "预算下达30000元，执行10120元。项目全年预算数3万元，执行数为1.012万元，完成预算的33.73%。",
    "yi-wan-yuan": SPENDING + "基金总收入1.2亿元，其中：缴费收入7000万元，财政补贴收入5000万元。",
    "thousands-and-breaks": SPENDING
    + "本年支出合计1,234.50\n万元，其中：基本支出1,000.00万元，占81.0\n%；项目支出234.50万元，占19.0%。",
    "truncated-rate": SPENDING + "收入104.466万元，比上年100.000万元增加4.466万元，增长4.46%。",
    "traditional": SPENDING + "本年支出合計100萬元，其中：基本支出60萬元，佔60%；項目支出40萬元，佔40%。",
    "cut-at-page-end": SPENDING
    + "决算数小于年初预算数的主要原因是厉行节约，与上年相比减少0.2万元，主要原因是",
    "no-operating-funds": SPENDING + "本单位为事业单位，无机关运行经费。",
    "projects-beside-department": SPENDING
    + "项目支出137.40万元。五个项目全年执行538.13万元，含上级转移支付。",
    "share-then-besides": SPENDING + "本年支出合计100万元，其中：基本支出100万元，占100%此外无其他支出。",
    "coarse-persons": SPENDING + "为17万名人员代缴保费3212.76万元，完成目标任务13.93万人的122.5%。",
    "negative-growth-printed": SPENDING
    + "资产总额32700元，较上年增长 -20.89%。负债总额0万元，较上年增长 0.00%。",
    "fewer-by-nothing": SPENDING + "公务接待费支出2.6万元，比上年减少0万元，下降0%。",
    "equal-to-budget": SPENDING + "年初预算为25万元，支出决算为25万元。",
    "budget-nought": SPENDING
    + "年初预算为0万元，支出决算为4.27万元，决算数大于年初预算数的主要原因是追加经费。",
    "share-of-forecast": SPENDING
    + "人员经费80万元，占基本支出的80%，公用经费20万元，占基本支出的20%。基本支出共100万元。",
    "respectively": SPENDING + "全市基本养老、工伤保险参保人数分别达到195.31万人和15.52万人。",
    "small-firms": SPENDING
    + "政府采购支出总额10万元，其中：政府采购货物支出4万元、政府采购服务支出6万元。授予中小企业合同金额9万元，占政府采购支出总额的90%，其中：授予小微企业合同金额8万元，占政府采购支出总额的80%。",
    "vehicles": SPENDING
    + "截至2020年12月31日，共有车辆3辆，其中：应急保障用车1辆、执法执勤用车1辆、其他用车1辆，其他用车主要是皮卡；单价50万元以上通用设备0台（套）。",
    "this-and-last-year": SPENDING + "2020年支出120万元，上年支出100万元，增加20万元，增长20%。",
    "task-then-growth": SPENDING + "2020年完成投资1,050.6亿元，为年度目标1,000亿元的105.06%，同比增长8.2%。",
    "share-of-another-subject": SPENDING
    + "政府采购货物支出200万元。授予小微企业合同金额300万元；货物采购授予中小企业合同金额占政府采购货物支出的95%。",
    "share-of-other-money": SPENDING
    + "项目支出3,450万元。一般公共预算自评项目资金3,200万元，占一般公共预算项目支出总额的100%。",
    "policy-years": SPENDING
    + "根据2019年机构改革方案，2018年12月31日前完成移交，执行期限截止到2021年12月31日。",
}


@pytest.mark.parametrize("name", TRAPS)
def test_trap(name: str, tmp_path: Path) -> None:
    path = tmp_path / "trap.txt"
    path.write_text(TRAPS[name], encoding="utf-8")
    rules = [registry.rule(code) for code in registry.codes() if code.startswith(GROUPS)]
    report = check_document(read(path), rules=rules)
    assert [(one.code, one.problem.message) for one in report.findings if one.severity != "info"] == []
    assert not [one for one in report.unverified if "CHK-901" in one.reason]
