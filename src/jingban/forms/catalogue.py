"""All forms, and the identities between them. ``catalogue()`` is read once; a wrong description stops everything."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from jingban.forms.loader import check_cells, read_form, read_links
from jingban.forms.model import Form, Identity
from jingban.forms.strict import Reader, data_files, read_yaml
from jingban.values.findings import Finding, Findings, Refused, refuse
from jingban.values.i18n import gettext as _

TABLES = ("accounts", "sichuan", "fund", "budget")
"""Folders of the statutory tables: all the checker needs, read in two thirds of the time."""
FOLDERS = (*TABLES, "performance")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The forms by id, in family and printed order, with the identities between them."""

    forms: dict[str, Form]
    links: tuple[Identity, ...]

    def __getitem__(self, form_id: str) -> Form:
        if form_id not in self.forms:
            raise refuse("FRM-120", _("没有表式“%(form)s”") % {"form": form_id})
        return self.forms[form_id]

    def family(self, name: str, year: int | None = None) -> tuple[Form, ...]:
        """Forms of a family in published order, those of ``year`` when given."""
        return tuple(
            form
            for form in self.forms.values()
            if form.family == name and (year is None or year in form.years)
        )


@functools.cache
def catalogue(folders: tuple[str, ...] = FOLDERS) -> Catalogue:
    """Every packaged description of the folders, checked; refuses with all findings (FRM-1xx) at once."""
    findings = Findings()
    forms: dict[str, Form] = {}
    for folder in folders:
        for name, text in data_files(folder, ".yaml"):
            form = read_form(Reader(read_yaml(name, text), name, findings), forms)
            if form.id in forms:
                findings.add(Finding("FRM-105", _("表式“%(form)s”出现两次") % {"form": form.id}))
            forms[form.id] = form
    links: list[Identity] = []
    for name, text in data_files("links", ".yaml"):
        reader = Reader(read_yaml(name, text), name, findings)
        for link in read_links(reader):
            links.append(link)
            for side in (link.left, link.right):
                check_cells(side, forms, "", f"{name}.{link.id}", reader)
    if findings.errors:
        raise Refused(findings.errors)
    ordered = sorted(forms.values(), key=lambda form: (form.family, form.order, form.id))
    return Catalogue({form.id: form for form in ordered}, tuple(links))
