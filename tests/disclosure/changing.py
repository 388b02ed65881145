"""Documents with one figure changed: every printed figure of a report is a place that can be changed by itself.

A report is rendered once with a mark in the place of every figure; a changed document is that rendering with the marks
filled in, so that all figures of a document can be tried one after the other. PDF is laid out anew for each change.
Figures that stand in words (targets, 设定6项指标, a rate in a note) are places too.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from jingban.checker.context import Context
from jingban.checker.run import Report as Checked
from jingban.checker.run import check_context
from jingban.checker.service import read_file
from jingban.disclosure.formulas import letters
from jingban.disclosure.model import Bar, Block, Chart, Report, Run, Table, Text
from jingban.disclosure.output.xlsx import HEAD_LINES
from jingban.disclosure.render import render

MARK = re.compile("\ue000(\\d+)\ue001")
_CELL = re.compile(r'(?P<head><c r="(?P<at>[A-Z]+\d+)"[^>]*>(?:<f>[^<]*</f>)?<v>)(?P<value>[^<]+)</v></c>')
_ALONE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_IN_WORDS = re.compile(
    r"(?<![\d.,\ue000])\d[\d,]*(?:\.\d+)?(?:%|(?=[^\W\d_a-zA-Z\ue001])(?!年|月|日|、|万元以上))"
)
"""A figure with its unit in words; no year, date or ordinal, nor the 单价50万元以上 of the form itself."""
BEFORE = 40
"""Characters of a sentence that tell where in it a figure stands."""
ARCHIVES = {"docx": "word/document.xml", "xlsx": "xl/sharedStrings.xml"}
"""Formats that are archives, and the part that holds the words."""


@dataclass(frozen=True, slots=True)
class Place:
    """One printed figure: its text, where it stands in words, and its file of the archive (workbooks)."""

    number: int
    text: str
    where: str
    part: str = ""
    after: str = ""

    def changed(self, change: Decimal) -> str:
        """Moved by ``change``, up where it would fall below nought.

        A count moves by two and by a fiftieth at least; a rate of small amounts is known to some points only, so it
        moves ten times further.
        """
        value = Decimal(self.text.replace(",", "").rstrip("%"))
        places = len(self.text.rstrip("%").partition(".")[2])
        percent = "%" in (self.after, self.text[-1:])
        if not places:
            change = Decimal(max(int(abs(change)), 2, int(value) // 50)).copy_sign(change)
        elif percent:
            change *= 10
        new = f"{value + change if value + change >= 0 else value + abs(change):,.{places}f}"
        return (new if "," in self.text else new.replace(",", "")) + ("%" if self.text.endswith("%") else "")


class Document:
    """A report in one format with its places."""

    def __init__(self, report: Report, form: str) -> None:
        self.form = form
        self.forms = {table.grid.form.partition(".")[0] for table in report.tables()}
        self.places: list[Place] = []
        self._marked = copy.deepcopy(report)
        self._marked.blocks = [self._block(block) for block in self._marked.blocks]
        self._all = {place.number: place.text for place in self.places}
        content = render(self._marked, form) if form != "pdf" else b""
        self._archive = entries(content) if form in ARCHIVES else {}
        self._part = ARCHIVES.get(form, "")
        self._body = self._archive.get(self._part, content).decode()
        if form != "pdf":
            printed = {int(number) for number in MARK.findall(self._body)}
            self.places = [place for place in self.places if place.number in printed]
        if form == "xlsx":
            self._find_cells(report)

    # -- marks ---------------------------------------------------------------------------------------------------------

    def _mark(self, text: str, where: str, after: str = "") -> str:
        """The mark of a figure that is printed alone: '254.33', '99.32%', '-3'."""
        place = Place(len(self.places), text, where, after=after)
        self.places.append(place)
        return f"\ue000{place.number}\ue001"

    def _words(self, text: str, where: str) -> str:
        """Words with a mark in the place of every figure in them: '≥2次', '设定6项指标'."""

        def mark(found: re.Match[str]) -> str:
            before, after = text[: found.start()][-BEFORE:], text[found.end() :][:8]
            return self._mark(found[0], f"{where} {before}[{found[0]}]{after}", after[:1])

        return _IN_WORDS.sub(mark, text)

    def _block(self, block: Block) -> Block:
        if isinstance(block, Text):
            return Text(tuple(self._runs(block)), block.align)
        if isinstance(block, Table):
            self._cells(block)
            return replace(block, notes=tuple(self._words(note, f"{block.title} 注") for note in block.notes))
        if isinstance(block, Chart) and self.form == "docx":
            bars = tuple(
                Bar(bar.label, bar.values, tuple(self._mark(text, block.title) for text in bar.printed))
                for bar in block.bars
            )
            return replace(block, bars=bars)
        return block

    def _runs(self, block: Text) -> Iterator[Run]:
        before = ""
        for at, run in enumerate(block.runs):
            if isinstance(run, str):
                yield self._words(run, before[-BEFORE:])
                before += run
                continue
            rest = block.runs[at + 1] if at + 1 < len(block.runs) else ""
            after = rest[:1] if isinstance(rest, str) else ""
            yield replace(run, text=self._mark(run.text, f"{before[-BEFORE:]}[{run.text}]{after}", after))
            before += run.text

    def _cells(self, table: Table) -> None:
        for row in table.grid.rows:
            name = "不适用" if any(cell is not None and cell.text == "不适用" for cell in row) else ""
            for cell in row:
                if cell is None or (self.form == "xlsx" and cell.kind != "text"):
                    continue  # a number of a workbook is no text: see ``_find_cells``
                where = f"{table.title} {cell.key or name}"
                if cell.figure is not None and _ALONE.fullmatch(cell.text):
                    cell.text = self._mark(cell.text, f"{where} [{cell.text}]")
                elif cell.figure is not None or cell.kind == "text":
                    cell.text = self._words(cell.text, where)

    def _find_cells(self, report: Report) -> None:
        """Number cells that show a figure; the sheets stand in the order of the printed tables."""
        tables = [table for table in report.tables() if table.own_page or table.grid.filled]
        for sheet, table in enumerate(tables, start=1):
            part = f"xl/worksheets/sheet{sheet}.xml"
            shown = {
                f"{letters(column)}{row + HEAD_LINES + 1}": f"{table.title} {cell.key} [{cell.text}]"
                for row, cells in enumerate(table.grid.rows)
                for column, cell in enumerate(cells)
                if cell is not None and cell.figure is not None
            }
            for cell in _CELL.finditer(self._archive[part].decode()):
                if cell["at"] in shown and 't="s' not in cell["head"]:
                    self.places.append(Place(cell.start("value"), cell["value"], shown[cell["at"]], part))

    # -- documents -----------------------------------------------------------------------------------------------------

    def write(self, path: Path, change: tuple[Place, str] | None = None) -> Path:
        """The document, as it is or with one place changed."""
        path = path.with_suffix(f".{self.form}")
        place, new = change or (None, "")
        texts = {**self._all, **({place.number: new} if place and not place.part else {})}

        def filled(text: str) -> str:
            return MARK.sub(lambda found: texts[int(found[1])], text)

        if self.form == "pdf":
            path.write_bytes(render(_mapped(self._marked, filled), "pdf"))
            return path
        if not self._archive:
            path.write_text(filled(self._body), "utf-8")
            return path
        parts = {**self._archive, self._part: filled(self._body).encode()}
        if place and place.part:
            text, at = parts[place.part].decode(), place.number
            parts[place.part] = (text[:at] + new + text[at + len(place.text) :]).encode()
        path.write_bytes(zipped(parts))
        return path

    def line(self, place: Place) -> int:
        """The line of a text on which a figure stands, from 1."""
        return self._body.count("\n", 0, self._body.index(f"\ue000{place.number}\ue001")) + 1


def _mapped(report: Report, change: Callable[[str], str]) -> Report:
    """A copy of a report with every text changed."""
    made = copy.deepcopy(report)
    for at, block in enumerate(made.blocks):
        if isinstance(block, Text):
            runs = (
                change(run) if isinstance(run, str) else replace(run, text=change(run.text))
                for run in block.runs
            )
            made.blocks[at] = replace(block, runs=tuple(runs))
        elif isinstance(block, Table):
            for cell in (cell for row in block.grid.rows for cell in row if cell is not None):
                cell.text = change(cell.text)
            made.blocks[at] = replace(block, notes=tuple(map(change, block.notes)))
    return made


@dataclass(frozen=True, slots=True)
class Untold:
    """Figures that stand in no sum or rate and nowhere else, why, and the form that would print them a second time."""

    why: str
    where: re.Pattern[str]
    told_by: frozenset[str] = frozenset()


UNCHECKABLE = (
    Untold("a count of a log, printed once", re.compile(r"(?:召开会议|组织培训|次，参加|年初人数)\[")),
    Untold("guests of receptions, printed once; bounded by their groups", re.compile(r"内公务接待支出(?!0\.00)[^；]*(?:接待|批次，)\[")),
    Untold(
        "may hold project money, which is not printed by economic code",
        re.compile(r"(?:会议费|培训费)支出\["), frozenset({"sc07"}),
    ),
    Untold(
        "a count of the register of assets; bounded by all vehicles",
        re.compile(r"保有量\[(?!0\])|设备\["), frozenset({"sc15"}),
    ),
    Untold("nothing was planned, so no rate is printed", re.compile(r"\('procurement', 'budget'\) \[0.00")),
    Untold(
        "nothing was bought, so no rate is printed",
        re.compile(r"\('procurement', 'actual'\) \[0.00"), frozenset({"gk01", "sc01"}),
    ),
    Untold("the target of an indicator that does not apply", re.compile(r"不适用 ≥\[")),
)  # fmt: skip


def untold(document: Document, place: Place) -> str:
    """Why nothing in the document tells what the figure must be; '' where something does."""
    fits = (
        one for one in UNCHECKABLE if one.where.search(place.where) and document.forms.isdisjoint(one.told_by)
    )
    return next((one.why for one in fits), "")


def entries(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def check(path: Path) -> Checked:
    return check_context(Context(read_file(path)))


def said(report: Checked) -> str:
    """Everything the findings say and quote."""
    return " ".join(_words(report))


def _words(report: Checked) -> Iterator[str]:
    for finding in report.findings:
        for problem in (finding.problem, *finding.merged):
            yield from (
                problem.message,
                problem.stated or "",
                problem.quote or "",
                *map(str, problem.details),
            )


def located(document: Document, place: Place, new: str, report: Checked) -> bool:
    """A finding stands on the line of the changed figure, or was told from it; in other formats it names the figure as
    it now stands (a number of a workbook: as it is shown), or a sum of its table: nobody can tell which part of a sum is
    wrong when the part is printed nowhere else.
    """
    if document.form == "txt":
        return document.line(place) in _lines(report)
    words = said(report).replace(",", "")
    wanted = (_as_shown(place, new) if place.part else new).replace(",", "").rstrip("%")
    short = wanted.rstrip("0").rstrip(".") if "." in wanted else wanted
    return wanted in words or short in words or f"{place.where.partition(' (')[0]}：" in words


def _as_shown(place: Place, new: str) -> str:
    """A number of a workbook as its cell shows it: rates in percent, as many decimals as before."""
    before = place.where.rpartition("[")[2].partition("]")[0].rstrip("%")
    percent = place.where.endswith("%]")
    return f"{Decimal(new) * (100 if percent else 1):.{len(before.partition('.')[2])}f}"


def _lines(report: Checked) -> set[int | None]:
    """Lines where the findings stand and those of the figures they were told from."""
    problems = (one for finding in report.findings for one in (finding.problem, *finding.merged))
    return {source.line for problem in problems for source in (problem.source, *problem.related)}
