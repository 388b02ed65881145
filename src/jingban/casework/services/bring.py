"""Bring cases (受理): one at the counter or a thousand by file, with the same checks for each row.

Codes CAS-2xx: 201 field missing, 202 evidence missing, 203 commitment not allowed for this evidence, 204 no rows, 205 the
same matter of the same person is already waiting, 206 no such evidence.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction

from jingban.casework.deadlines import due
from jingban.casework.doubts import against
from jingban.casework.effects import Situation, effect_of
from jingban.casework.effects.corrections import fact_model
from jingban.casework.kind import CaseKind, Evidence, kind_of
from jingban.casework.models import Case, CaseEvent, Submission
from jingban.casework.services.offices import office_of, outside
from jingban.casework.services.state import open_cases
from jingban.casework.stored import day_of, named, to_stored
from jingban.payments.models import Receivable
from jingban.policy.lookup import Policy
from jingban.registry.law import policy as centre_policy
from jingban.registry.person_rows import find_persons
from jingban.store import audit, bulk
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

SHOWN = "shown"
COMMITTED = "committed"
MISSING = "missing"
"""How evidence was given: seen, replaced by a signed commitment (告知承诺), or not at all."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Who brings cases, where, how and when."""

    maker: str
    at: dt.datetime
    region: str
    channel: str = Case.Channel.COUNTER
    office: str = ""
    source: str = ""
    key: str = ""
    """What one sending of a form carries: however often it arrives, it makes one case."""


@dataclass(slots=True)
class Brought:
    """The numbers of the cases brought, by row, and what was found."""

    numbers: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    batch: str = ""
    repeated: bool = False
    """The same form arrived before; these are the numbers it got then."""


def bring(
    kind_code: str,
    rows: Sequence[dict[str, Any]],
    intake: Intake,
    *,
    evidence: dict[str, str] | None = None,
    mode: Mode = "refuse_all",
    policy: Policy | None = None,
) -> Brought:
    """Check the form, the evidence and, by a dry run of the effect, the register; then enter the cases as submitted.

    ``rows`` are typed form values (``row`` = line of the reader's file); ``evidence`` maps evidence key to ``shown``,
    ``committed`` or ``missing`` for all rows, not named is missing (None: the agency acts by itself, on papers of its own).
    Warnings stay with the case for whoever decides. Raises ``Refused`` when nothing can be entered.
    """
    if before := _brought_before(intake):
        return before
    kind = kind_of(kind_code)
    numbered = _numbered(rows)
    given = evidence if evidence is not None else {paper.key: SHOWN for paper in kind.evidence}
    findings = check(kind_code, rows, intake, given)
    bad = {finding.row for finding in findings if finding.severity == "error"}
    good = [row for row in numbered if row["row"] not in bad]
    if not good or (bad and mode == "refuse_all"):
        if before := _brought_before(intake):  # the other sending was entered while this one was checked
            return before
        raise Refused(findings or [Finding("CAS-204", _("没有可受理的内容"))])
    brought = Brought(findings=findings)
    with entering(Door(intake.maker, "case.brought", intake.source, kind.title, intake.at)):
        if before := _brought_before(intake):
            transaction.set_rollback(True)
            return before
        if late := _waiting(kind, good):
            raise Refused(late)
        _write(kind, good, intake, given, brought, policy or centre_policy())
        if intake.key:
            Submission.objects.bulk_create(
                Submission(key=f"{intake.key}:{row}", number=number, actor=intake.maker)
                for row, number in brought.numbers.items()
            )
    return brought


def _brought_before(intake: Intake) -> Brought | None:
    """What the same sending of a form made already. Asked once more under the lock, where nobody can come between."""
    if not intake.key:
        return None
    made = Submission.objects.filter(key__startswith=f"{intake.key}:", actor=intake.maker).values_list(
        "key", "number"
    )
    numbers = {int(key.rpartition(":")[2]): number for key, number in made}
    return Brought(numbers, repeated=True) if numbers else None


