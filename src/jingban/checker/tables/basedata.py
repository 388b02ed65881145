"""Basic-data tables (部门整体支出绩效评价基础数据表): staff, three years of spending lines, control rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from jingban.checker.figures import Figure
from jingban.checker.model import Heading, Source, Table
from jingban.checker.tables.sheets import SheetPart, read_sheet
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_NUMBERED = lazy(r"^(\d+)[、.]")


class Line(Struct):
    """One row: last year's final, this year's budget and final; None: nothing (or a dash) printed."""

    label: str
    prior: Figure | None
    budget: Figure | None
    actual: Figure | None
    source: Source
    row: int
    parent: str = ""
    inner: bool = False
    """Below a numbered item (其中: …): not a direct part of the heading line."""


class BaseData(Struct):
    """One basic-data form."""

    title: str
    source: Source
    posts: Figure | None = None
    staff: Figure | None = None
    staff_rate: Figure | None = None
    lines: list[Line] = field(default_factory=list)
    trusted: bool = True
    tables: list[Table] = field(default_factory=list)

    def line(self, *words: str) -> Line | None:
        """The first line whose label has one of the words."""
        return next((one for one in self.lines if any(word in one.label for word in words)), None)


def base_data(context: Context) -> list[BaseData]:
    """Forms in order; the staff part and the spending part of one title belong together."""
    found: list[BaseData] = []
    open_form = False
    for block in context.document.blocks:
        if isinstance(block, Heading):
            open_form = False
        if not isinstance(block, Table):
            continue
        sheet = read_sheet(block)
        staff, spending = sheet.part("staff"), sheet.part("money")
        if staff is None and spending is None:
            continue
        if not open_form or (staff and found[-1].staff is not None) or (spending and found[-1].lines):
            found.append(BaseData(block.title, block.source))
            open_form = True
        form = found[-1]
        form.trusted = form.trusted and block.trusted
        form.tables.append(block)
        if staff is not None:
            _read_staff(form, staff)
        if spending is not None:
            form.lines.extend(_lines(block, spending))
    return found


def _read_staff(form: BaseData, part: SheetPart) -> None:
    for row in part.rows[:1]:
        form.posts, form.staff, form.staff_rate = (row.figure(key) for key in ("posts", "staff", "rate"))


def _lines(table: Table, part: SheetPart) -> list[Line]:
    """Rows with their figures; a numbered item belongs to the heading above it, what is under an item to the item."""
    found: list[Line] = []
    parent, under = "", False
    unit = table.unit or "万元"
    first = min(part.columns.values())
    for row in part.rows:
        head = next((cell for cell in row.row if cell and cell.text), None)
        if head is None or head.column >= first:
            continue
        label = head.text.replace(" ", "").rstrip(":")
        prior, budget, actual = (row.figure(key, unit) for key in ("last", "budget", "actual"))
        line = Line(label, prior, budget, actual, head.source, head.row)
        if _NUMBERED.match(label):
            line.parent, under = parent, True
        elif label.startswith("其中"):
            line.parent, line.inner = parent, under
        elif row.key:
            parent, under = label, False
        else:
            line.parent, line.inner = parent, under
        found.append(line)
    return found
