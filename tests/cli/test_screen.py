"""A table that is piped keeps every word, one row a line."""

from __future__ import annotations

import os
import subprocess
import sys

from jingban.policy.catalogue import CATALOGUE


def test_a_piped_table_is_not_cut() -> None:
    words = [sys.executable, "-m", "jingban.cli.main", "policy", "list"]
    given = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=given)
    rows = [line.strip("│ ").split(" │ ")[:2] for line in done.stdout.splitlines() if line.startswith("│")]
    assert [(name.strip(), title.strip()) for name, title in rows] == [
        (name, spec.title) for name, spec in CATALOGUE.items()
    ]
