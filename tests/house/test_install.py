"""What an installation brings: closed locks, and a base that checks documents without the agency's packages."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "tests" / "checker" / "clean" / "b-health-2022.txt"
AGENCY = ("django", "duckdb", "pyarrow", "splink", "weasyprint", "psycopg")


def test_the_locks_are_closed() -> None:
    """They are installed without resolving, so whatever a package asks for must stand in them."""
    told = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


@pytest.fixture
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the base alone, as its lock says."""
    folder = tmp_path_factory.mktemp("base") / "venv"
    venv.create(folder, with_pip=True)
    pip = [
        str(folder / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
    ]
    locks = [f"--requirement={ROOT / 'requirements' / name}" for name in ("build.lock", "base.lock")]
    subprocess.run([*pip, "--require-hashes", *locks], check=True)
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements", "src"):
        (source / name).symlink_to(ROOT / name)
    subprocess.run([*pip, "--no-build-isolation", "--editable", str(source)], check=True)
    return folder / "bin"


def _run(base: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run([base / words[0], *words[1:]], cwd=folder, env=kept, capture_output=True, text=True)


@pytest.mark.timeout(600)
def test_the_base_alone_checks_shows_the_law_and_says_what_the_agency_needs(
    base: Path, tmp_path: Path
) -> None:
    assert _run(base, tmp_path, "python", "-m", "pip", "check").returncode == 0
    for package in AGENCY:
        assert _run(base, tmp_path, "python", "-c", f"import {package}").returncode, package
    checked = _run(base, tmp_path, "jingban", "check", str(DOCUMENT))
    assert (checked.returncode, checked.stderr) == (0, ""), checked
    law = _run(
        base,
        tmp_path,
        "jingban",
        "policy",
        "show",
        "basic_pension",
        "--region",
        "510000",
        "--month",
        "2020-07",
    )
    assert law.returncode == 0, law
    assert _run(base, tmp_path, "jingban", "rule", "T101").returncode == 0
    refused = _run(base, tmp_path, "jingban", "serve")
    assert refused.returncode == 2
    assert "CLI-009" in refused.stderr
    assert "jingban[agency]" in refused.stderr
    assert "Traceback" not in refused.stderr
