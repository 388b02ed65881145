"""The order of the review queue: Splink scores every grey pair (Fellegi-Sunter), most likely first.

How often fields agree between different people (u) is learned from the register at hand when it is large enough; how often
they agree for the same person (m) is fixed below, because a few grey pairs teach nothing. The score never decides.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any

import duckdb

WEIGHT = 1000
"""A score is the match weight in thousandths of a bit: even odds are 0, twice as likely 1000."""
TRAIN_FROM = 5_000
"""Register rows from which u is learned; below it the values measured on the synthetic register are used."""
U_PAIRS, SAMPLE = 500_000, 50_000
"""Random pairs, and rows of each side they are drawn from."""
PRIOR = 0.2
"""Share of right pairs among grey ones, as measured on the synthetic truth (docs/internals/matching.md)."""
_SHARED = "len(list_intersect(string_split(name_l, ''), string_split(name_r, '')))"

_LEVELS: dict[str, tuple[tuple[str, str, float, float], ...]] = {
    "id": (
        ("同号", "id_l = id_r", 0.70, 1e-7),
        ("差一位", "damerau_levenshtein(id_l, id_r) <= 1", 0.18, 1e-6),
        ("差两位", "damerau_levenshtein(id_l, id_r) <= 2", 0.05, 1e-5),
        ("不同", "ELSE", 0.07, 0.99),
    ),
    "name": (
        ("同名", "name_l = name_r", 0.85, 5e-4),
        ("同音", "py_l = py_r", 0.09, 5e-4),
        ("差一字", f"{_SHARED} >= greatest(length(name_l), length(name_r)) - 1", 0.05, 8e-3),
        ("不同", "ELSE", 0.01, 0.99),
    ),
    "birth": (
        ("同日", "birth_l = birth_r", 0.88, 4e-5),
        ("差一位", "levenshtein(birth_l, birth_r) <= 1", 0.10, 1e-3),
        ("不同", "ELSE", 0.02, 0.99),
    ),
    "place": (("同村", "place_l = place_r", 0.85, 5e-3), ("不同", "ELSE", 0.15, 0.995)),
    "sex": (("同", "sex_l = sex_r", 0.98, 0.5), ("不同", "ELSE", 0.02, 0.5)),
}  # fmt: skip


def _comparison(column: str) -> Any:
    from splink import comparison_library

    null = {
        "sql_condition": f"{column}_l = '' OR {column}_r = ''",
        "is_null_level": True,
        "label_for_charts": "未填",
    }
    levels = [
        {"sql_condition": sql, "label_for_charts": label, "m_probability": m, "u_probability": u}
        for label, sql, m, u in _LEVELS[column]
    ]
    return comparison_library.CustomComparison(
        comparison_levels=[null, *levels], output_column_name=column, comparison_description=column
    )


def _settings(blocking: str) -> Any:
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(column) for column in _LEVELS],
        blocking_rules_to_generate_predictions=[block_on(blocking)],
        probability_two_random_records_match=PRIOR,
        retain_matching_columns=False,
    )


def rank(con: duckdb.DuckDBPyConnection) -> None:
    """Give every grey row of ``hit`` its match weight as ``score`` (thousandths of a bit). Reads ``reg`` and ``lst``."""
    if not con.execute("SELECT 1 FROM hit WHERE confidence = 'grey' LIMIT 1").fetchall():
        return
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    fields = "x.id, x.name, x.py, x.birth, x.place, x.sex"
    con.execute(
        "CREATE OR REPLACE TABLE grey AS SELECT row_number() OVER () AS pair, row_id, person_id FROM hit WHERE confidence = 'grey'"
    )
    con.execute(
        f"CREATE OR REPLACE TABLE grey_l AS SELECT g.pair AS unique_id, g.pair, {fields} FROM grey g JOIN lst x USING (row_id)"
    )
    con.execute(
        f"CREATE OR REPLACE TABLE grey_r AS SELECT g.pair AS unique_id, g.pair, {fields} FROM grey g JOIN reg x USING (person_id)"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        settings: Any = _settings("pair")
        api = DuckDBAPI(con)
        if con.execute("SELECT COUNT(*) FROM reg").fetchall()[0][0] >= TRAIN_FROM:
            settings = _trained(con, api)
        both = [
            api.register("grey_l", dataset_display_name="grey_list", table_name="in_grey_l"),
            api.register("grey_r", dataset_display_name="grey_register", table_name="in_grey_r"),
        ]
        scored = Linker(both, settings, log_level=logging.ERROR).inference.predict()
        con.execute(
            f"UPDATE hit SET score = CAST(floor(s.match_weight * {WEIGHT}) AS INTEGER) FROM grey g "
            f"JOIN {scored.physical_name} s ON s.unique_id_l = g.pair "
            "WHERE hit.row_id = g.row_id AND hit.person_id = g.person_id AND hit.confidence = 'grey'"
        )


def _trained(con: duckdb.DuckDBPyConnection, api: Any) -> dict[str, Any]:
    """The settings with u learned from random pairs of list and register."""
    from splink import Linker

    for name, source, key in (("all_l", "lst", "row_id"), ("all_r", "reg", "person_id")):
        con.execute(
            f"CREATE OR REPLACE TABLE {name} AS SELECT {key} AS unique_id, {key} AS pair, id, name, py, birth, place, sex "
            f"FROM {source} ORDER BY hash({key}) LIMIT {SAMPLE}"
        )
    both = [
        api.register("all_l", dataset_display_name="all_list", table_name="in_all_l"),
        api.register("all_r", dataset_display_name="all_register", table_name="in_all_r"),
    ]
    linker = Linker(both, _settings("pair"), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=1)
    trained: dict[str, Any] = linker.misc.save_model_to_json()
    for name in ("all_l", "all_r"):
        con.execute(f"DROP TABLE {name}")
    return trained
