"""`jingban policy`: show a parameter layer by layer, list all, check the files. Imports no Django."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jingban import conf
from jingban.policy import Policy, overview, wording
from jingban.policy.absence import months_text
from jingban.policy.catalogue import CATALOGUE, GROUPS, Kind
from jingban.policy.loader import STOP_EVENTS, load
from jingban.policy.lookup import StackLayer
from jingban.policy.model import Dated
from jingban.policy.scaffold import files, missing
from jingban.values import months, regions
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan

if TYPE_CHECKING:
    from rich.table import Table

OVERLAY = click.option(
    "--overlay",
    "overlays",
    multiple=True,
    metavar="DIR",
    help=_("另加的政策叠加目录或随附名称（如 demo/miyi-2020），可多次"),
)


@click.group(help=_("查看与校验政策参数：标准、比例、时限，各有依据、日期与可信度。"))
def policy() -> None:
    pass


class MonthType(click.ParamType[int]):
    """``2020-07`` on the command line."""

    name = "month"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            return months.parse_month(str(value))
        except ValueError:
            self.fail(_("不是月份：{value}（应如 2020-07）").format(value=value), param, ctx)


def _print(table: Table) -> None:
    from jingban.cli.screen import screen

    screen().print(table, highlight=False)


def _refused(error: Refused) -> None:
    for finding in error.findings:
        click.echo(str(finding), err=True)
    raise SystemExit(1)


def _load(overlays: tuple[str, ...]) -> Policy:
    """The centre's own overlays first, then those named on the command line."""
    return Policy.load((*conf.load().overlays, *overlays))


@policy.command(
    help=_("显示一项参数在某地某月的取值。分层的标准逐层列出，注明谁出钱、依据哪份文件、可信度。")
)
@click.argument("name")
@click.option("--region", default="", help=_("行政区划代码，默认本中心所在地"))
@click.option("--month", "month", type=MonthType(), required=True, help=_("所属月份，如 2020-07"))
@click.option(
    "--known-on", type=click.DateTime(["%Y-%m-%d"]), help=_("只用到这一天为止已知的值，如 2020-08-01")
)
@OVERLAY
def show(name: str, region: str, month: int, known_on: dt.datetime | None, overlays: tuple[str, ...]) -> None:
    try:
        law = _load(overlays)
        place = law.region(region or conf.load().region or regions.NATION)
        known = known_on.date() if known_on else None
        if law.spec(name).kind is Kind.LAYERS:
            _show_stack(law, name, place, month, known)
        else:
            _show_values(law, name, place, month, known)
        _show_gaps(law, name, place, month)
    except Refused as error:
        _refused(error)


def _title(law: Policy, name: str, region: str, month: int, known: dt.date | None) -> str:
    """Title of the table; the loader has already refused a code that names no region."""
    spec = law.spec(name)
    when = _("，截至 {day} 已知").format(day=known) if known else ""
    demo = f"【{wording.DEMONSTRATION_MARK}】" if law.demonstration else ""
    return (
        f"{demo}{_(spec.title)}　{regions.full_name(region)}（{region}）　{months.format_month(month)}{when}"
    )


def _table(title: str, *columns: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column == _("元/月") else "left")
    return table


def _show_stack(law: Policy, name: str, region: str, month: int, known: dt.date | None) -> None:
    stack = law.stack(name, region, month, known)
    table = _table(
        _title(law, name, region, month, known),
        _("层"), _("定于"), _("元/月"), _("起"), _("分担"), _("依据"), _("可信度"), "",
    )  # fmt: skip
    for layer in stack:
        table.add_row(*_stack_row(layer))
    if name == "basic_pension":
        total = sum(layer.amount_fen for layer in stack)
        table.add_section()
        table.add_row(_("合计"), "", format_yuan(total), "", "", "", "", "")
    _print(table)


