"""A letter to the agency (DOCX): what in its published document does not hold, where, and what it should be.

The letter is Chinese whatever language the screen speaks: it goes to those who published. Nobody is accused: it asks to
verify, and shows the arithmetic by which anybody can.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jingban.checker.output.grouped import groups
from jingban.checker.output.terminal import flat
from jingban.checker.result import FileResult
from jingban.values.i18n import document as _

FONT = "仿宋"
HEAD = ("序号", "位置", "原文", "写作", "应为", "怎样算得")


def write(results: Iterable[FileResult], target: Path, today: date) -> int:
    """Write the letter about errors and warnings of the files; returns how many findings it lists.

    Each agency gets a section of its own, so that a letter about a corpus can be cut up.
    """
    import docx

    letter: Any = docx.Document()
    _dress(letter)
    count = 0
    agencies: dict[str, list[FileResult]] = {}
    for one in results:
        if _told(one):
            agencies.setdefault(one.agency or "", []).append(one)
    for number, (agency, files) in enumerate(agencies.items()):
        if number:
            letter.add_page_break()
        letter.add_heading(_("关于核实公开文件数据的函"), 1)
        letter.add_paragraph(_("{}：").format(agency or _("（单位）")))
        letter.add_paragraph(
            _(
                "经对你单位公开的下列文件作数据勾稽核对，发现以下各处数字之间不相符合。请对照账表核实，确有差错的请更正后重新公开；另有口径的请函复说明。"
            )
        )
        for one in files:
            count += _file(letter, one)
        letter.add_paragraph(_("核对日期：{}年{}月{}日").format(today.year, today.month, today.day))
    if not agencies:
        letter.add_paragraph(_("所核对的文件没有发现数据不符之处。"))
    letter.save(str(target))
    return count


def _told(one: FileResult) -> list[dict[str, Any]]:
    return [finding for finding in one.findings if finding["severity"] != "info"]


def _file(letter: Any, one: FileResult) -> int:
    year = _("（{}年度）").format(one.year) if one.year else ""
    letter.add_heading(_("《{}》{}").format(Path(one.path).name, year), 2)
    table = letter.add_table(rows=1, cols=len(HEAD), style="Table Grid")
    _fill(table.rows[0], [_(head) for head in HEAD])
    number = 0
    for finding in (finding for group in groups(_told(one)) for finding in group):
        number += 1
        reading = "\n".join([finding["message"], *finding["details"]])
        _fill(
            table.add_row(),
            [
                str(number),
                place(finding),
                flat(finding["quote"]),
                finding["stated"] or "",
                finding["expected"] or "",
                reading,
            ],
        )
        if finding["suggestion"]:
            table.rows[-1].cells[5].add_paragraph(_("建议改为：{}").format(flat(finding["suggestion"])))
    return number


def place(finding: dict[str, Any]) -> str:
    """Page or line, table, row and column, in Chinese."""
    parts = [
        _("第{}页").format(finding["page"]) if finding["page"] else "",
        _("第{}行").format(finding["line"]) if finding["line"] else "",
        *(finding[key] or "" for key in ("table", "row", "column")),
    ]
    return "，".join(part for part in parts if part)


def _fill(row: Any, texts: list[str]) -> None:
    from docx.shared import Pt

    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = "".join(char for char in text if char >= " " or char in "\n\t")
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(9)


def _dress(letter: Any) -> None:
    """East Asian faces for every style: without them a word processor falls back to one that lacks the characters."""
    from docx.oxml.ns import qn

    for name in ("Normal", "Heading 1", "Heading 2"):
        style = letter.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
