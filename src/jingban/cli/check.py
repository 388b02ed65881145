"""``jingban check``: read published reports and show what does not hold. Needs no database."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.corpus import Options
    from jingban.checker.project import Project
    from jingban.checker.result import FileResult
    from jingban.values.confined import Limits

FORMATS = ("text", "json", "sarif", "html", "csv", "xlsx")
FILES_SHOWN_MAX = 20
"""More files than this print only the summary, unless ``--details``."""


@click.command(
    "check",
    help=_(
        "核对公开的决算、预算、绩效自评文件：TXT、DOCX、PDF、HTML、XLSX、MD。给文件夹则核对其中全部文件。\n\n"
        "退出码：0 没有错误；1 有错误；2 不能核对。"
    ),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help=_("输出格式，默认 text；写文件时按后缀推断")
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=True), help=_("写到文件，不写到屏幕")
)
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    help=_("另存一份批注本（PDF 高亮、DOCX 批注）到此文件或文件夹"),
)
@click.option(
    "--select", multiple=True, metavar="CODE,…", help=_("只用这些规则：编码、组（T1）、字母（T）或名称")
)
@click.option("--ignore", multiple=True, metavar="CODE,…", help=_("不用这些规则"))
@click.option("--strict", is_flag=True, help=_("有警告也算不通过"))
@click.option("--show-info", is_flag=True, help=_("展开提示级的发现"))
@click.option("--details", is_flag=True, help=_("文件很多时也逐份列出"))
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("项目文件，默认找 jingban-check.toml"),
)
@click.option("--no-config", is_flag=True, help=_("不读项目文件"))
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("不报基线文件中已有的发现"),
)
@click.option("--write-baseline", type=click.Path(path_type=Path), help=_("把现有发现写成基线文件"))
@click.option("--jobs", type=click.IntRange(1, 256), help=_("并行进程数，默认全部处理器"))
@click.option("--cache", "cache_dir", type=click.Path(path_type=Path, file_okay=False), help=_("缓存目录"))
@click.option("--no-cache", is_flag=True, help=_("不用缓存"))
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, help=_("每份文件最多用多少秒"))
@click.option("--memory", type=click.IntRange(min=256), default=2048, help=_("每个进程最多用多少 MB 内存"))
def check(paths: tuple[Path, ...], **options: Any) -> None:
    try:
        sys.exit(_run(list(paths), options))
    except Refused as refused:
        for finding in refused.findings:
            click.echo(str(finding), err=True)
        sys.exit(2)


def _run(paths: list[Path], given: dict[str, Any]) -> int:
    from jingban.checker.service import find_files

    missing = [path for path in paths if not path.exists()]
    files = find_files([path for path in paths if path.exists()])
    for path in missing:
        click.echo(_("[CHK-107] 没有这个文件：{}").format(path), err=True)
    if not files:
        if not missing:
            click.echo(_("[CHK-108] 文件夹里没有可核对的文件"), err=True)
        return 2
    project = _project(files[0], given)
    corpus = len(files) > 1 or any(path.is_dir() for path in paths)
    results = _many(files, project, given) if corpus else _single(files[0], project, given)
    if given["write_baseline"]:
        _write_baseline(results, given["write_baseline"])
        return 0
    strict = given["strict"] or project.strict
    codes = {one.exit_code(strict=strict) for one in results} | ({2} if missing else set())
    return 1 if 1 in codes else max(codes)


def _project(first: Path, given: dict[str, Any]) -> Project:
    from jingban.checker import project as projects

    file = given["config"] or (None if given["no_config"] else projects.find(Path.cwd()))
    project = projects.load(file) if file else projects.Project()
    if given["select"]:
        project.select = projects.check_selectors(_split(given["select"]))
    if given["ignore"]:
        project.ignore += projects.check_selectors(_split(given["ignore"]))
    if given["baseline"]:
        projects.load_baseline(given["baseline"], project)
    return project


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


def _bounds(given: dict[str, Any]) -> Limits:
    from jingban.values import confined

    return replace(confined.limits(), seconds=given["timeout"], memory_mb=given["memory"])


def _split(values: tuple[str, ...]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _format(given: dict[str, Any]) -> str:
    if given["format_"]:
        return str(given["format_"])
    suffix = given["output"].suffix.lower().lstrip(".") if given["output"] else ""
    return {"htm": "html"}.get(suffix, suffix) if suffix in (*FORMATS, "htm") else "text"


def _single(path: Path, project: Project, given: dict[str, Any]) -> list[FileResult]:
    from jingban.checker.service import check_file

    report, flat = check_file(path, project, _today(), bounds=_bounds(given))
    if given["annotate"]:
        _annotate(report, path, given["annotate"])
    if given["write_baseline"]:
        return [flat]
    if _format(given) == "html":
        from jingban.checker.output import html

        _write(html.render(report, flat), given["output"])
    else:
        _emit([flat], given, corpus=False)
    return [flat]


def _many(files: list[Path], project: Project, given: dict[str, Any]) -> list[FileResult]:
    from jingban.checker import corpus

    options = corpus.Options(
        project=project,
        today=_today(),
        jobs=given["jobs"] or os.cpu_count() or 1,
        cache_dir=None if given["no_cache"] else (given["cache_dir"] or corpus.default_cache()),
        bounds=_bounds(given),
    )
    results = _with_progress(files, options)
    if given["annotate"] or _format(given) == "html":
        _each_again(files, project, given)
    if not given["write_baseline"] and _format(given) != "html":
        _emit(results, given, corpus=True)
    return results


def _with_progress(files: list[Path], options: Options) -> list[FileResult]:
    from jingban.checker.corpus import check_files

    if not sys.stderr.isatty():
        return check_files(files, options)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(files))
        return check_files(
            files, options, lambda done, _total, path: bar.update(task, completed=done, description=path)
        )


def _each_again(files: list[Path], project: Project, given: dict[str, Any]) -> None:
    """HTML reports and annotated copies need the document itself, which workers do not send: one file after another."""
    from jingban.checker.output import html
    from jingban.checker.service import check_file
    from jingban.values.findings import refuse

    folder: Path | None = given["output"]
    wants_html = _format(given) == "html"
    if wants_html and (folder is None or folder.is_file()):
        raise refuse("CHK-109", _("多份文件的 HTML 报告须用 -o 指定一个文件夹"))
    for path in files:
        report, flat = check_file(path, project, _today(), bounds=_bounds(given))
        if wants_html and folder:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{path.name}.html").write_text(html.render(report, flat), encoding="utf-8")
        if given["annotate"]:
            given["annotate"].mkdir(parents=True, exist_ok=True)
            _annotate(report, path, given["annotate"])


def _annotate(report: Any, path: Path, target: Path) -> None:
    from jingban.checker.output import annotate_docx, annotate_pdf

    writer = {"pdf": annotate_pdf, "docx": annotate_docx}.get(report.document.format)
    if writer is None or report.unreadable:
        click.echo(_("[CHK-110] {}：只有能读的 PDF 与 DOCX 可以另存批注本").format(path), err=True)
        return
    if target.is_dir():
        target /= f"{path.stem}.annotated{path.suffix}"
    placed = writer.write(report, path, target)
    click.echo(_("批注本 {}：{} 处").format(target, placed), err=True)


def _emit(results: list[FileResult], given: dict[str, Any], *, corpus: bool) -> None:
    wanted = _format(given)
    if wanted == "json":
        from jingban.checker.output import json_

        _write(json_.render(results), given["output"])
    elif wanted == "sarif":
        from jingban.checker.output import sarif

        _write(sarif.render(results), given["output"])
    elif wanted == "csv":
        from jingban.checker.output import tables

        _write(tables.render_csv(results), given["output"])
    elif wanted == "xlsx":
        from jingban.checker.output import tables
        from jingban.values.findings import refuse

        if given["output"] is None:
            raise refuse("CHK-111", _("XLSX 须用 -o 指定文件"))
        tables.write_xlsx(results, given["output"])
    else:
        _text(results, given, corpus=corpus)


def _text(results: list[FileResult], given: dict[str, Any], *, corpus: bool) -> None:
    from jingban.checker.output import terminal

    output: Path | None = given["output"]
    file = output.open("w", encoding="utf-8") if output else None
    try:
        if not corpus or given["details"] or len(results) <= FILES_SHOWN_MAX:
            for one in results:
                terminal.print_file(one, show_info=given["show_info"], file=file)
        if corpus:
            terminal.print_summary(results, file=file)
    finally:
        if file:
            file.close()


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8", newline="")


def _write_baseline(results: list[FileResult], path: Path) -> None:
    from jingban.checker.project import write_baseline

    found = [
        (one.path, finding["code"], finding["fingerprint"], finding["message"])
        for one in results
        for finding in one.findings
    ]
    write_baseline(path, found)
    click.echo(_("基线 {}：{} 条").format(path, len(found)), err=True)
