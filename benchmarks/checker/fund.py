"""Social-insurance fund final accounts: one table by fund and a text."""

from __future__ import annotations

import random

from benchmarks.checker.page import Element, Grid, Para, Piece, Slot
from benchmarks.checker.world import World

FUNDS = ["企业职工基本养老保险基金", "城乡居民基本养老保险基金", "失业保险基金", "工伤保险基金"]
INCOME = ["社会保险费收入", "财政补贴收入", "利息收入", "转移收入", "上级补助收入", "其他收入"]
SPENDING = ["社会保险待遇支出", "转移支出", "上解上级支出", "其他支出"]


def elements(w: World, rng: random.Random) -> list[Element]:
    """Title, table, and a paragraph a fund."""
    amounts = {fund: _fund(rng) for fund in FUNDS}
    names = ["合计", *FUNDS]

    def total(key: str) -> list[int]:
        values = [amounts[fund][key] for fund in FUNDS]
        return [sum(values), *values]

    rows: list[list[Piece]] = [["项目", *names]]

    def put(label: str, key: str) -> None:
        rows.append([label, *(Slot(w.wan(value), f"fund:{key}:{n}") for n, value in enumerate(total(key)))])

    put("一、收入合计", "income")
    for name in INCOME:
        put(("其中：" if name == INCOME[0] else "") + name, name)
    put("二、支出合计", "spending")
    for name in SPENDING:
        put(("其中：" if name == SPENDING[0] else "") + name, name)
    put("三、本年收支结余", "balance")
    put("四、上年结余", "before")
    put("五、年末滚存结余", "after")
    grid = Grid(
        f"{w.year}年度社会保险基金收支决算表",
        [f"编制单位：{w.agency}", Slot("单位：万元", "unit:fund")],
        rows,
        head=1,
        tag="fund",
    )
    found: list[Element] = [Para([f"{w.year}年度社会保险基金决算情况说明"], level=1, tag="cover")]
    found += [grid, Para(["收支情况"], level=2)]
    for number, fund in enumerate(FUNDS, start=1):
        one = amounts[fund]
        pieces: list[Piece] = [
            f"{number}.{w.year}年{fund}收入",
            Slot(w.wan(one["income"]), f"text:income:{number}"),
            "万元，支出",
            Slot(w.wan(one["spending"]), f"text:spending:{number}"),
            "万元，本年收支结余",
            Slot(w.wan(one["balance"]), f"text:balance:{number}"),
            "万元，年末滚存结余",
            Slot(w.wan(one["after"]), f"text:after:{number}"),
            f"万元。{fund}收入",
            Slot(w.wan(one["income"]), f"text:again:{number}"),
            "万元，其中：",
        ]
        pieces += [*_parts(w, one, INCOME, f"text:in:{number}"), "。"]
        pieces += [f"{fund}支出", Slot(w.wan(one["spending"]), f"text:again:{number}"), "万元，其中："]
        pieces += [*_parts(w, one, SPENDING, f"text:out:{number}"), "。"]
        found.append(Para(pieces, tag=f"p:fund:{number}"))
    return found


def _parts(w: World, one: dict[str, int], names: list[str], tag: str) -> list[Piece]:
    pieces: list[Piece] = []
    for name in names:
        pieces += ["、" if pieces else "", name, Slot(w.wan(one[name]), f"{tag}:{name}"), "万元"]
    return pieces


def _fund(rng: random.Random) -> dict[str, int]:
    scale = rng.randrange(2_000_000, 300_000_000)
    one = {name: int(scale * rng.uniform(0.001, 0.02)) // 100 * 100 for name in (*INCOME, *SPENDING)}
    one["社会保险费收入"] = scale // 100 * 100
    one["财政补贴收入"] = int(scale * rng.uniform(0.1, 0.5)) // 100 * 100
    one["社会保险待遇支出"] = int(scale * rng.uniform(0.7, 1.1)) // 100 * 100
    one["income"] = sum(one[name] for name in INCOME)
    one["spending"] = sum(one[name] for name in SPENDING)
    one["balance"] = one["income"] - one["spending"]
    one["before"] = int(scale * rng.uniform(0.5, 3)) // 100 * 100
    one["after"] = one["before"] + one["balance"]
    return one
