"""N207 reasons against the direction they explain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers, labels
from jingban.checker.claims.changes import Change
from jingban.checker.claims.sentence import Sentence
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_REASON = lazy(
    r"(?:主要)?(?:变动|增加|增长|减少|下降)?的?(?:主要)?原因(?:是|为|在于|系|:)+(?P<why>[^。;]{2,120})"
)
_SAVING = lazy(
    r"^(?:由于|因为|因|受)?[^,]{0,12}?(?:厉行节约|例行节约|勤俭节约|节约开支|节约经费|严控|从严控制|严格控制|压减|压缩|缩减|过紧日子)"
)
_MORE = lazy(r"增|新|追加|提高|上涨|补|调|多|恢复|扩|上年|去年|基数|反弹|购|维修|老化|频繁|大")
_CUT = lazy(
    r"(?:减少|压缩|压减|节约|降低|控制)了?[“\"]?(?P<what>三公|公务接待|公务用车|因公出国)[”\"]?(?:经费|费用?)?(?:支出)?"
)
_NAMES = {
    "三公": "“三公”经费",
    "公务接待": "公务接待费",
    "公务用车": "公务用车运行维护费",
    "因公出国": "因公出国（境）费",
}


class ReasonAgainstFigures(Rule):
    """问题：所写原因与数字的方向相反：比上年增加，原因却是“厉行节约、压减支出”；上年为零，却说“减少了三公经费支出”。
    依据：决算公开说明：增减原因应与所说明的差异一致（domain.md 4.4 末条）。
    反例：公务接待费比上年增加0.50万元，增长25%，主要原因是厉行节约，严格控制接待。
    正例：公务接待费比上年增加0.50万元，增长25%，主要原因是来访批次增加。
    例外：原因中另有“增加、新、提高、上年”等字样的不报；与预算比减少、与上年比增加而原因只说明与预算之差的不报，但上年为零仍写“减少了”的请写明比较对象。
    怎么改：改写原因，或写明是与预算数比还是与上年数比。

    English: The stated reason explains a change in the other direction than the figures show.

    Not reported: Reasons that also name an increase; reasons for a difference from the budget.
    """

    code = "N207"
    name = "reason-against-figures"
    title = "原因与数字方向相反"
    title_en = "Reason contradicts the figures"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for one in context.claims.changes:
            yield from _rise_by_saving(one)
        grown = {
            labels.indicator(labels.core(one.name)) or labels.indicator(one.name): one
            for one in context.claims.changes
            if _from_nothing(one)
        }
        if grown:
            for sentence in context.claims.sentences:
                yield from _cut_from_nothing(sentence, grown)


def _from_nothing(one: Change) -> bool:
    """The rise over last year is the whole of this year's figure."""
    if one.to_budget or one.delta is None or one.sign <= 0:
        return False
    value = one.delta.figure.value
    near = [current for current in one.currents[:2] if current.token.figure.value == value]
    return one.zero_base() or (bool(value) and bool(near))


def _rise_by_saving(one: Change) -> Iterator[Answer]:
    figure = one.anchor.figure
    if one.sign <= 0 or not figure.value:
        return
    text = one.sentence.text
    last = max(t.figure.end for t in (one.delta, one.rate) if t) - one.sentence.start
    found = _REASON.search(text, last)
    if found is None or re.search(r"\d|;", text[last : found.start()]):
        return
    subject = _("{}的原因").format(one.name)
    if not _SAVING.search(found["why"]) or _MORE.search(found["why"]):
        yield Verified(subject, figure.source)
        return
    yield Problem(
        _("“{}”增加 {}，所写原因却是“{}”").format(one.name, figure.text, found["why"][:40]),
        figure.source,
        answers.quote(one.sentence, one.anchor),
        (answers.section_key(one.sentence), one.name, "原因方向"),
        stated=found["why"][:60],
    )


def _cut_from_nothing(sentence: Sentence, grown: dict[str, Change]) -> Iterator[Answer]:
    for reason in _REASON.finditer(sentence.text):
        found = _CUT.search(reason["why"])
        if found is None:
            continue
        name = _NAMES[found["what"]]
        # A part that came from nothing is the whole when the heading item is made of it alone.
        change = grown.get(name) or (grown.get("公务接待费") if found["what"] == "三公" else None)
        if change is None or change.delta is None:
            continue
        whole = [t for t in sentence.tokens if t.amount and t.figure.value == change.delta.figure.value]
        if name not in grown and not whole:
            continue
        yield Problem(
            _("原因写“{}”，而“{}”上年为 0、本年 {}，与上年比是增加").format(
                found[0], name, change.delta.figure.text
            ),
            sentence.source(),
            sentence.quote()[:160],
            (answers.section_key(sentence), name, "上年为零"),
            stated=found[0],
            related=(change.delta.figure.source,),
            details=(
                _("与上年比：从 0 增加到 {}").format(change.delta.figure.text),
                _("与预算比：若指少于预算数，请写明比较对象"),
            ),
        )
