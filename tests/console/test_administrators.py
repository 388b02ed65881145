"""The three administrators: each sees only their own page; the chain is read by what is asked for, and proved."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from jingban.casework.services.duties import open_account
from jingban.casework.services.look import record_look
from jingban.casework.services.secrets import note_own
from jingban.store.models import AuditEntry
from jingban.values.findings import Refused
from tests.console.conftest import ENGINES, PASSWORD, SECURITY, As, finished
from tests.support.people import id_number, recipient, register

PAGES = {"shenji": "/audit/", "xitong": "/system/", "anquan": "/accounts/"}


def _text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


@pytest.fixture
def three(as_: As) -> As:
    """The security administrator opens the two others on the page."""
    client = as_("anquan")
    for name, role in (("shenji", "audit"), ("xitong", "system")):
        made = client.post("/accounts/new/", {"username": name, "person": f"C-{name}", "role": role})
        password = re.search(r'id="handed">([^<]+)', made.content.decode())
        assert password is not None
        client.post(
            f"/accounts/{name}/", {"do": "close"}
        )  # closed and opened again, an account keeps its role
        client.post(f"/accounts/{name}/", {"do": "reopen"})
        from django.contrib.auth.models import User

        user = User.objects.get(username=name)
        assert user.check_password(password[1])
        user.set_password(PASSWORD)
        user.save()
        note_own(name)  # as if its owner had changed the password that was handed over
    return as_


def test_each_sees_only_the_page_of_their_own(three: As) -> None:
    for name, own in PAGES.items():
        client = three(name)
        assert client.get("/").headers["Location"] == own
        menu = re.findall(r'<li><a href="([^"]+)"', client.get(own).content.decode())
        more = ["/accounts/factors/"] if name in ("anquan", "xitong") else []  # confirming needs two of them
        assert menu == [own, *more]
        for page in {*PAGES.values(), "/cases/", "/runs/", "/year/", "/others/"} - {own}:
            assert client.get(page).status_code == 403, (name, page)
    assert three("jingban1").get("/audit/").status_code == 403


def test_an_administrator_is_opened_without_duties(centre: Path) -> None:
    with pytest.raises(Refused, match="CAS-708"):
        open_account("liang", "C9", PASSWORD, ["enter"], SECURITY, role="audit")
    with pytest.raises(Refused, match="CAS-701"):
        open_account("liang", "C9", PASSWORD, [], SECURITY, role="king")


@pytest.mark.parametrize("centre", ENGINES, indirect=True)
def test_the_chain_is_read_and_proved(three: As, centre: Path) -> None:
    register(recipient(1))
    clerk, auditor = three("jingban1"), three("shenji")
    enrolment = {"name": "张三丰", "township": "攀莲镇", "village": "贤家村", "id_number": id_number_of(7),
                 "paper-id_card": "shown", "paper-household_register": "shown"}  # fmt: skip
    clerk.post("/cases/new/enrolment/", enrolment)
    number = AuditEntry.objects.get(action="case.submitted").subject
    clerk.post(f"/cases/{number}/")  # a look at the full number
    everything = _text(auditor.get("/audit/"))
    assert f"共 {AuditEntry.objects.count()} 条" in everything
    assert enrolment["id_number"] not in everything
    assert "view.full" in everything

    page = _text(auditor.get("/audit/?action=case"))
    assert "case.submitted" in page.partition("内容 摘要")[2]
    assert "view.full" not in page.partition("内容 摘要")[2]
    assert AuditEntry.objects.get(action="view.chain").detail == {
        "action": "case"
    }  # reading leaves its own trace
    for _look in range(60):
        record_look("jingban1", "export.sheet", "x", timezone.now())
    first = auditor.get("/audit/?action=export&actor=jingban1").content.decode()
    assert first.count("export.sheet</span>") == 50
    [following] = re.findall(r'href="(\?[^"]*page=2)"', first)
    second = auditor.get(f"/audit/{following.replace('&amp;', '&')}").content.decode()
    assert second.count("export.sheet</span>") == 10  # the filter goes along
    assert "没有记录" in _text(auditor.get("/audit/?actor=nobody"))
    assert "没有记录" in _text(auditor.get("/audit/?last=2001-01-01"))
    assert auditor.get("/audit/?first=yesterday").status_code == 422

    assert auditor.post("/audit/prove/", {"noted": "12"}).status_code == 422
    noted = re.search(r'id="head">(\d+):([0-9a-f]{64})<', auditor.get("/audit/").content.decode())
    assert noted is not None
    assert clerk.post("/audit/prove/").status_code == 403
    begun = auditor.post("/audit/prove/", {"noted": f"{noted[1]}:{noted[2]}"})
    assert clerk.get(begun.headers["Location"]).status_code == 403
    page = _text(finished(auditor, begun))
    assert "审计链完好" in page
    assert f"上次记下的还在，第 {noted[1]} 条" in page
    forged = finished(auditor, auditor.post("/audit/prove/", {"noted": f"{noted[1]}:{'0' * 64}"}))
    assert "整条链被重写" in _text(forged)


def id_number_of(sequence: int) -> str:
    return id_number(dt.date(1975, 5, 3), sequence)


def test_the_system_page_shows_configuration_and_background_work(three: As, centre: Path) -> None:
    client = three("xitong")
    auditor = three("shenji")
    finished(auditor, auditor.post("/audit/prove/"))
    (centre / "jingban.toml").write_text("# one\n", "utf-8")
    three("jingban1").post("/choose/", {"year": "2020"})
    page = _text(client.get("/system/"))
    assert "验证审计链" in page
    assert "sqlite 3." in page
    assert re.search(r"新增：jingban\.toml", page)


def test_the_security_administrator_lifts_a_lock(three: As, centre: Path) -> None:
    locked = Client()
    for _try in range(5):
        locked.post("/login/", {"login": "jingban1", "password": "wrong"})
    assert locked.post("/login/", {"login": "jingban1", "password": PASSWORD}).status_code == 429
    client = three("anquan")
    assert "口令连错" in _text(client.get("/accounts/"))
    client.post("/accounts/jingban1/", {"do": "unlock"})
    assert locked.post("/login/", {"login": "jingban1", "password": PASSWORD}).status_code == 302
    assert AuditEntry.objects.get(action="config.unlocked").subject == "jingban1"
