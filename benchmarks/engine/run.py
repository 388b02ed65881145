"""Rows, seconds and memory of Jingban beside OpenFisca-core, in the same run: ``python -m benchmarks.engine.run``.

Every measurement is a process of its own; the engines take turns in each round and the median counts. OpenFisca lives in
its own virtual environment (``--openfisca PYTHON``, made by ``make bench``). Results go to ``results.json`` beside this
file, from which ``report.py`` writes the table of ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.engine.facts import write

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
CASES = ("items", "month", "backpay")


def measured(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def hardware() -> dict[str, Any]:
    """What the figures were measured on."""
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "?",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": cpu, "cores": os.cpu_count(), "memory_gib": round(memory), "system": platform.platform(terse=True),
        "python": platform.python_version(), "duckdb": duckdb.__version__, "load_before": os.getloadavg()[0],
    }  # fmt: skip


def for_openfisca(folder: Path, scratch: Path) -> None:
    """The three input columns as plain int32 files."""
    for name, table in (("start_month", "f_award"), ("paid_years", "f_award"), ("balance_fen", "f_annuity")):
        sql = f"SELECT {name} FROM '{folder}/slice=*/{table}.parquet' ORDER BY person_id"
        values = duckdb.sql(sql).to_arrow_table().column(name).cast(pa.int32()).combine_chunks()
        whole = pa.concat_arrays(values.chunks) if isinstance(values, pa.ChunkedArray) else values
        (scratch / f"{name}.int32").write_bytes(whole.buffers()[1].slice(0, 4 * len(whole)).to_pybytes())


def bench(
    persons: int, engines: list[str], cases: list[str], rounds: int, openfisca: str, dsn: str, keep: Path
) -> list[dict[str, Any]]:
    """One result a case and engine."""
    folder = keep / f"facts-{persons}"
    slices = write(folder, persons, 1_000_000)
    runs: dict[tuple[str, str], list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        if openfisca:
            for_openfisca(folder, Path(scratch))
        for _ in range(rounds):
            for case in cases:
                for engine in engines:
                    command = [sys.executable, "-m", "benchmarks.engine.jingban_side", engine, case]
                    runs.setdefault((case, engine), []).append(
                        measured([*command, "--facts", str(folder), "--dsn", dsn])
                    )
                if openfisca:
                    command = [openfisca, str(HERE / "openfisca_peer.py"), case, scratch]
                    runs.setdefault((case, "openfisca"), []).append(measured(command))
    results = []
    for (case, engine), found in runs.items():
        middle = {
            key: statistics.median(run.get(key, 0) for run in found)
            for key in ("seconds", "building", "cpu", "peak_mib")
        }
        exact = {key: found[0][key] for key in ("rows", "fen")}
        if any(run[key] != exact[key] for run in found for key in exact):
            raise SystemExit(f"{engine} {case}: the rounds differ")
        results.append(
            {"persons": persons, "slices": len(slices), "case": case, "engine": engine, "rounds": rounds}
            | exact
            | middle
        )
    check_agreement(results)
    return results


def check_agreement(results: list[dict[str, Any]]) -> None:
    """All engines must have computed the same rows and fen; OpenFisca is compared where it computes the same thing."""
    for case in CASES:
        same = {
            (r["rows"], r["fen"])
            for r in results
            if r["case"] == case and (r["engine"] != "openfisca" or case == "items")
        }
        if len(same) > 1:
            raise SystemExit(f"{case}: engines disagree: {same}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=[26_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", default=["duckdb", "sqlite"])
    parser.add_argument("--cases", nargs="+", default=list(CASES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--openfisca", default="", help="python of the environment that has openfisca-core")
    parser.add_argument(
        "--postgresql", action="store_true", help="also measure PostgreSQL, in a server started for it"
    )
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "jingban-bench")
    parser.add_argument("--results", type=Path, default=RESULTS)
    chosen = parser.parse_args()
    known = json.loads(chosen.results.read_text("utf-8")) if chosen.results.exists() else {"results": []}
    known["hardware"] = hardware()
    for persons in chosen.persons:
        with postgresql(chosen.postgresql) as dsn:
            engines = [*chosen.engines, "postgresql"] if dsn else chosen.engines
            fresh = bench(persons, engines, chosen.cases, chosen.rounds, chosen.openfisca, dsn, chosen.keep)
        measured_now = {(r["persons"], r["case"], r["engine"]) for r in fresh}
        known["results"] = [
            r for r in known["results"] if (r["persons"], r["case"], r["engine"]) not in measured_now
        ] + fresh
        chosen.results.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
        for result in fresh:
            print(result, file=sys.stderr)


@contextmanager
def postgresql(wanted: bool) -> Iterator[str]:
    """Address of an empty server of our own, or nothing."""
    if not wanted:
        yield ""
        return
    from tests.support.postgres import Cluster

    cluster = Cluster.start()
    try:
        yield cluster.dsn()
    finally:
        cluster.stop()


if __name__ == "__main__":
    main()
