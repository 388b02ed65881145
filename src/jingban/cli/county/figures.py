"""The published figures, counted again from the register and the ledgers; nothing here knows the plan of the sample."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from jingban.casework.models import Case, CaseEvent, Consultation
from jingban.casework.services.state import in_state
from jingban.casework.stored import year_span
from jingban.cli.county import schedule
from jingban.cli.county.frozen import frozen_list
from jingban.cli.county.query import Window, alive, number, pair
from jingban.cli.county.schedule import DECEMBER
from jingban.payments.relations import counting, receivables
from jingban.payments.relations import settled as settled_lines
from jingban.registry import relations

_PENSION_ITEM_MAX = 201
_GROUPS = "(1, 2, 3)"


def reproduced(region: int, window: Window) -> dict[str, Decimal]:
    """Figure id -> value in the unit of the published table."""
    counts = {
        **_participation(window),
        **_benefits(window),
        **_contributions(window),
        **_accounts(window),
        **_certification(window),
        **_groups(window),
        **_recovery(),
        **_counter(),
    }
    values = {name: Decimal(value) for name, value in counts.items()}
    months, fen = _paid(region)
    values["person_months"] = Decimal(months)
    values["paid"] = Decimal(fen).scaleb(-2)
    values["mean_benefit"] = _rounded(Decimal(fen).scaleb(-2) / months)
    values["mean_recipients"] = _rounded(Decimal(months) / 12 / 10_000)
    return values


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _paid(region: int) -> tuple[int, int]:
    """Person-months and fen by the rule step ``paid_statistics`` (R1.20) over everything settled."""
    from typing import Literal, cast

    from jingban.engine.database import InDatabase

    with connection.cursor() as cursor:
        engine = InDatabase(cursor, cast(Literal["sqlite", "postgresql"], connection.vendor))
        people = relations.select("f_person")
        engine.provide("f_person", f"SELECT * FROM ({people}) people WHERE region_id = {region}")
        engine.provide("f_settled", settled_lines(None))
        engine.build("paid_statistics")
        rows = engine.rows("SELECT persons, amount_fen FROM paid_statistics")
        engine.drop()
    return sum(row[0] for row in rows), sum(row[1] for row in rows)


def _participation(window: Window) -> dict[str, int]:
    live = alive("registry_relation", "r")
    moved = f"EXISTS (SELECT 1 FROM registry_transfer t WHERE t.person_id = r.person_id AND t.direction = 2 AND {window.within('t')})"
    return {
        "participants": number(
            f"SELECT COUNT(*) FROM registry_relation r WHERE {live} AND r.valid_from <= {DECEMBER} AND r.valid_to > {DECEMBER + 1}"
        ),
        "newly_enrolled": number(
            f"SELECT COUNT(*) FROM registry_relation r WHERE r.supersedes_id IS NULL AND r.entry IN (1, 4) AND {window.within('r')}"
        ),
        "terminations": number(
            f"SELECT COUNT(*) FROM registry_relation r WHERE {live} AND r.end_reason <> '' AND {window.within('r')} AND NOT {moved}"
        ),
        "transfers_out": number(
            f"SELECT COUNT(*) FROM registry_transfer t WHERE t.direction = 2 AND {alive('registry_transfer', 't')} AND {window.within('t')}"
        ),
        "changes": sum(
            number(
                f"SELECT COUNT(*) FROM {table} f WHERE f.supersedes_id IS NOT NULL AND {window.within('f')}"
            )
            for table in ("registry_identity", "registry_residence", "registry_bankaccount")
        ),
    }


def _benefits(window: Window) -> dict[str, int]:
    decided = f"a.decided_on >= '{schedule.YEAR}-01-01' AND {window.within('a')}"
    awards = f"SELECT COUNT(*) FROM registry_award a WHERE {alive('registry_award', 'a')}"
    return {
        "awards": number(f"{awards} AND {decided}"),
        "special_awards": number(f"{awards} AND a.basis = 3 AND {decided}"),
        "special_cumulative": number(f"{awards} AND a.basis = 3"),
        "resumptions": number(
            "SELECT COUNT(DISTINCT s.person_id) FROM registry_stoppage s WHERE s.supersedes_id IS NOT NULL "
            f"AND s.kind = 2 AND (s.retracted OR s.valid_to <= {DECEMBER}) AND {window.within('s')}"
        ),
    }


def _contributions(window: Window) -> dict[str, int]:
    return {
        "catch_up": number(
            "SELECT COUNT(DISTINCT c.person_id) FROM registry_contribution c WHERE c.kind = 2 "
            f"AND {alive('registry_contribution', 'c')} AND {window.within('c')}"
        )
    }


def _accounts(window: Window) -> dict[str, Decimal | int]:
    """Government-paid contributions of the three groups, from the account entries."""
    rows = (
        "FROM registry_accountentry e WHERE e.item = 402 AND e.year = "
        f"{schedule.YEAR} AND {alive('registry_accountentry', 'e')} AND {_in_groups('e', DECEMBER - 11, DECEMBER + 1)}"
    )
    return {
        "government_paid": number(f"SELECT COUNT(DISTINCT e.person_id) {rows}"),
        "government_paid_amount": Decimal(number(f"SELECT SUM(e.amount_fen) {rows}")).scaleb(-2),
    }


def _in_groups(alias: str, first: int, after: int) -> str:
    """SQL: member of one of the three groups in some month of ``[first, after)``."""
    return (
        f"EXISTS (SELECT 1 FROM registry_groupmembership g WHERE g.person_id = {alias}.person_id AND g.group_id IN {_GROUPS} "
        f"AND g.valid_from < {after} AND g.valid_to > {first} AND {alive('registry_groupmembership', 'g')})"
    )


def _certification(window: Window) -> dict[str, int]:
    listed = frozen_list(window.frozen)
    persons = [row.person for row in listed]
    passed = {
        person
        for (person,) in _fetch(
            "SELECT DISTINCT c.person_id FROM registry_certification c WHERE c.certified_on > '"
            f"{schedule.FROZEN}' AND c.certified_on <= '{schedule.CAMPAIGN_CLOSED}' AND {alive('registry_certification', 'c')}"
        )
    }
    held = {
        person
        for (person,) in _fetch(
            "SELECT s.person_id FROM registry_stoppage s WHERE s.kind = 2 AND s.reason = '1201' AND s.supersedes_id IS NULL "
            f"AND s.valid_from = {schedule.HELD_FROM} AND {window.within('s')}"
        )
    }
    return {
        "to_certify": len(listed),
        "to_certify_80": sum(row.old for row in listed),
        "to_certify_disabled": sum(row.disabled and not row.old for row in listed),
        "certified": sum(person in passed for person in persons),
        "not_certified": sum(person not in passed and person in held for person in persons),
    }


def _fetch(sql: str) -> list[tuple[int, ...]]:
    from jingban.registry import bulk

    return bulk.fetch(sql)


def _groups(window: Window) -> dict[str, Decimal | int]:
    members = (
        "SELECT g.person_id FROM registry_groupmembership g WHERE g.group_id IN "
        f"{_GROUPS} AND g.valid_from <= {DECEMBER} AND {DECEMBER} < g.valid_to AND {alive('registry_groupmembership', 'g')} "
        f"AND NOT EXISTS (SELECT 1 FROM registry_death d WHERE d.person_id = g.person_id AND {alive('registry_death', 'd')})"
    )
    persons, fen = pair(
        "SELECT COUNT(*), SUM(p.fen) FROM (SELECT l.person_id, SUM(l.amount_fen) AS fen FROM payments_line l "
        f"JOIN payments_run r ON r.id = l.run_id WHERE l.person_id IN ({members}) AND {counting('l', 'r')} "
        f"AND l.item <= {_PENSION_ITEM_MAX} GROUP BY l.person_id HAVING SUM(l.amount_fen) > 0) p"
    )
    fishers = (
        "SELECT COUNT(DISTINCT g.person_id) FROM registry_groupmembership g WHERE g.group_id = 5 "
        f"AND {alive('registry_groupmembership', 'g')}"
    )
    recalculated = f"SELECT COUNT(DISTINCT a.person_id) FROM registry_annuity a WHERE {window.within('a')} AND a.cause = "
    return {
        "group_recipients": persons,
        "group_paid": Decimal(fen).scaleb(-2),
        "fishers": number(fishers),
        "fishers_resident": number(
            f"SELECT COUNT(DISTINCT e.person_id) FROM registry_accountentry e WHERE e.ledger = 21 AND e.kind = 1 AND {window.within('e')}"
        ),
        "fishers_employee": number(f"{fishers} AND g.level = '职工养老'"),
        "fishers_none": number(f"{fishers} AND g.level = '机关保险'"),
        "fishers_recalculated": number(f"{recalculated} '退捕渔民'"),
        "land_recalculated": number(f"{recalculated} '被征地农民'"),
    }


def _recovery() -> dict[str, Decimal | int]:
    """Paid though nothing was due (owed 0, taken back): set off against the estate, or raised as receivable and repaid."""
    persons, fen = pair(
        "SELECT COUNT(DISTINCT l.person_id), SUM(l.amount_fen) FROM payments_line l JOIN payments_run r ON r.id = l.run_id "
        f"WHERE l.amount_fen < 0 AND l.owed_fen = 0 AND l.item <= {_PENSION_ITEM_MAX} AND {counting('l', 'r')}"
    )
    still = number(f"SELECT SUM(x.raised_fen - x.repaid_fen - x.written_off_fen) FROM ({receivables()}) x")
    return {
        "overpaid_persons": persons,
        "overpaid_recovered": Decimal(-fen - still).scaleb(-2),
    }


def _counter() -> dict[str, int]:
    """Questions asked, and applications for a benefit reviewed one by one (those of township lists are not)."""
    start, end = year_span(schedule.YEAR)
    reviewed = in_state(CaseEvent.State.DONE).filter(
        case__kind__in=("award", "special_award"),
        case__channel=Case.Channel.COUNTER,
        at__gte=start,
        at__lt=end,
    )
    return {
        "consultations": Consultation.objects.filter(at__gte=start, at__lt=end).count(),
        "benefit_reviews": reviewed.count(),
    }
