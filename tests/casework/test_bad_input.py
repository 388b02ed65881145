"""What is wrong with a file of cases is told by code, row and column; the good rows are kept when asked, nothing is lost."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jingban.casework.kind import kind_of
from jingban.casework.models import Case
from jingban.casework.services import bring, current, decide, resubmit, withdraw
from jingban.casework.services.bring import Intake
from jingban.cli.case import case
from jingban.registry.models import Death
from jingban.store import live
from jingban.store.lists import read_grid
from jingban.store.lists.writing import write_list
from jingban.values.findings import Refused
from tests.casework.test_effects import OLD, REGION, at, through
from tests.support.databases import Database
from tests.support.people import id_number, recipient, register

A, B, STRANGER = (id_number(OLD, n) for n in (1, 2, 99))
DAY = dt.date(2020, 3, 2)
INTAKE = Intake("经办甲", at(DAY), REGION)
HEADER = ("证件号码", "死亡日期", "依据")

FILES: list[tuple[str, Sequence[str], list[tuple[Any, ...]], list[str], int]] = [
    ("shifted columns", HEADER, [("村", A, "2020-02-01"), ("村", B, "2020-02-01")], ["LST-1"], 0),
    ("another list", ("项目", "金额"), [("a", 1)], ["LST-1"], 0),
    ("the same person twice", HEADER, [(A, "2020-02-01", ""), (A, "2020-02-02", "")], ["REG-352"], 1),
    ("somebody of another county", HEADER, [(A, "2020-02-01", ""), (STRANGER, "2020-02-01", "")], ["REG-101"], 1),
    ("a death in the future", HEADER, [(A, "2020-02-01", ""), (B, "2020-05-01", "")], ["REG-353"], 1),
    ("a death before birth", HEADER, [(A, "2020-02-01", ""), (B, "1930-01-01", "")], ["REG-351"], 1),
    ("no date", HEADER, [(A, "2020-02-01", ""), (B, "", "")], ["LST-1"], 1),
    ("a damaged number", HEADER, [(A, "2020-02-01", ""), (B[:-2], "2020-02-01", "")], ["REG-101"], 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "rows", "codes", "kept"), [item[1:] for item in FILES], ids=[item[0] for item in FILES]
)
def test_wrong_files(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: Sequence[str], rows: list[tuple[Any, ...]],
    codes: list[str], kept: int,
) -> None:  # fmt: skip
    register(recipient(1, OLD), recipient(2, OLD))
    monkeypatch.setattr("jingban.cli.case._now", lambda: at(DAY))
    monkeypatch.setattr("jingban.cli.case._region", lambda: REGION)
    path = tmp_path / "死亡.xlsx"
    write_list(path, header, rows, title="死亡")
    refused = CliRunner().invoke(case, ["bring", "death", str(path), "--shown", "death_proof", "--as", "甲"])
    assert refused.exit_code == 1
    assert all(code in refused.output for code in codes), refused.output
    assert A not in refused.output
    assert not Case.objects.exists()
    done = CliRunner().invoke(
        case, ["bring", "death", str(path), "--shown", "death_proof", "--keep-good", "--as", "甲"]
    )
    assert Case.objects.count() == kept, done.output
    assert all(code in done.output for code in codes)
    told = read_grid(tmp_path / "死亡-错误.xlsx")
    assert all(any(code in str(row) for row in told) for code in codes)


def test_two_sources_that_contradict_each_other(database: Database) -> None:
    """Police say one day, the village another: the second finds the death known and comes back with the reason."""
    register(recipient(1, OLD))
    numbers = []
    for maker, died in (("公安专窗", dt.date(2020, 2, 1)), ("村协办员", dt.date(2020, 1, 5))):
        intake = dataclasses.replace(INTAKE, maker=maker)
        form = {"person": A, "died_on": died}
        if numbers:
            with pytest.raises(Refused, match="CAS-205"):
                bring("death", [form], intake)
            decide(numbers, "approve", "审核乙", at(DAY), REGION)
            with pytest.raises(Refused, match="REG-352"):
                bring("death", [form], intake)
        else:
            numbers = list(bring("death", [form], intake).numbers.values())


def test_a_withdrawn_decision_changes_nothing_and_can_be_brought_again(database: Database) -> None:
    register(recipient(1, OLD))
    form = {"person": A, "reason": "1201"}
    (number,) = bring("suspension", [form], INTAKE).numbers.values()
    withdraw(number, "经办甲", at(DAY), note="本人已认证")
    for act in ("approve", "return", "reject"):
        with pytest.raises(Refused, match="CAS-301"):
            decide([number], act, "审核乙", at(DAY), REGION)  # type: ignore[arg-type]
    assert current([number])[number].last.state == "withdrawn"
    assert through("suspension", form, DAY).number != number


@pytest.mark.parametrize(
    ("kind", "head", "good", "moved", "words"),
    [
        ("death", HEADER, (A, "2020-02-01", "村"), ("2020-02-01", "村", None), "少一格"),
        ("death", HEADER, (A, "2020-02-01", "村"), ("村", B, "2020-02-01"), "多一格"),
        ("bank_account_change", ("证件号码", "开户银行", "银行账号"), (A, "农行", "6228480000000001"),
         ("农行", "6228480000000002", None), "少一格"),
    ],
)  # fmt: skip
def test_a_row_whose_columns_moved(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, head: Sequence[str],
    good: tuple[Any, ...], moved: tuple[Any, ...], words: str,
) -> None:  # fmt: skip
    register(recipient(1, OLD), recipient(2, OLD))
    monkeypatch.setattr("jingban.cli.case._now", lambda: at(DAY))
    monkeypatch.setattr("jingban.cli.case._region", lambda: REGION)
    path = tmp_path / "业务.xlsx"
    write_list(path, head, [good, moved])
    papers = ["--shown", ",".join(paper.key for paper in kind_of(kind).evidence)]
    refused = CliRunner().invoke(case, ["bring", kind, str(path), *papers, "--as", "甲"])
    assert (refused.exit_code, Case.objects.count()) == (1, 0)
    assert f"[LST-116] 第3行「证件号码」：从这一列起错开了一列：{words}" in refused.output
    done = CliRunner().invoke(case, ["bring", kind, str(path), *papers, "--keep-good", "--as", "甲"])
    assert (done.exit_code, Case.objects.get().row) == (1, 2), done.output


def test_what_was_approved_is_not_withdrawn_but_taken_back_by_another_case(database: Database) -> None:
    """The death stays on the books as it was decided; the reversal is a case of its own with its own two pairs of eyes."""
    register(recipient(1, OLD))
    wrong = through("death", {"person": A, "died_on": dt.date(2020, 2, 1)}, DAY)
    for act in (withdraw, resubmitted):
        with pytest.raises(Refused, match="CAS-301"):
            act(wrong.number, wrong.maker, at(DAY))
    assert live.rows(Death, ["person_id"])
    back = through("death_reversal", {"person": A, "reason": "误登记"}, DAY)
    assert back.number != wrong.number
    assert (live.rows(Death, ["person_id"]), Death.objects.filter(retracted=False).count()) == ([], 1)
    assert current([wrong.number])[wrong.number].last.state == "done"
    assert through("death", {"person": A, "died_on": dt.date(2020, 2, 20)}, DAY).number


def resubmitted(number: str, maker: str, moment: dt.datetime) -> None:
    resubmit(number, {"person": A, "died_on": dt.date(2020, 2, 2)}, maker, moment)


def test_a_refused_file_tells_what_reading_and_what_the_register_found_and_writes_all_of_it_down(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(recipient(1, OLD), recipient(2, OLD))
    monkeypatch.setattr("jingban.cli.case._now", lambda: at(DAY))
    monkeypatch.setattr("jingban.cli.case._region", lambda: REGION)
    path = tmp_path / "死亡.xlsx"
    wrong = [(A, "2020-02-01", ""), (B, "", ""), *((STRANGER, "2020-02-01", "") for _n in range(30))]
    write_list(path, HEADER, wrong)
    refused = CliRunner().invoke(case, ["bring", "death", str(path), "--shown", "death_proof", "--as", "甲"])
    assert (refused.exit_code, Case.objects.count()) == (1, 0)
    assert all(
        code in refused.output for code in ("LST-106", "REG-101", "32 行中 31 行有错误", "死亡-错误.xlsx")
    )
    assert len(read_grid(tmp_path / "死亡-错误.xlsx")) == 1 + 31
    none = CliRunner().invoke(case, ["bring", "death", str(tmp_path / "没有.xlsx"), "--as", "甲"])
    assert (none.exit_code, "LST-101" in none.output) == (2, True)
