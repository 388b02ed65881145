"""The words by which rows and columns are recognised. Field terms only, no agency's own wording."""

from __future__ import annotations

import re

from jingban.values.patterns import lazy

_UNIT_TAIL = lazy(r"[(（][^()（）]*[)）]$")

COLUMN_WORD = lazy(
    r"(科目编码|科目代码|科目名称|指标名称|项目名称|项目类别|行次|栏次|序号|类款项|类|款|项|险种|名称"
    r"|[一二三四]级指标|绩效指标|指标|指标值|指标说明|指标解释|完成值|完成情况|分值|得分|权重|自评分|评分|评分标准|评分及标准"
    r"|率|比重|占比|比例|预算数|决算数|执行数|编制数|人数|预算|决算|金额|总额|合计|小计|总计|收入|支出|基本支出|项目支出"
    r"|目标|目标值|实际值|说明|标准|备注|原因|措施|规模|投资|数量|单价|单位|年度|情况|经费|费|费用|项目|增减|增减额|增减率"
    r"|余额|结余|结转|拨款|补助|数|数额|额|内容|依据|时间)$"
)
INDICATOR_NAME = lazy(
    r"^(项目)?(产出|效益|效果|完成|投入|过程|决策|管理|满意度|数量|质量|时效|成本|经济|社会|生态|可持续|经济效益|社会效益"
    r"|生态效益|环境效益|可持续影响|可持续发展|服务对象满意度|社会公众满意度|社会公众或服务对象满意度|受益对象满意度)(效益|影响)?(指标)?$"
)
LEVEL1 = lazy(r"^(项目)?(产出|效益|效果|满意度|投入|过程|决策|完成|项目完成|成本)(指标)?(\(\d+分?\))?$")
LEVEL2 = lazy(
    r"^(数量|质量|时效|成本|经济效益|社会效益|生态效益|环境效益|可持续影响|服务对象满意度|社会公众满意度)(指标)?$"
)
PAIR_LABEL = lazy(
    r"^(项目支?出?名称|项目名称|子项目名称|支出方向名称(\(子项目\))?|专项名称|(主管|实施|预算|填报|编报|项目实施|项目主管)(部门|单位)"
    r"|部门(\(单位\))?名称|单位名称|省级预算部门名称|预算部门名称|项目负责人|联系人|联系电话|填报人|填表人|填报日期|评价年度|项目总投资(\(万元\))?"
    r"|项目总实施期|项目属性|项目类型)[::]?$"
)
FUNDS_HEADER = lazy(
    r"^(年初预算数?|全年预算数?(\([A-Z]\))?|全年执行数?(\([A-Z]\))?|预算数\([A-Z]\)|执行数\([A-Z]\))$"
)
CODE_COLUMN = lazy(r"(科目)?(编码|代码)$|^类款项$|^编码$")
LINE_NUMBER_COLUMN = lazy(r"^(行次|栏次|序号|排序序号|行号|顺序号)$")
LINE_NUMBER_LABEL = frozenset({"栏次", "行次", "类", "款", "项", "类款项", "栏 次"})
TOTAL_ROW = lazy(r"^(总分|合计|总计|总得分|合计得分|合计分|总分值|得分合计)(\(.*\))?[::]?$")


def bare(text: str) -> str:
    """The header word without spaces and without its trailing unit in brackets."""
    text = re.sub(r"\s", "", text)
    return _UNIT_TAIL.sub("", text) if not text.startswith(("(", "（")) else text


def is_column_word(text: str) -> bool:
    """True for a word that heads columns; names of single indicators (数量指标) and form labels do not."""
    word = bare(text)
    if not word or len(word) > 24 or INDICATOR_NAME.match(word):
        return False
    if PAIR_LABEL.match(word):
        return word == "项目名称"
    return COLUMN_WORD.search(word) is not None
