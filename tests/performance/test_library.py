"""Every computed indicator on a register small enough to count by hand; what was paid is one number everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal as D
from pathlib import Path

import pytest

from jingban.budget.models import Unit
from jingban.budget.records import UnitRecord
from jingban.budget.services import register_units
from jingban.casework.models import Consultation
from jingban.casework.services import bring, decide
from jingban.casework.services.bring import Intake
from jingban.cli.county.figures import _paid as year_figure
from jingban.payments.models import Receivable
from jingban.payments.services.set_off import SetOffRecord, set_off_benefits
from jingban.performance.measures import REPORTS, Basis, Measured, entry, library
from jingban.performance.measures.counting import horizon_of
from jingban.performance.reading import scale, shown
from jingban.registry.models import AccountEntry
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.groups import GroupRecord, join_group
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.registry.services.resume import ResumeRecord, resume
from jingban.registry.services.stop import StopRecord, stop
from jingban.safeguards.exports import get
from jingban.safeguards.models import MessageRound, Suspicion
from jingban.safeguards.publication import publish
from jingban.safeguards.services.find import Found, raise_all
from jingban.safeguards.services.flow import assign, close, verify
from jingban.store import bulk
from jingban.store.origins import entering
from jingban.values.months import month
from tests.support import databases
from tests.support.people import REGION, door, id_number, recipient, record, register
from tests.support.runs import COUNTY, lines, paid

JAN = month(2020, 1)

DAY = dt.date(2020, 3, 31)
FEB_END = dt.date(2020, 2, 29)


class World:
    """Three in receipt (A; B whose February fails and is paid in March; C in prison in January, known in February, whose debt
    is set off by 50 yuan in March), one contributor (D), one of a hardship group the government pays for (E)."""

    def __init__(self, folder: Path) -> None:
        register_units([UnitRecord(code="U1", name="某县居保中心", kind="institution")], door())
        young = dt.date(1970, 5, 3)
        self.a, self.b, self.c, self.d, self.e = register(
            recipient(1), recipient(2), recipient(3), record(4, young), record(5, young)
        )
        first = paid(JAN, folder)
        self.month_fen = sum(fen for (who, _i, _m), (fen, _c) in lines(first).items() if who == self.a)
        stop([StopRecord(person=self.c, kind=1, reason="1202", from_month=JAN)], door(dt.date(2020, 2, 1)))
        resume([ResumeRecord(person=self.c, from_month=JAN + 1)], door(dt.date(2020, 2, 2)))
        paid(JAN + 1, folder, failing=[self.b])
        self._people()
        debt = Receivable.objects.get()
        record_ = SetOffRecord(
            receivable_id=debt.pk, amount_fen=50_00, day=dt.date(2020, 3, 1), payroll_month=JAN + 2
        )
        set_off_benefits([record_], door(dt.date(2020, 3, 1)))
        paid(JAN + 2, folder)
        self._office()

    def _people(self) -> None:
        at = door(dt.date(2020, 2, 20))
        join_group(
            [
                GroupRecord(person=self.e, group_id=1, from_month=JAN),
                GroupRecord(person=self.a, group_id=2, from_month=JAN),
            ],
            at,
        )
        own = ContributionRecord(
            person=self.d,
            year=2020,
            amount_fen=200_00,
            paid_on=dt.date(2020, 2, 18),
            arrived_on=dt.date(2020, 2, 19),
        )
        record_contributions([own], at)
        certify([CertificationRecord(person=self.a, certified_on=dt.date(2020, 2, 20))], at)
        with entering(at) as origin:
            for person, item, fen in ((self.e, 402, 100_00), (self.d, 401, 40_00)):
                AccountEntry.objects.create(
                    origin=origin, person_id=person, ledger=11 if item == 402 else 3, kind=1, item=item, year=2020,
                    month=JAN + 1, amount_fen=fen, cause="test",
                )  # fmt: skip

    def _office(self) -> None:
        noon = dt.datetime(2020, 3, 16, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
        changes = [{"person": id_number(dt.date(1970, 5, 3), n), "phone": f"1390000000{n}"} for n in (4, 5)]
        numbers = bring("contact_change", changes, Intake("经办甲", noon, REGION)).numbers
        decide([numbers[min(numbers)]], "approve", "审批乙", noon + dt.timedelta(days=3), REGION)
        at = door(dt.date(2020, 3, 20))
        publish(COUNTY, JAN + 2, dt.date(2020, 3, 20), dt.date(2020, 3, 27), at)
        found = [
            Found(kind="test", person_id=who, fingerprint=str(who), method="test") for who in (self.a, self.b)
        ]
        raise_all(found, JAN + 2, at)
        first = Suspicion.objects.order_by("pk")[0].pk
        assign([first], "核实员", at)
        verify([first], False, door(dt.date(2020, 3, 21), actor="核实员"))
        close([first], door(dt.date(2020, 3, 22), actor="核实员"))
        with entering(at) as origin:
            MessageRound.objects.create(
                purpose="宣传", version="1", gateway="test", sent=3, failed=1, skipped=0, origin=origin
            )
            Consultation.objects.create(
                at=noon, subject="缴费", channel="counter", actor="经办甲", origin=origin
            )

    def measured(
        self, name: str, day: dt.date = DAY, known: dt.date | None = None, **arguments: object
    ) -> Measured:
        horizon = None if known is None else horizon_of(known)
        basis = Basis(Unit.objects.get(), 2020, day, REGION, "", dict(arguments), horizon)
        return entry(name).compute(basis)

    def value(self, name: str, **more: object) -> D | None:
        found = self.measured(name, **more).value  # type: ignore[arg-type]
        return None if found is None else round(found, 4)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object
) -> Iterator[World]:
    """Built once on each engine; the tests only read."""
    folder, cluster = tmp_path_factory.mktemp("library"), None
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if request.param == "sqlite":
            made = databases.sqlite_copy(request.getfixturevalue("sqlite_template"), folder)
        else:
            cluster = request.getfixturevalue("postgres_cluster")
            made = databases.postgres_copy(cluster, request.getfixturevalue("postgres_template"))
        with databases.pointed_at(made.settings):
            yield World(folder)
        databases.drop(made, cluster)


def test_every_indicator_counts_what_a_hand_counts(world: World) -> None:
    x = D(world.month_fen) / 100
    expected = {
        "insured": 5, "newly_enrolled": 0, "contributors": 1, "collected_amount": 200, "terminated": 0,
        "transferred_out": 0, "transferred_in": 0, "transfer_amount": 0, "catch_up_persons": 0, "changes": 1,
        "subsidised_contributors": 1, "subsidy_amount": 40, "mean_subsidy": 40,
        # A and B three months each, C two: January came back as a debt
        "person_times": 8, "benefit_amount": 8 * x, "mean_recipients": D(8) / 3, "mean_benefit": x, "recipients": 3,
        "awards": 0, "resumptions": 0, "grant_persons": 0, "grant_amount": 0, "beneficiaries": 5, "lifelong_rate": 100,
        "on_time_rate": 100, "in_full_rate": 100, "on_time_in_full_rate": 100,
        "recovered_amount": 50, "recovered_persons": 1, "recovery_rate": 5000 / x, "overpaid_drop_rate": None,
        "certification_rate": D(100) / 3, "to_certify": 0, "certified": 0, "not_certified": 0, "pass_rate": None,
        "deferred_certification": 0,
        "group_members": 2, "group_coverage": 100, "group_recipients": 1, "group_benefit_amount": 3 * x,
        "group_mean_benefit": x, "government_paid_persons": 1, "government_paid_amount": 100, "government_paid_standard": 100,
        "government_paid_rate": 100, "group_subsidy_persons": 0, "group_subsidy_amount": 0, "special_awards": 0,
        "special_awards_total": 0,
        "suspicions_found": 2, "suspicions_handled": 1, "suspicion_rate": 50, "publication_rate": 100, "objections": 0,
        "message_rounds": 1, "messages_sent": 3, "drive_verified": 0, "drive_rate": None, "drive_enrolled": 0,
        "cases_closed": 1, "cases_received": 2, "service_rate": 50, "cases_on_time": 100, "handling_days": 3,
        "benefit_reviews": 0, "consultations": 1, "volumes": 0, "satisfaction": None,
    }  # fmt: skip
    got = {name: world.value(name) for name in expected}
    assert got == {name: None if value is None else round(D(value), 4) for name, value in expected.items()}
    with_arguments = {
        ("coverage", "eligible", 10): 50, ("collection_rate", "target", 400): 50, ("recalculated", "cause", "退捕渔民"): 0,
        ("government_paid_completion", "target", 2): 50, ("on_time_rate", "pay_day", 4): 0, ("on_time_in_full_rate", "pay_day", 4): 0,
        ("group_members", "groups", "1"): 1, ("group_members", "groups", "1,2"): 2, ("cases_closed", "kind", "award"): 0,
        ("benefit_amount", "items", "201"): None,
    }  # fmt: skip
    for (name, argument, given), value in with_arguments.items():
        found = world.value(name, **{argument: given})
        assert found == value if value is not None else 0 < (found or 0) < 8 * x, name
    missing = set(library()) - set(expected) - {name for name, _a, _g in with_arguments}
    assert {entry(name).rooms for name in missing} == {"budget"}  # counted in test_money


def test_every_figure_can_be_followed_to_its_rows(world: World) -> None:
    for name in ("benefit_amount", "recovered_amount", "collected_amount", "group_benefit_amount"):
        found = world.measured(name)
        ((fen,),) = bulk.fetch(f"SELECT SUM(t.amount_fen) FROM ({found.rows}) t")
        assert D(int(fen)) / 100 == found.value, name
    for name, one in library().items():
        found = one.compute(
            Basis(
                Unit.objects.get(),
                2020,
                DAY,
                REGION,
                "",
                {"due": "2020-06-30", "projects": "P1", "cause": "x"},
            )
        )
        bulk.fetch(f"SELECT COUNT(*) FROM ({found.rows}) t")
        assert found.trace, name
        assert found.unit == one.unit


def test_what_was_paid_is_one_number_in_the_measure_the_export_and_the_year_figure(world: World) -> None:
    times, amount = world.measured("person_times").value, world.measured("benefit_amount").value
    assert year_figure(COUNTY) == (times, amount * 100)  # type: ignore[operator]
    listed = [row.cells for late in range(3) for row in get("lines").rows(JAN + late)]
    assert sum(D(str(cells[-1])) for cells in listed) == amount
    assert sum(D(str(cells[-1])) for cells in listed if cells[9] == "抵扣应收款") == 50


def test_a_figure_of_a_past_day_sees_only_what_was_known_then(world: World) -> None:
    # six orders due, B's February failed
    assert world.value("in_full_rate", day=FEB_END, known=FEB_END) == round(D(500) / 6, 4)
    assert world.value("person_times", day=FEB_END, known=FEB_END) == 4  # A twice, B and C once
    assert world.value("person_times", day=FEB_END) == 4
    assert world.value("recovered_amount", day=FEB_END, known=FEB_END) == 0


def test_a_missed_target_is_never_printed_as_reached() -> None:
    assert shown(D("99.9996"), D(100)) == "99.9996"
    assert shown(D("99.99"), D(100)) == "99.99"
    assert shown(D("100"), D(100)) == "100"
    assert (scale("元", "万元"), scale("元", "元"), scale("人", "亿人")) == (D("0.0001"), 1, D("1E-8"))
    assert scale("人次", "人") is None
    assert scale("元", "") is None


def test_the_library_covers_every_report() -> None:
    counted = {letter: sum(letter in one.printed for one in library().values()) for letter in REPORTS}
    assert all(count >= 14 for count in counted.values()), counted
