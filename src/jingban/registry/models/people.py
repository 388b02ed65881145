"""Who people are, where they live, to which county they belong, and which groups they are in."""

from __future__ import annotations

from django.db import models

from jingban.registry.models.base import PersonFact
from jingban.store.models import months_field, ordered


class Identity(PersonFact):
    """Name, ID number with its status (``jingban.values.citizen_id``), sex, legal birth date, ethnicity."""

    name = models.CharField("姓名", max_length=100)
    id_number = models.CharField("证件号码", max_length=32, db_index=True)
    id_status = models.CharField("证件状态", max_length=16)
    sex = models.CharField("性别", max_length=6, blank=True)
    birth_date = models.DateField("出生日期")
    ethnicity = models.CharField("民族", max_length=32, blank=True)

    class Meta(PersonFact.Meta):
        verbose_name = "身份"


class Residence(PersonFact):
    """Township, village, group, address and telephone, from a month on."""

    township_code = models.CharField("乡镇代码", max_length=12, blank=True)
    township = models.CharField("乡镇", max_length=60, blank=True)
    village_code = models.CharField("村代码", max_length=12, blank=True)
    village = models.CharField("村", max_length=60, blank=True)
    group_name = models.CharField("组", max_length=60, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    valid_from = months_field("起始月")

    class Meta(PersonFact.Meta):
        verbose_name = "居住与联系"


class Relation(PersonFact):
    """Participation in one county (R1.1-07: one live relation per person). ``[valid_from, valid_to)``."""

    class State(models.IntegerChoices):
        CONTRIBUTING = 1, "参保缴费"
        PAUSED = 2, "暂停缴费"

    class Entry(models.IntegerChoices):
        NEW = 1, "新参保"
        TRANSFER_IN = 2, "转入"
        IMPORTED = 3, "期初导入"
        SPECIAL = 4, "特殊申请"

    region_id = models.IntegerField("区划")
    valid_from = months_field("起始月")
    valid_to = months_field("终止月", open_end=True)
    state = models.SmallIntegerField("缴费状态", choices=State.choices, default=State.CONTRIBUTING)
    reason = models.CharField("状态原因", max_length=8, blank=True)
    entry = models.SmallIntegerField("参保方式", choices=Entry.choices, default=Entry.NEW)
    end_reason = models.CharField("终止原因", max_length=8, blank=True)

    class Meta(PersonFact.Meta):
        verbose_name = "参保关系"
        constraints = [*PersonFact.Meta.constraints, ordered("relation_ordered")]


class GroupMembership(PersonFact):
    """Hardship and other groups (numbers in docs/internals/relations.md), ``[valid_from, valid_to)``."""

    group_id = models.SmallIntegerField("群体")
    level = models.CharField("级别", max_length=16, blank=True)
    evidence = models.CharField("依据", max_length=200, blank=True)
    valid_from = months_field("起始月")
    valid_to = months_field("终止月", open_end=True)

    class Meta(PersonFact.Meta):
        verbose_name = "群体身份"
        constraints = [*PersonFact.Meta.constraints, ordered("groupmembership_ordered")]


class OtherCoverage(PersonFact):
    """Months insured in another basic scheme (employees', public institutions), ``[valid_from, valid_to)``."""

    scheme = models.CharField("险种", max_length=32)
    valid_from = months_field("起始月")
    valid_to = months_field("终止月", open_end=True)

    class Meta(PersonFact.Meta):
        verbose_name = "其他制度参保"
        constraints = [*PersonFact.Meta.constraints, ordered("othercoverage_ordered")]


class Transfer(PersonFact):
    """The relation moved (R1.15): ``direction`` in or out; the balance by sub-ledger stands in the account entries."""

    class Direction(models.IntegerChoices):
        IN = 1, "转入"
        OUT = 2, "转出"

    direction = models.SmallIntegerField("方向", choices=Direction.choices)
    other_region = models.CharField("对方区划", max_length=12)
    reference = models.CharField("联系函号", max_length=64, blank=True)
    month = months_field("办结月")
    amount_fen = models.BigIntegerField("转移金额")
    years = models.SmallIntegerField("转移年限", default=0)

    class Meta(PersonFact.Meta):
        verbose_name = "关系转移"
