"""Self-evaluations as documents: the form of a project, the form of the unit, and the short report over all of them.

Only what is final and reviewed by another person is published. Codes: DIS-301 no plan; 302 not final; 303 not reviewed;
304 changed after it was made final, so that the reviewed figures no longer stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jingban.budget.book import live
from jingban.budget.models import Unit
from jingban.disclosure.grid import Cell, Grid
from jingban.disclosure.model import Block, Heading, Printed, Report, Run, Table, Text
from jingban.disclosure.selfeval_form import done_text, form_table, money, percent, plain
from jingban.forms.filled import Figure, Trace
from jingban.performance.models import Plan, Result, Review, Use
from jingban.performance.scoring import Scored, ScoredRow, score_plan
from jingban.performance.stage import agrees
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import document
from jingban.values.i18n import gettext as _

FOLDER = "绩效自评"
"""Where the self-evaluations stand in the package."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A plan with its scores, its final result and the review that lets it be published."""

    plan: Plan
    scored: Scored
    result: Result
    review: Review

    @property
    def name(self) -> str:
        """The project, or the unit as a whole."""
        return self.plan.project.name if self.plan.project else document("部门整体支出")


def evaluated(unit: Unit, year: int) -> list[Evaluated]:
    """Every plan of a unit and year, the whole unit first; refuses with everything that keeps it from publication."""
    plans = list(live(Plan).filter(unit=unit, year=year).select_related("unit", "project").order_by("pk"))
    if not plans:
        raise refuse("DIS-301", _("%(unit)s%(year)s年没有绩效目标") % {"unit": unit.name, "year": year})
    missing: list[Finding] = []
    found = [one for plan in plans if (one := _evaluated(plan, missing)) is not None]
    if missing:
        raise Refused(missing)
    return sorted(found, key=lambda one: (one.plan.project is not None, one.plan.pk))


def evaluated_plan(plan: Plan) -> Evaluated:
    """One plan; refuses like :func:`evaluated`."""
    missing: list[Finding] = []
    found = _evaluated(plan, missing)
    if found is None:
        raise Refused(missing)
    return found


def _evaluated(plan: Plan, missing: list[Finding]) -> Evaluated | None:
    name = plan.project.name if plan.project else document("部门整体支出")
    scored = score_plan(plan)
    result = live(Result).filter(plan=plan, phase=Result.Phase.FINAL).order_by("-pk").first()
    review = Review.objects.filter(result=result).first() if result else None
    if result is None:
        missing.append(Finding("DIS-302", _("年终自评没有定稿"), subject=name))
        missing.extend(scored.missing)
    elif review is None:
        missing.append(Finding("DIS-303", _("年终自评没有经另一人复核"), subject=name))
    elif not agrees(result, scored):
        message = _("定稿为%(final)s分，现为%(now)s分，须重新定稿并复核") % {
            "final": result.total,
            "now": scored.total,
        }
        missing.append(Finding("DIS-304", message, subject=name))
    if result is None or review is None or (missing and missing[-1].subject == name):
        return None
    return Evaluated(plan, scored, result, review)


def form_report(one: Evaluated, form: str = "") -> Report:
    """One form as a document of its own; ``form`` instead of the plan's own."""
    table = form_table(one.scored, form)
    plan = one.plan
    subject = f"（{plan.project.name}）" if plan.project else ""
    title = (plan.unit.name, f"{table.title}{subject}")
    return Report(
        "".join(title), title, plan.unit.name, plan.year, [table], contents=False, folder=document(FOLDER)
    )


def _report(unit: Unit, year: int, found: list[Evaluated]) -> Report:
    """The short report with the unit's form and every project's form behind it."""
    made = Report(
        f"{unit.name}{year}年度绩效自评报告",
        (document("%(year)s年度") % {"year": year}, unit.name, document("绩效自评报告")),
        unit.name,
        year,
        folder=document(FOLDER),
    )
    made.blocks += _sections(unit, year, found)
    made.blocks += [form_table(one.scored) for one in found]
    return made


# -- the text ------------------------------------------------------------------------------------------------------------


def _sections(unit: Unit, year: int, found: list[Evaluated]) -> Iterator[Block]:
    yield Heading(2, document("一、基本情况"))
    yield from _basics(unit, year, found)
    yield Heading(2, document("二、资金安排和使用情况"))
    for one in found:
        yield Text(tuple(_funds(one)))
    yield Heading(2, document("三、绩效目标完成情况"))
    for one in found:
        yield from _goals(one)
    yield Heading(2, document("四、自评得分"))
    yield _scores(found)
    yield Heading(2, document("五、偏差原因和改进措施"))
    yield from _deviations(found)
    uses = [(one, use) for one in found for use in live(Use).filter(result=one.result).order_by("pk")]
    yield Heading(2, document("六、结果应用"))
    for one, use in uses:
        yield Text((f"{one.name}：{use.get_what_display()}。{use.detail.rstrip('。')}。",))
    if not uses:
        yield Text((document("自评结果将作为以后年度预算安排和改进管理的依据。"),))


