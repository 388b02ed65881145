"""Code books: editions, parents, names; a broken file is refused with every defect."""

from __future__ import annotations

import pytest

from jingban.forms.codes import HEADER, code_book, plain, read_book
from jingban.values.findings import Refused

HEAD = ",".join(HEADER) + "\n"


def test_names_follow_the_edition_year() -> None:
    book = code_book("function")
    assert [book.find("20805", year).name for year in (2019, 2020)] == [  # type: ignore[union-attr]
        "行政事业单位离退休",
        "行政事业单位养老支出",
    ]
    assert book.find("2089901", 2021) is None
    assert book.find("2089999", 2020) is None
    assert book.find("2083001", 2020) is None
    assert book.find("2080109", 2020).name == "社会保险经办机构"  # type: ignore[union-attr]


def test_every_class_of_2020_is_printed_in_table_one_order() -> None:
    codes = [entry.code for entry in code_book("function").classes(2020)]
    assert codes == sorted(codes)
    assert {"208", "210", "224", "234"} <= set(codes)
    assert len([code for code in codes if code not in {"227", "230", "233"}]) == 26


def test_economic_children() -> None:
    children = code_book("economic").children("303", 2020)
    assert [child.code for child in children][:3] == ["30301", "30302", "30303"]
    assert children[-1].code == "30399"


def test_plain_names_compare_whatever_the_brackets_and_blanks() -> None:
    assert plain("维修（护）费") == plain("维修 (护)费") == plain("维修护费")
    assert plain("社会保障和就业支出") == plain("社会保障和就业")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("20a,甲,2017,,H,\n", "FRM-203"),
        ("2080,甲,2017,,H,\n", "FRM-203"),
        ("208,,2017,,H,\n", "FRM-203"),
        ("208,甲,2018,2017,H,\n", "FRM-204"),
        ("208,甲,2017,2020,H,\n208,乙,2020,,H,\n", "FRM-205"),
        ("20801,甲,2017,,H,\n", "FRM-206"),
        ("208,甲,2017\n", "FRM-202"),
    ],
)
def test_broken_books_are_refused(rows: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_book("function", HEAD + rows)
    assert code in {finding.code for finding in caught.value.findings}
