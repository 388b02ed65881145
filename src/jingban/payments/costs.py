"""What another law would cost: the register of today through the rules that pay, once with the law there is, once with the other.

The other law is an overlay of the usual form, written where the user says: filled with the notice's number it is the future law.
Nobody is added and nobody dies after today; months up to the one paid last are arrears.

Codes: POL-301 nothing to change, POL-302 not a raise of this form, POL-303 no such layer, POL-304 no such tier, POL-305 the
folder is there already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from jingban.engine.database import InDatabase
from jingban.payments.claims import PAYER_NAMES, PAYER_WORDS, Part, credited, everybody, layer_titles
from jingban.payments.sections import Section
from jingban.payments.services._runs import latest_paid
from jingban.policy import Policy
from jingban.policy.catalogue import ITEMS as LAYER_ITEMS
from jingban.policy.lookup import LAYERED
from jingban.policy.model import Layer
from jingban.policy.tables import COLUMNS, FOREVER_YEAR
from jingban.registry import law as law_of
from jingban.registry.law import Rows
from jingban.rules.titles import ITEMS
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan, yuan
from jingban.values.months import FOREVER, first_day, format_month, year_of

RAISED = {"central": 101, "province": 102, "city": 103, "county": 104}
SOURCE = "COST"
DOCUMENT = "测算假设"


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked. ``raises``: level → fen more a month; ``layers``: layer id → fen instead; ``subsidies``: tier fen → fen a year.
    ``payers``: weights of who pays a raise (default: the level itself). In force for the months [first, last]."""

    raises: dict[str, int]
    layers: dict[str, int]
    subsidies: dict[int, int]
    first: int
    last: int
    payers: dict[str, int]
    ends: bool = False
    """The change itself ends with ``last``; else only the reckoning does."""


@dataclass(frozen=True, slots=True)
class Cost:
    """``rows``: (arrears?, item, layer, payer, person-months, fen more); ``persons`` in all; ``subsidies``: (tier, payer, persons, fen)."""

    region_id: int
    change: Change
    paid_through: int
    persons: int
    months: int
    rows: list[tuple[int, ...]]
    subsidies: list[tuple[int, ...]]
    titles: dict[int, str]
    basis: int

    @property
    def amount_fen(self) -> int:
        return sum(row[-1] for row in self.rows)


def change_of(
    raises: Sequence[str], sets: Sequence[str], payers: str, first: int, last: int | None
) -> Change:
    """The change as the command line writes it: ``county=10``, ``LAYER=5``, ``subsidy.300=50``, ``province:1,county:1``."""
    more: dict[str, int] = {}
    layers: dict[str, int] = {}
    subsidies: dict[int, int] = {}
    for text in raises:
        level, fen = _pair(text)
        if level not in RAISED:
            raise refuse(
                "POL-302",
                _("“{text}”不对：应如 county=10（central、province、city、county）").format(text=text),
            )
        more[level] = fen
    for text in sets:
        name, fen = _pair(text)
        if name.startswith("subsidy."):
            subsidies[_fen(name.removeprefix("subsidy."), text)] = fen
        else:
            layers[name] = fen
    if not (more or layers or subsidies):
        raise refuse("POL-301", _("没有写明改什么：--raise county=10 或 --set 层=金额、--set subsidy.300=50"))
    weights: dict[str, int] = {}
    for part in filter(None, payers.split(",")):
        payer, _sep, weight = part.partition(":")
        if payer not in PAYER_NAMES.values() or not (weight.isascii() and weight.isdigit() and int(weight)):
            raise refuse("POL-302", _("“{text}”不对：应如 province:1,county:1").format(text=part))
        weights[payer] = int(weight)
    end = first + 11 if last is None else last
    if end < first:
        raise refuse("POL-302", _("--to 早于 --from"))
    return Change(more, layers, subsidies, first, end, weights, last is not None)


def _pair(text: str) -> tuple[str, int]:
    name, _sep, amount = text.partition("=")
    return name.strip(), _fen(amount, text)


def _fen(amount: str, text: str) -> int:
    try:
        fen = Decimal(amount.strip()) * 100
    except InvalidOperation:
        fen = Decimal("0.5")
    if fen != fen.to_integral_value() or fen < 0:
        raise refuse("POL-302", _("“{text}”里的金额不对：应是元，至多两位小数").format(text=text))
    return int(fen)


