"""The slots of a unit and year: every name a template may use."""

from __future__ import annotations

from jingban.budget.figures import Compared, YearFigures
from jingban.budget.models import Procurement, Vehicle
from jingban.disclosure.narrative.quantity import Slots, amount, percent, slots
from jingban.disclosure.narrative.template import Scope, Value
from jingban.forms.filled import Figure
from jingban.values.i18n import document as _

INCOME = {
    "fiscal": "财政拨款收入", "superior": "上级补助收入", "business": "事业收入", "operating": "经营收入",
    "affiliated": "附属单位上缴收入", "other": "其他收入",
}  # fmt: skip
SOURCES = {
    "general": "一般公共预算财政拨款收入", "fund": "政府性基金预算财政拨款收入", "capital": "国有资本经营预算财政拨款收入",
    **{key: name for key, name in INCOME.items() if key != "fiscal"},
}  # fmt: skip
SPENDING = {
    "basic": "基本支出", "project": "项目支出", "superior": "上缴上级支出", "operating": "经营支出",
    "affiliated": "对附属单位补助支出",
}  # fmt: skip
THREE = {"三公": "total", "因公出国": "abroad", "公务用车": "vehicles", "车辆购置": "purchase", "车辆运行": "running", "公务接待": "reception"}  # fmt: skip


def year_slots(figures: YearFigures, annexes: tuple[str, ...] = ()) -> Scope:
    """Every slot. ``annexes``: titles of the documents printed behind the report (basic data, self-evaluations)."""
    duties = [line.strip() for line in figures.unit.duties.replace("\n", "|").split("|") if line.strip()]
    found: Slots = {
        "年度": Value(str(figures.year)),
        "上年度": Value(str(figures.year - 1)),
        "单位": Value(figures.unit.name),
        "单位性质": Value(figures.unit.get_kind_display()),
        "有主管部门": bool(figures.unit.superior),
        "主管部门": Value(figures.unit.superior),
        "职能": [{"职能.内容": Value(line.rstrip("。；;")), "职能.序号": Value(_chinese(number))} for number, line in enumerate(duties, start=1)],
        "多项职能": len(duties) > 1,
        "有附件": bool(annexes),
        "有自评": any("自评" in name for name in annexes),
        "附件": [{"附件.名称": Value(name)} for name in annexes],
    }  # fmt: skip
    for part in (_totals, _general, _basic, _three, _funds, _other, _staff):
        found |= part(figures)
    return found


def _totals(figures: YearFigures) -> Slots:
    year_income = figures.figure("gk01", "in.year", "income")
    spent = figures.figure("gk03", "total", "total")
    found = slots(
        "收支总计", figures.compared("gk01", "in.total", "income"), prior_reason=figures.reason("total.prior")
    )
    found |= slots(
        "财政拨款收支总计",
        figures.compared("gk04", "in.total", "income"),
        prior_reason=figures.reason("fiscal.prior"),
    )
    found |= slots("本年收入", Compared(year_income))
    found |= slots("本年支出", Compared(spent))
    found["来源"] = [
        _member("来源", name, figures.figure("gk02", "total", key), year_income)
        for key, name in INCOME.items()
    ]
    found["来源明细"] = [
        _member("来源明细", name, figures.figure("gk01", f"in.{key}", "income"), year_income)
        for key, name in SOURCES.items()
        if ("gk01", f"in.{key}", "income")[1] in {row.key for row in figures.forms["gk01"].rows}
    ]
    found["支出构成"] = [
        _member("支出构成", name, figures.figure("gk03", "total", key), spent)
        for key, name in SPENDING.items()
    ]
    found |= slots("年末结转", Compared(figures.figure("gk01", "out.closing", "expenditure")))
    return found


def _member(prefix: str, name: str, figure: Figure, whole: Figure) -> Scope:
    return {**slots(prefix, Compared(figure), whole=whole), f"{prefix}.名称": Value(name)}


def _general(figures: YearFigures) -> Slots:
    spent = figures.figure("gk03", "total", "total")
    found = slots(
        "一般公共预算支出", figures.general, whole=spent, prior_reason=figures.reason("general.prior")
    )
    rows = [row for row in figures.forms["gk05"].rows if row.level == 1]
    found["类"] = [
        _member("类", row.label, figures.figure("gk05", row.key, "total"), figures.general.actual)
        for row in rows
    ]
    members: list[Scope] = []
    for number, item in enumerate(figures.items(), start=1):
        reason = figures.reason("item.budget", item.code)
        member = slots("科目", item.money, budget_reason=reason)
        member |= {
            "科目.序号": Value(str(number)),
            "科目.编码": Value(item.code),
            "科目.类": Value(item.names[0].removesuffix("支出")),
            "科目.款": Value(item.names[1]),
            "科目.项": Value(item.names[2]),
            "科目.类编码": Value(item.code[:3]),
            "科目.款编码": Value(item.code[:5]),
        }
        members.append(member)
    found["科目"] = members
    return found


