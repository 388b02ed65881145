"""``jingban credit``: subsidies, government-paid contributions and yearly interest into the accounts, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jingban.cli.shared import as_option, county, refusals, require_register
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.payments.models import Credit
    from jingban.store.origins import Door

STEPS = ("next", "preview", "review", "post", "cancel", "status", "list")
FOLLOWING = {"draft": "review", "reviewed": "post"}
WORDS = ("subsidies", "government-paid", "interest")


@click.command(
    "credit",
    help=_(
        "年度记账：subsidies 缴费补贴、government-paid 政府代缴、interest 年度利息。不写步骤时：没有未办结的批次就预览，有就显示现状。\n\n"
        "步骤：preview 预览 → review 复核（另一人）→ post 记账；cancel 记账前撤销；status 现状；list 写出名单（记了谁、没记谁及原因）。"
        "记的是应记减已记：再做一次只补差额；利率晚公布、补到账、身份更正以后再做一次即可。"
    ),
)
@click.argument("year", type=click.IntRange(2009, 2100))
@click.argument("item", type=click.Choice(WORDS))
@click.argument("step", type=click.Choice(STEPS), default="next")
@click.option("--region", metavar="510421", help=_("统筹区（默认取设置文件）"))
@click.option("--known-on", metavar="YYYY-MM-DD", help=_("按这一天已公布的政策计算（默认今天）"))
@click.option("-o", "--out", type=click.Path(path_type=Path), help=_("list：文件名；分乡镇、分村时为目录"))
@click.option("--split", type=click.Choice(("township", "village")), help=_("按乡镇或村分文件"))
@click.option("--note", default="", help=_("说明"))
@as_option
def credit(
    year: int,
    item: str,
    step: str,
    region: str | None,
    known_on: str | None,
    out: Path | None,
    split: str | None,
    note: str,
    who: str | None,
) -> None:
    with refusals():
        require_register()
        from jingban.cli.run import day_of, door_of
        from jingban.payments.services import credit as service

        number = {word: number for number, word in service.NAMES.items()}[item]
        place = county(region)
        found = _newest(place, year, number)
        if step == "next":
            step = "status" if found is not None and found.state in FOLLOWING else "preview"
        if step == "status" and found is not None:
            _show(found, item)
            return
        door = door_of(who, step)
        if step == "preview":
            found = service.preview(place, number, year, door, known_on=day_of(known_on))
        elif found is None:
            raise refuse("PAY-214", _("{year} 年还没有批次，先预览").format(year=year))
        elif step == "list":
            _list(found, out, split, door)
        else:
            found = _take(step, found, door, note)
        _show(found, item)


def _take(step: str, found: Credit, door: Door, note: str) -> Credit:
    from jingban.payments.services import credit as service

    if step == "review":
        return service.review(found.pk, door)
    if step == "post":
        return service.post(found.pk, door)
    return service.cancel(found.pk, door, note)


def _newest(place: int, year: int, item: int) -> Credit | None:
    """The batch in hand: the newest that was not cancelled."""
    from jingban.payments.models import Credit

    same = Credit.objects.filter(region_id=place, year=year, item=item).exclude(state="cancelled")
    return same.order_by("-attempt").first()


def _list(found: Credit, out: Path | None, split: str | None, door: Door) -> None:
    from jingban.payments.exports.credits import of
    from jingban.store.exports import hand_out

    chosen = of(found)
    place = out or Path(chosen.title + ("" if split else ".xlsx"))
    suffix = "csv" if place.suffix == ".csv" else "xlsx"
    for path, count in hand_out(chosen, found.year, place, door, suffix=suffix, split=split):  # type: ignore[arg-type]
        click.echo(f"{path}  {count}")


def _show(found: Credit, item: str) -> None:
    from jingban.cli.run_tables import draw
    from jingban.payments.credit_sections import sections

    draw(sections(found))
    if following := FOLLOWING.get(found.state):
        other = " --as <另一人>" if following == "review" else ""
        click.echo(_("下一步：") + f"jingban credit {found.year} {item} {following}{other}")
