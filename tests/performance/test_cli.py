"""A plan's whole life by command line, in a centre of its own; frameworks scored from a file; the library as a page."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from jingban.cli.budget import budget
from jingban.cli.import_ import import_
from jingban.cli.perform import perform
from jingban.performance import docs
from jingban.performance.measures import library

ROOT = Path(__file__).parents[2]
HECHENG = ROOT / "docs" / "examples" / "hecheng-2020"
HEAD = "单位代码,年度,项目代码,年度总体目标,预算执行分值,一级指标,二级指标,三级指标,类别,方向,年度指标值,计量单位,分值,取数方法,取数参数"
GOALS = f"""{HEAD}
510421021,2020,P01,办好培训,10,产出指标,数量指标,培训次数,定量,≥,2,次,50,meetings_held,kind=training
510421021,2020,P01,,,效益指标,社会效益指标,经办能力,定性,,能独立受理业务,,30,,
510421021,2020,P01,,,满意度指标,服务对象满意度,满意度,定量,≥,95,%,10,satisfaction,
"""
SURVEY = "单位代码,年度,调查名称,方式,调查日期,发放数,有效答卷,满意数\n510421021,2020,群众,入户,2020-11-20,320,300,291\n"


@pytest.fixture
def centre(miyi_books: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The county's books in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr(settings.CENTRE, "region", "510421")
    return tmp_path


def run(*words: str, code: int = 0, who: str = "绩效甲") -> str:
    """What a command said on both channels."""
    command = {"import": import_, "perform": perform, "budget": budget}[words[0]]
    done = CliRunner().invoke(command, words[1:], env={"JINGBAN_ACTOR": who})
    assert done.exit_code == code, done.output
    return done.output


def test_the_whole_life_of_a_project(centre: Path) -> None:
    (centre / "plans.csv").write_text(GOALS, "utf-8")
    (centre / "surveys.csv").write_text(SURVEY, "utf-8")
    run("import", "plans.csv", "--list", "plans")
    run("import", "surveys.csv", "--list", "surveys")
    refused = run("perform", "final", "1", code=1)
    for code in ("PRF-201", "PRF-203", "PRF-405", "培训次数"):
        assert code in refused
    assert "予以支持" in run("perform", "assess", "1", "support", "--point", "立项必要性=是")
    assert "PRF-401" in run("perform", "monitor", "1", "--day", "2020-06-30")
    assert "1次" in run("perform", "measure", "1")
    assert "training" in run("perform", "rows", "1")
    proof = centre / "总结.txt"
    proof.write_text("培训总结", "utf-8")
    run("perform", "actual", "2", "能受理", "--evidence", "考核表", "--file", str(proof))
    run("perform", "judge", "2", "achieved", "90", "--reason", "少一次培训")
    run("perform", "reason", "1", "疫情", "--improvement", "线上培训")
    run("perform", "reason", "2", "人员更换")
    assert "25.00" in run("perform", "score", "1")
    assert "编号2" in run("perform", "final", "1")
    assert "PRF-406" in run("perform", "use", "2", "cut", "按执行数", "--yuan", "10120", code=1)
    assert "PRF-301" in run("perform", "review", "2", code=1)
    run("perform", "review", "2", who="复核乙")
    run("perform", "use", "2", "cut", "按执行数安排", "--yuan", "10120")
    advice = run("perform", "advice", "2020")
    assert "10,120.00" in advice
    assert "核减次年预算" in advice
    assert "PRF-404" in run("perform", "measure", "1", code=1)


def test_a_printed_framework_is_scored_both_ways_from_a_file(centre: Path) -> None:
    said = run("perform", "framework", "fw-department", "--given", str(HECHENG / "department.csv"))
    for words in ("83.78%", "自评合计98分", "PRF-508", "A3 在职人员控制率", "待核89.51分"):
        assert words in said, words
    said = run("perform", "framework", "fw-project", "--given", str(HECHENG / "project.csv"))
    for words in ("自评合计95分，最多可得97分", "PRF-504", "PRF-505", "PRF-503"):
        assert words in said, words
    out = centre / "fw"
    ledgers = run("perform", "framework", "fw-department", "--year", "2020", "--out", str(out))
    assert "90.00%" in ledgers  # nine of ten posts
    assert {path.suffix for path in out.glob("*.*")} == {".docx", ".pdf", ".xlsx", ".html", ".txt"}
    (text,) = out.glob("*.txt")
    assert "字面读法得分" in text.read_text("utf-8")


def test_what_a_framework_does_not_know_is_refused_row_by_row(centre: Path) -> None:
    (centre / "given.csv").write_text("类别,代码,数值\n数值,staf,31\n要点,A1,很多\n自评分,Z9,1\n", "utf-8")
    said = run("perform", "framework", "fw-department", "--given", "given.csv", code=1)
    assert said.count("PRF-512") == 2
    assert said.count("PRF-513") == 1
    assert "第2行" in said
    assert "PRF-511" in run("perform", "framework", "nonsense", "--year", "2020", code=1)


def test_the_page_of_indicators_is_made_from_the_library() -> None:
    ((path, text),) = docs.pages().items()
    assert path == "reference/indicators.md"
    assert all(f"`{name}`" in text for name in library())
    assert (ROOT / "docs" / path).read_text("utf-8") == text


@pytest.mark.parametrize("name", ["department", "project"])
def test_the_examples_name_their_source(name: str) -> None:
    with (HECHENG / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        assert all(row["依据"] for row in csv.DictReader(source))
