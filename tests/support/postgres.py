"""A real PostgreSQL cluster of our own in a temporary folder: unix socket only, gone with the test session.

The server refuses to run as root; then the programs run as ``postgres`` (or ``nobody``).
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "'128MB'",
    "max_connections": "40",
    "listen_addresses": "''",
    "timezone": "'Asia/Shanghai'",
    "logging_collector": "off",
}


def find_programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``. Raises ``RuntimeError`` when PostgreSQL is not installed."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    folders = [
        folder
        for place in _PLACES
        for folder in Path("/").glob(place.lstrip("/"))
        if (folder / "pg_ctl").exists()
    ]
    if not folders:
        raise RuntimeError(
            "PostgreSQL is not installed (Debian: apt-get install postgresql); run `make quick` without it"
        )
    return max(
        folders, key=lambda folder: [int(part) for part in folder.parts[-2].split(".") if part.isdigit()]
    )


def _account() -> dict[str, Any]:
    """Under root: run as an ordinary account."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("no ordinary account to run PostgreSQL")


@dataclass
class Cluster:
    """A running server; ``url(name)`` is what ``JINGBAN_DATABASE`` takes."""

    folder: Path
    programs: Path

    @classmethod
    def start(cls) -> Cluster:
        programs = find_programs()
        folder = Path(tempfile.mkdtemp(prefix="jb-pg-"))
        cluster = cls(folder, programs)
        account = _account()
        if account:
            os.chown(folder, account["user"], account["group"])
        cluster._call(
            "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        )
        with (folder / "data" / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{key} = {value}\n" for key, value in _SETTINGS.items())
            conf.write(f"unix_socket_directories = '{folder}'\n")
        cluster._call(
            "pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-w", "-t", "60", "start"
        )
        return cluster

    def _call(self, program: str, *args: str) -> None:
        done = subprocess.run(
            [str(self.programs / program), *args], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=(self.folder / "errors").open("ab"), env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, **_account(),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {(self.folder / 'errors').read_text()[-2000:]}")

    def stop(self) -> None:
        try:
            self._call("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{quote(name)}?host={quote(str(self.folder), safe='')}"

    def dsn(self, name: str = "postgres") -> str:
        """libpq form."""
        return f"host={self.folder} user=postgres dbname={name}"

    def execute(self, statement: str) -> None:
        """One statement outside any transaction, on the maintenance database."""
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def durable(self, on: bool) -> None:
        """Switch real flushing on (for tests that kill processes) or off (speed)."""
        for key in ("fsync", "synchronous_commit", "full_page_writes"):
            self.execute(f"ALTER SYSTEM SET {key} = {'on' if on else 'off'}")
        self.execute("SELECT pg_reload_conf()")
