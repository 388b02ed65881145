"""TXT and Markdown files."""

from __future__ import annotations

from jingban.checker.layout.raw import RawBlock, RawText
from jingban.checker.model import Document
from jingban.checker.readers.encoding import decode, to_lines
from jingban.checker.readers.lines import parse_lines
from jingban.values.patterns import lazy

_HASHES = lazy(r"^(#{1,6})\s+(.*?)\s*#*$")
_EMPHASIS = lazy(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ESCAPE = lazy(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")


def read_text(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks of a text file; ``document.lines`` gets the physical lines."""
    text, notes = decode(data)
    document.notes.extend(notes)
    document.lines = to_lines(text, document.notes)
    blocks = parse_lines(document.lines)
    if document.format == "md":
        for block in blocks:
            if isinstance(block, RawText):
                _unmark(block)
    return blocks


def _unmark(line: RawText) -> None:
    """Heading level out of ``#``, emphasis and escapes removed."""
    matched = _HASHES.match(line.text.strip())
    if matched:
        line.level, line.text = len(matched[1]), matched[2]
    line.text = _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", line.text))
