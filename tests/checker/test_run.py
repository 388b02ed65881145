"""Running rules: a crash is isolated, causes are merged, the account adds up, exit codes hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.checker import limits
from jingban.checker.model import Document, Note
from jingban.checker.project import Project
from jingban.checker.rule import CheckFinding, fingerprint
from jingban.checker.run import check_document, merge
from jingban.checker.service import check_file
from jingban.values.confined import Limits
from tests.checker.samples import HOLDS, ROUNDS, UNKNOWN, document, problem, rule


def test_a_crashing_rule_becomes_a_note_and_the_others_still_speak() -> None:
    report = check_document(
        document("文"),
        rules=[
            rule("T101", ZeroDivisionError("boom")),
            rule("T102", [problem("收入")]),
            rule("T103", [HOLDS]),
        ],
    )
    assert [finding.code for finding in report.findings] == ["T102"]
    assert [(one.code, one.reason) for one in report.unverified] == [
        ("T101", "规则内部故障 CHK-901：ZeroDivisionError")
    ]
    assert "boom" not in report.unverified[0].reason


def test_a_rule_that_crashes_half_way_keeps_what_it_found() -> None:
    def answers() -> object:
        yield problem("收入")
        raise KeyError("x")

    report = check_document(document("文"), rules=[rule("T101", answers())])  # type: ignore[arg-type]
    assert len(report.findings) == 1
    assert len(report.unverified) == 1


def test_the_account_adds_up() -> None:
    report = check_document(
        document("文"),
        rules=[rule("T101", [HOLDS, ROUNDS, UNKNOWN, UNKNOWN, problem("甲"), problem("乙", 2)])],
    )
    assert (report.checkable, report.verified, report.rounded) == (6, 4, 1)
    assert report.reasons() == {"没有基数": 2}
    assert [one.count for one in report.unverified] == [2]


def test_notes_of_the_reader_are_in_the_account() -> None:
    read = document("文")
    read.notes.append(Note("I101", "没有文字层"))
    report = check_document(read, rules=[rule("T101", [HOLDS])])
    assert report.reasons() == {"没有文字层": 1}


def test_findings_of_one_cause_are_one() -> None:
    found = check_document(
        document("文"),
        rules=[
            rule("N101", [problem("占比", 3, cause="收支总计")], "warning"),
            rule("N110", [problem("总计", 1, cause="收支总计")]),
            rule("T101", [problem("平衡", 2, cause="收支总计"), problem("另一处", 9)]),
        ],
    ).findings
    assert [(one.code, len(one.merged)) for one in found] == [("N110", 2), ("T101", 0)]


def test_one_fingerprint_in_two_places_is_one_finding() -> None:
    found = check_document(
        document("文"), rules=[rule("T101", [problem("甲", 1), problem("甲", 7)])]
    ).findings
    assert [(one.problem.source.line, [other.source.line for other in one.merged]) for one in found] == [
        (1, [7])
    ]


def test_chains_of_causes_join_whatever_the_order() -> None:
    def finding(key: str, cause: str | None, line: int) -> CheckFinding:
        return CheckFinding(
            "T101", "n", "error", problem(key, line, cause=cause), fingerprint("T101", (key,))
        )

    # the third joins the first (fingerprint) with the second (cause)
    chain = [finding("a", "x", 1), finding("b", "y", 2), finding("a", "y", 3)]
    assert [len(one.merged) for one in merge(chain)] == [2]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["x", "y", "z", None])), max_size=12))
@settings(max_examples=60, deadline=None)
def test_merging_loses_nothing(pairs: list[tuple[str, str | None]]) -> None:
    found = [
        CheckFinding("T101", "n", "error", problem(key, number, cause=cause), fingerprint("T101", (key,)))
        for number, (key, cause) in enumerate(pairs, start=1)
    ]
    joined = merge(found)
    assert sum(1 + len(one.merged) for one in joined) == len(found)
    assert len({one.fingerprint for one in joined}) == len(joined)
    causes = [one.problem.cause for one in joined if one.problem.cause]
    assert len(set(causes)) == len(causes)


def test_severity_of_project_then_problem_then_rule() -> None:
    rules = [rule("T101", [problem("甲"), problem("乙", 2, severity="info")])]
    assert [one.severity for one in check_document(document("文"), rules=rules).findings] == ["error", "info"]
    changed = check_document(document("文"), rules=rules, severities={"T101": "warning"})
    assert {one.severity for one in changed.findings} == {"warning"}


@pytest.mark.parametrize(
    ("answers", "severity", "strict", "code"),
    [
        ([HOLDS], "error", False, 0),
        ([problem("甲")], "error", False, 1),
        ([problem("甲")], "warning", False, 0),
        ([problem("甲")], "warning", True, 1),
        ([problem("甲")], "info", True, 0),
        ([UNKNOWN], "error", False, 2),
        ([], "error", False, 2),
    ],
)
def test_exit_codes(answers: list[object], severity: str, strict: bool, code: int) -> None:
    report = check_document(document("文"), rules=[rule("T101", answers, severity)])  # type: ignore[arg-type]
    assert report.exit_code(strict=strict) == code


def test_the_fingerprint_has_no_position() -> None:
    first = check_document(document("文"), rules=[rule("T101", [problem("甲", 1)])]).findings[0]
    second = check_document(
        document("文", "文"), rules=[rule("T101", [problem("甲", 2, quote="x", stated="9")])]
    ).findings[0]
    assert first.fingerprint == second.fingerprint
    assert first.problem.source != second.problem.source


def test_no_input_raises(tmp_path: Path) -> None:
    from datetime import date

    from jingban.checker.project import Project

    bad = {
        "empty.txt": b"",
        "zeros.txt": b"\0" * 4096,
        "fake.pdf": b"%PDF-1.7\nnot a pdf",
        "fake.docx": b"PK\x03\x04 broken",
        "fake.xlsx": b"<html><table><tr><td>1</td></tr></table></html>",
        "half.html": b"<table><tr><td>1<table><tr>",
        "gbk.txt": "2020年度部门决算：支出合计100万元".encode("gbk"),
        "utf16.txt": "2020年度部门决算：支出合计100万元".encode("utf-16"),
        "bom.txt": "﻿2020年度部门决算".encode(),
        "noise.txt": bytes(range(256)) * 40,
        "line.txt": ("占" * 400_000).encode(),
    }
    for name, content in bad.items():
        path = tmp_path / name
        path.write_bytes(content)
        _report, flat = check_file(path, Project(), date(2026, 1, 1), bounds=Limits(seconds=30))
        assert flat.count("error") == 0, name
        assert "CHK-90" not in str(flat.unverified), (name, flat.unverified)
        assert flat.exit_code() in (0, 2), name
    missing = check_file(tmp_path / "missing.txt", Project(), date(2026, 1, 1))[1]
    assert missing.exit_code() == 2


def test_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time
    from datetime import date

    from jingban.checker import service
    from jingban.checker.project import Project

    def slow(path: Path, bounds: Limits) -> Document:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr(service, "read_file", slow)
    _report, flat = check_file(tmp_path / "x.txt", Project(), date(2026, 1, 1), bounds=Limits(seconds=0.2))
    assert flat.unreadable
    assert flat.exit_code() == 2


def test_the_end_of_a_files_time_is_not_a_rules_defect() -> None:
    with pytest.raises(limits.Exceeded):
        check_document(document("文"), rules=[rule("T101", limits.Exceeded())])


def test_what_cannot_be_read_is_not_said_to_be_verified(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    report, flat = check_file(path, Project(), date(2026, 1, 1))
    assert (flat.verified, flat.checkable, flat.findings) == (0, 1, [])
    assert report.unreadable
    assert flat.exit_code() == 2
