"""U106: A zero in yuan among amounts in ten thousand yuan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.texts import lines_of
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_ZERO_YUAN = lazy(r"(?<![\d.,])0(?:\.0+)?\s*元")
_SENTENCE = lazy(r"[^。]+")
_WAN = lazy(r"\d\s*万元")


class U106(Rule):
    """零值的单位与同句不同。

    问题：同一句里其他金额都用万元，只有一个零值写成“0元”。

    依据：checker-rules U106。

    反例：政府采购货物支出0万元、政府采购工程支出0元、政府采购服务支出0万元。

    正例：政府采购货物支出0万元、工程支出0万元、服务支出0万元。

    例外：非零金额用元的不在此列；“0元”单独成句的不报。

    怎么改：改为“0万元”。

    English: A zero printed in yuan while its neighbours are in ten thousand yuan is a slip of the pen.

    Not reported: Non-zero amounts in yuan; '0 yuan' in a sentence of its own.
    """

    code: ClassVar[str] = "U106"
    name: ClassVar[str] = "zero-yuan-among-ten-thousands"
    title: ClassVar[str] = "零值的单位与同句不同"
    title_en: ClassVar[str] = "A zero in yuan among amounts in ten thousand yuan"
    severity: ClassVar[Severity] = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        """One finding a sentence."""
        for line in lines_of(context.document, cells=False):
            for found in _SENTENCE.finditer(line.text):  # a list parted by ； is one sentence
                start, sentence = found.start(), found[0]
                zero = _ZERO_YUAN.search(sentence)
                if zero is not None and len(_WAN.findall(sentence)) >= 2:
                    yield Problem(
                        message=_("同句金额用万元，此处零值写成“0元”"),
                        source=line.at(start + zero.start()),
                        quote=sentence[:160],
                        key=(re.sub(r"[\d.]+", "", sentence)[:40],),
                        stated=zero[0],
                        expected="0万元",
                    )
                elif _WAN.search(sentence):
                    yield Verified(sentence[:20], line.at(start))
