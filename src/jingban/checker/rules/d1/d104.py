"""D104: A glossary term is explained twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.tables.words import bare
from jingban.checker.texts import Line, glossary_lines
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_TERM = lazy(
    r"^\s*[-•]?\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[.、．]?\s*(?P<term>[^：:。，；]{2,40}?)\s*(?:[：:]|指)"
)


class D104(Rule):
    """名词解释重复。

    问题：名词解释中同一个名词解释了两次。

    依据：checker-rules D104。

    反例：第6条与第15条都解释“三公”经费。

    正例：每个名词只解释一次。

    例外：名词相近而内容不同的（如“年初结转”与“年末结转”）不报。

    怎么改：删去重复的一条。

    English: Each term of the glossary is explained once.

    Not reported: Similar terms with different meanings.
    """

    code: ClassVar[str] = "D104"
    name: ClassVar[str] = "glossary-term-twice"
    title: ClassVar[str] = "名词解释重复"
    title_en: ClassVar[str] = "A glossary term is explained twice"
    severity: ClassVar[Severity] = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        """One finding a repeated term."""
        seen: dict[str, Line] = {}
        for line in glossary_lines(context.document):
            found = _TERM.match(line.text)
            if found is None:
                continue
            term = bare(found["term"])
            if term not in seen:
                seen[term] = line
                yield Verified(found["term"], line.source)
                continue
            yield Problem(
                message=_("名词“%(term)s”解释了两次") % {"term": found["term"]},
                source=line.source,
                quote=line.text[:80],
                key=(term,),
                stated=found["term"],
                related=(seen[term].source,),
            )
