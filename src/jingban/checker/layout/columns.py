"""Header rows to columns: the path of words above each column, its role and unit."""

from __future__ import annotations

from jingban.checker.layout.sections import Row, texts
from jingban.checker.layout.text import cell_text, is_amount, is_numeric
from jingban.checker.layout.words import CODE_COLUMN, LINE_NUMBER_COLUMN, bare
from jingban.checker.model import Column, ColumnRole
from jingban.values.patterns import lazy

_UNIT = lazy(r"[(（](元|千元|万元|亿元|%|㎡|m2|人|万人|个|辆|台|平方米|户|人次)[)）]")
_SCORE = lazy(r"(得分|自评分|评分|自评得分|评价得分)$")
_WEIGHT = lazy(r"^(分值|权重|权重分值|标准分|标准分值|满分|指标分值|满分值|分数)$")
_RATIO = lazy(r"(率|占比|比重|比例|百分比|%|增减%)$")
_COUNT = lazy(r"(编制数|人数|人次|数量|批次|规模|户数|个数|辆数|台数|职工数)$")
_AMOUNT = lazy(
    r"(预算数?|决算数?|执行数?|金额|收入|支出|合计|小计|总计|投资|经费|费|费用|余额|结余|结转|结转和结余|拨款|补助|总额|数|额|资金|收支|预算|决算"
    r"|\d{4}年?)$"
)
_SCHEME = lazy(r"(基金|保险|[老疗业伤育]险)$")
_LABEL = lazy(r"(项目|科目名称|名称|指标|险种|内容|类别|情况)$")
_CODE = lazy(r"\d{3}|\d{5}|\d{7,8}")


def paths(header: list[Row]) -> list[tuple[str, ...]]:
    """Words from the top level down for each column; a word spreads to the right over the columns it heads."""
    if not header:
        return []
    width = len(header[0])
    levels: list[list[str]] = []
    for depth, row in enumerate(header):
        words = texts(row)
        spread: list[str] = []
        for c, word in enumerate(words):
            if word:
                spread.append(word)
            elif c and _spreads(header, depth, c):
                spread.append(spread[c - 1])
            else:
                spread.append("")
        levels.append(spread)
    out: list[tuple[str, ...]] = []
    for c in range(width):
        path: list[str] = []
        for level in levels:
            if level[c] and (not path or path[-1] != level[c]):
                path.append(level[c])
        out.append(tuple(path))
    return out


def _spreads(header: list[Row], depth: int, c: int) -> bool:
    """An empty header cell belongs to the word on its left when the format says so, or a word stands below it."""
    if header[depth][c].right:
        return True
    if header[depth][c].down:
        return False
    below = [cell_text(row[c].text) for row in header[depth + 1 :]]
    above = [cell_text(row[c].text) for row in header[:depth]]
    return any(below) and not (any(above) and not _heads_several(header, depth, c))


def _heads_several(header: list[Row], depth: int, c: int) -> bool:
    """True when the word above column ``c`` also stands above its left neighbour (it is itself spread)."""
    return not cell_text(header[depth - 1][c].text) if depth else True


def _body_texts(body: list[Row], c: int) -> list[str]:
    return [text for row in body if c < len(row) and (text := cell_text(row[c].text))]


def role_of(path: tuple[str, ...], values: list[str], first: bool) -> ColumnRole:
    """What a column holds, from its words first and its cells second."""
    word = bare(path[-1]) if path else ""
    numeric = [text for text in values if is_numeric(text)]
    mostly = bool(values) and len(numeric) >= 0.5 * len(values)
    if LINE_NUMBER_COLUMN.match(word):
        return "line_number"
    codes = [text for text in values if _CODE.fullmatch(text)]
    if (
        CODE_COLUMN.search(word)
        or ("类款项" in path)
        or (
            len(codes) >= 0.8 * len(values) > 1
            and not any(is_amount(text) for text in values)
            and "科目" in "".join(path)
        )
    ):
        return "code"
    if _SCORE.search(word):
        return "score"
    if _WEIGHT.match(word):
        return "weight"
    if not path:
        return "text"
    if first and not mostly:
        return "label"
    if _RATIO.search(word) and (mostly or not values):
        return "ratio"
    if _COUNT.search(word) and (mostly or not values):
        return "count"
    if mostly and _SCHEME.search(word) and any(is_amount(text) for text in values):
        return "amount"  # a fund table names its columns by insurance scheme only
    if mostly or not values:
        return (
            "amount" if _AMOUNT.search(word) or any(_AMOUNT.search(bare(part)) for part in path) else "text"
        )
    return "label" if _LABEL.search(word) else "text"


def columns_of(header: list[Row], body: list[Row]) -> list[Column]:
    """One :class:`Column` for each column of an aligned section."""
    out: list[Column] = []
    for c, path in enumerate(paths(header)):
        matched = _UNIT.search(" ".join(path))
        role = role_of(path, _body_texts(body, c), first=c == 0)
        out.append(Column(path, role, matched[1] if matched else None))
    return out
