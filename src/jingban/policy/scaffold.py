"""An overlay to fill in: everything the law of one region lacks, with units, an example and what to ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from jingban.policy.absence import months_text
from jingban.policy.catalogue import CATALOGUE, PLACEHOLDER, SUBJECTS, Kind, Spec
from jingban.policy.closing import SCHEME_START, implied_by_name
from jingban.policy.lookup import LAYERED, Policy
from jingban.policy.model import Gap
from jingban.values import regions
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER, first_day

ASKED = (
    "basic_pension", "age_supplement", "years_supplement", "contribution_tiers", "interest_rate", "interest_delta_in",
    "interest_delta_out", "funeral_grant", "scheme_launch", "daijiao_amount", "daijiao_priority", "daijiao_test",
)  # fmt: skip
"""What the money of a county depends on and no national rule says: asked for when a region lacks it."""
SUBJECT_OF = {
    "basic_pension": "basic_pension", "age_supplement": "basic_pension", "years_supplement": "basic_pension",
    "contribution_tiers": "contribution", "interest_rate": "account", "interest_delta_in": "account", "interest_delta_out": "account",
    "funeral_grant": "stop_and_recovery", "scheme_launch": "award", "daijiao_amount": "daijiao", "daijiao_priority": "daijiao",
    "daijiao_test": "daijiao",
}  # fmt: skip
_REFERENCE = f"document: {PLACEHOLDER}, source: LOCAL, confidence: L"
_LAYER_EXTRA = {
    "basic_pension": "",
    "age_supplement": "from_age: 0\n{i}to_age: 999\n{i}",
    "years_supplement": "base_years: 15\n{i}",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One parameter that a region lacks in some months, and the region whose rule would say it."""

    name: str
    gap: Gap


def missing(law: Policy, region: str) -> list[Missing]:
    """What the law of a region lacks: holes that block, written down or implied, and parameters nobody has set at all."""
    found = []
    for name in ASKED:
        blocking = [gap for gap in law.gaps(name, region) if gap.blocks]
        found += [Missing(name, gap) for gap in blocking]
        noted = [gap for gap in law.gaps(name, region) if not gap.blocks and gap.region != regions.NATION]
        if name not in LAYERED:
            found += [Missing(name, gap) for gap in noted]
        if not blocking and not noted and not _known(law, name, region):
            implied = implied_by_name(f"{name}-{region}")
            assert implied is not None
            found.append(Missing(name, implied))
    return found


def _known(law: Policy, name: str, region: str) -> bool:
    if CATALOGUE[name].kind is Kind.LAYERS:
        return bool(law.layers(name, region))
    if CATALOGUE[name].kind in (Kind.GROUP_MONEY, Kind.GROUP_COUNT):
        return any(key[0] == name and key[1] in regions.chain(region) for key in law.store.keyed)
    if CATALOGUE[name].kind is Kind.TIERS:
        return any(span.value.exact for span in law.spans(name, region))
    return bool(law.spans(name, region, stated=True))


def files(law: Policy, region: str) -> dict[str, str]:
    """Path in the overlay folder -> text. The folder passes ``policy check`` as it stands once every value is uncommented."""
    lacking = missing(law, region)
    texts = {
        "overlay.yaml": _manifest(region, lacking),
        "sources.yaml": f"LOCAL: {regions.full_name(region)}存档文件\n",
    }
    where: dict[tuple[str, str], list[Missing]] = {}
    for one in lacking:
        where.setdefault((one.gap.region, SUBJECT_OF[one.name]), []).append(one)
    for (place, subject), asked in sorted(where.items()):
        texts[f"{place}/{subject}.yaml"] = _subject(law, place, subject, asked)
    return texts


def _manifest(region: str, lacking: list[Missing]) -> str:
    lines = [
        f"# {regions.full_name(region)}的政策叠加目录。各文件里以 # 开头的取值逐项填好、去掉 #；",
        "# 真的没有这项待遇的，也要写一层 value: 0（或 value: null）并注明依据：不写就是没有查实，系统拒绝计算。",
        "# 填好后把 closes 换成下面列出的、已填好的标识。从哪个月起有取值，就从哪个月起补齐，此前各月仍是缺口。",
        f"name: local-{region}",
        f"title: {regions.full_name(region)}本地标准",
        "demonstration: false",
        "closes: []",
    ]
    ids = ", ".join(dict.fromkeys(one.gap.id for one in lacking))
    return "\n".join([*lines, f"#closes: [{ids}]", ""])


