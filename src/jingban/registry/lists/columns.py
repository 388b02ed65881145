"""Columns that several lists share, with the names in use (domain.md 6.4 for the 金保工程 field names)."""

from __future__ import annotations

from jingban.registry.lists import cells
from jingban.registry.lists.kind import Column
from jingban.values.i18n import gettext as _

SEXES = {"男": "male", "女": "female", "1": "male", "2": "female", "male": "male", "female": "female"}
GROUPS = {
    "建档立卡": 1,
    "建档立卡贫困人口": 1,
    "脱贫户": 1,
    "低保": 2,
    "低保对象": 2,
    "特困": 3,
    "特困人员": 3,
    "重残": 4,
    "重度残疾": 4,
    "重度残疾人": 4,
    "退捕渔民": 5,
    "被征地农民": 6,
    "失地农民": 6,
    "返贫致贫": 7,
    "监测户": 7,
    "残疾": 8,
    "残疾人": 8,
}
"""Words for the groups of docs/internals/relations.md."""


def person(*, required: bool = True) -> Column:
    """Reference to a person by ID number (or personal number)."""
    return Column(
        "id_number",
        _("证件号码"),
        cells.id_number,
        (
            "aac002",
            "公民身份号码",
            "身份证号",
            "身份证号码",
            "身份证",
            "社会保障号",
            "社会保障号码",
            "个人编号或证件号码",
            "aac147",
        ),
        required,
        _("18 位公民身份号码，文本格式"),
        "510421196003150014",
    )


def name(*, required: bool) -> Column:
    return Column("name", _("姓名"), cells.text, ("aac003", "参保人姓名", "人员姓名"), required, "", "张三")


def remark() -> Column:
    return Column("evidence", _("依据"), cells.text, ("证明材料", "备注", "说明", "aae013"))


def identity() -> list[Column]:
    """Who a person is and where they live."""
    return [
        person(),
        name(required=True),
        Column(
            "number",
            _("个人编号"),
            cells.digits,
            ("aac001", "人员编号", "个人社保编号"),
            help=_("原系统编号；不填则自动编号"),
        ),
        Column(
            "sex",
            _("性别"),
            cells.choice(SEXES),
            ("aac004",),
            help=_("不填则取自证件号码"),
            words=("男", "女"),
        ),
        Column(
            "birth_date", _("出生日期"), cells.date, ("aac006", "出生年月日"), help=_("不填则取自证件号码")
        ),
        Column("ethnicity", _("民族"), cells.text, ("aac005",)),
        Column(
            "region",
            _("区划"),
            cells.digits,
            ("aaa027", "统筹区", "行政区划", "区划代码"),
            help=_("六位；不填则为本中心"),
        ),
        Column("township_code", _("乡镇代码"), cells.digits, ("乡镇编码",)),
        Column("township", _("乡镇"), cells.text, ("乡镇（街道）", "乡镇街道", "街道", "所属乡镇")),
        Column("village_code", _("村代码"), cells.digits, ("村编码", "社区代码")),
        Column("village", _("村"), cells.text, ("村（社区）", "村社区", "社区", "行政村", "所属村")),
        Column("group_name", _("组"), cells.text, ("村民小组", "小组", "组别")),
        Column("address", _("地址"), cells.text, ("aae006", "联系地址", "户籍地址", "住址")),
        Column("phone", _("电话"), cells.text, ("aae005", "联系电话", "手机", "手机号码")),
        Column("from_month", _("参保年月"), cells.month, ("aac030", "首次参保年月", "参保时间", "参保日期")),
        *bank(required=False),
        Column(
            "groups",
            _("群体"),
            groups,
            ("群体身份", "困难群体", "特殊身份", "人员类别"),
            help=_("可多个，用顿号分开：")
            + "、".join(dict.fromkeys(list(GROUPS)[i] for i in (0, 3, 5, 7, 10, 11, 13, 15))),
        ),
    ]


def bank(*, required: bool) -> list[Column]:
    return [
        Column("bank", _("银行"), cells.text, ("aae008", "开户银行", "开户行", "发放银行"), required),
        Column(
            "account", _("银行账号"), cells.digits, ("aae010", "银行卡号", "账号", "社保卡银行账号", "发放账号"), required,
            _("文本格式"),
        ),
        Column("holder", _("户名"), cells.text, ("aae009", "账户名", "开户人"), help=_("不填则为本人")),
    ]  # fmt: skip


def groups(cell: object) -> tuple[int, ...]:
    """``建档立卡、低保`` -> (1, 2)"""
    value = cells.text(cell)
    for mark in ",，;；/ ":
        value = value.replace(mark, "、")
    words = [word for word in value.split("、") if word]
    unknown = [word for word in words if word not in GROUPS]
    if unknown:
        raise cells.BadCell(_("不认识的群体；可填：{words}").format(words="、".join(GROUPS)))
    return tuple(sorted({GROUPS[word] for word in words}))
