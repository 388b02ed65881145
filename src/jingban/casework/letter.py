"""Letters and receipts (回执、核定表、通知书、联系函): a template owned by the clerks, filled from the case and the register.

Templates are HTML pages (``letters/NAME.html``, Jinja, sandboxed) laid out as PDF, or Word files (``NAME.docx``, docxtpl).
A centre puts its own beside its settings, in the folder ``文书``; its template of a name goes before the shipped one.
Codes CAS-6xx: 602 no such case, 603 the template cannot be filled, 604 no Word template.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

from jingban.casework.kind import CaseKind, Evidence, kind_of
from jingban.casework.letter_facts import gather, live_identity, person_name
from jingban.casework.models import CaseEvent
from jingban.casework.services.bring import Intake
from jingban.casework.services.configuration import FOLDER
from jingban.casework.services.state import Current, current
from jingban.casework.stored import day_of, named
from jingban.values.findings import Finding, refuse
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan

RECEIPT, DECISION, NOTICE = "receipt", "decision", "notice"


def letter_name(case: Current) -> str:
    """Which letter is due now: a receipt while it waits, the reasons when it was refused, the kind's own when it is done."""
    if case.last.state == CaseEvent.State.DONE:
        return kind_of(case.case.kind).letter
    return RECEIPT if case.last.state == CaseEvent.State.PENDING else DECISION


def write_letter(number: str, suffix: str = ".pdf", name: str = "", region: str = "") -> bytes:
    """The letter of a case as PDF, HTML or DOCX. ``name``: another letter than the one due (``receipt``)."""
    case = current([number]).get(number)
    if case is None:
        raise refuse("CAS-602", _("没有业务%(number)s") % {"number": number})
    wanted = name or letter_name(case)
    content = gather(case, wanted, region or settings.CENTRE.region, settings.CENTRE.name)
    return _rendered(wanted, content, suffix)


def write_notice(
    kind: CaseKind, values: dict[str, Any], papers: Sequence[Evidence], findings: Sequence[Finding], intake: Intake, suffix: str = ".pdf"
) -> bytes:  # fmt: skip
    """What somebody who is turned away is told all at once (一次性告知书): papers to bring, what else stands against it."""
    person = live_identity(named(values))
    content = {
        "centre": settings.CENTRE.name, "day": day_of(intake.at),
        "case": {"number": "—", "title": kind.title, "maker": intake.maker, "office": intake.office},
        "person": {"name": values.get("name") or (person_name(person) if person else "")},
        "papers": [{"title": paper.title, "commitment": paper.commitment} for paper in papers],
        "reasons": [finding.message if finding.column is None else f"{finding.column}：{finding.message}"
                    for finding in findings if finding.severity == "error" and finding.code != "CAS-202"],
    }  # fmt: skip
    return _rendered(NOTICE, content, suffix)


def _rendered(name: str, content: dict[str, Any], suffix: str) -> bytes:
    try:
        if suffix == ".docx":
            return _docx(name, content)
        html = environment().get_template(f"{name}.html").render(content)
    except TemplateError as wrong:
        text = _("文书模板“%(name)s”填不出来：%(reason)s") % {"name": name, "reason": wrong}
        raise refuse("CAS-603", text) from None
    return html.encode() if suffix == ".html" else _pdf(html)


def environment() -> SandboxedEnvironment:
    """Templates of the centre, then the shipped ones. What a template asks for and is not there is an error, never a blank."""
    made = SandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(_own()), PackageLoader("jingban.casework", "letters")]),
        autoescape=True,
        undefined=StrictUndefined,
    )
    made.filters |= {"yuan": format_yuan, "day": day_text}
    return made


def day_text(day: dt.date | None) -> str:
    """2020年9月3日"""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def _own() -> Path:
    return Path(settings.CENTRE.home) / FOLDER


def _pdf(html: str) -> bytes:
    import weasyprint

    for noisy in ("fontTools", "weasyprint"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    out = io.BytesIO()
    weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf(out, pdf_identifier=b"jingban")
    return out.getvalue()


def _nothing(url: str, *_more: Any, **_options: Any) -> dict[str, Any]:
    """Letters load nothing from outside."""
    raise ValueError(f"not fetched: {escape(url)}")


def _docx(name: str, content: dict[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    path = _own() / f"{name}.docx"
    if not path.is_file():
        text = _("“%(folder)s”里没有 %(name)s.docx 这个模板") % {"folder": FOLDER, "name": name}
        raise refuse("CAS-604", text)
    template = DocxTemplate(path)
    template.render(content, jinja_env=environment(), autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()
