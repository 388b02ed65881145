"""Every command, where there is no centre and in a centre without a region: a refusal with its code, never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_centre import run

CODE = re.compile(r"\[[A-Z]{3}-\d{3}\]")
NEEDS_NO_CENTRE = {"rule", "policy", "template", "logout", "whoami"}
"""They say something useful anywhere."""


def everything(folder: Path) -> list[tuple[list[str], int, str, str]]:
    """Each command line that the worker tried in a folder, with exit status, what was said and the traceback."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("JINGBAN", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.bare_worker"],
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8", "JINGBAN_LANG": "zh"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = [tuple(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("[[")]
    assert len(found) > 120
    return found  # type: ignore[return-value]


def test_where_there_is_no_centre_every_command_says_so(tmp_path: Path) -> None:
    for line, status, said, trace in everything(tmp_path):
        assert not trace, (line, trace)
        if line[0] not in NEEDS_NO_CENTRE:
            assert status != 0, (line, said)
            assert CODE.search(said) or status == 2, (line, said)
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".sqlite3", ".toml")] == []


def test_in_a_centre_without_a_region_every_command_says_so(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--practice", "--region", "510421").returncode == 0
    settings = tmp_path / "jingban.toml"
    settings.write_text(re.sub(r"(?m)^region = .*\n", "", settings.read_text("utf-8")), "utf-8")
    refused = set()
    for line, status, said, trace in everything(tmp_path):
        assert not trace, (line, trace)
        asks = "已中止" in said  # for a number or a password that nobody typed
        assert status == 0 or CODE.search(said) or status == 2 or asks, (line, said)
        if "CLI-002" in said:
            refused.add(line[0])
    assert {"run", "credit", "claims", "certify", "compare", "policy"} <= refused


@pytest.mark.parametrize(
    "text",
    [
        "region = ",
        "region = 510421\n",
        'overlays = "local"\n',
        'database = "mysql://x"\n',
        'region = "510499"\n',
        "allowed_hosts = 1\n",
    ],
)
def test_settings_that_are_not_what_they_should_be(tmp_path: Path, text: str) -> None:
    (tmp_path / "jingban.toml").write_text(text, "utf-8")
    for words in (("run", "2020-01", "preview"), ("policy", "scaffold")):
        done = run(tmp_path, *words)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr
        assert re.search(r"\[CLI-0(02|03|10)\]", done.stderr), done.stderr
