"""The report as an editable Word document: heading styles, a contents field, real tables with repeated header rows.

Tables are built as XML: python-docx is slow cell by cell. Every font names its East Asian face, cells have a paragraph
style of their own, and first-line indents are given twice, because Word and LibreOffice each read another attribute.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from jingban.disclosure.grid import Cell, Grid
from jingban.disclosure.model import Block, Chart, Heading, Report, Table, Text
from jingban.disclosure.output.html import contents, part_lines
from jingban.values.i18n import document as _

SONG, HEI, FANG, KAI = "宋体", "黑体", "仿宋", "楷体"
FIXED_DATE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no zone; the same input must give the same file
TWIPS_MM = 56.7
PAGES = {
    "tall": (210, 297, (37, 26, 35, 28)),
    "wide": (297, 210, (20, 20, 18, 20)),
    "large": (420, 297, (20, 18, 18, 18)),
}
"""Kind of page → width, height and margins (top, right, bottom, left) in mm."""
ROWS = {"tall": 30, "wide": 24, "large": 30}
"""Kind of page → rows that fit on it in the usual size; a table of more is set small."""
TALL_ROWS = 40
"""Rows of small print that fill an upright page without being crowded."""


def docx(report: Report) -> bytes:
    """The whole document."""
    document = Document()
    _styles(document)
    _page(document.sections[0])
    state = _State(document)
    if report.contents:
        _cover(document, report)
        _contents(document, report)
    else:
        state.start(report)
    for block in report.blocks:
        state.add(block)
    properties = document.core_properties
    properties.author, properties.title = report.owner, "".join(report.title)
    properties.created = properties.modified = FIXED_DATE
    properties.last_modified_by, properties.language = "", "zh-CN"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _State:
    """Adds blocks; a table turned sideways stands in a section of its own."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.page = "tall"
        self.fresh = False

    def start(self, report: Report) -> None:
        """A document of one table has no cover: its first page is turned as the table needs it."""
        first = report.blocks[0] if report.blocks else None
        if isinstance(first, Table):
            self.page = _page_of(first)
            _page(self.document.sections[0], self.page)
        self.fresh = True

    def add(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
            return
        self._turn("tall")
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Text):
            _paragraph(
                self.document,
                block.plain,
                {"center": "JBCenter", "right": "JBRight"}.get(block.align, "JBBody"),
            )
        else:
            _chart(self.document, block)
        self.fresh = False

    def _heading(self, block: Heading) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {block.level}")
        for number, line in enumerate(part_lines(block.text) if block.level == 1 else [block.text]):
            run = paragraph.add_run()
            if number:
                run.add_break()
            run.add_text(line)
        if block.level == 1 and not self.fresh:
            paragraph.paragraph_format.page_break_before = True

    def _turn(self, page: str) -> None:
        if page != self.page:
            _page(self.document.add_section(), page)
            self.page = page
            self.fresh = True

    def _table(self, table: Table) -> None:
        page = _page_of(table)
        self._turn(page)
        title = self.document.add_paragraph(
            table.title, style="JBTableTitle" if not table.own_page else "Heading 5"
        )
        title.paragraph_format.page_break_before = table.own_page and not self.fresh
        width = PAGES[page][0] - PAGES[page][2][1] - PAGES[page][2][3]
        if table.number:
            _paragraph(self.document, table.number, "JBTableMetaRight")
        if table.owner or table.unit:
            meta = self.document.add_paragraph(style="JBTableMeta")
            meta.paragraph_format.tab_stops.add_tab_stop(Mm(width), alignment=2)  # right
            owner = _("部门：%(name)s") % {"name": table.owner} if table.owner else ""
            meta.add_run(
                f"{owner}\t{_('金额单位：%(unit)s') % {'unit': table.unit}}" if table.unit else owner
            )
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(_table_xml(table.grid, width, _cell_style(table.grid, page))))
        for note in table.notes:
            _paragraph(self.document, note, "JBTableNote")
        if not table.notes:
            _paragraph(self.document, "", "JBTableNote")
        self.fresh = False


