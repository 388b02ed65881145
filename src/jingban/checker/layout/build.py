"""One printed table to the tables of the document model: sections, aligned rows, columns, inherited groups."""

from __future__ import annotations

from msgspec.structs import replace

from jingban.checker.layout import repair, spans
from jingban.checker.layout.captions import Caption
from jingban.checker.layout.carry import carry_down
from jingban.checker.layout.columns import columns_of, paths
from jingban.checker.layout.raw import RawCell, RawTable
from jingban.checker.layout.sections import Row, Section, split, texts
from jingban.checker.layout.text import cell_text, is_numeric
from jingban.checker.layout.words import PAIR_LABEL
from jingban.checker.model import Cell, Note, Table
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_SECTION_UNIT = lazy(r"[(（](万元|亿元|千元|元)[)）]")


def build(raw: RawTable, caption: Caption, form: int, section: str) -> tuple[list[Table], list[Note]]:
    """Tables of one printed table, in order, and notes on what could not be aligned (I103) or recognised (I105)."""
    rows = spans.fold_code_columns([row for row in raw.rows if row])
    notes: list[Note] = []
    tables: list[Table] = []
    broken = _lost_cells(rows)
    if broken is not None:
        notes.append(
            Note("I103", _("表中有丢失或移位的单元格，该表按标签就近读取，相关核对标为未核"), broken.source)
        )
    for index, part in enumerate(split(rows)):
        table = _grid(part, notes) if part.is_grid else _form(part)
        if table is None:
            continue
        table.trusted = table.trusted and broken is None
        table.form, table.section_index, table.section = form, index, section
        table.title, table.title_source = caption.title, caption.source
        table.unit, table.number, table.year = table.unit or caption.unit, caption.number, caption.year
        table.caption = list(caption.lines)
        tables.append(table)
    if not any(table.part == "grid" for table in tables) and broken is None and len(rows) > 3:
        widest = max(len(row) for row in rows)
        numeric = sum(1 for row in rows for text in texts(row) if is_numeric(text))
        if widest > 4 and numeric > len(rows):
            notes.append(Note("I105", _("未能识别该表的表头，相关核对标为未核"), raw.source))
            for table in tables:
                table.trusted = False
    return tables, notes


def _lost_cells(rows: list[Row]) -> RawCell | None:
    """A cell that shows that cells are missing before it: a name label (项目名称) answered by a bare figure."""
    for row in rows:
        found = texts(row)
        for c, text in enumerate(found[:-1]):
            if PAIR_LABEL.match(text.replace(" ", "")) and "投资" not in text and is_numeric(found[c + 1]):
                following = found[c + 2] if c + 2 < len(found) else ""
                if following.endswith((":", "：")) or len(found) == 2:
                    return row[c]
    return None


def _form(part: Section) -> Table | None:
    rows = [[cell for cell in row if not cell.right] for row in part.body]
    rows = [row for row in rows if any(cell_text(cell.text) for cell in row)]
    if not rows:
        return None
    return Table(_cells(rows), rows[0][0].source, part="form", unit=_unit_in(rows))


def _unit_in(rows: list[Row]) -> str | None:
    for row in rows:
        for text in texts(row):
            matched = _SECTION_UNIT.search(text)
            if matched:
                return matched[1]
    return None


def _grid(part: Section, notes: list[Note]) -> Table | None:
    width = spans.width_of(part)
    header_ok = spans.align_header(part.header, width)
    trusted = header_ok
    extra = [row for row in part.body if len(row) == width + 1]
    if extra:
        repair.drop_extra_column(extra, width)
    repaired = repair.move_number_out_of_header(part)
    if repaired:
        message = _("表头中混入数字、后续列名右移一列，已按唯一解复位")
        notes.append(Note("I103", message, part.header[0][0].source))
    groups = _top_groups(part.header) if header_ok else []
    body: list[Row] = []
    for row in part.body:
        aligned = spans.align_body_row(row, width, groups)
        if aligned is None:
            trusted = False
            notes.append(Note("I103", _("该行单元格数与表头列数不符，无法唯一对齐"), row[0].source))
            aligned = row
        body.append(aligned)
    repair.join_label_and_value_rows(body)
    if header_ok:
        spans.drop_blank_columns(part.header, body)
    columns = columns_of(part.header, body) if header_ok else []
    for position, row in enumerate(body):
        fixed = repair.unshift_indicator_row(row, columns) or repair.align_total_row(row, columns)
        if fixed is not None:
            body[position] = fixed
    columns = columns_of(part.header, body) if header_ok else []
    if repair.looks_shifted(body, columns):
        trusted = False
        notes.append(
            Note("I103", _("下级指标名称落在右侧一列，疑似整体移位，相关核对标为未核"), body[0][0].source)
        )
    if not repaired and any(
        not column.path and c and any(is_numeric(t) and t.strip("0.") for t in _column_texts(body, c))
        for c, column in enumerate(columns)
    ):
        trusted = False
        notes.append(Note("I103", _("有数字的列没有表头，相关核对标为未核"), part.header[0][0].source))
    rows = _cells([*part.header, *body])
    table = Table(
        rows,
        part.header[0][0].source,
        header_rows=len(part.header),
        columns=columns,
        trusted=trusted,
        unit=_unit_in(part.header[:1]),
    )
    carry_down(columns, table.rows[table.header_rows :])
    return table


def _column_texts(body: list[Row], c: int) -> list[str]:
    return [cell_text(row[c].text) for row in body if c < len(row)]


def _top_groups(header: list[Row]) -> list[tuple[int, int]]:
    """Half-open column ranges under each word of the top header level (人员经费 | 公用经费)."""
    tops = [path[0] if path else "" for path in paths(header)]
    out: list[tuple[int, int]] = []
    for c, word in enumerate(tops):
        if out and tops[out[-1][0]] == word and word:
            out[-1] = (out[-1][0], c + 1)
        else:
            out.append((c, c + 1))
    return out


def _cells(rows: list[Row]) -> list[list[Cell | None]]:
    return [
        [
            Cell(
                cell_text(cell.text),
                cell.text,
                r,
                c,
                replace(cell.source),
                cell.rowspan,
                cell.colspan,
                inherited=cell.right or cell.down,
            )
            for c, cell in enumerate(row)
        ]
        for r, row in enumerate(rows)
    ]
