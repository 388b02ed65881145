"""What was registered after a preview and would change what its run pays, holds or books: such a preview is not paid out.

A run is a pure function of the facts known when it was previewed. Whoever has a new fact that the rules read, or another account
for the money, is computed once more, with the law of the run; only where something comes out differently is the preview overtaken.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection, transaction

from jingban.payments import kept, law, scope
from jingban.payments.models import Run
from jingban.payments.pipeline import TARGETS, prepare
from jingban.payments.relations import failed
from jingban.store import bulk, live
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_name
from jingban.values.money import format_yuan

FACTS = {
    "registry_certification": "资格认证",
    "registry_stoppage": "停发、恢复或服刑",
    "registry_death": "死亡",
    "registry_award": "待遇核定",
    "registry_annuity": "待遇重算",
    "registry_bankaccount": "银行账户",
    "payments_estatepayee": "遗属领取人",
    "registry_otherpension": "领取其他养老待遇",
    "registry_othercoverage": "重复参保月份",
    "registry_identity": "姓名、证件或出生日期",
    "registry_relation": "参保关系",
    "registry_openedbooks": "建账",
    "registry_contribution": "缴费",
    "registry_accountentry": "个人账户记账",
    "registry_groupmembership": "群体",
    "registry_openinghistory": "建账前年限",
    "payments_setoff": "待遇抵扣",
}
"""Table → what is said of it: every fact that the rules of a run read, and the accounts the money goes to."""

_WORDS = (*FACTS.values(), "银行退回", "另一批次发放")
_TOUCHED = "overtaken"


@dataclass(slots=True)
class Change:
    """One person whose part of the run would be another now."""

    person_id: int
    name: str
    """Masked."""
    what: list[str]
    """What was registered since the preview, in the order of ``FACTS``."""
    differs: dict[kept.Part, tuple[int, int]] = field(default_factory=dict)
    """Fen kept and fen computed now, of each part of the run that is not the same."""
    obstacle: str = ""
    """Why it cannot be computed now."""

    @property
    def said(self) -> str:
        """What was registered, and what comes of it."""
        return f"{'、'.join(self.what)}；{self._effect()}"

    def _effect(self) -> str:
        if self.obstacle:
            return _("现在算不出：{reason}").format(reason=self.obstacle)
        for part, text in (
            (kept.ORDERS, _("支付金额由 {kept} 元变为 {now} 元")),
            (kept.HELD, _("应计未发由 {kept} 元变为 {now} 元")),
            (kept.LINES, _("应付和应收由 {kept} 元变为 {now} 元")),
        ):
            before, now = self.differs.get(part, (0, 0))
            if before != now:
                return text.format(kept=format_yuan(before), now=format_yuan(now))
        if kept.ORDERS in self.differs:
            return _("收款银行、账号或户名变了")
        return _("明细或个人账户记账变了")


def since_preview(run: Run) -> list[Change]:
    """Persons of the run, or whom the same preview would take in now, for whom it would be another one; by number."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            # The plus leaves the column without a type, as the engine's tables are: SQLite uses an index between equals only.
            f"CREATE TEMP TABLE {_TOUCHED} AS SELECT +c.person_id AS person_id, c.place FROM ({_registered(run)}) c "
            f"WHERE c.person_id IN ({_people(run)}) GROUP BY c.person_id, c.place"
        )
        rows = bulk.fetch(
            f"SELECT c.person_id, c.place, i.name FROM {_TOUCHED} c JOIN registry_identity i ON i.person_id = c.person_id "
            f"AND {live.where('registry_identity', 'i')} ORDER BY c.person_id, c.place"
        )
        found: dict[int, Change] = {}
        for person, place, name in rows:
            one = found.setdefault(person, Change(person, mask_name(name), []))
            one.what.append(_(_WORDS[place]))
        if found:
            _compare(run, found)
        cursor.execute(f"DROP TABLE {_TOUCHED}")
    return [one for one in found.values() if one.differs or one.obstacle]


def _compare(run: Run, found: dict[int, Change]) -> None:
    """The run's computation once more over the persons of ``_TOUCHED``, beside what it keeps of them."""
    law_then, opened, _missing = law.of_then(run)
    persons = run.persons() if run.kind == Run.Kind.EXTRA else None

    def make_scope(reach: int) -> str:
        return scope.of(run.kind, run.payroll_month, run.before, law_then, persons, reach=reach)

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            engine = prepare(
                cursor,
                run.region_id,
                run.payroll_month,
                None,
                law_then,
                make_scope,
                candidates=_TOUCHED,
                opened=opened,
            )
            engine.build(*TARGETS)
            for part in kept.PARTS:
                for person, _what, before, now in kept.differing(engine, part, run.pk, None, _TOUCHED):
                    old = found[person].differs.get(part, (0, 0))
                    found[person].differs[part] = (old[0] + before, old[1] + now)
            engine.drop()
    except Refused as hole:
        # A new fact reaches months for which the law says nothing: whoever was touched waits.
        for one in found.values():
            one.obstacle = hole.findings[0].message


def _registered(run: Run) -> str:
    """SELECT of person_id and place (of ``_WORDS``): what became known after the preview, of anybody."""
    horizon = int(run.horizon_id)
    parts = [
        f"SELECT f.person_id, {place} AS place FROM {table} f WHERE f.origin_id > {horizon}"
        for place, table in enumerate(FACTS)
    ]
    parts.append(
        f"SELECT o.person_id, {len(FACTS)} AS place FROM payments_order o WHERE o.id IN ({failed(since=horizon)})"
    )
    parts.append(
        f"SELECT l.person_id, {len(FACTS) + 1} AS place FROM payments_line l WHERE l.run_id IN "
        f"(SELECT r.id FROM payments_run r WHERE r.release_id > {horizon})"
    )
    return " UNION ALL ".join(parts)


def _people(run: Run) -> str:
    """Whom the run pays, claims from or holds; a monthly run looks at everybody with a claim in the county, an estate run at the dead."""
    number = int(run.pk)
    inside = (
        f"SELECT l.person_id FROM payments_line l WHERE l.run_id = {number} "
        f"UNION SELECT h.person_id FROM payments_held h WHERE h.run_id = {number}"
    )
    claims = {
        Run.Kind.MONTHLY: ("award", "death", "otherpension", "othercoverage"),
        Run.Kind.ESTATE: ("death",),
    }.get(Run.Kind(run.kind), ())
    for name in claims:
        table = f"registry_{name}"
        inside += (
            f" UNION SELECT q.person_id FROM {table} q WHERE {live.where(table, 'q')} AND q.person_id IN "
            f"(SELECT r.person_id FROM registry_relation r WHERE r.region_id = {int(run.region_id)} "
            f"AND {live.where('registry_relation', 'r')})"
        )
    return inside
