"""Small tools of the injectors: change one printed figure so that no rounding can explain it."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.checker.page import Doc, Slot, render_text

AMOUNT = re.compile(r"-?[\d,]+(\.\d+)?")


@dataclass
class Injected:
    """A spoiled document: what was touched (``lines`` are filled by rendering) and how."""

    doc: Doc
    touched: list[Slot]
    how: str
    text: str | None = None
    """Set when the spoiling happened in the rendered text."""
    lines: set[int] = field(default_factory=set)
    tables: list[tuple[int, int]] = field(default_factory=list)
    """First and last line of every table that holds a spoiled cell."""
    anywhere: bool = False
    """True when the defect has no one line: a lost part, a duplicate table."""
    others: list[Doc] = field(default_factory=list)

    def rendered(self) -> str:
        if self.text is not None:
            return self.text
        text = render_text(self.doc)
        self.lines |= {slot.line for slot in self.touched}
        touched = {id(slot) for slot in self.touched}
        for grid in self.doc.grids():
            own = [cell for row in grid.rows for cell in row if isinstance(cell, Slot)]
            if any(id(cell) in touched for cell in own):
                # a spoiled cell also breaks the sums of its table's other rows
                self.tables.append((min(cell.line for cell in own), max(cell.line for cell in own)))
        return text


Injector = Callable[[Doc, random.Random], Injected | None]


def value(text: str) -> float:
    """The number in a printed figure."""
    found = AMOUNT.search(text)
    return float(found[0].replace(",", "")) if found else 0.0


def reprint(text: str, new: float) -> str:
    """``new`` with the digits, separators and sign of unit of ``text``."""
    found = AMOUNT.search(text)
    assert found
    digits = len(found[1]) - 1 if found[1] else 0
    shown = f"{new:,.{digits}f}" if "," in found[0] else f"{new:.{digits}f}"
    return text[: found.start()] + shown + text[found.end() :]


def wrong_digit(text: str, rng: random.Random) -> str:
    """One of the two leading digits replaced."""
    places = [at for at, char in enumerate(text) if char.isdigit()]
    while len(places) > 1 and text[places[0]] == "0":
        places.pop(0)
    at = rng.choice(places[: 2 if len(places) > 2 else 1])
    old = text[at]
    choices = [digit for digit in "123456789" if abs(int(digit) - int(old)) >= 2]
    return text[:at] + rng.choice(choices) + text[at + 1 :]


def shifted_point(text: str, rng: random.Random) -> str:
    """Ten times too much or too little."""
    factor = 10 if value(text) < 1 or rng.random() < 0.5 else 0.1
    return reprint(text, value(text) * factor)


def swapped_digits(text: str, rng: random.Random) -> str:
    """Two neighbouring leading digits exchanged, where they differ enough."""
    places = [at for at, char in enumerate(text) if char.isdigit()]
    for first, second in itertools.pairwise(places):
        if second == first + 1 and abs(int(text[first]) - int(text[second])) >= 2 and text[second] != "0":
            return text[:first] + text[second] + text[first] + text[second + 1 :]
    return wrong_digit(text, rng)


def wrong(text: str, rng: random.Random) -> tuple[str, str]:
    """A wrong figure and the name of the slip."""
    slip = rng.choice([wrong_digit, wrong_digit, shifted_point, swapped_digits])
    for _attempt in range(8):
        changed = slip(text, rng)
        before, after = value(text), value(changed)
        if abs(after - before) > max(0.6, 0.02 * abs(before)):
            return changed, slip.__name__
        slip = wrong_digit
    return reprint(text, value(text) + 7), "wrong_digit"


def shift(slot: Slot, by: float) -> Slot:
    slot.text = reprint(slot.text, value(slot.text) + by)
    return slot


def figure(
    prefix: str, *, low: float = 0.5, high: float = 1e12, keep: Callable[[Slot], bool] | None = None
) -> Injector:
    """Spoil one figure slot whose tag starts with ``prefix`` and whose value lies in [low, high]."""

    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        doc = doc.copy()
        slots = [
            slot
            for slot in doc.slots(prefix)
            if AMOUNT.search(slot.text) and low <= value(slot.text) <= high and (keep is None or keep(slot))
        ]
        if not slots:
            return None
        slot = rng.choice(slots)
        slot.text, how = wrong(slot.text, rng)
        return Injected(doc, [slot], how)

    return inject


def put(prefix: str, text: str | Callable[[Slot, Doc, random.Random], str], how: str) -> Injector:
    """Replace one slot's text."""

    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        doc = doc.copy()
        slots = doc.slots(prefix)
        if not slots:
            return None
        slot = rng.choice(slots)
        new = text if isinstance(text, str) else text(slot, doc, rng)
        if new == slot.text:
            return None
        slot.text = new
        return Injected(doc, [slot], how)

    return inject


def tree_shift(doc: Doc, table: str, code: str, columns: list[int], by: float) -> list[Slot]:
    """Add ``by`` to an item's cells and to the cells of its 款, 类 and total: the table stays consistent in itself."""
    found = []
    for level in (code, code[:5], code[:3], "total"):
        for column in columns:
            found += [
                shift(slot, by)
                for slot in doc.slots(f"{table}:{level}:{column}")
                if slot.tag.endswith(f":{column}")
            ]
    return found


def item_codes(doc: Doc, table: str, column: int = 0, low: float = 1.0) -> list[str]:
    """Seven-digit codes of a table whose cell in ``column`` is at least ``low``."""
    found = []
    for slot in doc.slots(f"{table}:"):
        parts = slot.tag.split(":")
        if len(parts) == 3 and len(parts[1]) == 7 and parts[2] == str(column) and value(slot.text) >= low:
            found.append(parts[1])
    return found
