"""The unit that closes its books, and what every budget fact has."""

from __future__ import annotations

from django.db import models

from jingban.registry.models import Fact, Origin


class Unit(models.Model):
    """A budget unit (预算单位). ``kind`` decides which disclosures apply (R J10: 机关运行经费)."""

    append_only = True

    class Kind(models.TextChoices):
        ADMINISTRATIVE = "administrative", "行政单位"
        CIVIL_SERVICE = "civil_service", "参照公务员法管理的事业单位"
        INSTITUTION = "institution", "事业单位"

    code = models.CharField("单位代码", max_length=32, unique=True)
    name = models.CharField("单位名称", max_length=120)
    kind = models.CharField("单位性质", max_length=16, choices=Kind.choices)
    superior = models.CharField("主管部门", max_length=120, blank=True)
    duties = models.TextField("主要职能", blank=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "预算单位"

    def __str__(self) -> str:
        return self.name

    @property
    def has_operating_funds(self) -> bool:
        """Administrative units and those under the civil-service law report 机关运行经费."""
        return self.kind in (self.Kind.ADMINISTRATIVE, self.Kind.CIVIL_SERVICE)


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
