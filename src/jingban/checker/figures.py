"""Every figure in prose and cells: value, unit, printed decimals (hence an interval), span. Catalogue section 0.1.

Dates, years, document numbers (川府发〔2020〕10号), ordinals, classification codes and telephone numbers are recognised
first and are *not* figures: what they cover is never read as an amount.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from msgspec import Struct, field

from jingban.checker.model import Document, Paragraph, Source
from jingban.checker.text.fold import fold
from jingban.values.patterns import lazy
from jingban.values.printed import PrintedNumber, Quantity
from jingban.values.units import PATTERN, PLAIN, Unit, unit

# What looks like a number and is none: the first alternative that matches wins over a figure.
_MARKS = lazy(
    r"(?P<document>[〔\[【(]\s*(?:19|20)\d{2}\s*[〕\]】)]\s*第?\s*\d+\s*号?)"
    r"|(?P<date>(?:19|20)\d{2}\s*年?\s*[-—–~至]\s*(?:19|20)\d{2}\s*年(?:度)?"
    r"|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*[-—–~至、]+\s*\d{1,2}\s*月(?:份)?"
    r"|(?:19|20)\d{2}\s*年(?:度)?(?:\s*\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*日)?)?"
    r"|\d{1,2}\s*[-—–~至、]+\s*\d{1,2}\s*月(?:份)?|\d{1,2}\s*月(?:份)?\s*\d{1,2}\s*日|\d{1,2}\s*月(?:份|底|末|初|中旬|上旬|下旬)?"
    r"|(?<![\d.])(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?(?![\d.%])"
    r"|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d))"
    r"|(?P<ordinal>第\s*\d+|(?<=[。;:!?])\s*[(]?\d{1,2}[)、.](?![\d%])|^\s*[(]?\d{1,2}(?:\.\d{1,2}){0,2}\s*[)、.](?![\d%])|\(\d{1,2}\)(?=\s*[^\s\d,.、;。)]))"
    r"|(?P<phone>(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9})(?![\d.]))"
    r"|(?P<code>(?<![\d.,])\d{3,8}(?=\s*[(、,]?\s*\d*\s*\([类款项]\))|(?<=\()\s*\d{3}(?:\d{2}){0,2}(?=\s*\))|(?<![\d.,])\d{9,}(?![\d.,]))"
    r"|(?P<word>[A-Za-z][A-Za-z_-]*\d[\w.-]*|\d+[A-Za-z]+[\w-]*)"
)

_OTHER_UNITS = (
    r"(?:亿|百万|万|千)?(?:美元|欧元|港元|港币)"
    r"|(?:亿|百万|万|千)?元\s*/\s*(?:人|月|年|天|次|户|平方米|套|台|亩)(?:\s*[./·、・]\s*(?:月|年|天|次|人))?"
    r"|[亿万]人次?\s*/\s*(?:月|年|天)"
    r"|台\(套\)|台/套|[亿万千]?(?:立方米|平米|公里|千米|亩|吨|米|周岁|倍|卷|页|所|处|组|例|宗|门|间|座|种|类|科|级|分钟|度|部|篇|人月|工作日|团组|档"
    r"|轮|届|道|盏|株|只|头|瓶|箱|支|艘|架|封|公斤|号|位|%%)"
)
_NUMBER = lazy(
    r"(?<![\d.])(?P<sign>-(?=\d))?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<more>[余多](?=[万亿元人名个项次家份条件场]))?\s*"
    rf"(?P<unit>{_OTHER_UNITS}|{PATTERN})?"
    r"(?P<after>[余多](?=[元人名次个项家份条件场])(?:元|人次|人|名|次|个|项|家|份|条|件|场)|[余多]|以上|以下|左右|以内|上下)?"
)
_ABOUT = lazy(
    r"(?:约|大约|近|将近|超过|突破|逾|不低于|不少于|不高于|不超过|不足|大于等于|小于等于|至少|最多|高于|低于|多达|≥|≤|>|<|±)\s*(?:了|为)?\s*$"
)
_RANGE_BEFORE = lazy(r"\d[%万亿元人]*\s*(?:-{1,2}|—{1,2}|–|~|～|至)\s*$")
_RANGE_AFTER = lazy(r"^\s*(?:-{1,2}|—{1,2}|–|~|～|至)\s*\d")


class Figure(Struct, frozen=True):
    """One printed number and where it stands: ``text[start:end]``, unit included."""

    number: PrintedNumber
    start: int
    end: int
    source: Source
    approximate: bool = False
    """约/近/余/以上, or one end of a range: a bound at most, never an equality."""

    @property
    def dimension(self) -> str:
        """``money``, ``persons``, ``person-times``, ``ratio``, ``points``, ``plain``, ``price`` or a kind of thing."""
        return self.number.unit.dimension

    @property
    def value(self) -> Decimal:
        """In base units: 元, persons, a fraction."""
        return self.number.to_base()

    @property
    def quantity(self) -> Quantity:
        """The interval in base units. A bare 0 is a template's exact nothing, not 'less than half a unit'."""
        if not self.number.value and not self.number.decimals:
            return Quantity.exact(0)
        return self.number.quantity()

    @property
    def text(self) -> str:
        """As printed, with its unit."""
        return self.number.raw

    def __str__(self) -> str:
        """With the table's unit when the cell prints none."""
        raw = self.number.raw
        return raw + self.number.unit.symbol if raw[-1:].isdigit() else raw


