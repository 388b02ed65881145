"""A payment run and its lines (R1.9).

``Run`` is the only table here whose rows change: its state moves. Everything else is append-only. A line counts as settled
from the release of its run until its order is known to have failed; an unknown outcome counts as settled.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from jingban.payments import guard
from jingban.payments.models.reviewed import Reviewed, two_pairs_of_eyes
from jingban.registry.models import Person, PersonFact
from jingban.store.models import Origin


class Channel(models.IntegerChoices):
    """Where a line goes (docs/internals/relations.md). Held lines (4) are never stored."""

    BANK = 1, "银行"
    ESTATE = 2, "遗属"
    RECEIVABLE = 3, "应收"
    OFFSET = 5, "抵转"


class State(models.TextChoices):
    DRAFT = "draft", "已预览"
    REVIEWED = "reviewed", "已复核"
    RELEASED = "released", "已发放"
    FILED = "filed", "已出盘"
    UNKNOWN = "unknown", "结果不明"
    RETURNED = "returned", "已回盘"
    SETTLED = "settled", "已结算"
    CANCELLED = "cancelled", "已撤销"


PAID_STATES = (State.RELEASED, State.FILED, State.UNKNOWN, State.RETURNED, State.SETTLED)
"""States whose lines count as settled."""


class Run(Reviewed):
    """One payment run of a county for a payroll month. Two pairs of eyes are a constraint of the database."""

    machine = guard.RUN

    class Kind(models.TextChoices):
        MONTHLY = "monthly", "月度发放"
        ESTATE = "estate", "遗属待遇"
        EXTRA = "extra", "补充发放"

    payroll_month = models.IntegerField("发放月")
    kind = models.CharField("种类", max_length=10, choices=Kind.choices, default=Kind.MONTHLY)
    state = FSMField("状态", choices=State.choices, default=State.DRAFT, protected=True)
    release = models.ForeignKey(Origin, models.PROTECT, related_name="+", null=True, verbose_name="发放来源")
    rules = models.JSONField("所用规则", null=True)
    """Step → digest of its text (``RuleText``); None in runs made before the texts were kept."""
    before = models.ForeignKey("self", models.PROTECT, related_name="after", null=True, verbose_name="上期")
    amount_fen = models.BigIntegerField("应付金额", default=0)
    file_digest = models.CharField("报盘摘要", max_length=80, blank=True)

    class Meta:
        verbose_name = "发放批次"
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "payroll_month", "kind"],
                condition=~Q(state="cancelled") & ~Q(kind="extra"),
                name="run_one_live_per_month",
            ),
            models.UniqueConstraint(
                fields=["region_id", "payroll_month", "kind", "attempt"], name="run_attempt"
            ),
            *two_pairs_of_eyes("run"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "reviewed", "cancelled"]) | Q(release__isnull=False),
                name="run_release_is_known",
            ),
        ]

    @property
    def batch(self) -> str:
        """The idempotent batch number the bank knows."""
        code = {"monthly": "M", "estate": "E", "extra": "X"}[self.kind]
        year, number = divmod(self.payroll_month, 12)
        return f"{self.region_id:06d}{year:04d}{number + 1:02d}{code}{self.attempt:02d}"

    def persons(self) -> list[int]:
        """Everybody it pays, claims from or holds."""
        paid = self.lines.values_list("person_id", flat=True)
        return sorted({*paid, *self.held.values_list("person_id", flat=True)})

    @transition(field=state, source=State.DRAFT, target=State.REVIEWED)
    def to_reviewed(self, checker: str) -> None:
        self.checker = checker

    @transition(field=state, source=State.REVIEWED, target=State.RELEASED)
    def to_released(self, origin: Origin) -> None:
        self.release = origin

    @transition(field=state, source=State.RELEASED, target=State.FILED)
    def to_filed(self, digest: str) -> None:
        self.file_digest = digest

    @transition(field=state, source=State.FILED, target=State.UNKNOWN)
    def to_unknown(self) -> None:
        """The bank's answer is missing or unreadable: nothing is re-sent, only an answer leads on."""

    @transition(field=state, source=[State.FILED, State.UNKNOWN, State.RETURNED], target=State.RETURNED)
    def to_returned(self) -> None:
        """An answer for some or all orders is in."""

    @transition(field=state, source=[State.RELEASED, State.RETURNED], target=State.SETTLED)
    def to_settled(self) -> None:
        """Every order has its final outcome."""

    @transition(field=state, source=[State.DRAFT, State.REVIEWED], target=State.CANCELLED)
    def to_cancelled(self) -> None:
        """Nothing was paid."""