def check(
    kind_code: str, rows: Sequence[dict[str, Any]], intake: Intake, given: Mapping[str, str]
) -> list[Finding]:
    """Everything that speaks against bringing these rows, by row; nothing is written.

    The register is asked even where papers are missing: whoever is turned away hears everything at once (一次性告知).
    """
    kind, numbered = kind_of(kind_code), _numbered(rows)
    findings = form_findings(kind, numbered)
    empty = {finding.row for finding in findings}
    findings += [
        *paper_findings(kind, numbered, given),
        *_waiting(kind, numbered),
        *_elsewhere(numbered, intake.maker),
    ]
    if whole := [row for row in numbered if row["row"] not in empty]:
        findings += [*_dry_run(kind, whole, intake), *against(kind, whole, day_of(intake.at))]
    return sorted(findings, key=lambda finding: (finding.row or 0, finding.code))


def _numbered(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"row": index, **row} for index, row in enumerate(rows, start=1)]


def form_findings(kind: CaseKind, rows: Sequence[dict[str, Any]]) -> list[Finding]:
    """Required fields that are empty."""
    return [
        Finding("CAS-201", _("没有填写"), row=row["row"], column=column.title)
        for row in rows
        for column in kind.fields
        if column.required and row.get(column.key) in (None, "")
    ]


def paper_findings(kind: CaseKind, rows: Sequence[dict[str, Any]], given: Mapping[str, str]) -> list[Finding]:
    """Papers that are missing, unknown, or cannot be replaced by a commitment; for each row."""
    papers = {paper.key: paper for paper in kind.evidence}
    wrong = [
        Finding(
            "CAS-206", _("没有材料“%(key)s”，应为：%(keys)s") % {"key": key, "keys": "、".join(papers) or "—"}
        )
        for key in given
        if key not in papers
    ]
    wrong += [
        Finding("CAS-202", _("缺少材料“%(title)s”") % {"title": _(paper.title)})
        for paper in lacking(kind, given)
    ]
    for key, how in given.items():
        if how == COMMITTED and key in papers and not papers[key].commitment:
            text = _("材料“%(title)s”不能以承诺代替")
            wrong.append(Finding("CAS-203", text % {"title": _(papers[key].title)}))
    return [replace(one, row=row["row"]) for one in wrong for row in rows]


def lacking(kind: CaseKind, given: Mapping[str, str]) -> list[Evidence]:
    """The papers that must be shown and were not: what the applicant is told all at once (一次性告知)."""
    return [
        paper
        for paper in kind.evidence
        if paper.required and given.get(paper.key, MISSING) not in (SHOWN, COMMITTED)
    ]


def _waiting(kind: CaseKind, rows: Sequence[dict[str, Any]]) -> list[Finding]:
    """A person's matter is brought once: rows that repeat a case still open."""
    if not kind.once:
        return []
    waiting = {_named(event.case.content): event.case.number for event in open_cases(kind.code)}
    return [
        Finding("CAS-205", _("此人的同类业务%(number)s尚未办结") % {"number": waiting[name]}, row=row["row"])
        for row in rows
        if (name := _named(row)) and waiting.get(name)
    ]


def _elsewhere(rows: Sequence[dict[str, Any]], maker: str) -> list[Finding]:
    """People of another office: their matters are not this clerk's."""
    if not office_of(maker):
        return []
    people = whom(rows)
    others = outside(list(people.values()), maker)
    return [
        Finding("CAS-742", _("此人不归本网点，请到所属网点办理"), row=row)
        for row, person in people.items()
        if person in others
    ]


def _named(content: dict[str, Any]) -> str:
    """Whose matter it is, as far as the form says: a person, or a debt."""
    return named(content) or str(content.get("receivable_id") or "")


