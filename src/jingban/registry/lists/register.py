"""The lists a centre brings in: people with their opening state, contributions, accounts, certifications, deaths, groups.

Each entry pairs a description with the service that takes its records. Column names in use in other systems are aliases;
the 金保 field names are those of domain.md 6.4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from jingban.registry.lists.spec import Column, ListSpec
from jingban.registry.origins import Door
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.enrol import EnrolRecord, enrol
from jingban.registry.services.groups import GroupRecord, join_group
from jingban.registry.services.import_people import ImportRecord, OpeningAward, import_people
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.set_bank_account import BankAccountRecord, set_bank_account
from jingban.registry.sheet import Mode, Outcome
from jingban.values.i18n import gettext as _
from jingban.values.months import of_date

Take = Callable[[Iterable[Any], Door, Mode, bool], Outcome]
GROUPS = {
    "建档立卡": 1, "低保": 2, "特困": 3, "重度残疾": 4, "退捕渔民": 5, "被征地农民": 6, "返贫致贫及监测": 7, "其他残疾": 8,
}  # fmt: skip
CHANNELS = {
    "经办机构": "01",
    "电话": "02",
    "人脸识别": "03",
    "自助终端": "04",
    "上门": "05",
    "数据比对": "06",
}
KINDS = {"个人缴费": 1, "补缴": 2, "政府代缴": 3, "集体补助": 4}
_ID = ("身份证号", "身份证号码", "公民身份号码", "身份号码", "证件号", "aac002", "sfz", "idcard")
_NAME = ("名字", "参保人姓名", "人员姓名", "aac003")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a list need not say in every row."""

    region: str = ""
    cutover: int = 0
    """First month computed here."""
    today: dt.date = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A list on offer: ``describe(defaults)`` gives its description, ``take`` the service."""

    name: str
    title: str
    describe: Callable[[Defaults], ListSpec[Any]]
    take: Take


def _id() -> tuple[Column, ...]:
    return (
        Column("id_number", _("证件号码"), "digits", True, _ID, example="51042119600315001X"),
        Column("name", _("姓名"), required=True, aliases=_NAME, example="王小明"),
    )


def _who() -> tuple[Column, ...]:
    return (
        Column(
            "person",
            _("证件号码"),
            "digits",
            True,
            (*_ID, "个人编号", "aac001"),
            help=_("证件号码或个人编号"),
        ),
    )


def _residence() -> tuple[Column, ...]:
    return (
        Column("number", _("个人编号"), "digits", aliases=("人员编号", "aac001")),
        Column("sex", _("性别"), "choice", aliases=("aac004",), choices={"男": "male", "女": "female"}),
        Column(
            "birth_date",
            _("出生日期"),
            "date",
            aliases=("出生年月日", "aac006"),
            help=_("不填则取自证件号码"),
        ),
        Column("ethnicity", _("民族"), aliases=("aac005",)),
        Column(
            "region",
            _("区划代码"),
            "digits",
            aliases=("县区代码", "aaa027"),
            help=_("六位县级代码，不填则为本中心"),
        ),
        Column("township", _("乡镇"), aliases=("乡镇街道", "街道")),
        Column("village", _("村"), aliases=("村社区", "社区", "村居")),
        Column("group_name", _("组"), aliases=("村民小组", "小组")),
        Column("address", _("地址"), aliases=("住址", "家庭住址", "aae006")),
        Column("phone", _("电话"), "digits", aliases=("手机号", "联系电话", "手机号码", "aae005")),
        Column("bank", _("开户银行"), aliases=("银行", "银行名称")),
        Column("account", _("银行账号"), "digits", aliases=("账号", "银行卡号", "卡号", "aae010")),
        Column("holder", _("户名"), aliases=("开户名", "账户名"), help=_("不填则为本人姓名")),
        Column("from_month", _("参保年月"), "month", aliases=("参保时间", "参保日期", "首次参保年月")),
    )


def people(defaults: Defaults) -> ListSpec[ImportRecord]:
    """People of a former system, participants and recipients, with what was theirs at cut-over."""
    columns = (
        *_id(),
        *_residence(),
        Column(
            "history_years",
            _("累计缴费年限"),
            "integer",
            aliases=("缴费年限", "实际缴费年限", "aae201"),
            help=_("整年"),
        ),
        Column("own", _("个人缴费本息"), "yuan", aliases=("个人账户余额", "账户余额", "个人缴费余额")),
        Column("subsidy", _("政府补贴本息"), "yuan", aliases=("补贴余额", "政府补贴余额")),
        Column("start_month", _("待遇起始年月"), "month", aliases=("待遇领取年月", "领取待遇时间", "aic160")),
        Column(
            "award_balance",
            _("核定时账户储存额"),
            "yuan",
            aliases=("核定储存额",),
            help=_("计算个人账户养老金的基数"),
        ),
        Column("divisor", _("计发月数"), "integer", help=_("不填为 139")),
        Column("certified_on", _("最近认证日期"), "date", aliases=("认证日期", "aac096")),
    )
    return ListSpec(
        "people", _("人员名册"), columns, lambda values, row: _import_record(values, row, defaults),
        help=_("一人一行：参保人与待遇领取人。已经领取待遇的，填待遇起始年月和核定时账户储存额。"),
    )  # fmt: skip


def _import_record(values: dict[str, Any], row: int, defaults: Defaults) -> ImportRecord:
    balances = {(1, 1): values.pop("own", 0), (5, 1): values.pop("subsidy", 0)}
    start, balance = values.pop("start_month", None), values.pop("award_balance", None)
    divisor, certified = values.pop("divisor", 139), values.pop("certified_on", None)
    years = values.pop("history_years", 0)
    award = None
    if start is not None:
        award = OpeningAward(
            start_month=start,
            paid_years=years,
            balance_fen=sum(balances.values()) if balance is None else balance,
            divisor=divisor,
        )
    return ImportRecord(
        **{"region": defaults.region, "from_month": defaults.cutover, **values},
        cutover=defaults.cutover,
        history_years=years,
        balances={key: amount for key, amount in balances.items() if amount},
        award=award,
        certified_on=certified,
        row=row,
    )


def new_people(defaults: Defaults) -> ListSpec[EnrolRecord]:
    """New participants."""
    return ListSpec(
        "enrolments", _("参保登记名册"),
        (*_id(), *_residence(), Column("student", _("在校学生"), "flag"), Column("covered_elsewhere", _("已参加其他养老保险"), "flag")),
        lambda values, row: EnrolRecord(**{"region": defaults.region, "from_month": of_date(defaults.today), **values}, row=row),
    )  # fmt: skip


def contributions(defaults: Defaults) -> ListSpec[ContributionRecord]:
    """Contributions as the tax authority or the agency returns them."""
    columns = (
        *_who(),
        Column("year", _("缴费年度"), "integer", True, ("年度", "所属年度", "aae001")),
        Column("amount_fen", _("缴费金额"), "yuan", True, ("金额", "实缴金额", "aae022")),
        Column("paid_on", _("缴费日期"), "date", True, ("入库日期", "缴款日期", "到账时间")),
        Column(
            "kind",
            _("缴费类别"),
            "choice",
            aliases=("缴费类型", "aaa115"),
            choices=KINDS,
            help=_("不填为个人缴费"),
        ),
        Column("tier_fen", _("缴费档次"), "yuan", aliases=("档次",)),
        Column(
            "arrived_on",
            _("划拨日期"),
            "date",
            aliases=("到财政专户日期",),
            help=_("没有划拨日期的缴费视为未到账"),
        ),
        Column("tax_posted_on", _("税务记账日期"), "date"),
        Column("reference", _("凭证号"), aliases=("电子税票号", "票号")),
    )
    return ListSpec(
        "contributions", _("缴费明细"), columns, lambda values, row: ContributionRecord(**values, row=row)
    )


def accounts(defaults: Defaults) -> ListSpec[BankAccountRecord]:
    """Bank accounts of recipients."""
    columns = (
        *_who(),
        Column("bank", _("开户银行"), required=True, aliases=("银行",)),
        Column("account", _("银行账号"), "digits", True, ("账号", "卡号", "aae010")),
        Column("holder", _("户名"), aliases=("开户名",)),
        Column("from_month", _("启用年月"), "month"),
    )
    return ListSpec(
        "accounts", _("银行账户"), columns,
        lambda values, row: BankAccountRecord(**{"from_month": of_date(defaults.today), **values}, row=row),
    )  # fmt: skip


def certifications(defaults: Defaults) -> ListSpec[CertificationRecord]:
    """Life certifications that passed."""
    columns = (
        *_who(),
        Column("certified_on", _("认证日期"), "date", True),
        Column("channel", _("认证方式"), "choice", aliases=("aac098",), choices=CHANNELS),
        Column("evidence", _("依据")),
    )
    return ListSpec(
        "certifications",
        _("资格认证结果"),
        columns,
        lambda values, row: CertificationRecord(**values, row=row),
    )


def deaths(defaults: Defaults) -> ListSpec[DeathRecord]:
    """Confirmed deaths."""
    columns = (
        *_who(),
        Column("died_on", _("死亡日期"), "date", True, ("死亡时间", "去世日期")),
        Column("evidence", _("依据"), aliases=("来源", "证明材料")),
    )
    return ListSpec("deaths", _("死亡人员"), columns, lambda values, row: DeathRecord(**values, row=row))


def groups(defaults: Defaults) -> ListSpec[GroupRecord]:
    """Members of hardship and other groups."""
    columns = (
        *_who(),
        Column("group_id", _("群体"), "choice", True, ("人员类别", "困难类型"), choices=GROUPS),
        Column("from_month", _("起始年月"), "month", True, ("认定年月",)),
        Column("to_month", _("退出年月"), "month", aliases=("终止年月",)),
        Column("level", _("等级"), aliases=("档次", "级别")),
    )
    return ListSpec("groups", _("群体名单"), columns, lambda values, row: GroupRecord(**values, row=row))


def _take(service: Callable[..., Outcome]) -> Take:
    return lambda records, door, mode, dry_run: service(records, door, mode=mode, dry_run=dry_run)


LISTS: dict[str, ListEntry] = {
    entry.name: entry
    for entry in (
        ListEntry("people", "人员名册（期初）", people, _take(import_people)),
        ListEntry("enrolments", "参保登记", new_people, _take(enrol)),
        ListEntry("contributions", "缴费明细", contributions, _take(record_contributions)),
        ListEntry("accounts", "银行账户", accounts, _take(set_bank_account)),
        ListEntry("certifications", "资格认证结果", certifications, _take(certify)),
        ListEntry("deaths", "死亡人员", deaths, _take(record_deaths)),
        ListEntry("groups", "群体名单", groups, _take(join_group)),
    )
}
