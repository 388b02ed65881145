"""Single errors in the narrative, its dates, its completeness and its privacy (N1-N3, Y1, S1, D1, F1, X1)."""

from __future__ import annotations

import random
import re

from benchmarks.checker.page import Doc, Grid, Para, Piece, Slot
from benchmarks.checker.spoil import Injected, Injector, figure, put, reprint, value
from benchmarks.checker.world import World

FLIPPED = {
    "增加": "减少",
    "减少": "增加",
    "增长": "下降",
    "下降": "增长",
    "降低": "增长",
    "大于": "小于",
    "小于": "大于",
}


def _world(doc: Doc) -> World:
    found = doc.facts["world"]
    assert isinstance(found, World)
    return found


def first(*injectors: Injector) -> Injector:
    """One of several injectors, the rest tried when it does not apply."""

    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        order = list(injectors)
        rng.shuffle(order)
        return next((found for one in order if (found := one(doc, rng))), None)

    return inject


def direction(doc: Doc, rng: random.Random) -> Injected | None:
    """A direction word turned round, its figure left."""
    doc = doc.copy()
    slots = [slot for slot in doc.slots("direction:") if slot.text in FLIPPED]
    if not slots:
        return None
    slot = rng.choice(slots)
    slot.text = FLIPPED[slot.text]
    return Injected(doc, [slot], "direction word turned")


