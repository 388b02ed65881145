"""What kind of document, which year, which agency."""

from __future__ import annotations

import pytest

from benchmarks.checker.generator import document
from benchmarks.checker.page import render_text
from benchmarks.checker.world import World
from jingban.checker.context import Context
from jingban.checker.model import Document, Heading, Paragraph, Source
from jingban.checker.profile import detect, years_in
from jingban.checker.readers import read

WANTED = {
    "final": {"final.2017-18", "final.2019-21", "final.2022+"},
    "sichuan": {"final.sichuan"},
    "mof": {"selfeval.mof2020"},
    "hunan": {"selfeval.hunan"},
    "fund": {"fund.final"},
}


@pytest.mark.parametrize("profile", WANTED)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_generated_documents(profile: str, seed: int, tmp_path) -> None:
    doc = document(seed, profile, "T")
    path = tmp_path / "x.txt"
    path.write_text(render_text(doc), encoding="utf-8")
    context = Context(read(path))
    world = doc.facts["world"]
    assert isinstance(world, World)
    assert set(context.profile.kinds) & WANTED[profile], context.profile.kinds
    assert context.year == world.year
    assert context.agency == world.agency
    if profile == "final":
        edition = (
            "final.2017-18"
            if world.year <= 2018
            else "final.2019-21"
            if world.year <= 2021
            else "final.2022+"
        )
        assert context.profile.main == edition


def made(*lines: str) -> Document:
    blocks = [Paragraph(line, Source(line=number)) for number, line in enumerate(lines, start=1)]
    return Document("x.txt", "txt", list(blocks))


def test_two_parts_in_one_file() -> None:
    read_ = made(
        "某县社会保险中心2020年度部门决算", "收支说明。" * 20, "2020年度项目支出绩效自评表", "绩效说明。" * 20
    )
    profile = detect(read_)
    assert profile.kinds == ("final.2019-21", "selfeval.mof2020")
    context = Context(read_)
    assert context.segment(read_.blocks[1]).family == "final"
    assert context.segment(read_.blocks[3]).family == "selfeval"
    assert context.has_kind("final", "budget")
    assert not context.has_kind("fund")


def test_a_table_of_contents_opens_no_part() -> None:
    lines = (
        "2020年度部门决算",
        "目录",
        "第三部分 情况说明",
        "附件 项目支出绩效自评表",
        "本单位负责社会保险经办工作。" * 6,
    )
    assert detect(made(*lines)).kinds == ("final.2019-21",)


def test_an_unknown_document() -> None:
    profile = detect(made("今天天气很好。"))
    assert profile.main == "unknown"
    assert profile.year is None
    assert profile.segment_at(0).kind == "unknown"


def test_the_title_decides_the_year_not_what_it_is_compared_with() -> None:
    profile = detect(made("2020年度部门决算", "与2019年度相比，2019年度、2019年度、2019年度增加。"))
    assert profile.year == 2020


@pytest.mark.parametrize(
    ("text", "years"),
    [("二〇二〇年度", [2020]), ("二○一九年至2020年", [2019, 2020]), ("120201年", []), ("2020 年", [2020])],
)
def test_years(text: str, years: list[int]) -> None:
    assert years_in(text) == years


def test_a_heading_names_the_agency() -> None:
    read_ = Document("x.txt", "txt", [Heading("青石县社会保险事业管理局2021年部门决算", 1, Source(line=1))])
    assert detect(read_).agency == "青石县社会保险事业管理局"
