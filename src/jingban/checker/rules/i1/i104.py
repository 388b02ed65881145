"""I104 truncated text: a note on the input, never a finding."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.quality import bridged
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule


class TruncatedText(Rule):
    """问题：文本在句中结束，像是摘录或截断；其后的内容无从核对。
    依据：缺失的内容既不判对也不判错。
    反例：“……主要原因是本年度”后再无下文。
    正例：最后一段以句号或落款结束。
    例外：标题、列表项、表格和落款不带句号属正常。
    怎么改：提供完整文件。

    English: The text ends in the middle of a sentence.

    Not reported: Headings, list items, tables and signatures need no full stop.
    """

    code = "I104"
    name = "truncated-text"
    title = "内容截断"
    title_en = "Truncated text"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from bridged(context, self.code)