def part_exceeds(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    pairs = [
        ("part:spent", "spent"),
        ("part:income", "income"),
        ("part:basic", "basic"),
        ("part:structure", "general:again"),
    ]
    rng.shuffle(pairs)
    for part, whole in pairs:
        parts, wholes = doc.slots(part), [slot for slot in doc.slots(whole) if slot.tag == whole]
        if parts and wholes:
            slot = rng.choice(parts)
            slot.text = reprint(slot.text, value(wholes[0].text) * rng.uniform(1.1, 1.9))
            return Injected(doc, [slot], "part above the whole")
    return None


def zero_base(doc: Doc, rng: random.Random) -> Injected | None:
    """Last year nothing, and yet a growth rate of 100 %."""
    doc = doc.copy()
    for topic, now in (("fiscal_total", "fiscal_total"), ("total", "total")):
        last, delta, rate = (
            doc.slots(f"last:{topic}"),
            doc.slots(f"delta:{topic}"),
            doc.slots(f"rate:{topic}"),
        )
        words = doc.slots(f"direction:{topic}")
        if last and delta and rate:
            last[0].text = reprint(last[0].text, 0)
            delta[0].text = next(slot.text for slot in doc.slots(now) if slot.tag == now)
            rate[0].text = "100%"
            for word in words:
                if word.tag == f"direction:{topic}":
                    word.text = "增加"
                elif word.tag == f"direction:{topic}:rate":
                    word.text = "增长"
            return Injected(doc, [last[0], delta[0], rate[0]], "growth from nothing")
    return None


def hundred_percent(doc: Doc, rng: random.Random) -> Injected | None:
    """``完成100%`` beside a final figure that differs from the budget."""
    doc = doc.copy()
    paras = [
        para
        for para in doc.paras("p:item")
        if {"gap:item"} <= {piece.tag for piece in para.pieces if isinstance(piece, Slot)}
        and "年初预算为" not in para.text()
    ]
    rng.shuffle(paras)
    for para in paras:
        slot = next(piece for piece in para.pieces if isinstance(piece, Slot) and piece.tag == "derived:item")
        if abs(value(slot.text) - 100) > 3:
            slot.text = "100%"
            return Injected(doc, [slot], "completion set to 100 %")
    return None


def doubled_total(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    world = _world(doc)
    tag = rng.choice(["total", "fiscal_total"]) if not world.fund_spent else "total"
    slots = [slot for slot in doc.slots(tag) if slot.tag == tag]
    if not slots:
        return None
    both = world.income + world.spent if tag == "total" else world.fiscal_income + world.general_spent
    slots[0].text = reprint(slots[0].text, both / 10000)
    return Injected(doc, slots[:1], "income and spending added")


def no_percent(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = [slot for slot in doc.slots("share:") + doc.slots("rate:") if slot.text.endswith("%")]
    if not slots:
        return None
    slot = rng.choice(slots)
    slot.text = slot.text[:-1]
    return Injected(doc, [slot], "percent sign lost")


def nearly(doc: Doc, rng: random.Random) -> Injected | None:
    """An amount that a flat rate times the head count only nearly gives."""
    doc = doc.copy()
    slots = [slot for slot in doc.slots("helped:amount") if value(slot.text) > 5]
    if not slots:
        return None
    slots[0].text = reprint(
        slots[0].text, value(slots[0].text) * (1 + rng.choice([-1, 1]) * rng.uniform(0.006, 0.016))
    )
    return Injected(doc, slots, "amount near rate times count")


def nobody(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = doc.slots("batches") + doc.slots("guests")
    if not slots or value(doc.slots("reception")[0].text) < 0.1:
        return None
    for slot in slots:
        slot.text = "0"
    return Injected(doc, slots, "reception without guests")


def other_name(doc: Doc, rng: random.Random) -> Injected | None:
    """A heading's account name with a word lost or twice."""
    doc = doc.copy()
    slots = [slot for slot in doc.slots("name:section") if len(slot.text) >= 8]
    if not slots:
        return None
    slot = rng.choice(slots)
    at = rng.randrange(1, len(slot.text) - 3)
    slot.text = slot.text[:at] + slot.text[at + rng.choice([1, 2]) :]
    return Injected(doc, [slot], "account name miswritten")


def missing_reason(doc: Doc, rng: random.Random) -> Injected | None:
    return put("reason:total", "。主要原因是。", "reason left out")(doc, rng)


def too_many(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    staff, posts = doc.slots("text:staff"), doc.slots("text:posts")
    if not staff:
        return None
    staff[0].text = str(int(value(posts[0].text)) + rng.randrange(3, 15))
    return Injected(doc, [*staff, *posts], "more staff than posts")


def project_count(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = doc.slots("count:projects")
    if not slots:
        return None
    slots[0].text = str(int(slots[0].text) - 1)
    return Injected(doc, slots, "count of projects")


# -- dates -------------------------------------------------------------------------------------------------------------


def cover_year(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = doc.slots("year:cover")
    if not slots:
        return None
    year = _world(doc).year
    slots[0].text = slots[0].text.replace(str(year), str(year + rng.choice([-1, 1, 2])))
    return Injected(doc, slots, "year on the cover", anywhere=True)


def section_year(doc: Doc, rng: random.Random) -> Injected | None:
    """A section title keeps another year's words."""
    doc = doc.copy()
    slots = [slot for slot in doc.slots("year:section") if slot.text]
    if not slots:
        return None
    slot = rng.choice(slots)
    slot.text = f"{_world(doc).year + rng.choice([-1, -2, 1])}年度"
    return Injected(doc, [slot], "year of a section title")


def _date(change: str) -> Injector:
    def new(slot: Slot, doc: Doc, rng: random.Random) -> str:
        year = _world(doc).year
        if change == "year":
            return slot.text.replace(str(year), str(year + rng.choice([-2, 2, 3])))
        return f"{year}年{rng.choice(['12月32日', '13月5日', '11月31日', '2月30日'])}"

    return put("date:end", new, f"date {change}")


def stale_target(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = [
        slot
        for slot in doc.slots("form") + doc.slots("done")
        if ":target:" in slot.tag and "年12月" in slot.text
    ]
    if not slots:
        return None
    slot = rng.choice(slots)
    year = _world(doc).year
    slot.text = slot.text.replace(str(year), str(year - rng.choice([1, 2, 3])))
    return Injected(doc, [slot], "target of an earlier year")


# -- completeness ------------------------------------------------------------------------------------------------------


def lost_part(doc: Doc, rng: random.Random) -> Injected | None:
    """A part of the document and all it holds is gone (and its line in the contents with it)."""
    doc = doc.copy()
    name = rng.choice(["part:glossary", "part:overview"])
    starts = doc.paras(name)
    if not starts or doc.profile not in ("final", "sichuan"):
        return None
    start = doc.elements.index(starts[0])
    end = next(
        (
            at
            for at in range(start + 1, len(doc.elements))
            if isinstance(element := doc.elements[at], Para) and element.tag.startswith("part:")
        ),
        len(doc.elements),
    )
    title = starts[0].text()[-4:]
    del doc.elements[start:end]
    doc.elements = [
        element
        for element in doc.elements
        if not (isinstance(element, Para) and element.tag == "toc" and element.text().endswith(title))
    ]
    return Injected(doc, [], f"{name} lost", anywhere=True)


def promised(doc: Doc, rng: random.Random) -> Injected | None:
    """The statutory tables' titles stand there without the tables."""
    doc = doc.copy()
    if not doc.grids("t01"):
        return None
    doc.elements = [
        Para([element.title]) if isinstance(element, Grid) and element.tag.startswith("t0") else element
        for element in doc.elements
    ]
    return Injected(doc, [], "tables missing under their titles", anywhere=True)


def renumbered(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    slots = doc.slots("numbering")
    if len(slots) < 6:
        return None
    order = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
    start = rng.randrange(2, len(slots) - 2)
    for at in range(start, len(slots)):
        slots[at].text = (order[at + 1] if at + 1 < len(order) else "十四") + "、"
    return Injected(doc, [slots[start]], "a number skipped", anywhere=True)


def twice_explained(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    terms = doc.paras("p:glossary")
    if not terms:
        return None
    term = rng.choice(terms)
    text = re.sub(r"^\d+", str(len(terms) + 1), term.text())
    slot = Slot(text, "twice")
    doc.elements.insert(doc.elements.index(terms[-1]) + 1, Para([slot]))
    return Injected(doc, [slot], "term explained twice", anywhere=True)


def placeholder(doc: Doc, rng: random.Random) -> Injected | None:
    doc = doc.copy()
    paras = [
        para
        for para in doc.paras()
        if para.level == 0 and para.text().endswith("。") and len(para.text()) > 15
    ]
    if not paras:
        return None
    para = rng.choice(paras)
    slot = Slot(rng.choice(["主要是（收入类型）等。", "涉及（项目名称）。", "具体为XX万元。"]), "placeholder")
    para.pieces.append(slot)
    return Injected(doc, [slot], "placeholder left")


def undisclosed(doc: Doc, rng: random.Random) -> Injected | None:
    """One legally required disclosure is gone, title and text."""
    doc = doc.copy()
    name = rng.choice(["机关运行经费", "政府采购", "国有资产"])
    sections = [para for para in doc.paras("section:") if name in para.text()]
    if not sections:
        return None
    at = doc.elements.index(sections[0])
    del doc.elements[at : at + 2]
    return Injected(doc, [], f"{name} not disclosed", anywhere=True)


# -- personal data -----------------------------------------------------------------------------------------------------


def _citizen_id(rng: random.Random) -> str:
    body = f"{rng.choice(['510421', '430204', '130602'])}{rng.randrange(1940, 1999)}{rng.randrange(1, 13):02d}{rng.randrange(1, 28):02d}{rng.randrange(1000):03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return (
        body
        + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
    )


def _luhn(rng: random.Random) -> str:
    body = "621700" + "".join(str(rng.randrange(10)) for _digit in range(12))
    total = 0
    for index, char in enumerate(reversed(body)):
        digit = int(char) * (2 if index % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)


def _personal(kind: str) -> Injector:
    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        doc = doc.copy()
        rows = {
            "id": lambda: [f"受助人员身份证号{_citizen_id(rng)}，已完成信息核对。"],
            "phone": lambda: [
                f"业务经办人手机号1{rng.choice('3578')}{rng.randrange(10**8, 10**9)}，欢迎咨询。"
            ],
            "account": lambda: [f"待遇发放开户银行账号：{_luhn(rng)}，已足额发放。"],
        }[kind]()
        at = rng.randrange(1, len(doc.elements))
        slots = [Slot(row, "person") for row in rows]
        for slot in reversed(slots):
            doc.elements.insert(at, Para([slot]))
        return Injected(doc, slots, f"personal data: {kind}")

    return inject


def _exact(tag: str, low: float = 0.5) -> Injector:
    return figure(tag, low=low, keep=lambda slot: slot.tag == tag)


def _unit(unit: str, inner: Injector) -> Injector:
    """Only documents whose tables are in this unit: N3 compares like units, T208 yuan with ten-thousands."""

    def inject(doc: Doc, rng: random.Random) -> Injected | None:
        units = doc.slots("unit:t03")
        return inner(doc, rng) if units and units[0].text.endswith(f"：{unit}") else None

    return inject


def roster(doc: Doc, rng: random.Random) -> Injected | None:
    """A table of named people with their identity numbers."""
    doc = doc.copy()
    rows: list[list[Piece]] = [["序号", "姓名", "身份证号", "月待遇(元)"]]
    for number, name in enumerate(["王秀英", "李建国", "张桂兰", "刘德海"], start=1):
        rows.append([str(number), Slot(name, "person"), _citizen_id(rng), f"{rng.randrange(110, 300)}.00"])
    doc.elements.append(Grid("待遇领取人员名单", [], rows, tag="roster"))
    return Injected(doc, doc.slots("person"), "list of people", anywhere=True)


TEXT: dict[str, Injector] = {
    "N101": figure("share:", low=3),
    "N102": part_exceeds,
    "N103": first(figure("part:purchase"), figure("part:vehicles"), figure("closed:")),
    "N104": first(figure("delta:total"), figure("delta:fiscal_total")),
    "N105": figure("rate:", low=1.5),
    "N106": zero_base,
    "N107": direction,
    "N108": figure("completion:", low=3),
    "N109": hundred_percent,
    "N110": doubled_total,
    "N111": figure("both:"),
    "N112": nearly,
    "N113": figure("task:rate"),
    "N114": figure("diff:item", low=0.5),
    "N115": no_percent,
    "N116": figure("text:balance:"),
    "N201": figure("general:again"),
    "N202": nobody,
    "N203": project_count,
    "N205": missing_reason,
    "N206": too_many,
    "N301": _unit("万元", first(_exact("spent"), _exact("income"))),
    "N302": _unit("万元", figure("final:item:", low=1)),
    "N303": _unit("万元", _exact("basic")),
    "N304": _unit("万元", figure("final:cars", low=0.4)),
    "N305": _unit("万元", first(_exact("fund:income"), _exact("fund:spent"))),
    "N306": _unit("万元", _exact("operating")),
    "T208": _unit("元", first(_exact("spent"), _exact("income"), _exact("basic"), _exact("operating"))),
    "N307": other_name,
    "N308": figure("text:score", keep=lambda slot: value(slot.text) < 100),
    "F101": first(figure("fund:balance:"), figure("fund:after:")),
    "F102": first(figure("text:in:"), figure("text:out:")),
    "F103": figure("fund:", keep=lambda slot: slot.tag.endswith(":0")),
    "T111": figure("fund:", keep=lambda slot: slot.tag.endswith(":0")),
    "Y101": cover_year,
    "Y102": section_year,
    "Y103": _date("year"),
    "Y104": stale_target,
    "Y105": _date("impossible"),
    "D101": lost_part,
    "D102": promised,
    "D103": renumbered,
    "D104": twice_explained,
    "D105": placeholder,
    "D106": undisclosed,
    "S101": _personal("id"),
    "S102": _personal("phone"),
    "S103": _personal("account"),
    "S104": roster,
}
