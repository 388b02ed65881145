"""`jingban check` and `jingban rule` as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from jingban.checker import registry
from tests.checker.samples import RIGHT, WRONG

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/reference/check-output.schema.json").read_text("utf-8")
)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "right.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "fake.pdf").write_bytes(b"%PDF-1.7 nothing here")
    return tmp_path


def jingban(work: Path, *args: str, code: int | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(work / "cache"), "PYTHONIOENCODING": "utf-8", **env}
    done = subprocess.run(
        [sys.executable, "-m", "jingban.cli.main", *args],
        cwd=work,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    if code is not None:
        assert done.returncode == code, done.stdout + done.stderr
    return done


def test_text_and_exit_codes(work: Path) -> None:
    shown = jingban(work, "check", "wrong.txt", code=1).stdout
    assert "wrong.txt:5" in shown
    assert "N101" in shown
    assert "45.00%" in shown
    assert "应为 40.00%" in shown
    assert "可核" in shown
    jingban(work, "check", "right.txt", code=0)
    jingban(work, "check", "fake.pdf", code=2)
    missing = jingban(work, "check", "missing.txt", code=2)
    assert "CHK-107" in missing.stderr


def test_json_validates_and_selects(work: Path) -> None:
    data = json.loads(
        jingban(work, "check", "wrong.txt", "--format", "json", "--select", "N101", code=1).stdout
    )
    jsonschema.validate(data, SCHEMA)
    assert [one["code"] for one in data["files"][0]["findings"]] == ["N101"]
    ignored = json.loads(
        jingban(work, "check", "wrong.txt", "--format", "json", "--ignore", "N1,D,U", code=None).stdout
    )
    assert not [
        one for one in ignored["files"][0]["findings"] if one["code"][0] in "DU" or one["code"][:2] == "N1"
    ]
    assert "CHK-104" in jingban(work, "check", "wrong.txt", "--select", "Q9", code=2).stderr


def test_baseline_and_project_file(work: Path) -> None:
    jingban(work, "check", "wrong.txt", "--write-baseline", "base.json", code=0)
    jingban(work, "check", "wrong.txt", "--baseline", "base.json", code=0)
    # the line moves, the fingerprint stays
    (work / "wrong.txt").write_text(WRONG.replace("\n\n一、", "\n\n\n\n一、"), encoding="utf-8")
    jingban(work, "check", "wrong.txt", "--baseline", "base.json", code=0)
    (work / "jingban-check.toml").write_text(
        '[[suppress]]\ncode = "N101"\nreason = "已说明"\nuser = "李"\nexpires = 2000-01-01\n',
        encoding="utf-8",
    )
    late = jingban(work, "check", "wrong.txt", code=1)
    assert "屏蔽已于 2000-01-01 到期" in late.stdout
    (work / "jingban-check.toml").write_text('[severity]\nN101 = "warning"\n', encoding="utf-8")
    jingban(work, "check", "wrong.txt", code=0)
    jingban(work, "check", "wrong.txt", "--strict", code=1)
    jingban(work, "check", "wrong.txt", "--no-config", code=1)
    (work / "jingban-check.toml").write_text("sellect = []\n", encoding="utf-8")
    assert "CHK-102" in jingban(work, "check", "wrong.txt", code=2).stderr


def test_a_folder(work: Path) -> None:
    done = jingban(work, "check", ".", "--jobs", "2", code=1)
    assert "文件 3" in done.stdout
    assert "N101" in done.stdout
    data = json.loads(jingban(work, "check", ".", "--format", "json", code=1).stdout)
    jsonschema.validate(data, SCHEMA)
    assert len(data["files"]) == 3
    jingban(work, "check", ".", "-o", "all.xlsx", code=1)
    assert (work / "all.xlsx").stat().st_size > 4000
    jingban(work, "check", "wrong.txt", "right.txt", "--format", "html", "-o", "pages", code=1)
    assert sorted(path.name for path in (work / "pages").iterdir()) == ["right.txt.html", "wrong.txt.html"]


def test_what_is_refused_says_its_code(work: Path) -> None:
    assert "CHK-111" in jingban(work, "check", "wrong.txt", "--format", "xlsx", code=2).stderr
    assert "CHK-109" in jingban(work, "check", "wrong.txt", "right.txt", "--format", "html", code=2).stderr
    assert "CHK-110" in jingban(work, "check", "wrong.txt", "--annotate", "copy.txt", code=1).stderr
    (work / "empty").mkdir()
    assert "CHK-108" in jingban(work, "check", "empty", code=2).stderr


def test_rule_pages(work: Path) -> None:
    page = jingban(work, "rule", "n101", code=0).stdout
    assert registry.rule("N101").title in page
    assert all(f"## {name}" in page for name in registry.SECTIONS)
    english = jingban(work, "rule", "N101", code=0, JINGBAN_LANG="en").stdout
    assert registry.rule("N101").title_en in english
    named = jingban(work, "rule", registry.rule("N101").name, code=0).stdout
    assert named == page
    listed = jingban(work, "rule", code=0).stdout
    assert all(code in listed for code in registry.codes())
    assert jingban(work, "rule", "T1", code=0).stdout.startswith("T101")
    jingban(work, "rule", "Q1", code=2)


def test_the_command_needs_no_django(work: Path) -> None:
    code = (
        "import sys; from jingban.cli import check, rule; from jingban.checker import registry, service; registry.rules();"
        "bad = [name for name in sys.modules if name.split('.')[0] in ('django', 'duckdb', 'psycopg', 'sqlite3')];"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=work, timeout=60)
