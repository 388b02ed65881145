"""The two printed indicator frameworks: points, contradictions, and what the loader refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jingban.forms.frameworks import frameworks, read_framework
from jingban.forms.strict import Reader, read_yaml
from jingban.values.findings import Findings


def test_the_department_framework_sums_to_a_hundred() -> None:
    framework = frameworks()["fw-department"]
    assert framework.attainable == framework.printed_total == 100
    assert framework.disagreeing_groups() == {}
    assert [framework.group_sum(label) for label in ("投入", "过程", "产出", "效果")] == [20, 40, 20, 20]


def test_the_project_framework_can_only_reach_97() -> None:
    framework = frameworks()["fw-project"]
    assert framework.attainable == 97
    assert framework.disagreeing_groups() == {
        "过程": (Decimal(20), Decimal(17)),
        "资金管理": (Decimal(10), Decimal(7)),
        "预算支出效益": (Decimal(10), Decimal(30)),
    }


def test_contradicting_rules_keep_both_readings() -> None:
    for framework in frameworks().values():
        for one in framework.indicators:
            assert (one.literal is None) == (one.problem == "")


GOOD = """
id: f
title: 试
title_en: t
source: s
printed_total: 10
attainable: 10
groups: {甲: 10}
indicators:
  - {code: A, path: [甲], name: 率, max: 10, measure: x / y, needs: [x, y], rule: {kind: deduct, base: 100, unit: 5, points: "0.5"}}
"""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("attainable: 10", "attainable: 9"), "FRM-301"),
        (("groups: {甲: 10}", "groups: {甲: 10, 乙: 1}"), "FRM-302"),
        (("needs: [x, y]", "needs: [x]"), "FRM-304"),
        (('points: "0.5"', "points: 0.5"), "FRM-104"),
        (("unit: 5", "unit: 0"), "FRM-104"),
        (("kind: deduct", "kind: guess"), "FRM-104"),
        (('points: "0.5"}', 'points: "0.5"}, literal: {kind: unscored}'), "FRM-303"),
    ],
)
def test_nonsense_is_reported(change: tuple[str, str], code: str) -> None:
    assert change[0] in GOOD
    findings = Findings()
    read_framework(Reader(read_yaml("f", GOOD.replace(*change)), "f", findings))
    assert code in {finding.code for finding in findings}


def test_the_sound_one_has_no_findings() -> None:
    findings = Findings()
    read_framework(Reader(read_yaml("f", GOOD), "f", findings))
    assert not list(findings)
