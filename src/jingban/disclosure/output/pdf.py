"""The report as PDF: the HTML body laid out on A4 by WeasyPrint in the official page layout (GB/T 9704 measures)."""

from __future__ import annotations

import io
import logging

from jingban.disclosure.model import Report
from jingban.disclosure.output.html import Body, asset

CREATED = "2000-01-01T00:00:00+00:00"


def pdf(report: Report, created: str = CREATED) -> bytes:
    """The whole document; fonts are embedded as subsets, text stays selectable."""
    from html import escape

    import weasyprint

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    body = Body(report, live=False).html()
    title = escape("".join(report.title))
    page = (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="author" content="{escape(report.owner, quote=True)}">'
        f'<meta name="dcterms.created" content="{created}"><style>{asset("print.css")}</style></head>'
        f'<body class="{"book" if report.contents else "sheet-only"}">{body}</body></html>'
    )
    out = io.BytesIO()
    weasyprint.HTML(string=page).write_pdf(out, pdf_identifier=b"jingban", uncompressed_pdf=False)
    return out.getvalue()