def _cell_style(grid: Grid, page: str) -> str:
    rows = len(grid.rows)
    if rows <= ROWS[page] and grid.width <= 20:
        return "JBCell"
    return "JBCellTall" if page == "tall" and rows <= TALL_ROWS else "JBCellDense"


def _page_of(table: Table) -> str:
    return "large" if table.large else "wide" if table.landscape else "tall"


# -- styles and pages ----------------------------------------------------------------------------------------------------


def _font(style: Any, face: str, size: float, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), face)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")


def _styles(document: Any) -> None:
    _font(document.styles["Normal"], FANG, 15.8)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # else readers without these fonts take a Japanese face
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)
    for level, face, size in ((1, SONG, 22), (2, HEI, 16), (3, KAI, 15.8), (4, FANG, 15.8), (5, SONG, 16)):
        style = document.styles[f"Heading {level}"]
        _font(style, face, size, bold=level in (1, 4, 5))
        style.font.italic = False
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(0), Pt(12 if level == 1 else 0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(36 if level == 1 else 28.95)
        shape.keep_with_next = True
        if level in (1, 5):
            shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            _indent(style)
    made = (
        ("JBBody", FANG, 15.8, WD_ALIGN_PARAGRAPH.JUSTIFY), ("JBCenter", FANG, 15.8, WD_ALIGN_PARAGRAPH.CENTER),
        ("JBRight", FANG, 15.8, WD_ALIGN_PARAGRAPH.RIGHT), ("JBCover", SONG, 26, WD_ALIGN_PARAGRAPH.CENTER),
        ("JBContents", SONG, 12, WD_ALIGN_PARAGRAPH.LEFT), ("JBContentsTitle", SONG, 20, WD_ALIGN_PARAGRAPH.CENTER),
        ("JBTableTitle", SONG, 14, WD_ALIGN_PARAGRAPH.CENTER), ("JBTableMeta", SONG, 10, WD_ALIGN_PARAGRAPH.LEFT),
        ("JBTableMetaRight", SONG, 10, WD_ALIGN_PARAGRAPH.RIGHT), ("JBTableNote", SONG, 9, WD_ALIGN_PARAGRAPH.LEFT),
        ("JBCell", SONG, 9, WD_ALIGN_PARAGRAPH.LEFT), ("JBCellDense", SONG, 7.5, WD_ALIGN_PARAGRAPH.LEFT), ("JBCellTall", SONG, 7.5, WD_ALIGN_PARAGRAPH.LEFT), ("JBPageNumber", SONG, 10.5, WD_ALIGN_PARAGRAPH.CENTER),
    )  # fmt: skip
    for name, face, size, align in made:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _font(style, face, size, bold=name in ("JBCover", "JBTableTitle", "JBContentsTitle"))
        shape = style.paragraph_format
        shape.alignment, shape.space_before, shape.space_after = align, Pt(0), Pt(0)
        if name in ("JBBody", "JBCenter", "JBRight"):
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.95)
        if name == "JBBody":
            _indent(style)
            shape.keep_together = True
        if name.startswith("JBTable") and name != "JBTableNote":
            shape.keep_with_next = True  # a title never stands alone at the foot of a page
        if name in (
            "JBCellDense",
            "JBCellTall",
        ):  # forty rows and their head fit on a turned, on an upright page
            shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            shape.line_spacing = Pt(9.2 if name == "JBCellDense" else 13.5)
        if name == "JBCover":
            shape.line_spacing = 1.6
        if name == "JBContents":
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(17)


def _indent(style: Any) -> None:
    """Two characters: ``firstLineChars`` for Word, ``firstLine`` for LibreOffice."""
    found = style.element.get_or_add_pPr().get_or_add_ind()
    found.set(qn("w:firstLineChars"), "200")
    found.set(qn("w:firstLine"), "632")


def _page(section: Any, kind: str = "tall") -> None:
    width, height, margins = PAGES[kind]
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)
    section.footer_distance = Mm(25 if kind == "tall" else 10)
    section.different_first_page_header_footer = False
    footer = section.footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "JBPageNumber"
    if not paragraph.runs:
        paragraph.add_run("— ")
        _field(paragraph, "PAGE", "1")
        paragraph.add_run(" —")