# --- the overlay ------------------------------------------------------------------------------------------------------


def write_overlay(region_id: int, change: Change, folder: Path, on: dt.date) -> Path:
    """The other law as an overlay of its own. Raises ``Refused`` POL-303, POL-304, POL-305."""
    import yaml

    if folder.exists() and any(folder.iterdir()):
        raise refuse("POL-305", _("{folder} 里已有文件；请换一个目录").format(folder=folder))
    code = f"{region_id:06d}"
    files: dict[tuple[str, str], dict[str, Any]] = {}
    policy = law_of.policy()
    reference = {"document": DOCUMENT, "source": SOURCE, "confidence": "L", "published": on}
    _raises(files, policy, code, change, reference)
    _layers(files, policy, code, change, reference)
    _tiers(files, policy, code, change, reference)
    folder.mkdir(parents=True, exist_ok=True)
    title = _("测算：{first} 起").format(first=format_month(change.first))
    top = {"name": folder.name, "title": title, "demonstration": policy.demonstration}
    _dump(yaml, folder / "overlay.yaml", top)
    _dump(yaml, folder / "sources.yaml", {SOURCE: DOCUMENT})
    for (place, subject), body in files.items():
        (folder / place).mkdir(exist_ok=True)
        _dump(yaml, folder / place / f"{subject}.yaml", {"subject": subject, "region": place, **body})
    return folder


def _dump(yaml: Any, path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=120), "utf-8")


def _file(
    files: dict[tuple[str, str], dict[str, Any]], place: str, subject: str, parameter: str
) -> dict[str, Any]:
    body = files.setdefault((place, subject), {"parameters": {}})
    found: dict[str, Any] = body["parameters"].setdefault(parameter, {})
    return found


def _dated(
    change: Change, value: object, reference: Mapping[str, Any], back: object = None
) -> dict[dt.date, Any]:
    """The value from the first month; where the change ends, what held before comes back (or nothing)."""
    entry: dict[str, Any] = {"value": value, **reference}
    found = {first_day(change.first): entry}
    if change.ends:
        after = first_day(change.last + 1)
        if back is None:
            entry["to"] = after
        else:
            found[after] = {"value": back, **reference}
    return found


def _raises(files: Any, policy: Policy, code: str, change: Change, reference: Mapping[str, Any]) -> None:
    taken = {layer.number for name in LAYERED for layer in policy.layers(name, code)}
    number = int(code) * 100 + 80
    for level, fen in change.raises.items():
        number = next(n for n in range(number + 1, number + 100) if n not in taken)
        key = f"cost-{level}-{format_month(change.first)}"
        layers = _file(files, code, "basic_pension", "basic_pension").setdefault("layers", {})
        layers[key] = {
            "number": number, "title": f"{DOCUMENT}：{_(ITEMS[RAISED[level]])}提高 {yuan(fen)} 元", "item": level,
            "values": _dated(change, _amount(fen), reference),
        }  # fmt: skip
        shared = files[code, "basic_pension"].setdefault("sharing", {})
        shared[key] = {first_day(change.first): {"value": dict(change.payers or {level: 1}), **reference}}


def _layers(files: Any, policy: Policy, code: str, change: Change, reference: Mapping[str, Any]) -> None:
    known = {layer.id: (name, layer) for name in LAYERED for layer in policy.layers(name, code)}
    words = {number: word for word, number in LAYER_ITEMS.items()}
    for key, fen in change.layers.items():
        if key not in known:
            text = _("没有名为“{key}”的层；这里有：{known}").format(key=key, known="、".join(sorted(known)))
            raise refuse("POL-303", text)
        name, layer = known[key]
        layers = _file(files, layer.region, "basic_pension", name).setdefault("layers", {})
        layers[key] = {
            "number": layer.number, "title": layer.title, "item": words[layer.item], **_band(layer),
            "values": _dated(change, _amount(fen), reference, _amount(_held(policy, layer, name, code, change.first))),
        }  # fmt: skip


def _band(layer: Layer) -> dict[str, int]:
    found = {"from_age": layer.from_age, "to_age": layer.to_age, "base_years": layer.base_years}
    return {key: value for key, value in found.items() if value is not None}


def _held(policy: Policy, layer: Layer, name: str, code: str, month: int) -> int:
    for span in policy.layer_spans(layer, name, code, None):
        if span.from_month <= month < span.to_month:
            return int(span.value or 0)
    return 0


