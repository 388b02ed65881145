"""Names in places where a document can only name its own agency: 按照X的职能, 纳入X决算编报, X对自评结果的真实性负责."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from jingban.checker.reading.discourse import Book
from jingban.checker.text.passages import Passage
from jingban.values.patterns import lazy

_KINDS = r"(?:局|委员会|中心|医院|院|学校|中学|小学|大学|学院|联合会|厅|政府|办公室|图书馆|馆|研究所|站|总队|支队|大队|法院|检察院|总工会|妇联|协会|公司)"
_NAME = rf"(?P<name>[一-鿿]{{2,20}}?{_KINDS}(?:\(本级\))?)"
_SLOTS = tuple(
    lazy(pattern)
    for pattern in (
        rf"(?:按照|根据|依据){_NAME}的?(?:职能定位|职能|职责|三定方案|三定规定|机构编制方案)",
        rf"纳入{_NAME}(?:(?:19|20)\d\d年)?度?(?:部门|单位)?(?:决算|预算)(?:编制|编报|汇编|汇总|公开)",
        rf"(?:^|[。;,]){_NAME}(?:负责人)?对(?:本|上述|所|以上|自评|评价|此次|本次)[^。;,]{{0,12}}(?:真实性|完整性|准确性|负责)",
        rf"(?:^|[。;,]){_NAME}(?:组织|认真|积极|已|全面)*(?:对|开展了?)[^。;,]{{0,40}}(?:绩效自评|自评工作|绩效评价)",
        rf"(?:数据|资料)(?:均|全部|主要)?来(?:源于|自){_NAME}",
        rf"(?:^|[。;]){_NAME}(?:19|20)\d\d年度?(?:一般公共预算|部门|单位|财政拨款|收入|支出|收、支|“?三公|机关运行|政府采购|决算|预算)",
    )
)
_SIGNED = lazy(rf"{_NAME}(?:(?:19|20)\d\d年\d{{1,2}}月(?:\d{{1,2}}日)?)?")
_DATE = lazy(r"(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?")
_OURS = lazy(
    r"^(?:本|我|该|全|各|其他|上级|所属|下属|主管|县级|市级|省级|区级)|有关|相关|财政|主管|人大|审计|统计局$|上级"
)
TITLE = 4
"""Passages at the beginning, where the title stands."""


class Foreign(Struct, frozen=True):
    """A name of another agency in a place for the document's own."""

    passage: Passage
    start: int
    name: str


def foreign(book: Book, agency: str) -> Iterator[Foreign]:
    """Names that stand once in the document, in a place of its own name, and share nothing with it."""
    if len(agency) < 4:
        return
    title = "".join(one.text for one in book.passages[:TITLE])
    text = "".join(one.text for one in book.passages)
    for one in book.passages[TITLE:]:
        if one.heading:
            continue
        for slot in _SLOTS:
            for found in slot.finditer(one.text):
                if found["name"] not in title and _other(found["name"], agency, text):
                    yield Foreign(one, found.start("name"), found["name"])
    for one, after in pairwise(book.passages[TITLE:]):
        signed = _SIGNED.fullmatch(one.text)
        if signed and _DATE.fullmatch(after.text) and _other(signed["name"], agency, text):
            yield Foreign(one, 0, signed["name"])


def _other(name: str, agency: str, text: str) -> bool:
    """Whether a name is of somebody else. Placeholders for a place (某县) count as the place."""
    bare = re.sub(r"\(.*?\)", "", name)
    own = re.sub(r"\(.*?\)", "", agency)
    if _OURS.search(bare) or text.count(bare) > 1 or bare in own or own in bare:
        return False
    if own not in text or text.count(own) < 2:
        return False
    return _core(bare) not in own and _core(own) not in bare


def _core(name: str) -> str:
    """What tells one agency from another: the name without its place."""
    return re.sub(r"^.*?(?:省|市|县|区|旗|州|盟|镇|乡)(?=.{2})", "", name, count=1) or name