def _field(paragraph: Any, code: str, shown: str) -> None:
    _mark(paragraph, "begin")
    _instruct(paragraph, code)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruct(paragraph: Any, code: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)


def _paragraph(document: Any, text: str, style: str) -> Any:
    return document.add_paragraph(text, style=style)


def _cover(document: Any, report: Report) -> None:
    document.sections[0].different_first_page_header_footer = True
    for number, line in enumerate(report.title):
        paragraph = _paragraph(document, line, "JBCover")
        if not number:
            paragraph.paragraph_format.space_before = Pt(180)


def _contents(document: Any, report: Report) -> None:
    """A field Word fills on opening (F9); its first content is the list of headings, so that other readers see it too."""
    title = _paragraph(document, _("目录"), "JBContentsTitle")
    title.paragraph_format.page_break_before = True
    lines = list(contents(report))
    for number, (level, text) in enumerate(lines):
        paragraph = _paragraph(document, "", "JBContents")
        if level == 2:
            paragraph.paragraph_format.left_indent = Pt(24)
        if number == 0:
            _mark(paragraph, "begin")
            _instruct(paragraph, 'TOC \\o "1-2" \\t "Heading 5,2" \\h \\z \\u')
            _mark(paragraph, "separate")
        paragraph.add_run(text)
        if number == len(lines) - 1:
            _mark(paragraph, "end")


# -- tables --------------------------------------------------------------------------------------------------------------


def _table_xml(grid: Grid, width_mm: float, style: str = "JBCell") -> str:
    whole = sum(grid.widths)
    widths = [round(width / whole * width_mm * TWIPS_MM) for width in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_row_xml(grid, index, widths, style) for index in range(len(grid.rows)))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row_xml(grid: Grid, index: int, widths: list[int], style: str) -> str:
    head = "<w:tblHeader/>" if index < grid.head_rows else ""
    cells = "".join(_cells_xml(grid, index, widths, style))
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _cells_xml(grid: Grid, index: int, widths: list[int], style: str) -> list[str]:
    made: list[str] = []
    column = 0
    row = grid.rows[index]
    while column < len(row):
        cell = row[column]
        if cell is not None:
            merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
            made.append(_cell_xml(cell, cell.text, sum(widths[column : column + cell.colspan]), merge, style))
            column += cell.colspan
            continue
        above = _covering(grid, index, column)
        if above is None:
            made.append(_cell_xml(Cell(), "", widths[column], "", style))
            column += 1
        else:
            made.append(
                _cell_xml(above, "", sum(widths[column : column + above.colspan]), "<w:vMerge/>", style)
            )
            column += above.colspan
    return made


def _covering(grid: Grid, index: int, column: int) -> Cell | None:
    for up in range(1, index + 1):
        cell = grid.rows[index - up][column]
        if cell is not None:
            return cell if cell.rowspan > up else None
    return None


def _cell_xml(cell: Cell, text: str, width: int, merge: str, style: str) -> str:
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>' if cell.kind == "head" else ""
    align = {"amount": "right", "label": "left", "text": "left"}.get(cell.kind, "center")
    indent = f'<w:ind w:left="{cell.indent * 160}"/>' if cell.indent else ""
    bold = "<w:rPr><w:b/></w:rPr>" if cell.kind in ("head", "total") else ""
    run = f'<w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{indent}<w:jc w:val="{align}"/></w:pPr>{run}</w:p></w:tc>'
    )


def _chart(document: Any, chart: Chart) -> None:
    """The figures of a chart as a small table: Word needs no picture to be told the same."""
    document.add_paragraph(chart.title, style="JBTableTitle").paragraph_format.space_before = Pt(8)
    head: list[Cell | None] = [Cell(_("项目"), "head"), *(Cell(name, "head") for name in chart.series)]
    if len(chart.series) == 1:
        head[1] = Cell(_("金额"), "head")
    rows: list[list[Cell | None]] = [head]
    rows += [
        [Cell(bar.label, "label"), *(Cell(text, "amount") for text in bar.printed)] for bar in chart.bars
    ]
    grid = Grid(rows, 1, [30.0, *[16.0] * len(chart.series)])
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(_table_xml(grid, 120)))
    _paragraph(document, "", "JBTableNote")
