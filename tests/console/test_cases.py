"""The case desk: any kind by its declarative form, another person decides, looking at full numbers is kept."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client

from jingban.casework.kind import kinds
from jingban.casework.models import Case, CaseEvent
from jingban.casework.services.configuration import changes
from jingban.conf import FILE_NAME
from jingban.registry.models import Identity, Residence
from jingban.store.models import AuditEntry
from tests.console.conftest import ENGINES, As
from tests.support.people import id_number

ENROL = {"name": "张三丰", "township": "攀莲镇", "village": "贤家村", "paper-id_card": "shown", "paper-household_register": "committed"}  # fmt: skip


def citizen(sequence: int) -> str:
    return id_number(dt.date(1975, 5, 3), sequence)


def _received(client: Client, number: str) -> Case:
    answer = client.post("/cases/new/enrolment/", {**ENROL, "id_number": number})
    assert answer.status_code == 302, re.findall(r"\[[A-Z]+-\d+\][^<]*", answer.content.decode())
    return Case.objects.latest("pk")


def test_every_kind_has_its_form(as_: As) -> None:
    client = as_("jingban1")
    for code, kind in kinds().items():
        page = client.get(f"/cases/new/{code}/").content.decode()
        assert all(f'name="{column.key}"' in page for column in kind.fields), code
        assert all(f'name="paper-{paper.key}"' in page for paper in kind.evidence), code


def test_an_english_reader_finds_english_fields(as_: As) -> None:
    client = as_("jingban1")
    client.get("/cases/")  # greeted in Chinese
    client.post("/language/", {"language": "en", "next": "/"})
    for code in kinds():
        page = client.get(f"/cases/new/{code}/").content.decode()
        labels = re.findall(r'<label[^>]*for="(?:id_|paper-)[^>]*>(.*?)</label>', page, re.DOTALL)
        assert labels, code
        assert not [label for label in labels if re.search("[\u4e00-\u9fff]", label)], code
        content = re.sub(r"<[^>]+>", "", page.partition("<main")[2].partition("<footer")[0])
        assert not re.findall("[\u4e00-\u9fff][^\n]*", content), code  # helps and choices too
    case = _received(client, citizen(9))  # read under the same titles
    assert "Township" in client.get(f"/cases/{case.number}/").content.decode()


def test_what_is_wrong_with_an_application_stands_at_its_field(as_: As) -> None:
    client = as_("jingban1")
    page = client.post("/cases/new/enrolment/", {**ENROL, "id_number": "", "name": ""}).content.decode()
    assert page.count("[LST-106]") == 2
    page = client.post(
        "/cases/new/enrolment/", {**ENROL, "id_number": citizen(1), "paper-id_card": ""}
    ).content.decode()
    assert "[CAS-202]" in page
    assert not Case.objects.exists()


def test_the_maker_is_refused_and_another_person_decides(as_: As, centre: Path) -> None:
    both, checker = as_("fuhe1"), as_("jingban1")  # fuhe1 may enter and review, jingban1 only enter
    case = _received(both, citizen(1))
    address = f"/cases/{case.number}/decide/"
    refused = both.post(address, {"decision": "approve"})
    assert refused.status_code == 422
    assert "CAS-302" in refused.content.decode()
    assert checker.post(address, {"decision": "approve"}).status_code == 403
    assert not Identity.objects.filter(id_number=citizen(1)).exists()
    mine = _received(checker, citizen(2))
    assert (
        both.post(f"/cases/{mine.number}/decide/", {"decision": "reject"}).status_code == 422
    )  # without a word why
    assert both.post(f"/cases/{mine.number}/decide/", {"decision": "approve"}).status_code == 302
    assert Identity.objects.filter(id_number=citizen(2)).exists()
    assert CaseEvent.objects.filter(case=mine).latest("sequence").state == "done"
    letter = both.get(f"/cases/{mine.number}/letter.pdf")
    assert letter.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="view.letter", actor="fuhe1").count() == 1


def test_full_numbers_are_shown_only_on_request_and_the_request_is_kept(as_: As) -> None:
    client = as_("jingban1")
    number = citizen(3)
    case = _received(client, number)
    page = client.get(f"/cases/{case.number}/").content.decode()
    assert number not in page
    assert number[:3] in page
    assert not AuditEntry.objects.filter(action="view.full").exists()
    assert number in client.post(f"/cases/{case.number}/").content.decode()
    entry = AuditEntry.objects.get(action="view.full")
    assert (entry.actor, entry.subject) == ("jingban1", case.number)
    assert number not in str(entry.detail)


def test_a_case_taken_back_is_closed(as_: As) -> None:
    client = as_("jingban1")
    case = _received(client, citizen(4))
    assert case.number in client.get("/cases/").content.decode()
    assert as_("fuhe1").post(f"/cases/{case.number}/withdraw/").status_code == 422
    assert client.post(f"/cases/{case.number}/withdraw/").status_code == 302
    assert case.number not in client.get("/cases/").content.decode()


@pytest.mark.parametrize("centre", ENGINES, indirect=True)
def test_a_returned_case_is_corrected_in_its_own_form_and_decided_anew(as_: As) -> None:
    client, checker = as_("jingban1"), as_("fuhe1")
    case = _received(client, citizen(5))
    address = f"/cases/{case.number}/correct/"
    assert "CAS-306" in client.get(address).content.decode()  # nothing to correct yet
    checker.post(f"/cases/{case.number}/decide/", {"decision": "return", "note": "村名有误"})
    assert address in client.get(f"/cases/{case.number}/").content.decode()
    assert "CAS-306" in checker.get(address).content.decode()  # somebody else's
    page = client.get(address).content.decode()
    assert 'value="贤家村"' in page
    assert "村名有误" in page
    assert AuditEntry.objects.filter(action="view.full", subject=case.number).count() == 1
    chosen = re.compile(r'name="paper-(\w+)">.*?<option value="(\w*)" selected', re.DOTALL)
    assert chosen.findall(page) == [("id_card", "shown"), ("household_register", "committed")]
    given = {**ENROL, "id_number": citizen(5), "village": "水塘村", "paper-household_register": "shown"}
    assert "[CAS-202]" in client.post(address, {**given, "paper-id_card": ""}).content.decode()
    assert "[CAS-203]" in client.post(address, {**given, "paper-id_card": "committed"}).content.decode()
    assert "[LST-106]" in client.post(address, {**given, "name": ""}).content.decode()
    assert CaseEvent.objects.filter(case=case).latest("sequence").state == "returned"
    assert client.post(address, {**given, "note": "已核对"}).status_code == 302
    last = CaseEvent.objects.filter(case=case).latest("sequence")
    assert (last.state, last.round, last.note) == ("pending", 2, "已核对")
    assert (case.evidence["household_register"], last.evidence["household_register"]) == (
        "committed",
        "shown",
    )
    page = re.sub(r"<[^>]+>", "", client.get(f"/cases/{case.number}/").content.decode())
    assert "水塘村" in page
    assert "：告知承诺" not in page
    assert checker.post(f"/cases/{case.number}/decide/", {"decision": "approve"}).status_code == 302
    person = Identity.objects.get(id_number=citizen(5)).person_id
    assert Residence.objects.get(person_id=person).village == "水塘村"


def test_a_changed_setting_stands_on_the_chain_before_what_is_done_with_it(as_: As, centre: Path) -> None:
    client = as_("jingban1")
    settings_file = centre / FILE_NAME
    settings_file.write_text("# one\n", "utf-8")
    _received(client, citizen(6))
    (before,) = changes(1)
    client.get("/cases/")
    _received(client, citizen(7))
    assert changes(1) == [before]  # nothing changed: nothing written
    settings_file.write_text("# two\n", "utf-8")
    client.get("/cases/")
    assert changes(1) == [before]
    case = _received(client, citizen(8))
    (after,) = changes(1)
    assert (after.actor, after.detail["changed"]) == ("jingban1", [FILE_NAME])
    assert after.number < AuditEntry.objects.get(subject=case.number).number


def test_who_is_turned_away_takes_everything_home_in_writing(as_: As) -> None:
    client = as_("jingban1")
    page = client.get("/cases/new/enrolment/").content.decode()
    assert not re.findall(
        r'<option value="(?:shown|committed)" selected', page
    )  # nobody is taken at his word
    given = {**ENROL, "id_number": citizen(21), "paper-household_register": "", "do": "notice"}
    told = client.post("/cases/new/enrolment/", given)
    assert told.headers["Content-Type"] == "application/pdf"
    said = pypdfium2.PdfDocument(told.content)[0].get_textpage().get_text_range()
    assert "户口簿首页和本人页" in said
    assert "有效身份证件" not in said
    assert AuditEntry.objects.get(action="case.told").actor == "jingban1"
    assert citizen(21) not in AuditEntry.objects.get(action="case.told").subject
    whole = client.post(
        "/cases/new/enrolment/", {**given, "paper-household_register": "shown"}
    ).content.decode()
    assert "什么都不缺" in whole
    assert not Case.objects.exists()
