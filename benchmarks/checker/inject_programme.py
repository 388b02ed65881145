"""Single errors in programmes and their reasons, in units, and against the budget or the units' own accounts.

N117, N207, N208, P117, U102, U107, F106, X102, X103: most need a sentence or a row that agencies write and the clean
generator does not, so the injector adds it, wrong in one figure or word.
"""

from __future__ import annotations

import random
import re

from benchmarks.checker.page import Doc, Grid, Para, Piece, Slot
from benchmarks.checker.spoil import Injected, value
from benchmarks.checker.world import World

MEAN_TOO_LOW = 62
"""Yuan a month: below the minimum of the residents' basic pension in every year the generator draws."""


def _world(doc: Doc) -> World:
    found = doc.facts["world"]
    assert isinstance(found, World)
    return found


def _row(grid: Grid, slot: Slot) -> list[Piece]:
    return next(row for row in grid.rows if any(cell is slot for cell in row))


def _set(doc: Doc, grid: Grid, number: int, name: str, text: str, actual: str | None = None) -> Slot:
    """Rename an indicator; its target and what was reached are ``text``."""
    target, reached = (doc.slots(f"{grid.tag}:{part}:{number}")[0] for part in ("target", "actual"))
    row = _row(grid, target)
    row[3] = name
    target.text, reached.text = text, actual or text
    return reached


