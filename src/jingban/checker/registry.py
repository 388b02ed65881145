"""The rule catalogue: one module per rule, found by file name and imported only when asked for.

``codes()`` reads directory entries and imports nothing; ``rule("T101")`` imports one module; ``usable()`` imports all
that load, which is what a check runs. ``rules()`` is the catalogue: it refuses a rule without code, name, titles or a
full manual page, or with a name that is taken; the manual and the tests go through it.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jingban.checker.rule import Rule
from jingban.values.patterns import lazy

RULES_DIR = Path(__file__).resolve().parent / "rules"
PACKAGE = "jingban.checker.rules"
SECTIONS = ("问题", "依据", "反例", "正例", "例外", "怎么改")
"""Sections every rule docstring must have, in this order, each as ``问题：…`` or ``问题:`` at the start of a line."""
GROUPS: dict[str, tuple[str, str]] = {
    "T1": ("表内勾稽", "Within one table"),
    "T2": ("表间勾稽", "Between tables"),
    "N1": ("叙述内算术", "Arithmetic in the narrative"),
    "N2": ("叙述内重复与矛盾", "Repetition and contradiction in the narrative"),
    "N3": ("叙述与表", "Narrative against tables"),
    "P1": ("绩效权重与得分", "Performance weights and scores"),
    "B1": ("基础数据表", "Basic-data table"),
    "F1": ("社会保险基金", "Social-insurance funds"),
    "C1": ("编码", "Classification codes"),
    "U1": ("单位与格式", "Units and format"),
    "D1": ("完备", "Completeness"),
    "X1": ("跨文档与跨年", "Across documents and years"),
    "Y1": ("年度与日期", "Years and dates"),
    "S1": ("个人信息", "Personal data"),
    "I1": ("输入质量", "Input quality"),
}

_CODE = lazy(r"[A-Z]\d{3}")
_NAME = lazy(r"[a-z0-9]+(-[a-z0-9]+)*")
_FILE = lazy(r"[a-z]\d{3}\.py")
_SECTION = lazy(rf"^[ \t]*({'|'.join(SECTIONS)})[:：]", re.MULTILINE)


class RuleRefused(ValueError):
    """A rule that may not join the catalogue; the message says why. A defect of the program, not of a document."""


@cache
def _files() -> dict[str, str]:
    """Code -> module name, from file names alone."""
    found: dict[str, str] = {}
    for path in sorted(RULES_DIR.glob("*/*.py")):
        if not _FILE.fullmatch(path.name):
            continue
        code = path.stem.upper()
        if code in found:
            raise RuleRefused(f"{code}: two files")
        found[code] = f"{PACKAGE}.{path.parent.name}.{path.stem}"
    return found


def codes() -> list[str]:
    """Every code in catalogue order, without importing a rule."""
    order = list(GROUPS)
    return sorted(_files(), key=lambda code: (order.index(code[:2]) if code[:2] in order else 99, code))


def sections(text: str) -> dict[str, str]:
    """The manual page of a rule docstring: section name -> text (dedented, stripped)."""
    text = inspect.cleandoc(text).partition("English:")[0]
    marks = list(_SECTION.finditer(text))
    return {
        mark[1]: inspect.cleandoc(
            text[mark.end() : marks[index + 1].start() if index + 1 < len(marks) else len(text)]
        )
        for index, mark in enumerate(marks)
    }


def english(text: str) -> str:
    """The English paragraph of a rule docstring: the text after ``English:``; empty when there is none."""
    return inspect.cleandoc(text).partition("English:")[2].strip()


def validate(cls: type[Rule]) -> None:
    """Refuse a rule class that is not fit for the catalogue."""
    given = getattr(cls, "code", "")
    if not _CODE.fullmatch(given):
        raise RuleRefused(f"{cls.__name__}: code {given!r} is not a letter and three digits")
    if not _NAME.fullmatch(getattr(cls, "name", "")):
        raise RuleRefused(f"{given}: no name in kebab case")
    for attribute in ("title", "title_en"):
        if not getattr(cls, attribute, "").strip():
            raise RuleRefused(f"{given}: no {attribute}")
    if cls.severity not in ("error", "warning", "info"):
        raise RuleRefused(f"{given}: severity {cls.severity!r}")
    page = sections(cls.__doc__ or "")
    missing = [name for name in SECTIONS if not page.get(name)]
    if missing:
        raise RuleRefused(f"{given}: docstring lacks {'、'.join(missing)}")


def _load(code: str, module_name: str) -> Rule:
    module = importlib.import_module(module_name)
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module_name
        and "code" in vars(value)
        and issubclass(value, Rule)
        and not inspect.isabstract(value)
    ]
    if len(classes) != 1:
        raise RuleRefused(f"{module_name}: {len(classes)} rule classes, wanted one")
    if classes[0].code != code:
        raise RuleRefused(f"{module_name}: code {classes[0].code} stands in the file of {code}")
    return classes[0]()


@cache
def rule(code: str) -> Rule:
    """One rule by code (any case). Raises ``KeyError`` when the catalogue has none."""
    wanted = code.upper()
    return _load(wanted, _files()[wanted])


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule in catalogue order. Raises :class:`RuleRefused` for an unfit one or a name used twice."""
    found = tuple(rule(code) for code in codes())
    names: dict[str, str] = {}
    for one in found:
        validate(type(one))
        if one.name in names:
            raise RuleRefused(f"{one.code}: name {one.name!r} belongs to {names[one.name]}")
        names[one.name] = one.code
    return found


@cache
def usable() -> tuple[tuple[Rule, ...], dict[str, str]]:
    """The rules that load, and why each other one does not: a defect of one rule must not stop a check."""
    found: list[Rule] = []
    broken: dict[str, str] = {}
    for code in codes():
        try:
            found.append(rule(code))
        except Exception as error:  # whatever a rule file does when imported
            broken[code] = type(error).__name__
    return tuple(found), broken


def matches(one: Rule, selectors: Iterable[str]) -> bool:
    """Whether a rule is meant: by code ``T101``, group ``T1``, letter ``T``, name, or ``ALL``."""
    return any(
        wanted.upper() == "ALL" or one.code.startswith(wanted.upper()) or one.name == wanted.lower()
        for wanted in selectors
    )
