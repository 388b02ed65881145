"""Who a fact is about: a person, known by a stable number."""

from __future__ import annotations

from django.db import models

from jingban.store.models import Fact, Origin


class Person(models.Model):
    """A person, known by a stable number for ever; everything else about them is a fact that may be corrected."""

    append_only = True

    number = models.CharField("个人编号", max_length=40, unique=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", db_index=False, verbose_name="来源")

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.number


class PersonFact(Fact):
    """Abstract: a fact about one person."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)s_facts", verbose_name="人员")

    class Meta(Fact.Meta):
        abstract = True