def persons_times_means(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    forms = doc.grids("form")
    if not forms:
        return None
    grid = rng.choice(forms)
    old, young = rng.randrange(2, 9), rng.randrange(10, 40)
    _set(doc, grid, 0, "补助人数", f"{old}名离休干部、{young}名军转干部")
    _set(doc, grid, 1, "补助标准", "离休干部：平均2000元/人/月 军转干部：平均1400元/人/月", "按标准补贴到位")
    spent = doc.slots(f"{grid.tag}:spent")[0]
    due = (old * 2000 + young * 1400) * 12 / 10000
    if abs(value(spent.text) - due) < 0.05 * due:
        return None
    return Injected(doc, [spent], "persons times means")


def persons_or_times(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    forms = doc.grids("form")
    if not forms:
        return None
    slot = _set(doc, rng.choice(forms), 0, "发放待遇人数", f"{rng.randrange(3000, 90000)}人次")
    return Injected(doc, [slot], "persons given in person-times")


def reason_reversed(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    fits: list[tuple[Para, Slot, int]] = []
    for para in doc.paras():
        for at, piece in enumerate(para.pieces):
            if not (isinstance(piece, Slot) and piece.tag.startswith("delta:")):
                continue
            word = next((one for one in para.pieces[:at][::-1] if isinstance(one, Slot)), None)
            after = next(
                (
                    n
                    for n in range(at, min(at + 5, len(para.pieces)))
                    if "主要" in str(getattr(para.pieces[n], "text", para.pieces[n]))
                ),
                None,
            )
            if word is not None and word.text == "增加" and after is not None:
                fits.append((para, piece, after))
    if not fits:
        return None
    para, delta, at = rng.choice(fits)
    why = rng.choice(["厉行节约，压减一般性支出", "严格控制开支，压缩经费", "落实过紧日子要求，压减支出"])
    old = para.pieces[at]
    text = re.sub(
        r"主要(?:变动)?(?:原因)?是[^。；]*", f"主要原因是{why}", old if isinstance(old, str) else old.text
    )
    para.pieces[at] = text
    return Injected(doc, [delta], "reason of a cut for a rise")


def applied_is_spent(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    forms = [
        grid
        for grid in doc.grids("form")
        if doc.slots(f"{grid.tag}:spent")[0].text != doc.slots(f"{grid.tag}:budget")[0].text
    ]
    if not forms:
        return None
    grid = rng.choice(forms)
    slot = Slot(doc.slots(f"{grid.tag}:spent")[0].text, "text:applied")
    name = str(grid.rows[0][1])
    year = _world(doc).year
    doc.elements += [
        Para([f"{year}年度{name}项目支出绩效自评报告"], level=1),
        Para(["年初申请项目资金", slot, f"万元，用于{name}。"]),
    ]
    return Injected(doc, [slot], "applied for what was spent")


def score_above_execution(doc: Doc, rng: random.Random) -> Injected | None:
    if doc.profile != "final":
        return None
    doc = doc.copy()
    rate = rng.uniform(20, 60)
    score = Slot(str(rng.randrange(97, 100)), "text:score")
    doc.elements += [
        Para([f"{_world(doc).year}年度项目支出绩效自评报告"], level=1),
        Para(["我单位自评得分为", score, "分。"]),
        Para([f"该项目资金使用率{rate:.2f}%。"]),
    ]
    return Injected(doc, [score], "score above what execution allows")


def yuan_for_wan(doc: Doc, rng: random.Random) -> Injected | None:
    """The total of the year said once more, with 元 after the digits of 万元."""
    side = rng.choice(["收入", "支出"])
    doc = doc.copy()
    for at, para in enumerate(doc.elements):
        if not isinstance(para, Para):
            continue
        said = re.search(rf"本年{side}合计([\d,.]+)万元", para.text())
        if said:
            slot = Slot(said[1] + "元", "text:unit")
            doc.elements.insert(
                at + 1, Para([f"{_world(doc).year}年本年{side}合计", slot, "，与预算安排一致。"])
            )
            return Injected(doc, [slot], "yuan for ten thousand yuan", lines=set())
    return None


def mean_below_minimum(doc: Doc, rng: random.Random) -> Injected | None:
    if doc.profile not in ("final", "mof"):
        return None
    doc = doc.copy()
    people = rng.randrange(8_000, 90_000)
    money = Slot(f"{people * MEAN_TOO_LOW * 12 / 10000 * rng.uniform(0.6, 1):.2f}", "text:benefits")
    year = _world(doc).year
    doc.elements += [
        Para([f"{year}年度城乡居民养老保险工作情况"], level=1),
        Para([f"{year}年城乡居民养老保险基金待遇支出", money, "万元。"]),
        Para([f"城乡居民养老保险领取待遇人数{people}人。"]),
    ]
    return Injected(doc, [money], "mean benefit below the minimum")


# -- against other documents -------------------------------------------------------------------------------------------


def budget_differs(doc: Doc, rng: random.Random) -> Injected | None:
    """The accounts name another initial budget than the budget document of the same year."""
    if doc.profile != "final":
        return None
    doc = doc.copy()
    slot = next(iter(doc.slots("budget:cars")), None)
    if slot is None or value(slot.text) < 0.5:
        return None
    para = next(one for one in doc.paras() if any(piece is slot for piece in one.pieces))
    para.pieces[0] = str(para.pieces[0]).replace("支出预算为", "支出年初预算为")
    w = _world(doc)
    published = f"{value(slot.text) * rng.choice([0.5, 0.8, 1.3, 2]):.2f}"
    budget = Doc(
        f"budget-{doc.name}",
        "budget",
        [
            Para([f"{w.year}年度{w.agency}部门预算"], level=1),
            Para([f"第二部分 {w.year}年度部门预算情况说明"], level=1),
            Para([f"“三公”经费财政拨款预算数为{published}万元。"]),
        ],
        doc.style,
    )
    return Injected(doc, [slot], "initial budget", others=[budget])


def units_do_not_add_up(doc: Doc, rng: random.Random) -> Injected | None:
    """The department lists two units whose own totals are not its total."""
    if doc.profile != "final":
        return None
    doc = doc.copy()
    w = _world(doc)
    para = next(one for one in doc.paras() if "无下属二级单位" in one.text())
    units = [f"{w.agency}本级", f"{w.city}居民养老经办所"]
    para.pieces = [f"部门决算汇总公开单位构成包括：{'、'.join(units)}。"]
    whole = next(
        (found for one in doc.paras() if (found := re.search(r"本年支出合计([\d,.]+)万元", one.text()))), None
    )
    if whole is None:
        return None
    parts = [value(whole[1]) * share for share in (0.6, rng.uniform(0.1, 0.3))]
    others = [
        Doc(
            f"unit{n}-{doc.name}",
            "final",
            [
                Para([f"{w.year}年度{name}部门决算"], level=1),
                Para([f"单位名称：{name}"]),
                Para([f"第三部分 {w.year}年度部门决算情况说明"], level=1),
                Para(["三、支出决算情况说明"], level=2),
                Para([f"{w.year}年本年支出合计{part:.2f}万元。"]),
            ],
            doc.style,
        )
        for n, (name, part) in enumerate(zip(units, parts, strict=True))
    ]
    slot = next(
        piece
        for one in doc.paras()
        for piece in one.pieces
        if isinstance(piece, Slot) and piece.text == whole[1] and "本年支出合计" in one.text()
    )
    return Injected(doc, [slot], "units do not add up", others=others)


PROGRAMME = {
    "N117": persons_times_means,
    "N207": reason_reversed,
    "N208": applied_is_spent,
    "P117": score_above_execution,
    "F106": mean_below_minimum,
    "U102": yuan_for_wan,
    "U107": persons_or_times,
    "X102": budget_differs,
    "X103": units_do_not_add_up,
}
