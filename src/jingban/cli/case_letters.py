"""`jingban case letter`: print what belongs to a case."""

from __future__ import annotations

from pathlib import Path

import click

from jingban.cli.case import _now, _region, case, check_suffix
from jingban.cli.shared import READ, actor, as_option, refusals
from jingban.values.i18n import gettext as _


@case.command(
    "letter", help=_("打印一件业务的回执、核定表、通知书或联系函（PDF、HTML；本中心有 Word 模板的也可 DOCX）")
)
@click.argument("number")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("文件名，默认 业务编号.pdf")
)
@click.option("--name", default="", help=_("换一种文书，如 receipt 受理回执"))
@as_option
def letter(number: str, output: Path | None, name: str, who: str | None) -> None:
    from jingban.casework.letter import write_letter
    from jingban.casework.services.look import record_look
    from jingban.casework.services.offices import visible
    from jingban.values.findings import refuse

    path = output or Path(f"{number}.pdf")
    check_suffix(path)
    with refusals():
        me = actor(who, READ)
        if not visible([number], me):
            raise refuse("CAS-304", _("没有业务%(number)s") % {"number": number})
        content = write_letter(number, path.suffix.lower(), name, _region())
        record_look(me, "view.letter", number, _now())
    path.write_bytes(content)
    click.echo(_("已写出 %(path)s") % {"path": path})
