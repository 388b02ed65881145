"""Who acts on the command line of a real centre is known: signed in, or a bound user of the operating system; nobody by a name typed."""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.utils import timezone

from jingban.casework.models import Practice, Secret
from jingban.casework.services import actors, sessions
from jingban.casework.services.duties import first_account, open_account, set_active, set_duties
from jingban.casework.services.secrets import note_own
from jingban.cli import session
from jingban.cli.main import root
from jingban.store.models import AuditEntry, Origin
from jingban.store.origins import Door
from jingban.values.findings import Refused
from tests.support.databases import Database

PASSWORD, OWN = "Anquan-kouling-9", "Ziji-de-kouling-7"
SECURITY = Door("anquan")
SILENT = {
    "init", "login", "logout", "whoami", "staff first", "template", "sample", "year", "check", "rule", "serve", "manage",
    "policy check", "policy list", "policy map", "policy scaffold", "policy show", "case figures", "case kinds", "case template", "compare completeness",
    "compare gate", "compare sources", "audit config", "audit roles", "audit verify", "budget diff", "budget readiness",
    "budget status", "budget tables", "perform advice", "perform framework", "perform measures", "perform monitored",
    "perform plans", "perform rows", "perform score", "policy cost", "replay", "claims",
}  # fmt: skip
"""Commands that neither write facts nor show a person's data, and those by which somebody becomes known."""


