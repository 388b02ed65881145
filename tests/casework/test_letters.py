"""Every letter is filled from what the case brought, and says what the register says."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from jingban.casework.kind import kinds
from jingban.casework.letter import environment, write_letter
from jingban.casework.models import Case
from jingban.casework.services import bring, decide
from jingban.casework.services.bring import Intake
from jingban.payments.models import Receivable
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.values.findings import Refused
from jingban.values.months import FOREVER, month
from tests.casework.test_effects import OLD, REGION, at, through
from tests.support.databases import Database
from tests.support.people import account, door, id_number, recipient, record, register
from tests.support.runs import paid

YOUNG = dt.date(1985, 5, 3)
DUE = dt.date(1960, 1, 9)
JAN = month(2020, 1)


def text(number: str, name: str = "") -> str:
    html = write_letter(number, ".html", name, REGION).decode()
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html.split("<body>")[1]))


def test_every_kind_prints_something_when_it_is_done() -> None:
    for kind in kinds().values():
        assert environment().get_template(f"{kind.letter}.html")


def person(number: str) -> dict[str, Any]:
    return {"person": number}


LETTERS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("enrolment", {"id_number": id_number(YOUNG, 9), "name": "试甲", "township": "撒莲镇", "village": "某村"},
     ["参保登记回执", "撒莲镇某村", "2020-01", "1985年5月3日"]),
    ("award", person(id_number(DUE, 3)), ["待遇核定表", "16年", "1,000.00元", "139", "2020-02", "个人账户养老金", "7.19", "经办甲", "审批1"]),
    ("suspension", person(id_number(OLD, 1)) | {"reason": "1201"}, ["暂停发放", "未通过资格认证", "2020-02", "继续计算"]),
    ("suspension", person(id_number(OLD, 1)) | {"reason": "1202"}, ["服刑", "不计发"]),
    ("termination", person(id_number(OLD, 1)) | {"reason": "1406", "from_month": JAN + 1}, ["出国定居", "2020-02", "终止"]),
    ("estate_settlement", person(id_number(OLD, 1)) | {"died_on": dt.date(2020, 1, 2), "payee": "家属甲", "relationship": "配偶", "bank": "NH",
     "account": account(7)}, ["家属甲：", "死亡", "2020-02", "个人账户余额", "尾号0007", "下一批次"]),
    ("transfer_out", person(id_number(YOUNG, 2)) | {"other_region": "110101", "reference": "函1"},
     ["联系函", "110101", "函1", "1,000.00元", "资金随同划转"]),
    ("fisher_subsidy", person(id_number(YOUNG, 2)) | {"scheme": "resident", "signed_on": dt.date(2020, 1, 3), "amount_fen": 500_000},
     ["补贴确认书", "2020年1月3日", "退捕渔民", "城乡居民养老保险", "5,000.00元"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "values", "said"), LETTERS, ids=[f"{n}-{row[0]}" for n, row in enumerate(LETTERS)]
)
def test_what_letters_say(database: Database, kind: str, values: dict[str, Any], said: list[str]) -> None:
    register(
        recipient(1, OLD), record(2, YOUNG, groups=[(5, JAN - 12, FOREVER)]), record(3, DUE, history_years=16)
    )
    case = through(kind, values, dt.date(2020, 1, 20))
    shown = text(case.number)
    assert [words for words in said if words not in shown] == []
    assert "None" not in shown


def test_a_letter_asks_no_more_law_than_it_needs(database: Database) -> None:
    """The basic pension of Sichuan is not sourced for 2026: what rests on it is refused by name, what does not is printed."""
    day, number = dt.date(2026, 3, 2), id_number(OLD, 1)
    register(recipient(1, OLD), recipient(2, OLD), record(3, dt.date(1966, 1, 9), history_years=16))
    paid_in = ContributionRecord(person=number, year=2020, amount_fen=480_00, paid_on=day, arrived_on=day)
    record_contributions([paid_in], door(day))
    months = {"scheme": "employee", "from_month": JAN, "to_month": JAN + 3}
    refund = text(through("duplicate_refund", person(number) | months, day).number)
    assert "160.00" in refund
    heirs = {
        "died_on": dt.date(2026, 2, 3),
        "payee": "家属甲",
        "relationship": "配偶",
        "bank": "NH",
        "account": account(7),
    }
    estate = text(through("estate_settlement", person(id_number(OLD, 2)) | heirs, day).number)
    drawn = 74 * 1_000  # January 2020 to February 2026, 10 yuan a month from 1,000 yuan
    assert f"{(100_000 - drawn) / 100:.2f}" in estate
    assert "标准尚未录入系统" in estate
    award = through("award", person(id_number(dt.date(1966, 1, 9), 3)), day)
    with pytest.raises(Refused, match=r"ENG-101.*basic_pension"):
        text(award.number)


def test_receipt_reasons_and_resumption(database: Database) -> None:
    register(recipient(1, OLD))
    intake = Intake("经办甲", at(dt.date(2020, 9, 10)), REGION, office="一号窗口")
    enrol = {"id_number": id_number(YOUNG, 9), "name": "试甲"}
    (number,) = bring(
        "enrolment", [enrol], intake, evidence={"id_card": "shown", "household_register": "committed"}
    ).numbers.values()
    receipt = text(number)
    assert [
        w for w in ("受理回执", number, "告知承诺", "2020年9月15日", "一号窗口") if w not in receipt
    ] == []
    decide([number], "reject", "审核乙", at(dt.date(2020, 9, 11)), REGION, note="不是本县户籍")
    assert "不是本县户籍" in text(number)
    through(
        "suspension", {"person": id_number(OLD, 1), "reason": "1201", "from_month": JAN}, dt.date(2020, 1, 2)
    )
    case = through("resumption", {"person": id_number(OLD, 1), "from_month": JAN + 1}, dt.date(2020, 2, 2))
    shown = text(case.number)
    assert "2020-02起恢复" in shown
    assert "2020-01至2020-02" in shown


def test_a_recovery_notice_has_the_plan(database: Database, tmp_path: Path) -> None:
    register(recipient(1, OLD))
    paid(JAN, tmp_path)
    through(
        "suspension", {"person": id_number(OLD, 1), "reason": "1202", "from_month": JAN}, dt.date(2020, 2, 2)
    )
    paid(JAN + 1, tmp_path)
    debt = Receivable.objects.get()
    plan = {
        "receivable_id": debt.pk,
        "cause": "prison",
        "debtor": "试乙",
        "amount_fen": debt.amount_fen,
        "instalments": 2,
    }
    case = through("overpayment", plan, dt.date(2020, 2, 20))
    shown = text(case.number)
    assert [w for w in ("试乙：", "服刑", "2020-03", "2020-04", "尚应退回") if w not in shown] == []
    assert write_letter(case.number, ".pdf", "", REGION).startswith(b"%PDF-")


def test_wrong_letters(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register(recipient(1, OLD))
    monkeypatch.setattr(settings.CENTRE, "home", tmp_path)
    with pytest.raises(Refused, match="CAS-602"):
        write_letter("0")
    case = through(
        "contact_change", {"person": id_number(OLD, 1), "phone": "13800000000"}, dt.date(2020, 1, 2)
    )
    assert "业务办结回执" in text(case.number)
    with pytest.raises(Refused, match="CAS-603"):
        write_letter(case.number, ".html", "transfer", REGION)
    with pytest.raises(Refused, match="CAS-604"):
        write_letter(case.number, ".docx", "receipt")


def test_the_centre_owns_its_templates(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docx import Document

    register(recipient(1, OLD))
    monkeypatch.setattr(settings.CENTRE, "home", tmp_path)
    own = tmp_path / "文书"
    own.mkdir()
    (own / "suspension.html").write_text("<body>自定：{{ person.name }}</body>", "utf-8")
    word = Document()
    word.add_paragraph("通知 {{ person.name }}，自 {{ facts.since }} 起")
    word.save(str(own / "suspension.docx"))
    case = through("suspension", {"person": id_number(OLD, 1), "reason": "1201"}, dt.date(2020, 1, 2))
    assert text(case.number) == "自定：测试1"
    filled = Document(io.BytesIO(write_letter(case.number, ".docx", "", REGION)))
    assert filled.paragraphs[0].text == "通知 测试1，自 2020-02 起"
    (own / "suspension.html").write_text("<body>{{ ().__class__.__mro__ }}</body>", "utf-8")
    with pytest.raises(Refused, match="CAS-603"):
        write_letter(case.number, ".html", "", REGION)
    assert Case.objects.count() == 1