def _basics(unit: Unit, year: int, found: list[Evaluated]) -> Iterator[Text]:
    projects = [one for one in found if one.plan.project]
    text = unit.duties or document("%(unit)s承担主管部门交办的社会保险经办事务。") % {"unit": unit.name}
    yield Text((text,))
    whole = document("部门整体支出和") if len(projects) < len(found) else ""
    count = len(projects)
    yield Text(
        (
            document("%(year)s年度，本单位对%(whole)s") % {"year": year, "whole": whole},
            _count(count, document("个"), document("自评的项目数")),
            document("个项目开展绩效自评。业务指标由经办台账取数，资金指标由财务账取数；手工填列的指标在表下注明依据。"
              "自评定稿后由自评人以外的人员复核。"),
        )
    )  # fmt: skip


def _count(value: int, unit_: str, formula: str) -> Printed:
    return Printed(str(value), Figure(value, Trace(formula), unit_))


def _wan(fen: int, trace: Trace, name: str) -> Printed:
    return Printed(money(fen), Figure(fen, trace), name)


def _funds(one: Evaluated) -> Iterator[Run]:
    funds = one.scored.funds
    where = (("project", one.plan.project.name),) if one.plan.project else ()
    given, paid = _traces(one, where)
    yield document("%(name)s：全年预算数") % {"name": one.name}
    yield _wan(funds.budget, given, "budget")
    yield document("万元，全年执行数")
    yield _wan(funds.executed, paid, "executed")
    if funds.rate is None:
        yield document("万元。")
        return
    yield document("万元，预算执行率")
    yield Printed(
        percent(funds.rate), Figure(funds.rate, Trace(document("全年执行数÷全年预算数")), "%"), "rate"
    )
    yield "。"


def _traces(one: Evaluated, where: tuple[tuple[str, str], ...]) -> tuple[Trace, Trace]:
    if one.plan.budget_fen is not None:
        typed = Trace(document("手工填列"), typed_by=document("手工填列"), evidence=one.plan.document)
        return typed, typed
    return Trace(document("预算指标之和"), "appropriation", where), Trace(
        document("支出凭证之和"), "payment", where
    )


def _goals(one: Evaluated) -> Iterator[Text]:
    yield Text((f"{one.name}：{one.plan.goal.rstrip('。')}。{done_text(one.scored)}",))


def _scores(found: list[Evaluated]) -> Table:
    """Points of every evaluation: execution, indicators, total, grade."""
    heads = [
        document("自评对象"),
        document("预算执行得分"),
        document("指标得分"),
        document("总分"),
        document("等级"),
    ]
    rows: list[list[Cell | None]] = [[Cell(name, "head") for name in heads]]
    for one in found:
        funds, total = one.scored.funds.score or Decimal(0), one.scored.total
        trace = Trace(document("各项得分之和"))
        rows.append(
            [
                Cell(one.name, "label"),
                Cell(plain(funds), "line", Figure(funds, Trace(document("分值×执行率")), document("分"))),
                Cell(plain(total - funds), "line", Figure(total - funds, trace, document("分"))),
                Cell(plain(total), "line", Figure(total, trace, document("分"))),
                Cell(one.scored.grade, "line"),
            ]
        )
    return Table(
        document("自评得分汇总表"), Grid(rows, 1, [40.0, 14.0, 14.0, 10.0, 8.0]), unit="", own_page=False
    )


def _deviations(found: list[Evaluated]) -> Iterator[Text]:
    lost = [(one, row) for one in found for row in one.scored.rows if _lost(row)]
    if not lost:
        yield Text((document("各项指标均达到年度目标，没有扣分。"),))
    for one, row in lost:
        text = f"{one.name}“{row.indicator.name}”：{row.reason.rstrip('。')}。"
        if row.improvement:
            text += document("改进措施：%(text)s。") % {"text": row.improvement.rstrip("。")}
        yield Text((text,))


def _lost(row: ScoredRow) -> bool:
    return row.score is not None and bool(row.reason)


@dataclass(frozen=True, slots=True)
class Evaluations:
    """What a year's package carries beside the final accounts."""

    annexes: tuple[Report, ...]
    """Printed behind the final accounts and as files of their own."""
    forms: tuple[Report, ...]
    """Every form by itself; the annexed report holds them too."""


def evaluations(unit: Unit, year: int) -> Evaluations:
    """The self-evaluation report and each of its forms; nothing where no goals were set.

    Refuses like :func:`evaluated`: goals that were set are published only when final and reviewed.
    """
    if not live(Plan).filter(unit=unit, year=year).exists():
        return Evaluations((), ())
    found = evaluated(unit, year)
    return Evaluations((_report(unit, year, found),), tuple(form_report(one) for one in found))
