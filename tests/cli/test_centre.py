"""A centre begins with nothing but its list of people: init, template, import, export, as a user types them."""

from __future__ import annotations

import csv
import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from jingban.values import citizen_id

ZHANG, LI = "510421196003150014", "510421196511110027"


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as installed, in a directory of its own."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("JINGBAN", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-m", "jingban.cli.main", *arguments],
        cwd=folder,
        env={**inherited, "JINGBAN_LANG": "zh", "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty centre, made once and copied by nobody: tests of this module add to it in order of need."""
    folder = tmp_path_factory.mktemp("centre")
    done = run(folder, "init", "--practice", "--region", "510421", "--name", "演示中心")
    assert done.returncode == 0, done.stderr
    return folder


def write_csv(path: Path, header: str, *rows: str) -> Path:
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_identity_numbers_of_this_module_are_valid() -> None:
    assert citizen_id.is_valid(ZHANG)
    assert citizen_id.is_valid(LI)


def test_init_writes_settings_only_its_owner_may_read_and_never_twice(made: Path) -> None:
    settings = made / "jingban.toml"
    assert 'name = "演示中心"' in settings.read_text("utf-8")
    assert settings.stat().st_mode & 0o077 == 0
    before = settings.read_bytes()
    again = run(made, "init", "--region", "510421")
    assert again.returncode == 1
    assert "CLI-001" in again.stderr
    assert settings.read_bytes() == before


def test_init_refuses_what_is_no_county_and_leaves_nothing(tmp_path: Path) -> None:
    for region in ("510000", "51042", "abc"):
        done = run(tmp_path, "init", "--region", region)
        assert done.returncode == 1
        assert "CLI-002" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_commands_outside_a_centre_say_so(tmp_path: Path) -> None:
    people = write_csv(tmp_path / "p.csv", "证件号码,姓名", f"{ZHANG},张三")
    done = run(tmp_path, "import", people.name)
    assert done.returncode == 2
    assert "CLI-003" in done.stderr
    assert run(tmp_path, "export", "people").returncode == 1


def test_the_template_is_a_list_that_import_understands(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "人员.xlsx"
    assert run(made, "template", "people", "-o", str(path)).returncode == 0
    book = python_calamine.load_workbook(str(path))
    assert book.sheet_names == ["人员", "填写说明"]
    done = run(made, "import", str(path))
    assert done.returncode == 1
    assert "LST-111" in done.stderr
    again = run(made, "template", "people", "-o", str(path))
    assert again.returncode == 1
    assert "CLI-005" in again.stderr
    listed = run(made, "template").stdout
    assert "contributions" in listed
    assert "recalculations" in listed


def test_from_a_list_of_people_to_an_export(made: Path, tmp_path: Path) -> None:
    people = write_csv(
        tmp_path / "people.csv",
        "aac002,AAC003,所属乡镇,村（社区）,备注列,待遇享受开始年月,核定时储存额,开户银行,银行卡号",
        f'{ZHANG},=张三,攀莲镇,青龙村,x,202004,"1,390.00",农商银行,6214590000000000011',
        f"{LI},李·阿木,丙谷镇,双河村,,,,,",
    )
    tried = run(made, "import", str(people), "--dry-run", "--month", "2020-06")
    assert tried.returncode == 0, tried.stderr + tried.stdout
    assert "LST-105" in tried.stderr
    assert "检查通过" in tried.stdout
    assert "0 行" in run(made, "export", "people", "-o", str(tmp_path / "none.csv"), "--format", "csv").stdout
    done = run(made, "import", str(people), "--month", "2020-06")
    assert done.returncode == 0, done.stderr
    assert "2 / 2" in done.stdout

    out = tmp_path / "out"
    done = run(
        made,
        "export",
        "people",
        "--split",
        "village",
        "--format",
        "csv",
        "-o",
        str(out),
        "--month",
        "2020-06",
    )
    assert done.returncode == 0, done.stderr
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.csv"))
    assert found == ["丙谷镇/双河村.csv", "攀莲镇/青龙村.csv"]
    rows = read_csv(out / "攀莲镇" / "青龙村.csv")
    assert rows[1][1:3] == [ZHANG, "'=张三"]
    assert rows[1][10] == "正常待遇"
    whole = tmp_path / "all.xlsx"
    assert run(made, "export", "people", "-o", str(whole)).returncode == 0
    sheet = python_calamine.load_workbook(str(whole)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in sheet[1:]] == ["李·阿木", "=张三"]

    again = run(made, "import", str(people), "--month", "2020-06")
    assert again.returncode == 1
    assert again.stderr.count("REG-115") == 2


def test_every_wrong_row_is_told_and_the_caller_says_what_happens(made: Path, tmp_path: Path) -> None:
    good = citizen_id.generate("510421", dt.date(1970, 1, 1), 1)
    people = write_csv(
        tmp_path / "bad.csv",
        "证件号码,姓名,参保年月,群体",
        f"{good},王五,2015-01,低保",
        "51042119600315001X,校验位,2015-01,",
        "510421600315001,旧号,2015-01,",
        f"{good},王五,2015-01,",
        "510421197002300015,日期,2015-01,",
        "510421197001010038,错月,二〇一五年,",
        "51042119700101009X,群体错,2015-01,富人",
    )
    report = tmp_path / "错误.xlsx"
    refused = run(made, "import", str(people), "--kind", "people", "--report", str(report))
    assert refused.returncode == 1
    assert "登记簿没有改动" in refused.stdout
    for code in ("REG-111", "REG-112", "REG-114", "LST-107", "LST-109"):
        assert code in refused.stderr
    rows = python_calamine.load_workbook(str(report)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "行号"
    assert rows[0][-1] == "错误"
    assert {int(row[0]) for row in rows[1:]} == {3, 4, 5, 6, 7, 8}
    kept = run(made, "import", str(people), "--kind", "people", "--keep-good", "--report", str(report))
    assert kept.returncode == 1
    assert "1 / 7" in kept.stdout
    assert "王五" not in kept.stderr
    assert good not in kept.stderr


def test_files_that_are_no_list_are_refused_whole(made: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.xlsx"
    assert run(made, "template", "deaths", "-o", str(whole)).returncode == 0
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    torn = tmp_path / "torn.csv"
    torn.write_text(f"证件号码,姓名,死亡日期\n{ZHANG},张三,2020-05-01\n{LI},李", "utf-8")
    other = write_csv(tmp_path / "other.csv", "产品,数量", "苹果,3")
    missing = write_csv(tmp_path / "missing.csv", "证件号码", ZHANG)
    for path, options, code, status in (
        (cut, (), "LST-102", 2),
        (torn, (), "LST-102", 2),
        (other, (), "LST-115", 2),
        (missing, ("--kind", "deaths"), "LST-104", 1),
        (whole, ("--sheet", "没有"), "LST-101", 2),
        (tmp_path / "nothing.xlsx", (), "LST-101", 2),
    ):
        done = run(made, "import", str(path), *options)
        assert (done.returncode, code in done.stderr) == (status, True), (path.name, done.stderr)


def test_a_number_that_excel_spoilt_is_not_taken(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("人员")
        sheet.write_row(0, 0, ("证件号码", "姓名"))
        sheet.write_number(1, 0, 510421196003150014)
        sheet.write_string(1, 1, "张三")
    done = run(made, "import", str(path), "--kind", "people")
    assert done.returncode == 1
    assert "LST-108" in done.stderr
    assert "51042119600315" not in done.stderr


def test_sample_writes_lists_and_never_over_something(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    done = run(tmp_path, "sample", "miyi-2020", "--out", "full")
    assert done.returncode == 1
    assert "CLI-006" in done.stderr


def test_the_year_leaves_a_real_centre_alone(made: Path) -> None:
    before = {path.name: path.stat().st_size for path in made.iterdir()}
    done = run(made.parent, "year", "--out", str(made))
    assert done.returncode == 1
    assert "CLI-010" in done.stderr
    assert {path.name: path.stat().st_size for path in made.iterdir()} == before
