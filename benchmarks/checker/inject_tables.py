"""Single errors in and between statutory tables (T1, T2, C1, U1)."""

from __future__ import annotations

import random

from benchmarks.checker.page import Doc, Grid, Slot, render_text, text_of
from benchmarks.checker.spoil import (
    Injected,
    Injector,
    figure,
    item_codes,
    reprint,
    shift,
    tree_shift,
    value,
)


def _cell(table: str) -> Injector:
    """One item's part column: breaks the row's sum."""

    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        part = {"t02": 1, "t03": rng.choice([1, 2]), "t05": rng.choice([1, 2])}[table]
        codes = item_codes(doc, table, part, 0.5)
        if not codes:
            return None
        return figure(f"{table}:{rng.choice(codes)}:{part}")(doc, rng)

    return inject


def row_sum(doc: Doc, rng: random.Random) -> Injected | None:
    return _cell(rng.choice(["t02", "t03", "t05"]))(doc, rng)


def roll_up(doc: Doc, rng: random.Random) -> Injected | None:
    """An item changed in all its columns, so only its 款 no longer fits."""
    doc = doc.copy()
    table, columns = rng.choice([("t03", (0, 2)), ("t03", (0, 1)), ("t05", (0, 1))])
    codes = item_codes(doc, table, columns[1])
    if not codes:
        return None
    code = rng.choice(codes)
    by = rng.choice([3.0, 7.5, 20.0]) * (10000 if value(doc.slots(f"{table}:{code}:0")[0].text) > 9000 else 1)
    touched = [shift(slot, by) for column in columns for slot in doc.slots(f"{table}:{code}:{column}")]
    return Injected(doc, touched, "item changed in its whole row")


def balance(doc: Doc, rng: random.Random) -> Injected | None:
    return figure(rng.choice(["t01:in:总计", "t01:out:总计"]))(doc, rng)


def items(doc: Doc, rng: random.Random) -> Injected | None:
    names = ("合计", "总计", "结转", "结余", "其中")
    side = rng.choice(["t01:in:", "t01:out:"])
    return figure(side, keep=lambda slot: not any(name in slot.tag for name in names))(doc, rng)


def fund_identity(doc: Doc, rng: random.Random) -> Injected | None:
    """Table 08: year-end balance that does not follow."""
    doc = doc.copy()
    slots = list(doc.slots("t08:total:3"))
    used = doc.slots("t08:total:1")
    if not slots or not used or value(used[0].text) < 1:
        return None
    chosen = rng.choice([used[0], doc.slots("t08:total:2")[0]])
    return figure(chosen.tag)(doc, rng)


