"""Every way out, on a real document: JSON against its schema, SARIF, HTML, CSV, XLSX, annotated PDF and DOCX, terminal."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from python_calamine import CalamineWorkbook

from benchmarks.checker import formats
from benchmarks.checker.generator import document
from benchmarks.checker.inject_text import TEXT
from jingban.checker.model import Source
from jingban.checker.output import annotate_docx, annotate_pdf, html, json_, letter, sarif, tables, terminal
from jingban.checker.output.grouped import groups
from jingban.checker.output.quote import crop, span
from jingban.checker.project import Project, Suppression
from jingban.checker.result import FINDING_KEYS, FURTHER_KEYS, FileResult
from jingban.checker.rule import Problem
from jingban.checker.run import Report
from jingban.checker.service import check_file
from jingban.checker.suggest import suggestion

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/reference/check-output.schema.json").read_text("utf-8")
)
TODAY = date(2026, 1, 1)


def checked(
    folder: Path, suffix: str = "txt", project: Project | None = None
) -> tuple[Path, Report, FileResult]:
    """A clean document with one share spoiled, read from a file of the format."""
    spoiled = TEXT["N101"](document(6, "final", "T"), random.Random(1))
    assert spoiled is not None
    path = formats.write(spoiled.doc, folder / f"report.{suffix}")
    return path, *check_file(path, project or Project(), TODAY)


def test_json_is_as_published(tmp_path: Path) -> None:
    path, _report, flat = checked(tmp_path)
    data = json.loads(json_.render([flat, FileResult("x.pdf", unreadable="扫描件")]))
    jsonschema.validate(data, SCHEMA)
    first = data["files"][0]
    assert first["checkable"] == first["verified"] + sum(one["count"] for one in first["unverified"])
    finding = next(one for one in first["findings"] if one["code"] == "N101")
    assert list(finding) == [*FINDING_KEYS, *FURTHER_KEYS]
    line = path.read_text("utf-8").split("\n")[finding["line"] - 1]
    assert finding["stated"] in line
    assert finding["stated"] != finding["expected"]


def test_results_survive_being_stored(tmp_path: Path) -> None:
    _path, _report, flat = checked(tmp_path)
    flat.findings[0]["difference"] = Decimal("-4.5")
    again = FileResult.restored(flat.stored())
    assert again == flat


def test_sarif(tmp_path: Path) -> None:
    hidden = Project(suppressions=(Suppression("已说明", "李", code="N101"),))
    shown = json.loads(sarif.render([checked(tmp_path)[2]]))
    assert shown["version"] == "2.1.0"
    run = shown["runs"][0]
    results = run["results"]
    assert [one["ruleId"] for one in results if one["level"] == "error"] == ["N101"]
    for one in results:
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
        where = one["locations"][0]["physicalLocation"]
        assert where["region"]["startLine"] >= 1
        assert where["artifactLocation"]["index"] == 0
    quiet = json.loads(sarif.render([checked(tmp_path, project=hidden)[2]]))["runs"][0]["results"]
    assert [one["suppressions"][0]["justification"] for one in quiet if "suppressions" in one] == [
        "已说明（李）"
    ]


@pytest.mark.parametrize("suffix", ["txt", "docx"])
def test_html_holds_the_whole_document_and_marks_the_figure(tmp_path: Path, suffix: str) -> None:
    import lxml.html

    _path, report, flat = checked(tmp_path, suffix)
    page = html.render(report, flat)
    assert "http" not in page.replace("http-equiv", "")
    tree = lxml.html.fromstring(page)
    number = next(at for at, one in enumerate(flat.findings, start=1) if one["code"] == "N101")
    mark = tree.get_element_by_id(f"f{number}")
    assert mark.text == flat.findings[number - 1]["stated"]
    text = "".join(tree.get_element_by_id("doc").itertext())
    for block in report.document.paragraphs():
        stripped = "".join(block.text.split())
        assert stripped[:12] in "".join(text.split())
    assert len(tree.find_class("card")) == len(flat.findings)


def test_html_escapes_what_the_document_says(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        "2020年度部门决算\n\n<script>alert(1)</script>本年支出合计100万元，其中基本支出60万元，占70%。\n",
        encoding="utf-8",
    )
    report, flat = check_file(path, Project(), TODAY)
    assert "<script>alert" not in html.render(report, flat)


def test_tables_are_defused_and_complete(tmp_path: Path) -> None:
    flat = checked(tmp_path)[2]
    flat.agency = "=cmd()"
    text = tables.render_csv([flat])
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text[1:])))
    assert len(read) == 1 + len(flat.findings)
    assert {row[1] for row in read[1:]} == {"'=cmd()"}
    target = tmp_path / "out.xlsx"
    tables.write_xlsx([flat], target)
    book = CalamineWorkbook.from_path(str(target))
    assert book.sheet_names == ["汇总", "发现", "文件", "按单位", "按年度", "按规则"]
    assert len(book.get_sheet_by_name("发现").to_python()) == 1 + len(flat.findings)
    assert book.get_sheet_by_name("按单位").to_python()[1][0] == "=cmd()"


def test_a_pdf_copy_has_a_highlight_at_the_figure(tmp_path: Path) -> None:
    import pypdfium2
    from pypdf import PdfReader

    path, report, flat = checked(tmp_path, "pdf")
    target = tmp_path / "copy.pdf"
    placed = annotate_pdf.write(report, path, target)
    assert placed == len(flat.findings)
    finding = next(one for one in flat.findings if one["code"] == "N101")
    page = PdfReader(target).pages[finding["page"] - 1]
    notes = [note.get_object() for note in page["/Annots"]]
    contents = [str(note["/Contents"]) for note in notes if note["/Subtype"] == "/Highlight"]
    assert any("N101" in text and finding["message"] in text for text in contents)
    note = next(note for note in notes if "N101" in str(note["/Contents"]))
    left, bottom, right, top = (float(edge) for edge in note["/Rect"])
    with pypdfium2.PdfDocument(path) as pdf:
        marked = pdf[finding["page"] - 1].get_textpage().get_text_bounded(left, bottom, right, top)
    assert marked.strip() == finding["stated"]


def test_a_docx_copy_has_a_comment_in_the_paragraph(tmp_path: Path) -> None:
    import docx

    path, report, flat = checked(tmp_path, "docx")
    target = tmp_path / "copy.docx"
    placed = annotate_docx.write(report, path, target)
    assert placed == len(flat.findings)
    copy = docx.Document(str(target))
    assert any("N101" in comment.text for comment in copy.comments)
    number = next(one.problem.source.paragraph for one in report.findings if one.code == "N101")
    assert number
    stated = next(one["stated"] for one in flat.findings if one["code"] == "N101")
    from docx.oxml.ns import qn

    paragraph = list(copy.element.body.iter(qn("w:p")))[number - 1]
    assert stated in "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
    assert paragraph.findall(qn("w:commentRangeStart"))


def test_terminal_underlines_and_accounts(tmp_path: Path) -> None:
    flat = checked(tmp_path)[2]
    out = io.StringIO()
    terminal.print_file(flat, file=out)
    text = out.getvalue()
    finding = next(one for one in flat.findings if one["code"] == "N101")
    assert f"report.txt:{finding['line']}" in text
    assert "^" * len(finding["stated"]) in text
    assert f"应为 {finding['expected']}" in text
    missed = flat.checkable - flat.verified
    assert f"可核 {flat.checkable}，已核 {flat.verified}（其中不符 {flat.wrong}），未核 {missed}" in text
    assert "\x1b[" not in text


def test_info_is_folded() -> None:
    finding = dict.fromkeys((*FINDING_KEYS, *FURTHER_KEYS)) | {
        "code": "N101",
        "name": "n",
        "severity": "info",
        "message": "小事一桩",
        "quote": "",
        "related_lines": [],
        "details": [],
        "merged": [],
    }
    one = FileResult("x.txt", checkable=1, verified=1, findings=[finding])
    for show, wanted in ((False, False), (True, True)):
        out = io.StringIO()
        terminal.print_file(one, show_info=show, file=out)
        assert ("小事一桩" in out.getvalue()) is wanted
        assert ("提示 1" in out.getvalue()) is not wanted


@pytest.mark.parametrize(
    ("quote", "stated", "found"),
    [
        ("支出1234.50万元，占12.5%", "12.5%", "12.5%"),
        ("支出1,234.50万元", "1234.50", "1,234.50"),
        ("支出１２.５万元", "12.5", "１２.５"),
        ("支出112.5万元，占12.5%", "12.5%", "12.5%"),
        ("支出12.5万元", "12.5万元", "12.5万元"),
        ("支出12.5万元", "99", None),
        ("支出12.5万元", None, None),
    ],
)
def test_the_figure_is_found_in_the_quote(quote: str, stated: str | None, found: str | None) -> None:
    where = span(quote, stated)
    assert (quote[slice(*where)] if where else None) == found
    text, moved = crop("前" * 60 + quote + "后" * 60, (where[0] + 60, where[1] + 60) if where else None)
    if moved:
        assert text[slice(*moved)] == found


def test_a_difference_is_written_digit_by_digit() -> None:
    finding = dict.fromkeys((*FINDING_KEYS, *FURTHER_KEYS)) | {"difference": Decimal("12345678901234567.89")}
    text = json_.render([FileResult("x.txt", findings=[finding])])
    assert '"difference": 12345678901234567.89' in text


def test_the_worst_kind_comes_first_and_one_line_a_finding_is_enough(tmp_path: Path) -> None:
    _path, _report, flat = checked(tmp_path)
    wrong = next(one for one in flat.findings if one["code"] == "N101")
    mild = {**wrong, "severity": "warning", "code": "N102", "fingerprint": "0" * 16, "line": 1}
    twice = {**wrong, "code": "T101", "line": 2}
    flat.findings = [mild, wrong, twice, {**twice, "line": 9}]
    assert [group[0]["code"] for group in groups(flat.findings)] == ["T101", "N101", "N102"]
    out = io.StringIO()
    terminal.print_quiet(flat, file=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 4
    assert ":2: 错误 T101 " in lines[0]
    assert ":1: 警告 N102 " in lines[3]
    out = io.StringIO()
    terminal.print_file(flat, file=out)
    shown = out.getvalue()
    assert shown.count("（2 处）") == 1
    assert shown.index("T101") < shown.index("N101") < shown.index("N102")


def test_a_suggestion_is_the_sentence_put_right(tmp_path: Path) -> None:
    path, _report, flat = checked(tmp_path)
    wrong = next(one for one in flat.findings if one["code"] == "N101")
    assert wrong["suggestion"] == wrong["quote"].replace(wrong["stated"], wrong["expected"])
    text = path.read_text("utf-8").replace(wrong["stated"], wrong["expected"])
    path.write_text(text, encoding="utf-8")
    mended = check_file(path, Project(), TODAY)[1]
    assert "N101" not in {one["code"] for one in mended.findings}  # taken over, the finding is gone


@pytest.mark.parametrize(
    ("quote", "stated", "expected", "right"),
    [
        ("支出占 7 0.00％，", "70.00%", "60.00%", "支出占 60.00%，"),
        ("共1,745.16万元", "1745.16万元", "1,745.00万元", "共1,745.00万元"),
        ("占70.00%", "70.00%", "不超过 60.00%", None),
        ("占70.00%", None, "60.00%", None),
        ("占比", "70.00%", "60.00%", None),
        ("占70.00%", "70.00%", "40.00%或50.00%", None),
    ],
)
def test_suggestions_keep_the_unit_or_are_not_made(
    quote: str, stated: str | None, expected: str, right: str | None
) -> None:
    assert suggestion(Problem("m", Source(), quote, ("k",), stated, expected)) == right


def test_the_letter_lists_place_sentence_figure_and_what_it_should_be(tmp_path: Path) -> None:
    import docx

    _path, _report, flat = checked(tmp_path)
    told = letter.write([flat, FileResult("clean.txt", verified=5)], tmp_path / "函.docx", TODAY)
    made = docx.Document(str(tmp_path / "函.docx"))
    listed = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows[1:]]
    assert told == len(listed) == len([one for one in flat.findings if one["severity"] != "info"])
    wrong = next(one for one in flat.findings if one["code"] == "N101")
    row = next(row for row in listed if row[3] == wrong["stated"])
    assert row[1].startswith(f"第{wrong['line']}行")
    assert (row[2], row[4]) == (" ".join(wrong["quote"].split()), wrong["expected"])
    assert wrong["details"][0] in row[5]
    assert wrong["suggestion"] in row[5]
    everything = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert f"{flat.agency}：" in everything
    assert "2026年1月1日" in everything
    assert "clean.txt" not in everything


def test_the_workbook_of_a_corpus_begins_with_agency_year_and_kind_and_links(tmp_path: Path) -> None:
    import zipfile

    path, _report, flat = checked(tmp_path)
    clean = FileResult(str(tmp_path / "b.txt"), agency="乙局", year=2019, kinds=("budget",), verified=3)
    tables.write_xlsx([clean, flat], tmp_path / "汇总.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "汇总.xlsx"))
    first = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert book.sheet_names[0] == "汇总"
    assert first[1][:4] == [flat.agency, str(flat.year), "部门决算、绩效自评", 1]
    assert first[1][4] == flat.count("error")
    assert first[2][:3] == ["乙局", "2019", "部门预算"]
    with zipfile.ZipFile(tmp_path / "汇总.xlsx") as archive:
        links = archive.read("xl/worksheets/_rels/sheet2.xml.rels").decode()
        inner = archive.read("xl/worksheets/sheet1.xml").decode()
    assert path.name in links
    assert "A2" in inner
    assert inner.count("<hyperlink ") == 1
