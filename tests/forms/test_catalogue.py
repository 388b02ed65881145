"""The packaged form descriptions: they load, they say what the published 2020 tables say, and nonsense is refused."""

from __future__ import annotations

import pytest

from jingban.forms.catalogue import catalogue
from jingban.forms.loader import read_form
from jingban.forms.strict import Reader, read_yaml
from jingban.values.findings import Findings, Refused

MINIMAL = """
id: t1
title: 试表
title_en: Test
family: accounts
shape: fixed
source: test
aliases: []
columns:
  - {key: amount, header: [金额]}
editions:
  - years: [2020]
    confidence: H
    rows:
      - {key: a, label: 甲, group: items}
      - {key: total, label: 合计, kind: total}
identities:
  - {id: X, rule: T102, text: 合计, left: total@amount, right: sum(items@amount)}
"""


def read(text: str) -> Findings:
    findings = Findings()
    read_form(Reader(read_yaml("t", text), "t", findings))
    return findings


def test_the_2020_total_table_has_the_published_line_numbers() -> None:
    rows = {row.key: row for row in catalogue()["gk01"].edition(2020).rows}
    assert (rows["in.year"].line, rows["in.total"].line) == (27, 31)
    assert (rows["201"].line, rows["208"].line, rows["234"].line) == (32, 39, 57)
    assert rows["208"].label == "八、社会保障和就业支出"
    assert rows["234"].label == "二十六、抗疫特别国债安排的支出"
    assert (rows["out.year"].line, rows["out.total"].line) == (58, 62)
    fiscal = {row.key: row.line for row in catalogue()["gk04"].edition(2020).rows}
    assert (fiscal["201"], fiscal["234"], fiscal["out.total"]) == (33, 58, 64)


def test_editions_follow_the_classification_of_their_years() -> None:
    labels = {
        year: {row.code: row.label for row in catalogue()["gk01"].edition(year).rows if row.code}
        for year in (2018, 2019, 2023)
    }
    assert labels[2018]["210"].endswith("医疗卫生与计划生育支出")
    assert "224" not in labels[2018]
    assert labels[2019]["210"].endswith("卫生健康支出")
    assert "234" not in labels[2019]
    assert labels[2023]["224"].endswith("灾害防治及应急管理支出")


def test_all_nine_tables_are_there_and_the_ninth_only_from_2019() -> None:
    assert [form.number for form in catalogue().family("accounts", 2020)] == [
        f"公开{n:02d}表" for n in range(1, 10)
    ]
    assert [form.id for form in catalogue().family("accounts", 2018)] == [f"gk{n:02d}" for n in range(1, 9)]


def test_a_sound_description_has_no_findings() -> None:
    assert not list(read(MINIMAL))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("title: 试表", "title: 试表\ntilte: 试表"), "FRM-102"),
        (("title: 试表\n", ""), "FRM-103"),
        (("shape: fixed", "shape: round"), "FRM-104"),
        (("key: total, label: 合计", "key: a, label: 合计"), "FRM-105"),
        (("sum(items@amount)", "sum(items@amount) +"), "FRM-110"),
        (("sum(items@amount)", "__import__('os')"), "FRM-110"),
        (("sum(items@amount)", "sum(nothing@amount)"), "FRM-111"),
        (("total@amount,", "total@other,"), "FRM-111"),
        (("years: [2020]", "years: [2020, 2019]"), "FRM-112"),
    ],
)
def test_nonsense_is_reported_with_its_code(change: tuple[str, str], code: str) -> None:
    assert change[0] in MINIMAL
    assert code in {finding.code for finding in read(MINIMAL.replace(*change))}


def test_a_key_written_twice_is_refused_with_its_line() -> None:
    with pytest.raises(Refused) as caught:
        read_yaml("t.yaml", "a: 1\nb: 2\na: 3\n")
    assert caught.value.findings[0].code == "FRM-105"
    assert "t.yaml:3" in caught.value.findings[0].message
