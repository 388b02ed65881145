"""Three administrators, second accounts, and what is kept of every look."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from jingban.casework.models import Case, CaseEvent
from jingban.casework.services import bring, decide
from jingban.casework.services.configuration import record_configuration
from jingban.casework.services.staff import accounts_of, grant, holders, may_read_chain, name_account, revoke
from jingban.cli.audit import audit as audit_command
from jingban.cli.case import case as case_command
from jingban.registry import audit
from jingban.registry.models import AuditEntry
from jingban.values import months
from jingban.values.findings import Refused
from tests.casework.test_flow import INTAKE, NOON, person
from tests.support.databases import Database
from tests.support.people import door, recipient, register
from tests.support.runs import released


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


def test_decisions_about_runs_are_on_the_chain(database: Database) -> None:
    register(recipient(1))
    released(months.month(2020, 1))
    assert [(e.action, e.actor) for e in AuditEntry.objects.order_by("number")] == [
        ("run.reviewed", "checker"),
        ("run.released", "checker"),
    ]
    assert audit.verify() == (2, None)


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


def test_letters_and_the_chain_on_the_command_line(database: Database, tmp_path: Path) -> None:
    (number,) = bring("enrolment", [person(1)], INTAKE).numbers.values()
    target = tmp_path / "r.html"
    done = CliRunner().invoke(case_command, ["letter", number, "-o", str(target), "--as", "乙"])
    assert (done.exit_code, number in target.read_text("utf-8")) == (0, True)
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
    assert record_configuration("甲", NOON)["new"] == ["jingban.toml", "本地/a.yaml"]
    assert record_configuration("甲", NOON) == {}
    rule.write_text("x: 2")
    assert record_configuration("甲", NOON)["changed"] == ["本地/a.yaml"]
    rule.unlink()
    assert record_configuration("甲", NOON)["gone"] == ["本地/a.yaml"]
    assert "x: 2" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))
