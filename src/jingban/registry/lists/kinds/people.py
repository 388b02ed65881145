"""The people of a former system with what is known of their opening state; ID number and name are enough."""

from __future__ import annotations

from typing import Any

from jingban.registry.law import policy
from jingban.registry.lists import columns
from jingban.registry.models import AccountEntry, Award, Stoppage
from jingban.registry.services.import_people import ImportRecord, OpeningAward, import_people
from jingban.schemes.loader import RESIDENTS
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER, format_month

LEDGERS = {
    RESIDENTS.ledger("own"): ("ledger_1", "个人缴费余额", ("个人缴费",)),
    RESIDENTS.ledger("province_subsidy"): ("ledger_3", "省级补贴余额", ("省补贴",)),
    RESIDENTS.ledger("city_subsidy"): ("ledger_4", "市级补贴余额", ("市补贴",)),
    RESIDENTS.ledger("county_subsidy"): ("ledger_5", "县级补贴余额", ("县补贴", "政府补贴余额")),
    RESIDENTS.ledger("collective"): ("ledger_6", "集体补助余额", ("集体补助",)),
    RESIDENTS.ledger("government"): ("ledger_11", "代缴余额", ("政府代缴余额",)),
    RESIDENTS.ledger("fisher_subsidy"): ("ledger_21", "退捕渔民补助余额", ()),
    RESIDENTS.ledger("land_lost_subsidy"): ("ledger_22", "被征地补助余额", ()),
    RESIDENTS.ledger("moved_in"): ("ledger_31", "转入余额", ()),
}
"""Sub-ledger -> (key, heading, aliases)."""
REASONS = {
    word: (int(Stoppage.Kind.NOTHING if code == RESIDENTS.reason("prison") else Stoppage.Kind.HELD), code)
    for word, code in RESIDENTS.spoken("stop").items()
}
"""Word -> (kind of stoppage, reason code of R1.1)."""
_BALANCES = [
    ((ledger, int(AccountEntry.Kind.PRINCIPAL)), key) for ledger, (key, _title, _a) in LEDGERS.items()
]
_PLAIN = (
    "number", "sex", "birth_date", "ethnicity", "township_code", "township", "village_code", "village", "group_name",
    "address", "phone", "bank", "account", "holder", "certified_on",
)  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        *columns.identity(),
        Column("years", _("累计缴费年限"), "integer", False, ("缴费年限", "实际缴费年限"), help=_("整年，截至建账前")),
        *(Column(key, _(title), "yuan", False, aliases) for key, title, aliases in LEDGERS.values()),
        Column("start_month", _("待遇起始年月"), "month", False, ("aic160", "待遇享受开始年月", "待遇享受起始年月"), help=_("未领待遇的不填")),
        Column("award_balance", _("核定时储存额"), "yuan", False, ("核定时个人账户储存额",), help=_("个人账户养老金 = 储存额 ÷ 计发月数")),
        Column("annuity", _("月个人账户养老金"), "yuan", False, ("个人账户养老金",), help=_("不知道核定时储存额时填这一列")),
        Column("divisor", _("计发月数"), "integer", help=_("不填为当地核定时的计发月数")),
        Column("paid_through", _("已发至年月"), "month", False, ("待遇发放截止年月",), help=_("原系统发放的最后一个所属月；不填为建账前一月，暂停的必须填")),
        Column("special", _("特殊申请"), "flag", help=_("贫困人口特殊申请待遇的填“是”")),
        Column("stop_reason", _("暂停原因"), "choice", False, ("aae160",), REASONS),
        Column("stop_from", _("暂停起始年月"), "month", False, ("暂停年月",)),
        Column("certified_on", _("最近认证日期"), "date", False, ("aac096", "认证日期", "上次认证日期")),
    )  # fmt: skip


def _record(values: dict[str, Any], row: int, given: Defaults) -> ImportRecord:
    paid_through = values.get("paid_through")
    _ask_where_it_contradicts(values, given.cutover)
    cutover = given.cutover if paid_through is None else paid_through + 1
    before = min(cutover, values.get("start_month", cutover)) - 1
    from_month = values.get("from_month", before)
    record = ImportRecord(
        id_number=values["id_number"],
        name=values["name"],
        region=values.get("region", given.region),
        from_month=from_month,
        cutover=cutover,
        history_years=values.get("years", 0),
        balances={account: values[key] for account, key in _BALANCES if values.get(key)},
        award=_award(values, cutover, values.get("region", given.region)),
        groups=[(group, from_month, FOREVER) for group in columns.group_ids(values.get("groups", ""))],
        row=row,
    )
    for key in _PLAIN:
        if key in values:
            setattr(record, key, values[key])
    return record


def _ask_where_it_contradicts(values: dict[str, Any], cutover: int) -> None:
    """Paused since a month, but paid through a later one or up to now: which of the two is true decides what is still owed."""
    stopped = values.get("stop_from", cutover)
    paid_through = values.get("paid_through")
    if "stop_reason" not in values or stopped > (cutover - 1 if paid_through is None else paid_through):
        return
    if paid_through is None:
        text = _("自 {month} 起暂停，“已发至年月”却没有填：请填写原系统最后发放的所属月")
    else:
        text = _("自 {month} 起暂停，“已发至年月”却更晚：请核对哪一个对")
    raise ValueError("LST-118", text.format(month=format_month(stopped)))


def _award(values: dict[str, Any], cutover: int, region: str) -> OpeningAward | None:
    start = values.get("start_month")
    if start is None:
        if values.keys() & {"stop_reason", "award_balance", "annuity"}:
            raise ValueError("LST-114", _("填了待遇信息，却没有待遇起始年月"))
        return None
    divisor = values.get("divisor") or _divisor(region, start)
    stop = None
    if "stop_reason" in values:
        kind, reason = values["stop_reason"]
        stop = (kind, reason, values.get("stop_from", cutover))
    elif "stop_from" in values:
        raise ValueError("LST-114", _("填了暂停起始年月，却没有暂停原因"))
    return OpeningAward(
        start_month=start,
        paid_years=values.get("years", 0),
        balance_fen=values.get("award_balance", values.get("annuity", 0) * divisor),
        divisor=divisor,
        stop=stop,
        basis=int(Award.Basis.SPECIAL if values.get("special") else Award.Basis.IMPORTED),
    )


def _divisor(region: str, month: int) -> int:
    """The divisor of awards in a month by the centre's law (R1.8-01). LST-114 where the law has none."""
    found = policy().find("account_divisor", region, month)
    if found is None:
        raise ValueError("LST-114", _("没有该月计发月数的参数，请填计发月数"))
    return int(found.value)


def _spec(given: Defaults) -> ListSpec[ImportRecord]:
    return ListSpec(
        "people",
        _("人员"),
        _columns(),
        lambda values, row: _record(values, row, given),
        _(
            "只有证件号码和姓名必填，其余知道多少填多少，以后可用别的名册补。从建账月起由本系统计算；以前的月份，名册里已有的视为原系统已付，以后才知道的死亡、申领、恢复、提标照补照追。"
        ),
    )


ENTRY = ListEntry(
    "people",
    _("人员"),
    _spec,
    lambda records, door, mode, dry_run: import_people(records, door, mode=mode, dry_run=dry_run),
)
