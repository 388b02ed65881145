"""The template files: those that come with the system, and a centre's own as any editor saved them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

STYLES = ("hunan", "sichuan", "central")


def packaged(style: str) -> str:
    """The text of a template that comes with the system, to be filled as it is or copied and edited."""
    return (files("jingban.disclosure") / "styles" / f"{style}.txt").read_text("utf-8")


def own(path: Path) -> str:
    """The text of a centre's own template: UTF-8 with or without its mark, or the Chinese code page of Windows."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