def _basic(figures: YearFigures) -> Slots:
    whole = figures.figure("gk05", "total", "basic")
    found = slots("基本支出", Compared(whole))
    found |= slots("人员经费", Compared(figures.figure("gk06", "personnel", "amount")), whole=whole)
    found |= slots("公用经费", Compared(figures.figure("gk06", "operating", "amount")), whole=whole)
    form = figures.forms["gk06"]
    for name, classes in (("人员构成", ("301", "303")), ("公用构成", None)):
        found[name] = [
            {f"{name}.名称": Value(row.label), f"{name}.金额": amount(form.cells.get((row.key, "amount")))}
            for row in form.rows
            if len(row.code) == 5
            and (row.code[:3] in classes if classes else row.code[:3] not in ("301", "303"))
            and form.amount(row.key, "amount")
        ]
        found[f"有{name}"] = bool(found[name])
    return found


def _three(figures: YearFigures) -> Slots:
    found: Slots = {}
    whole = figures.three("total").actual
    for name, key in THREE.items():
        matter = {"total": "three"}.get(key, key)
        found |= slots(
            name,
            figures.three(key),
            whole=whole if key != "total" else None,
            prior_reason=figures.reason(f"{matter}.prior"),
            budget_reason=figures.reason(f"{matter}.budget"),
        )
    groups, persons = figures.trips()
    found |= {"出国团组": amount(groups), "出国人次": amount(persons)}
    for name, foreign in (("国内接待", False), ("外事接待", True)):
        paid, batches, guests = figures.reception(foreign=foreign)
        found |= slots(name, Compared(paid))
        found |= {f"{name}.批次": amount(batches), f"{name}.人次": amount(guests)}
    return found


def _funds(figures: YearFigures) -> Slots:
    found: Slots = {}
    for name, key in (("年初结转", "opening"), ("收入", "income"), ("支出", "total"), ("基本支出", "basic"), ("项目支出", "project"), ("年末结转", "closing")):  # fmt: skip
        found |= slots(f"政府性基金{name}", Compared(figures.figure("gk08", "total", key)))
    found["有政府性基金"] = not figures.forms["gk08"].empty
    found |= slots("国有资本支出", Compared(figures.figure("gk09", "total", "total")))
    found["有国有资本"] = not figures.forms["gk09"].empty
    return found


def _other(figures: YearFigures) -> Slots:
    found: Slots = {"有机关运行经费": figures.unit.has_operating_funds}
    found |= slots("机关运行经费", figures.operating, budget_reason=figures.reason("operating.budget"))
    for name, kind in (("会议", "meeting"), ("培训", "training")):
        paid, held = figures.gatherings(kind)
        found |= slots(f"{name}费", Compared(paid))
        found |= {f"{name}.次数": amount(held), f"{name}.人次": amount(figures.gathering_persons(kind)), f"有{name}": bool(held.amount)}  # fmt: skip
    whole = figures.procurement()
    found |= slots("政府采购", Compared(whole))
    for kind, figure in figures.procurement_kinds().items():
        found |= slots(f"采购{Procurement.Kind(kind).label}", Compared(figure), whole=whole)
    found |= slots("中小企业合同", Compared(figures.procurement(small=True)), whole=whole)
    found |= slots("小微企业合同", Compared(figures.procurement(micro=True)), whole=whole)
    found["车辆"] = amount(figures.vehicles())
    found["车辆用途"] = [
        {"车辆用途.名称": Value(str(use.label)), "车辆用途.数量": amount(figures.vehicles(use.value))}
        for use in Vehicle.Use
    ]
    found["通用设备"], found["专用设备"] = (
        amount(figures.equipment("general")),
        amount(figures.equipment("special")),
    )
    return found


def _staff(figures: YearFigures) -> Slots:
    posts, opening, closing = figures.staff()
    return {"编制数": amount(posts), "年初实有人数": amount(opening), "年末实有人数": amount(closing), "人员控制率": percent(closing, posts, _("年末实有÷编制数×100%"))}  # fmt: skip


def _chinese(number: int) -> str:
    import cn2an

    return str(cn2an.an2cn(number))
