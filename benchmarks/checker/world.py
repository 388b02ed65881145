"""The invented agency behind a document: amounts in yuan, drawn from a seed, consistent by construction.

Printing rounds each figure on its own, as agencies do, so sums may differ in the last digit: a checker must bear that.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CITIES = {
    "sichuan": ["攀枝花市", "绵阳市", "宜宾市", "达州市", "雅安市", "巴中市"],
    "hunan": ["株洲市", "湘潭市", "衡阳市", "岳阳市", "常德市", "郴州市"],
    "other": ["保定市", "赣州市", "洛阳市", "宜昌市", "汉中市", "遵义市"],
}
COUNTIES = [
    "青石县",
    "临江区",
    "安和县",
    "东岭区",
    "平川县",
    "望湖区",
    "长宁县",
    "白塔区",
    "清溪县",
    "南屏区",
]
AGENCIES = [
    "社会保险事业管理局",
    "社会保险服务中心",
    "城乡居民养老保险服务中心",
    "社会保险事业服务中心",
    "机关事业单位养老保险中心",
]
CLASSES = {"208": "社会保障和就业支出", "210": "卫生健康支出", "221": "住房保障支出", "229": "其他支出"}
SECTIONS = {
    "20801": "人力资源和社会保障管理事务",
    "20805": "行政事业单位养老支出",
    "20826": "财政对基本养老保险基金的补助",
    "21011": "行政事业单位医疗",
    "22102": "住房改革支出",
    "22960": "彩票公益金安排的支出",
}
ITEMS = {
    "2080101": "行政运行",
    "2080107": "社会保险业务管理事务",
    "2080108": "信息化建设",
    "2080109": "社会保险经办机构",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出",
    "2082602": "财政对城乡居民基本养老保险基金的补助",
    "2101102": "事业单位医疗",
    "2101103": "公务员医疗补助",
    "2210201": "住房公积金",
    "2296002": "用于社会福利的彩票公益金支出",
}
PERSONNEL = {
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "30107": "绩效工资",
    "30108": "机关事业单位基本养老保险缴费",
    "30109": "职业年金缴费",
    "30110": "职工基本医疗保险缴费",
    "30112": "其他社会保障缴费",
    "30113": "住房公积金",
    "30305": "生活补助",
    "30309": "奖励金",
}
OPERATING = {
    "30201": "办公费",
    "30202": "印刷费",
    "30205": "水费",
    "30206": "电费",
    "30207": "邮电费",
    "30211": "差旅费",
    "30213": "维修(护)费",
    "30215": "会议费",
    "30216": "培训费",
    "30217": "公务接待费",
    "30226": "劳务费",
    "30228": "工会经费",
    "30231": "公务用车运行维护费",
    "30299": "其他商品和服务支出",
    "31002": "办公设备购置",
}
PROJECTS = [
    "社保信息系统运行维护",
    "城乡居民养老保险经办管理",
    "待遇领取资格认证",
    "社保政策宣传培训",
    "档案数字化整理",
    "基金稽核检查",
]


@dataclass
class Item:
    """One functional item (项): amounts in yuan."""

    code: str
    basic: int
    project: int
    other: int = 0
    """Part paid from other income, within ``project``."""
    budget: int = 0
    income_other: int = 0
    fund: bool = False
    """Paid from a government fund (政府性基金), not from the general public budget."""

    @property
    def spent(self) -> int:
        return self.basic + self.project

    @property
    def fiscal(self) -> int:
        return self.spent - self.other


@dataclass
class Indicator:
    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: int
    score: int
    reason: str = ""


@dataclass
class Project:
    name: str
    budget: int
    spent: int
    central: int
    province: int
    local: int
    other: int
    indicators: list[Indicator] = field(default_factory=list)


@dataclass
class World:
    """Everything one agency's documents of one year say. Amounts in yuan, ``last`` values are last year's."""

    year: int
    province: str
    city: str
    agency: str
    items: list[Item]
    carried: int
    left: int
    other_income: int
    personnel: dict[str, int]
    operating: dict[str, int]
    last_total: int
    last_fiscal_total: int
    last_fiscal_spent: int
    cars: dict[str, tuple[int, int]]
    """abroad, buy, run, reception -> (budget, final)"""
    last_cars: dict[str, int]
    batches: int
    guests: int
    purchases: dict[str, int]
    small_firms: int
    vehicles: dict[str, int]
    operating_budget: int
    posts: int
    staff: int
    projects: list[Project]
    task: int
    """People to be served, and people served (may be more)."""
    reached: int
    helped: int
    """People whose contribution is paid for them, at ``allowance`` yuan each."""
    allowance: int
    digits: int = 2
    rate_digits: int = 2
    comma: bool = False

    @property
    def spent(self) -> int:
        return sum(item.spent for item in self.items)

    @property
    def basic(self) -> int:
        return sum(item.basic for item in self.items)

    @property
    def project(self) -> int:
        return sum(item.project for item in self.items)

    @property
    def fiscal_spent(self) -> int:
        return sum(item.fiscal for item in self.items)

    @property
    def fiscal_income(self) -> int:
        return self.fiscal_spent + self.left - self.carried

    @property
    def income(self) -> int:
        return self.fiscal_income + self.other_income

    @property
    def total(self) -> int:
        return self.income + self.carried

    @property
    def fiscal_total(self) -> int:
        return self.fiscal_income + self.carried

    @property
    def fund_spent(self) -> int:
        return sum(item.spent for item in self.items if item.fund)

    @property
    def general_items(self) -> list[Item]:
        return [item for item in self.items if not item.fund]

    @property
    def general_spent(self) -> int:
        return sum(item.fiscal for item in self.general_items)

    @property
    def initial_budget(self) -> int:
        return sum(item.budget for item in self.general_items)

    def by_class(self, *, general: bool = False) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for item in self.general_items if general else self.items:
            found.setdefault(item.code[:3], []).append(item)
        return found

    def three_public(self, which: int) -> int:
        return sum(pair[which] for pair in self.cars.values())

    # -- printing ------------------------------------------------------------------------------------------------------

    def wan(self, yuan: int) -> str:
        """Ten-thousands of yuan, rounded half up to the agency's usual digits."""
        return self._shown(quantized(Decimal(yuan) / 10000, self.digits))

    def yuan(self, yuan: int) -> str:
        return self._shown(quantized(Decimal(yuan), 2))

    def _shown(self, value: Decimal) -> str:
        return f"{value:,}" if self.comma else f"{value}"

    def pct(self, part: int, whole: int) -> str:
        """A percentage without its sign, rounded half up."""
        return str(quantized(Decimal(part) * 100 / Decimal(whole), self.rate_digits))


