"""Which statutory form a table is: by title first, by its rows and headers when no title tells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from jingban.checker.model import Table
from jingban.checker.tables import words
from jingban.forms.catalogue import TABLES, catalogue
from jingban.forms.model import Form
from jingban.values.patterns import lazy

TITLE_LIKENESS_MIN = 0.9
_MAY_BE_FORM = lazy(r"决算|预算|收支|支出总表|收入支出|财政资金|财政拨款|信息")
RECOGNISED_FAMILIES = ("accounts", "sichuan", "annex", "fund", "budget")


class Candidate(Struct, frozen=True):
    """A form a table may be, and how sure the title makes us (0: only its structure can tell)."""

    form: Form
    score: float


@cache
def _titles() -> tuple[tuple[str, Form], ...]:
    """(bare title or alias, form), longest first, so that the most special title wins."""
    found: dict[str, Form] = {}
    for family in RECOGNISED_FAMILIES:
        for form in catalogue(TABLES).family(family):
            for name in (form.title, *form.aliases):
                found.setdefault(words.bare(name), form)
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


def title_lines(table: Table) -> Iterator[str]:
    """Texts that may be the table's title, nearest first."""
    yield table.title
    yield from reversed(table.caption)
    yield from (text for text in _single_cell_rows(table))
    yield table.section


def _single_cell_rows(table: Table) -> Iterator[str]:
    for row in table.rows[:3]:
        texts = {cell.text for cell in row if cell is not None and cell.text}
        if len(texts) == 1:
            yield texts.pop()


def by_title(table: Table, final: bool = False) -> Candidate | None:
    """The form a title names, or None. ``final``: the table stands among final accounts."""
    for line in title_lines(table):
        if line and (found := _as_final(line, final) or match_title(line)) is not None:
            return found
    return None


def _as_final(text: str, final: bool) -> Candidate | None:
    """Among final accounts a title that says neither 预算表 nor 决算 is that of the final account."""
    if not final or "决算" in text or "预算表" in text or "预算总表" in text:
        return None
    for short, full in (("总表", "决算总表"), ("支出表", "支出决算表"), ("收入表", "收入决算表")):
        if short in text and (found := match_title(text.replace(short, full))) is not None:
            return found
    return None


def match_title(text: str) -> Candidate | None:
    """The form whose title ``text`` is: equal, or with the agency's name before it, or nearly equal."""
    wanted = words.title(text)
    if not 4 <= len(wanted) <= 60 or not _MAY_BE_FORM.search(wanted):
        return None
    for name, form in _titles():
        if wanted == name:
            return Candidate(form, 1.0)
    for name, form in _titles():
        if wanted.endswith(name) and len(name) >= 5 and words.only_prefix(wanted[: -len(name)]):
            return Candidate(form, 0.95)
    scored = (
        (words.likeness(wanted, name, TITLE_LIKENESS_MIN), form)
        for name, form in _titles()
        if _plan(wanted) == _plan(name)
    )
    best = max(scored, key=lambda item: item[0])
    return Candidate(best[1], best[0] * 0.95) if best[0] else None


def _plan(title: str) -> bool:
    """A budget (预算表) is no final account (决算表), however alike the rest of the words."""
    return "预算" in title[-4:] or ("决算" not in title and title.endswith(("总表", "支出表", "收入表")))


def by_structure(table: Table) -> Iterator[Candidate]:
    """Forms whose rows or headers are distinctive enough to be told without a title."""
    headers = {words.bare(text) for column in table.columns for text in column.path}
    headers |= {
        words.bare(cell.text) for row in table.rows[: max(table.header_rows, 2)] for cell in row if cell
    }
    labels = {words.label(cell.text) for row in table.rows for cell in row if cell is not None and cell.text}
    for form_id, wanted_headers, wanted_labels in _SIGNS:
        if wanted_headers <= headers and wanted_labels <= labels:
            yield Candidate(catalogue(TABLES)[form_id], 0.7)


_SIGNS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    (
        "gk04",
        frozenset(),
        frozenset({"年初财政拨款结转和结余", "年末财政拨款结转和结余", "本年收入合计", "本年支出合计"}),
    ),
    (
        "gk01",
        frozenset(),
        frozenset(
            {
                "上级补助收入",
                "附属单位上缴收入",
                "本年收入合计",
                "本年支出合计",
                "年初结转和结余",
                "年末结转和结余",
            }
        ),
    ),
    ("gk02", frozenset({"上级补助收入", "附属单位上缴收入", "财政拨款收入"}), frozenset({"合计"})),
    ("gk03", frozenset({"上缴上级支出", "对附属单位补助支出", "基本支出", "项目支出"}), frozenset({"合计"})),
    ("gk06", frozenset(), frozenset({"工资福利支出", "商品和服务支出", "人员经费合计", "公用经费合计"})),
    (
        "gk07",
        frozenset({"预算数", "决算数", "公务接待费", "公务用车购置费"}),
        frozenset(),
    ),
)
"""Headers and labels that together only one form prints. 05 and 09 look alike and are never told by structure."""
