"""A payment month on the pages: preview, another's review, release through the safeguards, the bank's file and answer."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingban.payments.bankfile import write_answer
from jingban.payments.models import Clearance, Run
from jingban.payments.services.bank_file import orders_to_send
from jingban.registry.models import Identity
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.store.models import AuditEntry
from jingban.values.masking import mask_id
from jingban.values.money import format_yuan, yuan
from tests.console.conftest import ENGINES, As, finished
from tests.support.people import door, recipient, register
from tests.support.runs import answers

MONTH = {"month": "2020-01", "kind": "monthly"}


@pytest.fixture
def people(centre: Path) -> list[int]:
    return register(recipient(1), recipient(2))


def _codes(answer: Any) -> list[str]:
    return re.findall(r"\b((?:PAY|SAF|CON)-\d{3})\b", answer.content.decode())


def _previewed(client: Client) -> Run:
    page = finished(client, client.post("/runs/new/", MONTH))
    run = Run.objects.latest("pk")
    assert page.redirect_chain == [(f"/runs/{run.pk}/", 302)], _codes(page)
    return run


@pytest.mark.parametrize("centre", ENGINES, indirect=True)
def test_a_month_of_two_clerks(as_: As, people: list[int], centre: Path) -> None:
    maker, checker = as_("jingban1"), as_("fuhe1")
    assert _codes(maker.post("/runs/new/", {**MONTH, "month": "一月"})) == ["CON-308"]
    run = _previewed(maker)
    home = f"/runs/{run.pk}/"
    assert _codes(finished(maker, maker.post("/runs/new/", MONTH))) == ["PAY-101"]
    assert "没有办成" in maker.get("/runs/").content.decode()
    page = maker.get(home).content.decode()
    assert format_yuan(run.amount_fen) in page
    assert "应付项目" in page
    assert "这是您经办的批次" in page
    assert f"{home}review/" not in page
    assert run.batch in maker.get("/runs/").content.decode()

    assert maker.post(f"{home}review/").status_code == 403  # no such duty
    refused = checker.post(f"{home}release/")
    assert (refused.status_code, _codes(refused)) == (422, ["PAY-202"])
    assert checker.post(f"{home}review/").status_code == 302
    assert "SAF-403" in checker.get(home).content.decode()
    assert checker.post(f"{home}release/").status_code == 302
    assert Clearance.objects.get().run_id == run.pk
    assert maker.get(f"{home}file.txt").status_code == 404  # not written yet
    assert maker.post(f"{home}file/").status_code == 302
    content = b"".join(maker.get(f"{home}file.txt").streaming_content)
    assert content.count("测试".encode("gb18030")) == 2
    assert AuditEntry.objects.get(action="export.bank_file").actor == "jingban1"
    assert (centre / "bank" / f"{run.batch}.txt").read_bytes() == content

    assert _codes(maker.post(f"{home}returns/")) == ["CON-309"]
    answered = write_answer(run.batch, answers(run, failing=[people[1]]))
    cut = SimpleUploadedFile("back.txt", answered[:60])
    assert _codes(maker.post(f"{home}returns/", {"file": cut})) == ["PAY-402"]
    whole = SimpleUploadedFile("back.txt", answered)
    assert maker.post(f"{home}returns/", {"file": whole}).status_code == 302
    paid = orders_to_send(run)[0].amount_fen
    assert f"成功 1 笔 {format_yuan(paid)} 元，失败 1 笔" in maker.get(home).content.decode()
    assert maker.post(f"{home}settle/").status_code == 302
    assert Run.objects.get().state == "settled"


def test_the_reviewer_reads_and_takes_the_previewed_lines(as_: As, people: list[int], centre: Path) -> None:
    """One row a person with names before anything is paid; after the bank's answer who failed and why."""
    maker, checker = as_("jingban1"), as_("fuhe1")
    run = _previewed(maker)
    home = f"/runs/{run.pk}/"
    assert f"{home}list/payroll/" in checker.get(home).content.decode()
    page = checker.get(f"{home}list/payroll/").content.decode()
    numbers = [person.id_number for person in Identity.objects.filter(person_id__in=people)]
    assert all(mask_id(number) in page for number in numbers)
    assert not any(number in page for number in numbers)
    assert page.count("测试") >= 2
    taken = python_calamine.load_workbook(BytesIO(checker.get(f"{home}list/payroll.xlsx").content))
    header, *rows = taken.get_sheet_by_index(0).to_python()
    assert sorted(row[header.index("证件号码")] for row in rows) == sorted(numbers)
    assert sum(Decimal(str(row[header.index("支付金额")])) for row in rows) == yuan(run.amount_fen)
    assert AuditEntry.objects.get(action="export.payroll").actor == "fuhe1"
    assert maker.get(f"{home}list/unknown/").status_code == 404
    checker.post(f"{home}review/")
    checker.post(f"{home}release/")
    maker.post(f"{home}file/")
    answered = write_answer(run.batch, answers(run, failing=[people[1]]))
    maker.post(f"{home}returns/", {"file": SimpleUploadedFile("back.txt", answered)})
    assert f"{home}list/failed/" in maker.get(home).content.decode()
    failed = maker.get(f"{home}list/failed/").content.decode()
    assert failed.count("<tr>") == 2  # the head and one order
    assert run.orders.get(person_id=people[1]).outcome.reason in failed


def test_who_previewed_does_not_review_though_he_has_the_duty(as_: As, people: list[int]) -> None:
    both = as_("fuhe1")  # may enter and review
    run = _previewed(both)
    refused = both.post(f"/runs/{run.pk}/review/")
    assert (refused.status_code, _codes(refused)) == (422, ["PAY-201"])
    assert Run.objects.get().state == "draft"


def test_a_death_known_after_the_review_stops_the_release(as_: As, people: list[int]) -> None:
    maker, checker = as_("jingban1"), as_("fuhe1")
    run = _previewed(maker)
    home = f"/runs/{run.pk}/"
    checker.post(f"{home}review/")
    record_deaths([DeathRecord(person=people[0], died_on=dt.date(2019, 12, 20))], door(dt.date(2020, 1, 6)))
    assert "SAF-402" in checker.get(home).content.decode()  # shown before anybody tries
    refused = checker.post(f"{home}release/")
    assert refused.status_code == 422
    assert "SAF-402" in _codes(refused)
    assert not Clearance.objects.exists()
    assert maker.post(f"{home}cancel/", {"note": "有人死亡"}).status_code == 302
    assert "有人死亡" in maker.get(home).content.decode()
    assert _previewed(maker).person_count == 1
