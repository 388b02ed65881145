"""YAML read strictly: a doubled key, a float or a tab of nonsense is a finding, never a silent choice."""

from __future__ import annotations

from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FLOAT_TAG = "tag:yaml.org,2002:float"


class FloatText(str):
    """A number that YAML would have made a float; kept as text so that the loader can refuse it by name."""


class Mapping(dict[Any, Any]):
    """A mapping of a file that knows in which line each key stands."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class _Strict(_Base):
    """Safe loader that refuses doubled keys and marks floats."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    result = Mapping()
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"doubled key {key!r}", key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[str(key)] = key_node.start_mark.line + 1
    return result


_UNNAMED = ("values", "entries", "layers", "parameters")
"""Keys that a path leaves out."""


def line_of(content: Any, path: str) -> int | None:
    """The line of the innermost key of ``path`` (keys joined by dots) that the file has."""
    line: int | None = None
    rest = [part for part in path.split(".") if part]
    while rest and isinstance(content, Mapping):
        found = next((n for n in range(len(rest), 0, -1) if ".".join(rest[:n]) in content.lines), 0)
        if found:
            key = ".".join(rest[:found])
            rest = rest[found:]
        else:
            key = next((name for name in _UNNAMED if name in content.lines), "")
            if not key:
                break
        line = content.lines[key]
        content = next(value for name, value in content.items() if str(name) == key)
    return line


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Strict.add_constructor(FLOAT_TAG, lambda loader, node: FloatText(node.value))


class Unreadable(Exception):
    """A file that is no strict YAML. ``problem`` in the parser's words, ``line`` where it says so, ``doubled``: a key stands twice."""

    def __init__(self, problem: object, line: int | None, *, doubled: bool = False) -> None:
        super().__init__(str(problem))
        self.line, self.doubled = line, doubled


def parse(text: str) -> Any:
    """The content of a file. Raises :class:`Unreadable`."""
    try:
        return yaml.load(text, Loader=_Strict)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        doubled = isinstance(error, yaml.constructor.ConstructorError)
        problem = getattr(error, "problem", None) if doubled else None
        raise Unreadable(problem or error, mark.line + 1 if mark else None, doubled=doubled) from error
