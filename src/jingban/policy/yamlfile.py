"""YAML read strictly: a doubled key, a float or a tab of nonsense is a finding, never a silent choice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

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


def read(path: Path, label: str) -> Any:
    """The content of one file. Raises ``Refused`` POL-101 (unreadable, not YAML) or POL-102 (doubled key)."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Strict)
    except yaml.constructor.ConstructorError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Refused(
            [Finding("POL-102", _("{file}：{problem}").format(file=label, problem=error.problem), row=line)]
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        raise Refused(
            [
                Finding(
                    "POL-101",
                    _("{file}：不是可读的 YAML（{problem}）").format(file=label, problem=error),
                    row=mark.line + 1 if mark else None,
                )
            ]
        ) from error
