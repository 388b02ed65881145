"""Inputs that cannot wholly be read: each must get its note (I1), and the rest of the document no false finding."""

from __future__ import annotations

import random

from benchmarks.checker.page import Doc, Grid, Para, Slot
from benchmarks.checker.spoil import Injected


def nothing(doc: Doc, rng: random.Random) -> Injected | None:
    """A file of blank lines, as a scan's empty text layer gives."""
    return Injected(doc.copy(), [], "no text", text="\n \n" * rng.randrange(1, 9))


def garbled(doc: Doc, rng: random.Random) -> Injected | None:
    """A paragraph in a font's private characters."""
    doc = doc.copy()
    slot = Slot("".join(chr(rng.randrange(0xE000, 0xF8FF)) for _n in range(400)), "text:garbled")
    doc.elements.insert(rng.randrange(1, len(doc.elements)), Para([slot, "。"]))
    return Injected(doc, [slot], "private characters")


def cell_lost(doc: Doc, rng: random.Random) -> Injected | None:
    """One figure of a table row is gone and what follows has moved to the left."""
    doc = doc.copy()
    grids = [grid for grid in doc.grids() if grid.tag in ("t02", "t03")] if doc.style == "T" else []
    if not grids:
        return None
    grid = rng.choice(grids)
    row = rng.choice([row for row in grid.rows if sum(isinstance(cell, Slot) for cell in row) > 2])
    at = rng.choice([n for n, cell in enumerate(row[:-1]) if isinstance(cell, Slot)])
    lost = row.pop(at)
    touched = [cell for cell in row if isinstance(cell, Slot)]
    return Injected(doc, touched, f"cell lost: {getattr(lost, 'text', lost)}")


def cut_off(doc: Doc, rng: random.Random) -> Injected | None:
    """The text ends in the middle of a sentence; what is missing after it is truly missing."""
    doc = doc.copy()
    places = [
        n
        for n, one in enumerate(doc.elements)
        if isinstance(one, Para) and not one.level and len(one.text()) > 60
    ]
    if not places:
        return None
    at = rng.choice(places[len(places) // 2 :])
    para = doc.elements[at]
    assert isinstance(para, Para)
    text = para.text()
    end = next((n for n in range(len(text) // 2, len(text)) if text[n] in "，、"), 0)
    if not end:
        return None
    para.pieces = [text[: end + 1]]
    del doc.elements[at + 1 :]
    return Injected(doc, [], "cut off", anywhere=True)


def headless_table(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    rows = [[f"{rng.uniform(1, 900):.2f}" for _c in range(4)] for _r in range(5)]
    doc.elements.insert(len(doc.elements) - 1, Grid("", [], [list(row) for row in rows], head=0))
    return Injected(doc, [], "table without header")


def kind_unknown(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    first, second = rng.randrange(1000, 9000), rng.randrange(1000, 9000)
    doc.elements = [
        Para([f"全县参保{first + second}人，其中职工{first}人，居民{second}人。"]),
        Para(["各乡镇服务点均能就近办理业务，群众反映较好。"]),
    ]
    return Injected(doc, [], "kind of document unknown", anywhere=True)


NOTES = {
    "I101": nothing,
    "I102": garbled,
    "I103": cell_lost,
    "I104": cut_off,
    "I105": headless_table,
    "I106": kind_unknown,
}
