"""Reads the steps: one file each, a head comment in YAML, then one SELECT.

The head names rule ids, law, units, what the step reads and gives, and worked examples; it is refused (RUL-1xx) when
anything is missing, unknown or does not fit the relations. The tests run every example on every engine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jingban.rules.codes import LAW, named
from jingban.rules.relations import RELATIONS
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER, parse_month

Row = tuple[int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEAD = re.compile(r"\A/\*\n(.*?)\n\*/\n(.*)\Z", re.DOTALL)
_REQUIRED = {"step", "rule", "law", "units", "about", "reads", "gives", "example"}
_OPTIONAL = {"key", "index", "sums", "needs", "explain", "subject", "light", "owes", "collects"}
OWES = ("monthly", "once", "kept", "balance")
"""What a step says it owes: each month, once, what was paid and may stay, the balance of a closed account."""
OWED = ("person_id", "item", "month", "amount_fen")
"""What every step that owes gives."""
_RULE_ID = re.compile(r"R\d\.\d{1,2}(-\d{2})?\Z")
_YUAN = re.compile(r"(-?\d+(?:\.\d{1,2})?)元\Z")
_MONTH = re.compile(r"\d{4}-\d{2}\Z")
_NAME = re.compile(r"\b[A-Z][A-Z_]*[A-Z]\b")


@dataclass(frozen=True, slots=True)
class Example:
    """Given rows by relation -> the rows the step must give (any order)."""

    name: str
    given: dict[str, list[Row]]
    gives: list[Row]


@dataclass(frozen=True, slots=True)
class Step:
    """One rule step. ``reads`` maps a relation to the columns used; ``key`` is unique in the result."""

    name: str
    rules: tuple[str, ...]
    law: str
    units: str
    about: str
    reads: dict[str, tuple[str, ...]]
    gives: tuple[str, ...]
    key: tuple[str, ...]
    sql: str
    examples: tuple[Example, ...]
    index: tuple[tuple[str, ...], ...] = ()
    sums: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Law relations that must have a row for every region and month in scope (or region and year)."""
    written: str = ""
    """The SELECT as it stands in the file, with names instead of code numbers."""
    law_keys: tuple[str, ...] = ()
    """Parameters that the SELECT takes from ``p_scalar``, by name; every region needs a value of each."""
    explain: str = ""
    """A Chinese sentence over the step's own columns: ``{amount_fen:yuan}``, ``{month:month}``, ``{age}``."""
    subject: str = ""
    """Short Chinese name of what the step computes."""
    owes: str = ""
    """One of :data:`OWES`; "": nothing."""
    light: bool = False
    """Only passes rows on: reading it twice costs less than keeping it."""
    source: str = field(default="", compare=False)
    text: str = field(default="", compare=False, repr=False)
    """The whole file, head and SELECT."""

    @property
    def digest(self) -> str:
        """Of the SELECT: what is computed. A better example or remark in the head is no other rule."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def value(cell: object) -> int:
    """A cell of an example: an integer, ``2020-07`` (month), ``93.00元`` (fen) or ``forever``."""
    if isinstance(cell, bool) or not isinstance(cell, int | str):
        raise ValueError(f"not an integer, month or amount: {cell!r}")
    if isinstance(cell, int):
        return cell
    if cell == "forever":
        return FOREVER
    if _MONTH.match(cell):
        return parse_month(cell)
    if matched := _YUAN.match(cell):
        return int(Decimal(matched[1]) * 100)
    raise ValueError(f"not an integer, month or amount: {cell!r}")


def parse(text: str, source: str = "", owing: Mapping[str, str] | None = None) -> Step:
    """One step from its text. ``owing``: every step that owes and what, for a step that collects them. Raises ``Refused`` RUL-101
    (no head), RUL-102 (head does not fit)."""
    head, sql = _head(text, source)
    try:
        if "collects" in head:
            head, sql = _collected(head, sql, owing or {})
            # kept with a run, it must say then what it collected now
            text = f"/*\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}*/\n{sql}\n"
        return _step(head, sql, source, text)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _misfit(source, error) from error


def _head(text: str, source: str) -> tuple[dict[str, Any], str]:
    matched = _HEAD.match(text)
    if not matched:
        raise refuse("RUL-101", _("规则文件 {source} 开头没有说明块").format(source=source))
    try:
        return yaml.load(matched[1], Loader=_LOADER), matched[2].strip()
    except yaml.YAMLError as error:
        raise _misfit(source, error) from error


def _misfit(source: str, error: Exception) -> Refused:
    return refuse("RUL-102", _("规则文件 {source} 的说明块有误：{error}").format(source=source, error=error))


def _collected(head: dict[str, Any], sql: str, owing: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """A step that ``collects`` has no SELECT of its own: it lays what it reads and what the steps of these kinds owe under one another."""
    kinds = head["collects"]
    if sql or set(kinds) - set(OWES):
        raise ValueError(f"collects {kinds}: one of {OWES}, and no SELECT")
    names = [*head["reads"], *(name for name, kind in owing.items() if kind in kinds)]
    select = "\nUNION ALL\n".join(f"SELECT {', '.join(OWED)} FROM {name}" for name in names)
    kept = {key: part for key, part in head.items() if key != "collects"}
    return {**kept, "reads": {name: list(OWED) for name in names}}, select


def _step(head: dict[str, Any], sql: str, source: str, text: str) -> Step:
    if missing := _REQUIRED - head.keys():
        raise ValueError(f"missing {sorted(missing)}")
    if unknown := head.keys() - _REQUIRED - _OPTIONAL:
        raise ValueError(f"unknown {sorted(unknown)}")
    rules = tuple(head["rule"])
    if not rules or not all(_RULE_ID.match(rule) for rule in rules):
        raise ValueError(f"not rule ids: {rules}")
    reads = {name: tuple(columns) for name, columns in head["reads"].items()}
    for name, columns in reads.items():
        if name in RELATIONS and (wrong := set(columns) - set(RELATIONS[name])):
            raise ValueError(f"{name} has no columns {sorted(wrong)}")
    gives = tuple(head["gives"])
    key = tuple(head.get("key", ()))
    for columns in (key, tuple(head.get("sums", ())), *map(tuple, head.get("index", ()))):
        if wrong := set(columns) - set(gives):
            raise ValueError(f"not given: {sorted(wrong)}")
    owes = head.get("owes", "")
    if owes and (owes not in OWES or set(OWED) - set(gives)):
        raise ValueError(f"owes {owes}: one of {OWES}, and gives {OWED}")
    needs = tuple(head.get("needs", ()))
    if wrong := set(needs) - reads.keys():
        raise ValueError(f"needs what it does not read: {sorted(wrong)}")
    return Step(
        name=head["step"],
        rules=rules,
        law=head["law"],
        units=head["units"],
        about=" ".join(str(head["about"]).split()),
        reads=reads,
        gives=gives,
        key=key,
        sql=_numbered(sql),
        written=sql,
        law_keys=_law_keys(sql),
        examples=tuple(_example(item, reads, gives) for item in head["example"]),
        index=tuple(tuple(columns) for columns in head.get("index", ())),
        sums=tuple(head.get("sums", ())),
        needs=needs,
        explain=" ".join(str(head.get("explain", "")).split()),
        subject=head.get("subject", ""),
        owes=owes,
        light=bool(head.get("light", False)),
        source=source,
        text=text,
    )


def _numbered(sql: str) -> str:
    """The text with the number of every code and parameter name in its place."""
    names = named()
    return _NAME.sub(lambda found: names.get(found[0], found[0]), sql)


def _law_keys(sql: str) -> tuple[str, ...]:
    keys = sorted({name for name in _NAME.findall(sql) if name.startswith(LAW)})
    if unknown := [key for key in keys if key not in named()]:
        raise ValueError(f"no parameters of p_scalar: {unknown}")
    return tuple(key.removeprefix(LAW).lower() for key in keys)


def _example(item: Mapping[str, Any], reads: dict[str, tuple[str, ...]], gives: tuple[str, ...]) -> Example:
    if item.keys() != {"name", "given", "gives"}:
        raise ValueError(f"an example has name, given, gives; not {sorted(item)}")
    if wrong := item["given"].keys() - reads.keys():
        raise ValueError(f"example gives what the step does not read: {sorted(wrong)}")
    given = {name: _rows(item["given"].get(name, ()), len(columns)) for name, columns in reads.items()}
    return Example(item["name"], given, _rows(item["gives"], len(gives)))


def _rows(rows: Iterable[Iterable[object]], width: int) -> list[Row]:
    converted = [tuple(value(cell) for cell in row) for row in rows]
    if wrong := [row for row in converted if len(row) != width]:
        raise ValueError(f"expected {width} columns: {wrong[0]}")
    return converted


@cache
def steps() -> dict[str, Step]:
    """Every shipped step by name. Raises ``Refused`` RUL-103 when name and file disagree."""
    folder = files("jingban.rules") / "steps"
    texts = {
        path.name: path.read_text("utf-8")
        for path in sorted(folder.iterdir(), key=lambda item: item.name)
        if path.name.endswith(".sql")
    }
    heads = {name: _head(text, name)[0] for name, text in texts.items()}
    owing = {head["step"]: head["owes"] for head in heads.values() if head.get("owes")}
    found: dict[str, Step] = {}
    for name, text in texts.items():
        step = parse(text, name, owing)
        if name != f"{step.name}.sql":
            raise refuse(
                "RUL-103", _("规则文件 {source} 里写的名称是 {name}").format(source=name, name=step.name)
            )
        found[step.name] = step
    return found


def owing(*kinds: str) -> tuple[str, ...]:
    """Names of the steps that owe (of these kinds, else of all)."""
    return tuple(name for name, step in steps().items() if step.owes and step.owes in (kinds or OWES))


def order(
    targets: Iterable[str], known: Mapping[str, Step] | None = None, given: Container[str] = ()
) -> list[Step]:
    """The steps that ``targets`` need, each after what it reads; ``given`` ones exist already.

    Raises ``Refused`` RUL-104 for a name that is neither step nor relation, RUL-105 for a circle.
    """
    known = steps() if known is None else known
    done: dict[str, Step] = {}
    path: list[str] = []

    def visit(name: str) -> None:
        if name in done or name in RELATIONS or name in given:
            return
        if name not in known:
            raise refuse("RUL-104", _("没有名为 {name} 的规则步骤或关系").format(name=name))
        if name in path:
            raise refuse("RUL-105", _("规则步骤互相引用：{path}").format(path=" → ".join([*path, name])))
        path.append(name)
        for read in known[name].reads:
            visit(read)
        path.pop()
        done[name] = known[name]

    for target in targets:
        visit(target)
    return list(done.values())


__all__ = ["Example", "Refused", "Row", "Step", "order", "owing", "parse", "steps", "value"]
