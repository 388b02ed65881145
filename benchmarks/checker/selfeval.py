"""Self-evaluation forms (Ministry 2020, Hunan, Sichuan) and the Hunan basic-data table of a generated agency."""

from __future__ import annotations

import copy

from benchmarks.checker.narrative import task
from benchmarks.checker.page import Grid, Para, Piece, Slot
from benchmarks.checker.world import Indicator, Project, World

LEVEL_WEIGHTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


def _spread(piece: Piece, width: int) -> list[Piece]:
    return [piece, *[""] * (width - 1)]


def project_form(w: World, project: Project, number: int) -> Grid:
    """The Ministry's project self-evaluation form of 2020: eight columns, scores, grade."""
    execution = round(10 * project.spent / project.budget, 2)
    points = f"{execution:g}"
    tag = f"form{number}"
    rows: list[list[Piece]] = [
        ["项目名称", project.name, "", "", "", "", "", ""],
        ["主管部门", w.city + "人力资源和社会保障局", "", "", "实施单位", w.agency, "", ""],
        ["项目资金(万元)", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ]
    rate = w.pct(project.spent, project.budget) + "%"
    rows.append(
        [
            "",
            "年度资金总额",
            Slot(w.wan(project.budget), f"{tag}:initial"),
            Slot(w.wan(project.budget), f"{tag}:budget"),
            Slot(w.wan(project.spent), f"{tag}:spent"),
            Slot("10", f"{tag}:execweight"),
            Slot(rate, f"{tag}:rate"),
            Slot(points, f"{tag}:execscore"),
        ]
    )
    rows.append(
        [
            "",
            "其中：当年财政拨款",
            Slot(w.wan(project.budget), f"{tag}:part:initial"),
            Slot(w.wan(project.budget), f"{tag}:part:budget"),
            Slot(w.wan(project.spent), f"{tag}:part:spent"),
            "—",
            rate,
            "—",
        ]
    )
    zero = w.wan(0)
    rows.append(["", "上年结转资金", zero, zero, zero, "—", "", "—"])
    rows.append(["", "其他资金", zero, zero, zero, "—", "", "—"])
    rows.append(["年度总体目标", "预期目标", "", "", "实际完成情况", "", "", ""])
    rows.append(
        [
            "",
            f"完成{project.name}年度任务，提升服务质量。",
            "",
            "",
            f"已完成{project.name}年度任务，服务质量提升。",
            "",
            "",
            "",
        ]
    )
    rows.append(
        [
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ]
    )
    rows += _indicator_rows(project.indicators, tag)
    total = execution + sum(one.score for one in project.indicators)
    last: list[Piece] = [
        "总分",
        "",
        "",
        "",
        "",
        "",
        Slot("100", f"{tag}:weights"),
        Slot(f"{total:g}", f"{tag}:total"),
    ]
    rows.append([*last, Slot(f"等级：{grade(total)}", f"{tag}:grade")])
    rows = [[*row, *[""] * (9 - len(row))] for row in rows]
    return Grid(
        "项目支出绩效自评表",
        [f"({w.year}年度)"],
        rows,
        [
            "注：1.执行率=全年执行数/全年预算数，执行得分=分值×执行率。",
            "2.90(含)-100分为优，80(含)-90分为良，60(含)-80分为中，60分以下为差。",
        ],
        head=0,
        tag=tag,
    )


def grade(total: float) -> str:
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def _indicator_rows(indicators: list[Indicator], tag: str) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    seen1 = seen2 = ""
    for number, one in enumerate(indicators):
        first = ""
        if one.level1 != seen1:
            declared = sum(other.weight for other in indicators if other.level1 == one.level1)
            first = Slot(f"{one.level1}({declared}分)", f"{tag}:head:{one.level1}")
        second = one.level2 if (one.level2, one.level1) != (seen2, seen1) else ""
        seen1, seen2 = one.level1, one.level2
        rows.append(
            [
                "",
                first,
                second,
                one.name,
                Slot(one.target, f"{tag}:target:{number}"),
                Slot(one.actual, f"{tag}:actual:{number}"),
                Slot(str(one.weight), f"{tag}:weight:{number}"),
                Slot(f"{one.score:g}", f"{tag}:score:{number}"),
                Slot(one.reason, f"{tag}:reason:{number}"),
            ]
        )
    return rows


def basic_data(w: World) -> Grid:
    """Hunan's basic-data table: staffing, three public expenses, project spending, operating costs."""

    def row(name: str, tag: str, last: int, budget: int, final: int) -> list[Piece]:
        return [
            name,
            Slot(w.wan(last), f"base:{tag}:last"),
            Slot(w.wan(budget), f"base:{tag}:budget"),
            Slot(w.wan(final), f"base:{tag}:final"),
        ]

    cars, last = w.cars, w.last_cars
    car = tuple(cars["buy"][n] + cars["run"][n] for n in (0, 1))
    project_budget = sum(project.budget for project in w.projects)
    project_final = sum(project.spent for project in w.projects)
    office = sum(w.operating.values())
    rows: list[list[Piece]] = [
        ["财政供养人员情况", "编制数", f"{w.year}年实际在职人数", "控制率"],
        [
            "",
            Slot(str(w.posts), "base:posts"),
            Slot(str(w.staff), "base:staff"),
            Slot(w.pct(w.staff, w.posts) + "%", "base:control"),
        ],
        ["经费控制情况", f"{w.year - 1}年决算数", f"{w.year}年预算数", f"{w.year}年决算数"],
        row("三公经费", "cars", sum(last.values()), w.three_public(0), w.three_public(1)),
        row("1、公务用车购置和维护经费", "car", last["buy"] + last["run"], *car),
        row("其中：公车购置", "buy", last["buy"], *cars["buy"]),
        row("公车运行维护", "run", last["run"], *cars["run"]),
        row("2、出国经费", "abroad", last["abroad"], *cars["abroad"]),
        row("3、公务接待", "reception", last["reception"], *cars["reception"]),
        row("项目支出", "projects", int(project_final * 0.9) // 100 * 100, project_budget, project_final),
        row("1、业务工作经费", "work", int(project_final * 0.9) // 100 * 100, project_budget, project_final),
        row("公用经费", "office", int(office * 0.95) // 100 * 100, w.operating_budget, office),
    ]
    return Grid("部门整体支出绩效评价基础数据表", [Slot("单位：万元", "unit:base")], rows, head=0, tag="base")


def overall_form(w: World) -> Grid:
    """A department-level self-evaluation form: execution row and indicators that sum to 100."""
    indicators = [copy.copy(one) for one in w.projects[0].indicators]
    control = w.pct(w.staff, w.posts) + "%"
    indicators[0] = Indicator("产出指标", "数量指标", "在职人员控制率", "≤100%", control, 15, 15)
    budget = max(w.initial_budget, w.general_spent)
    whole = Project("部门整体支出", budget, w.general_spent, 0, 0, 0, 0, indicators)
    grid = project_form(w, whole, 0)
    grid.title = "部门整体支出绩效自评表"
    grid.rows = [
        ["预算部门名称", w.agency, *[""] * 7],
        ["年度预算申请(万元)", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", ""],
        *grid.rows[3:],
    ]
    return grid


def completion_table(w: World, project: Project, number: int) -> Grid:
    """Sichuan's table of targets reached: no scores, figures as ``预算数:`` and ``执行数:`` beside labels."""
    tag = f"done{number}"
    zero = "0"
    rows: list[list[Piece]] = [
        ["项目名称", project.name, "", "", "", ""],
        ["预算单位", w.agency, "", "", "", ""],
        [
            "预算执行情况(万元)",
            "预算数:",
            Slot(w.wan(project.budget), f"{tag}:budget"),
            "执行数:",
            Slot(w.wan(project.spent), f"{tag}:spent"),
            "",
        ],
        [
            "",
            "其中-财政拨款:",
            Slot(w.wan(project.budget), f"{tag}:part:budget"),
            "其中-财政拨款:",
            Slot(w.wan(project.spent), f"{tag}:part:spent"),
            "",
        ],
        ["", "其它资金:", zero, "其它资金:", zero, ""],
        ["年度目标完成情况", "预期目标", "", "", "实际完成目标", ""],
        ["", f"完成{project.name}年度任务。", "", "", f"{project.name}年度任务已完成。", ""],
        ["绩效指标完成情况", "一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值"],
    ]
    seen = ""
    for index, one in enumerate(project.indicators):
        first = one.level1 if one.level1 != seen else ""
        seen = one.level1
        rows.append(
            [
                "",
                first,
                one.level2,
                one.name,
                Slot(one.target, f"{tag}:target:{index}"),
                Slot(one.actual, f"{tag}:actual:{index}"),
            ]
        )
    return Grid("项目绩效目标完成情况表", [f"({w.year}年度)"], rows, head=0, tag=tag)


def framework(w: World) -> Grid:
    """A scored framework with printed scoring rules (评分标准) beside the weights."""
    rows: list[list[Piece]] = [["一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分"]]
    for number, (first, second, third, weight, rule) in enumerate(FRAMEWORK):
        rows.append(
            [
                first,
                second,
                third,
                Slot(str(weight), f"frame:weight:{number}"),
                Slot(rule.format(weight), f"frame:rule:{number}"),
                Slot(str(weight), f"frame:score:{number}"),
            ]
        )
    rows.append(["合计", "", "", Slot("100", "frame:weights"), "", Slot("100", "frame:total")])
    return Grid("部门整体支出绩效评价指标评分表", [f"({w.year}年度)"], rows, head=1, tag="frame")


FRAMEWORK = [
    ("投入", "目标设定", "绩效目标合理性", 10, "目标依据充分、符合职责的，计{}分；否则不得分。"),
    ("投入", "预算配置", "在职人员控制率", 10, "控制率不高于100%的，计{}分；每超过1个百分点扣1分。"),
    ("过程", "预算执行", "预算完成率", 20, "完成率达到100%的，计{}分；每低1个百分点扣1分，扣完为止。"),
    ("过程", "预算管理", "管理制度健全性", 10, "制度健全并得到执行的，计{}分；缺一项扣5分。"),
    ("产出", "职责履行", "实际完成率", 20, "全部完成的，计{}分；每低1个百分点扣1分。"),
    ("产出", "职责履行", "完成及时率", 10, "全部及时完成的，计{}分；每低1个百分点扣1分。"),
    ("效果", "履职效益", "服务对象满意度", 20, "满意度不低于90%的，计{}分；每低1个百分点扣1分。"),
]


def report_text(w: World) -> list[Para]:
    """The self-evaluation report that goes with the forms."""
    total_budget = sum(project.budget for project in w.projects)
    total_spent = sum(project.spent for project in w.projects)
    return [
        Para([f"{w.year}年度部门整体支出绩效自评报告"], level=1),
        Para(["一、部门基本情况"], level=2),
        Para(
            [
                f"{w.agency}编制",
                Slot(str(w.posts), "text:posts"),
                "名，年末实有在职人员",
                Slot(str(w.staff), "text:staff"),
                "人，主要承担社会保险经办服务工作。",
            ]
        ),
        Para(["二、预算执行情况"], level=2),
        Para(
            [
                f"{w.year}年项目支出全年预算数",
                Slot(w.wan(total_budget), "text:budget"),
                "万元，全年执行数",
                Slot(w.wan(total_spent), "text:spent"),
                "万元，预算执行率",
                Slot(w.pct(total_spent, total_budget) + "%", "text:rate"),
                "。",
            ]
        ),
        Para(["三、绩效目标完成情况"], level=2),
        Para(["各项目均已完成年度绩效目标，待遇按时发放，群众满意度较高。"], tag="p:conclusion"),
        task(w),
    ]
