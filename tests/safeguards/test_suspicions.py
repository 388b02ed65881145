"""Lists of other bodies become suspicions; a suspicion is found by one, verified by another, and human decisions stay."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jingban.casework.services import decide
from jingban.casework.services.staff import name_account
from jingban.payments.models import Clearance, Run
from jingban.payments.services.review import review
from jingban.registry.models import Death, Stoppage
from jingban.safeguards.completeness import sources, villages
from jingban.safeguards.gate import blockers, release
from jingban.safeguards.models import OtherRow, Suspicion, SuspicionEvent
from jingban.safeguards.services.compare import compare
from jingban.safeguards.services.flow import act, assign, close, verify
from jingban.safeguards.services.holds import REASON
from jingban.safeguards.services.state import last_events
from jingban.store import audit, live
from jingban.values.findings import Refused
from tests.support.databases import Database
from tests.support.people import REGION, id_number
from tests.support.runs import draft
from tests.support.safeguard_world import COUNTY, FEB, JAN, door, listed, on, paid_run, people

DIED, COMPARED = on(10, 1), on(21)
BORN = dt.date(1950, 5, 3)
FINDER = "比对员"


def row(sequence: int, died: dt.date = DIED, **more: Any) -> dict[str, Any]:
    return {"id_number": id_number(BORN, sequence), "name": f"测试{sequence}", "event_on": died, **more}


def compared(month: int = FEB, day: dt.date = COMPARED) -> Any:
    return compare(month, door(day, actor=FINDER), ranked=False)


def held() -> set[int]:
    return {p for p, reason in live.rows(Stoppage, ["person_id", "reason"]) if reason == REASON}


def state(pk: int) -> str:
    return last_events([pk])[pk].state


def verified(pk: int, truth: bool) -> None:
    assign([pk], "核实员", door(on(22), actor=FINDER))
    verify([pk], truth, door(on(23), actor="核实员"))


def refused(code: str, step: Any, *args: Any, **more: Any) -> None:
    with pytest.raises(Refused) as caught:
        step(*args, **more)
    assert code in {finding.code for finding in caught.value.findings}


def test_a_certain_hit_is_held_the_rest_only_waits(database: Database, tmp_path: Path) -> None:
    a, b, c, _d, contributor = people()
    paid_run(JAN, tmp_path)
    number = id_number(BORN, 2)
    damaged = number[:15] + ("1" if number[15] != "1" else "2") + number[16:]
    listed("death_police", row(1), {**row(2), "id_number": damaged}, row(77))
    listed("death_health", {**row(90), "id_number": id_number(dt.date(1970, 5, 3), 90)})
    result = compared()
    assert (result.rows, result.unknown, result.settled) == (4, 1, 0)
    assert result.raised.held == 1
    assert held() == {a}
    found = {s.person_id: (s.confidence, s.method) for s in Suspicion.objects.all()}
    assert found == {
        a: ("certain", "id_name"),
        b: ("probable", "near_id_1"),
        contributor: ("certain", "id_name"),
    }
    assert {line.person_id for line in draft(FEB).lines.all()} == {b, c, _d}
    assert audit.verify()[1] is None


def test_the_same_list_again_changes_nothing_and_a_verdict_stays(database: Database) -> None:
    people()
    listed("death_police", row(1))
    assert len(compared().raised.raised) == 1
    (pk,) = Suspicion.objects.values_list("pk", flat=True)
    again = compared()
    assert (again.raised.raised, again.raised.known) == ([], 1)
    verified(pk, truth=False)
    assert held() == set()
    third = compared()
    assert (third.raised.raised, third.raised.held, state(pk)) == ([], 0, "false")
    refused("SAF-107", listed, "death_police", row(1))
    listed("death_police", row(1), list_month=FEB)
    assert compared().raised.raised == []
    close([pk], door(on(24), actor="核实员"))
    assert (state(pk), held(), compared().raised.raised) == ("closed", set(), [])


def test_what_was_held_back_for_a_false_suspicion_is_paid_by_the_next_run(
    database: Database, tmp_path: Path
) -> None:
    a, b, *_rest = people()
    paid_run(JAN, tmp_path)
    listed("death_police", row(1))
    compared()
    february = paid_run(FEB, tmp_path)
    assert not february.lines.filter(person_id=a).exists()
    verified(Suspicion.objects.get().pk, truth=False)
    march = draft(FEB + 1)
    months = {line.month: 0 for line in march.lines.filter(person_id=a)}
    assert set(months) == {FEB, FEB + 1}
    assert sum(line.amount_fen for line in march.lines.filter(person_id=a, month=FEB)) == sum(
        line.amount_fen for line in february.lines.filter(person_id=b)
    )


def test_a_true_death_becomes_a_case_and_blocks_the_payroll_until_registered(
    database: Database, tmp_path: Path
) -> None:
    a, *_rest = people()
    paid_run(JAN, tmp_path)
    listed("death_police", row(1, died=dt.date(2019, 12, 20)))
    compared()
    suspicion = Suspicion.objects.get()
    assert suspicion.amount_fen > 8_800
    assert "SAF-405" in {b.code for b in blockers(COUNTY, FEB)}
    verified(suspicion.pk, truth=True)
    assert [(b.code, b.person_id) for b in blockers(COUNTY, FEB) if b.severity == "error"] == [("SAF-401", a)]
    case_number = act(suspicion.pk, "stop", door(on(24), actor="核实员"), REGION)
    refused("SAF-305", close, [suspicion.pk], door(on(24), actor="核实员"))
    decide([case_number], "approve", "主任", door(on(25)).at, REGION)
    assert Death.objects.get().person_id == a
    assert [b for b in blockers(COUNTY, FEB) if b.severity == "error"] == []
    close([suspicion.pk], door(on(26), actor="核实员"), recovered_fen=0)
    assert held() == set()
    run = draft(FEB)
    assert {line.channel for line in run.lines.filter(person_id=a)} <= {2, 3}
    assert compared().settled == 1


def test_a_run_previewed_before_the_death_was_known_is_blocked(database: Database, tmp_path: Path) -> None:
    a, *_rest = people()
    draft(FEB)
    listed("death_police", row(1))
    compared()
    pk = Suspicion.objects.get().pk
    verified(pk, truth=True)
    case_number = act(pk, "stop", door(on(24), actor="核实员"), REGION)
    decide([case_number], "approve", "主任", door(on(25)).at, REGION)
    assert [(b.code, b.person_id) for b in blockers(COUNTY, FEB) if b.severity == "error"] == [("SAF-402", a)]
    run = review(Run.objects.get().pk, door(on(26), actor="复核员"))
    with pytest.raises(Refused, match="SAF-402"):
        release(run.pk, door(on(27), actor="复核员"))
    assert not Clearance.objects.exists()
    with pytest.raises(IntegrityError, match="SAF-400"), transaction.atomic():
        Clearance.objects.create(run=run, origin=run.horizon)
    assert Run.objects.get().state == "reviewed"


def test_the_finder_never_verifies_not_even_past_the_services(database: Database) -> None:
    people()
    listed("death_police", row(1))
    compared()
    pk = Suspicion.objects.get().pk
    refused("SAF-302", assign, [pk], FINDER, door(actor="科长"))
    refused("SAF-301", verify, [pk], True, door(actor="核实员"))
    assign([pk], "核实员", door(on(22), actor="科长"))
    refused("SAF-303", verify, [pk], True, door(actor="别人"))
    refused("SAF-302", verify, [pk], True, door(actor=FINDER))
    forged = {"suspicion_id": pk, "sequence": 3, "action": "verified", "state": "true", "at": door(on(22)).at}
    origin = Suspicion.objects.get().origin
    with pytest.raises(IntegrityError), transaction.atomic():
        SuspicionEvent.objects.create(**forged, origin=origin, actor=FINDER, finder=FINDER)
    with pytest.raises(Exception, match="SAF-001"), transaction.atomic():
        SuspicionEvent.objects.create(**forged, origin=origin, actor=FINDER, finder="别人")
    assert state(pk) == "assigned"


def test_two_sources_that_differ_are_one_suspicion_with_a_note(database: Database) -> None:
    people()
    listed("death_police", row(1))
    compared()
    listed("death_civil", row(1, died=on(12, 1)))
    second = compared()
    assert (second.raised.raised, second.raised.noted) == ([], 1)
    assert [finding.code for finding in second.raised.findings] == ["SAF-201"]
    third = compared()
    assert third.raised.noted == 0
    assert SuspicionEvent.objects.filter(action="noted").count() == 1


def test_a_prisoner_and_a_second_pension_bring_their_own_cases(database: Database, tmp_path: Path) -> None:
    a, b, *_rest = people()
    paid_run(JAN, tmp_path)
    listed("prisons", row(1, died=dt.date(2019, 11, 3)))
    listed("other_schemes", row(2, died=dt.date(2019, 12, 1), detail="企业职工养老保险"))
    compared()
    by_kind = {s.kind: s for s in Suspicion.objects.all()}
    assert {kind: s.amount_fen > 0 for kind, s in by_kind.items()} == {"prison": True, "dual_receipt": True}
    for suspicion in by_kind.values():
        verified(suspicion.pk, truth=True)
        number = act(suspicion.pk, "stop", door(on(24), actor="核实员"), REGION)
        for approver in ("主任", "局长"):
            if suspicion.kind == "dual_receipt" or approver == "主任":
                decide([number], "approve", approver, door(on(25)).at, REGION)
        close([suspicion.pk], door(on(26), actor="核实员"))
    run = draft(FEB)
    assert {line.channel for line in run.lines.filter(person_id=a)} == {3}
    # the account of the other was due before the books were opened, so what he was overpaid is taken off it
    refund, claims = 79_200, 2 * (8_800 + 1_200)
    assert (
        sum(run.lines.filter(person_id=b, channel=1).values_list("amount_fen", flat=True)) == refund - claims
    )
    assert held() == set()


@pytest.mark.parametrize(
    ("row_", "code"),
    [
        ({"detail": "x"}, "SAF-101"),
        ({"id_number": "测试1", "name": "510421195005030014"}, "SAF-102"),
        (row(1, died=on(28, 12)), "SAF-103"),
        (row(1, died=dt.date(1949, 1, 1)), "SAF-104"),
    ],
)
def test_bad_rows_are_named_and_the_good_kept(database: Database, row_: dict[str, Any], code: str) -> None:
    refused(code, listed, "death_police", row(2), row_)
    assert not OtherRow.objects.exists()
    outcome = listed("death_police", row(2), row_, row(2), mode="keep_good")
    assert [(finding.code, finding.row) for finding in outcome.errors] == [(code, 3), ("SAF-105", 4)]
    assert OtherRow.objects.count() == outcome.accepted == 1


def test_a_village_that_says_nothing_is_missing_and_a_nil_return_is_not(database: Database) -> None:
    people()
    listed("death_village", {"nil": True, "township": "攀莲镇", "village": "邻村"})
    assert {(v.village, v.count) for v in villages(COUNTY, JAN)} == {("某村", None), ("邻村", 0)}
    warned = [b for b in blockers(COUNTY, FEB) if b.code == "SAF-404"]
    assert "某村" in warned[0].message
    assert (sources(JAN)["death_village"], sources(JAN)["prisons"]) == (0, -1)
    assert {b.code for b in blockers(COUNTY, FEB + 1)} == {"SAF-403"}


def test_the_finders_second_account_verifies_nothing(sqlite_database: Database) -> None:
    """One person, two accounts: refused when assigned, when verifying, and by the database itself."""
    people()
    listed("death_police", row(1))
    compared()
    suspicion = Suspicion.objects.get()
    assign([suspicion.pk], "比对员二号", door(on(22), actor="科长"))
    for account in (FINDER, "比对员二号"):
        name_account(account, id_number(dt.date(1985, 1, 2), 1), door(on(22)))
    refused("SAF-302", assign, [suspicion.pk], "比对员二号", door(on(22), actor="科长"))
    refused("SAF-302", verify, [suspicion.pk], True, door(on(23), actor="比对员二号"))
    assign([suspicion.pk], "没登记的", door(on(22), actor="科长"))
    refused("CAS-712", verify, [suspicion.pk], True, door(on(23), actor="没登记的"))
    for actor, code in (("比对员二号", "SAF-002"), ("没登记的", "SAF-003")):
        with pytest.raises(IntegrityError, match=code), transaction.atomic():
            SuspicionEvent.objects.create(
                suspicion=suspicion, sequence=4, action="verified", state="true", actor=actor, finder=FINDER,
                at=door(on(23)).at, origin=suspicion.origin,
            )  # fmt: skip
