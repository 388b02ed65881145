"""What is missing before a year may be published: everything at once, in the reader's words.

Codes BUD-2xx: 201 no books of the year, 202 last year's figure missing, 203 carry-over below zero, 204 a project without
payments, 205 receptions unlike the payments under 30217, 206 staffing missing, 207 unit kind and operating money disagree,
208 reason missing, 209 payment above its appropriation, 210 trips or vehicles unlike the payments, 211 a fact of another
year, 212 functional or economic code not of that year, 213 duties missing, 214 project without money of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from jingban.budget.book import closing, total
from jingban.budget.codes import not_in_force
from jingban.budget.figures import KEY_CELLS, YearFigures
from jingban.budget.models import Unit
from jingban.budget.reasons import MATTERS
from jingban.forms.codes import BookName
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan

KINDS = {"abroad": "30212", "reception": "30217"}


def readiness(figures: YearFigures) -> list[Finding]:
    """Every obstacle to publishing, errors first; an empty list (or warnings alone) means ready."""
    if not figures.book.kept:
        message = _("%(year)s年度没有收入和支出凭证") % {"year": figures.year}
        return [Finding("BUD-201", message, subject=figures.unit.name)]
    found = [
        *_prior(figures),
        *_balances(figures),
        *_projects(figures),
        *_logs(figures),
        *_unit(figures),
        *_codes(figures),
        *_within(figures),
        *_reasons(figures),
    ]
    return sorted(found, key=lambda finding: finding.severity != "error")


def _prior(figures: YearFigures) -> Iterator[Finding]:
    for name, cell in KEY_CELLS.items():
        if figures.prior(*cell) is None:
            yield Finding(
                "BUD-202",
                _(
                    "缺少%(year)s年的“%(what)s”：请登记已公开数（表%(form)s 行%(row)s 列%(column)s），没有发生的填0"
                )
                % {
                    "year": figures.year - 1,
                    "what": MATTERS[f"{name}.prior"].partition("与")[0],
                    "form": cell[0],
                    "row": cell[1],
                    "column": cell[2],
                },
            )


def _balances(figures: YearFigures) -> Iterator[Finding]:
    for when, lines in ((_("年初"), figures.book.openings), (_("年末"), closing(figures.book))):
        for line in lines:
            if line.amount_fen < 0:
                yield Finding(
                    "BUD-203",
                    _("%(when)s结转结余为负：科目%(code)s %(amount)s元")
                    % {
                        "when": when,
                        "code": line.function_code or "—",
                        "amount": format_yuan(line.amount_fen),
                    },
                    subject=line.project or None,
                )


def _projects(figures: YearFigures) -> Iterator[Finding]:
    for project in figures.book.projects:
        if not project.through_department:
            continue
        paid = any(line.project == project.code for line in figures.book.payments)
        given = any(line.project == project.code for line in figures.book.appropriations)
        if given and not paid:
            yield Finding(
                "BUD-204", _("项目“%(name)s”有预算而没有支出") % {"name": project.name}, subject=project.code
            )
        elif not given and not paid and project.since_year == figures.year:
            yield Finding(
                "BUD-214",
                _("项目“%(name)s”本年既无预算也无支出") % {"name": project.name},
                "warning",
                subject=project.code,
            )


def _logs(figures: YearFigures) -> Iterator[Finding]:
    logs = {
        "reception": (_("公务接待登记"), sum(one.amount_fen for one in figures.book.receptions)),
        "abroad": (_("因公出国（境）登记"), sum(one.amount_fen for one in figures.book.trips)),
    }
    for name, (title, logged) in logs.items():
        paid = int(figures.three(name).actual.amount or 0)
        if paid != logged:
            yield Finding(
                "BUD-205" if name == "reception" else "BUD-210",
                _("%(title)s合计%(logged)s元，与经济科目%(code)s的支出%(paid)s元不符")
                % {
                    "title": title,
                    "logged": format_yuan(logged),
                    "code": KINDS[name],
                    "paid": format_yuan(paid),
                },
            )
    running = int(figures.three("running").actual.amount or 0)
    if running and not figures.book.vehicles:
        yield Finding(
            "BUD-210",
            _("有公务用车运行维护费%(paid)s元而没有公务用车登记") % {"paid": format_yuan(running)},
        )


def _unit(figures: YearFigures) -> Iterator[Finding]:
    if not figures.book.staffing:
        yield Finding("BUD-206", _("没有登记%(year)s年的编制与人员") % {"year": figures.year})
    if not figures.unit.duties.strip():
        yield Finding("BUD-213", _("没有登记单位的主要职能"))
    posts = {one.post for one in figures.book.staffing}
    if figures.unit.kind == Unit.Kind.INSTITUTION and posts & {"administrative", "civil_service"}:
        yield Finding("BUD-207", _("单位性质为事业单位，却登记了行政或参公编制：机关运行经费口径无法确定"))
    if figures.unit.has_operating_funds and not figures.operating.actual.amount:
        yield Finding("BUD-207", _("%(kind)s应有机关运行经费，账上没有公用经费支出") % {"kind": figures.unit.get_kind_display()})  # fmt: skip


def _codes(figures: YearFigures) -> Iterator[Finding]:
    """A classification may have changed since the facts came in."""
    lines = (*figures.book.receipts, *figures.book.payments, *figures.book.openings)
    books: tuple[tuple[BookName, set[str]], ...] = (
        ("function", {line.function_code for line in lines if line.function_code}),
        ("economic", {line.economic_code for line in lines if line.economic_code}),
    )
    for book, codes in books:
        for code in sorted(codes):
            if message := not_in_force(book, code, figures.year):
                yield Finding("BUD-212", message)


def _within(figures: YearFigures) -> Iterator[Finding]:
    for source in ("general", "fund", "capital"):
        paid = total(figures.book.payments, lambda line, source=source: line.source == source)  # type: ignore[misc]
        had = total(figures.book.receipts, lambda line, source=source: line.source == source) + total(  # type: ignore[misc]
            figures.book.openings, lambda line, source=source: line.source == source  # type: ignore[misc]
        )  # fmt: skip
        if paid > had:
            yield Finding(
                "BUD-209",
                _("财政拨款支出%(paid)s元大于年初结转与本年拨款之和%(had)s元")
                % {"paid": format_yuan(paid), "had": format_yuan(had)},
            )


def _reasons(figures: YearFigures) -> Iterator[Finding]:
    for matter, title in MATTERS.items():
        if matter == "item.budget":
            for item in figures.items():
                yield from _reason(figures, matter, f"{item.names[2]}（{item.code}）：{title}", item.code)
        elif matter != "operating.budget" or figures.unit.has_operating_funds:
            yield from _reason(figures, matter, title)


def _reason(figures: YearFigures, matter: str, title: str, code: str = "") -> Iterator[Finding]:
    gap = figures.difference(matter, code)
    if gap and not figures.reason(matter, code):
        yield Finding(
            "BUD-208",
            _("%(title)s，相差%(gap)s元，没有写明原因") % {"title": title, "gap": format_yuan(abs(gap))},
            column=matter,
            subject=code or None,
        )
