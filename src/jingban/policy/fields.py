"""Field readers of the strict loader: each names file, path and reason when it refuses, and goes on collecting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from jingban.policy.catalogue import GRANT_BASES, HINTS, PLACEHOLDER, PPM, Kind, Spec
from jingban.policy.model import CONFIDENCES, Dated, Grant, Reference, StopRule, TierScale, Timeline
from jingban.values import money, months
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _
from jingban.values.yamlfile import FloatText, line_of

REFERENCE_REQUIRED = ("document", "source", "confidence")
REFERENCE_OPTIONAL = ("article", "published", "note")
EFFECTS = ("hold", "stop", "terminate", "pay", "none")
BEGINS = ("after_valid_until", "next_month", "at_once", "not_applicable")
BACK_PAY = ("full", "none", "if_acquitted", "not_applicable")


class Bad(Exception):
    """A field was refused; the finding has been recorded."""


@dataclass(slots=True)
class Reading:
    """The reading of one file: collects findings, knows the label of the file and the registered source tags."""

    label: str
    region: str
    demonstration: bool
    sources: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    content: Any = None
    """What the file holds: a refusal names the line of its path."""

    def refuse(self, code: str, path: str, reason: str) -> Bad:
        where = f"{self.label} › {path}" if path else self.label
        self.findings.append(Finding(code, f"{where}：{reason}", row=line_of(self.content, path)))
        return Bad()

    def several(self, value: Any, path: str) -> list[Any]:
        """A list. POL-107 for anything else, a lone text included."""
        if not isinstance(value, list):
            raise self.refuse("POL-107", path, _("应为列表，写成 [甲, 乙]；只有一项也要加方括号"))
        return value

    def mapping(
        self, value: Any, path: str, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> dict[str, Any]:
        """A mapping with exactly these keys. POL-103 unknown key, POL-107 no mapping, POL-111 key missing."""
        if not isinstance(value, dict):
            raise self.refuse(
                "POL-107",
                path,
                _("应为键值对；可用的键：{keys}").format(keys="、".join((*required, *optional))),
            )
        allowed = {*required, *optional}
        unknown = [str(key) for key in value if key not in allowed]
        missing = [key for key in required if key not in value]
        for key in unknown:
            self.refuse(
                "POL-103",
                f"{path}.{key}",
                _("未知的键，可用：{keys}").format(keys="、".join(sorted(allowed))),
            )
        for key in missing:
            code = "POL-106" if key in REFERENCE_REQUIRED else "POL-111"
            remedy = _(HINTS.get(key, HINTS[""]))
            self.refuse(code, path, _("缺少 {key}：{remedy}").format(key=key, remedy=remedy))
        if unknown or missing:
            raise Bad
        return value

    def items(self, value: Any, path: str) -> list[tuple[Any, Any]]:
        """A non-empty mapping with free keys."""
        if not isinstance(value, dict) or not value:
            raise self.refuse("POL-107", path, _("应为非空的键值对"))
        return list(value.items())

    def text(self, value: Any, path: str) -> str:
        if not isinstance(value, str) or isinstance(value, FloatText) or not value.strip():
            raise self.refuse("POL-107", path, _("应为文字"))
        return value.strip()

    def whole(self, value: Any, path: str) -> int:
        """A whole number >= 0."""
        if isinstance(value, FloatText):
            raise self.refuse("POL-104", path, _("不得使用浮点数 {value}").format(value=value))
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.refuse("POL-107", path, _("应为非负整数"))
        return value

    def money(self, value: Any, path: str) -> int:
        """Yuan as integer or quoted decimal -> fen. POL-104 for a float."""
        if isinstance(value, FloatText):
            raise self.refuse("POL-104", path, _("金额不得写成浮点数 {value}，请加引号").format(value=value))
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise self.refuse("POL-107", path, _("应为金额（元）"))
        try:
            amount = money.fen(value)
        except ValueError:
            raise self.refuse("POL-107", path, _("不是到分的金额：{value}").format(value=value)) from None
        if amount < 0:
            raise self.refuse("POL-107", path, _("金额不得为负"))
        return amount

    def rate(self, value: Any, path: str) -> int:
        """A quoted percentage -> parts per million."""
        if isinstance(value, FloatText):
            raise self.refuse(
                "POL-104", path, _('比率不得写成浮点数 {value}，请写成 "3.07%"').format(value=value)
            )
        if not isinstance(value, str) or not value.endswith("%"):
            raise self.refuse("POL-107", path, _('比率应写成 "3.07%"'))
        try:
            ppm = Decimal(value[:-1]) * (PPM // 100)
        except InvalidOperation:
            raise self.refuse("POL-107", path, _("不是比率：{value}").format(value=value)) from None
        if ppm != ppm.to_integral_value() or ppm < 0:
            raise self.refuse("POL-107", path, _("比率不得为负，至多四位小数：{value}").format(value=value))
        return int(ppm)

    def day(self, value: Any, path: str) -> dt.date:
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise self.refuse("POL-107", path, _("应为日期（如 2020-07-01）"))
        return value

    def word(self, value: Any, path: str, words: Iterable[str]) -> str:
        if not isinstance(value, str) or value not in words:
            raise self.refuse("POL-107", path, _("应为 {words} 之一").format(words="、".join(words)))
        return str(value)

    def flag(self, value: Any, path: str) -> int:
        if not isinstance(value, bool):
            raise self.refuse("POL-107", path, _("应为 true 或 false"))
        return int(value)

    # --- references and timelines -----------------------------------------------------------------------------

    def reference(self, entry: dict[str, Any], path: str) -> Reference:
        """Document, source and confidence of a value. POL-106 missing, POL-109 source tag not registered."""
        source = entry["source"]
        tags = [source] if isinstance(source, str) else source
        if not isinstance(tags, list) or not tags or not all(isinstance(tag, str) for tag in tags):
            raise self.refuse("POL-106", f"{path}.source", _("应为来源标记或其列表"))
        for tag in tags:
            if tag not in self.sources:
                raise self.refuse(
                    "POL-109", f"{path}.source", _("来源 {tag} 未在 sources.yaml 登记").format(tag=tag)
                )
        if entry["document"] == PLACEHOLDER:
            raise self.refuse(
                "POL-106", f"{path}.document", _("还是待填的样子：{hint}").format(hint=_(HINTS["document"]))
            )
        published = entry.get("published")
        return Reference(
            document=self.text(entry["document"], f"{path}.document"),
            source=tuple(tags),
            confidence=self.word(entry["confidence"], f"{path}.confidence", CONFIDENCES),
            article=self.text(entry["article"], f"{path}.article") if "article" in entry else None,
            published=self.day(published, f"{path}.published") if published is not None else None,
            note=self.text(entry["note"], f"{path}.note") if "note" in entry else None,
        )

    def timeline(
        self,
        value: Any,
        path: str,
        read: Callable[[Any, str], Any],
        required: tuple[str, ...] = ("value",),
        optional: tuple[str, ...] = (),
    ) -> Timeline:
        """Dated entries in order. POL-105 when dates are out of order or overlap.

        ``read`` gets the entry's ``value`` when that is the only required key, otherwise the whole entry.
        """
        found: list[Dated] = []
        for key, entry in self.items(value, path):
            where = f"{path}.{key}"
            try:
                found.append(self._dated(key, entry, where, read, required, optional))
            except Bad:
                continue
            if len(found) > 1 and not self._follows(found[-2], found[-1]):
                self.refuse("POL-105", where, _("日期未按先后排列，或与前一段重叠"))
        return tuple(found)

    @staticmethod
    def _follows(before: Dated, after: Dated) -> bool:
        return before.start < after.start and (before.end is None or before.end <= after.start)

    def _dated(
        self, key: Any, entry: Any, where: str, read: Callable[[Any, str], Any],
        required: tuple[str, ...], optional: tuple[str, ...],
    ) -> Dated:  # fmt: skip
        start = self.day(key, where)
        fields = self.mapping(
            entry, where, (*required, *REFERENCE_REQUIRED), (*optional, *REFERENCE_OPTIONAL, "to")
        )
        end = self.day(fields["to"], f"{where}.to") if "to" in fields else None
        if end is not None and end <= start:
            raise self.refuse("POL-105", f"{where}.to", _("截止日期不在开始日期之后"))
        if required == ("value",):
            content = None if fields["value"] is None else read(fields["value"], f"{where}.value")
        else:
            content = read(fields, where)
        return Dated(
            start, end, content, self.reference(fields, where), self.region, self.label, self.demonstration
        )

    # --- values by kind ---------------------------------------------------------------------------------------

    def plain(self, spec: Spec) -> Callable[[Any, str], Any]:
        """The reader of a plain value of this kind."""

        def choice(value: Any, path: str) -> int:
            return list(spec.choices).index(self.word(value, path, spec.choices))

        def month(value: Any, path: str) -> int:
            try:
                return months.parse_month(self.text(value, path))
            except ValueError:
                raise self.refuse("POL-107", path, _('应为月份（如 "2010-10"）')) from None

        readers: dict[Kind, Callable[[Any, str], Any]] = {
            Kind.MONEY: self.money, Kind.COUNT: self.whole, Kind.RATE: self.rate, Kind.RATE_BY_YEAR: self.rate,
            Kind.FLAG: self.flag, Kind.CHOICE: choice, Kind.MONTH: month, Kind.AGES: self.ages,
            Kind.GRANT: self.grant, Kind.RULE: self.stop_rule, Kind.GROUP_MONEY: self.money,
            Kind.GROUP_COUNT: self.whole,
        }  # fmt: skip
        return readers[spec.kind]

    def ages(self, value: Any, path: str) -> dict[int, int]:
        return {
            self.whole(age, path): self.whole(months_, f"{path}.{age}")
            for age, months_ in self.items(value, path)
        }

    def grant(self, value: Any, path: str) -> Grant:
        fields = self.mapping(value, path, (), ("fixed", "basic_months", "base", "contributor_years"))
        if "fixed" not in fields and "basic_months" not in fields:
            raise self.refuse("POL-111", path, _("缺少 fixed 或 basic_months"))
        return Grant(
            self.money(fields.get("fixed", 0), f"{path}.fixed"),
            self.whole(fields.get("basic_months", 0), f"{path}.basic_months"),
            self.word(fields.get("base", "all"), f"{path}.base", GRANT_BASES),
            self.whole(fields.get("contributor_years", 0), f"{path}.contributor_years"),
        )

    def stop_rule(self, value: Any, path: str) -> StopRule:
        fields = self.mapping(value, path, ("effect", "begins", "resumes", "back_pay"), ("reason_code",))
        return StopRule(
            self.word(fields["effect"], f"{path}.effect", EFFECTS),
            self.word(fields["begins"], f"{path}.begins", BEGINS),
            self.text(fields["resumes"], f"{path}.resumes"),
            self.word(fields["back_pay"], f"{path}.back_pay", BACK_PAY),
            self.text(fields["reason_code"], path) if "reason_code" in fields else None,
        )

    def tier_scale(self, fields: dict[str, Any], path: str) -> TierScale:
        """``tiers: {100: 40}`` in yuan; ``subsidy`` says whether amounts are exact or minima."""
        tiers = tuple(
            (self.money(tier, f"{path}.tiers"), self.money(subsidy, f"{path}.tiers.{tier}"))
            for tier, subsidy in self.items(fields["tiers"], f"{path}.tiers")
        )
        if list(tiers) != sorted(tiers, key=lambda pair: pair[0]):
            raise self.refuse("POL-105", f"{path}.tiers", _("档次未从低到高排列"))
        hardship = frozenset(
            self.money(tier, f"{path}.hardship_only")
            for tier in self.several(fields.get("hardship_only", []), f"{path}.hardship_only")
        )
        if not hardship <= {tier for tier, _subsidy in tiers}:
            raise self.refuse("POL-107", f"{path}.hardship_only", _("困难群体专用档次不在档次表内"))
        exact = self.word(fields["subsidy"], f"{path}.subsidy", ("exact", "minimum")) == "exact"
        return TierScale(self.whole(fields["from_year"], f"{path}.from_year"), tiers, hardship, exact)

    def weights(self, value: Any, path: str, payers: Iterable[str]) -> dict[str, int]:
        """Shares of payers as whole-number weights: ``{province: 4, city_county: 3}``. POL-113 when all are zero."""
        names = tuple(payers)
        result = {
            self.word(payer, path, names): self.whole(weight, f"{path}.{payer}")
            for payer, weight in self.items(value, path)
        }
        if sum(result.values()) == 0:
            raise self.refuse("POL-113", path, _("分担比例全为零"))
        return result
