"""A case kind is one declarative file in ``kinds/``: form, evidence, approval, effect, deadline, letter. Strictly read.

Codes CAS-1xx: 101 unknown kind, 102 file not readable or with an unknown key, 103 value not allowed.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, get_args

import yaml

from jingban.registry.codebooks import CODE_BOOKS
from jingban.store.lists.spec import Column, ListSpec
from jingban.store.lists.spec import Kind as CellKind
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import active
from jingban.values.i18n import gettext as _

DONE = "done"
"""The letter of kinds that have none of their own: what was done, for the person to check."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper that must be shown. ``commitment``: a signed commitment (告知承诺) may stand for it."""

    key: str
    title: str
    required: bool = True
    commitment: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """From this amount on, so many approvals."""

    fen: int
    levels: int


@dataclass(frozen=True, slots=True)
class CaseKind:
    """What may be asked, what must be shown, who decides, what then happens."""

    code: str
    title: str
    title_en: str
    rule: str
    fields: tuple[Column, ...]
    effect: str
    evidence: tuple[Evidence, ...] = ()
    asks: tuple[str, ...] = ()
    """What other bodies' lists are asked about the person (``doubts``): kinds of suspicion."""
    levels: int = 1
    above: tuple[Threshold, ...] = ()
    amount: str = ""
    """The field whose value is the amount of the case."""
    target: str = ""
    """Policy parameter of the service target in working days."""
    limit: str = ""
    """Policy parameter of the legal limit in working days."""
    letter: str = DONE
    """Template printed when the case is done."""
    retention: str = "archive_personal_registration"
    """The parameter that says how many years its papers are kept, or ``permanent``."""
    high_risk: bool = False
    once: bool = True
    """One open case a person; false where several may wait side by side (a catch-up payment a year)."""
    help: str = ""

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return self.title_en if active() == "en" else self.title

    def approvals(self, amount_fen: int) -> int:
        """How many people besides the maker must approve."""
        return max([self.levels, *(step.levels for step in self.above if abs(amount_fen) >= step.fen)])

    def column(self, key: str) -> Column:
        """One field of the form. Raises ``KeyError``."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    def listing(self) -> ListSpec[dict[str, Any]]:
        """The same form as a list, for cases brought by file."""
        return ListSpec(
            self.code, self.title, self.fields, lambda values, row: {**values, "row": row}, self.help
        )


_KEYS = {
    "kind", "title", "title_en", "rule", "fields", "effect", "evidence", "asks", "levels", "above", "amount", "target", "limit",
    "letter", "retention", "high_risk", "once", "help",
}  # fmt: skip
_FIELD_KEYS = {"key", "title", "kind", "required", "aliases", "choices", "codes", "help", "example"}
"""``codes``: the name of a code book of the register instead of ``choices``."""


@functools.cache
def kinds() -> dict[str, CaseKind]:
    """Every case kind by code; refuses with all defects of all files at once."""
    findings: list[Finding] = []
    found: dict[str, CaseKind] = {}
    for path in sorted(files("jingban.casework").joinpath("kinds").iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml"):
            try:
                kind = read_kind(path.name, path.read_text("utf-8"))
                found[kind.code] = kind
            except Refused as refused:
                findings.extend(refused.findings)
    if findings:
        raise Refused(findings)
    return found


def kind_of(code: str) -> CaseKind:
    """One kind; refuses with CAS-101 when there is none."""
    if code not in kinds():
        raise refuse("CAS-101", _("没有业务类别“%(code)s”") % {"code": code})
    return kinds()[code]


def read_kind(name: str, text: str) -> CaseKind:
    """Parse one file. Refuses with CAS-102 or CAS-103 naming file and key."""
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as wrong:
        raise refuse("CAS-102", f"{name}：{wrong}") from None
    if not isinstance(data, dict):
        raise refuse("CAS-102", _("%(name)s：不是键值表") % {"name": name})
    unknown = data.keys() - _KEYS
    missing = {"kind", "title", "title_en", "rule", "fields", "effect"} - data.keys()
    if unknown or missing or data.get("kind") != name.removesuffix(".yaml"):
        wrong_keys = "、".join(sorted(unknown | missing)) or "kind"
        raise refuse("CAS-102", _("%(name)s：多了或缺了“%(keys)s”") % {"name": name, "keys": wrong_keys})
    fields = tuple(_field(name, item) for item in data["fields"])
    kind = CaseKind(
        code=data["kind"],
        title=data["title"],
        title_en=data["title_en"],
        rule=str(data["rule"]),
        fields=fields,
        effect=data["effect"],
        evidence=tuple(Evidence(**item) for item in data.get("evidence", ())),
        asks=tuple(data.get("asks", ())),
        levels=data.get("levels", 1),
        above=tuple(Threshold(**item) for item in data.get("above", ())),
        amount=data.get("amount", ""),
        target=data.get("target", ""),
        limit=data.get("limit", ""),
        letter=data.get("letter", DONE),
        retention=data.get("retention", "archive_personal_registration"),
        high_risk=bool(data.get("high_risk", False)),
        once=bool(data.get("once", True)),
        help=data.get("help", ""),
    )
    if kind.levels < 1 or (kind.high_risk and kind.levels < 2 and not kind.above):
        raise refuse("CAS-103", _("%(name)s：审批级数不足（高风险业务须有更高一级审批）") % {"name": name})
    if kind.amount and kind.amount not in {column.key for column in fields}:
        raise refuse("CAS-103", _("%(name)s：金额字段“%(key)s”不存在") % {"name": name, "key": kind.amount})
    return kind


def _field(name: str, item: dict[str, Any]) -> Column:
    unknown = item.keys() - _FIELD_KEYS
    book = item.get("codes")
    if unknown or item.get("kind", "text") not in get_args(CellKind) or (book and book not in CODE_BOOKS):
        raise refuse(
            "CAS-103", _("%(name)s：字段“%(key)s”写法不对") % {"name": name, "key": item.get("key", "?")}
        )
    return Column(
        key=item["key"],
        title=item["title"],
        kind=item.get("kind", "text"),
        required=bool(item.get("required", False)),
        aliases=tuple(item.get("aliases", ())),
        choices=CODE_BOOKS[book] if book else item.get("choices"),
        help=item.get("help", ""),
        example=str(item.get("example", "")),
    )