class RunEvent(models.Model):
    """Each move of a run: state, by whom, when (origin)."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="events", verbose_name="批次")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "批次经过"


class Order(models.Model):
    """One bank order for a person in a run: the sum of its lines. The primary key is the order number the bank returns."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="orders", verbose_name="批次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    channel = models.SmallIntegerField("去向", choices=Channel.choices)
    bank = models.CharField("银行", max_length=32, blank=True)
    account = models.CharField("账号", max_length=40, blank=True)
    holder = models.CharField("户名", max_length=100, blank=True)
    amount_fen = models.BigIntegerField("金额")

    class Meta:
        verbose_name = "支付单"
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="order_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="order_is_positive"),
        ]


class Line(models.Model):
    """What one person gets for one item and entitlement month in one run, signed.

    Written only by INSERT … SELECT from the engine's lines, so the references to person and order carry no constraint
    of their own (PostgreSQL would queue a check for each of them).
    """

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="lines", verbose_name="批次")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_constraint=False, db_index=False, verbose_name="人员"
    )
    order = models.ForeignKey(
        Order,
        models.PROTECT,
        related_name="lines",
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name="支付单",
    )
    item = models.SmallIntegerField("项目")
    month = models.IntegerField("待遇所属月")
    amount_fen = models.BigIntegerField("金额")
    owed_fen = models.BigIntegerField("应付")
    settled_fen = models.BigIntegerField("已结")
    channel = models.SmallIntegerField("去向", choices=Channel.choices)
    reason = models.SmallIntegerField("原因", default=0)

    class Meta:
        verbose_name = "发放明细"
        constraints = [models.UniqueConstraint(fields=["person", "month", "item", "run"], name="line_once")]


class PlannedEntry(models.Model):
    """The account entries that the run brings when it is released (R1.8: kind 3 draw, 4 refund, 5 balance paid out)."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="entries", db_index=False, verbose_name="批次")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_constraint=False, db_index=False, verbose_name="人员"
    )
    ledger = models.SmallIntegerField("分账")
    kind = models.SmallIntegerField("性质")
    month = models.IntegerField("所属月")
    amount_fen = models.BigIntegerField("金额")

    class Meta:
        verbose_name = "拟记账户明细"
        indexes = [models.Index(fields=["run", "person"], name="planned_of_person")]


class OrderStatus(models.Model):
    """What became of an order. ``failed`` is final: its lines stop counting and the next run pays them again."""

    append_only = True

    class Status(models.TextChoices):
        PAID = "paid", "成功"
        FAILED = "failed", "失败"

    order = models.OneToOneField(Order, models.PROTECT, related_name="outcome", verbose_name="支付单")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    status = models.CharField("结果", max_length=6, choices=Status.choices)
    code = models.CharField("银行代码", max_length=16, blank=True)
    reason = models.CharField("原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "支付结果"
        indexes = [
            models.Index(fields=["order"], name="order_failed", condition=models.Q(status="failed")),
        ]


class Bounce(models.Model):
    """Money the bank had paid and returned later (late bounce). Its lines stop counting, and the next run owes them again, once."""

    append_only = True

    order = models.OneToOneField(Order, models.PROTECT, related_name="bounce", verbose_name="支付单")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    returned_on = models.DateField("退回日期")
    reason = models.CharField("原因", max_length=100)

    class Meta:
        verbose_name = "付后退回"


class Held(models.Model):
    """What a preview owes a person but may not pay now, one row a person: for the eyes of who makes, reviews and asks."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="held", verbose_name="批次")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_constraint=False, db_index=False, verbose_name="人员"
    )
    reason = models.SmallIntegerField("原因")
    first_month = models.IntegerField("首月")
    last_month = models.IntegerField("末月")
    amount_fen = models.BigIntegerField("金额")

    class Meta:
        verbose_name = "应计未发明细"


class ReturnFile(models.Model):
    """A bank answer that was taken in; the same file is never taken twice."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="returns", verbose_name="批次")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    digest = models.CharField("摘要", max_length=80, unique=True)
    name = models.CharField("文件名", max_length=200)
    count = models.PositiveIntegerField("笔数")

    class Meta:
        verbose_name = "回盘文件"


class EstatePayee(PersonFact):
    """Who receives what is left for a dead person's estate; without one it waits."""

    name = models.CharField("领取人", max_length=100)
    bank = models.CharField("银行", max_length=32)
    account = models.CharField("账号", max_length=40)
    relationship = models.CharField("与参保人关系", max_length=32, blank=True)

    class Meta(PersonFact.Meta):
        verbose_name = "遗属领取人"
