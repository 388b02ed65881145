"""SARIF 2.1.0 for code-review and dashboard tools; suppressed findings are kept, marked as suppressed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jingban import __version__
from jingban.checker import registry
from jingban.checker.output import exact
from jingban.checker.result import FileResult
from jingban.checker.rule import Rule
from jingban.values.i18n import active

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(results: Iterable[FileResult]) -> str:
    """One SARIF log with one run."""
    results = list(results)
    used = sorted({finding["code"] for one in results for finding in (*one.findings, *one.suppressed)})
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "jingban check",
                "version": __version__,
                "rules": [_rule(code) for code in used],
            }
        },
        "artifacts": [{"location": {"uri": _uri(one.path)}} for one in results],
        "results": [
            _result(one, index, finding, used, None)
            for index, one in enumerate(results)
            for finding in one.findings
        ]
        + [
            _result(one, index, finding, used, finding["reason"])
            for index, one in enumerate(results)
            for finding in one.suppressed
        ],
        "invocations": [
            {
                "executionSuccessful": all(one.unreadable is None for one in results),
                "toolExecutionNotifications": [
                    {
                        "level": "note",
                        "message": {"text": f"{item['subject']}：{item['reason']}"},
                        "locations": [_location(one.path, index, item["line"], item["page"], "")],
                        "associatedRule": {"id": item["code"]},
                    }
                    for index, one in enumerate(results)
                    for item in one.unverified
                ],
            }
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return exact.text(log)


def _rule(code: str) -> dict[str, Any]:
    rule = registry.rule(code)
    if active() == "en":
        texts = (rule.title_en, *_english(rule))
    else:
        page = registry.sections(rule.__doc__ or "")
        texts = (rule.title, page["问题"], page["怎么改"])
    short, full, help_ = texts
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": full},
        "help": {"text": help_},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _english(rule: Rule) -> tuple[str, str]:
    """What the rule reports, and what it does not."""
    summary, mark, exceptions = registry.english(rule.__doc__ or "").partition("Not reported:")
    return summary.strip(), mark + exceptions


def _result(
    one: FileResult, index: int, finding: dict[str, Any], used: list[str], reason: str | None
) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "ruleId": finding["code"],
        "ruleIndex": used.index(finding["code"]),
        "level": LEVELS[finding["severity"]],
        "message": {"text": finding["message"]},
        "locations": [_location(one.path, index, finding["line"], finding["page"], finding["quote"])],
        "partialFingerprints": {"jingban/v1": finding["fingerprint"]},
        "properties": {
            key: finding[key]
            for key in ("stated", "expected", "difference", "table", "row", "column", "page")
            if finding[key] is not None
        },
    }
    if finding["related_lines"]:
        shown["relatedLocations"] = [
            _location(one.path, index, line, None, "") for line in finding["related_lines"]
        ]
    if reason is not None:
        shown["suppressions"] = [{"kind": "external", "justification": reason}]
    return shown


def _location(path: str, index: int, line: int | None, page: int | None, quote: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(path), "index": index}}
    if line:
        physical["region"] = {"startLine": line, **({"snippet": {"text": quote}} if quote else {})}
    location: dict[str, Any] = {"physicalLocation": physical}
    if page and not line:
        location["logicalLocations"] = [{"name": f"page {page}", "kind": "page"}]
    return location


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(Path(path).as_posix())
