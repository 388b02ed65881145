"""The whole package: every document in every format passes the checker with everything verified, and says the same."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.disclosure.package import Package, Published, publish
from jingban.disclosure.report import build
from jingban.disclosure.rows import Rows, masked_payee
from jingban.values.findings import Refused
from tests.support.databases import Database
from tests.support.office import converted


def _wrong(result: Published) -> list[str]:
    """Every finding and every figure left unverified, in words; and every file that shows nothing to check."""
    return [
        f"{one.path.name}: {what}"
        for one in result.checker_account
        for what in (
            *(found["message"] for found in one.result.findings),
            *one.result.unverified,
            *(() if one.result.checkable else ("nothing checkable",)),
        )
    ]


def _formats(result: Published) -> Counter[str]:
    return Counter(one.path.suffix for one in result.checker_account)


@pytest.mark.parametrize("style", ["hunan", "sichuan"])
def test_the_district_package_has_no_finding_and_nothing_unverified(
    shifeng: Database, tmp_path: Path, style: str
) -> None:
    result = publish("430204021", 2020, style, tmp_path / "out")
    assert _wrong(result) == []
    assert result.clean
    assert _formats(result) == {".docx": 2, ".pdf": 2, ".xlsx": 2, ".html": 2, ".txt": 2}
    assert sum(one.result.checkable > 600 for one in result.checker_account) == 5


@pytest.mark.parametrize("style", ["hunan", "sichuan"])
def test_the_county_package_with_its_evaluations_is_clean(reviewed: Unit, tmp_path: Path, style: str) -> None:
    result = publish(reviewed.code, 2020, style, tmp_path / "out")
    assert _wrong(result) == []
    assert _formats(result) == {".docx": 5, ".pdf": 5, ".xlsx": 5, ".html": 5, ".txt": 5}
    names = {path.stem for path in result.paths if path.parent.name == "绩效自评"}
    assert len(names) == 4
    assert f"{reviewed.name}2020年度部门整体支出绩效自评表" in names
    assert f"{reviewed.name}2020年度项目支出绩效自评表（城乡居民养老保险管理经费项目）" in names
    assert f"{reviewed.name}2020年度部门整体支出绩效评价基础数据表" in names
    assert result.elapsed > 0
    whole = next((tmp_path / "out").glob("*.txt")).read_text("utf-8")
    assert "第四部分" in whole if style == "sichuan" else "第五部分" in whole
    assert "2020年度项目支出绩效自评表" in whole


def test_the_neutral_style_is_clean_for_both(miyi: Database, tmp_path: Path) -> None:
    result = publish("510421021", 2020, "central", tmp_path / "out", formats=("txt",))
    assert _wrong(result) == []


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


RENDERED = """
import datetime, hashlib, pathlib, pickle, sys, time
days = int(sys.argv[2]) * 86400
real, now, local, greenwich = datetime.datetime, time.time, time.localtime, time.gmtime
class Later(real):
    @classmethod
    def now(cls, tz=None): return real.now(tz) + datetime.timedelta(seconds=days)
    @classmethod
    def utcnow(cls): return cls.now()
datetime.datetime = Later
time.time = lambda: now() + days
time.localtime = lambda s=None: local(time.time() if s is None else s)
time.gmtime = lambda s=None: greenwich(time.time() if s is None else s)
from jingban.disclosure.output.data import data_package
from jingban.disclosure.render import render
report = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())
made = {name: render(report, name) for name in ("xlsx", "html", "txt")} | data_package(report)
if sys.argv[3] == "paper": made |= {name: render(report, name) for name in ("docx", "pdf")}
for name, content in made.items():
    print(name, hashlib.sha256(content).hexdigest())
"""


def test_another_process_and_another_day_give_the_same_bytes(shifeng: Database, tmp_path: Path) -> None:
    """Neither the order of hashes nor the clock reaches a file."""
    figures = YearFigures(Unit.objects.get(), 2020)
    path = tmp_path / "report.pickle"
    path.write_bytes(pickle.dumps(build(figures, "hunan")))
    said = []
    for seed, days in (("1", "0"), ("2", "400")):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", RENDERED, str(path), days, "paper"]
        said.append(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)
    first, second = ({line.split()[0]: line.split()[1] for line in one.splitlines()} for one in said)
    assert len(first) > 14
    different = {name for name in first if first[name] != second[name]}
    assert different <= {"docx"}, (
        "the zip of a Word document keeps its own clock; its figures are compared below"
    )


def test_the_word_document_has_tables_headings_and_contents(shifeng: Database, tmp_path: Path) -> None:
    import docx

    publish("430204021", 2020, "hunan", tmp_path, formats=("docx",))
    word = docx.Document(str(next(tmp_path.glob("*.docx"))))
    styles = Counter(paragraph.style.name for paragraph in word.paragraphs)
    assert styles["Heading 1"] == 5
    assert styles["Heading 2"] > 15
    assert styles["Heading 5"] == 10  # nine tables and the basic data
    assert 'TOC \\o "1-2"' in word.element.xml
    assert len(word.tables) >= 10
    income = next(table for table in word.tables if "附属单位上缴收入" in table._tbl.xml)
    assert "w:tblHeader" in income.rows[0]._tr.xml
    assert "PAGE" in word.sections[0].footer._element.xml


def test_pdf_text_is_selectable_and_complete(shifeng: Database, tmp_path: Path) -> None:
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


def test_word_document_shows_the_same_figures_in_libreoffice(shifeng: Database, tmp_path: Path) -> None:
    result = publish("430204021", 2020, "hunan", tmp_path, formats=("docx", "txt"))
    word, plain = result.paths[0], result.paths[1]
    pages = pypdfium2.PdfDocument(converted(word, "pdf", tmp_path))
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    figures = re.findall(r"\d+\.\d\d", plain.read_text("utf-8"))
    shown = Counter(re.findall(r"\d+\.\d\d", text))
    missing = Counter(figures) - shown
    assert not missing, missing


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
