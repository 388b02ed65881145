"""Bindings of the explanation: every cell exists, every id once, nonsense is refused."""

from __future__ import annotations

import pytest

from jingban.forms.catalogue import catalogue
from jingban.forms.sentences import bindings, read_binding
from jingban.forms.strict import Reader, read_yaml
from jingban.values.findings import Findings

GOOD = """
id: X
rule: N301
labels: [本年支出]
section: 支出决算
cells: ["gk03:total@total"]
"""


def test_bindings_speak_of_cells_that_exist() -> None:
    for binding in bindings():
        for cell in (cell for expression in binding.cells for cell in expression.cells()):
            assert cell.form in catalogue().forms


def test_counts_are_bound_to_counts() -> None:
    counted = {binding.id: binding.counted for binding in bindings() if binding.counted}
    assert counted["vehicles-owned"] == "辆"
    assert all(not binding.indicator and binding.labels for binding in bindings() if binding.counted)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("labels: [本年支出]", "calibers: [all]"), "FRM-401"),
        (("section: 支出决算", "section: '('"), "FRM-402"),
        (("gk03:total@total", "gk99:total@total"), "FRM-111"),
        (("gk03:total@total", "gk03:total@nothing"), "FRM-111"),
        (("rule: N301", "rule: N301\nbasis: 估计"), "FRM-104"),
    ],
)
def test_nonsense_is_reported(change: tuple[str, str], code: str) -> None:
    assert change[0] in GOOD
    findings = Findings()
    read_binding(Reader(read_yaml("s", GOOD.replace(*change)), "s", findings))
    assert code in {finding.code for finding in findings}


def test_the_sound_one_has_no_findings() -> None:
    findings = Findings()
    read_binding(Reader(read_yaml("s", GOOD), "s", findings))
    assert not list(findings)
