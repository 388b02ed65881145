"""The same document in every format gives the same headings, paragraphs and tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.checker.readers import read, read_bytes
from tests.checker.reading import canon
from tests.checker.reading.examples import REPORT
from tests.checker.reading.writers import WRITERS, Form, Head, Item, Span, Text, write_docx

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def reference() -> tuple[list[dict[str, object]], list[str]]:
    document = read_bytes(write_docx(REPORT))
    assert document.format == "docx"
    return canon.tables(document), canon.words(document)


@pytest.mark.parametrize("name", list(WRITERS))
def test_one_report_reads_the_same_in_every_format(
    name: str, reference: tuple[list[dict[str, object]], list[str]]
) -> None:
    document = read_bytes(WRITERS[name](REPORT), name, ".md" if name == "md" else "")
    assert document.notes == []
    assert document.format == name.split("-")[0]
    assert canon.tables(document) == reference[0]
    assert canon.words(document) == reference[1]


@pytest.mark.parametrize("name", ["report.doc", "report-by-office.pdf"])
def test_files_written_by_an_office_suite(
    name: str, reference: tuple[list[dict[str, object]], list[str]]
) -> None:
    document = read(DATA / name)
    assert document.notes == []
    assert canon.tables(document) == reference[0]
    assert canon.words(document) == reference[1]


def test_the_reference_is_what_was_written(reference: tuple[list[dict[str, object]], list[str]]) -> None:
    tables, words = reference
    assert [(table["title"], table["number"], table["unit"]) for table in tables[:4]] == [
        ("收入支出决算总表", "公开01表", "万元"),
        ("收入决算表", "公开02表", "万元"),
        ("一般公共预算财政拨款基本支出决算表", "公开06表", "万元"),
        ("一般公共预算财政拨款“三公”经费支出决算表", "公开07表", "万元"),
    ]
    income = tables[1]
    assert [role for _path, role, _unit in income["columns"]] == [
        "code",
        "label",
        "amount",
        "amount",
        "amount",
    ]  # type: ignore[attr-defined]
    assert income["body"][0] == ["合计", "", "812.30", "800.30", "12.00"]  # type: ignore[index]
    evaluation = tables[-1]["body"]
    assert evaluation[1][1:4] == ["产出指标(50分)", "数量指标", "宣传资料"]  # type: ignore[index]
    assert evaluation[-1] == ["总分", "", "", "", "", "", "100", "97.5", ""]  # type: ignore[index]
    assert words[0] == "第二部分2023年度部门决算表"


HAN = st.text(
    st.sampled_from("养老保险待遇发放征缴稽核档案信息宣传培训窗口服务系统维护代办认证"),
    min_size=2,
    max_size=9,
)
AMOUNT = st.integers(-99_999_999, 9_999_999_999).map(lambda fen: f"{fen / 100:.2f}")


@st.composite
def documents(draw: st.DrawFn) -> list[Item]:
    """Statutory-looking documents: text, then a table of random size with code, name and amount columns."""
    columns = draw(st.integers(2, 6))
    rows = draw(st.integers(2, 9))
    labels = draw(st.lists(HAN, min_size=columns, max_size=columns, unique=True))
    header: list[str | Span | None] = ["科目编码", "科目名称", *(f"{label}支出" for label in labels)]
    grid: list[list[str | Span | None]] = [header]
    grid.append(["", "合计", *(draw(AMOUNT) for _n in range(columns))])
    for row in range(rows):
        code = f"208{draw(st.integers(1, 99)):02d}{row + 1:02d}"
        grid.append(
            [code, draw(HAN) + "事务", *(draw(st.one_of(AMOUNT, st.just(""))) for _n in range(columns))]
        )
    year = draw(st.integers(2017, 2025))
    words = draw(HAN)
    return [
        Head("第二部分 部门决算表", 1),
        Form(grid, (f"{words}支出决算表", "公开03表", "单位：万元")),
        Head(f"一、{words}情况说明", 2),
        Text(f"{year}年度{words}支出{draw(AMOUNT)}万元，主要用于{draw(HAN)}和{draw(HAN)}等方面的工作。"),
    ]


@settings(max_examples=25, deadline=None)
@given(documents())
def test_random_tables_read_the_same_in_the_quick_formats(items: list[Item]) -> None:
    form = items[1]
    assert isinstance(form, Form)
    expected = [list(row) for row in form.grid[1:]]
    for name in ("txt-c", "txt-t", "md", "html", "docx", "xlsx"):
        document = read_bytes(WRITERS[name](items), name)
        assert document.notes == []
        (table,) = document.tables()
        assert [[cell.text if cell else "" for cell in row] for row in table.body()] == expected, name
        assert [column.path for column in table.columns] == [(word,) for word in form.grid[0]], name
        assert (table.number, table.unit) == ("公开03表", "万元")
        assert canon.words(document) == [
            canon.normalise(item.text) for item in items if not isinstance(item, Form)
        ]


@settings(max_examples=4, deadline=None)
@given(documents())
def test_random_tables_read_the_same_as_pdf(items: list[Item]) -> None:
    pdf, html = read_bytes(WRITERS["pdf"](items)), read_bytes(WRITERS["html"](items))
    assert canon.tables(pdf) == canon.tables(html)
    assert canon.words(pdf) == canon.words(html)
