"""Asking the law: which value holds for a region in a month, as known on a day.

``Policy`` is immutable after loading and has no clock: ``known_on=None`` means "everything that is known now".
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from jingban.policy import closing, loader
from jingban.policy.absence import absence
from jingban.policy.catalogue import CATALOGUE, PPM, Kind, Spec
from jingban.policy.model import Dated, Gap, Layer, Reference, Store, Timeline, Value
from jingban.values import money, regions
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month, year_of
from jingban.values.regions import chain

LAYERED = tuple(name for name, spec in CATALOGUE.items() if spec.kind is Kind.LAYERS)


@dataclass(frozen=True, slots=True)
class Share:
    """What one payer bears of a layer, in parts per million."""

    payer: str
    ppm: int


@dataclass(frozen=True, slots=True)
class StackLayer:
    """One layer of a stack in a month. ``shares`` is empty when nobody could source who pays."""

    layer: Layer
    amount_fen: int
    reference: Reference
    start: dt.date
    shares: tuple[Share, ...]
    share_reference: Reference | None
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A value that holds for the months [from_month, to_month)."""

    from_month: int
    to_month: int
    dated: Dated

    @property
    def value(self) -> Value:
        return self.dated.value


class Policy:
    """The parameters of one centre: shipped files plus the overlays that were named."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._holes: dict[tuple[str, str], list[Gap]] = {}
        self._arrivals = {(a.parameter, a.key, a.start, a.region): a.known_from for a in store.arrivals}

    @classmethod
    def load(cls, overlays: Iterable[str | Path] = ()) -> Policy:
        """Read everything. Raises ``Refused`` with all findings when any file is wrong."""
        store, findings = loader.load(tuple(overlays))
        if findings:
            raise Refused(findings)
        return cls(store)

    @property
    def demonstration(self) -> bool:
        """True when a demonstration overlay is loaded: every print-out must then show 演示."""
        return any(overlay.demonstration for overlay in self.store.overlays)

    # --- one value --------------------------------------------------------------------------------------------

    def value(
        self,
        name: str,
        region: str | int,
        month: int,
        known_on: dt.date | None = None,
        key: str | None = None,
    ) -> Value:
        """The value in force: fen, count, ppm, 0/1, index of the choice, month, or the record of a compound kind.

        ``key`` names the group or stop event of a keyed parameter. Raises ``Refused``: POL-201 no sourced value,
        POL-202 months nobody could source, POL-203 no such parameter, POL-204 no region code.
        """
        return self.entry(name, region, month, known_on, key).value

    def choice(self, name: str, region: str | int, month: int, known_on: dt.date | None = None) -> str:
        """The word of a CHOICE parameter."""
        return list(self.spec(name).choices)[self.value(name, region, month, known_on)]

    def entry(
        self,
        name: str,
        region: str | int,
        month: int,
        known_on: dt.date | None = None,
        key: str | None = None,
    ) -> Dated:
        """The dated value with its reference; raises as :meth:`value` does."""
        code = self.region(region)
        gap = self.gap(name, code, month)
        if gap is not None:
            raise self._absent("POL-202", name, code, month, key, gap)
        for span in self.spans(name, code, known_on, key):
            if span.from_month <= month < span.to_month:
                return span.dated
        raise self._absent("POL-201", name, code, month, key, self.noted_gap(name, code, month))

    def find(
        self,
        name: str,
        region: str | int,
        month: int,
        known_on: dt.date | None = None,
        key: str | None = None,
    ) -> Dated | None:
        """As :meth:`entry`, None instead of a refusal when no value is known."""
        try:
            return self.entry(name, region, month, known_on, key)
        except Refused as error:
            if error.findings[0].code in ("POL-201", "POL-202"):
                return None
            raise

    def begins(self, name: str, region: str | int) -> int:
        """The first month for which a plain parameter has a value. Raises ``Refused`` POL-201 where it has none at all."""
        spans = self.spans(name, region)
        if not spans:
            raise self._absent("POL-201", name, self.region(region), 0, None, None)
        return spans[0].from_month

    def keys(self, name: str) -> list[str]:
        """Every key of a keyed parameter (group, stop event) that any region sets, in order."""
        return sorted({key for parameter, _region, key in self.store.keyed if parameter == name})

    def spec(self, name: str) -> Spec:
        if name not in CATALOGUE:
            raise refuse(
                "POL-203", _("没有名为 {name} 的参数；用 jingban policy list 查看全部").format(name=name)
            )
        return CATALOGUE[name]

    @staticmethod
    def region(region: str | int) -> str:
        """The six-digit code that parameters are asked for. Raises ``Refused`` POL-204."""
        try:
            code = regions.normalise(region)[:6]
        except ValueError:
            raise refuse("POL-204", _("不是行政区划代码：{region}").format(region=region)) from None
        if not regions.known(code):
            raise refuse("POL-204", _("没有 {region} 这个行政区划代码").format(region=region))
        return code

    def _absent(
        self, code: str, name: str, region: str, month: int, key: str | None, gap: Gap | None
    ) -> Refused:
        return Refused([absence(code, name, region, [(month, month + 1)], key=key, law=self, gap=gap)])

    # --- both times -------------------------------------------------------------------------------------------

    def visible(
        self, line: Timeline, parameter: str, key: str, known_on: dt.date | None, links: Iterable[str]
    ) -> list[Dated]:
        """The entries of a timeline that were known on a day, to somebody in the regions of ``links``."""
        if known_on is None:
            return list(line)
        return [dated for dated in line if self.known_from(dated, parameter, key, links) <= known_on]

    def known_from(self, dated: Dated, parameter: str, key: str, links: Iterable[str]) -> dt.date:
        """Arrival of the notice in the nearest region that recorded one; else publication; else effective date."""
        for link in links:
            arrived = self._arrivals.get((parameter, key, dated.start, link))
            if arrived is not None:
                return arrived
        return dated.known_from

    def gap(self, name: str, region: str, month: int) -> Gap | None:
        """The blocking stretch a month lies in, if any."""
        for gap in self.gaps(name, region):
            if gap.blocks and gap.from_month <= month < gap.to_month:
                return gap
        return None

    def noted_gap(self, name: str, region: str, month: int) -> Gap | None:
        """What is noted about a missing value, the nearest region first."""
        noted = [gap for gap in self.gaps(name, region) if gap.from_month <= month < gap.to_month]
        return max(noted, key=lambda gap: len(gap.region.rstrip("0")), default=None)

    def gaps(self, name: str, region: str | int) -> list[Gap]:
        """Everything about a parameter that nobody could source for a region, blocking or not."""
        self.spec(name)
        key = (name, self.region(region))
        if key not in self._holes:
            self._holes[key] = closing.holes(self.store, *key)
        return self._holes[key]

    def silent(self, name: str, region: str | int, month: int) -> bool:
        """Whether a parameter has no value in a month, under whatever key."""
        return all(self.find(name, region, month, key=key) is None for key in (self.keys(name) or (None,)))

    def spans(
        self,
        name: str,
        region: str | int,
        known_on: dt.date | None = None,
        key: str | None = None,
        *,
        stated: bool = False,
    ) -> list[Span]:
        """Intervals of a plain or keyed parameter with inheritance resolved: the nearest region that says something.

        An entry whose value is null ("expressly not set here") ends the search for its months; it is only given when
        ``stated``. Blocking gaps are cut.
        """
        code = self.region(region)
        spec = self.spec(name)
        if spec.kind is Kind.LAYERS:
            raise ValueError(f"{name} is layered: use stack()")
        result = self._nearest(self._lines(name, code, key), name, key or name, known_on, code)
        return self._without_gaps([span for span in result if stated or span.value is not None], name, code)

    def _lines(self, name: str, region: str, key: str | None) -> list[Timeline]:
        links = chain(region)
        if key is None:
            return [self.store.values[name, link] for link in links if (name, link) in self.store.values]
        return [self.store.keyed[name, link, key] for link in links if (name, link, key) in self.store.keyed]

    def _nearest(
        self, lines: list[Timeline], parameter: str, key: str, known_on: dt.date | None, region: str
    ) -> list[Span]:
        links = chain(region)
        held = [_intervals(self.visible(line, parameter, key, known_on, links)) for line in lines]
        edges = sorted(
            {edge for spans in held for span in spans for edge in (span.from_month, span.to_month)}
        )
        result: list[Span] = []
        for start, end in itertools.pairwise(edges):
            found = next((s for spans in held for s in spans if s.from_month <= start < s.to_month), None)
            if found is None:
                continue
            if result and result[-1].to_month == start and result[-1].dated is found.dated:
                result[-1] = Span(result[-1].from_month, end, found.dated)
            else:
                result.append(Span(start, end, found.dated))
        return result

    def _without_gaps(self, spans: list[Span], name: str, region: str) -> list[Span]:
        for gap in self.gaps(name, region):
            if gap.blocks:
                spans = [piece for span in spans for piece in _cut(span, gap.from_month, gap.to_month)]
        return spans

    # --- layers -----------------------------------------------------------------------------------------------

    def layers(self, name: str, region: str | int) -> list[Layer]:
        """Every layer that reaches a region, nation first. A layer of the same id in a nearer region replaces."""
        found: dict[str, Layer] = {}
        for link in reversed(chain(self.region(region))):
            found.update(self.store.layers.get((name, link), {}))
        return list(found.values())

    def layers_by_number(self) -> dict[int, Layer]:
        """Every known layer by the number that stands in ``p_basic.layer`` and in computed lines (for explanations)."""
        return {layer.number: layer for held in self.store.layers.values() for layer in held.values()}

    def layer_spans(
        self, layer: Layer, name: str, region: str | int, known_on: dt.date | None = None
    ) -> list[Span]:
        """Intervals of one layer, blocking gaps of the parameter cut out of *every* layer."""
        code = self.region(region)
        spans = _intervals(self.visible(layer.values, name, layer.id, known_on, chain(code)))
        spans = [span for span in spans if span.value is not None]
        if layer.total:
            spans = self._above_others(spans, layer, name, code, known_on)
        return self._without_gaps(spans, name, code)

    def _above_others(
        self, spans: list[Span], layer: Layer, name: str, region: str, known_on: dt.date | None
    ) -> list[Span]:
        """A total less every layer of the regions above it: what the layer itself adds. Raises ``Refused`` POL-117 below zero."""
        above = chain(layer.region)[1:]
        others = [
            span
            for other in self.layers(name, region)
            if other.region in above and other.group is None
            for span in self.layer_spans(other, name, region, known_on)
        ]
        found = []
        for span in spans:
            edges = {edge for other in others for edge in (other.from_month, other.to_month)}
            bounds = sorted({span.from_month, span.to_month, *edges})
            for start, end in itertools.pairwise(b for b in bounds if span.from_month <= b <= span.to_month):
                rest = span.value - sum(o.value for o in others if o.from_month <= start < o.to_month)
                if rest < 0:
                    message = _("{title} {month} 的合计低于上级标准之和").format(
                        title=layer.title, month=format_month(start)
                    )
                    raise refuse("POL-117", message)
                found.append(Span(start, end, replace(span.dated, value=rest)))
        return found

    def stack(
        self, name: str, region: str | int, month: int, known_on: dt.date | None = None
    ) -> list[StackLayer]:
        """The layers of ``basic_pension``, ``age_supplement`` or ``years_supplement`` in force, nation first.

        Raises ``Refused`` POL-201 when there is none, POL-202 in months nobody could source.
        """
        code = self.region(region)
        if self.spec(name).kind is not Kind.LAYERS:
            raise refuse("POL-203", _("{name} 不是分层参数").format(name=name))
        gap = self.gap(name, code, month)
        if gap is not None:
            raise self._absent("POL-202", name, code, month, None, gap)
        found = [
            self._stack_layer(layer, span.dated, code, month)
            for layer in self.layers(name, code)
            for span in self.layer_spans(layer, name, code, known_on)
            if span.from_month <= month < span.to_month
        ]
        if not found:
            raise self._absent("POL-201", name, code, month, None, self.noted_gap(name, code, month))
        return found

    def _stack_layer(self, layer: Layer, dated: Dated, region: str, month: int) -> StackLayer:
        span = next(
            (s for s in self.share_spans(layer.id, region) if s.from_month <= month < s.to_month), None
        )
        demonstration = dated.demonstration or (span is not None and span.dated.demonstration)
        return StackLayer(
            layer, dated.value, dated.reference, dated.start,
            tuple(Share(payer, ppm) for payer, ppm in self.shares(span, region, month).items()) if span else (),
            span.dated.reference if span else None, demonstration,
        )  # fmt: skip

    def share_spans(self, key: str, region: str | int) -> list[Span]:
        """Intervals of who bears a layer or a shared flow (``daijiao``, ``contribution_subsidy``).

        Shares are not bitemporal: a claim on a budget is always made by what is known when it is made.
        """
        code = self.region(region)
        lines = [self.store.shares[key, link] for link in chain(code) if (key, link) in self.store.shares]
        return [span for span in self._nearest(lines, "sharing", key, None, code) if span.value is not None]

    def shares(self, span: Span, region: str, month: int) -> dict[str, int]:
        """Weights of a share interval -> ppm that add up to one million; 市县 is split where the split is known."""
        payers = list(span.value)
        ppm = dict(zip(payers, money.split(PPM, list(span.value.values())), strict=True))
        if "city_county" in ppm and regions.level(region) == "county":
            split = self.find("city_share_of_local_part", region, month)
            if split is not None:
                both = ppm.pop("city_county")
                city = money.div_half_up(both * split.value, PPM)
                ppm["city"] = ppm.get("city", 0) + city
                ppm["county"] = ppm.get("county", 0) + both - city
        return {payer: part for payer, part in ppm.items() if part}

    # --- tables and rates -------------------------------------------------------------------------------------

    def table(
        self, name: str, region_codes: Iterable[str | int], known_on: dt.date | None = None
    ) -> list[tuple[int, ...]]:
        """Rows of the relation ``p_<name>`` of ``docs/internals/relations.md`` for these counties."""
        from jingban.policy.tables import compile_table

        return compile_table(self, name.removeprefix("p_"), region_codes, known_on)

    def interim_rate(self, region: str | int, year: int, known_on: dt.date) -> Dated | None:
        """The rate to use for ``year`` before its own is published: the last one known (R1.5-05), or None."""
        published = [
            s for s in self.spans("interest_rate", region, known_on) if year_of(s.from_month) <= year
        ]
        return published[-1].dated if published else None

    def regions_of(self, name: str) -> list[str]:
        """Regions whose files set a parameter, in order of code."""
        pairs = [
            *self.store.values,
            *self.store.layers,
            *((n, region) for n, region, _key in self.store.keyed),
        ]
        return sorted({region for parameter, region in pairs if parameter == name})


def _intervals(line: list[Dated]) -> list[Span]:
    """A timeline as intervals: each value until its own end or the next visible one."""
    return [Span(start, end, dated) for start, end, dated in closing.intervals(line)]


def _cut(span: Span, start: int, end: int) -> list[Span]:
    """What is left of a span outside [start, end)."""
    pieces = [(span.from_month, min(span.to_month, start)), (max(span.from_month, end), span.to_month)]
    return [Span(first, last, span.dated) for first, last in pieces if first < last]