def _subject(law: Policy, place: str, subject: str, asked: list[Missing]) -> str:
    lines = [
        f"# {regions.full_name(place)}　{SUBJECTS[subject]}",
        f"subject: {subject}",
        f'region: "{place}"',
        "parameters:",
    ]
    for name in dict.fromkeys(one.name for one in asked):
        lines += _parameter(law, place, name, [one.gap for one in asked if one.name == name])
    if place != regions.NATION and any(one.name == "basic_pension" for one in asked):
        lines += [
            "# 这一层由谁出钱，写整数份（central、province、city、county）：",
            "#sharing:",
            f"#  {place}-basic_pension:",
            f"#    2009-09-01: {{value: {{{_item(place)}: 1}}, {_REFERENCE}}}",
        ]
    return "\n".join([*lines, ""])


def _parameter(law: Policy, place: str, name: str, gaps: list[Gap]) -> Iterator[str]:
    spec = CATALOGUE[name]
    yield f"  # {_(spec.title)}" + (f"，单位 {spec.unit}" if spec.unit else "")
    for gap in gaps:
        stretch = (gap.from_month, gap.to_month)
        months = "各月" if gap.from_month == 0 and gap.to_month >= FOREVER else months_text(stretch)
        yield f"  # 缺 {months}（标识 {gap.id}）：{gap.reason}；请向{regions.name(place)}人社、财政部门要：{gap.would_source}"
    starts = sorted({first_day(max(gap.from_month, SCHEME_START)) for gap in gaps})
    example = _central(law, starts) if place == regions.NATION else _example(place, name, spec, starts)
    for line in example:
        yield f"#{line}"


def _item(place: str) -> str:
    return {"province": "province", "city": "city"}.get(regions.level(place), "county")


def _central(law: Policy, starts: list[dt.date]) -> Iterator[str]:
    """The national layer itself, with the amount that is known from later on."""
    (central,) = law.layers("basic_pension", regions.NATION)
    yield "  basic_pension:"
    yield "    layers:"
    yield f"      {central.id}:"
    yield f"        number: {central.number}"
    yield f"        title: {central.title}"
    yield "        item: central"
    yield "        values:"
    for start in starts:
        amount = next(
            (dated.value for dated in central.values if dated.start >= start), central.values[-1].value
        )
        yield f"          {start}: {{value: {amount // 100}, {_REFERENCE}}}"


def _example(place: str, name: str, spec: Spec, starts: list[dt.date]) -> Iterator[str]:
    start = starts[0]
    yield f"  {name}:"
    if spec.kind is Kind.LAYERS:
        position = 1 + list(_LAYER_EXTRA).index(name)
        item = _item(place)
        yield "    layers:"
        yield f"      {place}-{name}:"
        yield f"        number: {place}{90 + position}"
        yield f"        title: {regions.name(place)}{_(spec.title)}"
        yield f"        item: {item if name == 'basic_pension' else name}"
        if name == "basic_pension" and item == "province":
            yield "        # 文件定的是含中央部分的合计时，加一行 total: true，取值写合计"
        for line in _LAYER_EXTRA[name].format(i="").splitlines():
            yield f"        {line}"
        yield "        values:"
        for each in starts:
            yield f"          {each}: {{value: 0, {_REFERENCE}}}"
    elif spec.kind is Kind.TIERS:
        yield "    values:"
        yield f"      {start.replace(month=1, day=1)}:"
        yield f"        from_year: {start.year}"
        yield "        subsidy: exact"
        yield "        tiers: {100: 30, 200: 40, 500: 60}"
        yield "        hardship_only: [100]"
        for part in _REFERENCE.split(", "):
            yield f"        {part}"
    elif spec.kind in (Kind.GROUP_MONEY, Kind.GROUP_COUNT):
        yield "    entries:"
        yield "      dibao:"
        yield f"        {start}: {{value: 1, {_REFERENCE}}}"
    else:
        value = {
            Kind.RATE_BY_YEAR: '"2.75%"', Kind.GRANT: "null", Kind.MONTH: '"2010-10"',
        }.get(spec.kind, next(iter(spec.choices), "0"))  # fmt: skip
        if spec.kind is Kind.GRANT:
            yield "    # 定额写 {fixed: 800}，若干月基础养老金写 {basic_months: 10}，不含市县加发加 base: without_local，"
            yield "    # 连续缴费满 5 年的参保人也给加 contributor_years: 5；没有写 null"
        yield "    values:"
        if spec.kind is Kind.RATE_BY_YEAR:
            start = start.replace(month=1, day=1)
        yield f"      {start}: {{value: {value}, {_REFERENCE}}}"
