"""One rule text, four spellings: the macros DIV, HALF_UP, CEIL_TENTH, LEAST, GREATEST and CAST(… AS BIGINT).

``DIV(n, d)`` is the only division: whole numbers, n >= 0, d > 0. ``HALF_UP(n, d)`` rounds n/d half up (R0-01),
``CEIL_TENTH(n, d)`` rounds n/d fen up to the next 0.1 yuan (R0-02). Everything else is the same on every engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

Dialect = Literal["sqlite", "postgresql", "duckdb", "spark"]
DIALECTS: tuple[Dialect, ...] = ("sqlite", "postgresql", "duckdb", "spark")

_MACRO = re.compile(r"\b(DIV|HALF_UP|CEIL_TENTH|LEAST|GREATEST|CAST)\(")
_LINE_COMMENT = re.compile(r"--[^\n]*")
_DIVISION = {"sqlite": "/", "postgresql": "/", "duckdb": "//", "spark": "DIV"}


def render(text: str, dialect: Dialect) -> str:
    """The text of a step for one engine. Raises ``ValueError`` for a macro that is not closed or misused."""
    return _expand(_LINE_COMMENT.sub("", text), dialect)


def _expand(text: str, dialect: Dialect) -> str:
    out: list[str] = []
    position = 0
    while found := _MACRO.search(text, position):
        end = _closing(text, found.end())
        inner = text[found.end() : end]
        out += [text[position : found.start()], _macro(found[1], inner, dialect)]
        position = end + 1
    return "".join([*out, text[position:]])


def _closing(text: str, start: int) -> int:
    depth = 1
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    raise ValueError(f"macro is not closed: {text[max(0, start - 12) : start + 40]!r}")


def _arguments(inner: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for position, char in enumerate(inner):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append(inner[start:position].strip())
            start = position + 1
    return [*parts, inner[start:].strip()]


def _macro(name: str, inner: str, dialect: Dialect) -> str:
    if name == "CAST":
        return _cast(inner, dialect)
    arguments = [_expand(argument, dialect) for argument in _arguments(inner)]
    if len(arguments) != 2:
        raise ValueError(f"{name} takes two arguments: {inner!r}")
    return _MACROS[name](arguments[0], arguments[1], dialect)


def _cast(inner: str, dialect: Dialect) -> str:
    value, _, kind = inner.rpartition(" AS ")
    if kind.strip() != "BIGINT":
        raise ValueError(f"a rule casts to BIGINT only: {inner!r}")
    value = _expand(value.strip(), dialect)
    # SQLite turns an overflowing product into REAL and CAST would clamp it; bare, the typed table refuses it.
    return f"({value})" if dialect == "sqlite" else f"CAST({value} AS BIGINT)"


def _div(n: str, d: str, dialect: Dialect) -> str:
    return f"(({n}) {_DIVISION[dialect]} ({d}))"


def _half_up(n: str, d: str, dialect: Dialect) -> str:
    return _div(f"2 * ({n}) + ({d})", f"2 * ({d})", dialect)


def _ceil_tenth(n: str, d: str, dialect: Dialect) -> str:
    return f"(10 * {_div(f'({n}) + 10 * ({d}) - 1', f'10 * ({d})', dialect)})"


def _pick(sqlite: str, others: str) -> Callable[[str, str, Dialect], str]:
    return lambda a, b, dialect: f"{sqlite if dialect == 'sqlite' else others}({a}, {b})"


_MACROS: dict[str, Callable[[str, str, Dialect], str]] = {
    "DIV": _div,
    "HALF_UP": _half_up,
    "CEIL_TENTH": _ceil_tenth,
    "LEAST": _pick("MIN", "LEAST"),
    "GREATEST": _pick("MAX", "GREATEST"),
}
