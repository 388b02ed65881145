"""Three administrators, second accounts, and what is kept of every look."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from jingban.casework.models import Case, CaseEvent, Staff
from jingban.casework.services import bring, decide
from jingban.casework.services.configuration import record_configuration
from jingban.casework.services.staff import accounts_of, grant, holders, may_read_chain, name_account, revoke
from jingban.cli.audit import audit as audit_command
from jingban.cli.case import case as case_command
from jingban.payments.models import Run
from jingban.payments.services.review import review
from jingban.safeguards.gate import release
from jingban.store import audit
from jingban.store.models import AuditEntry
from jingban.values import months
from jingban.values.findings import Refused
from tests.casework.test_flow import INTAKE, NOON, person
from tests.support.databases import Database
from tests.support.people import door, id_number, recipient, register
from tests.support.runs import draft, released


def test_nobody_is_two_of_the_three(database: Database) -> None:
    may_read_chain("anybody")
    grant("security", "安甲", door(actor="root"))
    with pytest.raises(Refused, match="CAS-702"):
        grant("audit", "审丙", door(actor="root"))
    grant("audit", "审丙", door(actor="安甲"))
    with pytest.raises(Refused, match="CAS-703"):
        grant("system", "审丙", door(actor="安甲"))
    with pytest.raises(Refused, match="CAS-701"):
        grant("king", "审丙", door(actor="安甲"))
    with pytest.raises(Refused, match="CAS-706"):
        revoke("system", "审丙", door(actor="安甲"))
    assert holders() == {"system": [], "security": ["安甲"], "audit": ["审丙"]}
    with pytest.raises(Refused, match="CAS-705"):
        may_read_chain("安甲")
    may_read_chain("审丙")
    revoke("audit", "审丙", door(actor="安甲"))
    with pytest.raises(Refused, match="CAS-745"):  # else everybody could make themselves one
        revoke("security", "安甲", door(actor="安甲"))
    assert holders()["security"] == ["安甲"]
    grant("system", "审丙", door(actor="安甲"))
    assert [entry.action for entry in AuditEntry.objects.order_by("number")] == [
        "config.role.granted", "config.role.granted", "config.role.revoked", "config.role.granted",
    ]  # fmt: skip


def test_the_database_itself_refuses_two_roles(database: Database) -> None:
    user = User.objects.create(username="甲")
    system, other = Group.objects.get(name="系统管理员"), Group.objects.get(name="审计管理员")
    user.groups.add(system, Group.objects.create(name="窗口"))
    with pytest.raises(Exception, match="CAS-002"), transaction.atomic():
        user.groups.add(other)
    with pytest.raises(Exception, match="CAS-003"), transaction.atomic():
        Group.objects.filter(pk=other.pk).update(name="x")
    with pytest.raises(Exception, match="CAS-003"), transaction.atomic():
        other.delete()


def test_a_second_account_is_the_same_pair_of_eyes(database: Database) -> None:
    for account in ("经办甲", "甲的另一账号"):
        name_account(account, "工号7", door())
    name_account("审核乙", "工号9", door())
    with pytest.raises(Refused, match="CAS-704"):
        name_account("经办甲", "工号8", door())
    assert accounts_of("经办甲") == {"经办甲", "甲的另一账号"}
    (number,) = bring("enrolment", [person(1)], INTAKE).numbers.values()
    with pytest.raises(Refused, match="CAS-302"):
        decide([number], "approve", "甲的另一账号", NOON, "510421")
    forged = {"case": Case.objects.get(), "sequence": 2, "action": "approved", "state": "done", "at": NOON}
    with pytest.raises(Exception, match="CAS-004"), transaction.atomic():
        CaseEvent.objects.create(**forged, actor="甲的另一账号", maker="经办甲")
    assert decide([number], "approve", "审核乙", NOON, "510421").done == [number]


def test_accounts_are_told_apart_by_the_person_not_the_name(database: Database) -> None:
    """A batch: the maker's second account, and one approver through two accounts, are refused for every row."""
    mine, boss = id_number(dt.date(1985, 1, 2), 1), id_number(dt.date(1970, 1, 2), 2)
    for account, who in (
        ("经办甲", mine),
        ("复核甲", mine),
        ("主任丙", boss),
        ("主任丙2", boss.lower() + " "),
        ("主任己", id_number(dt.date(1975, 1, 2), 3)),
    ):
        name_account(account, who, door())
    assert mine not in str(list(Staff.objects.values_list("person", flat=True)))
    with pytest.raises(Refused, match="CAS-707"):
        name_account("丁", "工号9", door())
    register(recipient(1), recipient(2))
    forms = [
        {"person": id_number(dt.date(1950, 5, 3), n), "bank": "农行", "account": f"622848000000000001{n}"}
        for n in (1, 2)
    ]
    batch = list(bring("bank_account_change", forms, INTAKE).numbers.values())
    with pytest.raises(Refused, match="CAS-302"):
        decide(batch, "approve", "复核甲", NOON, "510421")
    assert decide(batch, "approve", "主任丙", NOON, "510421").pending == batch
    with pytest.raises(Refused, match="CAS-303"):
        decide(batch, "approve", "主任丙2", NOON, "510421")
    for case in Case.objects.filter(number__in=batch):
        with pytest.raises(Exception, match="CAS-005"), transaction.atomic():
            CaseEvent.objects.create(
                case=case,
                sequence=3,
                action="approved",
                state="done",
                actor="主任丙2",
                maker=case.maker,
                at=NOON,
            )
    assert decide(batch, "approve", "主任己", NOON, "510421").done == batch


