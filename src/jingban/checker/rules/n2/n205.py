"""N205 missing reason."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.model import Paragraph
from jingban.checker.rule import Answer, Problem, Rule
from jingban.checker.text.fold import fold
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_EMPTY = lazy(
    r"主要(?:变动)?原因(?:是|为|在于)?[:,]?\s*(?:[。;,]|…+|\.{3,}|_+|$)|主要(?:是|系)(?:因为|由于)?\s*[。;]"
)


class ReasonMissing(Rule):
    """问题：写了“主要原因是”而后面空着。
    依据：决算公开说明：决算数与预算数、上年数有差异的应说明原因。
    反例：决算数小于年初预算数的主要原因是。
    正例：决算数小于年初预算数的主要原因是厉行节约。
    例外：页末截断、段落接续到下一段的不报；两数持平的不要求原因。
    怎么改：补写原因。

    English: "The main reason is" is followed by nothing.

    Not reported: Sentences that go on in the next paragraph or are cut at the page's end; equal figures need no
    reason.
    """

    code = "N205"
    name = "reason-missing"
    title = "增减原因空缺"
    title_en = "Reason left blank"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        blocks = context.document.blocks
        for index, block in enumerate(blocks):
            if not isinstance(block, Paragraph):
                continue
            text = fold(block.text)
            for found in _EMPTY.finditer(text):
                at_end = found.end() >= len(text.rstrip())
                closed = found[0].rstrip()[-1:] in "。;…._"
                if (
                    at_end
                    and not closed
                    and (index + 1 == len(blocks) or isinstance(blocks[index + 1], Paragraph))
                ):
                    continue
                if re.search(r"持平|一致|相等", text[max(0, found.start() - 30) : found.start()]):
                    continue
                yield Problem(
                    _("“主要原因”后没有内容"),
                    block.at(found.start()),
                    block.text[max(0, found.start() - 60) : found.end()].strip(),
                    (block.section, "原因空缺", text[max(0, found.start() - 12) : found.start()]),
                    stated=found[0].strip(),
                )
