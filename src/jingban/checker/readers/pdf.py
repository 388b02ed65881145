"""PDF with a text layer: ruled tables by pdfplumber's finder over pdfium's characters and rules, text around them."""

from __future__ import annotations

from typing import Any

from jingban.checker.layout.raw import RawBlock
from jingban.checker.model import Document, Note
from jingban.checker.readers import maxima, ocr
from jingban.checker.readers.pdf_page import Page, load
from jingban.checker.readers.pdf_pages import blocks_of, is_scan
from jingban.checker.readers.problems import CannotRead
from jingban.values.i18n import gettext as _


def read_pdf(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks of all pages. Raises :class:`CannotRead` for encrypted, damaged and purely scanned files."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower() or b"/Encrypt" in data[-4096:]
        message = _("文件已加密，打不开；请提供未加密的文件") if encrypted else _("PDF 损坏，打不开")
        raise CannotRead("I108", message) from error
    try:
        document.pages = count
        if count > maxima.PAGES_MAX:
            document.notes.append(Note("I104", _("超过 {} 页，其后未读").format(maxima.PAGES_MAX)))
        return blocks_of(
            document,
            (_load_page(document, pdf, number) for number in range(1, min(count, maxima.PAGES_MAX) + 1)),
        )
    finally:
        pdf.close()


def _load_page(document: Document, pdf: Any, number: int) -> Page | None:
    """One page; a picture of a page is recognised where that is installed."""
    import pypdfium2

    try:
        page = pdf[number - 1]
        try:
            found = load(page, number)
            if is_scan(found) and ocr.available():
                return ocr.recognise(document, page.render(scale=ocr.SCALE).to_pil(), number)
            return found
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return None
