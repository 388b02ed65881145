"""N206 headcounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from jingban.checker.claims import answers
from jingban.checker.claims.narrative import Bound
from jingban.checker.context import Context
from jingban.checker.figures import Figure, read_figures
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_NEW = lazy(r"^(?:全年|全县|全市|全区|全省|年度|共)?新(?:增)?参保(?:登记)?(?:人数|人员)?$")
_PAID_FOR = lazy(r"代缴(?P<who>[^\W\d\x00-\xff]{2,8}?(?:人员|对象|人口|群体|群众))")
_SCHEME = lazy(r"城乡居民|居保|城乡居保|企业职工|企业养老|机关事业|工伤|失业|医疗|生育|灵活就业|新农保|农保")
_POSTS = lazy(r"编制(?:人数|数|总数)?$|(?:核定|批准|批复)[^,。;]{0,12}编制$")
_STAFF = lazy(
    r"在编在?[职岗]?(?:人员|人数)?$|实有(?:在编|在职)?(?:在职)?(?:人数|人员)?$|在职(?:人数|人员)$|在编(?:人数|人员)$"
)
_ELSEWHERE = lazy(
    r"减少|增加|压减|核减|核增|精简|收回|划转|全国|全省|全市|全县|全区|各[省市县区镇乡]|市县|县市区|基层|系统|下属|所属"
)
"""A change of posts, or the posts of a whole area: not the agency's own number."""


class HeadcountConflict(Rule):
    """问题：同一人数在文中两处不同（新增参保、政府代缴人数），或在编人数超过编制数。
    依据：同一口径的人数应一致；编制数 ≥ 在编人数，超编须说明；代缴每人每年一次，各项目人数之和应等于代缴总人数。
    反例：截至年底新增参保1581人……2020年新参保1521人。
    正例：截至年底新增参保1581人……2020年新增参保1581人。
    例外：险种、截止日不同的须在文中写明，仍提示核对；不同项目各自的人数之和等于总数的通过；编制分几类写的按各类之和比；编制的增减数（“减少编制894个”）、全省全县系统的编制不是本单位的，不比。
    怎么改：统一口径，或注明截止日和统计范围。

    English: One headcount appears with two values, or the staff exceed the posts.

    Not reported: Different schemes or dates should be stated; counts of projects that add up to the total pass;
    changes of posts and posts of a whole province are not compared.
    """

    code = "N206"
    name = "headcount-conflict"
    title = "人数前后不一"
    title_en = "Headcounts contradict each other"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        people = [
            Bound(sentence, token)
            for sentence in context.claims.sentences
            for token in sentence.tokens
            if token.figure.dimension == "persons" and not token.figure.approximate and token.role != "cause"
        ]
        current = [one for one in people if context.claims.narrative.is_current(one.token)]
        yield from self._new(current, context.agency or "")
        yield from self._paid_for(context, current)
        yield from self._posts(current)

    def _new(self, people: list[Bound], agency: str) -> Iterator[Answer]:
        """Newly insured of the agency's own scheme, in one scope."""
        own = _SCHEME.search(agency)
        mine: list[Bound] = []
        for one in people:
            schemes = set(_SCHEME.findall(one.sentence.text)) - ({own[0]} if own else set())
            scope = schemes - {"城乡居民", "居保", "城乡居保"} if own else schemes
            if _NEW.search(one.label) and not scope:
                mine.append(one)
        yield from self._same(mine, _("新增参保人数"))

    def _same(self, mine: list[Bound], name: str) -> Iterator[Answer]:
        if len(mine) < 2:
            return
        first = mine[0]
        for one in mine[1:]:
            if one.token.figure.quantity.meets(
                first.token.figure.quantity.low, first.token.figure.quantity.high
            ):
                yield Verified(name, one.token.figure.source)
                continue
            yield Problem(
                _("“{}”此处写 {}，别处写 {}，未注明口径").format(
                    name, one.token.figure.text, first.token.figure.text
                ),
                one.token.figure.source,
                answers.quote(one.sentence, one.token),
                (name,),
                stated=one.token.figure.text,
                expected=first.token.figure.text,
                difference=first.token.figure.value - one.token.figure.value,
                related=(first.token.figure.source,),
            )

    def _paid_for(self, context: Context, people: list[Bound]) -> Iterator[Answer]:
        """People whose contribution the government paid: the total in prose against the projects' own counts."""
        totals: dict[str, list[Bound]] = {}
        for bound in people:
            found = _PAID_FOR.search(bound.label)
            if found and bound.label.endswith(found["who"]):
                totals.setdefault(found["who"], []).append(bound)
        for who, said in totals.items():
            parts: dict[str, Figure] = {}
            for form in context.claims.evaluations:
                for one in form.indicators:
                    if f"代缴{who}" in one.actual:
                        figures = read_figures(one.actual, one.actual_source)
                        if len(figures) == 1 and figures[0].dimension == "persons":
                            parts.setdefault(form.key(), figures[0])
            figure = said[0].token.figure
            if not parts:
                continue
            added = sum((one.value for one in parts.values()), Decimal(0))
            if figure.value in {added, *(one.value for one in parts.values())}:
                yield Verified(_("代缴人数"), figure.source)
                continue
            yield Problem(
                _("正文代缴{} {}，自评表为 {}（合计 {} 人），口径未说明").format(
                    who, figure.text, "、".join(one.text for one in parts.values()), added
                ),
                figure.source,
                answers.quote(said[0].sentence, said[0].token),
                ("代缴", who),
                stated=figure.text,
                related=tuple(one.source for one in parts.values()),
                details=tuple(f"{name}：{one.text}" for name, one in parts.items()),
            )

    def _posts(self, people: list[Bound]) -> Iterator[Answer]:
        for one in people:
            if not _STAFF.search(one.label):
                continue
            all_posts = [
                p
                for p in people
                if p.sentence.paragraph is one.sentence.paragraph
                and _POSTS.search(p.label)
                and not re.search(r"原|曾", p.label)
                and not _ELSEWHERE.search(p.token.gap)
            ]
            if not all_posts or _ELSEWHERE.search(one.token.gap):
                continue
            posts = all_posts[0]
            if one.token.figure.value <= sum(p.token.figure.value for p in all_posts):
                yield Verified(_("编制与在编人数"), one.token.figure.source)
                continue
            yield Problem(
                _("{} {} 超过{} {}，未说明").format(
                    one.label, one.token.figure.text, posts.label, posts.token.figure.text
                ),
                one.token.figure.source,
                answers.quote(one.sentence, one.token),
                ("编制与在编",),
                stated=one.token.figure.text,
                related=(posts.token.figure.source,),
            )
