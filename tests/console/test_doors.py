"""Who gets in and who may do what: login, lockout, duties, CSRF, headers, language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from jingban.budget.models import Payment
from jingban.casework.services.duties import first_account, set_duties
from jingban.store import audit
from jingban.store.models import AuditEntry
from jingban.values.findings import Refused
from tests.console.conftest import PASSWORD, SECURITY, As

PAYMENT = {
    "unit": "510421021", "year": "2020", "source": "一般公共预算财政拨款", "function_code": "2080109", "economic_code": "30201",
    "category": "项目支出", "project": "P01", "amount_fen": "100.00", "voucher": "记-900", "day": "2020-12-01", "payee": "某公司",
}  # fmt: skip


def _everything() -> list[str]:
    """Every address that takes no argument."""
    return [f"/{pattern.pattern}" for pattern in get_resolver().url_patterns if hasattr(pattern, "name") and "<" not in str(pattern.pattern)]  # fmt: skip


def test_nothing_is_shown_to_a_stranger(centre: Path) -> None:
    open_doors = {"/login/", "/logout/", "/inactive/", "/language/", "/choose/"}
    closed = [path for path in _everything() if path not in open_doors]
    assert len(closed) > 10
    for path in closed:
        answer = Client().get(path)
        assert answer.status_code in (302, 405), path
        assert answer.status_code == 405 or answer.headers["Location"].startswith("/login/"), path


def test_there_is_no_signing_up(centre: Path) -> None:
    for path in ("/signup/", "/password/reset/", "/email/", "/confirm-email/"):
        assert Client().get(path).status_code == 404
    assert b"signup" not in Client().get("/login/").content


def test_five_wrong_passwords_lock_the_account_on_that_machine(centre: Path) -> None:
    client = Client()
    for _try in range(settings.AXES_FAILURE_LIMIT):
        client.post("/login/", {"login": "jingban1", "password": "wrong"})
    locked = client.post("/login/", {"login": "jingban1", "password": PASSWORD})
    assert locked.status_code == 429
    assert "暂时锁定" in locked.content.decode()
    assert Client().post("/login/", {"login": "fuhe1", "password": PASSWORD}).status_code == 302


def test_a_form_without_its_token_writes_nothing(as_: As) -> None:
    client = as_("jingban1")
    client.handler.enforce_csrf_checks = True
    before = Payment.objects.count()
    answer = client.post("/books/payments/new/", PAYMENT)
    assert answer.status_code == 403
    assert "没有写入" in answer.content.decode()
    assert Payment.objects.count() == before


@pytest.mark.parametrize("who", ["gongkai1", "anquan"])
def test_who_has_not_the_duty_does_not_enter(as_: As, who: str) -> None:
    before = Payment.objects.count()
    assert as_(who).post("/books/payments/new/", PAYMENT).status_code == 403
    assert Payment.objects.count() == before


def test_only_who_publishes_makes_a_package(as_: As) -> None:
    from jingban.console.models import Job

    answer = as_("jingban1").post("/year/start/", {"unit": "510421021", "year": "2020", "style": "central"})
    assert answer.status_code == 403
    assert not Job.objects.exists()


def test_an_account_that_belongs_to_nobody_reads_but_does_not_write(centre: Path, as_: As) -> None:
    from django.contrib.auth.models import User

    User.objects.create_superuser("root", password=PASSWORD)
    client = as_("root")
    assert client.get("/books/payments/").status_code == 200
    assert client.post("/books/payments/new/", PAYMENT).status_code == 403


def test_the_security_administrator_opens_accounts_and_nobody_else(as_: As) -> None:
    form = {"username": "xinren", "person": "B100", "duty": ["enter", "review"]}
    assert as_("jingban1").post("/accounts/new/", form).status_code == 403
    client = as_("anquan")
    made = client.post("/accounts/new/", form)
    password = made.content.decode().partition('id="handed">')[2].partition("<")[0]
    fresh = Client()
    assert fresh.post("/login/", {"login": "xinren", "password": password}).status_code == 302
    assert fresh.get("/books/payments/new/").headers["Location"] == "/account/password/"
    own = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    assert fresh.post("/account/password/", own).status_code == 302
    assert fresh.get("/books/payments/new/").status_code == 200
    client.post("/accounts/xinren/", {"duty": ["review"]})
    assert fresh.get("/books/payments/new/").status_code == 403
    client.post("/accounts/xinren/", {"do": "close"})
    assert fresh.get("/books/payments/").status_code == 302
    assert list(AuditEntry.objects.filter(subject="xinren").order_by("number").values_list("action", flat=True)) == [
        "config.staff", "config.account.opened", "account.password", "config.duties", "config.account.closed",
    ]  # fmt: skip
    assert audit.verify()[1] is None


def test_an_administrator_has_no_business_duty_and_the_first_account_comes_once(centre: Path) -> None:
    with pytest.raises(Refused, match="CAS-708"):
        set_duties("anquan", ["enter"], SECURITY)
    with pytest.raises(Refused, match="CAS-711"):
        first_account("another", "A009", PASSWORD, SECURITY)
    with pytest.raises(Refused, match="CAS-702"):
        set_duties("jingban1", ["publish"], type(SECURITY)("jingban1"))


def test_headers_and_cookies_are_strict(as_: As) -> None:
    client = as_("jingban1")
    answer = client.get("/")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not settings.DEBUG


def test_one_request_in_english_leaves_the_next_in_chinese(as_: As) -> None:
    chinese, english = as_("jingban1"), as_("fuhe1")
    english.post("/language/", {"language": "en", "next": "/"})
    assert 'lang="en"' in english.get("/").content.decode()
    page = english.get("/books/payments/new/").content.decode()
    assert "Amount" in page
    assert "金额" not in page
    assert "金额" in chinese.get("/books/payments/new/").content.decode()


def test_the_pages_of_the_office_are_english_in_english(as_: As, centre: Path) -> None:
    for name, pages in {
        "fuhe1": (
            "/runs/",
            "/credits/",
            "/claims/",
            "/costs/",
            "/replays/",
            "/others/",
            "/suspicions/",
            "/certification/",
            "/outreach/",
            "/cases/",
            "/cases/new/",
        ),
        "anquan": ("/accounts/",),
    }.items():
        client = as_(name)
        client.get(pages[0])  # greeted in Chinese
        client.post("/language/", {"language": "en", "next": "/"})
        for path in pages:
            page = client.get(path).content.decode().partition("<main")[2].partition("<footer")[0]
            page = re.sub(r'<dd lang="zh-CN">.*?</dd>', "", page)  # words of the law
            assert not re.findall("[\u4e00-\u9fff]+", re.sub(r"<[^>]+>", " ", page)), path


def test_a_refusal_in_english_is_english(as_: As) -> None:
    client = as_("jingban1")
    client.post("/language/", {"language": "en", "next": "/"})
    words = {"source": "General public budget appropriation", "category": "Project expenditure"}
    page = client.post(
        "/books/payments/new/", {**PAYMENT, **words, "amount_fen": "99999999"}
    ).content.decode()
    assert "BUD-108" in page
    assert "超过" not in page


def test_a_page_that_leads_elsewhere_is_not_followed(as_: As) -> None:
    answer = as_("jingban1").post("/choose/", {"year": "2020", "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"