def _stack_row(layer: StackLayer) -> list[str]:
    band = layer.layer
    ages = ""
    if band.from_age is not None and band.to_age is not None:
        ages = (
            _("（{first} 周岁起）").format(first=band.from_age)
            if band.to_age > 150
            else _("（{first}—{last} 周岁）").format(first=band.from_age, last=band.to_age - 1)
        )
    if band.base_years is not None:
        ages = _("（满 {years} 年后每多缴一年）").format(years=band.base_years)
    return [
        _(band.title) + ages, regions.name(band.region), format_yuan(layer.amount_fen), str(layer.start),
        wording.shares_text(layer.shares), wording.reference_text(layer.reference), layer.reference.confidence,
        wording.DEMONSTRATION_MARK if layer.demonstration else "",
    ]  # fmt: skip


def _show_values(law: Policy, name: str, region: str, month: int, known: dt.date | None) -> None:
    spec = law.spec(name)
    table = _table(
        _title(law, name, region, month, known),
        _("取值"),
        _("定于"),
        _("起"),
        _("止"),
        _("依据"),
        _("可信度"),
        "",
    )
    keys: tuple[str | None, ...] = (None,)
    if spec.kind in (Kind.GROUP_MONEY, Kind.GROUP_COUNT):
        keys = tuple(GROUPS)
    elif spec.kind is Kind.RULE:
        keys = STOP_EVENTS
    found = [(key, law.find(name, region, month, known, key)) for key in keys]
    if not any(dated for _key, dated in found):
        law.entry(name, region, month, known, keys[0])
    for key, dated in found:
        if dated is not None:
            label = f"{wording.key_text(spec, key)}：" if key else ""
            table.add_row(*_value_row(law, name, label, dated))
    _print(table)


def _value_row(law: Policy, name: str, label: str, dated: Dated) -> list[str]:
    reference = dated.reference
    note = f"；{reference.note}" if reference.note else ""
    return [
        label + wording.value_text(law.spec(name), dated.value), regions.name(dated.region), str(dated.start),
        str(dated.end or "——"), wording.reference_text(reference) + note, reference.confidence, wording.mark(dated),
    ]  # fmt: skip


def _show_gaps(law: Policy, name: str, region: str, month: int) -> None:
    for gap in law.gaps(name, region):
        if gap.from_month <= month < gap.to_month:
            click.echo(
                _("未查实：{reason}；应以{source}为据").format(reason=gap.reason, source=gap.would_source)
            )


@policy.command(name="list", help=_("列出全部参数及有值的地区。"))
@OVERLAY
def list_(overlays: tuple[str, ...]) -> None:
    try:
        law = _load(overlays)
    except Refused as error:
        _refused(error)
        return
    table = _table(_("政策参数"), _("参数"), _("名称"), _("规则"), _("有值的地区"))
    for name, spec in CATALOGUE.items():
        places = "、".join(regions.name(region) for region in law.regions_of(name)) or _("（均未查实）")
        table.add_row(name, _(spec.title), spec.rule, places)
    _print(table)


@policy.command(
    help=_("写出一个待填的政策叠加目录：某地缺的每一项参数，附单位、写法、示例和该向谁要什么文件。")
)
@click.option("--region", default="", help=_("行政区划代码，默认本中心所在地"))
@click.option("--out", default="local", show_default=True, help=_("写到哪个目录，不得已有内容"))
@OVERLAY
def scaffold(region: str, out: str, overlays: tuple[str, ...]) -> None:
    try:
        law = _load(overlays)
        place = law.region(region or conf.load().county())
        folder = Path(out)
        if folder.exists() and any(folder.iterdir()):
            message = _("目录 {name} 已有内容，没有改动它；用 --out 换一个目录").format(name=out)
            raise refuse("POL-118", message)
        texts = files(law, place)
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except Refused as error:
        _refused(error)
        return
    for name in texts:
        click.echo(f"  {out}/{name}")
    message = _('逐项填好后在 jingban.toml 写 overlays = ["{out}"]，用 jingban policy check 校验')
    click.echo(message.format(out=out))


