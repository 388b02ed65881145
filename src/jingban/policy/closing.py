"""Holes in the law: the months for which nobody could source a parameter, what closes them, and what nobody has looked at.

A hole is written down (``unsourced.yaml``) or implied: a province that says nothing of its part of the basic pension, a county
that says nothing of a local addition, a place where no layer says whether there is an age or years supplement. An implied hole
has the id ``parameter-region``. Only a value closes: one that starts later than the hole leaves the months before it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from jingban.policy.catalogue import CATALOGUE, Kind
from jingban.policy.fields import Reading
from jingban.policy.model import Dated, Gap, Store, Timeline
from jingban.values import regions
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER, month

SCHEME_START = month(2009, 9)
"""国发〔2009〕32号: no month before it is asked about."""
Stretch = tuple[int, int]


def close(store: Store, names: Iterable[Any], prefix: str, reading: Reading) -> None:
    """Note what an overlay closes. POL-114 no such hole, POL-116 the overlay gives no value for it."""
    for name in names:
        gap = store.gaps.get(str(name)) or implied_by_name(str(name))
        if gap is None:
            ids = "、".join(sorted(store.gaps)[:5])
            text = _("没有名为 {gap} 的未查实项；用 jingban policy map 看本地的标识（形如 {ids}）")
            reading.refuse("POL-114", "closes", text.format(gap=name, ids=ids))
            continue
        found = list(_given(store, gap, prefix))
        if not found:
            text = _(
                "{gap} 要有取值才算补齐：本目录没有 {parameter}；确实没有这项待遇的，写 value: 0 并注明依据"
            )
            reading.refuse("POL-116", "closes", text.format(gap=name, parameter=gap.parameter))
        store.closed.setdefault(gap.id, []).extend(found)


def implied_by_name(name: str) -> Gap | None:
    """The implied hole ``parameter-region``, for ever; None when the name is not of that form."""
    parameter, _dash, region = name.rpartition("-")
    if parameter not in CATALOGUE or not (region.isdigit() and regions.known(region)):
        return None
    return Gap(
        name, parameter, region, 0, FOREVER, True,
        _("{region}的规定没有录入").format(region=regions.name(region)), CATALOGUE[parameter].would_source,
    )  # fmt: skip


def _given(store: Store, gap: Gap, prefix: str) -> Iterator[tuple[str, int, int]]:
    """Region and months of the values that the overlay gives for the parameter of a hole, inside the region of the hole."""
    layers = [
        (region, layer.id, layer.values)
        for (parameter, region), held in store.layers.items()
        if parameter == gap.parameter
        for layer in held.values()
    ]
    ids = {layer for _region, layer, _values in layers}
    lines: list[tuple[str, Timeline]] = [(region, values) for region, _layer, values in layers]
    lines += [(region, line) for (name, region), line in store.values.items() if name == gap.parameter]
    lines += [(region, line) for (name, region, _key), line in store.keyed.items() if name == gap.parameter]
    lines += [(region, line) for (key, region), line in store.shares.items() if key in ids]
    for region, line in lines:
        if regions.contains(gap.region, region):
            for start, end, dated in intervals(line):
                if dated.file.startswith(prefix):
                    yield region, start, end


def intervals(line: Iterable[Dated]) -> Iterator[tuple[int, int, Dated]]:
    """Each value of a timeline with its months: until its own end or the next value."""
    held = list(line)
    for position, dated in enumerate(held):
        following = held[position + 1].from_month if position + 1 < len(held) else FOREVER
        end = min(dated.to_month, following)
        if dated.from_month < end:
            yield dated.from_month, end, dated


def without(stretch: Stretch, taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of a stretch of months."""
    left = [stretch]
    for start, end in taken:
        left = [
            piece
            for first, last in left
            for piece in ((first, min(last, start)), (max(first, end), last))
            if piece[0] < piece[1]
        ]
    return left


def holes(store: Store, name: str, region: str) -> list[Gap]:
    """Every hole of a parameter that reaches a region, written down or implied, less what overlays gave."""
    links = regions.chain(region)
    found = []
    for gap in store.gaps.values():
        if gap.parameter == name and gap.region in links:
            closed = [(start, end) for where, start, end in store.closed.get(gap.id, ()) if where in links]
            pieces = without((max(gap.from_month, SCHEME_START), gap.to_month), closed)
            found += [replace(gap, from_month=start, to_month=end) for start, end in pieces]
    written = list(found)
    for level in _levels(name, region):
        blocked = [(gap.from_month, gap.to_month) for gap in written if gap.blocks and gap.region in level]
        taken = [*blocked, *_stated(store, name, level)]
        gap_name = f"{name}-{level[0]}"
        template = implied_by_name(gap_name)
        assert template is not None
        found += [
            replace(template, from_month=start, to_month=end)
            for start, end in without((SCHEME_START, FOREVER), taken)
        ]
    return found


def _levels(name: str, region: str) -> list[tuple[str, ...]]:
    """The groups of regions of which one has to say something: the first of a group names the hole."""
    if CATALOGUE[name].kind is not Kind.LAYERS or region == regions.NATION:
        return []
    below = regions.chain(region)[:-1]
    if name == "basic_pension":
        return [level for level in ((below[-1],), below[:-1]) if level]
    return [(below[-1], *below[:-1])]


def _stated(store: Store, name: str, links: Iterable[str]) -> Iterator[Stretch]:
    for link in links:
        for layer in store.layers.get((name, link), {}).values():
            for start, end, dated in intervals(layer.values):
                if dated.value is not None:
                    yield start, end