def _tiers(files: Any, policy: Policy, code: str, change: Change, reference: Mapping[str, Any]) -> None:
    if not change.subsidies:
        return
    scale = policy.value("contribution_tiers", code, change.first)
    tiers = dict(scale.tiers)
    for tier, fen in change.subsidies.items():
        if tier not in tiers:
            known = "、".join(format_yuan(one) for one in tiers)
            raise refuse(
                "POL-304", _("没有 {tier} 元这一档；这里有：{known}").format(tier=yuan(tier), known=known)
            )
        tiers[tier] = fen
    january = first_day(12 * year_of(change.first))
    _file(files, code, "contribution", "contribution_tiers")["values"] = {
        january: {
            "from_year": year_of(change.first), "subsidy": "exact",
            "tiers": {_amount(tier): _amount(fen) for tier, fen in tiers.items()},
            **({"hardship_only": [_amount(one) for one in sorted(scale.hardship_only)]} if scale.hardship_only else {}),
            **reference,
        }
    }  # fmt: skip


def _amount(fen: int) -> int | str:
    """As the files write money: whole yuan, or a quoted decimal."""
    return fen // 100 if fen % 100 == 0 else str(yuan(fen))


# --- the reckoning ----------------------------------------------------------------------------------------------------


def cost(region_id: int, change: Change, overlay: Path, *, basis: int | None = None) -> Cost:
    """What the overlay adds to (or takes from) what is owed, by arrears and future months, layer and payer.

    ``basis``: the year whose contributions the subsidies are reckoned on (default: the year before the change). Raises
    ``Refused`` ENG-101 when the law has a hole in these months.
    """
    now = law_of.tables(region_id, dt.date.max)
    other = Policy.load((*settings.CENTRE.overlays, overlay))
    then: dict[str, Rows] = {
        name: other.table(f"p_{name}", [f"{region_id:06d}"], dt.date.max) for name in COLUMNS
    }
    before = latest_paid(region_id)
    paid = before.payroll_month if before is not None else change.first - 1
    persons, months, rows = (
        _pensions(region_id, change, now, then, paid) if change.raises or change.layers else (0, 0, [])
    )
    year = basis or year_of(change.first) - 1
    subsidies: list[tuple[int, ...]] = []
    if change.subsidies:
        here = _differences(
            _keyed(credited(region_id, year, _tiers_as_of(now, change.first))[0]),
            _keyed(credited(region_id, year, _tiers_as_of(then, change.first))[0]),
        )
        subsidies = [(*key, *value) for key, value in here.items()]
    titles = layer_titles(region_id, other)
    return Cost(region_id, change, paid, persons, months, rows, subsidies, titles, year)


Summed = dict[tuple[int, ...], tuple[int, int]]


def _pensions(
    region_id: int, change: Change, now: Mapping[str, Rows], then: Mapping[str, Rows], paid: int
) -> tuple[int, int, list[tuple[int, ...]]]:
    """Persons, person-months and the rows of :class:`Cost`: what is owed by the one law and by the other, in one transaction."""
    with transaction.atomic():
        old, _none = _reckoned(region_id, change, now, paid, "cost_now")
        new, engine = _reckoned(region_id, change, then, paid, "cost_then")
        persons, months = engine.rows(
            "SELECT COUNT(*), COALESCE(SUM(months), 0) FROM (SELECT person_id, COUNT(*) AS months FROM (SELECT person_id, month "
            "FROM (SELECT person_id, month, amount_fen FROM cost_then UNION ALL SELECT person_id, month, -amount_fen FROM cost_now) u "
            "GROUP BY person_id, month HAVING SUM(amount_fen) <> 0) d GROUP BY person_id) t"
        )[0]
        for name in ("cost_now", "cost_then"):
            engine.cursor.execute(f"DROP TABLE {name}")
        rows = [(*key, *value) for key, value in _differences(old, new).items()]
        return int(persons), int(months), rows


