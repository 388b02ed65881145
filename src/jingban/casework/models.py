"""Cases and what happened to them: append-only. The state of a case is the state of its last event.

Two pairs of eyes are kept by the database: an event that decides carries the maker of the case, a trigger compares it with
the case, a check refuses ``actor = maker``, and one event number can be written once, so of two concurrent decisions
exactly one wins. There is no switch that turns any of this off.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jingban.registry.models import Person
from jingban.store.models import Origin


class Case(models.Model):
    """A matter brought by a person or by the agency itself. ``content`` holds the form's fields in stored form."""

    append_only = True

    class Channel(models.TextChoices):
        COUNTER = "counter", "窗口"
        ONLINE = "online", "网上"
        VILLAGE = "village", "村（居）协办员"
        AGENCY = "agency", "经办机构主动发起"
        BATCH = "batch", "批量"

    number = models.CharField("业务编号", max_length=32, unique=True)
    kind = models.CharField("业务类别", max_length=40, db_index=True)
    batch = models.CharField("批次", max_length=32, blank=True, db_index=True)
    maker = models.CharField("经办人", max_length=150)
    office = models.CharField("经办网点", max_length=60, blank=True)
    channel = models.CharField("受理渠道", max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField("受理时间")
    due_on = models.DateField("应办结日期", null=True)
    legal_due_on = models.DateField("法定办结日期", null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="cases", verbose_name="人员")
    content = models.JSONField("内容")
    evidence = models.JSONField("材料")
    amount_fen = models.BigIntegerField("金额（分）", default=0)
    levels = models.PositiveSmallIntegerField("审批级数")
    row = models.PositiveIntegerField("批量行号", default=0)

    class Meta:
        verbose_name = "业务"
        constraints = [models.CheckConstraint(condition=Q(levels__gte=1), name="case_is_reviewed")]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """One step of a case."""

    append_only = True

    class Action(models.TextChoices):
        SUBMITTED = "submitted", "提交"
        APPROVED = "approved", "通过"
        RETURNED = "returned", "退回"
        REJECTED = "rejected", "不予办理"
        WITHDRAWN = "withdrawn", "撤回"
        FAILED = "failed", "办理时未通过校验"
        NOTED = "noted", "记录"

    class State(models.TextChoices):
        PENDING = "pending", "待审核"
        RETURNED = "returned", "已退回"
        DONE = "done", "已办结"
        REJECTED = "rejected", "不予办理"
        WITHDRAWN = "withdrawn", "已撤回"

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", verbose_name="业务")
    sequence = models.PositiveIntegerField("序号")
    action = models.CharField("操作", max_length=10, choices=Action.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    level = models.PositiveSmallIntegerField("审批级次", default=0)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    actor = models.CharField("操作人", max_length=150)
    maker = models.CharField("经办人", max_length=150)
    at = models.DateTimeField("时间")
    note = models.TextField("意见", blank=True)
    content = models.JSONField("更正后的内容", null=True)
    evidence = models.JSONField("更正后的材料", null=True)
    findings = models.JSONField("校验结果", default=list)
    origin = models.ForeignKey(Origin, models.PROTECT, null=True, related_name="+", verbose_name="来源")

    DECIDING = ("approved", "returned", "rejected")

    class Meta:
        verbose_name = "业务环节"
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="one_event_a_number"),
            models.CheckConstraint(
                condition=~Q(action__in=["approved", "returned", "rejected"]) | ~Q(actor=F("maker")),
                name="maker_is_not_checker",
            ),
            models.UniqueConstraint(
                fields=["case", "round", "actor"],
                condition=Q(action="approved"),
                name="one_approval_a_person",
            ),
        ]
        indexes = [models.Index(fields=["state", "case"], name="case_event_state")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} {self.action}"


class Volume(models.Model):
    """An archive volume (案卷): closed cases of a year and kind, numbered, with its retention period (R 1.21)."""

    append_only = True

    year = models.IntegerField("年度")
    number = models.PositiveIntegerField("卷号")
    kind = models.CharField("业务类别", max_length=40)
    retention = models.CharField("保管期限", max_length=12)
    retained_from = models.IntegerField("起算年度")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "案卷"
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="volume_number_once")]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:04d}"


