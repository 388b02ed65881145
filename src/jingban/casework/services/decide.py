"""Decide cases (审核、审批): approve, return, reject; the last approval does what the case asks for, in the same transaction.

Codes CAS-3xx: 301 already decided, or decided by somebody else in this moment; 302 the maker may not decide; 303 this person
has already approved; 304 no such case; 306 only the maker may do this; 307 lists of other bodies name the person, and an
approval must say in its note why it stands; 308 a correction cannot turn the matter into somebody else's.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db import IntegrityError

from jingban.casework.doubts import against
from jingban.casework.effects import Situation, effect_of
from jingban.casework.kind import kind_of
from jingban.casework.models import CaseEvent
from jingban.casework.services.bring import form_findings, paper_findings, whom
from jingban.casework.services.offices import visible
from jingban.casework.services.staff import accounts_of, must_be_known
from jingban.casework.services.state import Current, current
from jingban.casework.stored import day_of, from_stored, to_stored
from jingban.store import audit, bulk
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _

Decision = Literal["approve", "return", "reject"]
_ACTIONS = {
    "approve": CaseEvent.Action.APPROVED,
    "return": CaseEvent.Action.RETURNED,
    "reject": CaseEvent.Action.REJECTED,
}
_FIELDS = [
    "case_id",
    "sequence",
    "action",
    "state",
    "level",
    "round",
    "actor",
    "maker",
    "at",
    "note",
    "content",
    "findings",
    "origin_id",
    "evidence",
]


@dataclass(slots=True)
class Decided:
    """Numbers by what became of them, and what was found."""

    done: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def decide(
    numbers: Sequence[str],
    decision: Decision,
    actor: str,
    at: dt.datetime,
    region: str,
    *,
    note: str = "",
    mode: Mode = "refuse_all",
) -> Decided:
    """Decide one case or a batch in one transaction.

    ``keep_good``: cases the register refuses fail with their reasons (state returned), the others are done. Raises
    ``Refused`` (nothing written) for a wrong decider, a case not pending, one that lost the race, or one against which
    something is known that the note does not answer.
    """
    decided = Decided()
    try:
        with entering(Door(actor, "case.decided", _source(numbers), note, at)) as origin:
            must_be_known(actor)
            cases = _pending(numbers, actor, decision)
            events = _closing(cases, decision, actor, at, note, decided) if decision != "approve" else []
            if decision == "approve":
                events = _approving(cases, actor, at, region, note, mode, origin, decided)
            bulk.insert(CaseEvent, _FIELDS, events)
            audit.append(_entries(cases, decision, actor, decided), at)
    except IntegrityError:
        raise refuse("CAS-301", _("已由他人办理，请刷新")) from None
    return decided


def resubmit(
    number: str,
    values: dict[str, Any],
    actor: str,
    at: dt.datetime,
    *,
    note: str = "",
    evidence: dict[str, str] | None = None,
) -> None:
    """The maker corrects a returned case and submits it again: a new round of approvals, as many as the new amount wants.

    ``evidence``: the papers as they are given now (None: as before); what was given before stays to be seen.
    """
    with entering(Door(actor, "case.resubmitted", number, note, at)):
        case = _of_maker(number, actor, CaseEvent.State.RETURNED)
        again = [{**values, "row": 1}]
        kind = kind_of(case.case.kind)
        findings = form_findings(kind, again)
        if evidence is not None:
            findings += paper_findings(kind, again, evidence)
        if case.case.person_id is not None and whom(again).get(1) != case.case.person_id:
            findings.append(Finding("CAS-308", _("不能改成另一个人的业务，请撤回后重新受理")))
        if findings:
            raise Refused([replace(finding, row=None) for finding in findings])
        corrected = json.dumps(to_stored(values), ensure_ascii=False)
        papers = None if evidence is None else json.dumps(evidence, ensure_ascii=False)
        row = _event(
            case, CaseEvent.Action.SUBMITTED, CaseEvent.State.PENDING, actor, at, note, values=corrected, papers=papers
        )  # fmt: skip
        bulk.insert(CaseEvent, _FIELDS, [_next_round(row)])
        audit.append([audit.Entry(actor, "case.resubmitted", number)], at)


def withdraw(number: str, actor: str, at: dt.datetime, *, note: str = "") -> None:
    """The maker takes a case back before it is decided."""
    with entering(Door(actor, "case.withdrawn", number, note, at)):
        case = _of_maker(number, actor, CaseEvent.State.RETURNED, CaseEvent.State.PENDING)
        row = _event(case, CaseEvent.Action.WITHDRAWN, CaseEvent.State.WITHDRAWN, actor, at, note)
        bulk.insert(CaseEvent, _FIELDS, [row])
        audit.append([audit.Entry(actor, "case.withdrawn", number)], at)


def _source(numbers: Sequence[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}…{numbers[-1]}" if numbers else ""


def _of_maker(number: str, actor: str, *states: str) -> Current:
    found = current([number]).get(number)
    if found is None:
        raise refuse("CAS-304", _("没有业务%(number)s") % {"number": number})
    if found.case.maker != actor:
        raise refuse("CAS-306", _("只有经办人本人可以这样办"))
    if found.last.state not in states:
        raise refuse("CAS-301", _("业务%(number)s不在可办理的状态") % {"number": number})
    return found


def _pending(numbers: Sequence[str], actor: str, decision: Decision) -> list[Current]:
    found = current(visible(list(dict.fromkeys(numbers)), actor))
    own = accounts_of(actor)
    findings = []
    for number in numbers:
        case = found.get(number)
        if case is None:
            findings.append(Finding("CAS-304", _("没有业务%(number)s") % {"number": number}))
        elif case.last.state != CaseEvent.State.PENDING:
            findings.append(Finding("CAS-301", _("业务%(number)s已经办理") % {"number": number}))
        elif case.case.maker in own:
            text = _("经办人不能审核自己经办的业务%(number)s")
            if case.case.maker != actor:
                text = _("账号%(actor)s与经办人%(maker)s是同一人，不能审核业务%(number)s")
            named = {"number": number, "actor": actor, "maker": case.case.maker}
            findings.append(Finding("CAS-302", text % named))
        elif decision == "approve" and own & set(case.approvers):
            text = _("业务%(number)s您已批准过一级，须由另一人审批") % {"number": number}
            findings.append(Finding("CAS-303", text))
    if findings:
        raise Refused(findings)
    return list(found.values())


def _event(
    case: Current,
    action: str,
    state: str,
    actor: str,
    at: dt.datetime,
    note: str,
    *,
    level: int = 0,
    values: str | None = None,
    papers: str | None = None,
    findings: Iterable[Finding] = (),
    origin: int | None = None,
) -> tuple[Any, ...]:
    listed = json.dumps([str(finding) for finding in findings], ensure_ascii=False)
    last = case.last
    return (case.case.pk, last.sequence + 1, str(action), str(state), level, last.round, actor, case.case.maker,
            bulk.moment(at), note, values, listed, origin, papers)  # fmt: skip


def _next_round(row: tuple[Any, ...]) -> tuple[Any, ...]:
    position = _FIELDS.index("round")
    return (*row[:position], row[position] + 1, *row[position + 1 :])


def _closing(
    cases: list[Current], decision: str, actor: str, at: dt.datetime, note: str, decided: Decided
) -> list[tuple[Any, ...]]:
    state = CaseEvent.State.RETURNED if decision == "return" else CaseEvent.State.REJECTED
    decided.closed = [case.case.number for case in cases]
    return [_event(case, _ACTIONS[decision], state, actor, at, note) for case in cases]


def _approving(
    cases: list[Current],
    actor: str,
    at: dt.datetime,
    region: str,
    note: str,
    mode: Mode,
    origin: Origin,
    decided: Decided,
) -> list[tuple[Any, ...]]:
    events: list[tuple[Any, ...]] = []
    final: dict[str, list[Current]] = {}
    known = _against(cases, day_of(at), note, mode)
    decided.findings.extend(finding for found in known.values() for finding in found)
    approve = functools.partial(_event, action=CaseEvent.Action.APPROVED, actor=actor, at=at, note=note)
    fail = functools.partial(
        _event, action=CaseEvent.Action.FAILED, state=CaseEvent.State.RETURNED, actor=actor, at=at, note=note
    )
    for case in cases:
        pk, level = case.case.pk, case.approvals + 1
        if _barred(known.get(pk, [])):
            decided.failed.append(case.case.number)
            events.append(fail(case, findings=known[pk]))
        elif level >= case.levels:
            final.setdefault(case.case.kind, []).append(case)
        else:
            events.append(
                approve(case, state=CaseEvent.State.PENDING, level=level, findings=known.get(pk, []))
            )
            decided.pending.append(case.case.number)
    for kind_code, ready in final.items():
        done, failed, remarks = _execute(kind_code, ready, actor, at, region, mode)
        decided.findings.extend([*(finding for found in failed.values() for finding in found), *remarks])
        for case in ready:
            pk = case.case.pk
            if pk in failed:
                decided.failed.append(case.case.number)
                events.append(fail(case, findings=failed[pk]))
            else:
                decided.done.append(case.case.number)
                level, answered = case.approvals + 1, known.get(pk, [])
                events.append(
                    approve(case, state=CaseEvent.State.DONE, level=level, findings=answered, origin=done)
                )
    return events


def _against(cases: list[Current], today: dt.date, note: str, mode: Mode) -> dict[int, list[Finding]]:
    """Case → what lists of other bodies say now. Refused when confirmed (unless good ones are kept) or not answered."""
    found: dict[int, list[Finding]] = {}
    by_kind: dict[str, list[Current]] = {}
    for case in cases:
        by_kind.setdefault(case.case.kind, []).append(case)
    for code, same in by_kind.items():
        rows = [{**case.values, "row": index} for index, case in enumerate(same)]
        for one in against(kind_of(code), rows, today):
            asked = same[one.row or 0].case
            found.setdefault(asked.pk, []).append(replace(one, row=None, subject=asked.number))
    barred = [one for several in found.values() if _barred(several) for one in several]
    if barred and mode == "refuse_all":
        raise Refused(barred)
    open_ = [one for several in found.values() if not _barred(several) for one in several]
    if open_ and not note.strip():
        text = _("业务%(number)s有未排除的疑点，核实后在意见中写明理由才能批准")
        numbers = dict.fromkeys(one.subject for one in open_)
        raise Refused([*open_, *(Finding("CAS-307", text % {"number": number}) for number in numbers)])
    return found


def _barred(found: list[Finding]) -> bool:
    return any(one.severity == "error" for one in found)


def _execute(
    kind_code: str, cases: list[Current], actor: str, at: dt.datetime, region: str, mode: Mode
) -> tuple[int | None, dict[int, list[Finding]], list[Finding]]:
    """Do what the cases ask for. Returns the origin of the facts, the findings of the cases that failed, and remarks."""
    kind = kind_of(kind_code)
    rows = [
        {**from_stored(kind, dict(case.values)), "row": index} for index, case in enumerate(cases, start=1)
    ]
    door = Door(actor, f"case.{kind_code}", _source([case.case.number for case in cases]), kind.title, at)
    makers = {index: case.case.maker for index, case in enumerate(cases, start=1)}
    outcome = effect_of(kind.effect)(rows, door, Situation(region, day_of(at), makers), mode, False)
    failed: dict[int, list[Finding]] = {}
    for finding in outcome.findings:
        if finding.severity == "error" and finding.row:
            failed.setdefault(cases[finding.row - 1].case.pk, []).append(finding)
    remarks = [finding for finding in outcome.findings if finding.severity != "error"]
    return outcome.origin_id, failed, remarks


def _entries(cases: list[Current], decision: str, actor: str, decided: Decided) -> list[audit.Entry]:
    failed = set(decided.failed)
    return [
        audit.Entry(
            actor,
            "case.failed" if case.case.number in failed else f"case.{_ACTIONS[decision].value}",
            case.case.number,
            {"业务": case.case.kind, "级": case.approvals + 1, "共": case.levels},
        )
        for case in cases
    ]
