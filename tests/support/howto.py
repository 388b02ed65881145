"""The commands of a how-to page, as a reader types them: indented lines that begin with ``jingban``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

HOWTO = Path(__file__).resolve().parents[2] / "docs" / "howto"


def commands(page: str, words: Mapping[str, str] | None = None) -> list[list[str]]:
    """Arguments of every command of a page in its order, with ``words`` (whole arguments) replaced. Both ways of writing one count:
    indented, and in a fenced block."""
    text = (HOWTO / f"{page}.md").read_text("utf-8")
    found = [
        shlex.split(line, comments=True)
        for line in re.findall(r"^(?: {4})?(?:\$ )?jingban (.+?)(?: {4,}.*)?$", text, re.MULTILINE)
    ]
    return [[(words or {}).get(word, word) for word in line] for line in found]
