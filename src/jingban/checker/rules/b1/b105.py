"""B105 staff of the basic-data table against the narrative."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_POSTS = lazy(r"(?:现有|核定|批准)[^,。;增减]{0,12}编制(?:为|共|:)?$|编制(?:人数|数|总数)(?:为|共|:)?$")
_STAFF = lazy(
    r"(?:在编在岗|在职在编|在编在职|实有在职|年末实有在职|年末在职|在职|实有)(?:人员|人数|职工)*(?:为|共计|共|有|:)?$"
)
_OTHER = lazy(
    r"年初|上年|去年|行政编制|工勤|下属|所属|临聘|编外|退休|离休|减少|增加|压减|核减|核增|精简|收回|划转"
    r"|全国|全省|全市|全县|全区|各[省市县区镇乡]|市县|县市区|基层|系统"
)


class StaffAgainstNarrative(Rule):
    """问题：基础数据表的编制数、实际在职人数与正文“现有人员”不一致。
    依据：同一单位同一时点的编制和实有人数应一致。
    反例：基础数据表在职 31 人，正文写在编在岗人员共计34人。
    正例：两处都是 31 人。
    例外：行政、参公、事业、工勤分类的编制，年初数、退休人员，编制的增减数和全省全县系统的编制不比；编制分几类列的按分类合计由人核。
    怎么改：统一时点和口径，或注明。

    English: Staff or posts in the basic-data table differ from the narrative.

    Not reported: Classes of posts, opening figures, retired staff, changes of posts and posts of a whole system
    are not compared.
    """

    code = "B105"
    name = "staff-against-narrative"
    title = "人员数与正文不一致"
    title_en = "Staff numbers contradict the narrative"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for table in context.claims.base_data:
            for sentence in context.claims.sentences:
                for token in sentence.tokens:
                    figure = token.figure
                    if figure.dimension not in ("persons", "pieces", "plain") or figure.approximate:
                        continue
                    tail = re.split(r"[,;:。]", token.gap)[-1].strip()
                    posts = figure.dimension in ("persons", "pieces") and _POSTS.search(tail)
                    staff = figure.dimension == "persons" and _STAFF.search(tail)
                    wanted = table.staff if staff else table.posts if posts else None
                    if wanted is None or token.bracketed:
                        continue
                    name = _("在职人数") if staff else _("编制数")
                    if wanted.value == figure.value:
                        yield Verified(name, figure.source)
                    elif _OTHER.search(token.gap) or "其中" in token.gap:
                        yield answers.unbound(name, figure.source, _("分类或别的时点的人数，不比较"))
                    else:
                        yield Problem(
                            _("正文{} {}，基础数据表为 {}").format(name, figure.text, wanted.text),
                            figure.source,
                            answers.quote(sentence, token),
                            (name, "基础数据表"),
                            stated=figure.text,
                            expected=wanted.text,
                            difference=wanted.value - figure.value,
                            related=(wanted.source,),
                        )