def test_a_run_is_not_reviewed_by_its_makers_second_account(database: Database) -> None:
    register(recipient(1))
    for account in ("maker", "maker2"):
        name_account(account, id_number(dt.date(1985, 1, 2), 1), door())
    run = draft(months.month(2020, 1))
    with pytest.raises(Refused, match="PAY-201"):
        review(run.pk, door(actor="maker2"))
    with pytest.raises(Refused, match=r"PAY-208.*audit staff checker"):
        review(run.pk, door(actor="checker"))
    name_account("checker", id_number(dt.date(1980, 1, 2), 1), door())
    review(run.pk, door(actor="checker"))
    with pytest.raises(Refused, match="CAS-712"):
        release(run.pk, door(actor="cashier"))
    assert Run.objects.get().state == "reviewed"


def test_once_one_account_is_named_an_unnamed_one_decides_nothing(database: Database) -> None:
    """A new centre starts without naming anybody; from the first on, a made-up second account is refused and told the way."""
    numbers = list(bring("enrolment", [person(1), person(2)], INTAKE).numbers.values())
    decide(numbers[:1], "approve", "审核乙", NOON, "510421")
    name_account("经办甲", id_number(dt.date(1985, 1, 2), 1), door())
    for decision in ("approve", "return", "reject"):
        with pytest.raises(Refused, match=r"CAS-712.*jingban audit staff 审核乙 "):
            decide(numbers[1:], decision, "审核乙", NOON, "510421")  # type: ignore[arg-type]
    past = {
        "case": Case.objects.get(number=numbers[1]),
        "sequence": 2,
        "action": "approved",
        "state": "done",
        "at": NOON,
    }
    with pytest.raises(Exception, match="CAS-006"), transaction.atomic():
        CaseEvent.objects.create(**past, actor="审核乙", maker="经办甲")
    name_account("审核乙", id_number(dt.date(1980, 1, 2), 1), door())
    assert decide(numbers[1:], "approve", "审核乙", NOON, "510421").done == numbers[1:]


def test_decisions_about_runs_are_on_the_chain(database: Database) -> None:
    register(recipient(1))
    released(months.month(2020, 1))
    decided = AuditEntry.objects.filter(action__in=["run.reviewed", "run.released"]).order_by("number")
    assert [(e.action, e.actor) for e in decided] == [
        ("run.reviewed", "checker"),
        ("run.released", "checker"),
    ]
    assert audit.verify() == (AuditEntry.objects.count(), None)