def quantized(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def split(rng: random.Random, total: int, parts: int, step: int) -> list[int]:
    """``total`` cut into ``parts`` positive multiples of ``step`` (the last takes the rest)."""
    weights = [rng.uniform(0.4, 2.0) for _part in range(parts)]
    shares = [max(step, int(total * weight / sum(weights)) // step * step) for weight in weights[:-1]]
    return [*shares, total - sum(shares)]


def world(seed: int, province: str | None = None, year: int | None = None) -> World:
    """Draw one agency and year. Even seeds print exact hundreds of yuan, odd ones round every figure."""
    rng = random.Random(seed)
    province = province or rng.choice(list(CITIES))
    city = rng.choice(CITIES[province])
    step = 100 if seed % 2 == 0 else 1
    year = year or rng.choice([2018, 2019, 2020, 2020, 2021, 2022, 2023])
    basic_total = rng.randrange(900_000, 9_000_000) // 100 * 100
    operating_total = int(basic_total * rng.uniform(0.06, 0.15)) // 100 * 100
    personnel = dict(
        zip(PERSONNEL, split(rng, basic_total - operating_total, len(PERSONNEL), step), strict=True)
    )
    operating_parts = split(rng, operating_total, len(OPERATING), step)
    operating = dict(zip(OPERATING, operating_parts, strict=True))
    items = _items(rng, step, basic_total, personnel)
    other = rng.choice([0, rng.randrange(10_000, 300_000) // 100 * 100])
    agency_item = next(item for item in items if item.code == "2080109")
    agency_item.other = min(other, agency_item.project // 2 // 100 * 100)
    agency_item.income_other = agency_item.other
    spent = sum(item.spent for item in items)
    carried = rng.choice([0, rng.randrange(20_000, 400_000) // step * step])
    left = rng.choice([0, rng.randrange(20_000, 400_000) // step * step])
    reception_budget = operating["30217"] + rng.randrange(2_000, 30_000) // 100 * 100
    run_budget = operating["30231"] + rng.randrange(2_000, 30_000) // 100 * 100
    cars = {
        "abroad": (0, 0),
        "buy": (0, 0),
        "run": (run_budget, operating["30231"]),
        "reception": (reception_budget, operating["30217"]),
    }
    batches = rng.randrange(3, 40)
    goods, works, services = (rng.randrange(10_000, 400_000) // step * step for _kind in range(3))
    counted = {"岗位执法用车": 0, "应急保障用车": rng.randrange(1, 4), "其他用车": rng.randrange(0, 3)}
    posts = rng.randrange(12, 60)
    one = World(
        year=year,
        province=province,
        city=city,
        agency=city + rng.choice(COUNTIES) + rng.choice(AGENCIES),
        items=items,
        carried=carried,
        left=left,
        other_income=agency_item.other,
        personnel=personnel,
        operating=operating,
        last_total=0,
        last_fiscal_total=0,
        last_fiscal_spent=0,
        cars=cars,
        last_cars={key: int(pair[1] * rng.uniform(0.6, 1.6)) // step * step for key, pair in cars.items()},
        batches=batches,
        guests=batches * rng.randrange(3, 12),
        purchases={"货物": goods, "工程": works, "服务": services},
        small_firms=int((goods + works + services) * rng.uniform(0.2, 0.9)) // step * step,
        vehicles=counted,
        operating_budget=int(operating_total * rng.uniform(0.85, 1.25)) // step * step,
        posts=posts,
        staff=rng.randrange(int(posts * 0.7), posts + 1),
        projects=[_project(rng, name, year) for name in rng.sample(PROJECTS, rng.randrange(2, 5))],
        task=(task := rng.randrange(2_000, 90_000)),
        reached=task + rng.randrange(-task // 20, task // 10),
        helped=rng.randrange(300, 9_000),
        allowance=rng.choice([100, 200, 300]),
        rate_digits=rng.choice([1, 2, 2]),
        comma=rng.random() < 0.25,
    )
    _within(one)
    grown = rng.uniform(0.75, 1.3)
    one.last_total = int(spent * grown) // step * step
    one.last_fiscal_total = int(one.fiscal_total * grown) // step * step
    one.last_fiscal_spent = int(one.general_spent * rng.uniform(0.75, 1.3)) // step * step
    return one


def _within(one: World) -> None:
    """The named projects are part of the project spending, so they are scaled down where they exceed it."""
    named = sum(project.spent for project in one.projects)
    while named > one.project * 0.9:
        for project in one.projects:
            project.budget, project.spent = project.budget // 200 * 100, project.spent // 200 * 100
        named = sum(project.spent for project in one.projects)


def _items(rng: random.Random, step: int, basic_total: int, personnel: dict[str, int]) -> list[Item]:
    fixed = {
        "2080505": personnel["30108"],
        "2080506": personnel["30109"],
        "2101102": personnel["30110"],
        "2210201": personnel["30113"],
    }
    items = [Item("2080107", 0, rng.randrange(50_000, 900_000) // step * step)] if rng.random() < 0.6 else []
    items.append(Item("2080108", 0, rng.randrange(30_000, 500_000) // step * step))
    items.append(
        Item("2080109", basic_total - sum(fixed.values()), rng.randrange(100_000, 900_000) // 100 * 100)
    )
    items += [Item(code, amount, 0) for code, amount in fixed.items() if code.startswith("208")]
    if rng.random() < 0.7:
        items.append(Item("2082602", 0, rng.randrange(100_000, 5_000_000) // step * step))
    items += [Item(code, amount, 0) for code, amount in fixed.items() if not code.startswith("208")]
    for item in items:
        item.budget = (
            item.spent if rng.random() < 0.3 else int(item.spent * rng.uniform(0.8, 1.3)) // step * step
        )
    if rng.random() < 0.35:
        amount = rng.randrange(30_000, 400_000) // 100 * 100
        items.append(Item("2296002", 0, amount, fund=True, budget=amount))
    return items


def _project(rng: random.Random, name: str, year: int) -> Project:
    budget = rng.randrange(20_000, 900_000) // 100 * 100
    spent = budget if rng.random() < 0.4 else int(budget * rng.uniform(0.55, 0.99)) // 100 * 100
    parts = split(rng, budget, 3, 100)
    count = rng.randrange(1_000, 30_000)
    times = rng.randrange(2, 9)
    rows = [
        ("产出指标", "数量指标", "服务参保人数", f"≥{count}人", f"{count + rng.randrange(0, 900)}人", 15),
        ("产出指标", "数量指标", "政策培训次数", f"≥{times}次", f"{times + rng.randrange(0, 3)}次", 10),
        ("产出指标", "质量指标", "业务差错率", "≤3%", f"{rng.randrange(5, 29) / 10}%", 15),
        (
            "产出指标",
            "时效指标",
            "工作完成时限",
            f"{year}年12月31日前",
            f"{year}年12月{rng.randrange(10, 30)}日",
            10,
        ),
        ("效益指标", "社会效益指标", "待遇按时发放率", "≥99%", f"{rng.randrange(992, 1000) / 10}%", 20),
        ("效益指标", "可持续影响指标", "系统稳定运行率", "≥95%", f"{rng.randrange(960, 999) / 10}%", 10),
        ("满意度指标", "服务对象满意度指标", "参保群众满意度", "≥90%", f"{rng.randrange(91, 99)}%", 10),
    ]
    indicators = [Indicator(*row, row[5]) for row in rows]
    return Project(name, budget, spent, parts[0], parts[1], parts[2], 0, indicators)


def section_name_of(code: str, year: int) -> str:
    """The 款 name of the year's edition."""
    return "行政事业单位离退休" if code == "20805" and year <= 2019 else SECTIONS[code]
