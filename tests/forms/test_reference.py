"""The generated reference page is up to date and names every form, identity and framework."""

from __future__ import annotations

from pathlib import Path

from jingban.forms.catalogue import catalogue
from jingban.forms.frameworks import frameworks
from jingban.forms.reference import FAMILIES, markdown
from jingban.forms.sentences import bindings

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "forms.md"


def test_the_page_is_what_the_descriptions_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), "run: make docs"


def test_every_form_link_binding_and_framework_is_on_the_page() -> None:
    page = markdown()
    assert {form.family for form in catalogue().forms.values()} == set(FAMILIES)
    wanted = [*catalogue().forms, *frameworks(), *(link.id for link in catalogue().links)]
    assert [one for one in wanted if f"`{one}`" not in page] == []
    assert [one.id for one in bindings() if f"| {one.id} |" not in page] == []
