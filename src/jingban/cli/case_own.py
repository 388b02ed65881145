"""`jingban case resubmit, withdraw, records`: what the maker does with a case of their own, and what a correction can name."""

from __future__ import annotations

import click

from jingban.cli.case import _now, case, given_papers, parsed_form
from jingban.cli.shared import READ, actor, as_option, refusals
from jingban.values.i18n import gettext as _


@case.command("resubmit", help=_("退回的业务，经办人更正后再提交：只写要改的字段和材料，其余照旧"))
@click.argument("number")
@click.option("-f", "--field", "fields", multiple=True, metavar=_("字段=值"))
@click.option("--shown", multiple=True, metavar=_("材料"), help=_("补交、更换后已出示的材料"))
@click.option("--committed", multiple=True, metavar=_("材料"), help=_("以告知承诺代替的材料"))
@click.option("--note", default="", help=_("说明"))
@as_option
def resubmit(
    number: str, fields: tuple[str, ...], shown: tuple[str, ...], committed: tuple[str, ...], note: str, who: str | None
) -> None:  # fmt: skip
    from jingban.casework.kind import kind_of
    from jingban.casework.services import current
    from jingban.casework.services import resubmit as again
    from jingban.casework.stored import from_stored
    from jingban.values.findings import refuse

    with refusals():
        found = current([number]).get(number)
        if found is None:
            raise refuse("CAS-304", _("没有业务%(number)s") % {"number": number})
        kind = kind_of(found.case.kind)
        changed = parsed_form(kind, fields, partly=True) if fields else {}
        values = {**from_stored(kind, dict(found.values)), **changed}
        given = given_papers(shown, committed)
        papers = {**found.evidence, **given} if given else None
        again(number, values, actor(who, "enter"), _now(), note=note, evidence=papers)
    click.echo(_("已再次提交，等待审核"))


@case.command("withdraw", help=_("经办人撤回自己还没有办结的业务"))
@click.argument("number")
@click.option("--note", default="", help=_("理由"))
@as_option
def withdraw(number: str, note: str, who: str | None) -> None:
    from jingban.casework.services import withdraw as take_back

    with refusals():
        take_back(number, actor(who, "enter"), _now(), note=note)
    click.echo(_("已撤回"))


@case.command("records", help=_("一个人的登记记录和编号（差错更正用）"))
@click.argument("person")
@as_option
def records(person: str, who: str | None) -> None:
    from jingban.casework.services.readings import open_person
    from jingban.casework.services.records import records_of

    with refusals():
        open_person(person, actor(who, READ), _now())
        found = records_of(person)
    for one in found:
        said = "  ".join(f"{title} {value}" for title, value in one.columns.items())
        click.echo(f"{one.kind}  {one.fact_id}  {said}")
