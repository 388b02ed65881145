"""Single errors in self-evaluation forms, the basic-data table, and across documents (P1, B1, N204, X1)."""

from __future__ import annotations

import random

from benchmarks.checker.page import Doc, Grid, Para, Slot
from benchmarks.checker.spoil import Injected, Injector, figure, reprint, value
from benchmarks.checker.world import World


def _forms(doc: Doc) -> list[Grid]:
    return list(doc.grids("form"))


def _pick(doc: Doc, grid: Grid, part: str) -> list[Slot]:
    return doc.slots(f"{grid.tag}:{part}")


def weights(doc: Doc, rng: random.Random) -> Injected | None:
    """One weight raised with its score, so the sum leaves 100."""
    doc = doc.copy()
    forms = _forms(doc)
    if not forms:
        return None
    grid = rng.choice(forms)
    slot = rng.choice(_pick(doc, grid, "weight:"))
    slot.text = str(int(slot.text) + rng.choice([5, 10, 15]))
    return Injected(doc, [slot], "weight changed", anywhere=True)


def head_points(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    forms = _forms(doc)
    if not forms:
        return None
    slot = rng.choice(_pick(doc, rng.choice(forms), "head:"))
    number = int(value(slot.text))
    slot.text = slot.text.replace(str(number), str(number + rng.choice([5, 10, -5])))
    return Injected(doc, [slot], "points in a group title")


def above_weight(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    forms = _forms(doc) + doc.grids("frame")
    if not forms:
        return None
    grid = rng.choice(forms)
    slot = rng.choice(_pick(doc, grid, "score:"))
    slot.text = str(int(value(slot.text)) + rng.randrange(2, 8))
    return Injected(doc, [slot], "score above its weight")


def total(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    forms = _forms(doc) + doc.grids("frame")
    if not forms:
        return None
    slot = _pick(doc, rng.choice(forms), "total")[0]
    slot.text = f"{value(slot.text) - rng.choice([1, 2, 3, 5]):g}"
    return Injected(doc, [slot], "total score")


def exec_score(doc: Doc, rng: random.Random) -> Injected | None:
    """Execution points that no known rule gives; the total follows them."""
    doc = doc.copy()
    forms = [grid for grid in _forms(doc) if value(_pick(doc, grid, "rate")[0].text) < 97]
    if not forms:
        return None
    grid = rng.choice(forms)
    points, whole = _pick(doc, grid, "execscore")[0], _pick(doc, grid, "total")[0]
    before = value(points.text)
    after = 10.0 if before < 9.5 else 3.0
    points.text = f"{after:g}"
    whole.text = f"{value(whole.text) + after - before:g}"
    if grid.tag == "form0":
        for slot in doc.slots("text:score"):
            slot.text = whole.text
    return Injected(doc, [points], "execution points")


def _missed(doc: Doc, rng: random.Random, *, lower_score: bool, unit: str = "%") -> Injected | None:
    doc = doc.copy()
    forms = _forms(doc)
    if not forms:
        return None
    grid = rng.choice(forms)
    numbers = [
        slot.tag.rpartition(":")[2]
        for slot in _pick(doc, grid, "target:")
        if slot.text.startswith("≥") and slot.text.endswith(unit)
    ]
    if not numbers:
        return None
    number = rng.choice(numbers)
    target = _pick(doc, grid, f"target:{number}")[0]
    actual = _pick(doc, grid, f"actual:{number}")[0]
    short = (
        value(target.text) * rng.uniform(0.4, 0.8)
        if unit != "%"
        else value(target.text) - rng.randrange(5, 30)
    )
    actual.text = f"{short:.0f}{unit}"
    touched = [actual]
    if lower_score:
        score, whole = _pick(doc, grid, f"score:{number}")[0], _pick(doc, grid, "total")[0]
        off = rng.randrange(1, 5)
        score.text = f"{value(score.text) - off:g}"
        whole.text = f"{value(whole.text) - off:g}"
        if value(whole.text) < 90:
            for slot in _pick(doc, grid, "grade"):
                slot.text = "等级：良"
        touched.append(score)
        for para in doc.paras("p:conclusion"):
            doc.elements.remove(para)
    return Injected(doc, touched, "target missed")


def missed_full_score(doc: Doc, rng: random.Random) -> Injected | None:
    return _missed(doc, rng, lower_score=False)


def missed_unexplained(doc: Doc, rng: random.Random) -> Injected | None:
    return _missed(doc, rng, lower_score=True)


def contradicted(doc: Doc, rng: random.Random) -> Injected | None:
    """The text says all targets were met; a form shows one that was not."""
    if not doc.paras("p:conclusion"):
        return None
    return _missed(doc, rng, lower_score=False, unit="人")


def blank(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    forms = _forms(doc)
    if not forms:
        return None
    grid = rng.choice(forms)
    slot = rng.choice(_pick(doc, grid, "actual:"))
    slot.text = ""
    return Injected(doc, [slot], "actual value blank", anywhere=True)


def grade(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = [slot for slot in doc.slots("form") if slot.tag.endswith(":grade")]
    if not slots:
        return None
    slot = rng.choice(slots)
    slot.text = slot.text[:-1] + rng.choice([word for word in "优良中差" if word != slot.text[-1]])
    return Injected(doc, [slot], "grade")


def control_rate(doc: Doc, rng: random.Random) -> Injected | None:
    """The staffing rate of the form does not follow from the basic-data table."""
    doc = doc.copy()
    slots = doc.slots("form0:actual:0")
    if not slots or not doc.grids("base"):
        return None
    off = rng.randrange(5, 15)
    old = value(slots[0].text)
    slots[0].text = reprint(slots[0].text, old + off if old + off <= 100 else old - off)
    return Injected(doc, slots, "staffing rate in the form")


def rubric(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = doc.slots("frame:rule:")
    if not slots:
        return None
    slot = rng.choice(slots)
    number = slot.tag.rpartition(":")[2]
    weight = int(doc.slots(f"frame:weight:{number}")[0].text)
    slot.text = slot.text.replace(f"计{weight}分", f"计{rng.choice([5, 15, 25])}分")
    return Injected(doc, [slot], "points in the scoring rule")


def residue(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    paras = [para for para in doc.paras() if para.level == 2]
    if not paras:
        return None
    slot = Slot(
        rng.choice(
            [
                "（说明项目实施的主要内容，200字以内）",
                "（请填写绩效目标完成情况）",
                "（简要说明情况，500字以内）",
            ]
        ),
        "residue",
    )
    doc.elements.insert(doc.elements.index(rng.choice(paras)) + 1, Para([slot]))
    return Injected(doc, [slot], "template words left")


def copied(doc: Doc, rng: random.Random) -> Injected | None:
    """Every actual value copied from its target."""
    doc = doc.copy()
    forms = _forms(doc) + doc.grids("done")
    if not forms:
        return None
    grid = rng.choice(forms)
    targets, actuals = _pick(doc, grid, "target:"), _pick(doc, grid, "actual:")
    for target, actual in zip(targets, actuals, strict=True):
        actual.text = target.text
    return Injected(doc, actuals, "actual copied from target", anywhere=True)


def funds(doc: Doc, rng: random.Random) -> Injected | None:
    """A source of money that no longer adds up to the whole."""
    doc = doc.copy()
    slots = [slot for slot in doc.slots("form") + doc.slots("done") if ":part:" in slot.tag]
    if not slots:
        return None
    slot = rng.choice(slots)
    slot.text = reprint(slot.text, max(0.3, value(slot.text)) * rng.choice([0.4, 0.6, 1.6]))
    return Injected(doc, [slot], "funding part")


def template(doc: Doc, rng: random.Random) -> Injected | None:
    """Every statutory table printed without a figure."""
    doc = doc.copy()
    grids = doc.grids("t0")
    if not grids:
        return None
    for grid in grids:
        for row in grid.rows:
            for at, cell in enumerate(row):
                if isinstance(cell, Slot) and not cell.tag.startswith("code"):
                    row[at] = ""
    return Injected(doc, [], "tables left empty", anywhere=True)


def base_part(doc: Doc, rng: random.Random) -> Injected | None:
    prefix = rng.choice(["base:cars", "base:reception", "base:run", "base:work"])
    return figure(prefix, low=0.3)(doc, rng)


def staff_differs(doc: Doc, rng: random.Random) -> Injected | None:
    """The text's head count is not the table's (both within the posts)."""
    doc = doc.copy()
    slots = doc.slots("text:staff")
    if not slots or not doc.grids("base"):
        return None
    slots[0].text = str(int(value(slots[0].text)) - rng.randrange(2, 6))
    return Injected(doc, slots, "head count in the text")


def text_against_form(doc: Doc, rng: random.Random) -> Injected | None:
    """The summary's figure for a project is not the table's; its own rate follows it."""
    doc = doc.copy()
    if not doc.grids("done"):
        return None
    paras = [para for para in doc.paras("p:project") if para.tag == "p:project"]
    if not paras:
        return None
    para = rng.choice(paras)
    slots = {piece.tag: piece for piece in para.pieces if isinstance(piece, Slot)}
    spent, rate, budget = slots["final:project"], slots["completion:project"], slots["budget:project"]
    spent.text = reprint(spent.text, value(spent.text) * 0.7)
    rate.text = reprint(rate.text, value(spent.text) / value(budget.text) * 100)
    return Injected(doc, [spent, rate], "project figure in the text")


# -- across documents --------------------------------------------------------------------------------------------------


def _pair(build: str) -> Injector:
    """A clean document of the year before (made by ``run``) against which this year's basis does not hold."""

    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        from benchmarks.checker.generator import document
        from benchmarks.checker.world import world

        if doc.profile != "final" or "TM".find(doc.style) < 0:
            return None
        now = doc.facts["world"]
        assert isinstance(now, World)
        seed = int(str(doc.facts["seed"]))
        before = world(seed + 5000, now.province, now.year - 1)
        before.agency = now.agency
        if build == "carried" and now.wan(now.carried) == before.wan(before.left):
            return None
        other = document(seed + 5000, "final", doc.style, given=before)
        doc = doc.copy()
        slots = doc.slots("last:total") if build == "last" else doc.slots("t01:in:年初结转和结余")
        return Injected(doc, slots, f"{build} year disagrees", others=[other], anywhere=True)

    return inject


FORMS: dict[str, Injector] = {
    "P101": weights,
    "P102": head_points,
    "P103": above_weight,
    "P104": total,
    "P105": figure("form", low=5, keep=lambda slot: slot.tag.endswith(":rate")),
    "P106": exec_score,
    "P107": missed_full_score,
    "P108": missed_unexplained,
    "P109": blank,
    "P110": grade,
    "P111": control_rate,
    "P112": rubric,
    "P114": residue,
    "P115": copied,
    "P116": funds,
    "B101": figure("base:control"),
    "B103": base_part,
    "B105": staff_differs,
    "D108": template,
    "N204": contradicted,
    "X101": _pair("last"),
    "X105": _pair("carried"),
    "X106": text_against_form,
}
