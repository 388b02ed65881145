"""The whole package: every document in every format passes the checker with everything verified, and says the same."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.disclosure.package import Package, Published, publish
from jingban.disclosure.report import build
from jingban.disclosure.rows import Rows, masked_payee
from jingban.values.findings import Refused
from tests.support.databases import Database


def _account(result: Published) -> list[tuple[str, int, int, list[str]]]:
    return [
        (one.path.suffix, one.result.checkable - one.result.verified, one.result.count("info"), [f["message"] for f in one.result.findings])
        for one in result.checker_account
    ]  # fmt: skip


def test_the_district_package_has_no_finding_and_nothing_unverified(
    shifeng: Database, tmp_path: Path
) -> None:
    result = publish("430204021", 2020, "hunan", tmp_path / "out")
    assert _account(result) == [(suffix, 0, 0, []) for suffix in (".docx", ".pdf", ".xlsx", ".html", ".txt")]
    assert result.clean
    assert all(one.result.checkable > 600 for one in result.checker_account)


def test_the_county_package_in_the_sichuan_set_is_clean(miyi: Database, tmp_path: Path) -> None:
    result = publish("510421021", 2020, "sichuan", tmp_path / "out", formats=("docx", "html", "xlsx", "txt"))
    assert _account(result) == [(suffix, 0, 0, []) for suffix in (".docx", ".html", ".xlsx", ".txt")]
    assert all(one.result.checkable > 1_500 for one in result.checker_account)


def test_the_neutral_style_is_clean_for_both(miyi: Database, tmp_path: Path) -> None:
    result = publish("510421021", 2020, "central", tmp_path / "out", formats=("txt",))
    assert result.clean, _account(result)


def _sums(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".xlsx", ".html", ".txt", ".csv", ".json", ".docx")
    }


def test_the_same_books_give_the_same_bytes(shifeng: Database, tmp_path: Path) -> None:
    formats = ("xlsx", "html", "txt", "docx")
    for name in ("one", "two"):
        publish("430204021", 2020, "hunan", tmp_path / name, formats=formats)
    first, second = _sums(tmp_path / "one"), _sums(tmp_path / "two")
    assert len(first) > 12
    assert {name: mark for name, mark in first.items() if not name.endswith(".docx")} == {
        name: mark for name, mark in second.items() if not name.endswith(".docx")
    }


def test_pdf_text_is_selectable_and_complete(shifeng: Database, tmp_path: Path) -> None:
    import pypdfium2

    publish("430204021", 2020, "hunan", tmp_path, formats=("pdf",))
    document = pypdfium2.PdfDocument(next(tmp_path.glob("*.pdf")))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    for wanted in ("586.31", "435.67", "74.31", "129.95", "80.49", "收入支出决算总表", "名词解释"):
        assert wanted in text.replace("\n", "")
    fonts = subprocess.run(
        ["pdffonts", next(tmp_path.glob("*.pdf"))], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in fonts.stdout.splitlines()[2:]]
    assert rows
    assert all("yes" in row for row in rows), "every font is embedded"


def _converted(word: Path, folder: Path) -> str:
    """The document's text after LibreOffice made a PDF of it; as the reader sees it where LibreOffice is not installed."""
    if shutil.which("soffice"):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder / "lo"),
            str(word),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=200)
        import pypdfium2

        pages = pypdfium2.PdfDocument(folder / "lo" / f"{word.stem}.pdf")
        return re.sub(r"\s*\n\s*", "\n", "\n".join(page.get_textpage().get_text_range() for page in pages))
    from jingban.checker.readers import read

    document = read(word)
    cells = (
        cell.text
        for table in document.tables()
        for row in table.rows
        for cell in row
        if cell and not cell.inherited
    )
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs()), *cells])


def test_word_document_shows_the_same_figures_in_libreoffice(shifeng: Database, tmp_path: Path) -> None:
    result = publish("430204021", 2020, "hunan", tmp_path, formats=("docx", "txt"))
    word, plain = result.paths[0], result.paths[1]
    converted = _converted(word, tmp_path)
    figures = re.findall(r"\d+\.\d\d", plain.read_text("utf-8"))
    shown = Counter(re.findall(r"\d+\.\d\d", converted))
    missing = Counter(figures) - shown
    assert not missing, missing


def test_workbook_sums_are_live_and_their_stored_values_are_right(shifeng: Database, tmp_path: Path) -> None:
    import zipfile

    import python_calamine

    publish("430204021", 2020, "hunan", tmp_path, formats=("xlsx",))
    path = next(tmp_path.glob("*.xlsx"))
    with zipfile.ZipFile(path) as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
        formulas = sum(
            archive.read(name).decode().count("<f>")
            for name in archive.namelist()
            if "worksheets/sheet" in name
        )
    assert "<f>SUM(C7:C14)</f>" in first
    assert formulas > 150
    book = python_calamine.load_workbook(path)
    rows = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    total = next(row for row in rows if row[0] == "总计")
    assert round(total[2], 4) == round(total[5], 4) == 150.6417
    checks = book.get_sheet_by_name("勾稽关系").to_python()[1:]
    assert len(checks) > 60
    assert {row[5] for row in checks} == {"平"}
    assert max(abs(row[4]) for row in checks) < 1e-9


def test_data_package_describes_what_it_holds(shifeng: Database, tmp_path: Path) -> None:
    publish("430204021", 2020, "hunan", tmp_path, formats=())
    home = next(tmp_path.rglob("datapackage.json"))
    package = json.loads(home.read_text("utf-8"))
    assert {resource["name"] for resource in package["resources"]} >= {"gk01", "gk09", "figures", "texts"}
    for resource in package["resources"]:
        header = (home.parent / resource["path"]).read_text("utf-8").splitlines()[0].split(",")
        assert header == [one["name"] for one in resource["schema"]["fields"]]
    figures = (home.parent / "figures.csv").read_text("utf-8")
    assert (
        "gk01,收入支出决算总表,in.general,一、一般公共预算财政拨款收入,income,收入·金额,1506417.00,元,150.64,万元"
        in figures
    )


def test_a_click_finds_the_rows_and_nobody_is_named(miyi: Database) -> None:
    figures = YearFigures(Unit.objects.get(), 2020)
    report = build(figures, "sichuan")
    from jingban.disclosure.output.html import page

    text = page(report, Rows(figures.book))
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)[1])  # type: ignore[index]
    reception = next(
        trace
        for trace in data["traces"]
        if trace["x"] == "1,339.00 元" and trace.get("r") == "payment" and trace["n"] == 2
    )
    rows = [data["rows"]["payment"]["rows"][at] for at in reception["i"]]
    assert [row[4] for row in rows] == ["739.00", "600.00"]
    assert all(row[3] == "30217" for row in rows)
    assert "张某某" not in text
    assert masked_payee("张某某") == "张**"
    assert masked_payee("某县某中心") == "某县某中心"
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_an_unknown_unit_style_or_format_is_refused_and_nothing_is_written(
    shifeng: Database, tmp_path: Path
) -> None:
    for arguments, code in (
        (("000", 2020, "hunan"), "BUD-101"),
        (("430204021", 2020, "guangdong"), "DIS-201"),
    ):
        with pytest.raises(Refused) as refused:
            publish(*arguments, tmp_path / "out")
        assert refused.value.findings[0].code == code
    with pytest.raises(Refused) as refused:
        Package(tmp_path / "out", ["rtf"])
    assert refused.value.findings[0].code == "DIS-202"
    assert not (tmp_path / "out").exists()
