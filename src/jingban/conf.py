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

from jingban.values import regions
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

FILE_NAME = "jingban.toml"
PROTECTION = ("idle_minutes", "session_hours", "second_factor", "trusted_proxies", "many_persons")
"""Settings about who may act, and for how long."""


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
    idle_minutes: int = 30
    """A session that nobody used for so long is over."""
    session_hours: int = 8
    """A session is over after so long, used or not."""
    second_factor: list[str] = field(default_factory=list)
    """Duties and roles (enter, review, publish, system, security, audit) that demand a second factor."""
    trusted_proxies: list[str] = field(default_factory=list)
    """Addresses or networks of our own proxies: only what they say about the client's address is believed."""
    many_persons: int = 200
    """Who opens the matters of so many persons in a day is reported to the auditor."""
    database: dict[str, Any] = field(default_factory=dict)
    overlays: list[Path] = field(default_factory=list)
    """Local policy parameter folders, applied over the shipped ones."""
    reading: dict[str, Any] = field(default_factory=dict)
    """What a foreign file may cost: ``file_mb``, ``unpacked_mb``, ``memory_mb``, ``seconds`` (``values.confined.Limits``)."""

    def county(self, given: str | None = None) -> str:
        """Six digits of the county that is asked for, else of the centre's own. Raises ``Refused`` CLI-002."""
        asked = str(given or self.region)
        if not asked:
            raise refuse("CLI-002", _("没有写明统筹区：用 --region 或在设置文件里写 region"))
        return county_code(asked)


def county_code(region: str) -> str:
    """The six digits of a county that the standard knows. Raises ``Refused`` CLI-002."""
    try:
        found = regions.county(region)
    except ValueError:
        found = ""
    if not regions.known(found):
        text = _("{region} 不是县级行政区划代码；应为六位，如 510421（jingban policy map 列出各地）")
        raise refuse("CLI-002", text.format(region=region))
    return found


def find_home() -> Path:
    """The folder of the centre: ``JINGBAN_HOME``, else the nearest folder upwards that holds ``jingban.toml``, else here."""
    if home := os.environ.get("JINGBAN_HOME"):
        return Path(home).resolve()
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / FILE_NAME).is_file()), here)


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """A database address as Django settings. Raises ``Refused`` CLI-010 for an unknown scheme."""
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
    text = _("不认识数据库地址 {scheme}://…；应为 sqlite:///文件 或 postgresql://用户:口令@主机/库")
    raise refuse("CLI-010", text.format(scheme=parts.scheme))


def load() -> Centre:
    """Read the settings file (if any) and the environment. Raises ``Refused`` CLI-010 for a file that cannot be read."""
    home = find_home()
    path = home / FILE_NAME
    try:
        data = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise refuse(
            "CLI-010", _("设置文件 {file} 读不了：{reason}").format(file=path, reason=error)
        ) from None
    centre = Centre(home=home)
    for key in ("name", "region", "secret_key", "debug", "https", "allowed_hosts", "reading", *PROTECTION):
        if key in data:
            setattr(centre, key, _of_kind(key, data[key], type(getattr(centre, key))))
    # A name that is no folder of the centre is one of the shipped overlays (``demo/miyi-2020``).
    named = _of_kind("overlays", data.get("overlays", []), list)
    centre.overlays = [home / str(one) if (home / str(one)).is_dir() else Path(str(one)) for one in named]
    url = os.environ.get("JINGBAN_DATABASE") or data.get("database") or "sqlite:///jingban.sqlite3"
    centre.database = database_settings(_of_kind("database", url, str), home)
    return centre


_SHAPES = {list: '["…", "…"]', str: '"…"', bool: "true", int: "30", dict: "{…}"}


def _of_kind(key: str, value: Any, kind: type) -> Any:
    """The value, when it is written in the shape of its default. Raises ``Refused`` CLI-010."""
    if type(value) is not kind:
        text = _("{file} 里 {key} 写得不对：应如 {key} = {example}")
        raise refuse("CLI-010", text.format(file=FILE_NAME, key=key, example=_SHAPES[kind]))
    return value
