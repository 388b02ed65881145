"""Reads the parameter files into a :class:`~jingban.policy.model.Store`, refusing nonsense with file, path and reason.

Layout: ``data/<six-digit region>/<subject>.yaml``, ``data/sources.yaml``, ``data/unsourced.yaml``; an overlay has the
same folders plus ``overlay.yaml`` and, where wanted, ``arrivals.yaml``.
"""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

from jingban.policy import closing, yamlfile
from jingban.policy.catalogue import (
    CATALOGUE,
    GROUPS,
    ITEMS,
    PAYERS,
    SHARED_FLOWS,
    SUBJECTS,
    YEARS_COUNTED,
    Kind,
)  # fmt: skip
from jingban.policy.fields import Bad, Reading
from jingban.policy.model import Arrival, Gap, Layer, OverlayInfo, Store, Timeline
from jingban.values import regions
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER, of_date

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
_GROUPED = (Kind.GROUP_MONEY, Kind.GROUP_COUNT, Kind.RULE)
_LAYER_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "basic_pension": ((), ("total", "group")),
    "age_supplement": (("from_age", "to_age"), ("measured_on", "group")),
    "years_supplement": (("base_years",), ("counts",)),
}
"""Keys of a layer beside those that every layer has: required, optional."""
STOP_EVENTS = (
    "no_certification", "death", "missing", "imprisonment", "custody", "community_sentence", "lost_nationality",
    "other_pension", "bank_failure", "awarded_in_error",
)  # fmt: skip


def resolve_overlay(name: str | Path) -> Path:
    """A folder, or the name of a shipped one (``demo/miyi-2020``). Raises ``Refused`` POL-115."""
    wanted = Path(name)
    for folder in (wanted, HERE / name, HERE / wanted.parent.name / wanted.name):
        if (folder / "overlay.yaml").is_file():
            return folder
    raise Refused(
        [Finding("POL-115", _("找不到政策叠加目录 {name}（其中应有 overlay.yaml）").format(name=name))]
    )


def load(overlays: tuple[str | Path, ...] = ()) -> tuple[Store, list[Finding]]:
    """The shipped parameters and the named overlays, with every finding. Nothing is loaded that was not named."""
    store, findings = Store(), []
    folders = [DATA, *(resolve_overlay(name) for name in overlays)]
    for folder in folders:
        findings += _load_folder(store, folder, overlay=folder is not DATA)
    findings += _cross_check(store)
    return store, findings


def _load_folder(store: Store, folder: Path, *, overlay: bool) -> list[Finding]:
    findings: list[Finding] = []
    prefix = f"{folder.name}/" if overlay else ""

    def reading(label: str, region: str, demonstration: bool, content: Any = None) -> Reading:
        return Reading(prefix + label, region, demonstration, store.sources, findings, content)

    demonstration = False
    closes: list[Any] = []
    manifest = reading("overlay.yaml", regions.NATION, False)
    try:
        if overlay:
            demonstration, closes = _manifest(store, folder, manifest)
        for name, register in (
            ("sources.yaml", _sources),
            ("unsourced.yaml", _unsourced),
            ("arrivals.yaml", _arrivals),
        ):
            if (folder / name).is_file():
                content = yamlfile.read(folder / name, prefix + name)
                register(store, content, reading(name, regions.NATION, demonstration, content))
    except Bad:
        pass
    except Refused as error:
        findings += error.findings
    for path in sorted(folder.glob("*/*.yaml")):
        label = f"{path.parent.name}/{path.name}"
        try:
            content = yamlfile.read(path, prefix + label)
            _subject(store, content, path, reading(label, path.parent.name, demonstration, content))
        except Bad:
            continue
        except Refused as error:
            findings += error.findings
    closing.close(store, closes, prefix, manifest)
    return findings


def _manifest(store: Store, folder: Path, reading: Reading) -> tuple[bool, list[Any]]:
    """Whether the overlay is a demonstration, and the gaps that it closes."""
    content = reading.content = yamlfile.read(folder / "overlay.yaml", reading.label)
    fields = reading.mapping(content, "overlay", ("name", "title", "demonstration"), ("closes",))
    info = OverlayInfo(
        reading.text(fields["name"], "name"),
        reading.text(fields["title"], "title"),
        bool(reading.flag(fields["demonstration"], "demonstration")),
    )
    closes = reading.several(fields.get("closes", []), "closes")
    store.overlays.append(info)
    return info.demonstration, closes


