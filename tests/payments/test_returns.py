"""The bank's answer: every mismatch is a coded finding with its row, and then nothing of the file is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.payments import bankfile
from jingban.payments.bankfile import Answer, Payment, read_answer, write, write_answer
from jingban.payments.models import OrderStatus, ReturnFile, Run
from jingban.payments.proofs import all_proofs
from jingban.payments.services.bank_file import write_bank_file
from jingban.payments.services.returns import import_returns
from jingban.payments.services.settle import settle
from jingban.payments.services.unknown import mark_unknown
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import door, recipient, register
from tests.support.runs import COUNTY, KNOWN, answers, by_month, draft, released

JAN = month(2020, 1)


@pytest.fixture
def sent(database: Database, tmp_path: Path) -> Run:
    """Three payments at the bank."""
    register(recipient(1), recipient(2), recipient(3))
    run, _path = write_bank_file(released(JAN).pk, tmp_path, door())
    return run


def codes(run: Run, content: bytes, encoding: str = bankfile.GBK) -> list[tuple[str, int | None]]:
    """Codes and rows of a refusal; nothing was written."""
    with pytest.raises(Refused) as caught:
        import_returns(run.pk, content, door(), encoding=encoding)
    assert not OrderStatus.objects.exists()
    assert Run.objects.get(pk=run.pk).state in ("filed", "unknown")
    return [(finding.code, finding.row) for finding in caught.value.findings]


def test_every_kind_of_bad_file(sent: Run) -> None:
    good = answers(sent)
    content = write_answer(sent.batch, good)
    changed: list[tuple[Callable[[Answer], Answer], str]] = [
        (lambda a: a._replace(order=999), "PAY-405"),
        (lambda a: a._replace(order=good[0].order), "PAY-406"),
        (lambda a: a._replace(amount_fen=a.amount_fen + 1), "PAY-407"),
        (lambda a: a._replace(account="62148000000000000"), "PAY-408"),
        (lambda a: a._replace(holder="别人"), "PAY-409"),
    ]
    for change, code in changed:
        assert codes(sent, write_answer(sent.batch, [good[0], change(good[1]), good[2]])) == [(code, 3)]
    assert codes(sent, write_answer("510421202002M01", good)) == [("PAY-404", None)]
    assert codes(sent, content[: len(content) // 2]) == [("PAY-402", None)]
    assert codes(sent, content.replace(b"|00|", b"|05|", 1)) == [("PAY-403", None)]
    assert codes(sent, b"") == [("PAY-402", None)]
    broken = b"R|x|1\r\nD|1|a\r\n"
    assert codes(sent, broken + f"T|1|0|{bankfile.digest(broken)}".encode()) == [("PAY-401", 2)]
    headless = b"D|1|a|b|1|00|\r\n"
    assert codes(sent, headless + f"T|1|1|{bankfile.digest(headless)}".encode()) == [("PAY-401", 1)]
    short = b"R|x|2\r\nD|1|a|b|1|00|\r\n"
    assert codes(sent, short + f"T|2|1|{bankfile.digest(short)}".encode()) == [("PAY-402", None)]


def test_partial_answers_and_the_rest(sent: Run) -> None:
    good = answers(sent)
    first = import_returns(sent.pk, write_answer(sent.batch, good[:1]), door())
    assert (first.paid, first.failed, first.missing) == (1, 0, 2)
    assert [finding.code for finding in first.findings] == ["PAY-411"]
    with pytest.raises(Refused, match="PAY-501"):
        settle(sent.pk, door())
    with pytest.raises(Refused, match="PAY-412"):
        import_returns(sent.pk, write_answer(sent.batch, good[:1]), door())
    with pytest.raises(Refused, match="PAY-410"):
        import_returns(sent.pk, write_answer(sent.batch, good[:2]), door())
    rest = [good[1], good[2]._replace(code="05", reason="账户已销户")]
    second = import_returns(sent.pk, write_answer(sent.batch, rest), door())
    assert (second.paid, second.failed, second.missing) == (1, 1, 0)
    assert settle(sent.pk, door()).state == "settled"
    assert ReturnFile.objects.count() == 2
    assert OrderStatus.objects.get(status="failed").reason == "账户已销户"
    assert all(proof.holds for proof in all_proofs(COUNTY, JAN, KNOWN))


def test_unknown_outcomes_are_not_paid_again(sent: Run) -> None:
    """The line broke after sending: the money counts as paid until the bank says otherwise."""
    mark_unknown(sent.pk, door())
    following = draft(JAN + 1)
    assert [set(by_month(following, person)) for person in (1, 2, 3)] == [{JAN + 1}] * 3
    late = import_returns(sent.pk, write_answer(sent.batch, answers(sent, failing=[2])), door())
    assert late.run.state == "returned"
    assert OrderStatus.objects.filter(status="failed").count() == 1


def test_names_are_compared_with_tolerance() -> None:
    assert bankfile.same_name("阿依古丽·买买提", "阿依古丽•买买提")
    assert bankfile.same_name("王 小明", "王小明")
    assert not bankfile.same_name("王小明", "王小名")


_names = st.text("张王李买提·•𠮷㑇 |ab", min_size=1, max_size=12)
_answers = st.lists(
    st.builds(
        Answer, st.integers(1, 10**12), st.text("0123456789", min_size=8, max_size=32), _names, st.integers(0, 10**12),
        st.sampled_from(["00", "05"]), _names, st.just(0),
    ),
    max_size=8,
)  # fmt: skip


@given(_answers, st.sampled_from([bankfile.GBK, bankfile.UTF8]))
@settings(max_examples=40, deadline=None)
def test_an_answer_reads_back(rows: list[Answer], encoding: str) -> None:
    batch, read = read_answer(write_answer("B1", rows, encoding), encoding)
    assert batch == "B1"
    assert [(a.order, a.account, a.amount_fen, a.code) for a in read] == [
        (a.order, a.account, a.amount_fen, a.code) for a in rows
    ]


@given(_answers, st.data())
@settings(max_examples=40, deadline=None)
def test_any_cut_or_changed_byte_is_noticed(rows: list[Answer], data: st.DataObject) -> None:
    content = write_answer("B1", rows)
    cut = data.draw(st.integers(0, len(content) - 4))
    with pytest.raises(Refused):
        read_answer(content[:cut])
    end = content.rindex(b"T|")
    place = data.draw(st.integers(0, end - 1))
    damaged = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    with pytest.raises(Refused):
        read_answer(damaged)


def test_the_same_payments_give_the_same_bytes() -> None:
    payments = [Payment(1, "NH", "62148000", "张|三", 11_000, JAN, JAN + 1)]
    assert write("B", JAN, payments) == write("B", JAN, payments)
    assert "张 三" in write("B", JAN, payments).decode("gb18030")
