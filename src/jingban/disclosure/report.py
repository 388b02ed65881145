"""The final accounts report of a unit and year: the style's template filled with figures, the tables, the charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from jingban.budget.figures import YearFigures
from jingban.disclosure.charts import CHARTS, chart
from jingban.disclosure.grid import Money, grid_of
from jingban.disclosure.model import Block, Heading, Report, Table, Text
from jingban.disclosure.narrative.slots import year_slots
from jingban.disclosure.narrative.styles import STYLES, own, packaged
from jingban.disclosure.narrative.template import Filler, Line, Template, parse
from jingban.forms.filled import FilledForm
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import document
from jingban.values.i18n import gettext as _
from jingban.values.units import unit

_EMPTY = {
    "gk07": document("说明：%(year)s年度本单位没有“三公”经费支出，本表决算数为零。"),
    "gk08": document("说明：%(year)s年度本单位没有政府性基金预算财政拨款收入、支出，本表为空。"),
    "gk09": document("说明：%(year)s年度本单位没有国有资本经营预算财政拨款支出，本表为空。"),
}
EMPTY_NOTES = {
    **_EMPTY,
    "sc10": _EMPTY["gk07"],
    "sc11": _EMPTY["gk08"],
    "sc12": document("说明：%(year)s年度本单位没有政府性基金预算财政拨款安排的“三公”经费，本表为空。"),
    "sc13": _EMPTY["gk09"],
    "sc14": _EMPTY["gk09"],
}
WIDE = frozenset(
    {"gk02", "gk03", "gk04", "gk06", "gk07", "sc02", "sc03", "sc04", "sc05", "sc07", "sc08", "sc10", "sc12"}
)
"""Forms whose columns need the page turned."""
LARGE = frozenset({"sc05", "sc07"})
"""Forms so wide that they are printed on A3."""


def read_template(style: str, folder: Path | None = None) -> Template:
    """The template of a style: the centre's own file ``<style>.txt`` when ``folder`` has one, else the packaged one."""
    if folder is not None and (folder / f"{style}.txt").is_file():
        return parse(own(folder / f"{style}.txt"), f"{style}.txt")
    if style not in STYLES:
        raise refuse(
            "DIS-201",
            _("没有“%(style)s”版式；可用：%(known)s") % {"style": style, "known": _("、").join(STYLES)},
        )
    return parse(packaged(style), f"{style}.txt")


@dataclass(slots=True)
class Builder:
    """Builds the report; ``annexes`` are reports appended where the template says @附件."""

    figures: YearFigures
    template: Template
    annexes: list[Report] = field(default_factory=list)
    money: Money = field(default_factory=lambda: Money(unit("万元")))
    findings: list[Finding] = field(default_factory=list)

    def build(self) -> Report:
        """Refuses with every slot that does not exist or has no value this year (DIS-102, DIS-105)."""
        owner, year = self.figures.unit.name, self.figures.year
        report = Report(
            f"{owner}{year}年度部门决算", (f"{year}年度", owner, document("部门决算")), owner, year
        )
        titles = tuple("".join(one.title) for one in self.annexes)
        filler = Filler(year_slots(self.figures, titles), self.template.name)
        for line in self.template.lines:
            report.blocks += self._line(line, filler)
        wrong = [*filler.findings.values(), *self.findings]
        if wrong:
            raise Refused(wrong)
        return report

    def _line(self, line: Line, filler: Filler) -> Iterator[Block]:
        if line.kind == "directive":
            yield from self._directive(line)
            return
        for runs in filler.paragraphs(line):
            text = Text(runs)
            if line.kind == "heading":
                yield Heading(line.level, text.plain)
            else:
                yield text

    def _directive(self, line: Line) -> Iterator[Block]:
        if line.directive == "表格单位":
            self.money = Money(unit(line.argument), 2, line.argument == "元")
        elif line.directive == "表":
            form = self.figures.all_forms.get(line.argument)
            if form is None:
                message = _("没有表“%(form)s”；可用：%(known)s") % {
                    "form": line.argument,
                    "known": _("、").join(self.figures.all_forms),
                }
                self.findings.append(Finding("DIS-106", message, row=line.number, subject=self.template.name))
            else:
                yield table(form, self.money)
        elif line.directive == "图":
            drawn = chart(line.argument, self.figures)
            if drawn is None:
                message = _("没有图“%(name)s”；可用：%(known)s") % {
                    "name": line.argument,
                    "known": _("、").join(CHARTS),
                }
                self.findings.append(Finding("DIS-107", message, row=line.number, subject=self.template.name))
            else:
                yield drawn
        else:
            for number, annex in enumerate(self.annexes, start=1):
                yield from _annexed(annex, number if len(self.annexes) > 1 else 0)


def _annexed(annex: Report, number: int) -> Iterator[Block]:
    """An annex with its number; one that is a single table carries its number over the table itself."""
    label = document("附件%(number)s") % {"number": number or ""}
    if len(annex.blocks) == 1 and isinstance(annex.blocks[0], Table):
        yield replace(annex.blocks[0], number=label)
        return
    yield Heading(1, f"{label} {''.join(annex.title)}")
    yield from annex.blocks


def table(filled: FilledForm, money: Money) -> Table:
    """One statutory table with its title, number, owner, unit and notes."""
    notes = [filled.form.footnote.replace("{year}", str(filled.year))] if filled.form.footnote else []
    empty = filled.form.id in EMPTY_NOTES and _nothing(filled)
    if empty:
        notes.append(EMPTY_NOTES[filled.form.id] % {"year": filled.year})
    form = filled.form
    own = form.edition(filled.year).title if form.editions and not form.base else ""
    return Table(
        own or form.title,
        grid_of(filled, money),
        re.sub(r"^.*?(?=公开)", "", form.number),
        filled.owner,
        money.unit.symbol,
        tuple(notes),
        filled.form.id in WIDE,
        large=filled.form.id in LARGE,
    )


def _nothing(filled: FilledForm) -> bool:
    """No figures; for 公开07 no actual ones."""
    if filled.form.id in ("gk07", "sc10"):
        return not any(
            figure.amount for (_row, column), figure in filled.cells.items() if column.startswith("actual")
        )
    return filled.empty


def build(
    figures: YearFigures, style: str, *, annexes: list[Report] | None = None, templates: Path | None = None
) -> Report:
    """The report of a year in a style."""
    return Builder(figures, read_template(style, templates), annexes or []).build()
