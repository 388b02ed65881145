"""Compute a past run or yearly credit once more: the facts known then, the law kept with it, the rules as they read then.

What comes out must be what was kept, row for row. Where a rule reads differently today it is computed a second time with
today's rules, so that the difference between then and now is known by person.

Codes: PAY-301 nothing of that name, PAY-302 its rules cannot run any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from jingban.engine.database import InDatabase
from jingban.payments import kept, rules_kept, scope
from jingban.payments import law as run_law
from jingban.payments.credits import COMPUTATIONS, computed, differing
from jingban.payments.kept import Different, merged
from jingban.payments.models import Credit, Run
from jingban.payments.pipeline import TARGETS, prepare
from jingban.payments.sections import Section
from jingban.registry.law import Rows
from jingban.registry.models import Identity
from jingban.rules.loader import Step
from jingban.rules.titles import ITEMS
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id
from jingban.values.money import format_yuan

SHOWN_AT_MOST = 200


@dataclass(slots=True)
class Replay:
    """``differs``: kept against computed with the rules of then. ``changed``: steps that read differently today; ``since``: kept
    against computed with today's rules. ``remarks``: what was not kept and had to be taken from elsewhere."""

    batch: str
    rows: int
    differs: list[Different]
    changed: list[str] = field(default_factory=list)
    since: list[Different] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def identical(self) -> bool:
        return not self.differs


def replay(name: str) -> Replay:
    """A run or a yearly credit by its batch number. Raises ``Refused`` PAY-301, PAY-302; ENG-101 when its law has a hole."""
    found = find(name)
    if found is None:
        raise refuse("PAY-301", _("没有名为“{name}”的批次").format(name=name))
    return _replay_run(found) if isinstance(found, Run) else _replay_credit(found)


def find(name: str) -> Run | Credit | None:
    """The batch of that number."""
    text = name.strip().upper()
    if len(text) == 15 and text[:12].isdigit() and text[13:].isdigit():
        kind = {"M": "monthly", "E": "estate", "X": "extra"}.get(text[12], "")
        month = int(text[6:10]) * 12 + int(text[10:12]) - 1
        runs = Run.objects.select_related("before")
        return runs.filter(
            region_id=int(text[:6]), payroll_month=month, kind=kind, attempt=int(text[13:])
        ).first()
    if len(text) == 13 and text[:10].isdigit() and text[11:].isdigit():
        item = {"S": 401, "G": 402, "I": 403}.get(text[10], 0)
        found = Credit.objects.filter(region_id=int(text[:6]), year=int(text[6:10]), item=item)
        return found.filter(attempt=int(text[11:])).first()
    return None


def _replay_run(run: Run) -> Replay:
    law, opened, remarks = _law_of(run)
    made = Replay(run.batch, run.lines.count(), [], remarks=remarks)
    if run.rules is None:
        made.remarks.append(_("当时没有保存规则文本，按现在的规则重算"))

    persons = None
    if run.kind == Run.Kind.EXTRA:
        persons = run.persons()

    def make_scope(reach: int) -> str:
        return scope.of(run.kind, run.payroll_month, run.before, law, persons, run.horizon_id, reach)

    def compute(known: Mapping[str, Step] | None) -> list[Different]:
        with transaction.atomic(), connection.cursor() as cursor:
            engine = prepare(
                cursor,
                run.region_id,
                run.payroll_month,
                run.horizon_id,
                law,
                make_scope,
                known=known,
                opened=opened,
            )
            engine.build(*TARGETS)
            # What is held is kept since the rules are.
            parts = [part for part in kept.PARTS if part is not kept.HELD or run.rules is not None]
            found = [row for part in parts for row in kept.differing(engine, part, run.pk, run.horizon_id)]
            engine.drop()
            return found

    return _both(made, run.rules, compute)