def no_note(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    empty = doc.slots("emptynote:")
    if not empty:
        return None
    slot = rng.choice(empty)
    table = slot.tag.partition(":")[2]
    grid = doc.grids(table)[0]
    grid.below.remove(slot)
    for para in doc.paras():
        what = "政府性基金" if table == "t08" else "国有资本"
        if "没有" in para.text() and what in para.text():
            doc.elements.remove(para)
    return Injected(doc, [], "note under an empty table lost", anywhere=True)


def negative(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    codes = item_codes(doc, "t03", 0, 0.5)
    slot = rng.choice(doc.slots(f"t03:{rng.choice(codes)}:0")) if codes else None
    if slot is None:
        return None
    slot.text = "-" + slot.text
    return Injected(doc, [slot], "negative spending")


def doubled_row(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    grids = doc.grids("t03")
    if not grids:
        return None
    rows = [row for row in grids[0].rows if isinstance(row[0], Slot) and len(row[0].text) == 7]
    row = rng.choice(rows)
    twin = [Slot(text_of(cell), "twin") if isinstance(cell, Slot) else cell for cell in row]
    for cell in twin[2:]:
        if isinstance(cell, Slot) and value(cell.text) > 0:
            cell.text = reprint(cell.text, value(cell.text) * 1.37 + 1)
    grids[0].rows.insert(grids[0].rows.index(row) + 1, twin)
    return Injected(
        doc, [*(cell for cell in [*row, *twin] if isinstance(cell, Slot))], "row twice with other values"
    )


def whole_table(table: str, columns: list[int]) -> Injector:
    """One table shifted consistently in itself, so that only its neighbours disagree."""

    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        doc = doc.copy()
        codes = item_codes(doc, table, columns[-1])
        if not codes:
            return None
        code = rng.choice(codes)
        size = value(doc.slots(f"{table}:{code}:0")[0].text)
        touched = tree_shift(doc, table, code, columns, round(max(1.0, size * 0.2), 2))
        return Injected(doc, touched, "table shifted in itself")

    return inject


def basic_differs(doc: Doc, rng: random.Random) -> Injected | None:
    """Table 05: basic up, project down, totals unchanged; table 06 no longer agrees."""
    doc = doc.copy()
    codes = item_codes(doc, "t05", 2)
    if not codes or not doc.grids("t06"):
        return None
    code = rng.choice(codes)
    by = round(value(doc.slots(f"t05:{code}:2")[0].text) * 0.5, 2)
    touched = tree_shift(doc, "t05", code, [1], by) + tree_shift(doc, "t05", code, [2], -by)
    return Injected(doc, touched, "basic and project shifted")


def reception_exceeds(doc: Doc, rng: random.Random) -> Injected | None:
    """Table 07 smaller than the part of it that table 06 already shows."""
    doc = doc.copy()
    slots = doc.slots("t07:final:5")
    if not slots or value(slots[0].text) < 0.4:
        return None
    by = -round(value(slots[0].text) * 0.6, 2)
    touched = [shift(slot, by) for slot in (slots[0], doc.slots("t07:final:0")[0])]
    return Injected(doc, touched, "table 07 below table 06")


def fiscal_exceeds(doc: Doc, rng: random.Random) -> Injected | None:
    """Two items of table 05 exchanged by an amount: one exceeds table 03."""
    doc = doc.copy()
    codes = item_codes(doc, "t05", 1)
    if len(codes) < 2:
        return None
    up, down = rng.sample(codes, 2)
    by = round(
        min(value(doc.slots(f"t05:{down}:1")[0].text) * 0.5, value(doc.slots(f"t05:{up}:1")[0].text)), 2
    )
    if by < 0.5:
        return None
    touched = tree_shift(doc, "t05", up, [0, 1], by) + tree_shift(doc, "t05", down, [0, 1], -by)
    return Injected(doc, touched, "fiscal part above the whole")


def carry_exceeds(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = doc.slots("t04:in:年初") + doc.slots("t04:in:总计")
    slots += [
        slot
        for slot in doc.slots("t04:out:年末") + doc.slots("t04:out:总计")
        if slot.tag[-2:] in (":0", ":1")
    ]
    if not slots:
        return None
    by = value(doc.slots("t04:in:总计")[0].text) * rng.uniform(0.1, 0.4)
    return Injected(doc, [shift(slot, by) for slot in slots], "fiscal carry-over above the whole")


# -- codes and units ---------------------------------------------------------------------------------------------------


def _code(change: str) -> Injector:
    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        doc = doc.copy()
        slots = doc.slots("code:t0")
        if not slots:
            return None
        slot = rng.choice(slots)
        code = slot.text
        slot.text = {
            "length": lambda: rng.choice([code[:3] + "0" + code[3:], code[:6], code[:2] + "0" + code[2:]]),
            "parent": lambda: {"208": "210", "210": "221", "221": "208", "229": "208"}[code[:3]] + code[3:],
        }[change]()
        return Injected(doc, [slot], f"code {change}")

    return inject


def code_name(doc: Doc, rng: random.Random) -> Injected | None:
    """An item's name replaced by another's."""
    doc = doc.copy()
    grids = [grid for tag in ("t02", "t03", "t05") for grid in doc.grids(tag)]
    if not grids:
        return None
    grid = rng.choice(grids)
    rows = [row for row in grid.rows if isinstance(row[0], Slot) and len(row[0].text) == 7]
    if len(rows) < 2:
        return None
    first, second = rng.sample(rows, 2)
    slot = Slot(text_of(second[1]), "name")
    first[1] = slot
    return Injected(doc, [slot], "name of another code")


def no_unit(doc: Doc, rng: random.Random) -> Injected | None:
    """No table says whether it is in yuan or ten-thousands."""
    doc = doc.copy()
    if not doc.slots("unit:t0"):
        return None
    for grid in doc.grids("t0"):
        grid.above = [piece for piece in grid.above if "单位：" not in text_of(piece)]
    return Injected(doc, [], "unit lines lost", anywhere=True)


def magnitude(doc: Doc, rng: random.Random) -> Injected | None:
    """One cell printed in yuan in a table of ten-thousands."""
    doc = doc.copy()
    if not any("万元" in slot.text for slot in doc.slots("unit:t03")):
        return None
    codes = item_codes(doc, "t03", 0)
    if not codes:
        return None
    slot = doc.slots(f"t03:{rng.choice(codes)}:0")[0]
    slot.text = reprint(slot.text, value(slot.text) * 10000)
    return Injected(doc, [slot], "yuan in a table of ten-thousands")


def doubled_percent(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = [slot for slot in doc.slots() if slot.text.endswith("%") and not slot.tag.startswith("form")]
    if not slots:
        return None
    slot = rng.choice(slots)
    slot.text += "%"
    return Injected(doc, [slot], "percent sign twice")


def twice_the_table(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    grids = doc.grids("t0")
    if not grids:
        return None
    grid: Grid = rng.choice(grids[:6])
    doc.elements.insert(doc.elements.index(grid) + 1, grid)
    render_text(doc)
    return Injected(doc, [], "table printed twice", anywhere=True)


TABLES: dict[str, Injector] = {
    "T101": balance,
    "T102": items,
    "T103": row_sum,
    "T104": roll_up,
    "T105": figure("t06:"),
    "T106": figure("t07:", low=0.3),
    "T107": fund_identity,
    "T108": no_note,
    "T109": negative,
    "T110": doubled_row,
    "T201": whole_table("t03", [0, 2]),
    "T202": whole_table("t02", [0, 1]),
    "T203": whole_table("t05", [0, 2]),
    "T204": basic_differs,
    "T205": reception_exceeds,
    "T206": fiscal_exceeds,
    "T207": carry_exceeds,
    "C101": _code("length"),
    "C102": code_name,
    "C103": _code("parent"),
    "U101": no_unit,
    "U103": magnitude,
    "U104": doubled_percent,
    "D107": twice_the_table,
}
