"""Single slips that most agencies never make and the clean generator never writes: B102, B104, C104, F104, F105, P113, P118,
P119, S105, U105, U106, X104. Where the sentence or table is missing, the injector adds it, wrong in one figure or word.
"""

from __future__ import annotations

import random
import re

from benchmarks.checker.page import Doc, Grid, Para, Piece, Slot
from benchmarks.checker.spoil import Injected, reprint, value, wrong
from benchmarks.checker.world import World
from jingban.forms.codes import code_book

NAMES = ("王小明", "李建国", "张桂兰", "刘洋")
SCHEMES = ("养老保险", "失业保险", "工伤保险", "医疗保险")
NUMERALS = {2: "两", 3: "三", 4: "四"}


def _world(doc: Doc) -> World:
    found = doc.facts["world"]
    assert isinstance(found, World)
    return found


def _said(doc: Doc, *pieces: Piece) -> Injected:
    """A sentence added in a part of its own at the end, whose slots are the slip."""
    doc.elements += [Para([f"{_world(doc).year}年度社会保险工作情况"], level=1), Para(list(pieces))]
    return Injected(doc, [one for one in pieces if isinstance(one, Slot)], "sentence added")


def control_rate(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    figures = {slot.tag: value(slot.text) for slot in doc.slots("base:office:")}
    if not figures.get("base:office:budget"):
        return None
    rate = 100 * figures["base:office:final"] / figures["base:office:budget"]
    stated = Slot(f"{rate + rng.choice([-1, 1]) * rng.uniform(3, 30):.2f}%", "text:control")
    return _said(doc, f"{_world(doc).year}年公用经费控制率为", stated, "。")


def base_against_text(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    name, tag = rng.choice([("“三公”经费", "cars"), ("公务接待费", "reception")])
    cells = doc.slots(f"base:{tag}:final")
    if not cells or value(cells[0].text) < 0.5:
        return None
    stated, _how = wrong(cells[0].text, rng)
    return _said(doc, f"{_world(doc).year}年{name}支出决算为", Slot(stated, "text:base"), "万元。")


def older_name(doc: Doc, rng: random.Random) -> Injected | None:
    """A heading of the classification under the name it bore in another year."""
    doc = doc.copy()
    year, book = _world(doc).year, code_book("function")
    fits: list[tuple[list[Piece], int, str]] = []
    for grid in doc.grids("t0"):
        for row in grid.rows[grid.head :]:
            code = next((one for one in row if isinstance(one, str) and re.fullmatch(r"\d{3,7}", one)), "")
            current = book.find(code, year) if code else None
            if current is None:
                continue
            others = {name for entry in book.all(code) for name in entry.names} - set(current.names)
            at = row.index(code) + 1
            if others and at < len(row) and isinstance(row[at], str):
                fits.append((row, at, rng.choice(sorted(others))))
    if not fits:
        return None
    row, at, name = rng.choice(fits)
    slot = Slot(name, "text:name")
    row[at] = slot
    return Injected(doc, [slot], "name of another year")


def fund_as_share(doc: Doc, rng: random.Random) -> Injected | None:
    if doc.profile not in ("final", "sichuan"):
        return None
    doc = doc.copy()
    rate = Slot(f"{rng.uniform(20, 95):.2f}%", "text:share")
    fund = (
        f"{rng.choice(['城乡居民养老保险', '失业保险', '工伤保险'])}基金支出{rng.uniform(900, 90000):.2f}万元"
    )
    return _said(doc, f"{_world(doc).year}年{fund}，占本年支出合计的", rate, "。")


def schemes(doc: Doc, rng: random.Random) -> Injected | None:
    """So many schemes together, all listed, and another sum."""
    doc = doc.copy()
    count = rng.randrange(2, 5)
    parts = [round(rng.uniform(5, 90), 2) for _n in range(count)]
    whole = Slot(f"{sum(parts) + rng.uniform(1, 9):.2f}", "text:schemes")
    listed = "、".join(f"{name}{part:.2f}亿元" for name, part in zip(SCHEMES, parts, strict=False))
    return _said(doc, f"{NUMERALS[count]}项社会保险基金收入", whole, f"亿元，其中：{listed}。")


def scaled(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    rows: list[list[Piece]] = [["考核内容", "得分", "权重", "折算得分"]]
    slots = []
    for name, weight in (("预算编制", 20), ("预算执行", 30), ("履职效果", 50)):
        mark = rng.randrange(70, 99)
        slots.append(Slot(f"{mark * weight / 100:.1f}", "scaled"))
        rows.append([name, str(mark), f"{weight}%", slots[-1]])
    slot = rng.choice(slots)
    slot.text = f"{value(slot.text) + rng.choice([-1, 1]) * rng.uniform(1, 6):.1f}"
    doc.elements.append(Grid("预算管理考核评分表", [], rows, tag="scaled"))
    return Injected(doc, [slot], "points scaled wrongly")


def completion(doc: Doc, rng: random.Random) -> Injected | None:
    """Completion rates under a form, one of which is not the actual over the target."""
    doc = doc.copy()
    forms = doc.grids("form")
    if not forms:
        return None
    grid = rng.choice(forms)
    rates: list[tuple[str, float]] = []
    for target in doc.slots(f"{grid.tag}:target:"):
        row = next(row for row in grid.rows if any(cell is target for cell in row))
        actual = next(cell for cell in row if isinstance(cell, Slot) and ":actual:" in cell.tag)
        plain = re.fullmatch(r"[≥≤]?([\d.]+)(\D*)", target.text), re.fullmatch(r"([\d.]+)(\D*)", actual.text)
        if plain[0] and plain[1] and plain[0][2] == plain[1][2] and float(plain[0][1]):
            rates.append((str(row[3]), 100 * float(plain[1][1]) / float(plain[0][1])))
    if not rates:
        return None
    spoiled = rng.randrange(len(rates))
    pieces: list[Piece] = ["注：完成率（实际完成值÷年度指标值）："]
    for at, (name, rate) in enumerate(rates):
        wrong_by = rng.choice([-1, 1]) * rng.uniform(8, 40) if at == spoiled else 0
        slot = Slot(f"{rate + wrong_by:.2f}%", "note:wrong" if at == spoiled else "note")
        pieces += ["；" if at else "", name, slot]
    doc.elements.insert(doc.elements.index(grid) + 1, Para([*pieces, "。"]))
    return Injected(doc, doc.slots("note:wrong"), "completion rate")


def miscounted(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    forms = [grid for grid in doc.grids("form") if grid.tag != "form0"]
    if not forms:
        return None
    grid = rng.choice(forms)
    count = len(doc.slots(f"{grid.tag}:target:"))
    said = count + rng.choice([-2, -1, 1, 2])
    slot = Slot(f"设定{said}项指标，完成{said}项", "text:count")
    return _said(doc, f"{grid.rows[0][1]}：", slot, "。")


def form_filler(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    grids = doc.grids()
    if not grids:
        return None
    word = rng.choice(["填表人", "联系人", "经办人"])
    slot = Slot(f"{word}：{rng.choice(NAMES)}", "text:person")
    rng.choice(grids).below.append(slot)
    return Injected(doc, [slot], "form-filler named")


def fewer_decimals(doc: Doc, rng: random.Random) -> Injected | None:
    """A figure of a statutory table printed without its last nought."""
    doc = doc.copy()
    slots = [slot for slot in doc.slots("t0") if re.fullmatch(r"[1-9][\d,]*\.\d0", slot.text)]
    if not slots:
        return None
    slot = rng.choice(slots)
    slot.text = slot.text.rstrip("0").rstrip(".")
    return Injected(doc, [slot], "decimals dropped")


def zero_yuan(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    fits: list[tuple[list[Piece], int]] = []
    for para in doc.paras():
        for at, piece in enumerate(para.pieces[:-1]):
            after = para.pieces[at + 1]
            nought = isinstance(piece, Slot) and re.fullmatch(r"0(\.0+)?", piece.text)
            one = len(para.text().split("。")) <= 2 and para.text().count("万元") >= 3
            if nought and one and isinstance(after, str) and after.startswith("万元"):
                fits.append((para.pieces, at))
    if not fits:
        return None
    pieces, at = rng.choice(fits)
    slot, after = pieces[at], str(pieces[at + 1])
    assert isinstance(slot, Slot)
    slot.text = "0元"
    pieces[at + 1] = after.removeprefix("万元")
    return Injected(doc, [slot], "zero in yuan")


def projects_above(doc: Doc, rng: random.Random) -> Injected | None:
    """A project that spent more than all project money of the accounts."""
    if doc.profile != "final" or len(doc.grids("form")) < 2:
        return None
    doc = doc.copy()
    slot = rng.choice([one for one in doc.slots("form") if re.fullmatch(r"form\d+:spent", one.tag)])
    said = next(
        (found for one in doc.paras() if (found := re.search(r"；项目支出([\d.]+)万元", one.text()))), None
    )
    if said is None:
        return None
    slot.text = reprint(slot.text, value(said[1]) * rng.uniform(1.1, 3) + 5)
    return Injected(doc, [slot], "a project above all project money")


HINTS = {
    "B102": control_rate,
    "B104": base_against_text,
    "C104": older_name,
    "F104": fund_as_share,
    "F105": schemes,
    "P113": scaled,
    "P118": completion,
    "P119": miscounted,
    "S105": form_filler,
    "U105": fewer_decimals,
    "U106": zero_yuan,
    "X104": projects_above,
}
