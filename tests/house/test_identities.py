"""Every identity of every form description reaches a rule: break one cell of a closing form, and its rule must say so."""

from __future__ import annotations

import pytest

from jingban.checker import registry
from jingban.checker.context import Context
from jingban.checker.readers import read
from jingban.checker.rule import Problem
from jingban.forms.catalogue import catalogue
from jingban.forms.model import Form
from tests.support.identity_forms import (
    Instance,
    Sheet,
    disturbed,
    instances,
    printed,
    solved,
    spread,
    years_of,
)

FORMS = list(catalogue().forms.values())
LINKED = [
    catalogue()[name]
    for name in ("gk01", "gk02", "gk03", "gk04", "gk05", "gk06", "gk07", "gk08", "gk09", "sc09")
]


def problems(sheets: list[Sheet], rule: str, year: int, folder: object) -> list[Problem]:
    """What one rule finds in the printed sheets."""
    path = folder / "forms.html"  # type: ignore[operator]
    path.write_text(printed(sheets, year), encoding="utf-8")
    context = Context(read(path))
    found = next(one for one in registry.usable()[0] if one.code == rule)
    return [answer for answer in found.check(context) if isinstance(answer, Problem)]


def demand(sheets: list[Sheet], one: Instance, year: int, folder: object) -> None:
    """Silence on the closing forms is tested apart; here the broken cell must be found."""
    broken = disturbed(sheets, one)
    found = problems(broken, one.rule, year, folder)
    assert found, f"{one} of {one.form}: nothing found by {one.rule}"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_identity_of_a_form_is_asked(form: Form, tmp_path: object) -> None:
    for year in years_of(form):
        sheet = solved([form], (), year)
        asked = spread(instances([form], (), year))
        rules = {one.rule for one in asked}
        for rule in rules:
            assert not problems(sheet, rule, year, tmp_path), f"{form.id} {year}: a closing form is accused"
        for one in asked:
            demand(sheet, one, year, tmp_path)


@pytest.mark.parametrize("year", [2017, 2019, 2021, 2023])
def test_every_identity_between_forms_is_asked(year: int, tmp_path: object) -> None:
    forms = [form for form in LINKED if year in form.years]
    sheets = solved(forms, catalogue().links, year)
    asked = spread([one for one in instances(forms, catalogue().links, year) if one.link])
    for rule in {one.rule for one in asked}:
        assert not problems(sheets, rule, year, tmp_path), f"{rule} {year}: a closing set is accused"
    for one in asked:
        demand(sheets, one, year, tmp_path)