def _sources(store: Store, content: Any, reading: Reading) -> None:
    for tag, title in reading.items(content, "sources"):
        store.sources[reading.text(tag, "sources")] = reading.text(title, f"sources.{tag}")


def _unsourced(store: Store, content: Any, reading: Reading) -> None:
    """Stretches nobody could source; see :class:`~jingban.policy.model.Gap`."""
    for key, entry in reading.items(content, "unsourced"):
        path = f"unsourced.{key}"
        fields = reading.mapping(
            entry, path, ("parameter", "region", "reason", "would_source"), ("from", "to", "blocks")
        )
        store.gaps[str(key)] = Gap(
            str(key),
            reading.word(fields["parameter"], f"{path}.parameter", CATALOGUE),
            _region(reading, fields["region"], path),
            of_date(reading.day(fields["from"], path)) if "from" in fields else 0,
            of_date(reading.day(fields["to"], path)) if "to" in fields else FOREVER,
            bool(reading.flag(fields.get("blocks", False), f"{path}.blocks")),
            reading.text(fields["reason"], f"{path}.reason"),
            reading.text(fields["would_source"], f"{path}.would_source"),
        )


def _arrivals(store: Store, content: Any, reading: Reading) -> None:
    """``parameter: {key: {effective date: {region, known_from}}}``: when a notice reached the region."""
    for parameter, keys in reading.items(content, "arrivals"):
        reading.word(parameter, "arrivals", CATALOGUE)
        for key, dates in reading.items(keys, f"arrivals.{parameter}"):
            for start, entry in reading.items(dates, f"arrivals.{parameter}.{key}"):
                path = f"arrivals.{parameter}.{key}.{start}"
                fields = reading.mapping(entry, path, ("region", "known_from"), ("note",))
                store.arrivals.append(
                    Arrival(
                        parameter, str(key), reading.day(start, path), reading.day(fields["known_from"], path),
                        _region(reading, fields["region"], path),
                    )
                )  # fmt: skip


def _region(reading: Reading, code: Any, path: str) -> str:
    try:
        normal = regions.normalise(code if isinstance(code, str) else "")
    except ValueError:
        raise reading.refuse("POL-110", path, _("行政区划代码须为加引号的六位数字")) from None
    if not regions.known(normal):
        raise reading.refuse("POL-110", path, _("没有 {code} 这个行政区划代码").format(code=normal))
    return normal


def _subject(store: Store, content: Any, path: Path, reading: Reading) -> None:
    fields = reading.mapping(content, "", ("subject", "region", "parameters"), ("title", "sharing"))
    if reading.word(fields["subject"], "subject", SUBJECTS) != path.stem:
        raise reading.refuse("POL-110", "subject", _("与文件名 {name} 不符").format(name=path.name))
    if _region(reading, fields["region"], "region") != path.parent.name:
        raise reading.refuse("POL-110", "region", _("与目录名 {name} 不符").format(name=path.parent.name))
    parameters = fields["parameters"]
    for name, body in reading.items(parameters, "parameters") if parameters else ():
        try:
            _parameter(store, str(name), body, reading)
        except Bad:
            continue
    sharing = fields.get("sharing")
    for key, dates in reading.items(sharing, "sharing") if sharing else ():
        try:
            timeline = reading.timeline(
                dates, f"sharing.{key}", lambda value, where: reading.weights(value, where, PAYERS)
            )
        except Bad:
            continue
        _merge(store.shares, (str(key), reading.region), timeline)


def _parameter(store: Store, name: str, body: Any, reading: Reading) -> None:
    spec = CATALOGUE.get(name)
    path = f"parameters.{name}"
    if spec is None:
        raise reading.refuse("POL-108", path, _("目录中没有这个参数"))
    if spec.kind is Kind.LAYERS:
        fields = reading.mapping(body, path, ("layers",))
        for key, layer in reading.items(fields["layers"], f"{path}.layers"):
            _layer(store, name, str(key), layer, reading)
    elif spec.kind is Kind.TIERS:
        timeline = reading.timeline(
            reading.mapping(body, path, ("values",))["values"], path, reading.tier_scale,
            ("from_year", "tiers", "subsidy"), ("hardship_only",),
        )  # fmt: skip
        _merge(store.values, (name, reading.region), timeline)
    elif spec.kind in _GROUPED:
        fields = reading.mapping(body, path, ("entries",))
        for key, entry in reading.items(fields["entries"], path):
            where = f"{path}.{key}"
            reading.word(key, where, STOP_EVENTS if spec.kind is Kind.RULE else GROUPS)
            timeline = reading.timeline(entry, where, reading.plain(spec))
            _merge(store.keyed, (name, reading.region, str(key)), timeline)
    else:
        fields = reading.mapping(body, path, ("values",))
        timeline = reading.timeline(fields["values"], path, reading.plain(spec))
        if spec.kind is Kind.RATE_BY_YEAR:
            for dated in timeline:
                if (dated.start.month, dated.start.day) != (1, 1):
                    reading.refuse("POL-105", f"{path}.{dated.start}", _("年度利率的日期应为 1 月 1 日"))
        _merge(store.values, (name, reading.region), timeline)


