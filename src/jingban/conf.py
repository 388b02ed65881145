"""The settings file of a centre: ``jingban.toml``, searched from the working directory upwards.

``JINGBAN_HOME`` names the folder explicitly; ``JINGBAN_DATABASE`` (``sqlite:///path`` or ``postgresql://user:pw@host/db``)
overrides the database. Without any file the embedded default is a SQLite file in the working directory.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FILE_NAME = "jingban.toml"


@dataclass(slots=True)
class Centre:
    """What one centre chose."""

    home: Path
    name: str = "经办中心"
    region: str = ""
    secret_key: str = "only-for-the-embedded-default"
    debug: bool = False
    https: bool = False
    """The pages are reached through a proxy that speaks TLS: cookies and redirects are then for https only."""
    allowed_hosts: list[str] = field(
        default_factory=lambda: ["localhost", "127.0.0.1", "[::1]", "testserver"]
    )
    database: dict[str, Any] = field(default_factory=dict)
    overlays: list[Path] = field(default_factory=list)
    """Local policy parameter folders, applied over the shipped ones."""
    reading: dict[str, Any] = field(default_factory=dict)
    """What a foreign file may cost: ``file_mb``, ``unpacked_mb``, ``memory_mb``, ``seconds`` (``values.confined.Limits``)."""


def find_home() -> Path:
    """The folder of the centre: ``JINGBAN_HOME``, else the nearest folder upwards that holds ``jingban.toml``, else here."""
    if home := os.environ.get("JINGBAN_HOME"):
        return Path(home).resolve()
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / FILE_NAME).is_file()), here)


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """A database address as Django settings. Raises ``ValueError`` for an unknown scheme."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = (
            unquote(parts.path.removeprefix("/"))
            if not parts.path.startswith("//")
            else unquote(parts.path[1:])
        )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / name),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
                "PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or dict(parse_qsl(parts.query)).get("host", "")),
            "PORT": str(parts.port or ""),
        }
    raise ValueError(f"unknown database address {parts.scheme}://…")


def load() -> Centre:
    """Read the settings file (if any) and the environment."""
    home = find_home()
    path = home / FILE_NAME
    data = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    centre = Centre(home=home)
    for key in ("name", "region", "secret_key", "debug", "https", "allowed_hosts", "reading"):
        if key in data:
            setattr(centre, key, data[key])
    # A name that is no folder of the centre is one of the shipped overlays (``demo/miyi-2020``).
    centre.overlays = [
        home / folder if (home / folder).is_dir() else Path(folder) for folder in data.get("overlays", [])
    ]
    url = os.environ.get("JINGBAN_DATABASE") or data.get("database") or "sqlite:///jingban.sqlite3"
    centre.database = database_settings(url, home)
    return centre
