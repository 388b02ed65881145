"""The web server's settings over those of the suite, a centre with books and four accounts, a client a person."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client, override_settings

from jingban.cli.main import root
from jingban.store.origins import Door
from tests.support import databases
from tests.support.databases import Database
from tests.support.postgres import Cluster

BOOKS = Path(__file__).parents[2] / "src" / "jingban" / "cli" / "county" / "accounts"
PASSWORD = "Anquan-kouling-9"
AT = dt.datetime(2021, 1, 5, tzinfo=dt.UTC)
SECURITY = Door("anquan", at=AT)
PEOPLE = {"jingban1": ["enter"], "jingban2": ["enter"], "fuhe1": ["review", "enter"], "gongkai1": ["publish"]}


@contextmanager
def web() -> Iterator[None]:
    """Django as `jingban serve` sets it up."""
    import axes.conf  # noqa: F401 - it writes its defaults into the settings once, when first imported

    import jingban.console.settings as chosen

    if getattr(settings, "ROOT_URLCONF", "") == chosen.ROOT_URLCONF:  # already within
        yield
        return
    different = {
        name: value
        for name, value in vars(chosen).items()
        if name.isupper()
        and name not in ("BASE_DIR", "CENTRE", "DATABASES")
        and value != getattr(settings, name, None)
    }
    different["PASSWORD_HASHERS"] = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    apps = different.pop("INSTALLED_APPS")
    # the apps look at the other settings when they are made ready
    with override_settings(**different), override_settings(INSTALLED_APPS=apps):
        yield


@pytest.fixture(scope="module", autouse=True)
def console() -> Iterator[None]:
    with web():
        yield


def _furnish() -> None:
    """The demonstration county's books, the web tables and the accounts."""
    from jingban.budget.loading import load_folder
    from jingban.casework.services.duties import first_account, open_account
    from jingban.casework.services.secrets import note_own

    databases.migrate()
    load_folder(BOOKS, Door("会计丁", at=AT))
    first_account("anquan", "A001", PASSWORD, SECURITY)
    for number, (name, duties) in enumerate(PEOPLE.items(), start=1):
        open_account(name, f"B{number:03d}", PASSWORD, duties, SECURITY)
        note_own(name)  # as if its owner had changed the password that was handed over


@pytest.fixture(scope="session")
def console_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object
) -> Path:
    """A furnished SQLite centre, made once."""
    with django_db_blocker.unblock(), web():  # type: ignore[attr-defined]
        made = databases.sqlite_copy(sqlite_template, tmp_path_factory.mktemp("console"))
        with databases.pointed_at(made.settings):
            from django.db import connection

            _furnish()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(str(made.settings["NAME"]))


@pytest.fixture(scope="session")
def console_postgres(postgres_cluster: Cluster, postgres_template: str, django_db_blocker: object) -> str:
    """A furnished centre on PostgreSQL, made once; the name of its database."""
    with django_db_blocker.unblock(), web():  # type: ignore[attr-defined]
        made = databases.postgres_copy(postgres_cluster, postgres_template)
        with databases.pointed_at(made.settings):
            _furnish()
    return str(made.settings["NAME"])


ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
"""For ``parametrize("centre", ENGINES, indirect=True)``: the same pages over either database."""


@pytest.fixture
def centre(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    django_db_blocker: object,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """A centre of one's own; its folder. On SQLite unless the test asks for PostgreSQL."""
    monkeypatch.setattr(settings.CENTRE, "home", tmp_path)
    monkeypatch.setattr(settings.CENTRE, "region", "510421")
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020")])
    cluster = None
    if getattr(request, "param", "sqlite") == "sqlite":
        place = tmp_path / "centre.sqlite3"
        shutil.copy(request.getfixturevalue("console_template"), place)
        url = f"sqlite:///{place}"
        database = Database("sqlite", url, databases.settings_of(url))
    else:
        cluster = request.getfixturevalue("postgres_cluster")
        database = databases.postgres_copy(cluster, request.getfixturevalue("console_postgres"))
    with django_db_blocker.unblock(), databases.pointed_at(database.settings):  # type: ignore[attr-defined]
        yield tmp_path
    databases.drop(database, cluster)


@pytest.fixture
def shell(centre: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The centre seen from a command line on which nobody has signed in yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(centre / "state"))
    monkeypatch.delenv("JINGBAN_ACTOR", raising=False)
    return centre


def say(*words: str, typed: str = "", status: int = 0) -> str:
    """What a command answers, with its exit status."""
    done = CliRunner().invoke(root, words, input=typed)
    assert done.exit_code == status, done.output
    return done.output


As = Callable[[str], Client]


@pytest.fixture
def as_(centre: Path) -> As:
    """A browser in which somebody is logged in, working in 2020."""

    def entered(name: str) -> Client:
        client = Client()
        answer = client.post("/login/", {"login": name, "password": PASSWORD})
        assert answer.status_code == 302, name
        client.post("/choose/", {"year": "2020"})
        return client

    return entered


def finished(client: Client, answer: Any) -> Any:
    """Where a form that began a job leads once it is over: the page of its result, or of its findings."""
    assert answer.status_code == 302, answer.content.decode()
    job = answer.headers["Location"]
    while client.get(f"{job}progress/").status_code != 286:
        time.sleep(0.05)
    return client.get(job, follow=True)
