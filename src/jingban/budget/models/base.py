"""The unit that closes its books, and what every budget fact has."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from django.db import models

from jingban.store.models import Fact, Origin

M = TypeVar("M", bound=models.Model)


class Registered(models.Manager[M]):
    """Units or projects whose registration holds; a withdrawn one is reached only through the rows that name it."""

    def get_queryset(self) -> models.QuerySet[M]:
        held = {"versions__superseded_by__isnull": True, "versions__retracted": False}
        return super().get_queryset().filter(**held).prefetch_related("versions")


class Unit(models.Model):
    """A budget unit (预算单位), known by its code for ever; what is said of it is a fact that may be corrected."""

    append_only = True

    class Kind(models.TextChoices):
        """Decides which disclosures apply (R J10: 机关运行经费)."""

        ADMINISTRATIVE = "administrative", "行政单位"
        CIVIL_SERVICE = "civil_service", "参照公务员法管理的事业单位"
        INSTITUTION = "institution", "事业单位"

    code = models.CharField("单位代码", max_length=32, unique=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    objects = Registered["Unit"]()

    class Meta:
        verbose_name = "预算单位"

    def __str__(self) -> str:
        return self.name

    @cached_property
    def details(self) -> UnitDetails:
        """What is said of the unit now; of a withdrawn one, what was said last."""
        return max(self.versions.all(), key=attrgetter("pk"))

    @property
    def name(self) -> str:
        return self.details.name

    @property
    def kind(self) -> str:
        return self.details.kind

    @property
    def superior(self) -> str:
        return self.details.superior

    @property
    def duties(self) -> str:
        return self.details.duties

    def get_kind_display(self) -> str:
        return self.details.get_kind_display()

    @property
    def has_operating_funds(self) -> bool:
        """Administrative units and those under the civil-service law report 机关运行经费."""
        return self.kind in (self.Kind.ADMINISTRATIVE, self.Kind.CIVIL_SERVICE)


class UnitDetails(Fact):
    """Name, kind, superior and duties of a unit. The first row registers it; a later one corrects or withdraws."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions", verbose_name="单位")
    name = models.CharField("单位名称", max_length=120)
    kind = models.CharField("单位性质", max_length=16, choices=Unit.Kind.choices)
    superior = models.CharField("主管部门", max_length=120, blank=True)
    duties = models.TextField("主要职能", blank=True)

    class Meta(Fact.Meta):
        verbose_name = "预算单位登记"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(supersedes__isnull=True), name="unit_registered_once"
            ),
        ]


class BudgetFact(Fact):
    """Abstract: a fact of one unit in one budget year."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    year = models.IntegerField("年度", db_index=True)

    class Meta(Fact.Meta):
        abstract = True


class PublishedFigure(BudgetFact):
    """A figure of a year whose books are not here: typed from the published report, with the document as evidence.

    Used as the base of 'compared with last year' when last year's payments are not in the system.
    """

    form = models.CharField("表", max_length=16)
    row = models.CharField("行", max_length=40)
    column = models.CharField("列", max_length=40)
    amount_fen = models.BigIntegerField("金额（分）")
    evidence = models.CharField("依据", max_length=200)

    class Meta(BudgetFact.Meta):
        verbose_name = "已公开数"
