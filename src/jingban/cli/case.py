"""`jingban case`: kinds of business, bringing cases one by one or by file, deciding them, the backlog."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table

from jingban.cli.screen import screen
from jingban.cli.shared import READ, actor, as_option, county, refusals, require_register, show
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.casework.kind import CaseKind
    from jingban.casework.services.bring import Intake
    from jingban.store.lists.spec import Parsed


@click.group("case", help=_("业务受理、审核、审批"))
def case() -> None:
    with refusals():
        require_register()


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _region() -> str:
    return f"{county():06d}"


@case.command("kinds", help=_("全部业务类别；给出名称则列出它的表单、材料、审批"))
@click.argument("code", required=False)
def list_kinds(code: str | None) -> None:
    from jingban.casework.kind import kind_of, kinds
    from jingban.values.money import format_yuan

    console = screen()
    if code is None:
        table = Table()
        for title in (_("类别"), _("名称"), _("审批级数"), _("高风险"), _("规则")):
            table.add_column(title)
        for kind in kinds().values():
            table.add_row(
                kind.code, kind.name, str(kind.levels), _("是") if kind.high_risk else "", kind.rule
            )
        console.print(table)
        return
    with refusals():
        kind = kind_of(code)
    console.print(f"[bold]{kind.name}[/]  {_(kind.help) if kind.help else ''}")
    for column in kind.fields:
        must = _("必填") if column.required else ""
        choices = "、".join(map(_, column.choices or ()))
        notes = "  ".join(filter(None, (must, choices, column.help and _(column.help))))
        console.print(f"  {column.key:18} {_(column.title)}  {notes}")
    for paper in kind.evidence:
        notes = (_("（可承诺）") if paper.commitment else "") + ("" if paper.required else _("（有则提供）"))
        console.print(f"  {_('材料')} {paper.key}：{_(paper.title)}{notes}")
    for step in kind.above:
        text = _("  %(amount)s 元以上 %(levels)s 级审批")
        console.print(text % {"amount": format_yuan(step.fen), "levels": step.levels})


@case.command("template", help=_("写出某类业务的批量导入模板"))
@click.argument("code")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
def template(code: str, output: Path | None) -> None:
    from jingban.casework.kind import kind_of
    from jingban.store.lists import write_template

    path = output or Path(f"{code}.xlsx")
    with refusals():
        write_template(kind_of(code).listing(), path)
    screen().print(_("已写出 %(path)s") % {"path": path})


@case.command("bring", help=_("受理：-f 字段=值 受理一件，或给出文件批量受理"))
@click.argument("code")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("-f", "--field", "fields", multiple=True, metavar=_("字段=值"))
@click.option(
    "--shown", multiple=True, metavar=_("材料"), help=_("已出示的材料（每份都要写明，没写的算没有）")
)
@click.option("--committed", multiple=True, metavar=_("材料"), help=_("以告知承诺代替的材料"))
@click.option(
    "--notice",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("不能受理时写出一次性告知书（PDF、HTML 或本中心的 DOCX）"),
)
@click.option("--keep-good", is_flag=True, help=_("留下没有错误的行"))
@click.option("--office", default="", help=_("网点"))
@as_option
def bring(
    code: str, path: Path | None, fields: tuple[str, ...], shown: tuple[str, ...], committed: tuple[str, ...], notice: Path | None,
    keep_good: bool, office: str, who: str | None,
) -> None:  # fmt: skip
    from jingban.casework.kind import kind_of
    from jingban.casework.services.bring import Intake

    if path is None and not fields:
        raise click.UsageError(_("给出 -f 字段=值，或者一个文件"))
    if path is not None and (fields or notice):
        raise click.UsageError(_("文件和 -f、--notice 不能一起用"))
    given = given_papers(shown, committed)
    intake = Intake(
        actor(who, "enter"),
        _now(),
        _region(),
        "batch" if path else "counter",
        office,
        path.name if path else "",
    )
    with refusals():
        kind = kind_of(code)
        if path is None:
            _bring_one(kind, fields, given, intake, notice)
            return
    _bring_file(kind, path, given, intake, keep_good)


def _bring_one(
    kind: CaseKind, fields: tuple[str, ...], given: dict[str, str], intake: Intake, notice: Path | None
) -> None:
    from jingban.casework.services.bring import bring as bring_cases

    try:
        with one_case():
            parsed = _parsed(kind, fields)
            brought = bring_cases(kind.code, parsed.records, intake, evidence=given)
    except Refused as refused:
        if notice is not None:
            write_notice(kind, fields, given, refused.findings, intake, notice)
        raise
    show([replace(one, row=None) for one in [*parsed.findings, *brought.findings]])
    _told(list(brought.numbers.values()), brought.batch)


def _bring_file(kind: CaseKind, path: Path, given: dict[str, str], intake: Intake, keep_good: bool) -> None:
    """Exit status as for ``jingban import``: 1 when rows were wrong (they stand in the error report), 2 when it is no list."""
    from jingban.casework.lists import bring_file
    from jingban.cli.import_ import tell, write_report

    with refusals(2):
        report, brought = bring_file(
            kind, path, intake, given, mode="keep_good" if keep_good else "refuse_all"
        )
    show(report.findings)
    if report.refused:
        tell(report, False)
    else:
        _told(list(brought.numbers.values()), brought.batch)
    if report.errors:
        write_report(report, path.with_name(f"{path.stem}-{_('错误')}.xlsx"))
        sys.exit(1)


def _told(numbers: list[str], batch: str) -> None:
    where = batch or numbers[0]
    click.echo(_("已受理 %(count)s 件：%(where)s，等待另一人审核") % {"count": len(numbers), "where": where})


def given_papers(shown: tuple[str, ...], committed: tuple[str, ...]) -> dict[str, str]:
    """Paper → how it was given; ``--shown a --shown b`` or ``--shown a,b``."""
    from jingban.casework.services.bring import COMMITTED, SHOWN

    said = ((SHOWN, shown), (COMMITTED, committed))
    return {key: how for how, words in said for word in words for key in re.split("[,，、]", word) if key}


def write_notice(
    kind: CaseKind, fields: tuple[str, ...], given: dict[str, str], findings: list[Finding], intake: Intake, path: Path
) -> None:  # fmt: skip
    """What the person who is turned away takes home; that they were told goes on the audit chain."""
    from jingban.casework.letter import write_notice as told
    from jingban.casework.services.bring import lacking
    from jingban.casework.services.look import record_look, whose

    check_suffix(path)
    titles = {
        alias: column.key for column in kind.fields for alias in (column.title, column.key, *column.aliases)
    }
    values = {titles[name]: value for name, value in zip(*_grid(fields), strict=True) if name in titles}
    path.write_bytes(told(kind, values, lacking(kind, given), findings, intake, path.suffix.lower()))
    record_look(intake.maker, "case.told", whose(values), intake.at, {"业务": kind.code})
    click.echo(_("已写出 %(path)s") % {"path": path})


def check_suffix(path: Path) -> None:
    """Letters are PDF, HTML or Word."""
    if path.suffix.lower() not in (".pdf", ".html", ".docx"):
        raise click.UsageError(_("文件名应以 .pdf、.html 或 .docx 结尾"))


def _grid(fields: tuple[str, ...]) -> list[list[str]]:
    if wrong := [field for field in fields if "=" not in field]:
        raise click.UsageError(_("应写成 字段=值：%(field)s") % {"field": wrong[0]})
    pairs = [field.partition("=") for field in fields]
    return [[name for name, _eq, _v in pairs], [value for _n, _eq, value in pairs]]


def _parsed(kind: CaseKind, fields: tuple[str, ...]) -> Parsed[dict[str, Any]]:
    """One form; a field it does not have is an error here, where nobody wrote a whole file for other eyes as well."""
    from jingban.store.lists import parse_grid

    parsed = parse_grid(kind.listing(), _grid(fields))
    unknown = [replace(one, severity="error") for one in parsed.findings if one.code == "LST-105"]
    if parsed.errors or unknown:
        raise Refused([*unknown, *(one for one in parsed.findings if one.code != "LST-105")])
    return parsed


@contextmanager
def one_case() -> Iterator[None]:
    """A form filled in field by field has no rows to name."""
    try:
        yield
    except Refused as refused:
        raise Refused([replace(finding, row=None) for finding in refused.findings]) from None


def parsed_form(kind: CaseKind, fields: tuple[str, ...], *, partly: bool = False) -> dict[str, Any]:
    """``字段=值`` as typed values of the form; ``partly``: required fields may be left out. Refuses LST-1xx."""
    asked = replace(kind, fields=tuple(replace(f, required=f.required and not partly) for f in kind.fields))
    with one_case():
        parsed = _parsed(asked, fields)
    return {key: value for key, value in parsed.records[0].items() if key != "row"}


@case.command("list", help=_("待办：等待审核或更正的业务"))
@click.option("--kind", help=_("只看这一类"))
@as_option
def backlog(kind: str | None, who: str | None) -> None:
    from django.utils.timezone import localtime

    from jingban.casework.kind import kinds
    from jingban.casework.services import open_cases
    from jingban.casework.services.offices import scoped_cases

    me = actor(who, READ)
    table = Table()
    for title in (_("业务编号"), _("批次"), _("业务"), _("经办人"), _("受理日期"), _("应办结"), _("状态")):
        table.add_column(title, no_wrap=title == _("业务编号"), overflow="fold")
    for event in scoped_cases(open_cases(kind), me, "case__"):
        item = event.case
        table.add_row(
            item.number, item.batch, kinds()[item.kind].name, item.maker, f"{localtime(item.received_at):%Y-%m-%d}",
            str(item.due_on or ""), _(event.get_state_display()),
        )  # fmt: skip
    screen().print(table)


@case.command("show", help=_("一件业务的内容与经过"))
@click.argument("number")
@click.option("--full", is_flag=True, help=_("显示完整证件号码与账号（记入审计链）"))
@as_option
def show_case(number: str, full: bool, who: str | None) -> None:
    from django.utils.timezone import localtime

    from jingban.casework.kind import kind_of
    from jingban.casework.letter_facts import show_value
    from jingban.casework.services import current
    from jingban.casework.services.archive import place_of
    from jingban.casework.services.bring import COMMITTED, SHOWN
    from jingban.casework.services.look import record_look, whose
    from jingban.casework.services.offices import visible
    from jingban.casework.services.readings import opened, subject_of
    from jingban.values.masking import mask_account, mask_id

    me = actor(who, READ)
    found = current(visible([number], me)).get(number)
    if found is None:
        raise click.UsageError(_("没有业务%(number)s") % {"number": number})
    opened(me, subject_of(found.case.person_id, number), _now())
    kind = kind_of(found.case.kind)
    click.echo(f"{kind.name} {number}  {_(found.last.get_state_display())}  {found.approvals}/{found.levels}")
    hidden = {} if full else {"id_number": mask_id, "person": mask_id, "account": mask_account}
    if full:
        record_look(me, "view.full", number, _now(), {"证件": whose(found.values)})
    for column in kind.fields:
        if text := show_value(column.kind, found.values.get(column.key), column.choices):
            click.echo(f"  {_(column.title)}：{hidden.get(column.key, str)(text)}")
    if place := place_of(number):
        click.echo(f"  {_('案卷')}：{place}")
    given = {SHOWN: _("已出示"), COMMITTED: _("告知承诺")}
    for paper in kind.evidence:
        click.echo(f"  {_('材料')} {_(paper.title)}：{given.get(found.evidence.get(paper.key, ''), '—')}")
    for event in found.case.events.order_by("sequence"):
        click.echo(
            f"  {localtime(event.at):%Y-%m-%d %H:%M} {event.actor} {_(event.get_action_display())} {event.note}"
        )
        for finding in event.findings:
            click.secho(f"      {finding}", fg="red")


@case.command("decide", help=_("审核、审批：一件、几件或整批"))
@click.argument("numbers", nargs=-1, required=True)
@click.option(
    "--decision", type=click.Choice(["approve", "return", "reject"]), default="approve", show_default=True
)
@click.option("--note", default="", help=_("意见"))
@click.option("--keep-good", is_flag=True, help=_("能办的办，不能办的退回"))
@as_option
def decide(numbers: tuple[str, ...], decision: Any, note: str, keep_good: bool, who: str | None) -> None:
    from jingban.casework.models import Case
    from jingban.casework.services import decide as decide_cases

    wanted: list[str] = []
    for number in numbers:
        batch = list(Case.objects.filter(batch=number).order_by("pk").values_list("number", flat=True))
        wanted.extend(batch or [number])
    mode: Any = "keep_good" if keep_good else "refuse_all"
    with refusals():
        done = decide_cases(wanted, decision, actor(who, "review"), _now(), _region(), note=note, mode=mode)
    show(done.findings)
    counts = {
        "done": len(done.done),
        "pending": len(done.pending),
        "closed": len(done.closed),
        "failed": len(done.failed),
    }
    click.echo(
        _(
            "办结 %(done)s 件，待下一级审批 %(pending)s 件，退回或不予办理 %(closed)s 件，校验未通过 %(failed)s 件"
        )
        % counts
    )


from jingban.cli import case_letters, case_office, case_own  # noqa: E402, F401 - they add their commands to the group
