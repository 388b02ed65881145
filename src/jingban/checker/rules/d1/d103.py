"""D103: Numbering has a gap."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.texts import numbered_runs
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context

GAP_MAX = 3
"""A larger jump is another list."""


class D103(Rule):
    """编号跳号。

    问题：同一层次的编号跳号，如 1、2、3 之后直接是 5。

    依据：checker-rules D103。

    反例：“3.农林水支出……”之后是“5.住房保障支出……”。

    正例：1、2、3、4 连续编号。

    例外：只报中间跳过一两个号的；重新从1开始、换一种编号形式、目录中的编号不报。

    怎么改：补上遗漏的一条或改正编号。

    English: Items of one level are numbered without gaps.

    Not reported: Only one or two numbers left out; restarts, other numbering styles, the contents.
    """

    code: ClassVar[str] = "D103"
    name: ClassVar[str] = "numbering-broken"
    title: ClassVar[str] = "编号跳号"
    title_en: ClassVar[str] = "Numbering has a gap"
    severity: ClassVar[Severity] = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        """One finding a gap."""
        for run in numbered_runs(context.document):
            gaps = [
                (before, after)
                for before, after in itertools.pairwise(run)
                if 1 < after.number - before.number <= GAP_MAX
            ]
            for before, after in gaps:
                yield Problem(
                    message=_("编号由%(before)s跳到%(after)s") % {"before": before.mark, "after": after.mark},
                    source=after.line.source,
                    quote=after.line.text[:80],
                    key=(before.line.text[:20], after.line.text[:20]),
                    stated=after.mark,
                    related=(before.line.source,),
                )
            if not gaps:
                yield Verified(run[0].line.text[:20], run[0].line.source)
