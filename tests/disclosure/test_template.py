"""Templates: edited sentences keep their figures bound; what cannot be filled is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.budget.figures import Compared, YearFigures
from jingban.budget.models import Unit
from jingban.checker.context import Context
from jingban.checker.run import check_context
from jingban.checker.service import read_file
from jingban.cli.publish import publish
from jingban.disclosure.model import Printed, Text
from jingban.disclosure.narrative.quantity import slots
from jingban.disclosure.narrative.styles import STYLES
from jingban.disclosure.narrative.template import Filler, Value, parse
from jingban.disclosure.output.text import text
from jingban.disclosure.report import build, read_template
from jingban.forms.filled import Figure, Trace
from jingban.values.findings import Refused
from tests.support.databases import Database


def _filled(template: str, scope: dict[str, object]) -> tuple[list[str], list[str]]:
    filler = Filler(scope, "t.txt")  # type: ignore[arg-type]
    lines = ["".join(run if isinstance(run, str) else run.text for run in runs) for line in parse(template, "t.txt").lines for runs in filler.paragraphs(line)]  # fmt: skip
    return lines, [f"{one.code}:{one.row}" for one in filler.findings.values()]


def test_conditions_repetitions_and_empty_paragraphs() -> None:
    members = [{"类.名称": Value("甲")}, {"类.名称": Value("乙")}]
    scope = {"有": True, "无": False, "类": members, "空": []}
    assert _filled("% 备注\n[如果 有|有[如果 无|甲|乙]|没有]\n[如果 无|不印]\n", scope) == (["有乙"], [])
    assert _filled("共[逐个 类|、|{类.名称}]。", scope) == (["共甲、乙。"], [])
    assert _filled("[逐个 类|换行|{类.名称}。]\n[逐个 空|换行|x]", scope) == (["甲。", "乙。"], [])


@pytest.mark.parametrize(
    ("template", "codes"),
    [
        ("# 标题\n收入{本年收人}万元", ["DIS-102:2"]),
        ("收入{上年}万元", ["DIS-105:1"]),
    ],
)
def test_a_slot_that_cannot_be_filled_is_told_with_its_line(template: str, codes: list[str]) -> None:
    assert _filled(template, {"本年收入": Value("1"), "上年": None})[1] == codes


@pytest.mark.parametrize(
    ("template", "code"),
    [("支出{a", "DIS-101"), ("[如果 a|b", "DIS-101"), ("[循环 a|b|c]", "DIS-101"), ("支出12.5万元", "DIS-103"), ("占30%", "DIS-103"), ("@表格 gk01", "DIS-104")],
)  # fmt: skip
def test_a_broken_template_is_refused(template: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(template, "t.txt")
    assert [one.code for one in refused.value.findings] == [code]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("支出{本年支出万元。", "请补上“}”"),
        ("[如果 甲|有", "请补上“]”"),
        ("[如果 甲|有[如果 乙|一|二]", "请补上“]”"),
        ("支出合计]。", "多了一个“]”，请删去，或在前面补上“[”"),
        ("支出}合计。", "多了一个“}”，请删去，或在前面补上“{”"),
        ("[如果 甲|有|没有|都不是]", "应为 [如果 条件|……|……]"),
        ("支出12.5万元", "请改用花括号里的名称"),
        ("@表格 gk01", "可用：表格单位、表、图、附件"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_file_line_and_what_to_do(line: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(f"% 备注\n# 标题\n{line}\n收入{{本年收入}}万元。\n", "hunan.txt")
    [finding] = refused.value.findings
    assert (finding.subject, finding.row) == ("hunan.txt", 3)
    assert words in finding.message


def test_all_slips_of_a_file_are_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        parse("支出{a\n好的一句。\n]\n@画 x\n占30%。\n", "t.txt")
    assert [(one.code, one.row) for one in refused.value.findings] == [
        ("DIS-101", 1), ("DIS-101", 3), ("DIS-104", 4), ("DIS-103", 5),
    ]  # fmt: skip


def test_signs_of_a_chinese_keyboard_are_understood() -> None:
    scope = {"有": True, "年度": Value("2020")}
    assert _filled("％ 备注\n［如果 有｜｛年度｝年｜没有］。", scope) == (["2020年。"], [])
    assert parse("＃＃ 一、标题\n＠表 gk01", "t.txt") == parse("## 一、标题\n@表 gk01", "t.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_template_may_be_saved_by_any_editor(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "hunan.txt").write_text("% 备注\n# 第一部分 概况\n收入{本年收入}万元。\n", encoding)
    assert [line.number for line in read_template("hunan", tmp_path).lines] == [2, 3]
    assert read_template("hunan", tmp_path).lines[1].parts[0] == "收入"


@pytest.mark.parametrize("style", STYLES)
def test_what_is_copied_to_be_edited_says_the_same(tmp_path: Path, style: str) -> None:
    made = CliRunner().invoke(publish, ["--copy-templates", str(tmp_path)])
    assert made.exit_code == 0
    assert read_template(style, tmp_path) == read_template(style)
    (tmp_path / f"{style}.txt").write_text("# 我的\n", "utf-8")
    assert CliRunner().invoke(publish, ["--copy-templates", str(tmp_path)]).exit_code == 0
    assert (tmp_path / f"{style}.txt").read_text(
        "utf-8"
    ) == "# 我的\n"  # nothing of the centre's is overwritten


def test_statutory_thresholds_may_be_written_out() -> None:
    assert parse("单价50万元以上通用设备，12月31日，2020年", "t.txt").lines


amounts = st.integers(0, 10**11)


@given(amounts, st.none() | amounts)
@settings(max_examples=200, deadline=None)
def test_words_rates_and_differences_agree_with_the_printed_figures(now: int, before: int | None) -> None:
    trace = Trace("x")
    made = slots("数", Compared(Figure(now, trace), None if before is None else Figure(before, trace)))
    if before is None:
        assert made["数.上年"] is None
        return
    gap, word = made["数.增减"], made["数.增减词"]
    assert isinstance(gap, Value)
    assert isinstance(word, Value)
    printed_now, printed_before = made["数"].text, made["数.上年"].text  # type: ignore[union-attr]
    if printed_now != printed_before:
        assert word.text == ("增加" if now > before else "减少")
    elif gap.text == "0.00":
        assert word.text == "持平"
    assert (made["数.增减率"] is None) == (printed_before == "0.00")


def test_an_edited_sentence_keeps_its_figures_and_the_checker_follows(
    shifeng: Database, tmp_path: Path
) -> None:
    """A person rewrites the opening sentence; its figures stay bound and the document stays clean."""
    from importlib.resources import files

    source = (files("jingban.disclosure") / "styles" / "hunan.txt").read_text("utf-8")
    changed = source.replace(
        "{年度}年度收、支总计{收支总计}万元。", "本单位{年度}年度的收、支总计为{收支总计}万元。"
    )
    assert changed != source
    (tmp_path / "hunan.txt").write_text(changed, "utf-8")
    report = build(YearFigures(Unit.objects.get(), 2020), "hunan", templates=tmp_path)
    sentence = next(
        block
        for block in report.blocks
        if isinstance(block, Text) and block.plain.startswith("本单位2020年度的")
    )
    bound = [run for run in sentence.runs if isinstance(run, Printed)]
    assert [(run.name, run.text) for run in bound[:3]] == [
        ("收支总计", "150.64"),
        ("收支总计.上年", "586.31"),
        ("收支总计.增减", "435.67"),
    ]
    assert bound[0].figure.amount == 1_506_417_00
    (tmp_path / "r.txt").write_text(text(report), "utf-8")
    assert check_context(Context(read_file(tmp_path / "r.txt"))).findings == []


def test_every_unknown_slot_table_and_chart_is_listed_at_once(shifeng: Database, tmp_path: Path) -> None:
    (tmp_path / "hunan.txt").write_text("{收支总记}万元\n@表 gk99\n@图 圆饼\n", "utf-8")
    with pytest.raises(Refused) as refused:
        build(YearFigures(Unit.objects.get(), 2020), "hunan", templates=tmp_path)
    assert [one.code for one in refused.value.findings] == ["DIS-102", "DIS-106", "DIS-107"]
    unknown, form, chart = (one.message for one in refused.value.findings)
    assert "收支总计" in unknown
    assert "gk01" in form
    assert "收支对比、支出结构" in chart