def _replay_credit(one: Credit) -> Replay:
    law, _opened, remarks = _law_of(one)
    made = Replay(one.batch, one.lines.count() + one.missed.count(), [], remarks=remarks)

    def compute(known: Mapping[str, Step] | None) -> list[Different]:
        with (
            transaction.atomic(),
            computed(one.region_id, one.item, one.year, one.horizon_id, law, known=known) as engine,
        ):
            return _credits_that_differ(engine, one)

    return _both(made, one.rules, compute)


def _both(made: Replay, rules: dict[str, str] | None, compute: Any) -> Replay:
    """With the rules of then; and with today's where one of them reads differently."""
    made.changed = rules_kept.changed(rules or {})
    try:
        made.differs = merged(compute(rules_kept.of_then(rules) if rules and made.changed else None))
    except LookupError as error:
        raise refuse("PAY-302", _("当时的规则现在不能运行：{reason}").format(reason=error)) from error
    if made.changed:
        made.since = merged(compute(None))
    return made


def _law_of(one: Run | Credit) -> tuple[dict[str, Rows], dict[str, dict[str, Rows]], list[str]]:
    law, opened, missing = run_law.of_then(one)
    text = _("当时没有保存这些政策表，取现在的参数文件中 {day} 已知的：{names}")
    return law, opened, [text.format(day=one.known_on, names="、".join(missing))] if missing else []


def _credits_that_differ(engine: InDatabase, one: Credit) -> list[Different]:
    step = COMPUTATIONS[one.item]
    found: list[Different] = [
        (person, f"{_(ITEMS[one.item])} {one.year}（{ledger}）", kept, now)
        for person, ledger, kept, now in differing(engine, one)
    ]
    missed = engine.rows(
        "SELECT person_id, SUM(kept) AS kept FROM ("
        f"SELECT person_id, reason, 1 AS kept FROM payments_creditmissed WHERE credit_id = {int(one.pk)} "
        f"UNION ALL SELECT person_id, missed AS reason, -1 AS kept FROM {step.missed}) u "
        "GROUP BY person_id, reason HAVING SUM(kept) <> 0 ORDER BY person_id"
    )
    return [*found, *((person, _("未记账名单"), 0, 0) for person, _kept in missed)]


# --- as tables --------------------------------------------------------------------------------------------------------


def sections(found: Replay) -> Iterator[Section]:
    """What the command and the pages say of a replay."""
    verdict = _("逐行相同") if found.identical else _("有 {count} 处不同").format(count=len(found.differs))
    rows: list[tuple[str, ...]] = [
        (_("批次"), found.batch),
        (_("当时的行数"), f"{found.rows:,}"),
        (_("重算结果"), verdict),
    ]
    rows.append((_("以后改过的规则"), "、".join(found.changed) or _("没有")))
    rows += [(_("说明"), text) for text in found.remarks]
    yield Section(_("重算 {batch}").format(batch=found.batch), (), rows)
    if found.differs:
        yield _by_person(_("与当时不同的（按当时的规则）"), found.differs)
    if found.since:
        yield _by_person(_("按现在的规则会不同的"), found.since)


def _by_person(title: str, rows: list[Different]) -> Section:
    shown = rows[:SHOWN_AT_MOST]
    numbers = dict(
        Identity.objects.filter(person_id__in={row[0] for row in shown}).values_list("person_id", "id_number")
    )
    said: list[tuple[str, ...]] = [
        (
            f"#{person} {mask_id(numbers.get(person, ''))}",
            what,
            format_yuan(kept),
            format_yuan(now),
            format_yuan(now - kept),
        )
        for person, what, kept, now in shown
    ]
    if len(rows) > len(shown):
        said.append((_("……另有 {count} 条").format(count=len(rows) - len(shown)), "", "", "", ""))
    columns = (_("人员"), _("什么"), _("当时（元）"), _("重算（元）"), _("相差（元）"))
    return Section(title, columns, said, (2, 3, 4))
