"""N203 counts of projects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers
from jingban.checker.claims.scoretable import score_lines
from jingban.checker.claims.sentence import Sentence
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.checker.rules import said
from jingban.checker.text.fold import fold
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_NAMED = lazy(
    r"(?P<list>[“”\"][^。;]{4,400}?[“”\"])\s*(?P<more>等)?\s*(?P<count>\d{1,3})\s*个(?P<what>项目|专项)"
)
_NONE = lazy(r"(?:自行)?组织(?:了|开展)?0个项目[^。;]{0,20}?(?:评价|自评)")
_EVALUATED = lazy(r"对(?:部门整体支出和)?(?P<count>\d{1,3})个项目(?:支出)?开展(?:了)?绩效自评")
_RESULT = lazy(r"从评价情况来?看|评价结果(?:为|显示)|评价(?:等级|得分)")


class ProjectCountConflict(Rule):
    """问题：写“……等5个项目”而列出的名称多于 5 个；写“组织了0个项目评价”又接着说评价情况；写“对3个项目开展绩效自评”而得分汇总表列出 2 个；写“设7个科室，包括……”而所列不是7个。
    依据：个数须与所列名单、所附自评表一致。
    反例：本部门自行组织了0个项目支出绩效评价，从评价情况来看，目标完成良好。
    正例：本部门自行组织了5个项目支出绩效评价，从评价情况来看，目标完成良好。
    例外：“等”表示未列全，所列少于个数不报；没有“等”字时须相等。
    怎么改：改正个数或补全名单。

    English: The number of projects contradicts the names listed or the statement that follows.

    Not reported: 'And others' leaves the list open.
    """

    code = "N203"
    name = "project-count-conflict"
    title = "个数与所列不符"
    title_en = "A count contradicts the list"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from said.answers(context, {"counted": _("“{name}”写 {stated}，所列为 {expected}")})
        for sentence in context.claims.sentences:
            yield from self._none(sentence)
            yield from self._listed(sentence)
            yield from self._scored(context, sentence)

    def _none(self, sentence: Sentence) -> Iterator[Answer]:
        found = _NONE.search(sentence.text)
        if not found:
            return
        if _RESULT.search(sentence.text, found.end()):
            yield Problem(
                _("写组织了 0 个项目评价，又叙述评价情况"),
                sentence.source(),
                sentence.quote()[:160],
                (answers.section_key(sentence), "评价个数为零"),
                stated="0",
            )
        else:
            yield Verified(_("项目评价个数"), sentence.source())

    def _scored(self, context: Context, sentence: Sentence) -> Iterator[Answer]:
        """'对1个项目开展绩效自评' beside a summary of scores that lists every project."""
        projects = [line for line in score_lines(context) if not line.whole]
        found = _EVALUATED.search(sentence.text)
        if not found or not projects:
            return
        count, source = int(found["count"]), sentence.source()
        if count == len(projects):
            yield Verified(_("自评项目个数"), source)
            return
        yield Problem(
            _("写对 {} 个项目开展自评，得分汇总表列出 {} 个").format(count, len(projects)),
            source,
            sentence.quote()[:160],
            (answers.section_key(sentence), "自评项目个数"),
            stated=str(count),
            expected=str(len(projects)),
            related=tuple(line.source for line in projects),
        )

    def _listed(self, sentence: Sentence) -> Iterator[Answer]:
        for found in _NAMED.finditer(fold(sentence.text)):
            names = [one for one in re.split(r"[“”\"、,及和与]+", found["list"]) if len(one.strip()) >= 3]
            quoted = [
                one
                for one in re.split(r"[“”\"]+", found["list"])
                if len(re.sub(r"[、,及和与]", "", one)) >= 2
            ]
            count = int(found["count"])
            low, high = sorted((len(quoted), len(names)))
            subject = _("所列项目 {} 个").format(count)
            if low <= count <= high or (found["more"] and low <= count):
                yield Verified(subject, sentence.source())
                continue
            yield Problem(
                _("写“{}个{}”，列出 {} 个").format(count, found["what"], low),
                sentence.source(),
                sentence.quote()[:160],
                (answers.section_key(sentence), "项目个数"),
                stated=str(count),
                expected=str(low),
            )
