"""U104: A number is written in a malformed way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.texts import Line, lines_of
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_PATTERNS = (
    ("percent", lazy(r"[\d.]+\s*[%％]\s*[%％]+")),
    ("broken", lazy(r"(?<![\d.,])\d{1,2} \d{1,2}\s?[%％]")),
    ("thousands", lazy(r"(?<![\d,.])\d{1,3}(?:,\d{1,2}){1,}(?:,\d{3})+(?!\d)(?:\.\d+)?")),
)


class U104(Rule):
    """数字书写不规范。

    问题：百分号重复（100%%）、数字中间断开（10 0%）、千分位错位（1,23,456）一类的书写。

    依据：checker-rules U104；数字书写以 GB/T 15835 为准。

    反例：完成率100%%；占10 0%。

    正例：完成率100%；1,234,567元。

    例外：表格里为对齐而加的空格不报；只提示，不影响勾稽核对（读数时已规范化）。

    怎么改：按规范改写该数字。

    English: Doubled percent signs, broken digits and misplaced thousands separators are pointed out.

    Not reported: Spaces that align a table; a hint, the figure is read all the same.
    """

    code: ClassVar[str] = "U104"
    name: ClassVar[str] = "malformed-number"
    title: ClassVar[str] = "数字书写不规范"
    title_en: ClassVar[str] = "A number is written in a malformed way"
    severity: ClassVar[Severity] = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        """One finding a line."""
        for line in lines_of(context.document):
            for name, pattern in _PATTERNS:
                if (found := pattern.search(line.text)) is not None:
                    yield _problem(line, name, found)
                    break
            else:
                if re.search(r"\d\s*[%％]", line.text):
                    yield Verified(line.text[:20], line.source)


def _problem(line: Line, name: str, found: re.Match[str]) -> Problem:
    text = found[0].strip()
    return Problem(
        message=_("数字书写不规范：%(text)s") % {"text": text},
        source=line.at(found.start()),
        quote=line.around(found.start(), found.end()),
        key=(name, text),
        stated=text,
    )
