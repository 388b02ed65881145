"""Reaching people: the enrolment drive, village publications with objections, text messages with consent. Append-only."""

from __future__ import annotations

from django.db import models

from jingban.registry.models import Person
from jingban.store.models import Origin


class DrivePerson(models.Model):
    """One person to be asked in a year's enrolment drive: interrupted, hesitant, or on a list but not in the register."""

    append_only = True

    class Why(models.TextChoices):
        UNINSURED = "uninsured", "未参保"
        INTERRUPTED = "interrupted", "断缴"
        HESITANT = "hesitant", "连续断缴"

    year = models.IntegerField("年度")
    why = models.CharField("类别", max_length=12, choices=Why.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="人员")
    id_number = models.CharField("证件号码", max_length=40)
    name = models.CharField("姓名", max_length=100)
    township = models.CharField("乡镇", max_length=60, blank=True)
    village = models.CharField("村", max_length=60, blank=True)
    last_year = models.IntegerField("最近缴费年度", default=0)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "扩面对象"
        constraints = [models.UniqueConstraint(fields=["year", "id_number"], name="asked_once_a_year")]


class DriveResult(models.Model):
    """What a visit or call found out."""

    append_only = True

    class Result(models.TextChoices):
        ENROLLED = "enrolled", "已参保缴费"
        ELSEWHERE = "elsewhere", "已参加其他险种"
        STUDENT = "student", "在校学生"
        ARMY = "army", "服役"
        MOVED = "moved", "外出或迁出"
        DEAD = "dead", "死亡"
        REFUSED = "refused", "暂不愿参保"

    asked = models.ForeignKey(DrivePerson, models.PROTECT, related_name="results", verbose_name="扩面对象")
    result = models.CharField("核实结果", max_length=12, choices=Result.choices)
    note = models.CharField("说明", max_length=200, blank=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "扩面核实结果"


class Publication(models.Model):
    """A list hung out in one village for a number of days."""

    append_only = True

    kind = models.CharField("公示内容", max_length=24)
    township = models.CharField("乡镇", max_length=60)
    village = models.CharField("村", max_length=60)
    month = models.IntegerField("月份")
    from_on = models.DateField("公示起日")
    until_on = models.DateField("公示止日")
    count = models.PositiveIntegerField("人数")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "公示"
        constraints = [
            models.UniqueConstraint(fields=["kind", "township", "village", "month"], name="published_once")
        ]


class PublishedRow(models.Model):
    """One line as it hung out: masked."""

    append_only = True

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="rows", verbose_name="公示")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    name = models.CharField("姓名（脱敏）", max_length=100)
    number = models.CharField("号码（脱敏）", max_length=40)
    amount_fen = models.BigIntegerField("金额（分）", default=0)

    class Meta:
        verbose_name = "公示行"


class Objection(models.Model):
    """Somebody objects to a published row; a suspicion follows it."""

    append_only = True

    row = models.ForeignKey(PublishedRow, models.PROTECT, related_name="objections", verbose_name="公示行")
    received_on = models.DateField("收到日期")
    content = models.CharField("异议内容", max_length=500)
    suspicion = models.ForeignKey(
        "safeguards.Suspicion", models.PROTECT, related_name="objections", verbose_name="疑点"
    )
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "公示异议"


class MessageConsent(models.Model):
    """Whether a person agrees to receive messages; the newest counts."""

    append_only = True

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    agreed = models.BooleanField("同意")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "短信意愿"


class MessageRound(models.Model):
    """One round of text messages with one text version. Counts as the gateway answered."""

    append_only = True

    purpose = models.CharField("用途", max_length=40)
    version = models.CharField("文本版本", max_length=20)
    text = models.TextField("文本")
    gateway = models.CharField("网关", max_length=40)
    sent = models.PositiveIntegerField("成功")
    failed = models.PositiveIntegerField("失败")
    skipped = models.PositiveIntegerField("未同意或无号码")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "短信批次"


class Message(models.Model):
    """One message of a round."""

    append_only = True

    class Status(models.TextChoices):
        SENT = "sent", "成功"
        FAILED = "failed", "失败"

    round = models.ForeignKey(MessageRound, models.PROTECT, related_name="messages", verbose_name="批次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    phone = models.CharField("号码（脱敏）", max_length=40)
    status = models.CharField("结果", max_length=8, choices=Status.choices)
    reason = models.CharField("原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "短信"
