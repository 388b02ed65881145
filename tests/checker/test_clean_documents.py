"""Documents of other kinds of agencies, years and layouts, with figures that hold: nothing may be reported."""

from datetime import date
from pathlib import Path

import pytest

from jingban.checker.project import Project
from jingban.checker.service import check_file

FOLDER = Path(__file__).parent / "clean"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_nothing_is_reported(path: Path) -> None:
    report, _flat = check_file(path, Project(), date(2026, 1, 1))
    loud = [
        (one.code, one.problem.message, one.problem.source.line)
        for one in report.findings
        if one.severity != "info"
    ]
    assert loud == []
    assert report.verified >= 0.7 * report.checkable
    assert report.checkable > 12
    assert not [one for one in report.unverified if "CHK-90" in one.reason]


def test_one_wrong_digit_is_found() -> None:
    """The same documents are not silent because they are not read: a changed figure is reported in each."""
    for stem, right, wrong in (
        ("a-school-2021", "占97.29%", "占79.29%"),
        ("b-health-2022", "较预算减少1.12万元", "较预算减少2.12万元"),
        ("d-mof-2023-t", "94.69%", "95.69%"),
        ("f-fund-2021", "本年收支结余3,921.13万元", "本年收支结余3,912.13万元"),
        ("g-civil-2021", "下降5.01%", "下降50.1%"),
    ):
        text = (FOLDER / f"{stem}.txt").read_text(encoding="utf-8")
        assert right in text, stem
        from jingban.checker.readers import read_bytes
        from jingban.checker.run import check_document

        document = read_bytes(text.replace(right, wrong).encode(), f"{stem}.txt")
        assert [one for one in check_document(document).findings if one.severity != "info"], stem
