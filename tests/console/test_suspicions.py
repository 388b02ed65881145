"""Suspicions on the pages: assigned, verified by another than the finder, acted on, closed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jingban.casework.models import Case
from jingban.safeguards.models import Suspicion
from jingban.safeguards.services.compare import compare
from jingban.safeguards.services.state import last_events
from tests.console.conftest import As
from tests.safeguards.test_suspicions import BORN, row
from tests.support.people import id_number
from tests.support.safeguard_world import FEB, door, listed, on, people


def _codes(answer: Any) -> list[str]:
    return re.findall(r"\b((?:SAF|CON|CLI)-\d{3})\b", answer.content.decode())


@pytest.fixture
def found(centre: Path) -> list[int]:
    """Two recipients on a death list, found by jingban1."""
    people()
    listed("death_police", row(1), row(2))
    compare(FEB, door(on(21), actor="jingban1"), ranked=False)
    return list(Suspicion.objects.order_by("pk").values_list("pk", flat=True))


def _state(pk: int) -> str:
    return last_events([pk])[pk].state


def test_a_suspicion_goes_from_hand_to_hand(as_: As, found: list[int]) -> None:
    finder, other = as_("jingban1"), as_("jingban2")
    first, second = found
    home = f"/suspicions/{first}/"
    listing = finder.get("/suspicions/").content.decode()
    assert listing.count('name="one"') == 2
    assert id_number(BORN, 1) not in listing + finder.get(home).content.decode()
    assert _codes(finder.post("/suspicions/assign/", {"assignee": "jingban2"})) == ["CON-310"]
    many = {"one": [first, second]}
    assert _codes(finder.post("/suspicions/assign/", {**many, "assignee": "gongkai1"})) == ["CON-310"]
    refused = finder.post("/suspicions/assign/", {**many, "assignee": "jingban1"})
    assert (refused.status_code, _codes(refused)) == (422, ["SAF-302"])
    assert finder.post("/suspicions/assign/", {**many, "assignee": "jingban2"}).status_code == 302
    assert [_state(one) for one in found] == ["assigned", "assigned"]

    assert "属实" not in finder.get(home).content.decode().replace("不属实", "")  # not his to judge
    assert "SAF-302" in _codes(finder.post(f"{home}verify/", {"truth": "true"}))
    assert other.post(f"{home}verify/", {"truth": "perhaps"}).status_code == 404
    assert other.post(f"{home}verify/", {"truth": "true", "note": "村里证实"}).status_code == 302
    assert _codes(other.post(f"{home}act/", {"measure": "correct"})) == ["SAF-304"]
    assert _codes(other.post(f"{home}act/", {"measure": "recover", "amount": "一元"})) == ["SAF-304"]
    assert _codes(other.post(f"{home}act/", {"measure": "stop", "on": "2020-13-01"})) == ["CLI-005"]
    assert _state(first) == "true"
    assert other.post(f"{home}act/", {"measure": "stop"}).status_code == 302
    case = Case.objects.get()
    page = other.get(home).content.decode()
    assert f"/cases/{case.number}/" in page
    assert "村里证实" in page
    assert _codes(other.post(f"{home}close/")) == ["SAF-305"]  # the case is not decided yet
    as_("fuhe1").post(f"/cases/{case.number}/decide/", {"decision": "reject", "note": "另案"})
    assert other.post(f"{home}close/").status_code == 302
    assert _state(first) == "closed"

    other.post(f"/suspicions/{second}/verify/", {"truth": "false"})
    assert other.post(f"/suspicions/{second}/close/").status_code == 302
    assert "没有疑点" in other.get("/suspicions/").content.decode()
    closed = other.get("/suspicions/?state=closed&kind=death").content.decode()
    assert all(f"/suspicions/{one}/" in closed for one in found)


def test_only_who_enters_may_take_a_step(as_: As, found: list[int]) -> None:
    reader = as_("gongkai1")
    assert reader.get(f"/suspicions/{found[0]}/").status_code == 200
    assert reader.post("/suspicions/assign/", {"one": found, "assignee": "jingban2"}).status_code == 403
    assert reader.post(f"/suspicions/{found[0]}/verify/", {"truth": "true"}).status_code == 403
    assert _state(found[0]) == "found"
