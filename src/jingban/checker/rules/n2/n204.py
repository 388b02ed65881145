"""N204 conclusions against data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers
from jingban.checker.claims.targets import read_bound
from jingban.checker.context import Context
from jingban.checker.figures import Figure, read_figures
from jingban.checker.model import Source
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.checker.rules import said
from jingban.checker.tables.evaluation import Evaluation
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_ALL_DONE = lazy(
    r"(?:都|均|全部|全面|全都)(?:已)?(?:按时|顺利|圆满|较好地?)?完成了?(?:了)?(?:年初|年度|既定|预定|各项)?(?:绩效)?目标"
)
_NO_PROJECT = lazy(r"(?:未|没有|无)(?:做|列|安排|发生|产生)?项目支出(?!决算表|绩效)")
_OTHER = lazy(r"政府性基金|国有资本|国有资产|上缴上级|三公|预算.{0,4}无项目支出")


class ConclusionAgainstData(Rule):
    """问题：结论与表中数据矛盾：写“都完成了目标”而有指标未达标；正文的实际数低于目标数，不说原因而写完成；写“未做项目支出”而项目自评表执行率 100%。
    依据：自评结论应与自评表一致。
    反例：各项目都完成了年初绩效目标。（自评表：培训目标 2 次，实际 1 次）
    正例：除培训因疫情少办 1 次外，各项目完成了年初绩效目标。
    例外：语义判断只作警告；政府性基金、国有资本经营预算“无项目支出”不与项目自评表比较。
    怎么改：改写结论，或核对自评表的实际值、执行数。

    English: A conclusion contradicts the data of the forms in the same file.

    Not reported: A judgement of meaning is a warning at most; 'no project spending' of another fund is not
    compared with project forms.
    """

    code = "N204"
    name = "conclusion-against-data"
    title = "结论与数据矛盾"
    title_en = "Conclusion contradicts the data"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from said.answers(
            context,
            {
                "unmet": _("“{name}”实际 {stated}，没有达到 {expected}，而写作完成目标"),
                "met": _("“{name}”超过 {expected}，而写作 {stated}"),
            },
        )
        forms = context.claims.evaluations
        missed = list(_missed(forms))
        spent = [one for one in forms if one.project and one.executed and one.executed.value]
        for sentence in context.claims.sentences:
            done = _ALL_DONE.search(sentence.text)
            if done and forms and re.search(r"项目|绩效|自评|评价", sentence.text):
                if missed:
                    form, name, target, actual, _where = missed[0]
                    yield Problem(
                        _("写“{}”，而“{}”的“{}”目标 {}、实际 {}").format(done[0], form, name, target, actual),
                        sentence.source(),
                        sentence.quote()[:160],
                        (answers.section_key(sentence), "全部完成"),
                        stated=done[0],
                        related=tuple(one[4] for one in missed[:8]),
                        details=tuple(_("{}：{} 目标 {}、实际 {}").format(*one[:4]) for one in missed[:8]),
                    )
                else:
                    yield Verified(_("目标完成的结论"), sentence.source())
            denied = _NO_PROJECT.search(sentence.text)
            if denied and spent and not _OTHER.search(sentence.text + sentence.section):
                form_ = spent[0]
                assert form_.executed is not None
                yield Problem(
                    _("写“{}”，而项目自评表“{}”执行数为 {}").format(denied[0], form_.key(), form_.executed),
                    sentence.source(),
                    sentence.quote()[:160],
                    (answers.section_key(sentence), "项目支出"),
                    stated=denied[0],
                    related=tuple(one.executed.source for one in spent if one.executed),
                    details=tuple(_("{}：执行数 {}").format(one.key(), one.executed) for one in spent),
                )


def _missed(forms: list[Evaluation]) -> Iterator[tuple[str, str, str, str, Source]]:
    """(form, indicator, target, actual, where) of quantities that stayed below their target."""
    for form in forms:
        if not form.trusted:
            continue
        for one in form.indicators:
            if not re.search(r"数量", one.level2) or not one.target or not one.actual:
                continue
            pair = _first_count(one.target, one.actual)
            if pair and _below(pair[1], pair[0]):
                yield form.key(), one.name, pair[0].text, pair[1].text, one.actual_source


def _below(actual: Figure, target: Figure) -> bool:
    """Counts are exact; everything else only when the printed intervals part."""
    if actual.number.indivisible and target.number.indivisible:
        return actual.value < target.value
    return actual.quantity.high < target.quantity.low


def _first_count(target: str, actual: str) -> tuple[Figure, Figure] | None:
    """The leading counts of two cells that say the same thing with other numbers."""
    first, second = read_bound(target), read_bound(actual)
    if first and second and first.bare and second.bare and not first.at_most:
        a, b = first.figure, second.figure
        return (a, b) if a.number.unit == b.number.unit else None
    if re.sub(r"\d+(?:\.\d+)?", "#", target) != re.sub(r"\d+(?:\.\d+)?", "#", actual):
        return None
    ours, theirs = read_figures(target, Source()), read_figures(actual, Source())
    if len(ours) != len(theirs) or re.search(r"≤|不超过|以内|控制", target):
        return None
    return next(((a, b) for a, b in zip(ours, theirs, strict=True) if a.value != b.value), None)