def _leaves(command: click.Command, name: str, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            inner = command.get_command(context, word)
            assert inner is not None
            yield from _leaves(inner, f"{name} {word}".strip(), context)
    else:
        yield name, command


COMMANDS = dict(_leaves(root, "", click.Context(root)))
ACTING = {name: one for name, one in COMMANDS.items() if any("--as" in p.opts for p in one.params)}


def test_every_command_acts_as_somebody_or_is_known_to_need_nobody() -> None:
    assert set(COMMANDS) - set(ACTING) <= SILENT
    assert not SILENT & set(ACTING)
    assert len(ACTING) > 50


def _words(command: click.Command, file: Path) -> list[str]:
    """Plausible arguments: what is required, of the right type."""

    def word(kind: click.ParamType) -> str:
        if isinstance(kind, click.Choice):
            return str(next(iter(kind.choices)))
        if isinstance(kind, click.Path):
            return str(file)
        if isinstance(kind, click.DateTime):
            return "2020-01-01"
        return {"YYYY-MM": "2020-01", "integer": "1", "integer range": "1"}.get(kind.name, "1")

    words = []
    for parameter in command.params:
        if isinstance(parameter, click.Argument) and (parameter.required or parameter.name == "fields"):
            words.append(word(parameter.type))
        elif parameter.required:
            words += [parameter.opts[0], *(word(parameter.type) for _one in range(parameter.nargs))]
    return words


@pytest.fixture
def stranger(real_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real centre with a security administrator and a clerk; nobody is signed in."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("JINGBAN_ACTOR", raising=False)
    monkeypatch.setattr(session, "system_user", lambda: "zhang")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jingban.toml").write_text('region = "510421"\n', "utf-8")
    first_account("anquan", "E01", PASSWORD, SECURITY)
    open_account("jia", "E02", PASSWORD, ["enter"], SECURITY)
    return tmp_path


@pytest.mark.parametrize("named", [False, True], ids=["nobody", "--as"])
def test_no_command_acts_for_a_stranger(stranger: Path, named: bool) -> None:
    file = stranger / "people.csv"
    file.write_text("证件号码,姓名\n510421196003150014,张三\n", "utf-8")
    CliRunner().invoke(root, ["audit", "roles"])  # the configuration is noted by whoever looks first
    before = (Origin.objects.count(), AuditEntry.objects.count(), set(stranger.iterdir()))
    told, acted = set(), []
    for name, command in ACTING.items():
        words = [*name.split(), *_words(command, file), *(["--as", "jia"] if named else [])]
        if name == "case bring":
            words[2:3] = ["death"]
        done = CliRunner().invoke(root, words)
        if done.exit_code == 0:
            acted.append(name)
        assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
        told |= {name} if ("CAS-738" if named else "CAS-722") in done.output else set()
        assert (Origin.objects.count(), AuditEntry.objects.count(), set(stranger.iterdir())) == before, words
    assert acted == []
    assert len(told) > 38, set(ACTING) - told


def _say(*words: str, status: int = 0, typed: str = "") -> str:
    done = CliRunner().invoke(root, words, input=typed)
    assert done.exit_code == status, done.output
    return done.output


def _signed_in(account: str) -> str:
    key = sessions.sign_in(User.objects.get(username=account), timezone.now())
    session.keep(key)
    return key


def test_a_session_acts_until_it_is_idle_old_closed_or_ended(stranger: Path) -> None:
    assert "CAS-722" in _say("whoami", status=1)
    _signed_in("jia")
    assert "CAS-725" in _say("whoami", status=1)  # a handed-over password is changed first
    note_own("jia")
    assert "经办岗" in _say("whoami")
    now = timezone.now()
    key = session.token()
    assert key is not None
    assert sessions.account_of(key, now + dt.timedelta(minutes=29)) == "jia"
    assert sessions.account_of(key, now + dt.timedelta(minutes=58)) == "jia"
    assert sessions.account_of(key, now + dt.timedelta(minutes=89)) is None
    assert "CAS-723" in _say("whoami", status=1)
    key = _signed_in("jia")
    for half_hours in range(1, 17):
        assert sessions.account_of(key, now + dt.timedelta(minutes=29 * half_hours)) == "jia"
    assert sessions.account_of(key, now + dt.timedelta(minutes=29 * 17)) is None
    _signed_in("jia")
    set_active("jia", False, SECURITY)
    assert "CAS-723" in _say("whoami", status=1)
    set_active("jia", True, SECURITY)
    _signed_in("jia")
    _say("logout")
    assert "CAS-722" in _say("whoami", status=1)


def test_a_changed_password_ends_every_session(stranger: Path) -> None:
    key = _signed_in("anquan")
    user = User.objects.get(username="anquan")
    user.set_password(OWN)
    user.save()
    assert sessions.account_of(key, timezone.now()) is None


def test_a_session_file_that_others_can_read_is_not_used(stranger: Path) -> None:
    _signed_in("anquan")
    [path] = (stranger / "state" / "jingban").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    assert "CAS-723" in _say("whoami", status=1)


def test_a_user_of_the_system_acts_as_the_account_the_security_administrator_bound(
    stranger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_own("jia")
    with pytest.raises(Refused, match="CAS-702"):
        actors.bind("zhang", "jia", Door("jia"))
    with pytest.raises(Refused, match="CAS-728"):
        actors.bind("root", "jia", SECURITY)
    with pytest.raises(Refused, match="CAS-710"):
        actors.bind("zhang", "nobody", SECURITY)
    actors.bind("zhang", "jia", SECURITY)
    assert "系统用户 zhang" in _say("whoami")
    monkeypatch.setenv("USER", "li")
    monkeypatch.setenv("LOGNAME", "li")
    assert "系统用户 zhang" in _say("whoami")
    monkeypatch.setattr(settings.CENTRE, "second_factor", ["enter"])
    assert "CAS-726" in _say("whoami", status=1)
    monkeypatch.setattr(settings.CENTRE, "second_factor", [])
    set_duties("jia", [], SECURITY)
    assert "CAS-724" in _say("whoami", status=1)
    actors.bind("zhang", "", SECURITY)
    assert "CAS-722" in _say("whoami", status=1)
    assert list(AuditEntry.objects.filter(subject="zhang").values_list("action", flat=True)) == [
        "config.bound",
        "config.unbound",
    ]


def test_each_does_what_the_duty_allows(stranger: Path) -> None:
    file = stranger / "people.csv"
    file.write_text("证件号码,姓名\n510421196003150014,张三\n", "utf-8")
    _signed_in("anquan")
    assert "CAS-727" in _say("import", "--kind", "people", str(file), status=2)
    assert "CAS-727" in _say("export", "people", status=1)
    note_own("jia")
    _signed_in("jia")
    assert "1 / 1" in _say("import", "--kind", "people", str(file), "--month", "2026-11")
    assert Origin.objects.get(kind="import").actor == "jia"
    assert "CAS-727" in _say("case", "decide", "1", status=1)
    assert "staff duties jia --duty review" in _say("case", "decide", "1", status=1)
    for step in ("review", "post"):
        assert "CAS-727" in _say("credit", "2020", "interest", step, "--region", "510421", status=1)


def test_a_centre_in_which_anything_was_done_never_becomes_one_for_practice(stranger: Path) -> None:
    with pytest.raises(DatabaseError, match="CAS-007"):
        actors.make_practice(timezone.now())
    assert not Practice.objects.exists()


def test_practice_says_so(sqlite_database: Database) -> None:
    told = _say("audit", "grant", "security", "某人", "--as", "甲")
    assert "【练习中心】" in told
    assert "CAS-730" in _say("login", "甲", status=1)


def _run(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("JINGBAN", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-m", "jingban.cli.main", *words], cwd=folder, input=typed, capture_output=True, text=True, timeout=120,
        check=False, env={**inherited, "PYTHONIOENCODING": "utf-8", "XDG_STATE_HOME": str(folder / "state")},
    )  # fmt: skip


def test_a_new_centre_from_its_first_account_to_the_first_clerk(tmp_path: Path) -> None:
    """As in docs/howto/start.md."""
    assert "jingban staff first" in _run(tmp_path, "init", "--region", "510421").stdout
    first = _run(tmp_path, "staff", "first", "anquan", "--staff", "E01", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert first.returncode == 0, first.stderr
    assert _run(tmp_path, "login", "anquan", typed=f"{PASSWORD}\n").returncode == 0
    opened = _run(tmp_path, "staff", "open", "jia", "--staff", "E02", "--duty", "enter").stdout
    handed = re.search(r"：(\w{16})$", opened, re.MULTILINE)
    assert handed is not None, opened
    login = _run(tmp_path, "login", "jia", typed=f"{handed[1]}\n{OWN}\n{OWN}\n")
    assert login.returncode == 0, login.stderr
    assert "anquan" in login.stdout
    assert "经办岗" in _run(tmp_path, "whoami").stdout


def test_who_set_a_password_is_kept(stranger: Path) -> None:
    assert list(Secret.objects.order_by("pk").values_list("account", "handed", "actor")) == [
        ("anquan", False, "anquan"),
        ("jia", True, "anquan"),
    ]
