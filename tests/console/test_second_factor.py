"""A second factor on the real pages: switched on, asked for at the next login, refused when wrong, replaced by a recovery code."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from jingban.casework.models import FactorRemoval, FactorRequest
from jingban.casework.services.duties import open_account
from jingban.casework.services.secrets import note_own
from jingban.store.models import AuditEntry
from jingban.store.origins import entering
from tests.console.conftest import PASSWORD, SECURITY, As

TOTP_SECONDS = 30
ACTIVATE = "/account/second/totp/activate/"
CODE = "/account/second/authenticate/"


def _code(secret: str, steps: int = 0) -> str:
    """What a telephone shows ``steps`` half minutes from now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // TOTP_SECONDS + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def _wrong(secret: str) -> str:
    near = {_code(secret, steps) for steps in range(-2, 3)}
    return next(f"{number:06d}" for number in range(10) if f"{number:06d}" not in near)


def _knocks() -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/login/", {"login": "jingban1", "password": PASSWORD})


@pytest.fixture
def secret(as_: As) -> str:
    """jingban1 has switched it on; the secret in the telephone."""
    cache.clear()  # the login library counts how often one asks again
    client = as_("jingban1")
    again = client.get(ACTIVATE).headers["Location"]  # whoever sits at an open page must know the password
    assert client.post(again, {"password": "wrong"}).status_code == 200
    page = client.post(again, {"password": PASSWORD}, follow=True).content.decode()
    assert "data:image/svg+xml" in page  # to be photographed
    found = re.search(r'value="([A-Z2-7]{32})"', page)
    assert found is not None, page
    assert client.post(ACTIVATE, {"code": _wrong(found[1])}).status_code == 200
    assert _knocks()[1].headers["Location"] == "/"  # a wrong code switches nothing on
    assert client.post(ACTIVATE, {"code": _code(found[1])}).status_code == 302
    return found[1]


def test_the_password_alone_opens_nothing_any_more(secret: str, centre: Path) -> None:
    client, answer = _knocks()
    assert answer.headers["Location"] == CODE
    assert client.get("/books/payments/").headers["Location"].startswith("/login/")
    wrong = client.post(CODE, {"code": _wrong(secret)})
    assert wrong.status_code == 200
    assert "错误代码" in wrong.content.decode()
    assert client.get("/books/payments/").status_code == 302
    assert client.post(CODE, {"code": _code(secret, 1)}).headers["Location"] == "/"
    assert client.get("/books/payments/").status_code == 200


def test_a_code_seen_over_the_shoulder_does_not_work_twice(secret: str, centre: Path) -> None:
    seen = _code(secret, 1)
    first, _answer = _knocks()
    assert first.post(CODE, {"code": seen}).status_code == 302
    second, _answer = _knocks()
    assert second.post(CODE, {"code": seen}).status_code == 200
    assert second.get("/books/payments/").status_code == 302


def test_each_recovery_code_opens_once(secret: str, as_: As, centre: Path) -> None:
    assert "recovery_codes" in settings.MFA_SUPPORTED_TYPES
    client, _answer = _knocks()
    client.post(CODE, {"code": _code(secret, 1)})
    made = "/account/second/recovery-codes/generate/"
    again = client.get(made).headers["Location"]
    client.post(again, {"password": PASSWORD})
    client.post(made)
    listed = client.get("/account/second/recovery-codes/").content.decode()
    codes = re.findall(r"\b[0-9a-f]{8}\b|\b\d{8}\b", listed)
    assert len(set(codes)) == 10
    fresh, _answer = _knocks()
    assert fresh.post(CODE, {"code": codes[0]}).headers["Location"] == "/"
    again, _answer = _knocks()
    assert again.post(CODE, {"code": codes[0]}).status_code == 200
    assert again.get("/books/payments/").status_code == 302


def test_who_lost_the_telephone_is_let_in_by_two_administrators(secret: str, as_: As, centre: Path) -> None:
    assert as_("fuhe1").post("/accounts/jingban1/", {"do": "factor"}).status_code == 403
    client = as_("anquan")
    assert "申请取消第二因素" in client.get("/accounts/").content.decode()
    client.post("/accounts/jingban1/", {"do": "factor"})
    assert _knocks()[1].headers["Location"] == CODE  # one person is not enough
    assert client.post("/accounts/factors/", {"account": "jingban1"}).status_code == 422
    open_account("anquan2", "B777", PASSWORD, [], SECURITY, role="system")
    open_account("anquan3", "A001", PASSWORD, [], SECURITY, role="security")
    for name in ("anquan2", "anquan3"):
        note_own(name)
    assert (
        as_("anquan3").post("/accounts/factors/", {"account": "jingban1"}).status_code == 422
    )  # the same person
    assert as_("fuhe1").post("/accounts/factors/", {"account": "jingban1"}).status_code == 403
    other = as_("anquan2")
    assert "jingban1" in other.get("/accounts/factors/").content.decode()
    assert other.post("/accounts/factors/", {"account": "jingban1"}).status_code == 302
    assert _knocks()[1].headers["Location"] == "/"
    entry = AuditEntry.objects.get(action="config.second_factor")
    assert (entry.subject, entry.actor, entry.detail) == ("jingban1", "anquan2", {"申请": "anquan"})


def test_the_database_wants_two_persons_as_well(secret: str, centre: Path) -> None:
    with entering(SECURITY) as origin:
        request = FactorRequest.objects.create(account="jingban1", actor="anquan", note="", origin=origin)
    for asker, actor in (("anquan", "anquan"), ("jingban2", "anquan")):
        with pytest.raises(DatabaseError), entering(SECURITY) as origin:
            FactorRemoval.objects.create(request=request, asker=asker, actor=actor, origin=origin)


def test_nobody_takes_off_the_last_factor_alone(secret: str, as_: As, centre: Path) -> None:
    client, _answer = _knocks()
    client.post(CODE, {"code": _code(secret, 1)})
    client.post("/account/second/totp/deactivate/")
    assert _knocks()[1].headers["Location"] == CODE


def test_wrong_codes_lock_like_wrong_passwords(secret: str, centre: Path) -> None:
    client, _answer = _knocks()
    for _try in range(settings.AXES_FAILURE_LIMIT):
        client.post(CODE, {"code": _wrong(secret)})
    assert client.post(CODE, {"code": _code(secret, 1)}).status_code == 403
    assert client.get("/books/payments/").status_code == 302
    assert _knocks()[1].status_code == 429


def test_the_pages_of_security_keys_open(as_: As) -> None:
    client = as_("jingban1")
    assert "安全" in client.get("/account/second/webauthn/").content.decode()
    again = client.get("/account/second/webauthn/add/").headers["Location"]
    page = client.post(again, {"password": PASSWORD}, follow=True)
    assert page.status_code == 200
    assert "challenge" in page.content.decode()
