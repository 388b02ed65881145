"""What one person makes and another checks before it counts: payment runs and yearly credits (一事双岗双审, R1.19-01)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Reviewed(models.Model):
    """Abstract: maker and checker are two people. The subclass has the states and names the two constraints of its own."""

    maker = models.CharField("经办人", max_length=150)
    checker = models.CharField("复核人", max_length=150, null=True)

    class Meta:
        abstract = True

    @property
    def batch(self) -> str:
        """What it is called on paper and on the command line."""
        raise NotImplementedError

    def state_name(self) -> str:
        raise NotImplementedError


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
