"""Performance indicator frameworks: points, what is measured, how points are lost — the printed and the sound reading.

Where the printed rule contradicts itself both readings are kept: ``literal`` is what the paper says, ``recommended``
what it must mean (domain.md 5.2, 5.3). Nothing is scored here; ``jingban.performance`` does that.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, cast, get_args

from jingban.forms.strict import Reader, data_files, read_yaml
from jingban.values.findings import Findings, Refused
from jingban.values.i18n import gettext as _

Kind = Literal["points", "deduct", "violations", "threshold", "scaled", "banded", "official", "unscored"]
Direction = Literal["above", "below", "both"]
StepMode = Literal["floor", "ceil", "linear"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How points are lost. Percent values are percentage points.

    deduct: lose ``points`` for every full ``unit`` the ratio lies ``direction`` of ``base``; violations: lose
    ``points`` for each; points: gain ``points`` for each of ``count`` met conditions; threshold: full above ``base``,
    then as deduct; scaled: max × ratio, nothing below ``floor``; banded: qualitative bands of 财预〔2020〕10号;
    official: a score given by another body, rescaled; unscored: no rule is printed.
    """

    kind: Kind
    base: Decimal = Decimal(0)
    direction: Direction = "below"
    unit: Decimal = Decimal(1)
    points: Decimal = Decimal(0)
    count: int = 0
    floor: Decimal = Decimal(0)
    step: StepMode = "floor"
    maximum: Decimal | None = None
    """Points the printed rule itself promises, when they are not the indicator's."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One third-level indicator with its maximum points."""

    code: str
    path: tuple[str, ...]
    name: str
    maximum: Decimal
    measure: str
    """The ratio in words of ``needs``: ``staff / posts``; empty when nothing is computed."""
    needs: tuple[str, ...]
    recommended: Rule
    literal: Rule | None = None
    problem: str = ""
    """What is wrong with the printed rule."""


@dataclass(frozen=True, slots=True)
class Framework:
    """A printed indicator framework. ``printed_total`` is what the paper says, ``attainable`` what the points sum to."""

    id: str
    title: str
    title_en: str
    source: str
    printed_total: Decimal
    attainable: Decimal
    groups: dict[str, Decimal]
    """First- and second-level headers with the points they print."""
    indicators: tuple[Indicator, ...]

    def group_sum(self, label: str) -> Decimal:
        """Points of the indicators under a header."""
        return sum((one.maximum for one in self.indicators if label in one.path), Decimal(0))

    def disagreeing_groups(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Header → (printed, sum) where they differ."""
        return {
            label: (points, self.group_sum(label))
            for label, points in self.groups.items()
            if points != self.group_sum(label)
        }


@functools.cache
def frameworks() -> dict[str, Framework]:
    """The packaged frameworks by id; refuses with FRM-3xx."""
    findings = Findings()
    found = [
        read_framework(Reader(read_yaml(name, text), name, findings))
        for name, text in data_files("frameworks", ".yaml")
    ]
    if findings.errors:
        raise Refused(findings.errors)
    return {framework.id: framework for framework in found}


def read_framework(reader: Reader) -> Framework:
    """One framework; FRM-301 when the points do not sum as declared, FRM-302 for a header nobody belongs to."""
    framework = Framework(
        id=reader.text("id"),
        title=reader.text("title"),
        title_en=reader.text("title_en"),
        source=reader.text("source"),
        printed_total=_decimal(reader, "printed_total"),
        attainable=_decimal(reader, "attainable"),
        groups={
            str(label): _number(reader, points, str(label))
            for label, points in reader.mapping("groups").items()
        },
        indicators=tuple(_indicator(item) for item in reader.readers("indicators")),
    )
    reader.done()
    total = sum((one.maximum for one in framework.indicators), Decimal(0))
    if total != framework.attainable:
        reader.report(
            "FRM-301",
            _("指标分值合计%(total)s，声明为%(wanted)s") % {"total": total, "wanted": framework.attainable},
        )
    known = {label for one in framework.indicators for label in one.path}
    for label in framework.groups.keys() - known:
        reader.report("FRM-302", _("没有指标属于“%(label)s”") % {"label": label})
    codes = [one.code for one in framework.indicators]
    for code in {code for code in codes if codes.count(code) > 1}:
        reader.report("FRM-105", _("指标代码“%(code)s”重复") % {"code": code})
    return framework


def _indicator(reader: Reader) -> Indicator:
    literal = reader.raw("literal", None)
    indicator = Indicator(
        code=reader.text("code"),
        path=reader.texts("path"),
        name=reader.text("name"),
        maximum=_decimal(reader, "max"),
        measure=reader.text("measure", ""),
        needs=reader.texts("needs"),
        recommended=_rule(Reader(reader.raw("rule"), f"{reader.where}.rule", reader.findings)),
        literal=None
        if literal is None
        else _rule(Reader(literal, f"{reader.where}.literal", reader.findings)),
        problem=reader.text("problem", ""),
    )
    reader.done()
    if (literal is not None) and not indicator.problem:
        reader.report("FRM-303", _("两种读法不同，必须写明 problem"))
    for name in _names(indicator.measure) - set(indicator.needs):
        reader.report("FRM-304", _("measure 用了未声明的数据“%(name)s”") % {"name": name})
    return indicator


def _names(measure: str) -> set[str]:
    cleaned = "".join(mark if mark.isalnum() or mark == "_" else " " for mark in measure)
    return {word for word in cleaned.split() if not word.isdigit() and word not in ("abs", "min", "max")}


def _rule(reader: Reader) -> Rule:
    maximum = reader.raw("maximum", None)
    rule = Rule(
        kind=cast(Kind, reader.text("kind", choices=get_args(Kind))),
        base=_decimal(reader, "base", "0"),
        direction=cast(Direction, reader.text("direction", "below", get_args(Direction))),
        unit=_decimal(reader, "unit", "1"),
        points=_decimal(reader, "points", "0"),
        count=reader.integer("count", 0),
        floor=_decimal(reader, "floor", "0"),
        step=cast(StepMode, reader.text("step", "floor", get_args(StepMode))),
        maximum=None if maximum is None else _number(reader, maximum, "maximum"),
    )
    reader.done()
    if rule.unit <= 0:
        reader.report("FRM-104", _("unit 必须大于零"))
    return rule


def _decimal(reader: Reader, key: str, default: str | None = None) -> Decimal:
    value = reader.raw(key) if default is None else reader.raw(key, default)
    return _number(reader, value, key)


def _number(reader: Reader, value: Any, key: str) -> Decimal:
    """Integers or quoted decimals: a bare 0.5 would be a float."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        reader.report("FRM-104", _("“%(key)s”应为整数或带引号的小数") % {"key": key})
        return Decimal(0)
    try:
        return Decimal(value)
    except InvalidOperation:
        reader.report("FRM-104", _("“%(key)s”不是数：%(value)s") % {"key": key, "value": value})
        return Decimal(0)
