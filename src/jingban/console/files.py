"""What goes back to the reader: warnings of a service, downloads on the audit chain, error reports until they are fetched."""

from __future__ import annotations

import mimetypes
import secrets
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone

from jingban.casework.services.look import record_look
from jingban.values.findings import Finding

WAITING_SECONDS = 24 * 3600
mimetypes.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
mimetypes.add_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")


def keep_in_chain(request: HttpRequest, action: str, subject: str, detail: dict[str, Any]) -> None:
    """Who took what, before it goes out."""
    record_look(request.user.get_username(), action, subject, timezone.now(), detail)


def tell(request: HttpRequest, findings: Iterable[Finding]) -> None:
    """What a service had to say although it did the work."""
    for finding in findings:
        about = f"{finding.subject}：" if finding.subject else ""
        messages.warning(request, f"[{finding.code}] {about}{finding.message}")


def sent(path: Path, name: str = "", *, inline: bool = False) -> FileResponse:
    """A file, for saving or for showing. What is shown may run nothing but its own scripts, in a box of its own."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    response = FileResponse(
        path.open("rb"), as_attachment=not inline, filename=name or path.name, content_type=kind
    )
    if inline:
        response.headers["Content-Security-Policy"] = (
            "sandbox allow-scripts allow-downloads; default-src 'none'; script-src 'unsafe-inline'; "
            "style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'"
        )
        if kind == "application/pdf":
            # the browser's own viewer does not run inside a sandbox
            response.headers["Content-Security-Policy"] = (
                "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
            )
    return response


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes for saving."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _shelf() -> Path:
    folder = Path(tempfile.gettempdir()) / "jingban-waiting"
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - WAITING_SECONDS:
            old.unlink(missing_ok=True)
    return folder


def shelve(suffix: str) -> Path:
    """A place for a file that its reader will fetch in a moment, under a name nobody can guess."""
    return _shelf() / f"{secrets.token_urlsafe(24)}{suffix}"


def shelved(name: str) -> Path | None:
    """A file waiting under that name."""
    found = _shelf() / Path(name).name
    return found if found.is_file() else None
