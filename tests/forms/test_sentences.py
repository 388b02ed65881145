"""Standard sentences and bindings: every brace has a slot, every slot's cell exists, nonsense is refused."""

from __future__ import annotations

import re

import pytest

from jingban.forms.catalogue import catalogue
from jingban.forms.sentences import STYLES, bindings, read_sentence, sentences
from jingban.forms.strict import Reader, read_yaml
from jingban.values.findings import Findings

GOOD = """
id: X
section: 一
title: 试
headings: [试]
templates: {central: "共{A}万元，占{p}%。"}
patterns: ["共{A}万元"]
slots:
  A: {kind: amount, cell: "gk03:total@total"}
  p: {kind: percent}
relations:
  - {id: X.1, rule: N101, left: p, right: A / A * 100}
"""


def test_every_sentence_is_written_in_every_style() -> None:
    for sentence in sentences():
        assert set(sentence.templates) == set(STYLES), sentence.id
        used = {brace for text in sentence.templates.values() for brace in re.findall(r"\{(\w+)\}", text)}
        assert used <= set(sentence.slots)


def test_every_amount_slot_is_a_cell_a_difference_or_a_comparison_base() -> None:
    for sentence in sentences():
        related = {
            name
            for relation in sentence.relations
            for name in (*relation.left.slots(), *relation.right.slots())
        }
        for slot in sentence.slots.values():
            if slot.kind in ("amount", "percent"):
                assert slot.cell is not None or slot.name in related or slot.basis, (sentence.id, slot.name)


def test_bindings_speak_of_cells_that_exist() -> None:
    for binding in bindings():
        for cell in (cell for expression in binding.cells for cell in expression.cells()):
            assert cell.form in catalogue().forms


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("占{p}%", "占{q}%"), "FRM-403"),
        (("A / A * 100", "Z / A * 100"), "FRM-403"),
        (("{central:", "{klingon:"), "FRM-404"),
        (("gk03:total@total", "gk99:total@total"), "FRM-111"),
        (("gk03:total@total", "gk03:total@nothing"), "FRM-111"),
        (("kind: percent", "kind: share"), "FRM-104"),
    ],
)
def test_nonsense_is_reported(change: tuple[str, str], code: str) -> None:
    assert change[0] in GOOD
    findings = Findings()
    read_sentence(Reader(read_yaml("s", GOOD.replace(*change)), "s", findings))
    assert code in {finding.code for finding in findings}


def test_the_sound_one_has_no_findings() -> None:
    findings = Findings()
    read_sentence(Reader(read_yaml("s", GOOD), "s", findings))
    assert not list(findings)
