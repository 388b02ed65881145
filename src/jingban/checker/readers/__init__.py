"""Documents in: ``read(path)`` gives one :class:`~jingban.checker.model.Document` whatever the format."""

from __future__ import annotations

from pathlib import Path

from jingban.checker.layout.assemble import assemble
from jingban.checker.model import Document
from jingban.checker.readers.lines import parse_lines


def read(path: str | Path) -> Document:
    data = Path(path).read_bytes()
    text = data.decode("utf-8-sig")
    lines = text.splitlines()
    return assemble(Document(str(path), "txt", lines=lines), parse_lines(lines))
