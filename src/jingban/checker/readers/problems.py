"""What a reader raises when a file cannot be verified: a note, never an error finding."""

from __future__ import annotations

from jingban.checker.model import Note, Source


class CannotRead(Exception):
    """The file gives no text. ``code``: I101 no text layer, I107 beyond a limit, I108 encrypted, damaged or unknown."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.note = Note(code, message, Source())