class Filing(models.Model):
    """A case in its volume, at its place."""

    append_only = True

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="filings", verbose_name="案卷")
    case = models.OneToOneField(Case, models.PROTECT, related_name="filing", verbose_name="业务")
    place = models.PositiveIntegerField("件号")

    class Meta:
        verbose_name = "归档件"
        constraints = [models.UniqueConstraint(fields=["volume", "place"], name="filing_place_once")]


class Consultation(models.Model):
    """One question asked at the counter or by telephone, without personal data that is not needed."""

    append_only = True

    at = models.DateTimeField("时间")
    subject = models.CharField("咨询事项", max_length=60)
    channel = models.CharField("渠道", max_length=10)
    office = models.CharField("网点", max_length=60, blank=True)
    actor = models.CharField("接待人", max_length=150)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "咨询"


class Staff(models.Model):
    """Whose account it is: two accounts of one person are one pair of eyes."""

    append_only = True

    account = models.CharField("账号", max_length=150, unique=True)
    person = models.CharField("工号", max_length=64, db_index=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "工作人员账号"


class Practice(models.Model):
    """This is a practice centre (练习中心): who acts may be named freely, and every act says so.

    Made with the centre: the database refuses the row once anything is known or done.
    """

    append_only = True

    only = models.PositiveSmallIntegerField("唯一", default=1, unique=True)
    since = models.DateTimeField("设立时间")

    class Meta:
        verbose_name = "练习中心"
        constraints = [models.CheckConstraint(condition=Q(only=1), name="one_practice")]


class SystemUser(models.Model):
    """A user of the operating system acts as an account on the command line. The last row of a name holds; no account ends it."""

    append_only = True

    name = models.CharField("系统用户", max_length=100, db_index=True)
    account = models.CharField("账号", max_length=150, blank=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "系统用户登记"


class Secret(models.Model):
    """A password was set (never the password itself): by whom, and whether it was handed over and must be changed first."""

    append_only = True

    account = models.CharField("账号", max_length=150, db_index=True)
    handed = models.BooleanField("须先改口令")
    actor = models.CharField("操作人", max_length=150)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "口令设定"


class FactorRequest(models.Model):
    """Somebody lost telephone and keys: one administrator asks that the second factors of an account go."""

    append_only = True

    account = models.CharField("账号", max_length=150, db_index=True)
    actor = models.CharField("申请人", max_length=150)
    note = models.CharField("理由", max_length=200)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "取消第二因素申请"


class FactorRemoval(models.Model):
    """Another one confirms it, and only then they go. The database refuses one person for both."""

    append_only = True

    request = models.OneToOneField(FactorRequest, models.PROTECT, related_name="removal", verbose_name="申请")
    asker = models.CharField("申请人", max_length=150)
    actor = models.CharField("确认人", max_length=150)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "取消第二因素"
        constraints = [
            models.CheckConstraint(condition=~Q(actor=F("asker")), name="factor_needs_two"),
        ]


class Office(models.Model):
    """An office (网点) and the townships it serves. The last row of a name holds."""

    append_only = True

    name = models.CharField("网点", max_length=60, db_index=True)
    townships = models.JSONField("所辖乡镇")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "网点"


class Desk(models.Model):
    """Where an account works. The last row of an account holds; no office is the whole centre."""

    append_only = True

    account = models.CharField("账号", max_length=150, db_index=True)
    office = models.CharField("网点", max_length=60, blank=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "账号所属网点"


class Reading(models.Model):
    """Whose matter somebody opened on a day; written once a day for each."""

    append_only = True

    actor = models.CharField("查阅人", max_length=150)
    day = models.DateField("日期")
    subject = models.CharField("对象", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查阅"
        constraints = [models.UniqueConstraint(fields=["actor", "day", "subject"], name="reading_once_a_day")]


class Submission(models.Model):
    """One sending of a form makes one case, however often it arrives: the key the form carried, and what it made."""

    append_only = True

    key = models.CharField("提交标识", max_length=80, unique=True)
    number = models.CharField("业务编号", max_length=32)
    actor = models.CharField("经办人", max_length=150)

    class Meta:
        verbose_name = "表单提交"
