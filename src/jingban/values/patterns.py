"""Regular expressions that are compiled when they are first used, and the cheap way to say "a Chinese character".

A command that reads one document imports some four hundred patterns and needs two thirds of them; compiling all would
cost more than reading the document does.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

HAN = r"[^\W\d\x00-\xff]"
"""One character of Chinese text. ``[\\u4e00-\\u9fff]`` says nearly the same but takes 1.5 ms to compile, each time it
occurs: ``re`` marks the 20,992 characters one by one."""


class _Lazy:
    """Stands for ``re.compile(text, flags)``; the first use compiles it, later ones are plain attribute reads."""

    def __init__(self, text: Any, flags: int) -> None:
        self._given = (text, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        for each in _PUBLIC:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"lazy({self._given[0]!r})"


_PUBLIC = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


def lazy(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern for module level. A wrong expression raises ``re.error`` at first use, so tests must use each one."""
    return cast("re.Pattern[AnyStr]", _Lazy(text, flags))
