"""What kind of document a file is (catalogue 0.4): its parts, its year, its agency.

One file may hold several parts, as final accounts followed by self-evaluation forms. Kinds:

``final.2017-18`` ``final.2019-21`` ``final.2022+`` ``final.sichuan`` · ``selfeval.mof2020`` ``selfeval.hunan``
``selfeval.sichuan`` ``selfeval.transfer`` · ``fund.budget`` ``fund.final`` · ``budget`` · ``unknown``
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct, field

from jingban.checker.model import Document, Heading, Paragraph, Table
from jingban.values.patterns import lazy

HEAD_LENGTH_MAX = 60
"""Longer lines are running text, not titles."""

_YEAR = lazy(r"(?<!\d)(20[0-4]\d)\s*年")
_CHINESE_YEAR = lazy(r"二[〇○零Oo0]([〇○零Oo0一二三四])([〇○零Oo0一二三四五六七八九])年")
_CHINESE_DIGIT = {
    **dict.fromkeys("〇○零Oo0", "0"),
    **{c: str(i + 1) for i, c in enumerate("一二三四五六七八九")},
}
_TITLE_WORD = lazy(r"决算|预算|自评|绩效|报告|部门|单位|项目|基金|公开")

# (family, pattern): the first that fits a title line names the part it opens. Order is from special to general.
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fund.budget", lazy(r"社会保险基金(收支)?预算(?!绩效)")),
    ("fund.final", lazy(r"社会保险基金(收支|收入|支出)?(结余)?决算|社会保险基金收支情况")),
    ("selfeval.transfer", lazy(r"转移支付.{0,20}(绩效(目标)?自评|绩效评价)|区域绩效目标自评")),
    (
        "selfeval.hunan",
        lazy(r"整体支出绩效(评价|自评)?基础数据表|整体支出绩效自评表|整体支出绩效评价指标"),
    ),
    (
        "selfeval.sichuan",
        lazy(
            r"项目.{0,4}绩效目标(实际)?完成情况表|绩效目标完成情况综述|整体支出绩效评价报告|财政支出绩效评价指标"
        ),
    ),
    (
        "selfeval.mof2020",
        lazy(r"(项目|预算|专项|部门|整体|资金).{0,12}绩效(目标)?自评(表|报告|情况表|指标)|绩效自评(表|报告)"),
    ),
    ("final", lazy(r"决算(公开)?(情况)?(说明|报告|报表|表)?$|决算情况|决算公开|收入支出决算|决算表")),
    (
        "budget",
        lazy(
            r"(部门|单位|年度?)预算(公开|编制)?(情况)?(公开|说明|编制|报表|表)?$|预算公开|收支预算总表|预算收支总表"
        ),
    ),
)
_SICHUAN_PLACES = lazy(
    r"四川|成都|自贡|攀枝花|泸州|德阳|绵阳|广元|遂宁|内江|乐山|南充|眉山|宜宾|广安|达州|雅安|巴中|资阳|阿坝|甘孜|凉山"
)
_HUNAN_PLACES = lazy(r"湖南|长沙|株洲|湘潭|衡阳|邵阳|岳阳|常德|张家界|益阳|郴州|永州|怀化|娄底|湘西")
_HUNAN_COUNTIES = lazy(
    r"岳麓区|望城区|浏阳|宁乡[市县]|荷塘区|芦淞区|石峰区|天元区|渌口区|醴陵|攸县|茶陵|炎陵|雨湖区|岳塘区|韶山市|珠晖区|雁峰区|石鼓区|蒸湘区"
    r"|衡南县|衡东县|祁东县|耒阳|双清区|大祥区|北塔区|邵东[市县]|新邵|隆回|绥宁|城步|武冈|岳阳楼区|云溪区|君山区|湘阴|汨罗|临湘市|武陵区|鼎城区"
    r"|汉寿县|澧县|临澧|桃源县|津市市|慈利|桑植|赫山区|桃江县|沅江市|北湖区|苏仙区|桂阳|宜章|嘉禾县|汝城|桂东县|资兴市|零陵区|冷水滩区|祁阳|双牌县"
    r"|江永县|宁远县|江华|鹤城区|沅陵|辰溪|溆浦|麻阳|新晃|芷江|靖州|洪江[市区]|娄星区|冷水江|涟源|吉首|泸溪县|花垣|保靖|古丈|永顺县"
)
"""Counties whose names belong to no other province; asked only when no prefecture is named."""
_AGENCY_LABEL = lazy(
    r"(?:单位名称|部门名称|部门\(单位\)名称|部门\(单位\)|预算单位|编制单位|填报单位|项目单位|实施单位|预算部门|公开部门|部门)"
    r"\s*[:：]\s*((?:[^\W\d\x00-\xff]|[()]){4,40})"
)
_AGENCY_TITLE = lazy(
    r"((?:[^\W\d\x00-\xff]|[()]){3,36}?(?:中心|事业局|管理局|保障局|服务局|分局|局|处|所|委员会|办公室|院|厅|站|总队|支队))"
)
_NUMBERED = lazy(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]")
_AGENCY_CELL = lazy(r"(省级|市级|县级)?(预算|实施|项目|编制|填报)?(单位|部门)(\(单位\))?(名称)?")
_AGENCY_NAME = lazy(
    r"(?:标题[:：]?|20\d\d年度?|关于)*(?P<name>(?:[^\W\d\x00-\xff]|[()]){4,26}?(?:中心|局|委员会|办公室|院|厅|站|总队|支队|大队|联合会|总工会|学校|中学|小学|大学|幼儿园|馆|政府|办事处|法院|检察院|研究所)(?:\(本级\))?)"
    r"(?=$|\(|20\d\d|度|部门|单位|\d)"
)
_SAYS = lazy(r"[，,；;]|[较比][^，。]*年|\d万?元")
"""A short line that states figures is no title."""
_SITE = lazy(r"首页|位置|来源|政务公开|信息公开|索引|目录|浏览|国务院|人大|常务委员会")
HEAD_LINES = 8
HEAD_WEIGHT = 4
"""What the first lines say of year and agency counts more than any later title."""
_AGENCY_STOP = lazy(r"^(关于|根据|按照|我|本|由|各|对|将(?!乐)|把|撤销|第.部分|附件|目录|全国|上级|主管)")


class Segment(Struct, frozen=True):
    """One part of the file: its kind, the blocks [start, end) it spans and the year its title names."""

    kind: str
    start: int
    end: int
    title: str = ""
    year: int | None = None

    @property
    def family(self) -> str:
        return self.kind.partition(".")[0]


class DocumentProfile(Struct):
    """The parts of a file in order, the year it is about, its agency and its province when a place name tells it."""

    segments: list[Segment] = field(default_factory=list)
    year: int | None = None
    years: Counter[int] = field(default_factory=Counter)
    """How often each year is declared in titles, for the Y1 rules."""
    agency: str | None = None
    province: str | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Distinct kinds in order of appearance; ``("unknown",)`` when none was recognised."""
        return tuple(dict.fromkeys(segment.kind for segment in self.segments)) or ("unknown",)

    @property
    def main(self) -> str:
        """The kind of the first recognised part."""
        return next((kind for kind in self.kinds if kind != "unknown"), "unknown")

    def has(self, *wanted: str) -> bool:
        """``final`` means every final kind, ``selfeval.hunan`` only that one."""
        return any(kind == want or kind.startswith(want + ".") for kind in self.kinds for want in wanted)

    def segment_at(self, position: int) -> Segment:
        """The part that holds block number ``position``."""
        index = bisect_right([segment.start for segment in self.segments], position) - 1
        return self.segments[index] if index >= 0 else Segment("unknown", 0, position + 1)


