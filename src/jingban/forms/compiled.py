"""The descriptions as one JSON file beside the YAML: parsing YAML would take longer than checking a document.

Each entry carries the SHA-256 of the YAML text it was made from, so an edited description is never read stale: it is
parsed from its YAML until ``python -m jingban.forms.compiled`` is run again (a test asks for it).
"""

from __future__ import annotations

import functools
import hashlib
import json
from importlib import resources
from typing import Any

FILE = "compiled.json"
FOLDERS = (
    "accounts",
    "sichuan",
    "fund",
    "performance",
    "links",
    "frameworks",
    "sentences",
    "minima",
    "words",
)
MISSING = object()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@functools.cache
def _compiled() -> dict[str, dict[str, Any]]:
    file = resources.files("jingban.forms") / "data" / FILE
    if not file.is_file():
        return {}
    found: dict[str, dict[str, Any]] = json.loads(file.read_bytes())
    return found


def find(name: str, text: str) -> Any:
    """The parsed description ``name`` when it was made from exactly this text, else :data:`MISSING`."""
    entry = _compiled().get(name)
    return entry["value"] if entry is not None and entry["sha256"] == digest(text) else MISSING


def render() -> str:
    """What the file must hold: every description that JSON can say without loss, by name."""
    from jingban.forms.strict import data_files, parse_yaml

    found: dict[str, dict[str, Any]] = {}
    for folder in FOLDERS:
        for name, text in data_files(folder, ".yaml"):
            value = parse_yaml(name, text)
            if json.loads(json.dumps(value)) == value:
                found[name] = {"sha256": digest(text), "value": value}
    return json.dumps(found, ensure_ascii=False, sort_keys=False, separators=(",", ":")) + "\n"


def main() -> None:
    from pathlib import Path

    target = Path(str(resources.files("jingban.forms") / "data" / FILE))
    target.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
