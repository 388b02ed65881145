"""The audit chain holds, and a change, a cut or a fork is named at its first link."""

from __future__ import annotations

import datetime as dt

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from jingban.cli.audit import audit as audit_command
from jingban.store import audit
from jingban.store.models import AuditEntry
from tests.support.databases import Database

NOON = dt.datetime(2020, 9, 10, 12, 0, 0, 123456, tzinfo=dt.UTC)


def _write(count: int) -> None:
    entries = [
        audit.Entry("审核乙", "case.approved", f"510***{n}", {"金额": n, "级": [1, 2]}) for n in range(count)
    ]
    with transaction.atomic():
        audit.append(entries[: count // 2], NOON)
    with transaction.atomic():
        audit.append(entries[count // 2 :], NOON + dt.timedelta(seconds=1))


def _without_triggers(statement: str) -> None:
    """An attacker with the database's own keys: drops the guard, changes the table."""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            suffix = " ON registry_auditentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER registry_auditentry_no_{verb}{suffix}")
        cursor.execute(statement)


def test_an_untouched_chain_is_proved(database: Database) -> None:
    assert audit.verify() == (0, None)
    _write(11)
    assert audit.verify() == (11, None)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE registry_auditentry SET actor = '经办甲' WHERE number = 4", audit.Broken(4, "digest")),
        ("DELETE FROM registry_auditentry WHERE number = 5", audit.Broken(5, "gap")),
        ("UPDATE registry_auditentry SET before = '0' WHERE number = 6", audit.Broken(6, "before")),
    ],
)
def test_the_first_broken_link_is_named(database: Database, statement: str, broken: audit.Broken) -> None:
    _write(9)
    _without_triggers(statement)
    assert audit.verify() == (broken.number - 1, broken)


def test_a_cut_tail_and_a_chain_sealed_anew_show_against_a_noted_head(database: Database) -> None:
    _write(9)
    noted = audit.head()
    _write(2)
    assert audit.verify(noted) == (11, None)
    assert audit.verify((9, "f" * 64)) == (0, audit.Broken(9, "rewritten"))
    _without_triggers("DELETE FROM registry_auditentry WHERE number > 7")
    assert audit.verify() == (7, None)
    assert audit.verify(noted) == (7, audit.Broken(8, "cut"))
    _write(3)
    assert audit.verify() == (10, None)
    assert audit.verify(noted) == (0, audit.Broken(9, "rewritten"))


def test_the_head_is_printed_and_held_against(database: Database) -> None:
    _write(4)
    first = CliRunner().invoke(audit_command, ["verify"])  # any command puts the configuration on the chain
    number, digest = audit.head()
    head = f"{number}:{digest}"
    assert head in first.output
    told = CliRunner().invoke(audit_command, ["verify", "--expect", head])
    assert (told.exit_code, f"第 {number} 条还在" in told.output) == (0, True)
    assert CliRunner().invoke(audit_command, ["verify", "--expect", "4"]).exit_code == 2
    _without_triggers(f"DELETE FROM registry_auditentry WHERE number = {number}")
    assert audit.verify((number, digest))[1] == audit.Broken(number, "cut")
    cut = CliRunner().invoke(audit_command, ["verify", "--expect", head])
    assert (cut.exit_code, f"第 {number} 条断开" in cut.output) == (1, True)


def test_a_link_cannot_be_rewritten_while_the_guard_stands(database: Database) -> None:
    _write(2)
    with pytest.raises(Exception, match="REG-001"), transaction.atomic():
        AuditEntry.objects.filter(number=1).update(actor="x")
    assert audit.verify() == (2, None)


def _written_then_undone() -> None:
    with transaction.atomic():
        audit.append([audit.Entry("甲", "export.people")], NOON)
        raise RuntimeError


def test_an_entry_is_written_only_with_what_it_records(database: Database) -> None:
    with pytest.raises(RuntimeError):
        _written_then_undone()
    assert audit.verify() == (0, None)


def test_a_machine_whose_python_has_no_sm3_proves_the_same_chain(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        audit.append([audit.Entry("甲", "case.approved", "1")], NOON)

    def without(name: str, content: bytes) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr("hashlib.new", without)
    assert audit.verify() == (1, None)
    with transaction.atomic():
        audit.append([audit.Entry("乙", "case.approved", "2")], NOON)
    monkeypatch.undo()
    assert audit.verify() == (2, None)
