"""The text of a final-accounts report in three wordings of our own; every figure is a tagged slot."""

from __future__ import annotations

import random

from benchmarks.checker.page import Para, Piece, Slot
from benchmarks.checker.statutory import class_name
from benchmarks.checker.world import CLASSES, ITEMS, World, section_name_of

CARS = {"abroad": "因公出国(境)费", "run": "公务用车购置及运行维护费", "reception": "公务接待费"}


def slot(text: str, tag: str) -> Slot:
    return Slot(text, tag)


class Narrative:
    """Paragraphs of 情况说明. ``voice`` 0..2 chooses the wording."""

    def __init__(self, world: World, voice: int, rng: random.Random) -> None:
        self.w = world
        self.voice = voice
        self.rng = rng

    def all(self) -> list[Para]:
        w = self.w
        paras = [Para([f"第三部分 {w.year}年度部门决算情况说明"], level=1, tag="part:explain")]
        parts = [
            ("收入支出决算总体情况说明", [self.totals(), *self.income_side()]),
            ("收入决算情况说明", [self.income()]),
            ("支出决算情况说明", [self.spending()]),
            ("财政拨款收入支出决算总体情况说明", [self.fiscal_totals()]),
            (
                "一般公共预算财政拨款支出决算情况说明",
                [self.general_overall(), self.general_structure(), *self.general_items()],
            ),
            ("一般公共预算财政拨款基本支出决算情况说明", [self.basic()]),
            ("“三公”经费支出决算情况说明", self.three_public()),
            ("政府性基金预算财政拨款收入支出决算情况说明", [self.fund()]),
            ("国有资本经营预算财政拨款支出决算情况说明", [self.none("国有资本经营预算财政拨款支出")]),
            ("机关运行经费支出说明", [self.operating()]),
            ("政府采购支出说明", [self.purchases()]),
            ("国有资产占用情况说明", [self.vehicles()]),
            ("预算绩效情况说明", self.performance()),
        ]
        numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
        for numeral, (title, body) in zip(numerals, parts, strict=True):
            year = slot(f"{w.year}年度" if self.voice == 0 else "", "year:section")
            paras.append(
                Para([slot(f"{numeral}、", "numbering"), year, title], level=2, tag=f"section:{title}")
            )
            paras += body
        return paras

    # -- figures -------------------------------------------------------------------------------------------------------

    def _wan(self, amount: int, tag: str) -> Slot:
        return slot(self.w.wan(amount), tag)

    def _change(self, now: int, before: int, topic: str) -> list[Piece]:
        """``增加X万元，增长Y%`` in the agency's wording, or ``持平``."""
        diff = now - before
        if diff == 0:
            return ["与上年持平"]
        up = diff > 0
        word = slot("增加" if up else "减少", f"direction:{topic}")
        rate_word = slot("增长" if up else ["下降", "降低", "下降"][self.voice], f"direction:{topic}:rate")
        return [
            word,
            self._wan(abs(diff), f"delta:{topic}"),
            "万元，",
            rate_word,
            slot(self.w.pct(abs(diff), before) + "%", f"rate:{topic}"),
        ]

    def totals(self) -> Para:
        w = self.w
        head: list[Piece] = [
            slot(f"{w.year}年", "year:totals"),
            ["度收、支总计", "度收入总计、支出总计均为", "度收、支总计均为"][self.voice],
        ]
        last = [f"。与{w.year - 1}年", "。与上年", f"。与{w.year - 1}年度"][self.voice]
        middle: list[Piece] = [
            self._wan(w.last_total, "last:total"),
            "万元相比，",
            ["收、支总计各", "收入总计、支出总计均", "收、支总计各"][self.voice],
        ]
        reason = [
            "。主要原因是项目支出安排变化。",
            "，主要是人员变动和项目调整。",
            "。主要变动原因是本年人员经费和项目支出变化。",
        ][self.voice]
        return Para(
            [
                *head,
                self._wan(w.total, "total"),
                "万元",
                last,
                *middle,
                *self._change(w.total, w.last_total, "total"),
                slot(reason, "reason:total"),
            ],
            tag="p:totals",
        )

    def income_side(self) -> list[Para]:
        w = self.w
        if self.voice == 2:
            both = [
                f"{w.year}年收入总计",
                self._wan(w.total, "both:in"),
                "万元，支出总计",
                self._wan(w.total, "both:out"),
                "万元。",
            ]
            return [Para(both)]
        if w.carried == 0:
            return []
        return [
            Para(
                [
                    "收入总计包括：本年收入",
                    self._wan(w.income, "closed:income"),
                    "万元，年初结转和结余",
                    self._wan(w.carried, "closed:carried"),
                    "万元。",
                ]
            )
        ]

    def _shares(self, parts: list[tuple[str, int]], whole: int, topic: str) -> list[Piece]:
        pieces: list[Piece] = []
        for name, amount in parts:
            if pieces:
                pieces.append("；")
            pieces += [
                name,
                self._wan(amount, f"part:{topic}"),
                "万元，占",
                slot(self.w.pct(amount, whole) + "%", f"share:{topic}"),
            ]
        pieces.append("。")
        return pieces

    def income(self) -> Para:
        w = self.w
        name = "财政拨款收入" if w.year <= 2018 else "一般公共预算财政拨款收入"
        parts = [(name, w.fiscal_income if w.year <= 2018 else w.fiscal_income - w.fund_spent)]
        if w.fund_spent and w.year > 2018:
            parts.append(("政府性基金预算财政拨款收入", w.fund_spent))
        if w.other_income or self.voice == 1:
            parts.append(("其他收入", w.other_income))
        head = [f"{w.year}年度本年收入合计", "本年收入合计", f"{w.year}年本年收入合计"][self.voice]
        return Para(
            [head, self._wan(w.income, "income"), "万元，其中：", *self._shares(parts, w.income, "income")]
        )

    def spending(self) -> Para:
        w = self.w
        head = [f"{w.year}年度本年支出合计", "本年支出合计", f"{w.year}年本年支出合计"][self.voice]
        parts = [("基本支出", w.basic), ("项目支出", w.project)]
        return Para(
            [head, self._wan(w.spent, "spent"), "万元，其中：", *self._shares(parts, w.spent, "spent")]
        )

    def fiscal_totals(self) -> Para:
        w = self.w
        head = [
            f"{w.year}年度财政拨款收、支总计",
            "财政拨款收入总计、支出总计均为",
            f"{w.year}年财政拨款收、支总计均为",
        ][self.voice]
        link = [f"万元。与{w.year - 1}年", "万元，与上年", f"万元。与{w.year - 1}年"][self.voice]
        verb = ["财政拨款收、支总计各", "财政拨款收入总计、支出总计均", "财政拨款收、支总计各"][self.voice]
        return Para(
            [
                head,
                self._wan(w.fiscal_total, "fiscal_total"),
                link,
                self._wan(w.last_fiscal_total, "last:fiscal_total"),
                "万元相比，",
                verb,
                *self._change(w.fiscal_total, w.last_fiscal_total, "fiscal_total"),
                "，主要原因是财政安排的项目经费变化。",
            ],
            tag="p:fiscal",
        )

    def general_overall(self) -> Para:
        w = self.w
        head = [
            f"{w.year}年度一般公共预算财政拨款支出",
            "一般公共预算财政拨款支出",
            f"{w.year}年一般公共预算财政拨款支出",
        ][self.voice]
        return Para(
            [
                head,
                self._wan(w.general_spent, "general"),
                "万元，占本年支出合计的",
                slot(w.pct(w.general_spent, w.spent) + "%", "share:general"),
                f"。与{w.year - 1}年相比，一般公共预算财政拨款支出",
                *self._change(w.general_spent, w.last_fiscal_spent, "general"),
                "，主要原因是经办服务支出变化。",
            ]
        )

    def general_structure(self) -> Para:
        w = self.w
        parts = [
            (class_name(code, CLASSES[code], w.year), sum(item.fiscal for item in items))
            for code, items in w.by_class(general=True).items()
        ]
        return Para(
            [
                f"{w.year}年度一般公共预算财政拨款支出",
                self._wan(w.general_spent, "general:again"),
                "万元，主要用于以下方面：",
                *self._shares(parts, w.general_spent, "structure"),
            ]
        )

    def general_items(self) -> list[Para]:
        w = self.w
        head = Para(
            [
                "一般公共预算财政拨款支出年初预算数为",
                self._wan(w.initial_budget, "budget:general"),
                "万元，支出决算数为",
                self._wan(w.general_spent, "final:general"),
                "万元，完成年初预算的",
                slot(w.pct(w.general_spent, w.initial_budget) + "%", "completion:general"),
                "。其中：",
            ]
        )
        paras = [head]
        for number, item in enumerate(w.general_items, start=1):
            section = item.code[:5]
            names = (
                class_name(item.code[:3], CLASSES[item.code[:3]], w.year),
                section_name_of(section, w.year),
            )
            diff = item.fiscal - item.budget
            compare: list[Piece] = [
                "，决算数",
                slot("大于" if diff > 0 else "小于" if diff < 0 else "等于", "direction:item"),
            ]
            compare.append("预算数" if self.voice != 1 else "年初预算数")
            if diff == 0:
                compare.append("。")
            elif self.voice != 1:
                compare += [
                    self._wan(abs(diff), "gap:item" if self.voice == 2 else "diff:item"),
                    "万元，主要原因是工作任务调整。",
                ]
            else:
                compare.append("的主要原因是工作任务调整。")
            budget: list[Piece] = ["。年初预算为", self._wan(item.budget, "budget:item"), "万元，支出决算为"]
            if self.voice == 2:
                budget = ["。支出决算为"]  # the budget follows from the difference
            paras.append(
                Para(
                    [
                        f"{number}.{names[0]}(类)",
                        slot(names[1], "name:section"),
                        "(款)",
                        slot(ITEMS[item.code], "name:item"),
                        "(项)",
                        slot(item.code, "code:text") if self.voice == 2 else "",
                        *budget,
                        self._wan(item.fiscal, f"final:item:{item.code}"),
                        "万元，完成年初预算的",
                        slot(
                            w.pct(item.fiscal, item.budget) + "%",
                            "derived:item" if self.voice == 2 else "completion:item",
                        ),
                        *compare,
                    ],
                    tag="p:item",
                )
            )
        return paras

    def basic(self) -> Para:
        w = self.w
        people, office = sum(w.personnel.values()), sum(w.operating.values())
        return Para(
            [
                f"{w.year}年度一般公共预算财政拨款基本支出",
                self._wan(w.basic, "basic"),
                "万元，其中：",
                "人员经费",
                self._wan(people, "part:basic"),
                "万元，占基本支出的",
                slot(w.pct(people, w.basic) + "%", "share:basic"),
                "，主要包括基本工资、津贴补贴、奖金等；公用经费",
                self._wan(office, "part:basic"),
                "万元，占基本支出的",
                slot(w.pct(office, w.basic) + "%", "share:basic"),
                "，主要包括办公费、差旅费、劳务费等。",
            ]
        )

    def three_public(self) -> list[Para]:
        w = self.w
        budget, final = w.three_public(0), w.three_public(1)
        last = sum(w.last_cars.values())
        paras = [
            Para(
                [
                    f"{w.year}年度“三公”经费财政拨款支出预算为",
                    self._wan(budget, "budget:cars"),
                    "万元，支出决算为",
                    self._wan(final, "final:cars"),
                    "万元，完成预算的",
                    slot(w.pct(final, budget) + "%", "completion:cars"),
                    "；与上年相比",
                    *self._change(final, last, "cars"),
                    "，主要原因是业务量变化。",
                ]
            )
        ]
        parts: list[Piece] = ["“三公”经费支出决算中，"]
        for key, name in CARS.items():
            amount = w.cars[key][1] + (w.cars["buy"][1] if key == "run" else 0)
            parts += [
                name,
                "支出决算",
                self._wan(amount, f"part:cars:{key}"),
                "万元，占",
                slot(w.pct(amount, final) + "%", "share:cars"),
                "；" if key != "reception" else "。",
            ]
        paras.append(Para(parts))
        reception = w.cars["reception"][1]
        paras.append(
            Para(
                [
                    "国内公务接待支出",
                    self._wan(reception, "reception"),
                    "万元，共接待国内来访团组",
                    slot(str(w.batches), "batches"),
                    "个、来宾",
                    slot(str(w.guests), "guests"),
                    "人次，主要用于上级检查和兄弟单位交流。",
                ],
                tag="p:reception",
            )
        )
        run = w.cars["run"][1]
        owned = sum(w.vehicles.values())
        paras.append(
            Para(
                [
                    "公务用车运行维护费支出",
                    self._wan(run, "run"),
                    "万元，主要用于下乡检查和日常公务。截至",
                    slot(f"{w.year}年12月31日", "date:end"),
                    "，公务用车保有量为",
                    slot(str(owned), "owned"),
                    "辆。本年未购置公务用车，未组织因公出国(境)团组。",
                ],
                tag="p:run",
            )
        )
        return paras

    def none(self, what: str) -> Para:
        return Para([f"本部门{self.w.year}年度没有{what}。"])

    def fund(self) -> Para:
        w = self.w
        if not w.fund_spent:
            return self.none("政府性基金预算财政拨款收入和支出")
        return Para(
            [
                f"{w.year}年度政府性基金预算财政拨款收入",
                self._wan(w.fund_spent, "fund:income"),
                "万元，支出",
                self._wan(w.fund_spent, "fund:spent"),
                "万元，全部为项目支出。",
            ]
        )

    def operating(self) -> Para:
        w = self.w
        total = sum(w.operating.values())
        diff = total - w.operating_budget
        if diff == 0:
            return Para(
                [f"{w.year}年度机关运行经费支出", self._wan(total, "operating"), "万元，与年初预算数持平。"]
            )
        up = diff > 0
        return Para(
            [
                f"{w.year}年度机关运行经费支出",
                self._wan(total, "operating"),
                "万元，比年初预算数",
                slot("增加" if up else "减少", "direction:operating"),
                self._wan(abs(diff), "delta:operating"),
                "万元，",
                slot("增长" if up else "降低", "direction:operating:rate"),
                slot(w.pct(abs(diff), w.operating_budget) + "%", "rate:operating"),
                "，主要原因是业务量变化。",
            ]
        )

    def purchases(self) -> Para:
        w = self.w
        total = sum(w.purchases.values())
        pieces: list[Piece] = [f"{w.year}年度政府采购支出总额", self._wan(total, "purchase"), "万元，其中："]
        for number, (name, amount) in enumerate(w.purchases.items()):
            pieces += [
                "、" if number else "",
                f"政府采购{name}支出",
                self._wan(amount, "part:purchase"),
                "万元",
            ]
        pieces += [
            "。授予中小企业合同金额",
            self._wan(w.small_firms, "small"),
            "万元，占政府采购支出总额的",
            slot(w.pct(w.small_firms, total) + "%", "share:small"),
            "。",
        ]
        return Para(pieces)

    def vehicles(self) -> Para:
        w = self.w
        pieces: list[Piece] = [
            "截至",
            slot(f"{w.year}年12月31日", "date:end"),
            f"，{w.agency}共有车辆",
            slot(str(sum(w.vehicles.values())), "vehicles"),
            "辆，其中：",
        ]
        for number, (name, count) in enumerate(w.vehicles.items()):
            pieces += ["、" if number else "", name, slot(str(count), "part:vehicles"), "辆"]
        pieces.append("。单价50万元以上通用设备0台(套)，单价100万元以上专用设备0台(套)。")
        return Para(pieces)

    def performance(self) -> list[Para]:
        w = self.w
        names = "、".join(f"“{project.name}”" for project in w.projects)
        listed = names + ("等" if self.voice == 1 else "")
        paras = [
            Para(
                [
                    f"按照预算绩效管理要求，本部门对{listed}",
                    slot(str(len(w.projects)), "count:projects"),
                    f"个项目开展了{w.year}年度绩效自评。",
                ],
                tag="p:projects",
            )
        ]
        paras += [
            Para(
                [
                    f"{project.name}项目全年预算数",
                    self._wan(project.budget, "budget:project"),
                    "万元，执行数为",
                    self._wan(project.spent, "final:project"),
                    "万元，完成预算的",
                    slot(w.pct(project.spent, project.budget) + "%", "completion:project"),
                    "。通过项目实施，经办服务能力有所提升。",
                ],
                tag="p:project",
            )
            for project in w.projects
        ]
        return [*paras, task(w)]


def task(w: World) -> Para:
    """People served against the year's task, and contributions paid for the poor at a flat rate."""
    diff = w.reached - w.task
    pieces: list[Piece] = [
        "全年参保任务",
        slot(str(w.task), "task"),
        "人，实际完成",
        slot(str(w.reached), "task:reached"),
        "人，完成任务的",
        slot(w.pct(w.reached, w.task) + "%", "task:rate"),
    ]
    if diff > 0:
        pieces += ["，超出任务", slot(str(diff), "task:excess"), "人"]
    pieces += [
        "。为困难群体",
        slot(str(w.helped), "helped"),
        f"人按每人{w.allowance}元标准代缴养老保险费，共",
        slot(w.wan(w.helped * w.allowance), "helped:amount"),
        "万元。",
    ]
    return Para(pieces, tag="p:task")