def test_full_numbers_are_looked_at_in_the_open(database: Database) -> None:
    (number,) = bring("enrolment", [person(1)], INTAKE).numbers.values()
    masked = CliRunner().invoke(case_command, ["show", number, "--as", "乙"])
    assert masked.exit_code == 0
    assert person(1)["id_number"] not in masked.output
    assert not AuditEntry.objects.filter(action="view.full").exists()
    full = CliRunner().invoke(case_command, ["show", number, "--full", "--as", "乙"])
    assert person(1)["id_number"] in full.output
    entry = AuditEntry.objects.get(action="view.full")
    assert (entry.actor, entry.subject) == ("乙", number)
    assert person(1)["id_number"] not in str(entry.detail)


def test_letters_and_the_chain_on_the_command_line(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.CENTRE, "region", "510421")
    (number,) = bring("enrolment", [person(1)], INTAKE).numbers.values()
    target = tmp_path / "r.html"
    done = CliRunner().invoke(case_command, ["letter", number, "-o", str(target), "--as", "乙"])
    assert done.exit_code == 0, done.output
    assert number in target.read_text("utf-8")
    assert AuditEntry.objects.get(action="view.letter").subject == number
    grant("audit", "审丙", door())
    assert CliRunner().invoke(audit_command, ["show", "--as", "乙"]).exit_code == 1
    assert (
        "view.letter"
        in CliRunner().invoke(audit_command, ["show", "--as", "审丙"], env={"COLUMNS": "200"}).output
    )
    assert "审丙" in CliRunner().invoke(audit_command, ["roles"]).output


def test_changed_settings_are_noticed(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.CENTRE, "home", tmp_path)
    monkeypatch.setattr(settings.CENTRE, "overlays", [tmp_path / "本地"])
    (tmp_path / "本地").mkdir()
    (tmp_path / "jingban.toml").write_text("name = '甲'")
    rule = tmp_path / "本地" / "a.yaml"
    rule.write_text("x: 1")
    assert record_configuration("甲", NOON)["new"][:2] == ["jingban.toml", "本地/a.yaml"]
    assert record_configuration("甲", NOON) == {}
    rule.write_text("x: 2")
    assert record_configuration("甲", NOON)["changed"] == ["本地/a.yaml"]
    rule.unlink()
    assert record_configuration("甲", NOON)["gone"] == ["本地/a.yaml"]
    grant("audit", "审丙", door())
    assert record_configuration("甲", NOON)["new"] == ["角色“审计管理员”"]
    name_account("审丙", id_number(dt.date(1980, 1, 2), 1), door())
    assert record_configuration("甲", NOON)["new"] == ["账号登记"]
    assert "x: 2" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_every_command_notices_what_changed_before_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings are changed by hand, a role past the program: the next command, whatever it is, puts it on the chain."""
    monkeypatch.setattr(settings.CENTRE, "home", tmp_path)
    toml = tmp_path / "jingban.toml"
    toml.write_text("name = '甲'")
    assert CliRunner().invoke(case_command, ["kinds"]).exit_code == 0
    toml.write_text("name = '乙'")
    User.objects.create(username="审丙").groups.add(Group.objects.get(name="审计管理员"))
    for _again in range(2):
        assert CliRunner().invoke(case_command, ["list"], env={"JINGBAN_ACTOR": "丁"}).exit_code == 0
    first, second = AuditEntry.objects.filter(action="config.changed").order_by("number")
    assert "jingban.toml" in first.detail["new"]
    assert (second.actor, second.detail["changed"], second.detail["new"]) == (
        "丁", ["jingban.toml"], ["角色“审计管理员”"],
    )  # fmt: skip
    assert "jingban.toml" in CliRunner().invoke(audit_command, ["config"]).output
