"""The longer Sichuan set (15 tables, yuan): nine are the national ones under another number, six are its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jingban.budget.accounts import balance_by_code, by_code, three_public
from jingban.budget.book import Book
from jingban.budget.models import Procurement, Unit, Vehicle
from jingban.budget.models.money import FISCAL
from jingban.forms.catalogue import catalogue
from jingban.forms.filled import Figure, FilledForm, FilledRow, Trace, broken_identities
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import document as _
from jingban.values.i18n import gettext

if TYPE_CHECKING:
    from jingban.budget.figures import YearFigures

TWINS = {
    "sc01": "gk01", "sc02": "gk02", "sc03": "gk03", "sc04": "gk04", "sc06": "gk05", "sc08": "gk06", "sc10": "gk07",
    "sc11": "gk08", "sc14": "gk09",
}  # fmt: skip
VEHICLES = {
    Vehicle.Use.LEADER: "vehicles_main", Vehicle.Use.SECRET: "vehicles_secret", Vehicle.Use.EMERGENCY: "vehicles_emergency",
    Vehicle.Use.LAW: "vehicles_law", Vehicle.Use.SPECIAL: "vehicles_special", Vehicle.Use.RETIRED: "vehicles_retired",
    Vehicle.Use.OTHER: "vehicles_other",
}  # fmt: skip


def sichuan_accounts(figures: YearFigures) -> dict[str, FilledForm]:
    """All tables of the set that exist in the year. Refuses (BUD-501) when an identity does not hold."""
    book, forms = figures.book, catalogue()
    made = {
        name: replace(figures.forms[twin], form=forms[name])
        for name, twin in TWINS.items()
        if name in forms.forms
    }
    made |= {
        "sc05": _detail("sc05", book, FISCAL),
        "sc07": _detail("sc07", book, ("general",)),
        "sc09": _projects(book),
        "sc12": three_public("sc12", book, "fund"),
        "sc13": balance_by_code("sc13", book, "capital"),
        "sc15": _information(figures),
    }
    broken = [
        Finding(
            "BUD-501",
            gettext("勾稽不平：%(text)s（%(where)s）") % {"text": one.identity.text, "where": one.where},
        )
        for one in broken_identities(made)
        if one.identity.severity == "error"
    ]
    if broken:
        raise Refused(broken)
    return dict(sorted(made.items()))


def _detail(form_id: str, book: Book, sources: tuple[str, ...]) -> FilledForm:
    """Expenditure by functional code (rows) and economic code (columns)."""
    lines = [line for line in book.payments if line.source in sources]
    filled, filler = by_code(form_id, book, lines)
    economic = sorted({line.economic_code[:size] for line in lines for size in (3, 5) if line.economic_code})
    within = {"source__in": ",".join(sources)}
    for row in filled.rows:
        where = {**within, **({"function_code__starts": row.code} if row.code else {})}
        filler.add(row.key, "total", "payment", book.payments, _("支出凭证之和"), **where)
        for code in economic:
            test = {"economic_code__starts": code, **where}
            filler.add(row.key, f"e{code}", "payment", book.payments, _("支出凭证之和"), **test)
    return filled


def _projects(book: Book) -> FilledForm:
    lines = [line for line in book.payments if line.source == "general" and line.category == "project"]
    filled, filler = by_code("sc09", book, lines)
    for row in filled.rows:
        where = {"source": "general", "category": "project"}
        where |= {"function_code__starts": row.code} if row.code else {}
        filler.add(row.key, "amount", "payment", book.payments, _("项目支出凭证之和"), **where)
    return filled


def _information(figures: YearFigures) -> FilledForm:
    """Operating funds, vehicles, equipment and procurement."""
    form = catalogue()["sc15"]
    filled = FilledForm(form, figures.year, figures.unit.name, [])
    for block in form.blocks:
        for row in block.rows:
            filled.rows.append(FilledRow(row.key, row.label, level=2 if row.group else 1))
            if row.group:
                filled.groups.setdefault(row.group, []).append(row.key)
    zero = Figure(0, Trace(_("本单位没有此项")))
    operating = figures.operating.actual if figures.unit.has_operating_funds else zero
    administrative = figures.unit.kind == Unit.Kind.ADMINISTRATIVE
    values = {
        "operating": operating,
        "operating_admin": operating if administrative else zero,
        "operating_reference": zero if administrative else operating,
        "vehicles": figures.vehicles(),
        "vehicles_leaders": replace(zero, unit="辆"),
        **{key: figures.vehicles(use.value) for use, key in VEHICLES.items()},
        "equipment_50": figures.equipment("general"),
        "equipment_100": figures.equipment("special"),
        "procurement": figures.procurement(),
        **{f"procurement_{kind.value}": figures.procurement(kind.value) for kind in Procurement.Kind},
        "procurement_sme": figures.procurement(small=True),
        "procurement_small": figures.procurement(micro=True),
    }
    for key, figure in values.items():
        filled.cells[key, "amount"] = figure
    return filled
