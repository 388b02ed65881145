"""I101 no text layer: a note on the input, never a finding."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.quality import bridged
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule


class ScannedPages(Rule):
    """问题：PDF 是扫描件或图片，没有文字层，读不出内容。
    依据：本检查器不做文字识别；读不出的不判对错。
    反例：逐页为图片的扫描 PDF。
    正例：由文字处理软件导出、可以选中文字的 PDF。
    例外：个别页为图片的，其余页照常核对。
    怎么改：提供原始电子文件，或先行文字识别并校对。

    English: The pages carry no text; nothing on them can be verified.

    Not reported: Single picture pages: the others are checked.
    """

    code = "I101"
    name = "no-text-layer"
    title = "无文字层"
    title_en = "No text layer"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from bridged(context, self.code)