def _layer(store: Store, name: str, key: str, body: Any, reading: Reading) -> None:
    path = f"parameters.{name}.layers.{key}"
    extra, optional = _LAYER_KEYS[name]
    fields = reading.mapping(body, path, ("number", "title", "item", "values", *extra), optional)
    timeline = reading.timeline(fields["values"], path, reading.money)
    held = store.layers.setdefault((name, reading.region), {})
    if key in held:
        timeline = _overlaid(held[key].values, timeline)
    held[key] = Layer(
        id=key,
        number=reading.whole(fields["number"], f"{path}.number"),
        title=reading.text(fields["title"], f"{path}.title"),
        item=ITEMS[reading.word(fields["item"], f"{path}.item", ITEMS)],
        region=reading.region,
        values=timeline,
        from_age=reading.whole(fields["from_age"], path) if "from_age" in fields else None,
        to_age=reading.whole(fields["to_age"], path) if "to_age" in fields else None,
        base_years=reading.whole(fields["base_years"], path) if "base_years" in fields else None,
        total=bool(reading.flag(fields.get("total", False), f"{path}.total")),
        group=reading.word(fields["group"], f"{path}.group", GROUPS) if "group" in fields else None,
        measured_on=reading.day(fields["measured_on"], f"{path}.measured_on")
        if "measured_on" in fields
        else None,
        counts=reading.word(fields.get("counts", "paid"), f"{path}.counts", YEARS_COUNTED),
    )


def _merge(target: dict[Any, Timeline], key: Any, timeline: Timeline) -> None:
    target[key] = _overlaid(target.get(key, ()), timeline)


def _overlaid(below: Timeline, above: Timeline) -> Timeline:
    """The lower timeline with the upper one's entries added; on the same date the upper one holds."""
    dates: dict[dt.date, Any] = {dated.start: dated for dated in below}
    dates.update({dated.start: dated for dated in above})
    return tuple(dates[start] for start in sorted(dates))


def _file_of(line: Timeline) -> str:
    """The file that spoke last of a value."""
    return line[-1].file if line else ""


def _cross_check(store: Store) -> list[Finding]:
    """What only shows when all files are read. POL-105 overlap after merging, POL-112 layers, shares of nothing."""
    findings: list[Finding] = []
    known = set(SHARED_FLOWS)
    numbers: dict[int, str] = {number: flow for flow, number in SHARED_FLOWS.items()}
    for (name, region), layers in store.layers.items():
        for layer in layers.values():
            known.add(layer.id)
            if numbers.setdefault(layer.number, layer.id) != layer.id:
                message = _(
                    "{file}：{name}（{region}）层 {id} 的编号 {number} 已被 {other} 使用；请换一个没有用过的编号"
                )
                values = {
                    "name": name,
                    "region": region,
                    "id": layer.id,
                    "number": layer.number,
                    "file": _file_of(layer.values),
                }
                findings.append(Finding("POL-112", message.format(**values, other=numbers[layer.number])))
    for (key, region), line in store.shares.items():
        if key not in known:
            text = _("{file}：{region} 的分担比例指向不存在的层 {key}；请改成已有的层，或先写出这一层")
            findings.append(Finding("POL-112", text.format(region=region, key=key, file=_file_of(line))))
    lines: list[tuple[str, Timeline]] = [(" ".join(key), line) for key, line in store.values.items()]
    lines += [(" ".join(key), line) for key, line in store.keyed.items()]
    lines += [(" ".join(key), line) for key, line in store.shares.items()]
    lines += [(layer.id, layer.values) for layers in store.layers.values() for layer in layers.values()]
    for label, line in lines:
        for before, after in itertools.pairwise(line):
            if before.end is not None and before.end > after.start and before.file != after.file:
                findings.append(
                    Finding(
                        "POL-105",
                        _("{file}：{label}：{start} 起的值与前一段（{other}）重叠；请给前一段写 to").format(
                            label=label, start=after.start, file=after.file, other=before.file
                        ),
                    )
                )
    return findings
