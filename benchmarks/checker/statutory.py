"""The nine public tables (公开01-09) of a generated agency, in the layouts of several years and places."""

from __future__ import annotations

from benchmarks.checker.page import Grid, Piece, Slot
from benchmarks.checker.world import CLASSES, ITEMS, OPERATING, PERSONNEL, World, section_name_of

FUNCTION_CLASSES = {
    "201": "一般公共服务支出",
    "202": "外交支出",
    "203": "国防支出",
    "204": "公共安全支出",
    "205": "教育支出",
    "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出",
    "210": "卫生健康支出",
    "211": "节能环保支出",
    "212": "城乡社区支出",
    "213": "农林水支出",
    "221": "住房保障支出",
    "229": "其他支出",
}
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四"]


def class_name(code: str, name: str, year: int) -> str:
    """The 类 name of the year's edition."""
    old = {"207": "文化体育与传媒支出", "210": "医疗卫生与计划生育支出"}
    return old.get(code, name) if year <= 2018 else name


def _reserve(year: int) -> str:
    if year <= 2018:
        return "用事业基金弥补收支差额"
    return "使用非财政拨款结余" if year <= 2021 else "使用非财政拨款结余(含专用结余)"


class Tables:
    """Builds the nine grids. ``yuan``: amounts in yuan instead of ten-thousands; ``lines``: with line-number columns."""

    def __init__(self, world: World, *, yuan: bool = False, lines: bool = True) -> None:
        self.world = world
        self.unit = "元" if yuan else "万元"
        self.show = world.yuan if yuan else world.wan
        self.lines = lines

    def all(self) -> list[Grid]:
        nine = [
            self.t01(),
            self.t02(),
            self.t03(),
            self.t04(),
            self.t05(),
            self.t06(),
            self.t07(),
            self.t08(),
            self.t09(),
        ]
        return nine if self.world.year >= 2019 else nine[:8]

    def _above(self, number: int) -> list[Piece]:
        return [
            f"公开{number:02d}表",
            f"部门：{self.world.agency}",
            Slot(f"金额单位：{self.unit}", f"unit:t{number:02d}"),
        ]

    def _cell(self, amount: int | None, tag: str) -> Piece:
        return "" if amount is None else Slot(self.show(amount), tag)

    def t01(self) -> Grid:
        w = self.world
        left = [
            ("一、财政拨款收入", w.fiscal_income),
            ("其中：政府性基金预算财政拨款收入", w.fund_spent),
            ("二、上级补助收入", 0),
            ("三、事业收入", 0),
            ("四、经营收入", 0),
            ("五、附属单位上缴收入", 0),
            ("六、其他收入", w.other_income),
        ]
        modern = [
            ("一、一般公共预算财政拨款收入", w.fiscal_income - w.fund_spent),
            ("二、政府性基金预算财政拨款收入", w.fund_spent),
            ("三、国有资本经营预算财政拨款收入", 0),
            ("四、上级补助收入", 0),
            ("五、事业收入", 0),
            ("六、经营收入", 0),
            ("七、附属单位上缴收入", 0),
            ("八、其他收入", w.other_income),
        ]
        if w.year >= 2019:
            left = modern
        sums = {code: sum(item.spent for item in items) for code, items in w.by_class().items()}
        right = [
            (f"{NUMERALS[index]}、{class_name(code, name, w.year)}", sums.get(code, 0))
            for index, (code, name) in enumerate(FUNCTION_CLASSES.items())
        ]
        ends = [
            (("本年收入合计", w.income), ("本年支出合计", w.spent)),
            ((_reserve(w.year), 0), ("结余分配", 0)),
            (("年初结转和结余", w.carried), ("年末结转和结余", w.left)),
            (("总计", w.total), ("总计", w.total)),
        ]
        return self._two_sides("t01", "收入支出决算总表", 1, left, right, ends)

    def _two_sides(self, tag: str, title: str, number: int, left: list, right: list, ends: list) -> Grid:
        height = max(len(left), len(right))
        left = left + [("", None)] * (height - len(left))
        right = right + [("", None)] * (height - len(right))
        pairs = [*zip(left, right, strict=True), *ends]
        rows: list[list[Piece]]
        if self.lines:
            rows = [
                ["收入", "", "", "支出", "", ""],
                ["项目", "行次", "金额", "项目", "行次", "金额"],
                ["栏次", "", "1", "栏次", "", "2"],
            ]
        else:
            rows = [["收入", "", "支出", ""], ["项目", "决算数", "项目", "决算数"]]
        total = len(pairs)
        for index, ((a, av), (b, bv)) in enumerate(pairs):
            ac = self._cell(av, f"{tag}:in:{a}") if a else ""
            bc = self._cell(bv, f"{tag}:out:{b}") if b else ""
            rows.append(
                [a, str(index + 1), ac, b, str(total + index + 1), bc] if self.lines else [a, ac, b, bc]
            )
        width = 3 if self.lines else 2
        return Grid(
            title,
            self._above(number),
            rows,
            ["注：本表反映部门本年度的总收支和年末结转结余情况。"],
            head=3 if self.lines else 2,
            tag=tag,
            merges=[(0, 0, 1, width), (0, width, 1, width)],
        )

    def _tree(self, tag: str, columns: list, *, fund: bool | None = None) -> list[list[Piece]]:
        """Total, 类, 款, 项 rows; ``columns`` are functions of a list of items; ``fund`` keeps only such items."""
        w = self.world
        kept = [item for item in w.items if fund is None or item.fund == fund]

        def row(code: str, name: str, items: list) -> list[Piece]:
            cells = [
                self._cell(column(items), f"{tag}:{code or 'total'}:{n}") for n, column in enumerate(columns)
            ]
            return [Slot(code, f"code:{tag}") if len(code) == 7 else code, name, *cells]

        rows = [row("", "合计", kept)]
        classes: dict[str, list] = {}
        for item in kept:
            classes.setdefault(item.code[:3], []).append(item)
        for klass, items in classes.items():
            rows.append(row(klass, class_name(klass, CLASSES[klass], w.year), items))
            sections: dict[str, list] = {}
            for item in items:
                sections.setdefault(item.code[:5], []).append(item)
            for section, members in sections.items():
                rows.append(row(section, section_name_of(section, w.year), members))
                rows += [row(item.code, ITEMS[item.code], [item]) for item in members]
        return rows

    def t02(self) -> Grid:
        w = self.world
        shift = w.left - w.carried

        def fiscal(items: list) -> int:
            return sum(item.fiscal + (shift if item.code == "2080109" else 0) for item in items)

        def other(items: list) -> int:
            return sum(item.income_other for item in items)

        def zero(_items: list) -> int:
            return 0

        columns = [lambda items: fiscal(items) + other(items), fiscal, zero, zero, zero, zero, other]
        names = [
            "本年收入合计",
            "财政拨款收入",
            "上级补助收入",
            "事业收入",
            "经营收入",
            "附属单位上缴收入",
            "其他收入",
        ]
        return self._coded("t02", "收入决算表", 2, names, columns)

    def t03(self) -> Grid:
        columns = [
            lambda items: sum(item.spent for item in items),
            lambda items: sum(item.basic for item in items),
            lambda items: sum(item.project for item in items),
            lambda items: 0,
            lambda items: 0,
            lambda items: 0,
        ]
        names = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
        return self._coded("t03", "支出决算表", 3, names, columns)

    def _coded(
        self, tag: str, title: str, number: int, names: list[str], columns: list, *, fund: bool | None = None
    ) -> Grid:
        head: list[list[Piece]] = [["功能分类科目编码", "科目名称", *names]]
        if self.lines:
            head.append(["栏次", "", *(str(n + 1) for n in range(len(names)))])
        return Grid(
            title,
            self._above(number),
            head + self._tree(tag, columns, fund=fund),
            [f"注：本表反映部门本年度{'取得的各项收入' if number == 2 else '各项支出'}情况。"],
            head=len(head),
            tag=tag,
        )

    def t04(self) -> Grid:
        w = self.world
        sums = {code: sum(item.fiscal for item in items) for code, items in w.by_class().items()}
        left: list = [
            ("一、一般公共预算财政拨款", w.fiscal_income - w.fund_spent),
            ("二、政府性基金预算财政拨款", w.fund_spent),
            ("三、国有资本经营预算财政拨款", 0),
        ]
        right = [
            (f"{NUMERALS[index]}、{class_name(code, name, w.year)}", sums.get(code, 0))
            for index, (code, name) in enumerate(FUNCTION_CLASSES.items())
        ]
        left += [("", None)] * (len(right) - len(left))
        pairs = [
            *zip(left, right, strict=True),
            (("本年收入合计", w.fiscal_income), ("本年支出合计", w.fiscal_spent)),
            (("年初财政拨款结转和结余", w.carried), ("年末财政拨款结转和结余", w.left)),
            (("总计", w.fiscal_total), ("总计", w.fiscal_total)),
        ]
        names = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]

        def funded(label: str) -> int:
            paid = label.endswith("、其他支出") or label in ("本年支出合计", "总计")
            return w.fund_spent if paid else 0

        rows: list[list[Piece]] = [
            ["收入", "", "", "支出", "", "", "", "", ""],
            ["项目", "行次", "金额", "项目", "行次", *names],
            ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"],
        ]
        for index, ((a, av), (b, bv)) in enumerate(pairs):
            spread = [bv, bv - funded(b), funded(b), 0] if b else [None] * 4
            rows.append(
                [
                    a,
                    str(index + 1),
                    self._cell(av, f"t04:in:{a}") if a else "",
                    b,
                    str(len(pairs) + index + 1),
                    *(self._cell(value, f"t04:out:{b}:{n}") for n, value in enumerate(spread)),
                ]
            )
        return Grid(
            "财政拨款收入支出决算总表",
            self._above(4),
            rows,
            ["注：本表反映部门本年度各类财政拨款的总收支和年末结转结余情况。"],
            head=3,
            tag="t04",
            merges=[(0, 0, 1, 3), (0, 3, 1, 6)],
        )

    def t05(self) -> Grid:
        columns = [
            lambda items: sum(item.fiscal for item in items),
            lambda items: sum(item.basic for item in items),
            lambda items: sum(item.project - item.other for item in items),
        ]
        grid = self._coded(
            "t05",
            "一般公共预算财政拨款支出决算表",
            5,
            ["本年支出合计", "基本支出", "项目支出"],
            columns,
            fund=False,
        )
        grid.below = ["注：本表反映部门本年度一般公共预算财政拨款支出情况。"]
        return grid

    def t06(self) -> Grid:
        w = self.world
        left: list[tuple[str, str, int]] = []
        for prefix, name in (("301", "工资福利支出"), ("303", "对个人和家庭的补助")):
            parts = [
                (code, PERSONNEL[code], value)
                for code, value in w.personnel.items()
                if code.startswith(prefix)
            ]
            left += [(prefix, name, sum(value for *_rest, value in parts)), *parts]
        right: list[tuple[str, str, int]] = []
        for prefix, name in (("302", "商品和服务支出"), ("310", "资本性支出")):
            parts = [
                (code, OPERATING[code], value)
                for code, value in w.operating.items()
                if code.startswith(prefix)
            ]
            right += [(prefix, name, sum(value for *_rest, value in parts)), *parts]
        rows: list[list[Piece]] = [
            ["人员经费", "", "", "公用经费", "", ""],
            ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
        ]
        for index in range(max(len(left), len(right))):
            row: list[Piece] = []
            for side in (left, right):
                if index < len(side):
                    code, name, value = side[index]
                    row += [code, name, self._cell(value, f"t06:{code}")]
                else:
                    row += ["", "", ""]
            rows.append(row)
        rows.append(
            [
                "人员经费合计",
                "",
                self._cell(sum(w.personnel.values()), "t06:personnel"),
                "公用经费合计",
                "",
                self._cell(sum(w.operating.values()), "t06:operating"),
            ]
        )
        return Grid(
            "一般公共预算财政拨款基本支出决算表",
            self._above(6),
            rows,
            ["注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"],
            head=2,
            tag="t06",
            merges=[(0, 0, 1, 3), (0, 3, 1, 3)],
        )

    def t07(self) -> Grid:
        w = self.world
        names = ["合计", "因公出国(境)费", "公务用车购置及运行费", "", "", "公务接待费"]
        inner = ["", "", "小计", "公务用车购置费", "公务用车运行费", ""]
        row: list[Piece] = []
        for which, side in ((0, "budget"), (1, "final")):
            car = w.cars["buy"][which] + w.cars["run"][which]
            values = [
                w.three_public(which),
                w.cars["abroad"][which],
                car,
                w.cars["buy"][which],
                w.cars["run"][which],
                w.cars["reception"][which],
            ]
            row += [self._cell(value, f"t07:{side}:{n}") for n, value in enumerate(values)]
        rows: list[list[Piece]] = [
            ["预算数", "", "", "", "", "", "决算数", "", "", "", "", ""],
            [*names, *names],
            [*inner, *inner],
            [str(n) for n in range(1, 13)],
            row,
        ]
        merges = [(0, 0, 1, 6), (0, 6, 1, 6)]
        for base in (0, 6):
            merges += [(1, base, 2, 1), (1, base + 1, 2, 1), (1, base + 2, 1, 3), (1, base + 5, 2, 1)]
        title = (
            "一般公共预算财政拨款“三公”经费支出决算表" if w.year < 2022 else "财政拨款“三公”经费支出决算表"
        )
        return Grid(
            title,
            self._above(7),
            rows,
            ["注：本表反映部门本年度“三公”经费支出预决算情况。"],
            head=4,
            tag="t07",
            merges=merges,
        )

    def t08(self) -> Grid:
        w = self.world
        rows: list[list[Piece]] = [
            [
                "功能分类科目编码",
                "科目名称",
                "年初结转和结余",
                "本年收入",
                "本年支出",
                "",
                "",
                "年末结转和结余",
            ],
            ["", "", "", "", "小计", "基本支出", "项目支出", ""],
        ]
        below: list[Piece] = ["注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。"]
        columns = [
            lambda items: 0,
            lambda items: sum(item.spent for item in items),
            lambda items: sum(item.spent for item in items),
            lambda items: 0,
            lambda items: sum(item.spent for item in items),
            lambda items: 0,
        ]
        rows += self._tree("t08", columns, fund=True)
        if w.fund_spent == 0:
            below.append(
                Slot(f"本部门{w.year}年度没有政府性基金预算财政拨款收入和支出，故本表为空。", "emptynote:t08")
            )
        return Grid(
            "政府性基金预算财政拨款收入支出决算表",
            self._above(8),
            rows,
            below,
            head=2,
            tag="t08",
            merges=[(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 2, 1), (0, 3, 2, 1), (0, 4, 1, 3), (0, 7, 2, 1)],
        )

    def t09(self) -> Grid:
        w = self.world
        rows: list[list[Piece]] = [
            ["功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["", "合计", *(self._cell(0, f"t09:total:{n}") for n in range(3))],
        ]
        return Grid(
            "国有资本经营预算财政拨款支出决算表",
            self._above(9),
            rows,
            [
                "注：本表反映部门本年度国有资本经营预算财政拨款支出情况。",
                Slot(f"本部门{w.year}年度没有国有资本经营预算财政拨款支出，故本表为空。", "emptynote:t09"),
            ],
            head=1,
            tag="t09",
        )
