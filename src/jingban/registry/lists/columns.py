"""Columns that several lists of the register share, with the names in use (domain.md 6.4 for 金保 field names)."""

from __future__ import annotations

from jingban.registry.codebooks import GROUPS
from jingban.store.lists.spec import Column
from jingban.values.i18n import gettext as _

SEXES = {"男": "male", "女": "female", "1": "male", "2": "female"}


def person() -> Column:
    """Reference to a person by ID number or personal number."""
    return Column(
        "id_number", _("证件号码"), "digits", True,
        ("aac002", "aac147", "公民身份号码", "身份证号", "身份证号码", "身份证", "社会保障号", "社会保障号码"),
        help=_("18 位公民身份号码"), example="510421196003150014",
    )  # fmt: skip


def name(*, required: bool = False) -> Column:
    return Column("name", _("姓名"), "text", required, ("aac003", "参保人姓名", "人员姓名"), example="张三")


def evidence() -> Column:
    return Column("evidence", _("依据"), "text", False, ("aae013", "证明材料", "备注", "说明"))


def bank(*, required: bool) -> tuple[Column, ...]:
    return (
        Column("bank", _("银行"), "text", required, ("aae008", "开户银行", "开户行", "发放银行")),
        Column("account", _("银行账号"), "digits", required, ("aae010", "银行卡号", "账号", "发放账号", "社保卡银行账号", "新银行账号", "新账号", "变更后账号")),
        Column("holder", _("户名"), "text", False, ("aae009", "账户名", "开户人"), help=_("不填则为本人")),
    )  # fmt: skip


def identity() -> tuple[Column, ...]:
    """Who a person is, where they live, what groups they are in."""
    return (
        person(),
        name(required=True),
        Column("number", _("个人编号"), "digits", False, ("aac001", "人员编号", "个人社保编号"), help=_("原系统编号；不填则自动编号")),
        Column("sex", _("性别"), "choice", False, ("aac004",), SEXES, _("不填则取自证件号码")),
        Column("birth_date", _("出生日期"), "date", False, ("aac006", "出生年月日"), help=_("不填则取自证件号码")),
        Column("ethnicity", _("民族"), "text", False, ("aac005",)),
        Column("region", _("区划"), "digits", False, ("aaa027", "统筹区", "行政区划", "区划代码"), help=_("六位；不填则为本中心")),
        Column("township_code", _("乡镇代码"), "digits", False, ("乡镇编码",)),
        Column("township", _("乡镇"), "text", False, ("乡镇街道", "街道", "所属乡镇")),
        Column("village_code", _("村代码"), "digits", False, ("村编码", "社区代码")),
        Column("village", _("村"), "text", False, ("村社区", "社区", "行政村", "所属村")),
        Column("group_name", _("组"), "text", False, ("村民小组", "小组", "组别")),
        Column("address", _("地址"), "text", False, ("aae006", "联系地址", "户籍地址", "住址")),
        Column("phone", _("电话"), "text", False, ("aae005", "联系电话", "手机", "手机号码", "手机号", "联系方式", "电话号码")),
        Column("from_month", _("参保年月"), "month", False, ("aac030", "首次参保年月", "参保时间", "参保日期")),
        *bank(required=False),
        Column(
            "groups", _("群体"), "text", False, ("群体身份", "困难群体", "特殊身份", "人员类别"),
            help=_("可多个，用顿号分开：") + "建档立卡、低保、特困、重残、退捕渔民、被征地农民、监测户、残疾", example="低保",
        ),
    )  # fmt: skip


def group_ids(text: str) -> tuple[int, ...]:
    """``建档立卡、低保`` -> (1, 2). Raises ``ValueError(code, message)``."""
    if not text:
        return ()
    for mark in ",，;；/ ":
        text = text.replace(mark, "、")
    words = [word for word in text.split("、") if word]
    if any(word not in GROUPS for word in words):
        raise ValueError("LST-109", _("不认识的群体；可填：%(names)s") % {"names": "、".join(GROUPS)})
    return tuple(sorted({GROUPS[word] for word in words}))
