"""One document in TXT, Markdown, HTML, DOCX, XLSX and PDF gives one set of fingerprints."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from benchmarks.checker import formats
from benchmarks.checker.generator import document
from benchmarks.checker.page import Doc
from benchmarks.checker.run import INJECTORS
from jingban.checker.project import Project
from jingban.checker.service import check_file

CASES = [
    ("final", 6, ("N101", "T101", "T104")),
    ("hunan", 3, ("P104", "P105", "B101")),
    ("fund", 4, ("F101", "F102", "F103")),
]


def spoiled(profile: str, seed: int, codes: tuple[str, ...]) -> Doc:
    doc = document(seed, profile, "T")
    for code in codes:
        done = INJECTORS[code](doc, random.Random(code))
        assert done is not None
        doc = done.doc
    return doc


@pytest.mark.parametrize(("profile", "seed", "codes"), CASES)
def test_one_document_in_every_format(
    profile: str, seed: int, codes: tuple[str, ...], tmp_path: Path
) -> None:
    doc = spoiled(profile, seed, codes)
    found = {}
    for suffix in formats.FORMATS:
        path = formats.write(doc, tmp_path / f"x.{suffix}")
        _report, flat = check_file(path, Project(), date(2026, 1, 1))
        found[suffix] = {
            (one["code"], one["fingerprint"], one["stated"])
            for one in flat.findings
            if one["severity"] != "info"
        }
    assert {code for code, *_rest in found["txt"]} & set(codes), found["txt"]
    for suffix, findings in found.items():
        assert findings == found["txt"], suffix
