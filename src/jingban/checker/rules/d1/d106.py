"""D106: A required disclosure is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.layout.quality import is_cut
from jingban.checker.model import Source
from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified
from jingban.checker.texts import contents_end, glossary_lines, lines_of
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_ITEMS = {
    "机关运行经费": lazy(r"机关运行(?:经)?费|机关.{0,4}运行经费"),
    "政府采购": lazy(r"政府采购"),
    "国有资产占用": lazy(r"国有资产.{0,4}占(?:有|用)|共有车辆|资产占用|国有资产.{0,6}(?:情况|使用)"),
    "预算绩效管理": lazy(r"绩效(?:管理|评价|自评|目标)"),
}
PERFORMANCE_SINCE = 2019
"""Year of account from which every department's notes speak of performance (中发〔2018〕34号)."""


_ADMINISTRATIVE = lazy(
    r"(?:局|委|委员会|厅|政府|办公室|法院|检察院|机关|会|部|办事处|管委会|署)(?:\(本级\)|本级|机关)?$"
)
_ALWAYS = ("政府采购", "国有资产占用")


def _required(item: str, agency: str) -> bool:
    """Operating funds are of administrative bodies only; performance is often published apart."""
    return item in _ALWAYS or (item == "机关运行经费" and bool(_ADMINISTRATIVE.search(agency)))


class D106(Rule):
    """缺少法定披露事项。

    问题：情况说明没有写机关运行经费、政府采购、国有资产占用、预算绩效管理中的某一项。

    依据：《预算法》第十四条；财政部《地方预决算公开操作规程》。

    反例：情况说明写了机关运行经费、国有资产占用和绩效，没有写政府采购。

    正例：四项都有说明，没有的写明“无”或0。

    例外：被截断的文件（I104）不报；四项中写到的不足两项（可能是节录或旧版式）时不报；缺两项的（可能是节录）只作提示；只缺绩效（多另行公开）、或事业单位没写机关运行经费，只作提示；2018 年及以前不要求绩效；绩效自评报告不报；列在表中的也算已披露。

    怎么改：补写缺少的一项；没有发生的写明“无”。

    English: Operating funds, procurement, assets and performance must all be explained.

    Not reported: Files that state fewer than two of the four items; two missing, performance missing, or the operating funds of an institution are a hint; performance is not
    required up to 2018; items in tables count.
    """

    code: ClassVar[str] = "D106"
    name: ClassVar[str] = "required-disclosure-missing"
    title: ClassVar[str] = "缺少法定披露事项"
    title_en: ClassVar[str] = "A required disclosure is missing"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """One finding names every missing item; glossary entries do not count as disclosure."""
        if not context.has_kind("final"):
            return
        glossary = {line.block for line in glossary_lines(context.document)}
        after = contents_end(context.document)
        texts = [
            line for line in lines_of(context.document) if line.block >= after and line.block not in glossary
        ]
        if not any("情况说明" in line.text or "支出决算" in line.text for line in texts):
            return
        found = {
            name: next((line for line in texts if pattern.search(line.text)), None)
            for name, pattern in _ITEMS.items()
        }
        early = context.year is not None and context.year < PERFORMANCE_SINCE
        missing = [
            name for name, line in found.items() if line is None and not (early and name == "预算绩效管理")
        ]
        for name, line in found.items():
            if line is not None:
                yield Verified(name, line.source)
        if not missing or len(missing) > len(_ITEMS) - 2:
            return
        if is_cut(context.document):
            yield Unverified("、".join(missing), Source(), _("文件被截断，缺少的部分无从核对"))
            return
        yield Problem(
            message=_("情况说明没有披露：%(items)s") % {"items": "、".join(missing)},
            source=next((line.source for line in texts if "情况说明" in line.text), Source()),
            quote="、".join(missing),
            key=tuple(missing),
            severity=None if len(missing) == 1 and _required(missing[0], context.agency or "") else "info",
        )
