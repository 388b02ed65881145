"""What one person makes and another checks before it counts: payment runs and yearly credits (一事双岗双审, R1.19-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from jingban.store.models import Origin
from jingban.values.i18n import gettext as _


class Reviewed(models.Model):
    """Abstract: what a county computes as of a day and with a law; maker and checker are two people. The subclass has the states,
    the rules and what its number consists of, and names the two constraints of its own."""

    maker = models.CharField("经办人", max_length=150)
    checker = models.CharField("复核人", max_length=150, null=True)
    region_id = models.IntegerField("区划")
    attempt = models.PositiveSmallIntegerField("次序")
    horizon = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="事实截止")
    known_on = models.DateField("政策截止日")
    law = models.JSONField("所用政策")
    person_count = models.PositiveIntegerField("人数", default=0)
    report = models.JSONField("预览", default=dict)

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        @property
        def batch(self) -> str:
            """What it is called on paper, at the bank and on the command line."""

        def get_state_display(self) -> str: ...

    def __str__(self) -> str:
        return self.batch

    def state_name(self) -> str:
        return _(self.get_state_display())


def two_pairs_of_eyes(name: str) -> list[models.CheckConstraint]:
    """The checker is not the maker, and nothing gets past the draft without a checker."""
    return [
        models.CheckConstraint(
            condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name=f"{name}_maker_is_not_checker"
        ),
        models.CheckConstraint(
            condition=Q(state__in=["draft", "cancelled"]) | Q(checker__isnull=False),
            name=f"{name}_needs_a_checker",
        ),
    ]
