"""A seeded slice of the accuracy benchmark: clean documents are clean, edits change nothing, single errors are found.

The whole measurement is ``python -m benchmarks.checker.run``; its page is docs/reference/checker-accuracy.md.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.checker.edits import EDITS
from benchmarks.checker.generator import PROFILES, document
from benchmarks.checker.measured import SETS, entries
from benchmarks.checker.page import render_text
from benchmarks.checker.report import renewed
from benchmarks.checker.run import INJECTORS, Bench, counts, notes
from jingban.checker import registry

ACCURACY = Path(__file__).parents[2] / "docs/reference/checker-accuracy.md"


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(1)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("style", "CTM")
def test_a_clean_document_is_clean(profile: str, style: str, bench: Bench) -> None:
    for seed in (11, 12):
        report = bench.check(render_text(document(seed, profile, style)), style)
        loud = [(one.code, one.problem.message) for one in report.raw if counts(one)]
        assert not loud
        assert report.verified > 10


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_that_changes_nothing_finds_nothing(edit: str, bench: Bench) -> None:
    for number, profile in enumerate(PROFILES):
        doc = document(30 + number, profile)
        report = bench.check(EDITS[edit](doc, random.Random(edit)), doc.style)
        loud = [(one.code, one.problem.message) for one in report.raw if counts(one)]
        assert not loud, doc.name


@pytest.mark.parametrize("code", sorted(INJECTORS))
def test_a_single_error_is_found(code: str, bench: Bench) -> None:
    assert code in registry.codes()
    for doc, spoiled in Bench(1, [code])._variants(code):
        report = bench.check(spoiled.rendered(), doc.style, spoiled.others)
        assert code in {finding.code for finding in report.raw} | notes(report), (
            doc.name,
            spoiled.how,
            sorted(spoiled.lines),
        )


def test_the_accuracy_page_covers_the_catalogue() -> None:
    text = ACCURACY.read_text("utf-8")
    assert not [code for code in registry.codes() if code not in text]


def test_the_accuracy_page_shows_what_others_wrote_apart() -> None:
    text = ACCURACY.read_text("utf-8")
    assert renewed(text) == text
    assert {one["set"] for one in entries()} == set(SETS)
    for one in entries():
        assert 0 <= one["found"] <= one["defects"], one
        assert one["documents"] >= 20 or one["set"] != "blind", one
