#!/usr/bin/env bash
# Everything a commit must pass besides the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
BIN="${BIN:-.venv/bin}"
status=0
step() { # step NAME COMMAND...
  local name="$1"
  shift
  if "$@"; then printf 'ok    %s\n' "$name"; else
    printf 'FAIL  %s\n' "$name"
    status=1
  fi
}
long_files() {
  local found
  found=$(git ls-files '*.py' '*.sql' | grep -v '/migrations/' | xargs -r wc -l | awk '$1 > 500 && $2 != "total"')
  [ -z "$found" ] || { printf 'over 500 lines:\n%s\n' "$found" && return 1; }
}
registry_addresses() {
  ! git grep -nIE 'https?://[a-z0-9.-]*(pypi|pythonhosted|npmjs|deb\.debian)' -- . ':!scripts/lint.sh'
}
money_floats() {
  ! git grep -nE '\bfloat\(' -- src/jingban/values src/jingban/rules src/jingban/policy src/jingban/payments src/jingban/store src/jingban/registry src/jingban/budget src/jingban/performance src/jingban/safeguards src/jingban/cli src/jingban/console src/jingban/engine src/jingban/forms
}
step "ruff check" "$BIN/ruff" check --quiet src tests benchmarks scripts
step "ruff format" "$BIN/ruff" format --quiet --check src tests benchmarks scripts
# Without its cache: with it, the Django plugin forgets errors of files it does not read again.
step "mypy" "$BIN/mypy" --no-error-summary --no-incremental
step "layers" "$BIN/lint-imports" --no-cache
step "files under 500 lines" long_files
step "no registry addresses" registry_addresses
step "no float near money" money_floats
step "generated pages are fresh" "$BIN/python" scripts/docs.py --check
exit $status
