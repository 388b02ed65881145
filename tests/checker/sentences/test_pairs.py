"""Pairs of sentences by kind: the right one is silent, the wrong one is found by the rule named; both in our own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jingban.checker.readers import read_bytes
from jingban.checker.run import Report, check_document

TITLE = "青石县林业局2022年度部门决算情况说明"
PAIRS: list[dict[str, Any]] = [
    one
    for file in sorted(Path(__file__).parent.glob("*.yaml"))
    for one in yaml.safe_load(file.read_text("utf-8"))
]


def loud(report: Report) -> list[str]:
    assert not [one for one in report.unverified if "CHK-9" in one.reason]
    return [
        f"{one.code} {one.problem.message}" for one in report.findings if one.severity in ("error", "warning")
    ]


def checked(pair: dict[str, Any], text: str) -> list[str]:
    return loud(check_document(read_bytes(f"{pair.get('title', TITLE)}\n\n{text}\n".encode())))


@pytest.mark.parametrize("pair", PAIRS, ids=[one["kind"] for one in PAIRS])
def test_the_right_sentence_is_silent_and_the_wrong_one_is_found(pair: dict[str, Any]) -> None:
    assert checked(pair, pair["right"]) == []
    if "wrong" in pair:
        found = checked(pair, pair["wrong"])
        assert {one.split()[0] for one in found} == {pair["code"]}, found


def test_every_pair_says_another_thing() -> None:
    kinds = [one["kind"] for one in PAIRS]
    assert len(set(kinds)) == len(kinds)
    assert all(one["right"] != one.get("wrong") for one in PAIRS)
