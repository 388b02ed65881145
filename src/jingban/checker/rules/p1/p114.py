"""P114 template residue."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.model import Paragraph, Source, Table
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_RESIDUE = lazy(
    r"[(（][^()（）]{0,12}\d{2,4}\s*字(?:以内|左右|以上)[^()（）]{0,8}[)）]"
    r"|(?<![A-Za-z0-9])(?:X{2,}|×{2,}|x{3,})(?:单位|部门|局|中心|项目|万元|元|人|年|月|个|县|市|区|省|%|％)"
    r"|[(（](?:项目名称|单位名称|部门名称|收入类型|具体(?:内容|项目|原因)|请填写?[^()（）]{0,16}|此处[^()（）]{0,16}|二级预算单位[^()（）]{0,14}情况|如有请[^()（）]{0,10}|根据实际[^()（）]{0,10})[)）]"
    r"|请(?:在此|据实|按实际)?填(?:写|列)(?!报)|[(（]部门参考提纲[)）]|此页为封面"
    r"|(?:增长|增加)[(（](?:下降|减少|降低)[)）]|(?:下降|减少|降低)[(（](?:增长|增加|上升)[)）]|增加减少|减少增加"
    r"|仍保留该表格式|作下述说明|(?<=[，,；;])列明(?=[^。，,]{0,20}\d)"
)


class TemplateResidue(Rule):
    """问题：公开件里留着模板的提示语、示例语或占位符，如“（200字以内）”“XX单位”“（项目名称）”。
    依据：公开文本应为定稿，不得残留填报说明。
    反例：组织对5个项目（项目名称）开展了绩效评价，主要成效（200字以内）。
    正例：组织对城乡居民养老保险管理经费等5个项目开展了绩效评价。
    例外：整份文件的残留合并为一条；表格栏目本身的说明（“包含数字及文字描述”）和隐去姓名的“张XX”不算。
    怎么改：删除提示语，填入实际内容。

    English: Instructions or placeholders of the template were left in the published text.

    Not reported: All residue of a file is one finding; printed column hints and masked names.
    """

    code = "P114"
    name = "template-residue"
    title = "模板提示语残留"
    title_en = "Template instructions left in the text"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        found: list[tuple[str, Source, str]] = []
        for block in context.document.blocks:
            if isinstance(block, Paragraph):
                found += [
                    (mark[0], block.at(mark.start()), block.text[max(0, mark.start() - 20) : mark.end() + 10])
                    for mark in _RESIDUE.finditer(block.text)
                ]
            elif isinstance(block, Table):
                for row in block.rows:
                    found += [
                        (mark[0], cell.source, cell.text[:60])
                        for cell in row
                        if cell and not cell.inherited and (mark := _RESIDUE.search(cell.raw))
                    ]
        if not found:
            return
        words = list(dict.fromkeys(word.strip("()（）") for word, _source, _quote in found))
        yield Problem(
            _("留有模板提示语或占位符 {} 处：{}").format(len(found), "、".join(words[:6])),
            found[0][1],
            found[0][2],
            ("模板残留",),
            stated=found[0][0],
            related=tuple(source for _word, source, _quote in found[1:30]),
            details=tuple(quote for _word, _source, quote in found[:10]),
        )
