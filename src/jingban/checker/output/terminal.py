"""For people at a terminal: the line, the number underlined, what it should be, why, and the account at the end."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO
from unicodedata import east_asian_width

import click

from jingban.checker import registry
from jingban.checker.output.grouped import groups
from jingban.checker.output.quote import crop, span
from jingban.checker.result import FileResult
from jingban.values.i18n import active
from jingban.values.i18n import gettext as _

COLOURS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
}
CLEAN: dict[str, Any] = {"fg": "green"}
REASONS_SHOWN = 8
REPORT_WIDTH = 120
"""Columns of a summary written to a file."""


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


def print_file(one: FileResult, *, show_info: bool = False, file: TextIO | None = None) -> None:
    """Findings of one file by kind, worst first, and its account, coloured where ``file`` (standard output) is a terminal."""
    shown = [finding for finding in one.findings if show_info or finding["severity"] != "info"]
    lines: list[str] = []
    for group in groups(shown):
        lines += _kind(group)
        lines += [line for finding in group for line in (*_finding(one.path, finding), "")]
    _print([*lines, *_account(one, len(one.findings) - len(shown)), ""], file)


def print_quiet(one: FileResult, *, show_info: bool = False, file: TextIO | None = None) -> None:
    """One line a finding and nothing else: place, severity, code, what is written, what it should be, the message."""
    lines = [f"{one.path}: {_('不能核对')}：{one.unreadable}"] if one.unreadable else []
    for finding in (finding for group in groups(one.findings) for finding in group):
        if finding["severity"] != "info" or show_info:
            kind = click.style(word(finding["severity"]), **COLOURS[finding["severity"]])
            lines.append(f"{where(one.path, finding)}: {kind} {finding['code']} {flat(finding['message'])}")
    if lines:
        _print(lines, file)


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def _print(lines: list[str], file: TextIO | None) -> None:
    colour = False if os.environ.get("NO_COLOR") else None  # None: click looks whether it is a terminal
    click.echo("\n".join(lines), file=file, color=colour)


def _kind(group: list[dict[str, Any]]) -> Iterator[str]:
    """The heading of findings of one kind: how many, and once why."""
    first = group[0]
    count = _("（{} 处）").format(len(group)) if len(group) > 1 else ""
    yield (
        click.style(word(first["severity"]), **COLOURS[first["severity"]])
        + click.style(f"  {title(first['code'], first['name'])}{count}", bold=True)
        + click.style(f"  {first['code']} {first['name']}", dim=True)
    )
    reason = why(first["code"])
    if reason:
        yield click.style(_("为什么：") + reason, dim=True)


def where(path: str, finding: dict[str, Any]) -> str:
    """``report.txt:23`` for text, ``report.pdf 第3页`` for pages, with table, row and column when known."""
    place = path
    if finding["line"]:
        place += f":{finding['line']}"
    elif finding["page"]:
        place += " " + _("第{}页").format(finding["page"])
    cell = [part for part in (finding["table"], finding["row"], finding["column"]) if part]
    return f"{place} {' › '.join(cell)}" if cell else place


def _finding(path: str, finding: dict[str, Any]) -> Iterator[str]:
    colour = COLOURS[finding["severity"]]
    yield "  " + click.style(where(path, finding), bold=True)
    if finding["quote"]:
        yield from _quote(finding, colour)
    yield "    " + finding["message"]
    if finding["expected"]:
        stated = _("写作 ") + finding["stated"] + _("，") if finding["stated"] else ""
        yield f"    {stated}{_('应为 ')}" + click.style(finding["expected"], fg="green", bold=True)
    for line in finding["details"]:
        yield click.style("      " + line, dim=True)
    if finding["suggestion"]:
        yield "    " + click.style(_("改为：") + flat(finding["suggestion"]), fg="green")
    if finding["related_lines"] or finding["merged"]:
        count = max(len(finding["related_lines"]), len(finding["merged"]))
        lines = _("（第 {} 行）").format("、".join(map(str, finding["related_lines"][:8])))
        told = "    " + _("相关 {} 处").format(count) + (lines if finding["related_lines"] else "")
        yield click.style(told, dim=True)


def _quote(finding: dict[str, Any], colour: dict[str, Any]) -> Iterator[str]:
    text, marked = crop(finding["quote"], span(finding["quote"], finding["stated"]))
    margin = click.style("    │ ", dim=True)
    if not marked:
        yield margin + text
        return
    before, number, after = text[: marked[0]], text[marked[0] : marked[1]], text[marked[1] :]
    yield margin + before + click.style(number, underline=True, **colour) + after
    yield margin + " " * width(before) + click.style("^" * width(number), **colour)


def width(text: str) -> int:
    """Columns of a terminal the text takes: a wide character takes two."""
    return sum(2 if east_asian_width(mark) in "WF" else 1 for mark in text)


def _account(one: FileResult, hidden: int) -> Iterator[str]:
    if one.unreadable:
        yield click.style(f"{one.path}：{_('不能核对')}：{one.unreadable}", fg="yellow")
    errors, warnings = one.count("error"), one.count("warning")
    yield (
        f"{one.path}："
        + click.style(_("错误 {}").format(errors), **(COLOURS["error"] if errors else CLEAN))
        + "，"
        + click.style(_("警告 {}").format(warnings), **(COLOURS["warning"] if warnings else CLEAN))
        + (_("，提示 {}（--show-info 展开）").format(hidden) if hidden else "")
    )
    missed = one.checkable - one.verified
    line = (
        _("可核 {}，已核 {}（其中不符 {}），未核 {}").format(one.checkable, one.verified, one.wrong, missed)
        if one.wrong
        else _("可核 {}，已核 {}，未核 {}").format(one.checkable, one.verified, missed)
    )
    reasons = one.reasons().most_common()
    if reasons:
        shown = "；".join(f"{reason} {count}" for reason, count in reasons[:REASONS_SHOWN])
        line += click.style("：" + shown + ("……" if len(reasons) > REASONS_SHOWN else ""), dim=True)
    yield line
    yield from _figures(one)
    if one.suppressed:
        yield click.style(_("另有 {} 条按屏蔽或基线不报").format(len(one.suppressed)), dim=True)
    for note in one.notes:
        yield click.style(note, fg="yellow")


def kind_of_figure(kind: str) -> str:
    """A kind of figure in words."""
    return {
        "amount": _("金额"), "count": _("数量"), "change": _("增减额"), "rate": _("增减率"), "share": _("占比"),
        "completion": _("完成率"), "ratio": _("其他比率"), "mean": _("标准、平均"), "score": _("分值、得分"), "cell": _("表内数"),
    }[kind]  # fmt: skip


def _figures(one: FileResult) -> Iterator[str]:
    """Of every figure that is printed: how many were tried, and per kind."""
    counts = one.figures.values()
    every = sum(each.all for each in counts)
    if every:
        yield _("数字 {}：已核 {}，读出而无对照 {}，未读 {}").format(
            every,
            *(
                f"{part}（{part * 100 / every:.0f}%）"
                for part in (
                    sum(each.verified for each in counts),
                    sum(each.alone for each in counts),
                    sum(each.unread for each in counts),
                )
            ),
        )
        kinds = "；".join(
            f"{kind_of_figure(kind)} {each.verified}/{each.alone}/{each.unread}"
            for kind, each in one.figures.items()
        )
        yield click.style(_("已核/无对照/未读：{}").format(kinds), dim=True)
    if one.strange:
        yield click.style(_("另有 {} 个数在未认出的表里，不在其内").format(one.strange), dim=True)


def print_summary(results: Iterable[FileResult], *, file: TextIO | None = None) -> None:
    """The account of a corpus: by agency, by year and by rule."""
    from rich.console import Console
    from rich.table import Table

    from jingban.checker.output.summary import by_agency, by_document, by_rule, by_year, totals

    console = Console(
        file=file,
        highlight=False,
        markup=False,
        emoji=False,
        width=REPORT_WIDTH if file or not sys.stdout.isatty() else None,
    )
    results = list(results)
    for heading, rows in (
        (_("单位"), by_agency(results)[:30]),
        (_("年度"), by_year(results)),
        (_("规则"), by_rule(results)),
        (_("单位、年度、文种"), by_document(results)[:30]),
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