def detect(document: Document) -> DocumentProfile:
    """Profile a document from its titles; running text decides only what titles leave open."""
    titles = list(_titles(document))
    text = _sample(document)
    profile = DocumentProfile(years=Counter(year for _at, title, _real in titles for year in years_in(title)))
    profile.year = _declared_year(titles, text)
    profile.agency = _agency(titles, text, _labelled(document))
    profile.province = _province(text)
    profile.segments = _segments(document, titles, profile, text)
    return profile


def years_in(text: str) -> list[int]:
    """Years written as ``2020年`` or ``二〇二〇年``, in order."""
    found = [(mark.start(), int(mark[1])) for mark in _YEAR.finditer(text)]
    found += [
        (mark.start(), int("20" + _CHINESE_DIGIT[mark[1]] + _CHINESE_DIGIT[mark[2]]))
        for mark in _CHINESE_YEAR.finditer(text)
    ]
    return [year for _at, year in sorted(found)]


def _titles(document: Document) -> Iterator[tuple[int, str, bool]]:
    """(block, text, whether the reader marked it a heading) of every line short enough to be a title."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            yield index, _plain(block.text), True
        elif isinstance(block, Paragraph):
            if len(block.text) <= HEAD_LENGTH_MAX and "。" not in block.text:
                yield index, _plain(block.text), False
        else:
            for line in (block.title, *block.caption, *_title_rows(block)):
                if line and len(line) <= HEAD_LENGTH_MAX:
                    yield index, _plain(line), False


def _title_rows(table: Table) -> Iterator[str]:
    for row in table.rows[:2]:
        texts = {cell.text for cell in row if cell and cell.text}
        if len(texts) == 1:
            yield texts.pop()


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("（", "(").replace("）", ")")


def _sample(document: Document) -> str:
    """The first 20,000 characters of running text."""
    parts: list[str] = []
    size = 0
    for block in document.blocks:
        part = block.text if isinstance(block, Heading | Paragraph) else _table_text(block)
        parts.append(part)
        size += len(part)
        if size > 20_000:
            break
    return "\n".join(parts)


def _table_text(table: Table) -> str:
    cells = (cell.text for row in table.rows[:40] for cell in row if cell and not cell.inherited)
    return "\n".join([table.title, *table.caption, " ".join(cells)])


def _declared_year(titles: list[tuple[int, str, bool]], text: str) -> int | None:
    votes: Counter[int] = Counter()
    for place, (_index, title, _real) in enumerate(titles):
        if _TITLE_WORD.search(title) and not _SAYS.search(title):
            found = years_in(title)
            votes.update(found[:1] * (HEAD_WEIGHT - 1) if place < HEAD_LINES else [])
            votes.update(found)
    if not votes:
        votes.update(int(mark) for mark in re.findall(r"(20[0-4]\d)\s*年度", text))
    if not votes:
        votes.update(int(mark) for mark in re.findall(r"(?<!\d)(20[0-4]\d)\s*年", text))
    best = max(votes.values(), default=0)
    return max((year for year, count in votes.items() if count == best), default=None)


def _labelled(document: Document) -> Counter[str]:
    """Values that stand right of a cell such as 实施单位 or 预算部门名称."""
    found: Counter[str] = Counter()
    for table in document.tables():
        for row in table.rows[:8]:
            texts = [
                _plain(cell.text).rstrip(":：") for cell in row if cell and cell.text and not cell.inherited
            ]
            for label, value in pairwise(texts):
                if _AGENCY_CELL.fullmatch(label) and re.fullmatch(r"(?:[^\W\d\x00-\xff]|[()]){4,40}", value):
                    found[value] += 3
    return found


def _agency(titles: list[tuple[int, str, bool]], text: str, votes: Counter[str]) -> str | None:
    for weight, pattern, lines in (
        (3, _AGENCY_LABEL, text.replace("（", "(").replace("）", ")").splitlines()),
        (2, _AGENCY_TITLE, [title for _index, title, _real in titles if _TITLE_WORD.search(title)]),
    ):
        for line in lines:
            for mark in pattern.finditer(line):
                name = re.sub(r"^(第.部分|附件)?", "", mark[1]).strip("()")
                if len(name) >= 4 and not _AGENCY_STOP.match(name):
                    votes[name] += weight
    for line in [one for one in text.splitlines() if one.strip()][:HEAD_LINES]:
        title = re.sub(r"^监督索引号\d+", "", _plain(line))
        head = _AGENCY_NAME.match(title)
        if head and not _SITE.search(title[:HEAD_LENGTH_MAX]) and not _AGENCY_STOP.match(head["name"]):
            votes[head["name"]] += HEAD_WEIGHT
            break
    if not votes:
        words = re.findall(
            r"[^\W\d\x00-\xff]{2,14}(?:社会保险|社保|居保|养老保险|医疗保障|人力资源)[^\W\d\x00-\xff]{0,10}(?:中心|局|处)",
            text,
        )
        votes.update(word for word in words if not _AGENCY_STOP.match(word))
    return votes.most_common(1)[0][0] if votes else None


def _province(text: str) -> str | None:
    counts = {
        "sichuan": len(_SICHUAN_PLACES.findall(text)),
        "hunan": len(_HUNAN_PLACES.findall(text)),
    }
    best = max(counts, key=lambda name: counts[name])
    if counts[best]:
        return best
    return "hunan" if _HUNAN_COUNTIES.search(text) else None


def _segments(
    document: Document, titles: list[tuple[int, str, bool]], profile: DocumentProfile, text: str
) -> list[Segment]:
    opened: list[tuple[int, str, str, int | None]] = []
    contents = _contents(document)
    for index, title, _real in titles:
        if index in contents:
            continue
        kind = next((kind for kind, pattern in _MARKERS if pattern.search(title)), None)
        numbered = _NUMBERED.match(title) is not None
        if kind is None or (numbered and not kind.startswith(("final", "budget"))):
            continue  # "三、社会保险基金预算收支情况" is a section of a report, not a report of its own
        year = next(iter(years_in(title)), None)
        kind = _refine(kind, year or profile.year, profile.province, text)
        if opened and opened[-1][1] == kind:
            continue
        opened.append((index, kind, title, year))
    if not opened:
        opened = _from_text(text, profile)
    if not opened:
        return []
    opened[0] = (0, *opened[0][1:])
    ends = [start for start, *_rest in opened[1:]] + [len(document.blocks)]
    return [
        Segment(kind, start, end, title, year)
        for (start, kind, title, year), end in zip(opened, ends, strict=True)
    ]


def _contents(document: Document) -> range:
    """The blocks of a printed table of contents (目录), whose lines open no part."""
    started = -1
    for index, block in enumerate(document.blocks[:200]):
        if isinstance(block, Table):
            if started >= 0 and not re.search(r"目\s*录", _table_text(block)):
                return range(started, index)
            continue
        if re.fullmatch(r"\s*目\s*录\s*", block.text):
            started = index
        elif started >= 0 and len(block.text) > HEAD_LENGTH_MAX:
            return range(started, index)
    return range(0)


def _from_text(text: str, profile: DocumentProfile) -> list[tuple[int, str, str, int | None]]:
    """No title told: fall back to what only one kind of document says."""
    for kind, pattern in (
        ("final", r"收、?支总计|支出决算数?为|年初预算数?为.{0,30}决算数?为"),
        ("selfeval.mof2020", r"三级指标|绩效自评|年度指标值"),
        ("fund.final", r"基金.{0,12}(收入|支出).{0,40}(累计结余|滚存结余)"),
        ("budget", r"部门预算|预算收入"),
    ):
        if re.search(pattern, text):
            return [(0, _refine(kind, profile.year, profile.province, text), "", None)]
    return []


def _refine(kind: str, year: int | None, province: str | None, text: str) -> str:
    if kind == "final":
        if province == "sichuan" and re.search(r"附表|项目支出决算(明细)?表|绩效目标完成情况", text):
            return "final.sichuan"
        if year is None or 2019 <= year <= 2021:
            return "final.2019-21"
        return "final.2017-18" if year <= 2018 else "final.2022+"
    if kind.startswith("selfeval.") and kind != "selfeval.transfer":
        if "基础数据表" in text or province == "hunan":
            return "selfeval.hunan"
        if kind == "selfeval.hunan" and province == "sichuan":
            return "selfeval.sichuan"
    return kind
