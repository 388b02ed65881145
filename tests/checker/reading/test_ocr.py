"""Pictures of documents: refused with a code without the recogniser, read with it, and then warnings at most."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image, ImageDraw

from jingban.checker.project import Project
from jingban.checker.readers import ocr, read_bytes
from jingban.checker.service import check_file
from tests.checker.reading.writers import Text, write_pdf

WRONG = (
    "青石县社会保险中心2020年度部门决算",
    "本年支出合计100.00万元，其中：基本支出60.00万元，",
    "占70.00%；项目支出40.00万元，占40.00%。",
)


def rendered() -> Image.Image:
    """A page printed from PDF as a scanner gives it: pixels and nothing else."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(write_pdf([Text(line) for line in WRONG]))
    return pdf[0].render(scale=2).to_pil().crop((0, 0, 1190, 500))


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def scanned_pdf(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PDF", resolution=144)
    return out.getvalue()


def workbook(image: Image.Image) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("决算").insert_image("A1", "page.png", {"image_data": io.BytesIO(png(image))})
    book.close()
    return out.getvalue()


FORMS = {"png": png, "pdf": scanned_pdf, "xlsx": workbook}


@pytest.fixture(scope="module")
def image() -> Image.Image:
    return rendered()


@pytest.mark.parametrize("form", FORMS)
def test_without_the_recogniser_a_picture_is_refused(
    form: str, image: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    noise = Image.effect_noise(image.size, 60).convert("RGB")  # large enough not to pass for a logo
    document = read_bytes(FORMS[form](noise))
    assert [note.code for note in document.notes] == ["I101"]
    assert document.blocks == []


@pytest.mark.parametrize("form", FORMS)
def test_what_is_recognised_is_checked_and_is_a_warning(
    form: str, image: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / f"scan.{form}"
    path.write_bytes(FORMS[form](image))
    flat = check_file(path, Project(), date(2026, 1, 1))[1]
    assert [(one["code"], one["severity"]) for one in flat.findings if one["code"] == "N101"] == [
        ("N101", "warning")
    ]
    assert flat.count("error") == 0
    assert any(one["code"] == "I101" and "识别" in one["reason"] for one in flat.unverified)


def test_a_ruled_table_on_a_picture_keeps_its_grid() -> None:
    sheet = Image.new("RGB", (900, 400), "white")
    pen = ImageDraw.Draw(sheet)
    for y in (40, 120, 200, 280):
        pen.line((40, y, 840, y), "black", 3)
    for x in (40, 440, 840):
        pen.line((x, 40, x, 280), "black", 3)
    import numpy

    from jingban.checker.readers.pdf_page import Page
    from jingban.checker.readers.pdf_tables import find_tables

    page = Page(1, 900 / ocr.SCALE, 400 / ocr.SCALE)
    ocr._add_rules(page, numpy.asarray(sheet))
    tables = find_tables(page)
    assert [len(row) for row in tables[0].table.rows] == [2, 2, 2]