def _dry_run(kind: CaseKind, rows: Sequence[dict[str, Any]], intake: Intake) -> list[Finding]:
    makers = {row["row"]: intake.maker for row in rows}
    situation = Situation(intake.region, day_of(intake.at), makers)
    door = Door(intake.maker, "case.check", at=intake.at)
    try:
        return effect_of(kind.effect)(rows, door, situation, "keep_good", True).findings
    except Refused as refused:
        return [
            Finding(f.code, f.message, f.severity, f.row if f.row else rows[0]["row"], f.column, f.subject)
            for f in refused.findings
        ]


def _write(
    kind: CaseKind,
    rows: Sequence[dict[str, Any]],
    intake: Intake,
    given: dict[str, str],
    brought: Brought,
    policy: Policy,
) -> None:
    last = Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    stamp = f"{day_of(intake.at):%Y%m%d}"
    numbers = [f"{stamp}{last + offset:08d}" for offset in range(1, len(rows) + 1)]
    batch = f"B{numbers[0]}" if len(rows) > 1 else ""
    people = whom(rows)
    office = intake.office or office_of(intake.maker)
    target, legal = due(kind, policy, intake.region, day_of(intake.at))
    stored = []
    for number, row in zip(numbers, rows, strict=True):
        values = {key: value for key, value in row.items() if key != "row"}
        amount = int(values.get(kind.amount) or 0) if kind.amount else 0
        stored.append(
            (number, kind.code, batch, intake.maker, office, intake.channel, bulk.moment(intake.at), _day(target), _day(legal),
             people.get(row["row"]), _json(to_stored(values)), _json(given), amount, kind.approvals(amount), row["row"])
        )  # fmt: skip
        brought.numbers[row["row"]] = number
    bulk.insert(
        Case,
        ["number", "kind", "batch", "maker", "office", "channel", "received_at", "due_on", "legal_due_on", "person_id",
         "content", "evidence", "amount_fen", "levels", "row"],
        stored,
    )  # fmt: skip
    ids = dict(_ids(numbers))
    remarks = {number: [replace(f, row=None) for f in brought.findings if f.row == row and f.severity == "warning"]
               for row, number in brought.numbers.items()}  # fmt: skip
    bulk.insert(
        CaseEvent,
        ["case_id", "sequence", "action", "state", "actor", "maker", "at", "findings"],
        [
            (ids[number], 1, CaseEvent.Action.SUBMITTED.value, CaseEvent.State.PENDING.value, intake.maker, intake.maker,
             bulk.moment(intake.at), _json([str(finding) for finding in remarks[number]]))
            for number in numbers
        ],
    )  # fmt: skip
    brought.batch = batch
    audit.append(
        [audit.Entry(intake.maker, "case.submitted", number, {"业务": kind.code}) for number in numbers],
        intake.at,
    )


def _ids(numbers: Sequence[str]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for start in range(0, len(numbers), 900):
        found.extend(Case.objects.filter(number__in=numbers[start : start + 900]).values_list("number", "pk"))
    return found


def whom(rows: Sequence[dict[str, Any]]) -> dict[int, int]:
    """Row → person, where the form names somebody who is already registered, or a record of theirs."""
    references = {row["row"]: named(row) for row in rows}
    known = find_persons([reference for reference in references.values() if reference])
    found = {
        row: known[reference][0]
        for row, reference in references.items()
        if reference and len(known[reference]) == 1
    }
    debts = {row["row"]: row["receivable_id"] for row in rows if row.get("receivable_id")}
    owners = dict(Receivable.objects.filter(pk__in=set(debts.values())).values_list("pk", "person_id"))
    found |= {row: owners[debt] for row, debt in debts.items() if debt in owners}
    for row in rows:
        if row.get("record") and row.get("fact_id"):
            facts = fact_model(row["record"])._default_manager.filter(pk=row["fact_id"])
            if (person := facts.values_list("person_id", flat=True).first()) is not None:
                found[row["row"]] = person
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _day(day: dt.date | None) -> Any:
    return day if day is None or connection.vendor == "postgresql" else day.isoformat()
