"""Tables that fall out of books hold whatever the amounts; one changed figure is found and located."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.checker import registry
from jingban.checker.context import Context
from jingban.checker.readers import read
from jingban.checker.run import Report, check_context

_SPEC = importlib.util.spec_from_file_location("accounts_text", Path(__file__).with_name("accounts_text.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
accounts_text = importlib.util.module_from_spec(_SPEC)
sys.modules["accounts_text"] = accounts_text
_SPEC.loader.exec_module(accounts_text)

RULES = [registry.rule(code) for code in registry.codes() if code[:2] in ("T1", "T2") or code == "U103"]
FIGURE = re.compile(r"(?<=\t)\d[\d,]*\.\d\d(?=\t|\n)")
_amount = st.integers(1_00_00, 9_000_000_00)
accounts = st.builds(
    accounts_text.Accounts,
    basic=st.tuples(*[_amount] * len(accounts_text.ITEMS)),
    project=st.tuples(*[st.one_of(st.just(0), _amount)] * len(accounts_text.ITEMS)),
    opening=st.one_of(st.just(0), _amount),
    shares=st.tuples(*[st.integers(20, 190)] * 5),
    unit=st.sampled_from(["元", "万元"]),
)


def check(text: str, folder: Path) -> Report:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return check_context(Context(read(path)), rules=RULES)


@settings(max_examples=25, deadline=None)
@given(accounts)
def test_tables_from_books_have_no_errors(tmp_path_factory, books) -> None:  # type: ignore[no-untyped-def]
    report = check(books.text(), tmp_path_factory.mktemp("clean"))
    assert [one.problem.message for one in report.findings if one.severity == "error"] == []
    assert report.verified > 150
    assert report.context is not None
    assert len(report.context.bound_tables.tables) == 6


@settings(max_examples=40, deadline=None)
@given(books=accounts, data=st.data())
def test_one_changed_figure_is_found_in_its_table_or_in_one_that_repeats_it(
    tmp_path_factory, books, data
) -> None:  # type: ignore[no-untyped-def]
    text = books.text()
    places = list(FIGURE.finditer(text))
    place = data.draw(st.sampled_from(places))
    amount = float(place[0].replace(",", ""))
    changed = f"{amount + (1_000 if books.unit == '元' else 1):,.2f}"
    if books.unit == "万元":
        changed = changed.replace(",", "")
    report = check(text[: place.start()] + changed + text[place.end() :], tmp_path_factory.mktemp("changed"))
    assert report.findings, (place[0], changed)
    line = text[: place.start()].count("\n") + 1
    seen = {source.line for one in report.findings for source in _sources(one)}
    assert line in seen, (line, place[0], changed, [one.problem.message for one in report.findings])


def _sources(finding):  # type: ignore[no-untyped-def]
    for problem in (finding.problem, *finding.merged):
        yield problem.source
        yield from problem.related
