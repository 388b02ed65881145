"""Suspicions (疑点, R1.19-05): found → assigned → verified → acted → closed. Append-only; the state is that of the last event.

Whoever found it does not verify it: every event carries the finder, a trigger compares it with the suspicion, a check
refuses ``actor = finder`` for the verdict. A key says what the suspicion is about, so that a bulk re-run cannot raise the
same one again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jingban.registry.models import Person
from jingban.safeguards.models.lists import OtherRow
from jingban.store.models import Origin


class Suspicion(models.Model):
    """Something about a person in the register that may be wrong. ``score`` orders the queue within one confidence:
    likelier first (docs/internals/matching.md)."""

    append_only = True

    class Confidence(models.TextChoices):
        CERTAIN = "certain", "号码姓名一致"
        PROBABLE = "probable", "高度疑似"
        GREY = "grey", "待人工比对"

    key = models.CharField("要点", max_length=120, unique=True)
    kind = models.CharField("疑点类别", max_length=32, db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="suspicions", verbose_name="人员")
    row = models.ForeignKey(
        OtherRow, models.PROTECT, null=True, related_name="suspicions", verbose_name="名单行"
    )
    method = models.CharField("方法", max_length=32)
    confidence = models.CharField("把握", max_length=10, choices=Confidence.choices)
    score = models.IntegerField("得分", default=0)
    event_on = models.DateField("发生日期", null=True)
    month = models.IntegerField("发现月")
    amount_fen = models.BigIntegerField("疑似多发（分）", default=0)
    detail = models.JSONField("内容", default=dict)
    finder = models.CharField("发现人", max_length=150)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "疑点"
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gte=0), name="suspicion_amount")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class SuspicionEvent(models.Model):
    """One step of a suspicion. ``amount_fen``: to be recovered when acted on, recovered when closed."""

    append_only = True

    class Action(models.TextChoices):
        FOUND = "found", "发现"
        ASSIGNED = "assigned", "分派"
        VERIFIED = "verified", "核实"
        ACTED = "acted", "处理"
        CLOSED = "closed", "办结"
        NOTED = "noted", "补充"

    class State(models.TextChoices):
        FOUND = "found", "待分派"
        ASSIGNED = "assigned", "核实中"
        TRUE = "true", "属实待处理"
        FALSE = "false", "不属实"
        ACTED = "acted", "处理中"
        CLOSED = "closed", "已办结"

    class Measure(models.TextChoices):
        NONE = "", "无"
        STOP = "stop", "停发"
        RECOVER = "recover", "追回"
        CORRECT = "correct", "更正"

    suspicion = models.ForeignKey(Suspicion, models.PROTECT, related_name="events", verbose_name="疑点")
    sequence = models.PositiveIntegerField("序号")
    action = models.CharField("操作", max_length=10, choices=Action.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    actor = models.CharField("操作人", max_length=150)
    finder = models.CharField("发现人", max_length=150)
    assignee = models.CharField("核实人", max_length=150, blank=True)
    measure = models.CharField("措施", max_length=8, choices=Measure.choices, blank=True)
    amount_fen = models.BigIntegerField("金额（分）", default=0)
    case_number = models.CharField("业务编号", max_length=32, blank=True)
    note = models.TextField("说明", blank=True)
    at = models.DateTimeField("时间")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "疑点环节"
        constraints = [
            models.UniqueConstraint(fields=["suspicion", "sequence"], name="one_suspicion_event_a_number"),
            models.CheckConstraint(
                condition=~Q(action="verified") | ~Q(actor=F("finder")), name="finder_does_not_verify"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="suspicion_event_amount"),
        ]
        indexes = [models.Index(fields=["state", "suspicion"], name="suspicion_event_state")]
