"""DOCX numbers, merges, deletions and frames; XLSX number formats; HTML oddities; lazy imports."""

from __future__ import annotations

import io
import subprocess
import sys

import docx
import xlsxwriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from jingban.checker.layout.text import normalise
from jingban.checker.model import Heading, Table
from jingban.checker.readers import read_bytes
from jingban.checker.readers.docx_numbering import chinese, formatted
from jingban.checker.readers.xlsx_formats import printed


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def test_automatic_numbers_are_printed() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (kind, text) in enumerate(
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
        )
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in [
        ("收入情况说明", 0),
        ("总体情况", 1),
        ("具体情况", 1),
        ("支出情况说明", 0),
        ("总体情况", 1),
        ("人员经费", 2),
    ]:
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    found = read_bytes(saved(document))
    assert [block.text for block in found.blocks if isinstance(block, Heading)] == [
        "一、收入情况说明", "（一）总体情况", "（二）具体情况", "二、支出情况说明", "（一）总体情况", "1.人员经费",
    ]  # fmt: skip
    assert [chinese(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
    assert formatted(3, "decimalEnclosedCircle") == "③"


def test_deleted_text_field_codes_and_frames() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("支出")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    run.append(parse_xml(f"<w:delText {nsdecls('w')}>99.99</w:delText>"))
    deleted.append(run)
    paragraph._p.append(deleted)
    paragraph.add_run("12.50万元，均为基本支出。")
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "框内的一段说明文字，不是表格。"
    found = read_bytes(saved(document))
    assert [block.text for block in found.paragraphs()] == [
        "支出12.50万元，均为基本支出。",
        "框内的一段说明文字，不是表格。",
    ]
    assert list(found.tables()) == []
    assert [block.source.paragraph for block in found.paragraphs()] == [1, 2]
    body = document.element.body
    assert "".join(t.text for t in list(body.iter(qn("w:p")))[1].iter(qn("w:t"))).startswith("框内")


def test_figures_of_a_workbook_have_their_printed_decimals() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("决算")
    hidden = book.add_worksheet("草稿")
    hidden.hide()
    hidden.write_string(0, 0, "不公开的内容")
    two, comma, percent = (book.add_format({"num_format": code}) for code in ("0.00", "#,##0.00_ ", "0.0%"))
    for c, word in enumerate(["项目", "金额", "执行数", "执行率"]):
        sheet.write_string(0, c, word)
    sheet.write_string(1, 0, "甲")
    sheet.write_number(1, 1, 150.6, two)
    sheet.write_number(1, 2, 1234567.891, comma)
    sheet.write_number(1, 3, 0.8984, percent)
    sheet.write_string(2, 0, "乙")
    sheet.write_number(2, 1, 0, two)
    sheet.write_number(2, 2, 12)
    sheet.write_number(2, 3, 1.5)
    book.close()
    (table,) = read_bytes(buffer.getvalue()).tables()
    assert [[cell.text if cell else "" for cell in row] for row in table.body()] == [
        ["甲", "150.60", "1,234,567.89", "89.8%"],
        ["乙", "0.00", "12", "1.5"],
    ]
    cell = table.cell(1, 2)
    assert cell is not None
    assert (cell.source.sheet, cell.source.cell) == ("决算", "C2")
    assert printed(45000.0, "yyyy-mm-dd") is None
    assert printed(-2.345, "#,##0.00;[Red]-#,##0.00") == "-2.35"


def test_layout_tables_scripts_and_hidden_parts_of_a_page() -> None:
    page = """<html><head><meta charset="gb2312"><title>题</title><script>var a = "1.00万元";</script></head><body>
    <table><tr><td><p>一、收入情况说明</p><p>本年收入<b>12.50</b>万元。</p>
    <table><tr><td>项目</td><td>金额</td></tr><tr><td>甲</td><td>12.50</td></tr></table></td></tr></table>
    <div style="display:none">隐藏文字</div><p>完毕。<br>另起一行。</p></body></html>"""
    document = read_bytes(page.encode("gb2312"))
    texts = [normalise(block.text) for block in document.blocks if not isinstance(block, Table)]
    assert texts == ["一、收入情况说明", "本年收入12.50万元。", "完毕。", "另起一行。"]
    (table,) = document.tables()
    assert [cell.text for row in table.rows for cell in row if cell] == ["项目", "金额", "甲", "12.50"]


def test_markdown_marks_are_not_text() -> None:
    document = read_bytes(
        "# 第一部分 概况\n\n**支出**为3万元。\n\n| 项目 | 金额 |\n|---|---:|\n| 甲\\|乙 | 3.00 |\n".encode(),
        "",
        ".md",
    )
    assert document.format == "md"
    assert [block.text for block in document.blocks if not isinstance(block, Table)] == [
        "第一部分 概况",
        "支出为3万元。",
    ]
    (table,) = document.tables()
    assert [cell.text for row in table.rows for cell in row if cell] == ["项目", "金额", "甲|乙", "3.00"]


def test_reading_a_text_loads_no_heavy_library() -> None:
    code = (
        "import sys; from jingban.checker.readers import read_bytes; read_bytes('一、说明\\n支出3万元。\\n'.encode());"
        "print([m for m in ('pdfplumber','pypdfium2','lxml','docx','python_calamine','olefile','opencc','charset_normalizer','django') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
