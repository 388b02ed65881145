"""Run the rules over one document: isolate a crashing rule, merge findings of one cause, keep the account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from jingban.checker import limits, registry
from jingban.checker.account import Count, Told, account
from jingban.checker.context import Context
from jingban.checker.model import Document, Source
from jingban.checker.rule import CheckFinding, Problem, Rule, Severity, Unverified, Verified, fingerprint
from jingban.values.i18n import gettext as _

RANK: dict[str, int] = {"error": 0, "warning": 1, "info": 2}
ANSWERS_PER_RULE_MAX = 50_000
"""A rule that answers more often than this on one document is stopped and noted."""
ROOT_FIRST = ("U103", "U102", "N110", "N102", "N109", "C101")
"""Of several findings of one cause these are the cause itself: a doubled total explains the broken balance."""
TWINS: dict[str, str] = {"D105": "residue", "P114": "residue"}
"""Rules of two groups that see one defect from two sides: at one place they are one finding."""


class NotVerified(Struct, frozen=True):
    """One line of the account: what could be seen but not tested, and why."""

    code: str
    subject: str
    reason: str
    source: Source = field(default_factory=Source)
    count: int = 1


class Report(Struct):
    """The outcome for one file: findings in reading order and the account of what was tested."""

    document: Document
    context: Context | None = None
    findings: list[CheckFinding] = field(default_factory=list)
    verified: int = 0
    """Figures and statements that were tested, whether they hold or not."""
    raw: list[CheckFinding] = field(default_factory=list)
    """Every finding before merging, for measurement."""
    rounded: int = 0
    """Of these, how many hold only by rounding."""
    unverified: list[NotVerified] = field(default_factory=list)
    suppressed: list[tuple[CheckFinding, str]] = field(default_factory=list)
    """Findings left out, each with the reason given by its suppression."""
    unreadable: str | None = None
    """Why nothing could be read at all."""
    figures: dict[str, Count] = field(default_factory=dict)
    """Kind of figure -> how many were tried, read without a partner, not read."""
    strange: int = 0
    """Numbers in tables of no known form: in no count."""

    @property
    def checkable(self) -> int:
        return self.verified + sum(one.count for one in self.unverified)

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)

    def reasons(self) -> Counter[str]:
        """Reason -> how many figures could not be verified because of it."""
        found: Counter[str] = Counter()
        for one in self.unverified:
            found[one.reason] += one.count
        return found

    def exit_code(self, *, strict: bool = False) -> int:
        """0 clean, 1 errors (or, when strict, warnings) found, 2 nothing could be verified."""
        if self.count("error") or (strict and self.count("warning")):
            return 1
        return 2 if self.unreadable or (not self.verified and not self.findings) else 0


def check_document(
    document: Document,
    *,
    rules: Iterable[Rule] | None = None,
    corpus: Sequence[Context] = (),
    severities: dict[str, Severity] | None = None,
) -> Report:
    """Check one document that was already read. ``severities`` overrides defaults by code."""
    return check_context(Context(document, corpus=corpus), rules=rules, severities=severities)


def check_context(
    context: Context, *, rules: Iterable[Rule] | None = None, severities: dict[str, Severity] | None = None
) -> Report:
    report = Report(context.document, context)
    chosen = registry.usable()[0] if rules is None else tuple(rules)
    found: list[CheckFinding] = []
    seen: dict[tuple[str, str, str], NotVerified] = {}
    for code, reason in registry.usable()[1].items() if rules is None else ():
        _note(seen, code, _("规则"), _("规则不能载入 CHK-904：{}").format(reason), Source())
    told = Told()
    for rule in chosen:
        _run_rule(rule, context, report, found, seen, severities or {}, told)
    if chosen:
        _count(context, report, seen, told)
    for note in context.document.notes:
        if not any(one.code == note.code and one.reason == note.message for one in seen.values()):
            seen[(note.code, note.message, "note")] = NotVerified(
                note.code, _("输入"), note.message, note.source
            )
    report.unverified = list(seen.values())
    report.raw = list(found)
    report.findings = sorted(merge(found), key=_reading_order)
    return report


def _run_rule(
    rule: Rule,
    context: Context,
    report: Report,
    found: list[CheckFinding],
    seen: dict[tuple[str, str, str], NotVerified],
    severities: dict[str, Severity],
    told: Told,
) -> None:
    try:
        for number, answer in enumerate(rule.check(context)):
            if number >= ANSWERS_PER_RULE_MAX:
                _note(seen, rule.code, _("规则"), _("回答过多，已停止"), Source())
                return
            told.note(rule.code, answer)
            if isinstance(answer, Problem):
                report.verified += 1
                severity = severities.get(rule.code) or answer.severity or rule.severity
                mark = fingerprint(rule.code, answer.key)
                found.append(CheckFinding(rule.code, rule.name, severity, answer, mark))
            elif isinstance(answer, Verified):
                report.verified += 1
                report.rounded += answer.rounding
            elif isinstance(answer, Unverified):
                _note(seen, rule.code, answer.subject, answer.reason, answer.source)
    except limits.Exceeded:  # the file's time is over, not the rule's fault
        raise
    except RecursionError:
        _note(seen, rule.code, _("规则"), _("规则内部故障 CHK-901：RecursionError"), Source())
    except Exception as error:  # a defect of one rule must not hide what the others found
        _note(
            seen, rule.code, _("规则"), _("规则内部故障 CHK-901：{}").format(type(error).__name__), Source()
        )


def _count(
    context: Context, report: Report, seen: dict[tuple[str, str, str], NotVerified], told: Told
) -> None:
    try:
        report.figures, report.strange = account(context, told)
    except limits.Exceeded:
        raise
    except Exception as error:  # what the rules found stays, whatever becomes of the count
        _note(
            seen,
            "CHK-901",
            _("数字的账"),
            _("规则内部故障 CHK-901：{}").format(type(error).__name__),
            Source(),
        )


def _note(
    seen: dict[tuple[str, str, str], NotVerified], code: str, subject: str, reason: str, source: Source
) -> None:
    key = (code, subject, reason)
    before = seen.get(key)
    seen[key] = (
        NotVerified(code, subject, reason, source)
        if before is None
        else NotVerified(code, subject, reason, before.source, before.count + 1)
    )


def merge(found: list[CheckFinding]) -> list[CheckFinding]:
    """One finding per cause: same fingerprint, same named cause, or same stated figure at the same place."""
    groups: list[list[CheckFinding]] = []
    by_mark: dict[object, int] = {}
    for finding in found:
        marks = _marks(finding)
        homes = sorted({by_mark[mark] for mark in marks if mark in by_mark})
        if not homes:
            homes = [len(groups)]
            groups.append([])
        home = homes[0]
        for other in homes[1:]:
            groups[home] += groups[other]
            groups[other] = []
        groups[home].append(finding)
        for mark, place in list(by_mark.items()):
            if place in homes[1:]:
                by_mark[mark] = home
        by_mark.update(dict.fromkeys(marks, home))
    return [_join(group) for group in groups if group]


def _marks(finding: CheckFinding) -> list[object]:
    problem = finding.problem
    marks: list[object] = [("fingerprint", finding.fingerprint)]
    if problem.cause:
        marks.append(("cause", problem.cause))
    where = problem.source
    placed = (where.line, where.page, where.paragraph, where.cell) != (None, None, None, None)
    if placed and problem.stated and problem.expected:
        marks.append(("place", where, problem.stated, problem.expected))
    twin = TWINS.get(finding.code)
    if placed and twin:
        marks += [(twin, place) for place in (where, *problem.related)]
    return marks


def _join(group: list[CheckFinding]) -> CheckFinding:
    def rank(finding: CheckFinding) -> tuple[int, int]:
        first = ROOT_FIRST.index(finding.code) if finding.code in ROOT_FIRST else len(ROOT_FIRST)
        return RANK[finding.severity], first

    ordered = sorted(group, key=rank)  # stable: catalogue order decides ties
    head = ordered[0]
    head.merged = [other.problem for other in ordered[1:]]
    return head


def _reading_order(finding: CheckFinding) -> tuple[int, int, int, int, float, str]:
    where = finding.problem.source
    return (
        where.page or 0,
        where.line or 0,
        where.paragraph or 0,
        RANK[finding.severity],
        where.box[1] if where.box else 0.0,
        finding.code,
    )
