"""Columns the budget lists share, and how a list of facts of one kind is offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from jingban.budget.services import TABLES, record_facts
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.i18n import gettext as _


def words(choices: type[models.TextChoices]) -> dict[str, str]:
    """Printed word → stored value, the reader's language first; the stored value itself is understood too."""
    return {
        **{_(str(label)): value for value, label in choices.choices},
        **{str(label): value for value, label in choices.choices},
        **{value: value for value in choices.values},
    }


def unit_and_year() -> tuple[Column, ...]:
    return (
        Column("unit", _("单位代码"), "digits", True, ("预算单位代码", "部门代码"), example="510421001"),
        Column("year", _("年度"), "integer", True, ("预算年度", "会计年度"), example="2020"),
    )


def amount(title: str = "", *, key: str = "amount_fen", required: bool = True) -> Column:
    return Column(
        key,
        title or _("金额"),
        "yuan",
        required,
        ("金额（元）",) if not title else (),
        help=_("元，两位小数"),
    )


def voucher(*, required: bool = True) -> Column:
    return Column("voucher", _("凭证号"), "text", required, ("凭证编号", "凭证字号"), example="记-12")


def day(title: str = "", *, required: bool = True) -> Column:
    return Column("day", title or _("日期"), "date", required, ("凭证日期", "发生日期"), example="2020-03-15")


_FULL = str.maketrans(",;:()?!", "，；：（）？！")
_BESIDE_CHINESE = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff%\d])[,;:()?!]|[,;:()?!](?=[\u4e00-\u9fff])")


def fullwidth(text: str) -> str:
    """Punctuation of Chinese text as it is printed: reading a list folds it to half width (NFKC)."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return text
    return _BESIDE_CHINESE.sub(lambda found: found[0].translate(_FULL), text)


Take = Callable[..., Outcome]


def offer(
    name: str,
    title: str,
    columns: Callable[[], tuple[Column, ...]],
    record: type[Any],
    take: Take = record_facts,
    table: type[models.Model] | None = None,
) -> ListEntry:
    """A list whose columns are the fields of ``record``, and whose rows go to the ``table`` of that record."""

    def build(values: dict[str, Any], row: int) -> Any:
        named = {key: fullwidth(value) if isinstance(value, str) else value for key, value in values.items()}
        return record(**named, row=row)

    def describe(given: Defaults) -> ListSpec[Any]:
        return ListSpec(name, title, columns(), build)

    def taken(records: Iterable[Any], door: Door, mode: Mode, dry_run: bool) -> Outcome:
        return take(list(records), door, mode=mode, dry_run=dry_run)

    return ListEntry(name, title, describe, taken, table=table or TABLES[record])
