"""What was registered after a preview and concerns people of its run: such a preview is of another day and is not paid out.

A run is a pure function of the facts known when it was previewed. Whatever the rules read of a person, and the account the money
goes to, counts; a new telephone number does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jingban.payments.models import Run
from jingban.payments.relations import failed
from jingban.registry import bulk, live
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_name

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
    "payments_setoff": "待遇抵扣",
}
"""Table → what is said of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One person with what was registered since the preview, in the order of ``FACTS``."""

    person_id: int
    name: str
    """Masked."""
    what: tuple[str, ...]

    @property
    def said(self) -> str:
        return "、".join(self.what)


def since_preview(run: Run) -> Iterator[Change]:
    """Persons of the run, or whom the same preview would take in now, with what became known of them after it; by number."""
    horizon = int(run.horizon_id)
    parts = [
        f"SELECT f.person_id, {place} AS place FROM {table} f WHERE f.origin_id > {horizon}"
        for place, table in enumerate(FACTS)
    ]
    words = [*FACTS.values(), "银行退回"]
    parts.append(
        f"SELECT o.person_id, {len(FACTS)} AS place FROM payments_order o WHERE o.id IN ({failed(since=horizon)})"
    )
    rows = bulk.fetch(
        f"SELECT DISTINCT c.person_id, c.place, i.name FROM ({' UNION ALL '.join(parts)}) c "
        f"JOIN registry_identity i ON i.person_id = c.person_id AND {live.where('registry_identity', 'i')} "
        f"WHERE c.person_id IN ({_people(run)}) ORDER BY c.person_id, c.place"
    )
    found: dict[int, tuple[str, list[str]]] = {}
    for person, place, name in rows:
        found.setdefault(person, (mask_name(name), []))[1].append(_(words[place]))
    for person, (name, what) in found.items():
        yield Change(person, name, tuple(what))


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
