"""Documents with one figure changed: every printed figure of a report is a place that can be changed by itself.

A report is rendered once with a mark in the place of every figure; a changed document is that rendering with the marks
filled in, so that all figures of a document can be tried one after the other.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from jingban.checker.context import Context
from jingban.checker.run import Report as Checked
from jingban.checker.run import check_context
from jingban.checker.service import read_file
from jingban.disclosure.formulas import letters
from jingban.disclosure.model import Bar, Block, Chart, Printed, Report, Table, Text
from jingban.disclosure.output.xlsx import HEAD_LINES
from jingban.disclosure.render import render

MARK = re.compile("\ue000(\\d+)\ue001")
_CELL = re.compile(r'(?P<head><c r="(?P<at>[A-Z]+\d+)"[^>]*>(?:<f>[^<]*</f>)?<v>)(?P<value>[^<]+)</v></c>')
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """One printed figure: its text, where it stands in words, and its file of the archive (workbooks)."""

    number: int
    text: str
    where: str
    part: str = ""
    after: str = ""

    def changed(self, change: Decimal) -> str:
        """Money moves by ``change``; a rate of small amounts is known to some points only, so it moves ten times further."""
        value = Decimal(self.text.replace(",", "").rstrip("%"))
        percent = "%" in (self.after, self.text[-1:])
        if value == value.to_integral() and "." not in self.text:
            return f"{value + max(int(change), 2)}" + ("%" if self.text.endswith("%") else "")
        places = len(self.text.rstrip("%").rpartition(".")[2])
        new = f"{value + change * (10 if percent else 1):,.{places}f}"
        return (new if "," in self.text else new.replace(",", "")) + ("%" if self.text.endswith("%") else "")


class Document:
    """A report in one format with its places."""

    def __init__(self, report: Report, form: str) -> None:
        self.form = form
        self.places: list[Place] = []
        if form == "xlsx":
            self._archive = entries(render(report, form))
            self._find_cells(report)
            return
        marked = copy.deepcopy(report)
        marked.blocks = [self._block(block) for block in marked.blocks]
        content = render(marked, form)
        if form == "docx":
            self._archive = entries(content)
            self._body = self._archive["word/document.xml"].decode()
        else:
            self._body = content.decode()
        printed = {int(number) for number in MARK.findall(self._body)}
        self.hidden = [place for place in self.places if place.number not in printed]
        self.places = [place for place in self.places if place.number in printed]
        self._all = {place.number: place.text for place in (*self.places, *self.hidden)}

    # -- marks ---------------------------------------------------------------------------------------------------------

    def _mark(self, text: str, where: str, after: str = "") -> str:
        if not _NUMBER.search(text):
            return text
        found = _NUMBER.search(text)
        assert found is not None
        if found[0] != text.rstrip("%"):  # "2次": the figure with its unit word
            head, number, tail = text.partition(found[0])
            return head + self._mark(number, where, tail[:1]) + tail
        place = Place(len(self.places), text, where, after=after)
        self.places.append(place)
        return f"\ue000{place.number}\ue001"

    def _block(self, block: Block) -> Block:
        if isinstance(block, Text):
            runs = list(block.runs)
            for at, run in enumerate(runs):
                if isinstance(run, Printed):
                    rest = runs[at + 1] if at + 1 < len(runs) else ""
                    after = rest[:1] if isinstance(rest, str) else ""
                    before = "".join(one if isinstance(one, str) else one.text for one in block.runs[:at])
                    where = f"{before[-16:]}{run.text}{after}"
                    runs[at] = replace(run, text=self._mark(run.text, where, after))
            return Text(tuple(runs), block.align)
        if isinstance(block, Table):
            for row in block.grid.rows:
                for cell in row:
                    if cell is not None and cell.figure is not None and cell.text:
                        cell.text = self._mark(cell.text, f"{block.title} {cell.key}")
        if isinstance(block, Chart) and self.form == "docx":
            bars = tuple(
                Bar(bar.label, bar.values, tuple(self._mark(text, block.title) for text in bar.printed))
                for bar in block.bars
            )
            return replace(block, bars=bars)
        return block

    def _find_cells(self, report: Report) -> None:
        """Number cells that show a figure; the sheets stand in the order of the printed tables."""
        tables = [table for table in report.tables() if table.own_page or table.grid.filled]
        for sheet, table in enumerate(tables, start=1):
            part = f"xl/worksheets/sheet{sheet}.xml"
            shown = {
                f"{letters(column)}{row + HEAD_LINES + 1}": f"{table.title} {cell.key}"
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
        if self.form == "xlsx":
            parts = dict(self._archive)
            if change:
                place, new = change
                text = parts[place.part].decode()
                at = place.number
                parts[place.part] = (text[:at] + new + text[at + len(place.text) :]).encode()
            path.write_bytes(zipped(parts))
            return path
        texts = {**self._all, **({change[0].number: change[1]} if change else {})}
        body = MARK.sub(lambda found: texts[int(found[1])], self._body)
        if self.form == "docx":
            path.write_bytes(zipped({**self._archive, "word/document.xml": body.encode()}))
        else:
            path.write_text(body, "utf-8")
        return path


UNCHECKABLE = (
    re.compile(
        r"年初人数\d|保有量\d|(?:召开会议|参加|组织培训)\d+|设备\d|接待(?:来访团组)?\d+批|批次，\d+人|团组\d+个|个，(?:出国（境）)?\d+人|(?:会议费|培训费)支出[\d.]+万"
    ),
    re.compile(r"基础数据表 \('(?:utilities|office|meetings|procurement|adjusted)'"),
    re.compile(r"\('(?:equipment_50|equipment_100|operating|procurement_sme|procurement_small)', 'amount'\)"),
)
"""Where a figure stands that is in no sum, rate or second place: counts of a register, open lists (其中), single lines."""


def checkable(place: Place) -> bool:
    """Whether something in the document tells what the figure must be."""
    return not any(pattern.search(place.where) for pattern in UNCHECKABLE)


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
    """A finding names the changed figure as it now stands (workbooks: as it is shown), or a sum of the table it stands in.

    Nobody can tell which part of a sum is wrong when the part is printed nowhere else.
    """
    words = said(report).replace(",", "")
    wanted = new.replace(",", "").rstrip("%")
    if document.form == "xlsx":
        wanted = f"{Decimal(new):.2f}"
    short = wanted.rstrip("0").rstrip(".") if "." in wanted else wanted
    return wanted in words or short in words or f"{place.where.partition(' (')[0]}：" in words
