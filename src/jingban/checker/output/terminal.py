"""For people at a terminal: the line, the number underlined, what it should be, why, and the account at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from jingban.checker import registry
from jingban.checker.output.quote import crop, span
from jingban.checker.result import FileResult
from jingban.values.i18n import active
from jingban.values.i18n import gettext as _

COLOURS = {"error": "bold red", "warning": "yellow", "info": "cyan"}
REASONS_SHOWN = 8


def word(severity: str) -> str:
    return {"error": _("错误"), "warning": _("警告"), "info": _("提示")}[severity]


def why(code: str) -> str:
    """One line of why: the first sentence of the rule's 依据 (Chinese) or its English paragraph."""
    try:
        doc = registry.rule(code).__doc__ or ""
    except KeyError:
        return ""
    text = registry.english(doc) if active() == "en" else ""
    text = text or registry.sections(doc).get("问题", "")
    flat = re.sub(r"\s+", "" if active() == "zh" else " ", text)
    return re.split(r"(?<=[。])|(?<=\.)\s", flat)[0]


def title(code: str, name: str) -> str:
    try:
        rule = registry.rule(code)
    except KeyError:
        return name
    return rule.title_en if active() == "en" else rule.title


def print_file(console: Console, one: FileResult, *, show_info: bool = False) -> None:
    """Findings of one file and its account."""
    hidden = 0
    for finding in one.findings:
        if finding["severity"] == "info" and not show_info:
            hidden += 1
            continue
        _print_finding(console, one.path, finding)
    _print_account(console, one, hidden)


def where(path: str, finding: dict[str, Any]) -> str:
    """``report.txt:23`` for text, ``report.pdf 第3页`` for pages, with table, row and column when known."""
    place = path
    if finding["line"]:
        place += f":{finding['line']}"
    elif finding["page"]:
        place += " " + _("第{}页").format(finding["page"])
    cell = [part for part in (finding["table"], finding["row"], finding["column"]) if part]
    return f"{place} {' › '.join(cell)}" if cell else place


def _print_finding(console: Console, path: str, finding: dict[str, Any]) -> None:
    colour = COLOURS[finding["severity"]]
    head = Text()
    head.append(where(path, finding), style="bold")
    head.append("  ")
    head.append(word(finding["severity"]), style=colour)
    head.append(f"  {title(finding['code'], finding['name'])}")
    head.append(f"  {finding['code']} {finding['name']}", style="dim")
    console.print(head, soft_wrap=True)
    if finding["quote"]:
        _print_quote(console, finding, colour)
    console.print(Text("  " + finding["message"]), soft_wrap=True)
    _print_values(console, finding)
    for line in finding["details"]:
        console.print(Text("    " + line, style="dim"), soft_wrap=True)
    reason = why(finding["code"])
    if reason:
        console.print(Text("  " + _("为什么：") + reason, style="dim"), soft_wrap=True)
    if finding["related_lines"] or finding["merged"]:
        count = max(len(finding["related_lines"]), len(finding["merged"]))
        lines = _("（第 {} 行）").format("、".join(map(str, finding["related_lines"][:8])))
        console.print(
            Text(
                "  " + _("相关 {} 处").format(count) + (lines if finding["related_lines"] else ""),
                style="dim",
            ),
            soft_wrap=True,
        )
    console.print()


def _print_quote(console: Console, finding: dict[str, Any], colour: str) -> None:
    text, marked = crop(finding["quote"], span(finding["quote"], finding["stated"]))
    line = Text("  │ ", style="dim")
    body = Text(text)
    if marked:
        body.stylize(f"underline {colour}", *marked)
    line.append_text(body)
    console.print(line, soft_wrap=True)
    if marked:
        indent = " " * cell_len(text[: marked[0]])
        line = Text("  │ ", style="dim")
        line.append(indent + "^" * cell_len(text[marked[0] : marked[1]]), style=colour)
        console.print(line, soft_wrap=True)


def _print_values(console: Console, finding: dict[str, Any]) -> None:
    stated, expected = finding["stated"], finding["expected"]
    if not expected:
        return
    line = Text("  ")
    if stated:
        line.append(_("写作 ") + stated + _("，"))
    line.append(_("应为 "))
    line.append(expected, style="bold green")
    console.print(line, soft_wrap=True)


def _print_account(console: Console, one: FileResult, hidden: int) -> None:
    if one.unreadable:
        console.print(Text(f"{one.path}：{_('不能核对')}：{one.unreadable}", style="yellow"), soft_wrap=True)
    line = Text(f"{one.path}：")
    errors, warnings = one.count("error"), one.count("warning")
    line.append(_("错误 {}").format(errors), style=COLOURS["error"] if errors else "green")
    line.append("，")
    line.append(_("警告 {}").format(warnings), style=COLOURS["warning"] if warnings else "green")
    if hidden:
        line.append(_("，提示 {}（--show-info 展开）").format(hidden))
    console.print(line, soft_wrap=True)
    missed = one.checkable - one.verified
    line = Text(_("可核 {}，已核 {}，未核 {}").format(one.checkable, one.verified, missed))
    reasons = one.reasons().most_common()
    if reasons:
        shown = "；".join(f"{reason} {count}" for reason, count in reasons[:REASONS_SHOWN])
        line.append("：" + shown + ("……" if len(reasons) > REASONS_SHOWN else ""), style="dim")
    console.print(line, soft_wrap=True)
    if one.suppressed:
        console.print(Text(_("另有 {} 条按屏蔽或基线不报").format(len(one.suppressed)), style="dim"))
    for note in one.notes:
        console.print(Text(note, style="yellow"), soft_wrap=True)
    console.print()


def print_summary(console: Console, results: Iterable[FileResult]) -> None:
    """The account of a corpus: by agency, by year and by rule."""
    from rich.table import Table

    from jingban.checker.output.summary import by_agency, by_rule, by_year, totals

    results = list(results)
    for heading, rows in (
        (_("单位"), by_agency(results)[:30]),
        (_("年度"), by_year(results)),
        (_("规则"), by_rule(results)),
    ):
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column(heading)
        for column in (_("文件"), _("错误"), _("警告"), _("提示")):
            table.add_column(column, justify="right")
        for row in rows:
            table.add_row(row.label, *map(str, (row.files, row.errors, row.warnings, row.infos)))
        console.print(table)
        console.print()
    every = totals(results)
    console.print(
        _("文件 {}：有错误 {}，只有警告 {}，洁净 {}，不能核对 {}").format(
            every.files, every.with_errors, every.with_warnings, every.clean, every.unreadable
        )
    )
    console.print(
        _("可核 {}，已核 {}，未核 {}").format(
            every.checkable, every.verified, every.checkable - every.verified
        )
    )
