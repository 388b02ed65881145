"""`jingban policy` as a user runs it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.test_loader import GOOD, overlay


def run(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JINGBAN_")}
    return subprocess.run(
        [sys.executable, "-m", "jingban.cli.main", "policy", *args],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=environment | {"PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip


def test_show_prints_the_stack_layer_by_layer(tmp_path: Path) -> None:
    done = run("show", "basic_pension", "--region", "510000", "--month", "2020-07", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for part in ("四川省（510000）", "93.00", "人社部发〔2020〕67号", "中央 100%", "5.00", "7.00",
                 "省级 57.1429%", "105.00"):  # fmt: skip
        assert part in done.stdout
    assert "演示" not in done.stdout


@pytest.mark.parametrize(
    ("region", "month", "gap"),
    [
        ("510421", "2020-07", "panzhihua-top-up"), ("510421", "2026-11", "sichuan-2025"), ("430204", "2020-07", "basic_pension-430204"),
        ("110101", "2024-08", "basic_pension-110101"), ("320102", "2024-08", "basic_pension-320102"), ("440103", "2024-08", "guangdong-2023-07"),
    ],
)  # fmt: skip
def test_a_hole_is_refused_with_its_id_and_the_next_command(
    tmp_path: Path, region: str, month: str, gap: str
) -> None:
    done = run("show", "basic_pension", "--region", region, "--month", month, cwd=tmp_path)
    assert done.returncode == 1
    for part in ("基础养老金标准", month, f"标识 {gap}", f"jingban policy scaffold --region {region}"):
        assert part in done.stderr


def test_show_as_known_on_a_day_with_the_demonstration(tmp_path: Path) -> None:
    done = run(
        "show", "basic_pension", "--region", "510421", "--month", "2020-07", "--known-on", "2020-08-01",
        "--overlay", "demo/miyi-2020", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "【演示】" in done.stdout
    assert "88.00" in done.stdout
    assert "93.00" not in done.stdout


@pytest.mark.parametrize(
    ("args", "parts"),
    [
        (("show", "stop_rules", "--region", "510421", "--month", "2020-07"), ("判刑服刑", "不补发", "1202")),
        (("show", "contribution_tiers", "--region", "510421", "--month", "2022-01"), ("6000→280",)),
        (("show", "daijiao_amount", "--region", "430204", "--month", "2020-07"), ("低保对象", "100.00")),
        (("show", "age_supplement", "--region", "510421", "--month", "2020-07"), ("65—79", "2.00", "5.00")),
        (("show", "interest_rate", "--region", "360102", "--month", "2022-07"), ("3.07%",)),
        (("list",), ("basic_pension", "丧葬补助金", "均未查实")),
        (("check",), ("没有问题",)),
    ],
)
def test_what_the_other_questions_print(
    tmp_path: Path, args: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for part in parts:
        assert part in done.stdout


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("funeral_grant", "--region", "510421", "--month", "2020-07"), "POL-201"),
        (("basic_pension", "--region", "510421", "--month", "2022-07"), "POL-202"),
        (("basic_pensions", "--region", "510421", "--month", "2022-07"), "POL-203"),
        (("pension_age", "--region", "51", "--month", "2022-07"), "POL-204"),
        (("pension_age", "--overlay", "nowhere", "--month", "2022-07"), "POL-115"),
    ],
)
def test_refusals_are_coded_and_exit_with_one(tmp_path: Path, args: tuple[str, ...], code: str) -> None:
    done = run("show", *args, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"[{code}]")
    assert done.stdout == ""


def test_a_wrong_month_is_a_usage_error(tmp_path: Path) -> None:
    done = run("show", "pension_age", "--month", "2020-13", cwd=tmp_path)
    assert done.returncode == 2
    assert "2020-13" in done.stderr


def test_check_of_a_centre_with_a_broken_overlay(tmp_path: Path) -> None:
    (tmp_path / "jingban.toml").write_text(
        'name = "某县"\nregion = "510421"\noverlays = ["local"]\n', "utf-8"
    )
    overlay(tmp_path / "local", {"510421/account.yaml": GOOD.replace('"2.75%"', "0.0275")})
    done = run("check", cwd=tmp_path)
    assert done.returncode == 1
    assert (
        "[POL-104] 第7行：local/510421/account.yaml › parameters.interest_rate.2020-01-01.value"
        in done.stdout
    )
    overlay(tmp_path / "local", {"510421/account.yaml": GOOD})
    assert run("check", cwd=tmp_path).returncode == 0
    shown = run("show", "interest_rate", "--month", "2020-03", cwd=tmp_path)
    assert "2.75%" in shown.stdout


def test_a_centre_may_name_the_shipped_demonstration(tmp_path: Path) -> None:
    (tmp_path / "jingban.toml").write_text('region = "510421"\noverlays = ["demo/miyi-2020"]\n', "utf-8")
    done = run("show", "funeral_grant", "--month", "2020-07", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "演示" in done.stdout


def test_the_command_never_imports_django() -> None:
    code = "import sys; from jingban.cli.policy import policy; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
