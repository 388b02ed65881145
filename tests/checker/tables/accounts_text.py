"""A small agency's accounts in fen, and the nine tables they give as tab-separated text, each cell rounded on its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NAMES = {
    "208": "社会保障和就业支出",
    "20801": "人力资源和社会保障管理事务",
    "2080109": "社会保险经办机构",
    "2080107": "社会保险业务管理事务",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101102": "事业单位医疗",
    "2101103": "公务员医疗补助",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
ITEMS = [code for code in NAMES if len(code) == 7]
PERSONNEL = ("30101 基本工资", "30102 津贴补贴", "30108 机关事业单位基本养老保险缴费")
OPERATING = ("30201 办公费", "30211 差旅费", "30217 公务接待费")


@dataclass(frozen=True, slots=True)
class Accounts:
    """Fen: basic and project expenditure of each item; opening balance; shares of basic expenditure."""

    basic: tuple[int, ...]
    project: tuple[int, ...]
    opening: int
    shares: tuple[int, ...]
    unit: str = "万元"

    def show(self, fen: int) -> str:
        """An amount as the table prints it."""
        yuan = Decimal(fen) / 100
        if self.unit == "元":
            return f"{yuan:,.2f}"
        return str((yuan / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP))

    def of(self, prefix: str) -> tuple[int, int, int]:
        """(total, basic, project) in fen of the items under a code; '' for all."""
        chosen = [index for index, code in enumerate(ITEMS) if code.startswith(prefix)]
        basic, project = sum(self.basic[i] for i in chosen), sum(self.project[i] for i in chosen)
        return basic + project, basic, project

    def text(self) -> str:
        """The document: tables 01 to 06 of one year."""
        parts = [
            self._total(),
            self._income(),
            self._expenditure(),
            self._fiscal(),
            self._general(),
            self._basic(),
        ]
        return "2021年度\n示例县社会保险中心\n部门决算\n\n" + "\n".join(parts)

    def _table(self, number: int, title: str, rows: Iterable[Iterable[str]]) -> str:
        body = "\n".join("\t".join(row) for row in rows)
        return f"{title}\n\n公开0{number}表\n金额单位：{self.unit}\n\n{body}\n"

    def _total(self) -> str:
        total = self.of("")[0]
        classes = [
            (f"八、{NAMES['208']}", "208"),
            (f"九、{NAMES['210']}", "210"),
            (f"十九、{NAMES['221']}", "221"),
        ]
        right = [(name, self.show(self.of(code)[0])) for name, code in classes]
        right += [("本年支出合计", self.show(total)), ("年末结转和结余", self.show(self.opening))]
        right += [("总计", self.show(total + self.opening))]
        left = [("一、一般公共预算财政拨款收入", self.show(total)), ("八、其他收入", self.show(0)), ("", "")]
        left += [("本年收入合计", self.show(total)), ("年初结转和结余", self.show(self.opening))]
        left += [("总计", self.show(total + self.opening))]
        rows = [["收入", "", "支出", ""], ["项目", "金额", "项目", "金额"]]
        rows += [[*a, *b] for a, b in zip(left, right, strict=True)]
        return self._table(1, "收入支出决算总表", rows)

    def _lines(self, cells: int) -> list[list[str]]:
        def row(code: str, name: str, prefix: str) -> list[str]:
            total, basic, project = self.of(prefix)
            amounts = [total, basic, project] if cells == 3 else [total, total, 0]
            return [code, name, *(self.show(amount) for amount in amounts)]

        return [row("合计", "", ""), *(row(code, name, code) for code, name in NAMES.items())]

    def _income(self) -> str:
        head = [
            "科目编码",
            "科目名称",
            "本年收入合计",
            "财政拨款收入",
            "上级补助收入",
            "事业收入",
            "经营收入",
            "附属单位上缴收入",
            "其他收入",
        ]
        zeros = [self.show(0)] * 4
        return self._table(2, "收入决算表", [head, *([*row, *zeros] for row in self._lines(2))])

    def _expenditure(self) -> str:
        head = [
            "科目编码",
            "科目名称",
            "本年支出合计",
            "基本支出",
            "项目支出",
            "上缴上级支出",
            "经营支出",
            "对附属单位补助支出",
        ]
        zeros = [self.show(0)] * 3
        return self._table(3, "支出决算表", [head, *([*row, *zeros] for row in self._lines(3))])

    def _fiscal(self) -> str:
        total, zero = self.of("")[0], self.show(0)
        rows = [["收入", "", "支出", "", "", "", ""]]
        rows += [
            [
                "项目",
                "金额",
                "项目",
                "合计",
                "一般公共预算财政拨款",
                "政府性基金预算财政拨款",
                "国有资本经营预算财政拨款",
            ]
        ]
        left = [
            ("一、一般公共预算财政拨款", self.show(total)),
            ("二、政府性基金预算财政拨款", zero),
            ("", ""),
        ]
        left += [("本年收入合计", self.show(total)), ("年初财政拨款结转和结余", self.show(self.opening))]
        left += [("总计", self.show(total + self.opening))]
        right = [("八、" + NAMES["208"], self.of("208")[0]), ("九、" + NAMES["210"], self.of("210")[0])]
        right += [("十九、" + NAMES["221"], self.of("221")[0]), ("本年支出合计", total)]
        right += [("年末财政拨款结转和结余", self.opening), ("总计", total + self.opening)]
        rows += [
            [*one, name, self.show(amount), self.show(amount), zero, zero]
            for one, (name, amount) in zip(left, right, strict=True)
        ]
        return self._table(4, "财政拨款收入支出决算总表", rows)

    def _general(self) -> str:
        head = [
            ["项目", "", "本年支出", "", ""],
            ["功能分类科目编码", "科目名称", "小计", "基本支出", "项目支出"],
        ]
        return self._table(5, "一般公共预算财政拨款支出决算表", [*head, *self._lines(3)])

    def _basic(self) -> str:
        whole = self.of("")[1]
        shares = [whole * share // 1000 for share in self.shares]
        shares.append(whole - sum(shares))
        people, running = shares[:3], shares[3:]
        left = [
            ("301", "工资福利支出", sum(people)),
            *((*name.split(), one) for name, one in zip(PERSONNEL, people, strict=True)),
        ]
        right = [
            ("302", "商品和服务支出", sum(running)),
            *((*name.split(), one) for name, one in zip(OPERATING, running, strict=True)),
        ]
        rows = [
            ["人员经费", "", "", "公用经费", "", ""],
            ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
        ]
        rows += [
            [str(a[0]), str(a[1]), self.show(int(a[2])), str(b[0]), str(b[1]), self.show(int(b[2]))]
            for a, b in zip(left, right, strict=True)
        ]
        rows += [["人员经费合计", "", self.show(sum(people)), "公用经费合计", "", self.show(sum(running))]]
        return self._table(6, "一般公共预算财政拨款基本支出决算表", rows)
