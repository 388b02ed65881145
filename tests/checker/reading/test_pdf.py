"""PDF: rotated pages, missing outer rules, tables over pages, rows cut by the page end, furniture, unruled tables."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject

from jingban.checker.model import Document, Table
from jingban.checker.readers import read_bytes
from tests.checker.reading import canon
from tests.checker.reading.examples import INCOME, REPORT, SELF_EVALUATION, TOTALS
from tests.checker.reading.writers import Form, Head, Item, Text, write_html, write_pdf


def same(document: Document, items: list[Item]) -> None:
    reference = read_bytes(write_html(items))
    assert canon.tables(document) == canon.tables(reference)
    assert canon.words(document) == canon.words(reference)


def turned(data: bytes, degrees: int) -> bytes:
    """The same visible pages, stored lying down with ``/Rotate``: what landscape exports look like."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        # The stored content is turned against the clock, so that /Rotate brings it upright again.
        page.add_transformation(Transformation().rotate(degrees).translate(*_shift(degrees, width, height)))
        box = (0, 0, height, width) if degrees in (90, 270) else (0, 0, width, height)
        page.mediabox = page.cropbox = RectangleObject(box)
        page.rotate(degrees)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _shift(degrees: int, width: float, height: float) -> tuple[float, float]:
    return {90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[degrees]


def test_rotated_pages_read_as_upright_ones_and_boxes_lie_on_the_stored_page() -> None:
    plain = write_pdf(REPORT)
    upright = read_bytes(plain)
    for degrees in (90, 180, 270):
        document = read_bytes(turned(plain, degrees))
        assert canon.tables(document) == canon.tables(upright)
        assert canon.words(document) == canon.words(upright)
    lying = read_bytes(turned(plain, 90))
    first, again = next(upright.tables()), next(lying.tables())
    assert first.source.box is not None
    assert again.source.box is not None
    wide = first.source.box[2] - first.source.box[0]
    assert abs(again.source.box[3] - again.source.box[1] - wide) < 1


def test_missing_outer_rules_are_drawn_in() -> None:
    style = "td:first-child { border-left: none } td:last-child { border-right: none }"
    items: list[Item] = [
        Head("一、收入情况说明"),
        INCOME,
        Text("以上为收入情况的全部内容，共计八百一十二万元整。"),
    ]
    same(read_bytes(write_pdf(items, style=style)), items)


def long_table(rows: int) -> Form:
    grid: list[list[object]] = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    grid += [
        [f"2080{row:03d}", f"社会保险事务{row}", f"{row}.50", f"{row}.25", "0.25"] for row in range(rows)
    ]
    return Form(grid, ("支出决算表", "公开03表", "单位：万元"))  # type: ignore[arg-type]


def test_a_table_over_three_pages_is_one_table() -> None:
    items: list[Item] = [long_table(90), Text("以上为支出情况的全部内容，共计八百一十二万元整。")]
    document = read_bytes(
        write_pdf(
            items, style="tr:first-child { break-after: avoid } @bottom-center { content: counter(page) }"
        )
    )
    assert document.pages > 2
    same(document, items)
    (table,) = document.tables()
    last = table.cell(len(table.rows) - 1, 0)
    assert last is not None
    assert last.source.page == document.pages


def test_a_header_repeated_on_each_page_is_dropped_and_page_numbers_too() -> None:
    form = long_table(70)
    html = (
        write_html([form])
        .decode()
        .replace("<table>\n<tr>", "<table><thead><tr>")
        .replace("</tr>", "</tr></thead>", 1)
    )
    style = "@page { size: A4; @bottom-center { content: '— ' counter(page) ' —' } @top-center { content: '某中心部门决算' } } table { border-collapse: collapse } td { border: 1px solid }"
    import weasyprint

    document = read_bytes(
        weasyprint.HTML(string=html.replace("<style></style>", f"<style>{style}</style>")).write_pdf()
    )
    (table,) = document.tables()
    assert len(table.body()) == 70
    assert canon.words(document) == []


def test_a_row_cut_by_the_page_end_is_whole_again() -> None:
    import weasyprint

    words = "一是加强宣传引导，二是规范业务流程，三是强化基金监管，" * 30
    rows = "".join(f"<tr><td>第{n}项</td><td>{n}.50</td><td>按计划完成。</td></tr>" for n in range(20))
    cut = f"<tr><td>第三十项</td><td>7.50</td><td>{words}完毕。</td></tr>"
    page = (
        "<style>@page{size:A4} table{border-collapse:separate;border-spacing:0;width:100%;border-top:1px solid} td{border-left:1px solid;"
        "border-bottom:1px solid;width:30%} td:last-child{border-right:1px solid} td{box-decoration-break:slice}</style>"
        f"<p>工作情况表</p><table><tr><td>工作名称</td><td>金额</td><td>完成情况</td></tr>{rows}{cut}</table>"
    )
    document = read_bytes(weasyprint.HTML(string=page).write_pdf())
    assert document.pages == 2
    (table,) = document.tables()
    assert len(table.body()) == 21
    last = table.cell(len(table.rows) - 1, 2)
    assert last is not None
    assert canon.normalise(last.text) == canon.normalise(words + "完毕。")


def test_unruled_tables_are_noted_and_never_read_as_sentences() -> None:
    items: list[Item] = [
        Head("一、收支情况说明"),
        TOTALS,
        Text("以上为收支情况的全部内容，共计八百一十二万元整。"),
    ]
    document = read_bytes(write_pdf(items, style="td { border: none }"))
    assert {note.code for note in document.notes} == {"I105"}
    assert all(not table.trusted for table in document.tables())
    assert not any("812.30" in text for text in canon.words(document))


def test_forms_with_merged_cells_keep_their_parts() -> None:
    same(read_bytes(write_pdf([Head("附件1", 1), SELF_EVALUATION])), [Head("附件1", 1), SELF_EVALUATION])


def test_cells_know_their_page_and_box() -> None:
    document = read_bytes(write_pdf(REPORT))
    table = next(one for one in document.tables() if isinstance(one, Table) and one.part == "grid")
    cell = table.cell(table.header_rows, 0)
    assert cell is not None
    assert cell.source.page == 1
    x0, top, x1, bottom = cell.source.box or (0, 0, 0, 0)
    assert 0 < x0 < x1 < 842
    assert 0 < top < bottom < 595
