"""The README's real centre, word for word: refused over a hole, the hole written out and filled in, and the same preview pays.

In a practice centre, where ``--as`` names who acts: the accounts of a real one have their own test.
"""

import re
import shlex
from pathlib import Path

import pytest
import xlsxwriter

from jingban.policy.catalogue import PLACEHOLDER
from tests.cli.test_centre import ZHANG, run

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
SECTION = README[README.index("## Start a real centre") : README.index("## Read on")]
COMMANDS = [
    line.split("#")[0].strip()
    for line in re.findall(r"(?m)^    (jingban .*)$", SECTION)
    if "serve" not in line
]


def commands(word: str, region: str) -> list[list[str]]:
    """The README's lines with a word, for another county."""
    found = [
        shlex.split(line.replace("510421...", ZHANG).replace("510421", region))
        for line in COMMANDS
        if word in line
    ]
    assert found, word
    return [parts[1:] for parts in found]


def fill(folder: Path) -> None:
    """As a centre would: every example taken, with a document of its own."""
    for path in folder.rglob("*.yaml"):
        text = re.sub(r"(?m)^closes: \[\]\n#closes:", "closes:", path.read_text("utf-8"))
        path.write_text(re.sub(r"(?m)^#(?=  |sharing:)", "", text).replace(PLACEHOLDER, "练习文件"), "utf-8")


@pytest.mark.parametrize(
    ("region", "hole", "yuan"),
    [
        ("510421", "sichuan-2025", "215.00"),
        ("430204", "hunan-2021", "193.00"),
        ("110101", "beijing-2026", "1,008.00"),
    ],
)
def test_a_real_centre_is_refused_then_pays(tmp_path: Path, region: str, hole: str, yuan: str) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "people.xlsx"))
    sheet = book.add_worksheet("人员")
    for row, cells in enumerate(
        (
            ("证件号码", "姓名", "待遇享受开始年月", "核定时储存额", "开户银行", "银行卡号"),
            (ZHANG, "张三", "202004", "1390.00", "农商银行", "6214590000000000011"),
        )
    ):
        sheet.write_row(row, 0, cells)
    book.close()
    for parts in (*commands("init", region), *commands("template", region), *commands("import", region)):
        more = {"init": ["--practice"], "import": ["--as", "经办甲"]}.get(parts[0], [])
        done = run(tmp_path, *parts, *more)
        assert done.returncode == 0, (parts, done.stderr)
    (preview,) = commands("run 2026-11 preview", region)
    preview += ["--as", "经办甲"]
    refused = run(tmp_path, *preview)
    assert refused.returncode != 0
    for part in ("ENG-101", "2026-11", hole, f"jingban policy scaffold --region {region}", "基础养老金标准"):
        assert part in refused.stderr, refused.stderr
    assert "p_basic" not in refused.stderr
    explained = run(tmp_path, "explain", ZHANG, "--month", "2026-11", "--payroll", "2026-11")
    assert hole in explained.stdout + explained.stderr
    for parts in commands("scaffold", region):
        assert run(tmp_path, *parts).returncode == 0
    fill(tmp_path / "local")
    for parts in commands("policy check", region):
        checked = run(tmp_path, *parts)
        assert checked.returncode == 0, checked.stdout
    settings = tmp_path / "jingban.toml"
    settings.write_text(settings.read_text("utf-8").replace("overlays = []", 'overlays = ["local"]'), "utf-8")
    paid = run(tmp_path, *preview)
    assert paid.returncode == 0, paid.stderr
    told = run(tmp_path, "explain", ZHANG, "--month", "2026-11")
    assert told.returncode == 0, told.stderr
    assert f"应付合计 {yuan} 元" in told.stdout, told.stdout
