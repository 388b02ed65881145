"""Facts of a made-up province as Parquet: persons, awards, account pensions, certificates, what was paid.

One folder per slice of counties (``slice=00`` …), as a province that pays county by county would keep them. About 81 % of
the persons are in receipt. ``python -m benchmarks.engine.facts --persons 1000000 --out DIR``
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

from jingban.policy.tables import SCALARS

FIRST_MONTH = 2020 * 12
MONTHS = 6
OLD_BASIC, NEW_BASIC = 10_300, 11_300
YEARS_UNIT = 200
COUNTIES_IN_SLICE = 10

_PERSONS = """
CREATE OR REPLACE TEMP TABLE person AS
SELECT id AS person_id, 430000 + {slice} * 10 + h % 10 AS region_id,
       24240 - 721 - (h // 10) % 300 AS birth_month,
       24240 - (h // 7) % 150 + CASE WHEN (h // 3) % 100 < 19 THEN 400 ELSE 0 END AS start_month,
       (h // 11) % 25 AS paid_years,
       1000 + (h // 13) % 900000 AS balance_fen,
       24240 - (h // 17) % 11 AS certified_month
FROM (SELECT range AS id, CAST(hash(range) >> 2 AS BIGINT) AS h FROM range({start}, {end})) t
"""
_ROWS = {
    "f_person": "SELECT person_id, birth_month, region_id FROM person",
    "f_award": "SELECT person_id, start_month, paid_years FROM person",
    "f_annuity": "SELECT person_id, start_month AS from_month, balance_fen, CAST(139 AS BIGINT) AS divisor FROM person",
    "f_certified": "SELECT person_id, certified_month AS month FROM person",
    # Paid at the old standard for six months, in bank order; two in a thousand were never paid.
    "f_settled": f"""
        SELECT person_id, CAST(i.item AS BIGINT) AS item, CAST(m.month AS BIGINT) AS month, CAST(CASE i.item
            WHEN 101 THEN {OLD_BASIC} WHEN 106 THEN (paid_years - 15) * {YEARS_UNIT}
            ELSE (2 * balance_fen + 139) // 278 END AS BIGINT) AS amount_fen
        FROM person, (SELECT unnest([101, 106, 201]) AS item) i,
             (SELECT unnest(range({FIRST_MONTH}, {FIRST_MONTH + MONTHS})) AS month) m
        WHERE start_month <= m.month AND (i.item <> 106 OR paid_years > 15) AND hash(person_id, m.month) % 1000 >= 2
        ORDER BY hash(person_id)""",
}


def law(regions: list[int]) -> dict[str, list[tuple[int, ...]]]:
    """Every county: one basic layer raised from January, a years supplement, a yearly certificate."""
    far = 119_999
    return {
        "p_basic": [(r, 1, 101, 0, far, OLD_BASIC) for r in regions]
        + [(r, 2, 101, FIRST_MONTH, far, NEW_BASIC - OLD_BASIC) for r in regions],
        "p_years": [(r, 20, 106, 0, far, 15, YEARS_UNIT) for r in regions],
        "p_cycle": [(r, 0, far, 12) for r in regions],
        "p_scalar": [
            (r, SCALARS[name], 0, far, 0) for r in regions for name in ("draw_order", "heirs_include_subsidy")
        ],
    }


def write(folder: Path, persons: int, slice_persons: int) -> list[Path]:
    """The slices' folders; nothing is done when they are there already."""
    done = folder / f"done-{persons}-{slice_persons}"
    if not done.exists():
        for number, start in enumerate(range(0, persons, slice_persons)):
            place = folder / f"slice={number:02d}"
            place.mkdir(parents=True, exist_ok=True)
            connection = duckdb.connect()
            end = min(persons, start + slice_persons)
            connection.execute(_PERSONS.format(slice=number, start=start, end=end))
            for name, sql in _ROWS.items():
                connection.execute(
                    f"COPY ({sql}) TO '{place / name}.parquet' (FORMAT parquet, COMPRESSION zstd)"
                )
            connection.close()
        done.touch()
    return sorted(folder.glob("slice=*"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, required=True)
    parser.add_argument("--slice", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    print(len(write(chosen.out, chosen.persons, chosen.slice)), "slices")
