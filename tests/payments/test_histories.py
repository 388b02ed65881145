"""Random histories: late facts, failed and unknown payments, cancelled and extra runs, law that becomes known late.

After every run: owed = settled + open to the fen, nobody paid twice, and looking only at what was touched gives the same lines
as looking at everything.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jingban.payments import scope
from jingban.payments.bankfile import write_answer
from jingban.payments.models import Run
from jingban.payments.pipeline import prepare
from jingban.payments.proofs import all_proofs
from jingban.payments.services.bank_file import write_bank_file
from jingban.payments.services.cancel import cancel
from jingban.payments.services.returns import import_returns
from jingban.payments.services.review import review
from jingban.payments.services.unknown import mark_unknown
from jingban.registry.law import tables
from jingban.registry.models import Award, Stoppage
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.correct import CorrectionRecord, correct
from jingban.registry.services.post_account_entries import EntryRecord, post_account_entries
from jingban.registry.services.recalculate import RecalculationRecord, recalculate
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.record_other import CoverageRecord, record_coverage, record_other_pension
from jingban.registry.services.resume import ResumeRecord, resume
from jingban.registry.services.stop import StopRecord, stop
from jingban.safeguards.gate import release
from jingban.store.rows import Outcome
from jingban.values.months import first_day, last_day, month
from tests.support import databases
from tests.support.people import door, recipient, record, register
from tests.support.runs import COUNTY, answers, draft, lines

FIRST, LAST = month(2020, 5), month(2020, 12)
EARLY, LATE = dt.date(2020, 6, 30), dt.date(2021, 6, 30)
"""Before and after the raise of July 2020 (and the age supplement) was published."""

people = st.integers(0, 5)
back = st.integers(0, 5)


class History(RuleBasedStateMachine):
    """Six people, one county, a year."""

    folder: Path
    make: Any

    def __init__(self) -> None:
        super().__init__()
        self.database = self.make()
        self.pointing = databases.pointed_at(self.database.settings)
        self.pointing.__enter__()
        self.month = FIRST - 1
        self.known = EARLY
        self.facts = 0

    def teardown(self) -> None:
        self.pointing.__exit__(None, None, None)
        databases.drop(self.database, None)

    @property
    def today(self) -> dt.date:
        return last_day(max(self.month, FIRST - 1))

    def door(self, actor: str = "maker") -> Any:
        return door(self.today, actor)

    def tried(self, outcome: Outcome) -> None:
        """Services run in keep_good mode: a refused row is as good a step as an accepted one. Time goes on by itself."""
        assert outcome.accepted + len(outcome.errors) >= 1
        self.facts += 1
        if self.facts % 3 == 0 and self.month < LAST:
            self.pay_month({self.facts % 6}, "paid")

    @initialize()
    def people_exist(self) -> None:
        self.people = register(
            recipient(1), recipient(2, balances={(1, 1): 2_500}), recipient(3, dt.date(1955, 4, 2)),
            recipient(4, dt.date(1939, 9, 9), certified_on=dt.date(2019, 3, 1)),
            record(5, dt.date(1960, 3, 5), history_years=15), record(6),
        )  # fmt: skip
        self.pay_month(set(), "paid")

    @rule(who=people, late=back)
    def dies(self, who: int, late: int) -> None:
        day = first_day(max(self.month - late, FIRST)).replace(day=9)
        self.tried(
            record_deaths([DeathRecord(person=self.people[who], died_on=day)], self.door(), mode="keep_good")
        )

    @rule(who=people, late=back, kind=st.sampled_from([1, 2]), length=st.sampled_from([2, 90_000]))
    def is_stopped(self, who: int, late: int, kind: int, length: int) -> None:
        start = max(self.month - late + 1, FIRST)
        row = StopRecord(
            person=self.people[who],
            kind=kind,
            reason="1299",
            from_month=start,
            to_month=min(start + length, 119_999),
        )
        self.tried(stop([row], self.door(), mode="keep_good"))

    @rule(who=people, late=back)
    def is_resumed(self, who: int, late: int) -> None:
        row = ResumeRecord(person=self.people[who], from_month=max(self.month - late + 1, FIRST))
        self.tried(resume([row], self.door(), mode="keep_good"))

    @rule(who=people, late=back)
    def is_certified(self, who: int, late: int) -> None:
        day = first_day(max(self.month - late, FIRST - 1))
        row = CertificationRecord(person=self.people[who], certified_on=day, channel="03")
        self.tried(certify([row], self.door(), mode="keep_good"))

    @rule(who=people, late=back)
    def gets_money_and_a_recalculation(self, who: int, late: int) -> None:
        start = max(self.month - late + 1, FIRST)
        entry = EntryRecord(person=self.people[who], ledger=21, amount_fen=27_800, month=start, year=2020)
        self.tried(post_account_entries([entry], self.door(), mode="keep_good"))
        row = RecalculationRecord(person=self.people[who], from_month=start, balance_fen=27_800)
        self.tried(recalculate([row], self.door(), mode="keep_good"))

    @rule(who=people)
    def is_awarded(self, who: int) -> None:
        row = AwardRecord(person=self.people[who], decided_on=self.today)
        self.tried(award([row], self.door(), mode="keep_good"))

    @rule(who=people, years=st.integers(0, 20))
    def an_award_is_corrected(self, who: int, years: int) -> None:
        found = Award.objects.filter(person_id=self.people[who], superseded_by=None).first()
        if found is not None:
            row = CorrectionRecord(fact_id=found.pk, changes={"paid_years": years})
            self.tried(correct(Award, [row], self.door()))

    @rule(who=people)
    def a_stop_is_withdrawn(self, who: int) -> None:
        found = Stoppage.objects.filter(
            person_id=self.people[who], superseded_by=None, retracted=False
        ).first()
        if found is not None:
            self.tried(correct(Stoppage, [CorrectionRecord(fact_id=found.pk, withdraw=True)], self.door()))

    @rule(who=people, late=back)
    def draws_elsewhere(self, who: int, late: int) -> None:
        row = CoverageRecord(
            person=self.people[who], scheme="职工", from_month=max(self.month - late + 1, FIRST)
        )
        self.tried(record_other_pension([row], self.door(), mode="keep_good"))

    @rule(who=people, late=back)
    def paid_in_two_schemes(self, who: int, late: int) -> None:
        person = self.people[who]
        paid = ContributionRecord(
            person=person, year=2020, amount_fen=20_000, paid_on=self.today, arrived_on=self.today
        )
        self.tried(record_contributions([paid], self.door(), mode="keep_good"))
        start = max(self.month - late, FIRST)
        covered = CoverageRecord(person=person, scheme="职工", from_month=start, to_month=start + 3)
        self.tried(record_coverage([covered], self.door(), mode="keep_good"))

    @rule()
    def new_law_is_published(self) -> None:
        self.known = LATE

    @precondition(lambda self: self.month < LAST)
    @rule(failing=st.sets(people, max_size=2), end=st.sampled_from(["paid", "paid", "unknown", "cancel"]))
    def a_month_is_paid(self, failing: set[int], end: str) -> None:
        self.pay_month(failing, end)

    def pay_month(self, failing: set[int], end: str) -> None:
        self.month += 1
        run = draft(self.month, known_on=self.known)
        self.compare(run)
        if end == "cancel":
            cancel(run.pk, self.door())
            run = draft(self.month, known_on=self.known)
        self.finish(run, failing, end == "unknown")

    @precondition(lambda self: self.month >= FIRST)
    @rule(failing=st.sets(people, max_size=1), who=people, kind=st.sampled_from(["extra", "estate"]))
    def something_is_paid_between(self, failing: set[int], who: int, kind: str) -> None:
        if kind == "estate" and Run.objects.filter(kind="estate", payroll_month=self.month).exists():
            return
        more = {"persons": [self.people[who]]} if kind == "extra" else {}
        self.finish(draft(self.month, kind=kind, known_on=self.known, **more), failing, False)

    def finish(self, run: Run, failing: set[int], unknown: bool) -> None:
        review(run.pk, self.door("checker"))
        release(run.pk, self.door("checker"))
        run, _path = write_bank_file(run.pk, self.folder, self.door())
        if unknown:
            mark_unknown(run.pk, self.door())
        content = write_answer(run.batch, answers(run, [self.people[n] for n in failing]))
        import_returns(run.pk, content, self.door())
        for proof in all_proofs(COUNTY, self.month, self.known):
            assert proof.holds, proof

    def compare(self, run: Run) -> None:
        """The stored lines = those of a look at everything since the books were opened, at the same horizon."""
        with connection.cursor() as cursor:
            engine = prepare(
                cursor, COUNTY, run.payroll_month, run.horizon_id, tables(COUNTY, self.known),
                lambda reach: scope.full(run.payroll_month, reach=reach),
            )  # fmt: skip
            engine.build("lines", "draw_entries", "payout_entries")
            whole = engine.rows(
                "SELECT person_id, item, month, amount_fen, channel FROM lines WHERE channel <> 4"
            )
            drawn = engine.rows(
                "SELECT person_id, ledger, month, amount_fen FROM draw_entries UNION ALL "
                "SELECT person_id, ledger, month, amount_fen FROM payout_entries"
            )
            engine.drop()
        assert lines(run) == {(p, i, m): (fen, channel) for p, i, m, fen, channel in whole}
        planned = run.entries.exclude(kind=4).values_list("person_id", "ledger", "month", "amount_fen")
        assert sorted(planned) == sorted(drawn)


def _run(folder: Path, make: Any, examples: int, steps: int) -> None:
    class Bound(History):
        pass

    Bound.folder, Bound.make = folder, staticmethod(make)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Bound,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_on_sqlite(sqlite_template: Path, tmp_path: Path, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        _run(tmp_path, lambda: databases.sqlite_copy(sqlite_template, tmp_path), 12, 14)


@pytest.mark.postgres
def test_on_postgresql(
    postgres_cluster: Any, postgres_template: str, tmp_path: Path, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        _run(tmp_path, lambda: databases.postgres_copy(postgres_cluster, postgres_template), 3, 10)