@policy.command(
    name="map", help=_("哪里的哪项参数查到了：各省逐年一张图；给出 --region 时列该地每项参数和缺口标识。")
)
@click.argument("name", default="basic_pension")
@click.option("--region", default="", help=_("只看一个地区的全部参数"))
@OVERLAY
def map_(name: str, region: str, overlays: tuple[str, ...]) -> None:
    try:
        law = _load(overlays)
        place = law.region(region) if region else ""
        law.spec(name)
    except Refused as error:
        _refused(error)
        return
    title = f"{regions.full_name(place)}（{place}）" if place else _(CATALOGUE[name].title)
    table = _table(title, "", *(str(year)[2:] for year in overview.years()))
    rows = overview.by_parameter(law, place) if place else overview.by_region(law, name)
    for label, cells in rows:
        table.add_row(_(CATALOGUE[label].title) if place else regions.name(label), *cells)
    _print(table)
    click.echo(_(overview.LEGEND))
    for one in missing(law, place) if place else ():
        stretch = (one.gap.from_month, one.gap.to_month)
        when = months_text(stretch) if one.gap.from_month else ""
        click.echo(f"  {one.gap.id}　{_(CATALOGUE[one.name].title)}　{when}　{one.gap.reason}")


@policy.command(help=_("校验全部参数文件：键、日期、依据、金额、分担；有问题时退出码为 1。"))
@OVERLAY
def check(overlays: tuple[str, ...]) -> None:
    try:
        store, findings = load((*conf.load().overlays, *overlays))
    except Refused as error:
        _refused(error)
        return
    for finding in findings:
        click.echo(str(finding))
    if findings:
        click.echo(_("共 {count} 处问题").format(count=len(findings)))
        raise SystemExit(1)
    values = sum(
        len(line) for line in (*store.values.values(), *store.keyed.values(), *store.shares.values())
    )
    values += sum(len(layer.values) for layers in store.layers.values() for layer in layers.values())
    demo = f"【{wording.DEMONSTRATION_MARK}】" if any(info.demonstration for info in store.overlays) else ""
    click.echo(
        _("{demo}参数 {values} 个取值全部有依据，未查实 {gaps} 项，没有问题").format(
            demo=demo, values=values, gaps=len(store.gaps)
        )
    )


@policy.command(
    help=_(
        "测算改政策要多花多少：用登记簿里真实的人和发放的同一套规则，算出人数、人月、各级负担、补发，并把改法写成一个政策叠加目录，"
        "文件下来后改好文号就是新政策。\n\n"
        "例：jingban policy cost --raise county=10 --from 2027-01 --to 2027-12 --overlay-out 测算"
    )
)
@click.option(
    "--raise",
    "raises",
    multiple=True,
    metavar="LEVEL=YUAN",
    help=_("基础养老金某一级每月提高，如 county=10，可多次"),
)
@click.option(
    "--set", "sets", multiple=True, metavar="NAME=YUAN",
    help=_("改已有的层（如 sichuan-age-80=8、年限加发的层）或某档补贴（subsidy.300=50），可多次"),
)  # fmt: skip
@click.option("--from", "first", type=MonthType(), required=True, help=_("从哪个月起"))
@click.option("--to", "last", type=MonthType(), help=_("到哪个月止（默认不止，测算 12 个月）"))
@click.option("--payers", default="", metavar="province:1,county:1", help=_("提高部分由谁出，默认由该级出"))
@click.option("--basis", type=click.IntRange(2009, 2100), help=_("补贴按哪一年的缴费测算（默认改动前一年）"))
@click.option("--region", metavar="510421", help=_("统筹区（默认取设置文件）"))
@click.option(
    "--overlay-out", "out", type=click.Path(path_type=Path, file_okay=False), default=Path("policy-cost"), show_default=True,
    help=_("改法写到这个政策叠加目录"),
)  # fmt: skip
def cost(
    raises: tuple[str, ...], sets: tuple[str, ...], first: int, last: int | None, payers: str, basis: int | None,
    region: str | None, out: Path,
) -> None:  # fmt: skip
    from jingban.cli.shared import county, refusals, require_register

    with refusals():
        require_register()
        from django.utils.timezone import localdate

        from jingban.cli.run_tables import draw
        from jingban.payments import costs

        place = county(region)
        change = costs.change_of(raises, sets, payers, first, last)
        overlay = costs.write_overlay(place, change, out, localdate())
        draw(costs.sections(costs.cost(place, change, overlay, basis=basis)))
        click.echo(_("改法已写成政策叠加目录：{path}").format(path=overlay))