def _reckoned(
    region_id: int, change: Change, law: Mapping[str, Rows], paid: int, kept: str
) -> tuple[Summed, InDatabase]:
    """(arrears, item, layer, payer) → person-months and fen; what each person is owed a month stays in the table ``kept``."""
    engine = everybody(region_id, change.first, change.last, law)
    engine.build("claims", "basic_due", "age_due", "years_due")
    engine.cursor.execute(
        f"CREATE TEMP TABLE {kept} AS SELECT person_id, month, CAST(SUM(amount_fen) AS BIGINT) AS amount_fen FROM ("
        "SELECT person_id, month, amount_fen FROM basic_due UNION ALL SELECT person_id, month, amount_fen FROM age_due "
        "UNION ALL SELECT person_id, month, amount_fen FROM years_due) u GROUP BY person_id, month"
    )
    found: Summed = {}
    for late, *key, persons, fen in engine.rows(
        f"SELECT CASE WHEN month <= {int(paid)} THEN 1 ELSE 0 END AS late, item, layer, payer, SUM(persons), SUM(amount_fen) "
        "FROM claims GROUP BY CASE WHEN month <= " + str(int(paid)) + " THEN 1 ELSE 0 END, item, layer, payer"
    ):
        found[(int(late), *(int(one) for one in key))] = (int(persons), int(fen))
    engine.drop()
    return found, engine


def _keyed(rows: Sequence[Part]) -> Summed:
    """(tier, payer) → persons and fen."""
    return {(tier, payer): (persons, fen) for tier, persons, payer, fen in rows}


def _differences(old: Summed, new: Summed) -> Summed:
    """What is different: the persons of the new law (of the old where it pays no more), and fen more."""
    found: Summed = {}
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key, (0, 0)), new.get(key, (0, 0))
        if after[1] != before[1]:
            found[key] = (after[0] or before[0], after[1] - before[1])
    return found


def _tiers_as_of(law: Mapping[str, Rows], first: int) -> dict[str, Rows]:
    """The law with the tiers of the change's year in force whenever: another year's contributions are judged by them."""
    year = year_of(first)
    tiers = [(row[0], 0, FOREVER_YEAR, *row[3:]) for row in law["tier"] if row[1] <= year < row[2]]
    shares = [
        (row[0], row[1], 0, FOREVER, *row[4:])
        for row in law["share"]
        if row[1] == 401 and row[2] <= first < row[3]
    ] + [row for row in law["share"] if row[1] != 401]
    return {**law, "tier": tiers, "share": shares}


# --- as tables --------------------------------------------------------------------------------------------------------


def sections(found: Cost) -> Iterator[Section]:
    """What the change costs, as the command and the pages show it."""
    change = found.change
    span = f"{format_month(change.first)} — {format_month(change.last)}"
    late = sum(row[-1] for row in found.rows if row[0])
    head: list[tuple[str, ...]] = [
        (_("测算月份"), span), (_("人数"), f"{found.persons:,}"), (_("人月"), f"{found.months:,}"),
        (_("多付（元）"), format_yuan(found.amount_fen)), (_("其中补发（元）"), format_yuan(late)),
        (_("已发放到"), format_month(found.paid_through)), (_("口径"), _("按今天的登记，不估计以后的新领和死亡")),
    ]  # fmt: skip
    yield Section(_("政策测算"), (), head)
    if found.rows:
        columns = (_("何时付"), _("项目"), _("层"), _("负担"), _("人月"), _("多付（元）"))
        rows = [
            (
                _("补发") if row[0] else _("以后各月"), _(ITEMS[row[1]]), _(found.titles.get(row[2], str(row[2]))),
                _(PAYER_WORDS[row[3]]), f"{row[4]:,}", format_yuan(row[5]),
            )
            for row in found.rows
        ]  # fmt: skip
        yield Section(_("各层各级"), columns, list(rows), (4, 5))
        by: dict[int, list[int]] = {}
        for row in found.rows:
            sums = by.setdefault(row[3], [0, 0])
            sums[0 if row[0] else 1] += row[-1]
        levels = [
            (_(PAYER_WORDS[payer]), format_yuan(a), format_yuan(b), format_yuan(a + b))
            for payer, (a, b) in sorted(by.items())
        ]
        yield Section(
            _("各级合计"),
            (_("负担"), _("补发（元）"), _("以后各月（元）"), _("合计")),
            list(levels),
            (1, 2, 3),
        )
    if found.subsidies:
        tiers = [
            (format_yuan(tier), _(PAYER_WORDS[payer]), f"{persons:,}", format_yuan(fen))
            for tier, payer, persons, fen in found.subsidies
        ]
        title = _("缴费补贴（按 {year} 年的缴费，一年）").format(year=found.basis)
        yield Section(title, (_("档次（元）"), _("负担"), _("人数"), _("多付（元）")), list(tiers), (2, 3))
