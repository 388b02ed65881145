"""I102 garbled text: a note on the input, never a finding."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.quality import bridged
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule


class GarbledText(Rule):
    """问题：有乱码、图片处的识别残留或注音残留，该处不作核对。
    依据：读不准的字符不参加任何比较。
    反例：正文中夹着图片识别出的零散字母数字。
    正例：以规范编码（UTF-8、GB 18030）保存的文本。
    例外：繁体字、全角数字能规范化的照常核对，不在此列。
    怎么改：换用原始文件，或删去残留。

    English: Garbled or recognised-from-image text was left out of every comparison.

    Not reported: Traditional characters and full-width digits are normalised and checked.
    """

    code = "I102"
    name = "garbled-text"
    title = "乱码或识别残留"
    title_en = "Garbled text"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from bridged(context, self.code)
