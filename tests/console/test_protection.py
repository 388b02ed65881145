"""What stands before every page: passwords handed over, idle sessions, demanded factors, the client behind a proxy."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from jingban.casework.services.duties import open_account, set_password
from jingban.store.models import AuditEntry
from tests.console.conftest import PASSWORD, SECURITY, As

OWN = "Ziji-de-kouling-7"


def test_a_password_that_was_handed_over_is_changed_before_anything_else(as_: As, centre: Path) -> None:
    set_password("jingban1", PASSWORD, SECURITY)
    client = as_("jingban1")
    for path in ("/", "/books/payments/", "/cases/", "/account/sessions/"):
        assert client.get(path).headers["Location"] == "/account/password/"
    assert client.post("/cases/new/death/", {"once": "1"}).headers["Location"] == "/account/password/"
    page = client.get("/account/password/").content.decode()
    assert "anquan" in page  # its owner sees who set it
    changed = {"oldpassword": PASSWORD, "password1": OWN, "password2": OWN}
    assert client.post("/account/password/", changed).status_code == 302
    assert client.get("/books/payments/").status_code == 200
    found = AuditEntry.objects.filter(subject="jingban1", action__endswith="password").order_by("number")
    assert list(found.values_list("action", "actor")) == [
        ("account.password", "jingban1"),
        ("config.password", "anquan"),
        ("account.password", "jingban1"),
    ]


def test_a_new_account_changes_its_first_password(as_: As) -> None:
    made = as_("anquan").post("/accounts/new/", {"username": "xin", "person": "B900", "duty": ["enter"]})
    handed = re.search(r'id="handed">([^<]+)', made.content.decode())
    assert handed is not None
    client = Client()
    client.post("/login/", {"login": "xin", "password": handed[1]})
    assert client.get("/").headers["Location"] == "/account/password/"


def test_an_idle_session_is_over(as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_("jingban1")
    now = time.time()
    for minutes, status in ((25, 200), (50, 200), (81, 302)):
        monkeypatch.setattr("jingban.console.protect.timezone.now", _at(now + minutes * 60))
        assert client.get("/books/payments/").status_code == status, minutes


def _at(moment: float):  # type: ignore[no-untyped-def]
    import datetime as dt

    return lambda: dt.datetime.fromtimestamp(moment, dt.UTC)


def test_a_demanded_second_factor_comes_first(as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.CENTRE, "second_factor", ["review", "security"])
    assert as_("jingban1").get("/books/payments/").status_code == 200
    client = as_("fuhe1")
    assert client.get("/books/payments/").headers["Location"] == "/account/second/"
    assert client.get("/account/second/", follow=True).status_code == 200
    assert as_("anquan").get("/accounts/").headers["Location"] == "/account/second/"


def test_other_sessions_are_shown_and_ended(as_: As) -> None:
    here, there = as_("jingban1"), as_("jingban1")
    assert here.get("/account/sessions/").content.decode().count("127.0.0.1") == 2
    here.post("/account/sessions/")
    assert here.get("/books/payments/").status_code == 200
    assert there.get("/books/payments/").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "peer", "said", "client"),
    [
        ([], "9.9.9.9", "1.1.1.1", "9.9.9.9"),
        (["10.0.0.0/8"], "10.0.0.1", "1.1.1.1", "1.1.1.1"),
        (["10.0.0.0/8"], "10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
        (["10.0.0.0/8"], "9.9.9.9", "1.1.1.1", "9.9.9.9"),
        (["10.0.0.0/8"], "10.0.0.1", "<script>", "10.0.0.1"),
        (["10.0.0.0/8"], "10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_say_where_the_client_is(
    monkeypatch: pytest.MonkeyPatch, proxies: list[str], peer: str, said: str, client: str
) -> None:
    from jingban.console.protect import client_address

    monkeypatch.setattr(settings.CENTRE, "trusted_proxies", proxies)
    more = {"HTTP_X_FORWARDED_FOR": said} if said else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **more)) == client


def test_a_locked_machine_behind_the_proxy_does_not_lock_the_office(
    centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.CENTRE, "trusted_proxies", ["127.0.0.1"])
    form = {"login": "jingban1", "password": "wrong"}
    for _try in range(settings.AXES_FAILURE_LIMIT + 1):
        bad = Client().post("/login/", form, HTTP_X_FORWARDED_FOR="5.5.5.5")
    assert bad.status_code == 429
    right = {"login": "jingban1", "password": PASSWORD}
    assert Client().post("/login/", right, HTTP_X_FORWARDED_FOR="5.5.5.5").status_code == 429
    assert Client().post("/login/", right, HTTP_X_FORWARDED_FOR="5.5.5.6").status_code == 302
    other = {"login": "jingban2", "password": PASSWORD}
    assert Client().post("/login/", other, HTTP_X_FORWARDED_FOR="5.5.5.5").status_code == 302


def test_staff_are_one_however_they_are_spelled(centre: Path) -> None:
    from jingban.casework.models import Staff
    from jingban.casework.services.staff import accounts_of
    from jingban.values.findings import Refused

    for number, spelling in enumerate(("E01", "e01", "Ｅ０１", " e 01", "E\u00ad0\u200b1", "E-01")):
        open_account(f"e{number}", spelling, PASSWORD, ["enter"], SECURITY)
    assert accounts_of("e0") == {f"e{number}" for number in range(6)}
    for foreign in ("\u041501", "\u039501", "E\u030101", "\u200b"):
        with pytest.raises(Refused, match="CAS-744"):
            open_account("wrong", foreign, PASSWORD, ["enter"], SECURITY)
    for wrong in ("510421197505030013", "51042119750503001Ｘ", "510421750503001", "5104211975050300"):
        with pytest.raises(Refused, match="CAS-714"):
            open_account("wrong", wrong, PASSWORD, ["enter"], SECURITY)
    assert not Staff.objects.filter(person__contains="5104").exists()
