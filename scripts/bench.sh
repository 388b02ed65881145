#!/usr/bin/env bash
# The benchmarks of docs/performance.md. OpenFisca-core gets a virtual environment of its own: it is AGPL and only a peer.
set -euo pipefail
cd "$(dirname "$0")/.."
BIN="${BIN:-.venv/bin}"
PYTHON="${PYTHON:-python3}"
PEER="${PEER:-.venv-bench}"
SIZES="${SIZES:-26000 1000000 9800000}"
if [ ! -x "$PEER/bin/python" ]; then
  "$PYTHON" -m venv "$PEER"
  "$PEER/bin/pip" install -q --no-deps --require-hashes -r requirements/bench.lock
fi
for persons in $SIZES; do
  case "$persons" in
    26000) options=(--engines duckdb sqlite --postgresql --rounds 3) ;;
    1000000) options=(--engines duckdb --rounds 3) ;;
    *) options=(--engines duckdb --rounds 1) ;;
  esac
  "$BIN/python" -m benchmarks.engine.run --persons "$persons" "${options[@]}" --openfisca "$(cd "$PEER" && pwd)/bin/python"
done
"$BIN/python" -m benchmarks.engine.report
