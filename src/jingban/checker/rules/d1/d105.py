"""D105: A template placeholder or doubled word was left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.model import Source
from jingban.checker.reading.agencies import foreign
from jingban.checker.relations.judged import judge
from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.texts import Line, contents_end, lines_of
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_AFTER = r"(?=单位|部门|局|中心|县|市|区|镇|项目|年|月|万元|元|%|人|次|个|辆|台|支出|收入|方面|[（(])"
_PLACEHOLDER = lazy(
    rf"(?<![\w*])[XＸ×]{{2,}}{_AFTER}|(?<=[为约达共于是])[XＸ×]{{2,}}{_AFTER}|(?<=[出入])[XＸ×]{{2,}}(?=万?元)"
    r"|[（(](?:收入类型|项目名称|单位名称|部门名称|二级预算单位[^（）()]{0,16}|具体名称|请填写[^（）()]{0,16}|此处[^（）()]{0,16})[)）]"
    r"|20[XＸ×]{2}年"
)
_BLANK = lazy(
    r"(?:占(?:比)?|增长|下降|上升|降低|增加|减少|完成(?:年初|全年|调整)?预算的?)\s*(?:%|％|万元|个百分点)(?=\s*[,，。;；、]|\s*$)"
    r"|(?:结论|等级|级别|评级)(?:为|是|:|：)?\s*[“\"]\s*[”\"]"
)
_DOUBLED = lazy(r"(?P<word>[^\W\d\x00-\xff]{3,10})(?P=word)|(?P<mark>[。，；])(?P=mark)")
_NATURAL = frozenset({"研究研究"})


class D105(Rule):
    """模板残留或重复标点。

    问题：正文留有模板的占位文字、没有填的比率金额等级（XX、“（收入类型）”、空括号），或有重复的标点、词语；或在只能写本单位名称的地方写了另一个单位。

    依据：checker-rules D105；公开模板的填写说明。

    反例：“主要是…（收入类型）等”；“从评价情况来看从评价情况来看”。

    正例：占位文字均已替换。

    例外：另一单位在文中不止一次出现，或与本单位名称相互包含的不报；“XX”作为英文缩写、型号的一部分，或用来隐去姓名（张××）的不报；重复词语只提示；同类占位合并为一条；表格中的空模板由P114、D108报告。

    怎么改：改写为本单位的实际内容。

    English: Placeholders of the template must be replaced; doubled words and marks are slips; another agency must not stand where
    the own name belongs.

    Not reported: Another agency named more than once; XX in abbreviations, types and masked names; doubled words are hints; empty forms are P114's
    and D108's.
    """

    code: ClassVar[str] = "D105"
    name: ClassVar[str] = "placeholder-left"
    title: ClassVar[str] = "模板残留或重复标点"
    title_en: ClassVar[str] = "A template placeholder or doubled word was left"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """Placeholders merge into one warning; doubled words are information."""
        after = contents_end(context.document)
        clean = True
        for line in lines_of(context.document, cells=False):
            if line.block < after:
                continue
            for found in _PLACEHOLDER.finditer(line.text):
                clean = False
                yield _problem(line, found, _("模板占位文字未替换：%(text)s"), None, "D105:placeholder")
            for found in _BLANK.finditer(line.text):
                clean = False
                yield _problem(line, found, _("数字或结论没有填：%(text)s"), None, "D105:blank")
            for found in _DOUBLED.finditer(line.text):
                if found["word"] not in _NATURAL:
                    yield _problem(line, found, _("文字重复：%(text)s"), "info", None)
        for name in foreign(judge(context).book, context.agency or ""):
            clean = False
            yield Problem(
                message=_("此处应为本单位，写作“{}”，疑为沿用其他单位的文本").format(name.name),
                source=name.passage.at(name.start),
                quote=name.passage.text[max(0, name.start - 30) : name.start + 60],
                key=("agency", name.name),
                stated=name.name,
                expected=context.agency,
            )
        if clean:
            yield Verified(_("占位文字"), Source())


def _problem(
    line: Line, found: re.Match[str], message: str, severity: Severity | None, cause: str | None
) -> Problem:
    return Problem(
        message=message % {"text": found[0]},
        source=line.at(found.start()),
        quote=line.around(found.start(), found.end()),
        key=(found[0], line.text[:20]),
        stated=found[0],
        severity=severity,
        cause=cause,
    )
