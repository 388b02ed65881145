"""Precision, recall and seconds of matching on the synthetic truth: ``python -m benchmarks.matching.run [--people N --listed M]``.

Each size runs the exact-number baseline, the cascade and the ranking on the same data and writes ``results.json`` beside this
file; ``--write`` makes ``docs/internals/matching.md`` from it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.matching.generate import World, world
from jingban.safeguards.matching import tables
from jingban.safeguards.matching.cascade import RULES, cascade
from jingban.safeguards.matching.rank import rank

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
PAGE = HERE.parents[1] / "docs" / "internals" / "matching.md"
PROVINCE = 13_480_000
_EXACT = (
    "CREATE OR REPLACE TABLE exact AS SELECT l.row_id, r.person_id FROM listed_in l JOIN register_in r "
    "ON r.id_number = l.id_number"
)
_SAME_NAME = _EXACT.replace("exact AS", "exact_name AS") + " AND r.name = l.name"


def _timed(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return round(time.perf_counter() - start, 2)


def _quality(con: duckdb.DuckDBPyConnection, source: str, known: int) -> dict[str, Any]:
    ((found, right),) = con.execute(
        f"SELECT COUNT(*), COUNT(*) FILTER (WHERE h.person_id = t.person_id) FROM {source} h JOIN truth t USING (row_id)"
    ).fetchall()
    return {"found": found, "right": right, "precision": right / max(found, 1), "recall": right / known}


def measure(made: World, *, ranked: bool) -> dict[str, Any]:
    """One size: seconds and quality of each method, and of each rule."""
    con = tables.connect(2)
    con.execute("SET memory_limit = '6GB'")
    truth = pa.table({"row_id": pa.array(range(1, len(made.truth) + 1)), "person_id": pa.array(made.truth)})
    con.register("truth", truth)
    con.register("listed_in", made.listed)
    con.register("register_in", made.register)
    exact = _timed(lambda: con.execute(_EXACT))
    exact_name = _timed(lambda: con.execute(_SAME_NAME))
    seconds = {"exact": exact, "exact_name": exact_name}
    load, before = os.getloadavg()[0], time.process_time()
    seconds["prepare"] = _timed(lambda: tables.prepare(con, made.register, made.listed))
    con.register("truth", truth)
    seconds["cascade"] = _timed(lambda: cascade(con))
    processor = round(time.process_time() - before, 2)
    known = sum(person > 0 for person in made.truth)
    quality = {
        "exact": _quality(con, "exact", known),
        "exact_name": _quality(con, "exact_name", known),
        "cascade": _quality(con, "(SELECT * FROM hit WHERE confidence <> 'grey')", known),
        "with_review": _quality(con, "(SELECT row_id, any_value(person_id) FILTER (WHERE hit.person_id IN (SELECT person_id "
                                     "FROM truth t2 WHERE t2.row_id = hit.row_id)) AS person_id FROM hit GROUP BY row_id)", known),
    }  # fmt: skip
    if ranked:
        seconds["rank"] = _timed(lambda: rank(con))
    rules = con.execute(
        "SELECT h.rule, h.confidence, COUNT(*), COUNT(*) FILTER (WHERE h.person_id = t.person_id), MIN(h.score), MAX(h.score) "
        "FROM hit h JOIN truth t USING (row_id) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    bands = con.execute(
        "SELECT CASE WHEN score >= 20000 THEN 3 WHEN score >= 10000 THEN 2 WHEN score >= 0 THEN 1 ELSE 0 END AS band, "
        "COUNT(*), COUNT(*) FILTER (WHERE h.person_id = t.person_id) FROM hit h JOIN truth t USING (row_id) "
        "WHERE confidence = 'grey' GROUP BY band ORDER BY band DESC"
    ).fetchall()
    return {
        "people": made.register.num_rows, "listed": made.listed.num_rows, "known": known, "seconds": seconds,
        "quality": quality, "rules": rules, "bands": bands if ranked else [],
        "processor": processor, "load": round(load, 1), "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def page(results: dict[str, Any]) -> str:
    """The page in Markdown."""
    lines = [
        "# Matching lists against the register",
        "",
        "Written by `python -m benchmarks.matching.run --write` from `benchmarks/matching/results.json`; do not edit.",
        "",
        "A list of another body is matched in three steps (`src/jingban/safeguards/matching/`): the equal number; a",
        "deterministic cascade of SQL rules in DuckDB; Splink for the order of what is left to people. A match alone never",
        "stops a benefit: equal number *and* name hold it back provisionally, everything else waits for review.",
        "",
        "## Rules and thresholds",
        "",
        "A list number that passes its check digit (ISO 7064 MOD 11-2) but is unknown is another person's: the near-number",
        "rules are asked only for numbers that fail the check. Name likeness: 4 same; 3 homophones or the same characters in",
        "another order; 2 one character differs; 1 one is shared. Two persons equally like one row are both left to people.",
        "A list row answered by a rule is not asked again. DuckDB's edit distances work on bytes, so they see digits only.",
        "",
        "| rule | what it means | confidence | base score |",
        "|---|---|---|---|",
        *(f"| `{rule.name}` | {rule.title} | {rule.confidence} | {rule.score:,} |" for rule in RULES),
        "",
        "Grey pairs carry the Splink match weight in thousandths of a bit as their score: the weights of agreement between",
        "different people (u) are learned from the register, those for the same person (m) stand in `rank.py`.",
        "",
        "## Measured",
        "",
        f"{results['machine']}; two threads, other work on the machine at the same time. The truth is synthetic: the order of the",
        "methods should carry over to real lists, the absolute figures only as far as the error model in",
        "`benchmarks/matching/generate.py` does (a fifth of the list is in no register; numbers damaged 24 %, names 15 %,",
        "birth dates 8 %, villages 15 %). It holds no people whose number legally changed. Labelled hits of a centre should",
        "replace it.",
        "",
        "| register x list | method | seconds | precision | recall | right |",
        "|---|---|---|---|---|---|",
    ]
    for one in results["sizes"]:
        lines += _size(one)
    for one in results["sizes"]:
        lines += [
            "",
            f"### By rule, {one['people']:,} x {one['listed']:,}",
            "",
            "| rule | confidence | pairs | right |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| `{rule}` | {confidence} | {count:,} | {right:,} |"
            for rule, confidence, count, right, _l, _h in one["rules"]
        ]
        if one["bands"]:
            names = {3: "20 bits or more", 2: "10 to 20", 1: "0 to 10", 0: "below 0"}
            lines += ["", "Grey pairs by match weight:", "", "| weight | pairs | right |", "|---|---|---|"]
            lines += [f"| {names[band]} | {count:,} | {right:,} |" for band, count, right in one["bands"]]
    return "\n".join([*lines, "", *_plan(results["sizes"])]) + "\n"


def _size(one: dict[str, Any]) -> list[str]:
    seconds, quality = one["seconds"], one["quality"]
    whole = seconds["prepare"] + seconds["cascade"]
    named = f"{one['people']:,} x {one['listed']:,}"
    rows = [
        ("equal number (baseline)", seconds["exact"], quality["exact"]),
        ("equal number and name", seconds["exact_name"], quality["exact_name"]),
        ("cascade with preparation", whole, quality["cascade"]),
    ]
    lines = [
        f"| {named} | {title} | {spent:.2f} | {q['precision']:.4f} | {q['recall']:.4f} | {q['right']:,} |"
        for title, spent, q in rows
    ]
    ratio = quality["cascade"]["right"] / max(1, quality["exact"]["right"])
    lines.append(
        f"| {named} | cascade : baseline | {whole / max(seconds['exact'], 0.01):.0f} x | | | {ratio:.3f} x |"
    )
    if "processor" in one:
        words = f"processor time of the cascade, both threads; load of the machine {one['load']}"
        lines.append(f"| {named} | {words} | {one['processor']:.2f} | | | |")
    if "rank" in seconds:
        lines.append(f"| {named} | ranking the grey pairs | {seconds['rank']:.2f} | | | |")
    lines.append(
        f"| {named} | peak memory of the process, with the generator's | {one['peak_mib']:,} MiB | | | |"
    )
    return lines


def _plan(sizes: list[dict[str, Any]]) -> list[str]:
    """What a province costs: planned from the largest size below it, and measured where it was."""
    whole = lambda one: one["seconds"]["prepare"] + one["seconds"]["cascade"]  # noqa: E731
    known = [one for one in sizes if one["people"] < PROVINCE * 0.99]
    largest = max(known, key=lambda one: one["people"])
    factor = PROVINCE / largest["people"]
    lines = [
        "## 13.48 million x 50 thousand",
        "",
        "The joins hash the smaller list and stream the register once a rule, so time and memory grow with the register:",
        f"{largest['people']:,} persons took {whole(largest):.1f} s, which plans {whole(largest) * factor:.0f} s for 13.48 million. False",
        "near-number pairs grow with the register too: with 13.48 million people, chance alone gives about 13 times as many; the",
        "rule on the check digit keeps them out of the accepted set, and equally good pairs go to people.",
    ]
    if measured := next((one for one in sizes if one["people"] >= PROVINCE * 0.99), None):
        q = measured["quality"]["cascade"]
        lines += [
            "",
            f"Measured: {measured['people']:,} persons in {whole(measured):.1f} s ({measured['processor']:.1f} s of processor time at a load of",
            f"{measured['load']}), precision {q['precision']:.4f}, recall {q['recall']:.4f}; {measured['peak_mib']:,} MiB with the generator's own tables.",
        ]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int)
    parser.add_argument("--listed", type=int, default=50_000)
    parser.add_argument("--no-rank", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {"sizes": []}
    if given.people:
        one = measure(world(given.people, given.listed), ranked=not given.no_rank)
        kept = [x for x in results["sizes"] if (x["people"], x["listed"]) != (one["people"], one["listed"])]
        results["sizes"] = sorted([*kept, json.loads(json.dumps(one))], key=lambda x: x["people"])
        results["machine"] = (
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
        )
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(json.dumps(one["seconds"]), json.dumps(one["quality"], indent=1))
    if given.write:
        PAGE.write_text(page(results), "utf-8")


if __name__ == "__main__":
    main()
