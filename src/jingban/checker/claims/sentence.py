"""Sentences of prose as figures in roles: value, budget, actual, earlier value, difference, growth, share, completion.

A role is read from the words between a figure and the one before it. What follows a cause (原因是…, 主要是…) is not a
statement about the indicator; a comparison (与上年相比) or a new clause (；) ends the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from jingban.checker.claims.labels import core
from jingban.checker.claims.lists import match_lists
from jingban.checker.figures import Figure, marks
from jingban.checker.model import Heading, Paragraph, Source
from jingban.checker.text.fold import fold
from jingban.values.patterns import lazy

Role = Literal[
    "value", "budget", "actual", "count", "base", "delta", "growth", "share", "completion", "cause", "other"
]

AMOUNTS = frozenset({"money", "persons", "person-times", "plain"})
_CUT = lazy(r"[。;!?]")
_UP = "增加|增长|上升|提高|增收|增支|上涨|超出|超过|超支|多支出|多收入|增幅|涨幅|增加额|增长额"
_DOWN = "减少|下降|降低|减收|减支|节约|节省|压减|压缩|缩减|少支出|少收入|降幅|减幅|跌幅|回落"
_MOVE = lazy(
    rf"(?:(?P<up>{_UP}|(?<![新其])增|(?<![至最许更])多)|(?P<down>{_DOWN}|(?<!核)减|(?<![至最不])少))"
    r"(?:了|额|数|金额|资金|经费|率|幅度|幅|比例|百分比)*(?:约|为|达|达到|是|:)*\s*$"
)
_EITHER = lazy(r"(?:变动|变化|增减)(?:额|率|幅度|比例)?(?:约|为|达|是|:)*\s*$")
_SHARE = lazy(
    r"(?:占比?|所占)(?P<base>[^,。;:占%]*?)(?:的)?(?:比重|比例|比率|百分比|份额)?(?:约|为|达到?|是|:)*\s*$"
)
_COMPLETION = lazy(
    r"(?:(?:完成|达到|实现|执行|为|占|是)了?(?P<base>[^,。;:%]*?(?:预算|任务|计划|目标|指标|决算)[^,。;:%]{0,16}?)(?:的|之|比例|比率|完成率|执行率|率)*"
    r"|(?P<rate>[^,。;:%]{0,12}(?:执行率|完成率|支出进度|执行进度|完成比例|完成进度|到位率|使用率|完成预算)))(?:约|为|达到?|是|:|的)*\s*$"
)
_CAUSE = lazy(
    r"原因|主要是|主要系|主要为|由于|是因为|因为|(?<![基成原])因(?!公)|系|包括|其中追加|追加|调整为"
)
_AND = r"和(?=\s*(?:上|去|前一?年|同期|年初|预算|(?:19|20)\d{2}))"
"""和 compares only right before a year or a budget: 社会保障和就业 is a name."""
_COMPARISON = lazy(
    rf"(?:比|较|与(?!传媒)|同|{_AND}|对比|相比)(?P<who>[^,。;:]{{0,24}}?(?:上一?年|去年|前一?年|同期|预算|(?:19|20)\d{{2}}\s*年)[^,。;:]{{0,24}}?)"
    r"(?:相比较?|比较|相较|对比|相对比|比|,|$|(?=增|减|下降|上升|降|多|少|提高|持平|节|超|各|总|基|项|支|收))|同比|环比"
)
_BASE_BEFORE = lazy(rf"(?:比|较|与(?!传媒)|同|{_AND}|对比)(?P<who>[^,。;:]{{0,30}})$")
_BASE_AFTER = lazy(
    r"^\s*(?:\([^)]*\))?\s*,?\s*(?:相比|比较|相较|对比|相对比|,?[^,。;:]{0,12}?(?:增|减|下降|上升|降低|提高|多|少|持平))"
)
_FUND_NAMES = lazy(
    r"一般公共预算|公共财政预算|政府性基金预算|国有资本经营预算|基金预算|部门预算|财政预算|预算单位|预算绩效|综合预算|预算内|预算外|预算管理"
)
_BUDGET = lazy(
    r"年初预算|预算数|支出预算|调整预算|调整后预算|全年预算|预算安排|预算下达|预算批复|预算总额|预算金额|预算指标|预算资金|预算"
)
_ACTUAL = lazy(r"决算|执行数|实际支出|实际执行|执行|实际完成|实际使用|实际列支")
_AS_OF = lazy(r"截[至止](?:目前|\d|(?:19|20)?\d{2}年)")
_QIZHONG = lazy(r"其中|(?:主要)?用于(?:以下|下列)?(?:几个?)?(?:方面|支出|项目)?:|主要用于(?:以下|下列)")
_UNBOUND = frozenset(
    {
        "ratio",
        "points",
        "price",
        "foreign",
        "score",
        "age",
        "years",
        "months",
        "month",
        "days",
        "day",
        "hours",
    }
)
_YEAR = lazy(r"((?:19|20)\d{2})\s*年|(上一?年度?|去年)")
_OPEN_BRACKET = lazy(r"[(\[][^)\]]*$")
_LIST = lazy(r"(?P<word>分别|各自?|均)(?:为|是|达|达到|完成|增加|减少|增长|下降|占)?[^,。;]{0,6}$")


class Token(Struct):
    """One figure in its sentence."""

    figure: Figure
    role: Role
    label: str
    """Words of its own clause before it, folded: '其中:基本支出' -> '基本支出'."""
    gap: str
    """All words since the figure before it (in the sentence)."""
    sign: int = 0
    """Direction word of a difference or growth: 1, -1; 0 none."""
    base: str = ""
    """share, completion: the printed base phrase; base: what it is compared with."""
    year: str = ""
    """'2019', '上年' or '' (the document's own year)."""
    clause: int = 0
    parent: int | None = None
    """Index of the token this one is a part of (其中), within the sentence or, negative, in the one before."""
    level: int = 0
    direct: int | None = None
    """Index of the base printed right before a rate: '任务13.93万人的122.5%'."""
    bracketed: bool = False
    of: int | None = None
    """Index of the amount a share of a parallel list is the share of."""

    @property
    def amount(self) -> bool:
        return self.role in ("value", "budget", "actual")

    @property
    def thing(self) -> bool:
        """An amount or a count of things: what may be a whole or a part."""
        return self.amount or self.role == "count"


class Sentence(Struct):
    """``text`` is folded; ``start`` is its offset in ``paragraph.text``."""

    paragraph: Paragraph | Heading
    start: int
    text: str
    tokens: list[Token]
    section: str
    index: int = 0
    """Ordinal of the sentence in its paragraph."""
    opens_with_part: bool = False

    def quote(self) -> str:
        """As printed."""
        return self.paragraph.text[self.start : self.start + len(self.text)].strip()

    def source(self, token: Token | None = None) -> Source:
        if token is not None:
            return token.figure.source
        if isinstance(self.paragraph, Paragraph):
            return self.paragraph.at(self.start)
        return self.paragraph.source


def split(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence) of folded text; only 。 and line ends part sentences."""
    start = 0
    for cut in re.finditer(r"。+|\n", text):
        if text[start : cut.start()].strip():
            yield start, text[start : cut.start()]
        start = cut.end()
    if text[start:].strip():
        yield start, text[start:]


def read_sentences(paragraph: Paragraph, figures: list[Figure]) -> list[Sentence]:
    """Sentences of one paragraph with their tokens."""
    folded = fold(paragraph.text)
    found: list[Sentence] = []
    for start, text in split(folded):
        inside = [one for one in figures if start <= one.start < start + len(text)]
        tokens = _tokens(text, start, inside)
        opens = bool(re.match(r"\s*[,、]?\s*其中", text))
        found.append(Sentence(paragraph, start, text, tokens, paragraph.section, len(found), opens))
    return found


def _tokens(text: str, start: int, figures: list[Figure]) -> list[Token]:
    found: list[Token] = []
    previous = 0
    cause = False
    stack: list[int] = []
    clause = 0
    skip = [(mark.start, mark.end) for mark in marks(text) if mark.kind == "ordinal"]
    for figure in figures:
        begin, end = figure.start - start, figure.end - start
        gap = text[previous:begin]
        cause = _cause_after(gap, cause)
        before = len(found)
        clause += len(re.findall(r";", gap))
        token = _token(text, gap, begin, end, figure, found, skip, previous)
        token.clause = clause
        if cause and token.role not in ("base",):
            token.role = "cause"
        _nest(token, gap, found, stack, before)
        found.append(token)
        previous = end
    match_lists(found)
    return found


def _cause_after(gap: str, cause: bool) -> bool:
    """Whether a figure that follows ``gap`` stands inside a stated cause."""
    for piece in re.split(r"(;)", gap):
        if piece == ";":
            cause = False
            continue
        named = list(_CAUSE.finditer(piece))
        resumed = [found.start() for found in _COMPARISON.finditer(piece)]
        resumed += [found.start() for found in _AS_OF.finditer(piece)]
        resumed += [found.start() for found in _QIZHONG.finditer(piece)]
        last = named[-1] if named else None
        if last is not None and max(resumed, default=-1) < last.start():
            cause = last[0] != "包括" or cause
        elif resumed:
            cause = False
    return cause


def _nest(token: Token, gap: str, found: list[Token], stack: list[int], index: int) -> None:
    """Follow 其中: what comes after is part of the last amount before it; ';' leaves an inner list."""
    if _QIZHONG.search(gap):
        heads = [i for i, one in enumerate(found) if one.thing and not one.bracketed]
        if heads:
            if heads[-1] not in stack:
                stack.append(heads[-1])
        else:
            stack.append(-1)
    elif ";" in gap and len(stack) > 1:
        stack.pop()
    if stack:
        token.parent = stack[-1]
        token.level = len(stack)


def _token(
    text: str,
    gap: str,
    begin: int,
    end: int,
    figure: Figure,
    found: list[Token],
    skip: list[tuple[int, int]],
    previous: int,
) -> Token:
    own = _own_clause(gap)
    label = clean_label(own)
    year = ""
    for year_mark in _YEAR.finditer(text[:begin]):
        if not re.search(r"[;]", text[year_mark.end() : begin]):
            year = year_mark[1] or "上年"
    if own and not _YEAR.search(own) and found and found[-1].amount and "," not in gap:
        year = found[-1].year
    bracketed = bool(_OPEN_BRACKET.search(text[:begin]))
    token = Token(figure, "value", label, gap, year=year, bracketed=bracketed)
    dimension = figure.dimension
    tail = gap.rstrip()
    if dimension == "ratio":
        if tail.strip() in ("的", "的约") and found and found[-1].figure.dimension not in _UNBOUND:
            _direct_role(token, found)
        else:
            _rate_role(token, tail)
    elif dimension in _UNBOUND:
        token.role = "other"
    elif dimension in AMOUNTS:
        _amount_role(token, tail, text[end : end + 30], own, found)
    else:
        token.role = "count"
    return token


def _direct_role(token: Token, found: list[Token]) -> None:
    """'占本年支出合计729.3万元的100%', '完成目标任务13.93万人的122.5%': the base stands right before the rate."""
    own = _own_clause(found[-1].gap)
    token.direct = len(found) - 1
    if re.search(r"占", own) and not re.search(r"任务|目标|计划|预算数?$", _FUND_NAMES.sub("", own)):
        token.role, token.base = "share", clean_label(own.rpartition("占")[2])
    elif re.search(r"完成|任务|目标|计划|预算|达到|实现", own):
        token.role, token.base = "completion", clean_label(own)
    else:
        token.role, token.direct = "other", None
        return
    found[-1].role = "other"


def _rate_role(token: Token, tail: str) -> None:
    moved = _MOVE.search(tail)
    if moved:
        token.role = "growth"
        token.sign = 1 if moved["up"] else -1
        return
    completed = _COMPLETION.search(tail)
    shared = _SHARE.search(tail)
    if shared and not re.search(r"预算数?$|任务|计划", _FUND_NAMES.sub("", shared["base"])):
        token.role, token.base = "share", shared["base"].strip()
    elif completed and (completed["rate"] or not _FUND_NAMES.fullmatch(completed["base"].strip())):
        token.role = "completion"
        token.base = (completed["base"] or completed["rate"] or "").strip()
    elif shared:
        token.role, token.base = "share", shared["base"].strip()
    elif _EITHER.search(tail):
        token.role = "growth"
    else:
        token.role = "other"


def _amount_role(token: Token, tail: str, after: str, own: str, found: list[Token]) -> None:
    base = _BASE_BEFORE.search(tail.rsplit(",", 1)[-1]) or None
    if base and _is_comparison(base["who"]) and not _MOVE.search(base["who"]) and _BASE_AFTER.match(after):
        token.role, token.base = "base", base["who"]
        marked = _YEAR.search(base["who"])
        token.year = (marked[1] or "上年") if marked else token.year
        return
    moved = _MOVE.search(tail)
    if moved:
        token.role = "delta"
        token.sign = 1 if moved["up"] else -1
        return
    if _EITHER.search(tail):
        token.role = "delta"
        return
    plain = _FUND_NAMES.sub("", own)
    actual = [m.start() for m in _ACTUAL.finditer(plain)]
    budget = [m.start() for m in _BUDGET.finditer(plain)]
    if budget and (not actual or budget[-1] > actual[-1]):
        token.role = "budget"
    elif actual:
        token.role = "actual"


def _is_comparison(who: str) -> bool:
    return bool(re.search(r"上一?年|去年|同期|预算|决算|(?:19|20)\d{2}\s*年", who))


def _own_clause(gap: str) -> str:
    """The last clause of a gap: after , ; or a list comma that parts items."""
    pieces = [piece for piece in re.split(r"[,;!?]", gap) if piece.strip()]
    own = pieces[-1] if pieces else ""
    if not re.search(r"[^\W\d\x00-\xff]", own) and len(pieces) > 1:
        own = pieces[-2]
    own = re.sub(r"^.*其中[:,]?", "", own)
    return own.strip()


_LABEL_HEAD = lazy(
    r"^(?:[、,;:。.\s]|(?:和|及|与|以及|并|的|了|一是|二是|三是|四是)(?=[^\W\d\x00-\xff]{3})|\(?\d{1,2}[)、.]|[一二三四五六七八九十]{1,2}[、.]|"
    r"(?:截至|截止|至)?(?:19|20)\d{2}\s*年(?:度|末|底|初)?(?:\d{1,2}月)?(?:\d{1,2}日)?|(?:上|去|今|当)年(?:度)?(?!末|初))+"
)
_LABEL_TAIL = lazy(r"(?:总共|为|是|达到|达|约|有|了|:|的|均|各|分别|共计|实现|\s)+$")


def clean_label(text: str) -> str:
    """'2020年度基本支出决算数为' -> '基本支出决算数'; 年份, 序号 and verbs go, the thing named stays."""
    text = re.sub(r"\((?!类|款|项)[^()]*\)", "", text.strip())
    if re.search(r":[^:]*[^\W\d\x00-\xff]", text):
        before, _colon, last = text.rpartition(":")
        text = last if core(_LABEL_TAIL.sub("", last)) else before.rpartition(":")[2] + last.strip()
    text = _LABEL_HEAD.sub("", text)
    return _LABEL_TAIL.sub("", text).strip(" “”\"'")
