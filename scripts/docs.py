"""Write or check every generated page: ``--write`` renews them, ``--check`` fails when one is stale.

A generator is a function ``module:function`` that returns ``{path below docs/: text}``.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
GENERATORS = [
    "jingban.policy.reference:pages",
    "jingban.policy.overview:pages",
    "jingban.forms.reference:pages",
    "jingban.rules.docs:pages",
    "jingban.checker.manual:pages",
    "scripts.reference:pages",
    "jingban.performance.docs:pages",  # after the one that opens Django
]


WHOLE = ("reference/rules",)
"""Folders in which every page is generated: one that is not is left over."""


def generated() -> dict[Path, str]:
    """Every generated page, by path."""
    pages: dict[Path, str] = {}
    for target in GENERATORS:
        module, _, function = target.partition(":")
        for name, text in getattr(importlib.import_module(module), function)().items():
            pages[ROOT / "docs" / name] = text if text.endswith("\n") else text + "\n"
    return pages


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true")
    mode.add_argument("--check", action="store_true")
    write = parser.parse_args().write
    wanted = generated()
    stale = [path for folder in WHOLE for path in (ROOT / "docs" / folder).glob("*.md") if path not in wanted]
    if write:
        for path in stale:
            path.unlink()
    for path, text in wanted.items():
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        stale.append(path)
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    for path in stale:
        print(("renewed " if write else "stale: ") + str(path.relative_to(ROOT)), file=sys.stderr)
    return 0 if write or not stale else 1


if __name__ == "__main__":
    raise SystemExit(main())
