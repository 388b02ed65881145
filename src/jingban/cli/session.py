"""Where the command line keeps its signed-in session: a file of the person's own (0600), one for each centre."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


def system_user() -> str:
    """The user of the operating system this process runs as; not what an environment variable says."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return os.getlogin() if os.name == "nt" else str(os.getuid())


def _place() -> Path:
    from django.conf import settings

    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    database = settings.DATABASES["default"]
    centre = "\x1f".join(str(database.get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME"))
    return Path(base).expanduser() / "jingban" / hashlib.sha256(centre.encode()).hexdigest()[:24]


def token() -> str | None:
    """The key of the session, if somebody signed in here. Refuses CAS-723 for a file that others can read."""
    path = _place()
    try:
        with path.open(encoding="ascii") as file:
            held = os.fstat(file.fileno())
            if os.name != "nt" and (held.st_uid != os.getuid() or stat.S_IMODE(held.st_mode) & 0o077):
                raise refuse(
                    "CAS-723", _("登录文件 {path} 别人也能读写，不能用；请删掉后重新登录").format(path=path)
                )
            return file.read().strip() or None
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def keep(key: str) -> None:
    """Keep the key of a new session."""
    path = _place()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key)


def forget() -> None:
    """Nobody is signed in here any more."""
    _place().unlink(missing_ok=True)
