"""The project file, suppressions and the baseline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jingban.checker import project as projects
from jingban.checker.project import Project, Suppression
from jingban.checker.run import Report, check_document
from jingban.values.findings import Refused
from tests.checker.samples import document, problem, rule

TODAY = date(2026, 6, 1)


def report() -> Report:
    return check_document(
        document("文"), rules=[rule("T101", [problem("甲")]), rule("N101", [problem("乙", 2)], "warning")]
    )


def load(folder: Path, text: str) -> Project:
    path = folder / projects.FILE_NAME
    path.write_text(text, encoding="utf-8")
    return projects.load(path)


def test_a_whole_project_file(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        """
select = ["T1", "N1"]
ignore = ["N115"]
strict = true
[severity]
N101 = "info"
[per-path]
"drafts/*" = ["T101"]
[[suppress]]
code = "T102"
path = "2020/*"
reason = "已向财政局说明"
user = "李"
expires = 2026-12-31
""",
    )
    assert project.strict
    assert project.severities == {"N101": "info"}
    codes = [one.code for one in project.rules_for("report.txt")]
    assert "T101" in codes
    assert "N115" not in codes
    assert not any(code.startswith("P") for code in codes)
    assert "T101" not in [one.code for one in project.rules_for("x/drafts/report.txt")]
    assert project.suppressions[0].expires == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("select = [", "CHK-101"),
        ("selct = ['T1']", "CHK-102"),
        ("[severity]\nT101 = 'fatal'", "CHK-103"),
        ("ignore = ['Q7']", "CHK-104"),
        ("[[suppress]]\ncode = 'T101'\nuser = '李'", "CHK-105"),
        ("[[suppress]]\nreason = 'x'\nuser = '李'", "CHK-105"),
        ("[[suppress]]\ncode = 'T101'\nreason = 'x'\nuser = '李'\nexpires = '2026'", "CHK-105"),
        ("[[suppress]]\ncode = 'T101'\nreason = 'x'\nuser = '李'\nuntil = 1", "CHK-105"),
    ],
)
def test_a_bad_project_file_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        load(tmp_path, text)
    assert refused.value.findings[0].code == code


def test_the_nearest_project_file_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a/b"
    inner.mkdir(parents=True)
    (tmp_path / projects.FILE_NAME).write_text("")
    assert projects.find(inner) == (tmp_path / projects.FILE_NAME).resolve()


def test_a_suppression_hides_and_is_reported() -> None:
    done = report()
    project = Project(suppressions=(Suppression("已说明", "李", code="T101"),))
    assert project.apply(done, "x/report.txt", TODAY) == []
    assert [one.code for one in done.findings] == ["N101"]
    assert [(one.code, why) for one, why in done.suppressed] == [("T101", "已说明（李）")]


@pytest.mark.parametrize(("today", "hidden"), [(date(2026, 6, 1), True), (date(2026, 6, 2), False)])
def test_a_suppression_expires_after_its_day(today: date, hidden: bool) -> None:
    done = report()
    one = Suppression("已说明", "李", code="T101", expires=date(2026, 6, 1))
    expired = Project(suppressions=(one,)).apply(done, "report.txt", today)
    assert (expired == []) is hidden
    assert ("T101" not in [finding.code for finding in done.findings]) is hidden


@pytest.mark.parametrize(
    ("given", "hidden"),
    [
        ({"path": "2020/*"}, True),
        ({"path": "2021/*"}, False),
        ({"fingerprint": "0" * 16}, False),
        ({"code": "T1"}, True),
    ],
)
def test_what_a_suppression_covers(given: dict[str, str], hidden: bool) -> None:
    done = report()
    one = Suppression("x", "y", **{"code": "T101", **given})  # type: ignore[arg-type]
    Project(suppressions=(one,)).apply(done, "archive/2020/report.txt", TODAY)
    assert ("T101" not in [finding.code for finding in done.findings]) is hidden


def test_the_baseline_keeps_only_what_is_new(tmp_path: Path) -> None:
    done = report()
    file = tmp_path / "baseline.json"
    target = str(tmp_path / "2020/report.txt")
    first = done.findings[0]
    projects.write_baseline(file, [(target, first.code, first.fingerprint, first.problem.message)])
    assert "line" not in file.read_text("utf-8")
    project = Project()
    projects.load_baseline(file, project)
    project.apply(done, target, TODAY)
    assert [one.code for one in done.findings] == ["N101"]
    again = report()
    project.apply(again, str(tmp_path / "2021/report.txt"), TODAY)
    assert len(again.findings) == 2


def test_a_bad_baseline_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    for text in ("", "{}", '{"version": 99, "findings": []}', '{"version": 1, "findings": [1]}'):
        file.write_text(text)
        with pytest.raises(Refused, match="CHK-106"):
            projects.load_baseline(file, Project())
