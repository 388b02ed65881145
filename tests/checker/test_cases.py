"""Runs the YAML cases of every rule, and refuses a rule without a passing, failing, edge and wrong-unit case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jingban.checker import registry
from jingban.checker.context import Context
from jingban.checker.readers import read
from jingban.checker.rule import CheckFinding
from jingban.checker.run import Report, check_context

CASES = Path(__file__).parent / "cases"
KINDS = {"pass", "fail", "edge", "unit"}
KEYS = {"id", "kind", "text", "format", "expect", "unverified", "with", "others"}
EXPECT_KEYS = {"code", "severity", "stated", "expected", "contains", "not_contains"}


def load() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, case)
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8")) or []
    ]


ALL = load()


def check_case(code: str, case: dict[str, Any], folder: Path) -> Report:
    """Write the case's documents to files, read them as a user's would be, and run only the rules it names."""

    def context(name: str, one: dict[str, Any], corpus: list[Context]) -> Context:
        path = folder / f"{name}.{one.get('format', 'txt')}"
        path.write_text(one["text"], encoding="utf-8")
        return Context(read(path), corpus=corpus)

    corpus = [context(f"other{number}", one, []) for number, one in enumerate(case.get("others", []))]
    wanted = {code, *case.get("with", []), *(one.get("code", code) for one in case.get("expect") or [])}
    return check_context(context("case", case, corpus), rules=[registry.rule(one) for one in sorted(wanted)])


def fits(finding: CheckFinding, wanted: dict[str, Any], code: str) -> bool:
    problem = finding.problem
    prose = "\n".join([problem.message, problem.quote, *problem.details])
    return (
        finding.code == wanted.get("code", code)
        and ("severity" not in wanted or finding.severity == wanted["severity"])
        and ("stated" not in wanted or problem.stated == str(wanted["stated"]))
        and ("expected" not in wanted or problem.expected == str(wanted["expected"]))
        and ("contains" not in wanted or str(wanted["contains"]) in prose)
        and ("not_contains" not in wanted or str(wanted["not_contains"]) not in prose)
    )


def shown(report: Report) -> str:
    lines = [
        f"{one.code} {one.severity} stated={one.problem.stated!r} expected={one.problem.expected!r} {one.problem.message}"
        for one in report.findings
    ]
    lines += [f"unverified {one.code}: {one.subject}: {one.reason}" for one in report.unverified]
    return "\n".join(lines) or "(nothing)"


@pytest.mark.parametrize(("code", "case"), ALL, ids=[f"{code}-{case['id']}" for code, case in ALL])
def test_case(code: str, case: dict[str, Any], tmp_path: Path) -> None:
    report = check_case(code, case, tmp_path)
    broken = [one for one in report.unverified if "CHK-901" in one.reason]
    assert not broken, shown(report)
    wanted = case.get("expect") or []
    own = [finding for finding in report.findings if finding.code == code]
    assert len(own) == sum(one.get("code", code) == code for one in wanted), shown(report)
    for one in wanted:
        assert any(fits(finding, one, code) for finding in report.findings), f"wanted {one}\n{shown(report)}"
    if "unverified" in case:
        reasons = [one.reason + one.subject for one in report.unverified if one.code == code]
        assert any(case["unverified"] in reason for reason in reasons), shown(report)


def test_cases_are_well_formed() -> None:
    assert ALL
    seen = set()
    for code, case in ALL:
        where = f"{code}-{case.get('id')}"
        assert where not in seen, where
        seen.add(where)
        assert code in registry.codes(), f"{where}: no such rule"
        assert set(case) <= KEYS, where
        assert case["kind"] in KINDS, where
        assert case["text"].strip(), where
        own = [one for one in case.get("expect") or [] if one.get("code", code) == code]
        assert case["kind"] != "pass" or not own, where
        assert case["kind"] != "fail" or own or (code.startswith("I1") and "unverified" in case), where
        assert all(set(one) <= EXPECT_KEYS for one in case.get("expect") or []), where


@pytest.mark.parametrize("code", registry.codes())
def test_every_rule_has_a_case_of_each_kind(code: str) -> None:
    have = {case["kind"] for own, case in ALL if own == code}
    assert have >= KINDS, f"{code} lacks {sorted(KINDS - have)}"