class Mark(Struct, frozen=True):
    """Something with digits that is no figure: a date, a document number, an ordinal, a code, a telephone number."""

    kind: str
    text: str
    start: int
    end: int


@cache
def unit_of(word: str) -> Unit:
    """Unit of a printed unit word; words the value room does not know count things one by one."""
    word = re.sub(r"[余多\s]", "", word)
    if word.startswith("%"):
        word = "%"
    if "/" in word and not word.startswith("台"):
        money = word.split("/")[0]
        return Unit(word, "price", unit(money).factor if money.endswith("元") else Decimal(1))
    if word.endswith(("美元", "欧元", "港元", "港币")):
        return Unit(word, "foreign", Decimal(1))
    if word.endswith("位"):
        return unit(word.replace("位", "人"))
    try:
        return unit(word)
    except ValueError:
        scale = {"亿": 10**8, "万": 10**4, "千": 10**3}.get(word[:1], 1)
        return Unit(word, "things", Decimal(scale))


def marks(text: str) -> list[Mark]:
    """Non-figures of folded text, in order."""
    return [
        Mark(found.lastgroup or "", found.group(), found.start(), found.end())
        for found in _MARKS.finditer(text)
    ]


def read_figures(text: str, source: Source) -> list[Figure]:
    """All figures of a text, in order; spans refer to ``text`` (folding keeps every offset)."""
    line = fold(text)
    figures: list[Figure] = []
    position = 0
    for mark in [*marks(line), Mark("end", "", len(line), len(line))]:
        figures.extend(_between(line, position, mark.start, source))
        position = max(position, mark.end)
    return figures


def _between(line: str, start: int, end: int, source: Source) -> list[Figure]:
    found: list[Figure] = []
    for match in _NUMBER.finditer(line, start, end):
        before = line[max(0, match.start() - 12) : match.start()]
        if before[-1:].isascii() and before[-1:].isalpha():
            continue
        word = (match["unit"] or "").strip()
        negative = bool(match["sign"]) and not (before[-1:].isdigit() or before[-1:] in "年月日号")
        digits = match["digits"].replace(",", "")
        about = bool(
            match["more"]
            or match["after"]
            or _ABOUT.search(before)
            or _RANGE_BEFORE.search(before)
            or _RANGE_AFTER.match(line[match.end() : match.end() + 6])
        )
        stop = match.end("unit") if match["unit"] else match.end("digits")
        if match["after"] and len(match["after"]) > 1 and match["after"][0] in "余多":
            word += match["after"][1:]
            stop = match.end("after")
        begin = match.start() if negative else match.start("digits")
        number = PrintedNumber(
            -Decimal(digits) if negative else Decimal(digits),
            unit_of(word),
            len(digits.partition(".")[2]),
            line[begin:stop].strip(),
            bool(match["more"]),
        )
        found.append(Figure(number, begin, stop, source, about))
    return found


_CELL = lazy(r"[¥￥]?(-?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(\D{0,6})")
_CELL_UNIT = lazy(rf"%+|分|{PATTERN}")


def cell_figure(text: str, source: Source, default: str | None = None) -> Figure | None:
    """The one number a cell holds ('2.47万元', '100%', '10 0%', '100%%'), else None; ``default`` is the table's unit."""
    compact = fold(text).replace(" ", "").replace("％", "%")
    match = _CELL.fullmatch(compact)
    if not match or (match[3] and not _CELL_UNIT.fullmatch(match[3])):
        return None
    digits = match[2].replace(",", "")
    kind = unit_of(match[3]) if match[3] else (unit_of(default) if default else PLAIN)
    value = -Decimal(digits) if match[1] else Decimal(digits)
    number = PrintedNumber(value, kind, len(digits.partition(".")[2]), text.strip())
    return Figure(number, 0, len(text), source)


class Figures(Struct):
    """Every figure of a document: by paragraph (identity), and all cells that hold exactly one number."""

    prose: dict[int, list[Figure]] = field(default_factory=dict)
    cells: dict[tuple[int, int, int], Figure] = field(default_factory=dict)
    """(id of table, row, column) -> figure."""

    def of(self, paragraph: Paragraph) -> list[Figure]:
        return self.prose.get(id(paragraph), [])

    def cell(self, table: int, row: int, column: int) -> Figure | None:
        return self.cells.get((table, row, column))

    def __len__(self) -> int:
        return sum(map(len, self.prose.values())) + len(self.cells)


def figures_of(document: Document) -> Figures:
    """Read every figure once."""
    found = Figures()
    for paragraph in document.paragraphs():
        found.prose[id(paragraph)] = [
            Figure(one.number, one.start, one.end, paragraph.at(one.start), one.approximate)
            for one in read_figures(paragraph.text, paragraph.source)
        ]
    for table in document.tables():
        for row in table.rows:
            for cell in row:
                if cell is None or cell.inherited or not cell.text:
                    continue
                figure = cell_figure(cell.text, cell.source, table.unit)
                if figure is not None:
                    found.cells[(id(table), cell.row, cell.column)] = figure
    return found
