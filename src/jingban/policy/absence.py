"""The refusal of a hole in the law: what is missing, for which months, the id that closes it, what settles it, the next command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jingban.policy.catalogue import CATALOGUE
from jingban.policy.model import Gap
from jingban.values import regions
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER, format_month

if TYPE_CHECKING:
    from jingban.policy.lookup import Policy


def absence(
    code: str, name: str, region: str, stretches: Iterable[tuple[int, int]], *, key: str | None = None,
    law: Policy | None = None, gap: Gap | None = None,
) -> Finding:  # fmt: skip
    """``stretches``: months [from, to) without a sourced value, none for a parameter that is asked without a month."""
    spec = CATALOGUE[name]
    months = list(stretches)
    if gap is None and law is not None and months:
        gap = law.gap(name, region, months[0][0]) or law.noted_gap(name, region, months[0][0])
    text = _(
        "参数{label}在{place}{months} 没有查实的数值；标识 {id}；应以{source}为据，"
        "用 jingban policy scaffold --region {region} 写出待填的政策叠加目录，填好后再算"
    ).format(
        label=f"{_(spec.title)}（{name}{'.' + key if key else ''}）",
        place=f"{regions.full_name(region)}（{region}）",
        months="".join(f" {months_text(stretch)}" for stretch in months[:4])
        + ("……" if len(months) > 4 else ""),
        id=gap.id if gap else f"{name}-{region}",
        source=gap.would_source if gap else _(spec.would_source),
        region=region,
    )
    return Finding(code, f"{text}{_('。原因：') + gap.reason if gap else ''}")


def months_text(stretch: tuple[int, int]) -> str:
    """``2021-01 至 2024-06``; the month alone when it is one; ``2025-01 起`` without end."""
    start, end = stretch
    if end == start + 1:
        return format_month(start)
    if end >= FOREVER:
        return _("{month} 起").format(month=format_month(start))
    return _("{first} 至 {last}").format(first=format_month(start), last=format_month(end - 1))
