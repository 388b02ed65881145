"""What a self-evaluation form says in words of its own indicators: completion rates, how points follow, how many were met."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jingban.checker.claims.targets import Bound, comparable, read_bound
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.model import Source
from jingban.checker.tables.evaluation import Evaluation, Indicator
from jingban.checker.text.fold import fold
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity

_RATES = lazy(r"完成率[^：:。]{0,30}实际完成值÷年度指标值")
_METHOD = lazy(r"定量指标[^。]*未达到的按完成比例计分")
_NAME = lazy(r"[^：:；;。，,]*$")
_COUNTED = lazy(r"设定(?P<all>\d+)项指标,完成(?P<full>\d+)项(?:;未完全达到的有:(?P<short>[^。]+))?")
_HEAD = lazy(r"([^：:]+)[：:]")
_NOT_APPLICABLE = "不适用"


class Rate(Struct, frozen=True):
    """A completion rate printed under a form, and the indicator it is said of."""

    indicator: Indicator
    figure: Figure


class Counted(Struct, frozen=True):
    """'设定6项指标，完成3项；未完全达到的有：甲、乙、丙': how many there are, how many were met, which were not."""

    all: int
    full: int
    short: tuple[str, ...]
    source: Source
    text: str


def prints_rates(text: str) -> bool:
    """Whether a note gives the completion rates of a form's indicators."""
    return bool(_RATES.search(text))


def completion_rates(context: Context, form: Evaluation) -> Iterator[Rate]:
    """Every rate of the notes that bears the name of an indicator."""
    named = {one.name: one for one in form.indicators}
    for remark in form.remarks:
        if not prints_rates(remark.text):
            continue
        for figure in context.figures.of(remark):
            found = _NAME.search(remark.text[: figure.start])
            name = found[0].replace(" ", "") if found else ""
            if figure.dimension == "ratio" and name in named:
                yield Rate(named[name], figure)


def proportional(form: Evaluation) -> bool:
    """Whether the form says that the points of figures follow from the completion."""
    return any(_METHOD.search(remark.text) for remark in form.remarks)


def completion(one: Indicator) -> Quantity | None:
    """Actual over target as printed; None where either is no single figure or the target is nought."""
    pair = _pair(one)
    if pair is None or not pair[1].figure.value:
        return None
    actual, target = (_exact(bound.figure) for bound in pair)
    return actual / target


def due(one: Indicator) -> tuple[Decimal, Decimal] | None:
    """Least and most points that the printed target and actual give (R5.1-03); None where that cannot be told."""
    pair = _pair(one)
    if pair is None or one.weight is None or pair[1].figure.value <= 0:
        return None
    from jingban.forms.scoring import Direction, quantitative  # few forms print how they score

    actual, target = pair
    way: Direction = ">=" if target.at_least else "<=" if target.at_most else "="
    weight, goal = one.weight.number.value, target.figure.value
    ends = _exact(actual.figure)
    points = [
        quantitative(value, goal, weight, way).points or Decimal(0)
        for value in (ends.low, ends.point, ends.high)
        if value > 0 or way != "<="
    ]
    return (min(points), max(points)) if points else None


def _pair(one: Indicator) -> tuple[Bound, Bound] | None:
    actual, target = read_bound(one.actual), read_bound(one.target)
    if actual is None or target is None or not target.speaks_of(actual):
        return None
    return (actual, target) if comparable(actual.figure, target.figure) else None


def _exact(figure: Figure) -> Quantity:
    """Counts and whole percentages of a target are exact; what shows decimals was rounded to them."""
    return figure.quantity if figure.number.decimals else Quantity.exact(figure.value)


def counted(text: str, source: Source) -> Counted | None:
    """The statement in a text, or None."""
    found = _COUNTED.search(fold(text)) if "项指标" in text else None
    if found is None:
        return None
    short = tuple(filter(None, (found["short"] or "").split("、")))
    return Counted(int(found["all"]), int(found["full"]), short, source, found[0])


def applicable(form: Evaluation) -> list[Indicator]:
    """The indicators that are measured this year."""
    return [one for one in form.indicators if one.actual != _NOT_APPLICABLE]


def said_of(context: Context, form: Evaluation) -> Iterator[Counted]:
    """What the form itself and the sentences that name it say."""
    own = {table.form for table in form.tables}
    for table in context.document.tables():
        for cell in (cell for row in table.rows for cell in row if table.form in own):
            if cell is not None and not cell.inherited and (one := counted(cell.text, cell.source)):
                yield one
    heads = {form.name} if form.project else {form.name, "部门整体支出"}
    for paragraph in context.document.paragraphs():
        head = _HEAD.match(paragraph.text)
        if head and head[1] in heads and (one := counted(paragraph.text, paragraph.source)):
            yield one
