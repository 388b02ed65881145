"""D101: A required part is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.layout.quality import is_cut
from jingban.checker.model import Source
from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified
from jingban.checker.texts import contents_end, lines_of
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_PARTS = {
    "概况": lazy(r"概况|基本情况|部门职责|主要职(?:能|责)|单位职责|基本职能|职能职责"),
    "决算表": lazy(r"决算(?:总)?表|附表|决算公开表|决算报表"),
    "情况说明": lazy(r"情况(?:的)?说明|决算情况|收支情况说明|决算说明"),
    "名词解释": lazy(r"名词解释|专业名词|专业性较强的名词|名词说明"),
}
_REQUIRED = ("概况", "情况说明", "名词解释")


class D101(Rule):
    """缺少必备部分。

    问题：部门决算公开文件缺少部门（单位）概况、情况说明或名词解释。

    依据：财政部《地方预决算公开操作规程》及部门决算公开模板（概况、决算表、情况说明、名词解释四部分）。

    反例：目录列有四个部分，正文到情况说明为止。

    正例：概况、决算表、情况说明、名词解释齐全。

    例外：被截断的文件（I104）、只是节录的文件（正文不足两个部分）、绩效自评报告不报；名称写法不同不算缺。

    怎么改：补上缺少的部分。

    English: Published final accounts contain the overview, the explanation and the glossary.

    Not reported: Texts that are cut (I104), excerpts and self-evaluation reports; other wordings of a title.
    """

    code: ClassVar[str] = "D101"
    name: ClassVar[str] = "required-part-missing"
    title: ClassVar[str] = "缺少必备部分"
    title_en: ClassVar[str] = "A required part is missing"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """One finding names every missing part; an excerpt is not judged."""
        if not context.has_kind("final"):
            return
        after = contents_end(context.document)
        have: set[str] = set()
        for line in lines_of(context.document, cells=False):
            short = re.sub(r"\s+", "", line.text)
            if line.block >= after and (line.heading or len(short) <= 40):
                have |= {name for name, pattern in _PARTS.items() if pattern.search(short)}
        missing = [name for name in _REQUIRED if name not in have]
        if len(have) < len(_PARTS) - 1:
            return
        if not missing:
            yield Verified(_("必备部分"), Source())
            return
        if is_cut(context.document):
            yield Unverified(_("必备部分"), Source(), _("文件被截断，缺少的部分无从核对"))
            return
        yield Problem(
            message=_("缺少必备部分：%(parts)s") % {"parts": "、".join(missing)},
            source=next((line.source for line in lines_of(context.document, cells=False)), Source()),
            quote="、".join(missing),
            key=tuple(missing),
        )
