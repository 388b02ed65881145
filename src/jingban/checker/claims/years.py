"""Years a document declares for itself: in titles, section headings, table captions. Comparisons are not declarations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from jingban.checker.context import Context
from jingban.checker.model import Heading, Paragraph, Source, Table
from jingban.values.patterns import lazy

_YEAR = lazy(r"(?<!\d)(20[0-4]\d)\s*年")
_ABOUT = lazy(r"决算|自评|绩效(?:评价|自评|目标)|预算执行|收支情况|(?:支出|采购|资产|经费|绩效).{0,8}说明$")
_NOT_OWN = lazy(
    r"计划|打算|安排|上年|上一年|比较|对比|以前年度|通知|意见|办法|文件|〔|《|号|至|—|预算公开|年预算|历年|规划|方案|期末"
)
TITLE_MAX = 50


class Declared(Struct, frozen=True):
    """A year a title states. ``main``: a document title or part title, not a section."""

    year: int
    text: str
    source: Source
    main: bool


def declared_years(context: Context) -> list[Declared]:
    """Every declaration, in order."""
    return list(_declared(context))


def _declared(context: Context) -> Iterator[Declared]:
    for index, block in enumerate(context.document.blocks):
        if isinstance(block, Heading):
            yield from _of(block.text, block.source, block.level <= 1)
        elif isinstance(block, Paragraph):
            if len(block.text) <= TITLE_MAX and index < 12 and not re.search(r"[。,，;；]", block.text):
                yield from _of(block.text, block.source, True)
        elif isinstance(block, Table):
            for line in dict.fromkeys([block.title, *block.caption]):
                if line and len(line) <= TITLE_MAX:
                    yield from _of(line, block.source, True, table=True)


def _of(text: str, source: Source, main: bool, *, table: bool = False) -> Iterator[Declared]:
    plain = re.sub(r"\s", "", text)
    if _NOT_OWN.search(plain) or len(plain) > TITLE_MAX:
        return
    found = _YEAR.findall(plain)
    if len(set(found)) == 1 and (
        _ABOUT.search(plain) or (table and re.fullmatch(r"[(（]?20\d\d年度?[)）]?", plain))
    ):
        yield Declared(int(found[0]), text.strip(), source, main)


def own_year(declared: list[Declared], fallback: int | None) -> int | None:
    """The year most declarations state; the profile's when they do not agree."""
    votes = Counter(one.year for one in declared)
    if not votes:
        return fallback
    (year, count), *rest = votes.most_common()
    return year if not rest or count > rest[0][1] else fallback
