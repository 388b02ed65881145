"""What other bodies reported, row by row as it stood, and which villages reported at all."""

from __future__ import annotations

from django.db import models

from jingban.store.models import Origin


class OtherList(models.Model):
    """One list of one body for one month. The same content is never taken in twice for a month."""

    append_only = True

    source = models.CharField("来源部门", max_length=24, db_index=True)
    month = models.IntegerField("数据月份")
    digest = models.CharField("摘要", max_length=64)
    name = models.CharField("文件名", max_length=200, blank=True)
    count = models.PositiveIntegerField("行数")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "外部名单"
        constraints = [
            models.UniqueConstraint(fields=["source", "month", "digest"], name="other_list_taken_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.month} #{self.pk}"


class OtherRow(models.Model):
    """One person as the other body wrote them; ``id_number`` may be wrong, short or empty."""

    append_only = True

    list = models.ForeignKey(OtherList, models.PROTECT, related_name="rows", verbose_name="名单")
    row = models.PositiveIntegerField("行号")
    id_number = models.CharField("证件号码", max_length=40, blank=True, db_index=True)
    name = models.CharField("姓名", max_length=100, blank=True)
    sex = models.CharField("性别", max_length=6, blank=True)
    birth_date = models.DateField("出生日期", null=True)
    event_on = models.DateField("发生日期", null=True)
    """Day of death, of imprisonment, of the trace, first day of the other benefit."""
    until_on = models.DateField("截止日期", null=True)
    township = models.CharField("乡镇", max_length=60, blank=True)
    village = models.CharField("村", max_length=60, blank=True)
    detail = models.CharField("内容", max_length=200, blank=True)
    """Scheme, prison, disability level, kind of trace."""

    class Meta:
        verbose_name = "外部名单行"


class VillageReturn(models.Model):
    """A village reported for a month: how many rows (a nil return has 0)."""

    append_only = True

    list = models.ForeignKey(OtherList, models.PROTECT, related_name="villages", verbose_name="名单")
    township = models.CharField("乡镇", max_length=60)
    village = models.CharField("村", max_length=60)
    count = models.PositiveIntegerField("人数")

    class Meta:
        verbose_name = "村级报送"
        constraints = [
            models.UniqueConstraint(fields=["list", "township", "village"], name="village_once_a_list")
        ]
