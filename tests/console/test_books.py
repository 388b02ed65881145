"""The books in forms: one description for form, template, file and list; the service's refusals at their fields."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jingban.budget.lists import LISTS
from jingban.budget.models import Appropriation, Payment, Reception
from jingban.console import books
from jingban.store.lists import parse_grid, read_grid
from jingban.store.models import AuditEntry
from tests.console.conftest import As
from tests.console.test_doors import PAYMENT

FIELD = re.compile(r'id="error_\d+_id_(\w+)"[^>]*>\s*<strong>(.*?)</strong>', re.S)


def errors(page: bytes) -> dict[str, str]:
    """Field → what is written under it."""
    return {name: unescape(text) for name, text in FIELD.findall(page.decode())}


@pytest.mark.parametrize("name", [*LISTS, "surveys"])
def test_every_list_has_its_pages_and_its_form_has_its_columns(as_: As, name: str) -> None:
    client = as_("jingban1")
    for page in ("", "new/", "upload/", "template.xlsx", "list.xlsx", "list.csv"):
        assert client.get(f"/books/{name}/{page}").status_code == 200, page
    form = client.get(f"/books/{name}/new/").content.decode()
    entry = books.entry_of(name)
    assert entry is not None
    for column in books.described(entry).columns:
        assert f'name="{column.key}"' in form, column.key
        assert f'for="id_{column.key}"' in form, column.key


@pytest.mark.parametrize("name", sorted(LISTS))
def test_what_a_list_exports_it_reads_back(as_: As, tmp_path: Path, name: str) -> None:
    answer = as_("jingban1").get(f"/books/{name}/list.xlsx?year=")
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    entry = LISTS[name]
    parsed = parse_grid(books.described(entry), read_grid(path))
    assert [finding for finding in parsed.errors if finding.code != "LST-111"] == []
    assert len(parsed.records) == books.rows(entry).count()
    assert AuditEntry.objects.filter(action=f"export.{name}").count() == 1


def test_a_payment_above_its_appropriation_is_refused_at_the_amount(as_: As) -> None:
    client = as_("jingban1")
    before = Payment.objects.count()
    answer = client.post("/books/payments/new/", {**PAYMENT, "amount_fen": "9,999,999.00"})
    assert errors(answer.content) == {
        "amount_fen": "[BUD-108] 支出9,999,999.00元超过该科目可用指标19,880.00元"
    }
    assert Payment.objects.count() == before
    answer = client.post("/books/payments/new/", PAYMENT)
    assert answer.status_code == 302
    made = Payment.objects.get(voucher="记-900")
    assert (made.amount_fen, made.origin.actor, made.origin.kind) == (100_00, "jingban1", "page")


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"amount_fen": ""}, {"amount_fen": "LST-106"}),
        ({"amount_fen": "abc", "day": "昨天"}, {"amount_fen": "LST-108", "day": "LST-107"}),
        ({"unit": "999"}, {"unit": "BUD-101"}),
        ({"function_code": "208"}, {"function_code": "BUD-103"}),
        ({"function_code": "2089999", "economic_code": "30298"}, {"function_code": "BUD-102", "economic_code": "BUD-102"}),
        ({"day": "2019-12-01"}, {"day": "BUD-104"}),
        ({"project": "P99"}, {"project": "BUD-105"}),
        ({"project": ""}, {"project": "BUD-106"}),
        ({"economic_code": ""}, {"economic_code": "BUD-109"}),
    ],
)  # fmt: skip
def test_every_refusal_stands_at_its_field(as_: As, changes: dict[str, str], wanted: dict[str, str]) -> None:
    answer = as_("jingban1").post("/books/payments/new/", {**PAYMENT, **changes})
    found = {name: text[1:8] for name, text in errors(answer.content).items()}
    assert {name: found.get(name) for name in wanted} == wanted


def test_a_correction_takes_the_place_and_the_old_row_stays(as_: As) -> None:
    client = as_("jingban1")
    client.post("/books/payments/new/", PAYMENT)
    old = Payment.objects.get(voucher="记-900")
    form = client.get(f"/books/payments/{old.pk}/correct/").content.decode()
    assert 'value="100.00"' in form
    address = f"/books/payments/{old.pk}/correct/"
    # its own amount is free again: the whole appropriation can be used, and not a fen more
    for amount, note in (("19880.01", "原因"), ("19880.00", "")):
        answer = client.post(address, {**PAYMENT, "amount_fen": amount, "note": note})
        assert answer.status_code == 200
        assert ("BUD-108" if note else "BUD-114") in answer.content.decode()
    answer = client.post(address, {**PAYMENT, "amount_fen": "19880.00", "note": "发票金额看错"})
    new = Payment.objects.get(supersedes=old)
    assert answer.headers["Location"] == f"/books/payments/{new.pk}/"
    old.refresh_from_db()
    assert (old.amount_fen, new.amount_fen, new.origin.note) == (100_00, 19_880_00, "发票金额看错")
    page = client.get(f"/books/payments/{new.pk}/").content.decode()
    assert "100.00 → 19,880.00" in page
    again = client.post(address, {**PAYMENT, "amount_fen": "1", "note": "再来"})
    assert "BUD-113" in again.content.decode()
    entry = AuditEntry.objects.get(action="budget.corrected")
    assert (entry.actor, entry.detail) == ("jingban1", {"原因": "发票金额看错"})


def test_an_appropriation_does_not_shrink_below_what_was_paid(as_: As) -> None:
    client = as_("jingban1")
    line = Appropriation.objects.filter(project__code="P01", kind="initial").get()
    entry = LISTS["appropriations"]
    values = {column.key: books.text_of(column, line) for column in books.described(entry).columns}
    address = f"/books/appropriations/{line.pk}/correct/"
    answer = client.post(address, {**values, "amount_fen": "1.00", "note": "核减"})
    assert errors(answer.content)["amount_fen"].startswith("[BUD-108]")
    gone = client.post(f"/books/appropriations/{line.pk}/withdraw/", {"note": "核减"})
    assert gone.status_code == 422
    assert "BUD-108" in gone.content.decode()
    assert not Appropriation.objects.filter(supersedes=line).exists()


@pytest.mark.parametrize(
    ("name", "field", "text"), [("units", "superior", "米易县人社局"), ("projects", "name", "经办信息化经费")]
)
def test_a_unit_and_a_project_are_corrected_in_the_same_form(
    as_: As, name: str, field: str, text: str
) -> None:
    client = as_("jingban1")
    entry = LISTS[name]
    old = books.rows(entry).order_by("pk").first()
    values = {column.key: books.text_of(column, old) for column in books.described(entry).columns}
    form = client.get(f"/books/{name}/{old.pk}/correct/").content.decode()
    for key in ("code", "name"):
        assert f'value="{values[key]}"' in form
    address = f"/books/{name}/{old.pk}/correct/"
    moved = client.post(address, {**values, "code": "999", "note": "原因"})
    assert errors(moved.content)["code"].startswith("[BUD-116]")
    assert client.post(address, {**values, field: text, "note": "登记时写错"}).status_code == 302
    new = old.superseded_by.get()
    page = client.get(f"/books/{name}/{new.pk}/").content.decode()
    assert f"{values[field]} → {text}" in page
    assert text in client.get(f"/books/{name}/").content.decode()
    gone = client.post(f"/books/{name}/{new.pk}/withdraw/", {"note": "不再需要"})
    assert gone.status_code == 422
    assert "BUD-115" in gone.content.decode()


def test_what_is_withdrawn_no_longer_counts_and_stays_to_be_seen(as_: As) -> None:
    client = as_("jingban1")
    one = Reception.objects.order_by("pk").first()
    assert one is not None
    entry = LISTS["receptions"]
    before = books.rows(entry).count()
    assert client.post(f"/books/receptions/{one.pk}/withdraw/", {"note": ""}).status_code == 422
    assert client.post(f"/books/receptions/{one.pk}/withdraw/", {"note": "重复登记"}).status_code == 302
    assert books.rows(entry).count() == before - 1
    page = client.get(f"/books/receptions/{one.pk}/").content.decode()
    assert "已被更正或撤回" in page
    assert "重复登记" in page


def test_a_file_with_wrong_rows_is_told_row_by_row_and_not_taken(as_: As) -> None:
    client = as_("jingban1")
    head = "单位代码,年度,资金来源,功能分类科目,经济分类科目,支出类别,项目代码,金额,凭证号,日期,收款人\n"
    rows = "".join(
        f"510421021,2020,一般公共预算财政拨款,2080109,30201,项目支出,P01,{amount},记-{number},2020-12-01,某公司\n"
        for number, amount in ((901, "10.00"), (902, "99999999"), (903, "十元"))
    )
    before = Payment.objects.count()

    def send(**how: str) -> str:
        file = SimpleUploadedFile("支出.csv", (head + rows).encode())
        return client.post("/books/payments/upload/", {"file": file, **how}).content.decode()

    page = send(how="take")
    assert "整份未收" in page
    for code in ("BUD-108", "LST-108"):
        assert code in page
    assert Payment.objects.count() == before
    waiting = page.partition("/books/errors/")[2].partition('"')[0]
    content = b"".join(client.get(f"/books/errors/{waiting}").streaming_content)
    assert len(read_grid_of(content)) == 3
    assert "检查通过" in send(how="check", keep="on")
    assert Payment.objects.count() == before
    send(how="take", keep="on")
    assert Payment.objects.filter(voucher="记-901").count() == 1


def read_grid_of(content: bytes) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_lists_filter_and_sort(as_: As) -> None:
    client = as_("jingban1")
    page = client.get("/books/payments/?year=2020&category=project&sort=amount_fen").content.decode()
    amounts = [row.amount_fen for row in Payment.objects.filter(category="project").order_by("amount_fen")]
    shown = re.findall(r'<td class="num text-end">([\d,]+\.\d\d)</td>', page)
    assert shown == [f"{amount / 100:,.2f}" for amount in amounts][: len(shown)]
    assert len(shown) == min(20, len(amounts))
    assert "没有记录" in client.get("/books/payments/?year=1999").content.decode()
    assert client.get("/books/payments/?year=2020&page=999&sort=nonsense").status_code == 200


def test_codes_are_found_by_number_and_name(as_: As) -> None:
    client = as_("jingban1")
    assert "2080109" in client.get("/codes/?q=社会保险经办机构&year=2020").content.decode()
    options = client.get("/codes/economic/options/?economic_code=302&year=2020").content.decode()
    assert '<option value="30201">' in options
    assert 'value="302"' not in options
