"""The published figures, counted again from the register and the ledgers; nothing here knows the plan of the sample."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.db import connection
from django.db.models import Count, Sum

from jingban.casework.effects.subsidies import CAUSES, FISHER, LAND_LOST
from jingban.casework.models import Case, CaseEvent, Consultation
from jingban.casework.services.state import in_state
from jingban.casework.stored import year_span
from jingban.cli.county import schedule
from jingban.cli.county.query import Window, alive, number, pair
from jingban.cli.county.schedule import DECEMBER
from jingban.payments.relations import always, receivables, settlements
from jingban.payments.relations import settled as settled_lines
from jingban.registry import relations
from jingban.registry.models import Death, SchemeChoice, Stoppage
from jingban.rules.codes import BANK, GOVERNMENT_PAID, PENSION_ITEMS
from jingban.safeguards.certification.answers import REASON_CERTIFICATE
from jingban.safeguards.certification.campaign import campaign_of
from jingban.safeguards.certification.status import Result, partition, standings
from jingban.safeguards.models import CampaignPerson, MessageRound
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk, live

_GROUPS = RESIDENTS.among("three_groups")
FISHERS = RESIDENTS.groups["retired_fisher"].number


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
        **_outreach(region),
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
            f"AND s.kind = 2 AND s.reason = '{RESIDENTS.reason('uncertified')}' AND (s.retracted OR s.valid_to <= {DECEMBER}) AND {window.within('s')}"
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
    rows = f"FROM registry_accountentry e WHERE e.item = {GOVERNMENT_PAID} AND e.year = {schedule.YEAR} AND {alive('registry_accountentry', 'e')} AND {_in_groups('e', DECEMBER - 11, DECEMBER + 1)}"
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
    """The campaign as it stood when it was closed; who had not passed is not paid from October: held, or known to be dead."""
    campaign = campaign_of("")
    listed = CampaignPerson.objects.filter(campaign=campaign)
    found = partition(campaign, horizon=window.closed)
    failed = [
        one.person_id for one in standings(campaign, horizon=window.closed) if one.result != Result.PASSED
    ]
    held = {
        person
        for person, reason, start in live.rows(
            Stoppage, ["person_id", "reason", "valid_from"], failed, horizon=window.closed
        )
        if reason == REASON_CERTIFICATE and start <= schedule.HELD_FROM
    }
    dead = {person for (person,) in live.rows(Death, ["person_id"], failed, horizon=window.closed)}
    return {
        "to_certify": found.listed,
        "to_certify_80": listed.filter(old=True).count(),
        "to_certify_disabled": listed.filter(disabled=True, old=False).count(),
        "certified": found.passed,
        "not_certified": len(held | dead),
    }


def _groups(window: Window) -> dict[str, Decimal | int]:
    members = (
        "SELECT g.person_id FROM registry_groupmembership g WHERE g.group_id IN "
        f"{_GROUPS} AND g.valid_from <= {DECEMBER} AND {DECEMBER} < g.valid_to AND {alive('registry_groupmembership', 'g')} "
        f"AND NOT EXISTS (SELECT 1 FROM registry_death d WHERE d.person_id = g.person_id AND {alive('registry_death', 'd')})"
    )
    ((persons, months, fen),) = bulk.fetch(
        "SELECT COUNT(DISTINCT p.person_id), COUNT(*), SUM(p.fen) FROM (SELECT l.person_id, l.month, SUM(l.amount_fen) AS fen "
        f"FROM ({settled_lines(scope=always(members))}) l WHERE l.item IN {PENSION_ITEMS} GROUP BY l.person_id, l.month "
        "HAVING SUM(l.amount_fen) > 0) p"
    )
    fishers = (
        f"SELECT COUNT(DISTINCT g.person_id) FROM registry_groupmembership g WHERE g.group_id = {FISHERS} "
        f"AND {alive('registry_groupmembership', 'g')}"
    )
    chosen = (
        f"SELECT COUNT(DISTINCT c.person_id) FROM registry_schemechoice c WHERE c.group_id = {FISHERS} "
        f"AND {alive('registry_schemechoice', 'c')} AND c.scheme = "
    )
    recalculated = f"SELECT COUNT(DISTINCT a.person_id) FROM registry_annuity a WHERE {window.within('a')} AND a.cause = "
    return {
        "group_recipients": persons,
        "group_paid": Decimal(int(fen)).scaleb(-2),
        "group_mean": (Decimal(int(fen)) / 100 / months).quantize(Decimal(1), ROUND_HALF_UP),
        "fishers": number(fishers),
        "fishers_resident": number(
            f"SELECT COUNT(DISTINCT e.person_id) FROM registry_accountentry e WHERE e.ledger = 21 AND e.kind = 1 AND {window.within('e')}"
        ),
        "fishers_employee": number(f"{chosen} '{SchemeChoice.Scheme.EMPLOYEE}'"),
        "fishers_none": number(f"{chosen} '{SchemeChoice.Scheme.NONE}'"),
        "fishers_recalculated": number(f"{recalculated} '{CAUSES[FISHER]}'"),
        "land_recalculated": number(f"{recalculated} '{CAUSES[LAND_LOST]}'"),
    }


def _recovery() -> dict[str, Decimal | int]:
    """Paid though nothing was due (owed 0, taken back): set off against the estate, or raised as receivable and repaid."""
    persons, fen = pair(
        f"SELECT COUNT(DISTINCT l.person_id), SUM(l.amount_fen) FROM ({settlements()}) l "
        f"WHERE l.amount_fen < 0 AND l.owed_fen = 0 AND l.item IN {PENSION_ITEMS}"
    )
    still = number(f"SELECT SUM(x.raised_fen - x.repaid_fen - x.written_off_fen) FROM ({receivables()}) x")
    return {
        "overpaid_persons": persons,
        "overpaid_recovered": Decimal(-fen - still).scaleb(-2),
    }


def _counter() -> dict[str, int]:
    """Questions asked, special matters, and applications for a benefit reviewed one by one (those of township lists are not)."""
    start, end = year_span(schedule.YEAR)
    done = in_state(CaseEvent.State.DONE).filter(at__gte=start, at__lt=end)
    reviewed = done.filter(case__kind__in=("award", "special_award"), case__channel=Case.Channel.COUNTER)
    return {
        "consultations": Consultation.objects.filter(at__gte=start, at__lt=end).count(),
        "benefit_reviews": reviewed.count(),
        "special_matters": done.filter(case__kind="special_matter").count(),
    }


def _outreach(region: int) -> dict[str, Decimal | int]:
    """Messages sent, rounded down to a thousand as "more than" is printed; who is paid in December and hung out, percent."""
    sent = MessageRound.objects.aggregate(rounds=Count("pk"), sent=Sum("sent"))
    paid, published = pair(
        f"SELECT COUNT(*), COUNT(p.person_id) FROM (SELECT DISTINCT l.person_id FROM ({settlements()}) l "
        f"WHERE l.month = {DECEMBER} AND l.region_id = {region} AND l.amount_fen > 0 "
        f"AND l.channel = {BANK} AND l.item IN {PENSION_ITEMS}) l "
        "LEFT JOIN (SELECT DISTINCT person_id FROM safeguards_publishedrow) p ON p.person_id = l.person_id"
    )
    return {
        "message_rounds": sent["rounds"],
        "messages": (Decimal(sent["sent"] or 0) / 10_000).quantize(Decimal("0.1"), ROUND_DOWN),
        "published_rate": _rounded(Decimal(100 * published) / paid),
    }
