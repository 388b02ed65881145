"""Signing in on the command line: the backends, lock-out and second factors of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from jingban.casework.services.duties import set_password
from tests.console.conftest import PASSWORD, SECURITY, As, say

OWN = "Ziji-de-kouling-7"


def test_wrong_passwords_lock_and_the_security_administrator_unlocks(shell: Path) -> None:
    for _try in range(settings.AXES_FAILURE_LIMIT):
        assert "CAS-731" in say("login", "jingban1", typed="wrong\n", status=1)
    assert "CAS-732" in say("login", "jingban1", typed=f"{PASSWORD}\n", status=1)
    say("login", "anquan", typed=f"{PASSWORD}\n")
    assert "安全管理员" in say("whoami")
    say("staff", "unlock", "jingban1")
    say("login", "jingban1", typed=f"{PASSWORD}\n")
    assert "经办岗" in say("whoami")
    assert "CAS-702" in say("staff", "unlock", "jingban1", status=1)
    say("logout")
    assert "CAS-722" in say("whoami", status=1)


def test_a_handed_password_is_changed_at_the_sign_in(shell: Path) -> None:
    set_password("jingban1", PASSWORD, SECURITY)
    assert "CAS-729" in say("login", "jingban1", typed=f"{PASSWORD}\n{PASSWORD}\n{PASSWORD}\n", status=1)
    assert "CAS-709" in say("login", "jingban1", typed=f"{PASSWORD}\n{OWN}\nother\n", status=1)
    told = say("login", "jingban1", typed=f"{PASSWORD}\n{OWN}\n{OWN}\n")
    assert "anquan" in told
    assert "经办岗" in say("whoami")


def test_a_demanded_second_factor_is_demanded_here_too(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.CENTRE, "second_factor", ["enter"])
    assert "CAS-726" in say("login", "jingban1", typed=f"{PASSWORD}\n", status=1)


def test_the_code_of_the_telephone_is_asked_for(shell: Path, as_: As) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.contrib.auth.models import User

    from tests.console.test_second_factor import _code, _wrong

    secret = generate_totp_secret()
    TOTP.activate(User.objects.get(username="jingban1"), secret)
    assert "CAS-731" in say("login", "jingban1", typed=f"{PASSWORD}\n{_wrong(secret)}\n", status=1)
    say("login", "jingban1", typed=f"{PASSWORD}\n{_code(secret)}\n")
    assert "经办岗" in say("whoami")


def test_offices_and_closed_accounts_from_the_command_line(shell: Path) -> None:
    say("login", "anquan", typed=f"{PASSWORD}\n")
    say("staff", "office", "城关", "--township", "攀莲镇")
    say("staff", "seat", "jingban1", "城关")
    assert "城关" in say("staff", "list")
    assert "CAS-743" in say("staff", "seat", "jingban1", "没有", status=1)
    say("staff", "close", "jingban2")
    assert "CAS-731" in say("login", "jingban2", typed=f"{PASSWORD}\n", status=1)
    say("login", "jingban1", typed=f"{PASSWORD}\n")
    assert "CAS-741" in say("export", "people", status=1)


def test_pages_of_another_office_are_not_there(as_: As) -> None:
    from jingban.casework.models import Case
    from jingban.casework.services.offices import seat, set_office
    from tests.console.test_cases import ENROL, citizen

    set_office("城关", ["攀莲镇"], SECURITY)
    set_office("丙谷", ["丙谷镇"], SECURITY)
    seat("jingban1", "城关", SECURITY)
    seat("jingban2", "丙谷", SECURITY)
    mine, theirs = as_("jingban1"), as_("jingban2")
    form = {**ENROL, "id_number": citizen(31), "once": "a"}
    places = {mine.post("/cases/new/enrolment/", form).headers["Location"] for _click in range(6)}
    case = Case.objects.get()
    assert places == {f"/cases/{case.number}/"}
    assert mine.get(f"/cases/{case.number}/").status_code == 200
    assert theirs.get(f"/cases/{case.number}/").status_code == 404
    assert theirs.get(f"/cases/{case.number}/letter.pdf").status_code == 404
    assert case.number not in theirs.get("/cases/").content.decode()
    assert case.number in mine.get("/cases/").content.decode()
    for page in ("/runs/", "/others/", "/certification/", "/outreach/"):
        assert mine.get(page).status_code == 403
        assert as_("fuhe1").get(page).status_code == 200
