"""Clean documents of every profile, in several layouts and wordings, drawn from a seed."""

from __future__ import annotations

import random

from benchmarks.checker import fund, selfeval
from benchmarks.checker.narrative import Narrative
from benchmarks.checker.page import Doc, Element, Grid, Para, Piece, Slot
from benchmarks.checker.statutory import Tables
from benchmarks.checker.world import World, world

PROFILES = ("final", "sichuan", "mof", "hunan", "fund")
STYLES = {"final": "TMT", "sichuan": "CTC", "mof": "CTM", "hunan": "CTC", "fund": "TMC"}
GLOSSARY = [
    ("财政拨款收入", "指同级财政部门当年拨付的资金。"),
    ("其他收入", "指除财政拨款等以外取得的各项收入。"),
    ("年初结转和结余", "指上年尚未完成、结转到本年继续使用的资金。"),
    ("基本支出", "指为保障机构正常运转发生的人员和公用支出。"),
    ("项目支出", "指在基本支出之外为完成特定任务发生的支出。"),
    ("“三公”经费", "指因公出国(境)费、公务用车购置及运行费和公务接待费。"),
    ("机关运行经费", "指用于购买货物和服务的日常公用经费。"),
]


def document(seed: int, profile: str, style: str | None = None, given: World | None = None) -> Doc:
    """One clean document. ``style`` C, T or M, drawn from the seed when not given; ``given``: this agency and year."""
    rng = random.Random(f"{seed}/{profile}")
    province = {"sichuan": "sichuan", "hunan": "hunan"}.get(profile, "other")
    one = given or world(seed, province)
    style = style or rng.choice(STYLES[profile])
    build = {"final": _final, "sichuan": _sichuan, "mof": _mof, "hunan": _hunan, "fund": fund.elements}[
        profile
    ]
    doc = Doc(f"{profile}-{seed}", profile, build(one, rng), style)
    doc.facts.update(world=one, seed=seed)
    return doc


def _contents(w: World, order: list[str]) -> list[Element]:
    lines = [f"第{numeral}部分 {name}" for numeral, name in zip("一二三四五", order, strict=False)]
    return [Para(["目录"]), *(Para([line], tag="toc") for line in lines)]


def _duties(w: World) -> list[Element]:
    return [
        Para(["第一部分 部门概况"], level=1, tag="part:overview"),
        Para(["一、部门职责"], level=2),
        Para(["负责本地区社会保险参保登记、权益记录、待遇支付和基金管理等经办服务工作。"]),
        Para(["二、机构设置"], level=2),
        Para([f"{w.agency}为独立核算的预算单位，无下属二级单位。"]),
    ]


def _cover(w: World) -> list[Element]:
    return [Para([w.agency]), Para([Slot(f"{w.year}年度部门决算", "year:cover")], level=1, tag="cover")]


def _glossary() -> list[Element]:
    found: list[Element] = [Para(["第四部分 名词解释"], level=1, tag="part:glossary")]
    for number, (name, text) in enumerate(GLOSSARY, start=1):
        found.append(Para([f"{number}.{name}：{text}"], tag="p:glossary"))
    return found


def _final(w: World, rng: random.Random) -> list[Element]:
    tables = Tables(w, yuan=rng.random() < 0.2, lines=rng.random() < 0.6)
    annex = rng.random() < 0.5
    order = [
        "部门概况",
        f"{w.year}年度部门决算表",
        f"{w.year}年度部门决算情况说明",
        "名词解释",
        *(["附件"] if annex else []),
    ]
    contents = _contents(w, order) if rng.random() < 0.5 else []
    found = [
        *_cover(w),
        *contents,
        *_duties(w),
        Para([f"第二部分 {w.year}年度部门决算表"], level=1, tag="part:tables"),
    ]
    found += tables.all()
    found += Narrative(w, rng.randrange(3), rng).all()
    found += _glossary()
    if annex:
        found.append(Para(["第五部分 附件"], level=1, tag="part:annex"))
        found += _forms(w)
    return found


def _forms(w: World) -> list[Element]:
    found: list[Element] = []
    for number, project in enumerate(w.projects, start=1):
        found.append(selfeval.project_form(w, project, number))
    return found


def _sichuan(w: World, rng: random.Random) -> list[Element]:
    """Sichuan's order: overview, narrative with tables of targets reached, glossary, annexes, then tables in yuan."""
    found = [*_cover(w), *_duties(w)]
    narrative = Narrative(w, rng.randrange(3), rng).all()
    narrative[0].pieces = [f"第二部分 {w.year}年度部门决算情况说明"]
    found += narrative
    found += [selfeval.completion_table(w, project, n) for n, project in enumerate(w.projects, start=1)]
    glossary = _glossary()
    assert isinstance(glossary[0], Para)
    glossary[0].pieces = ["第三部分 名词解释"]
    found += glossary
    found.append(Para(["第四部分 附件"], level=1, tag="part:annex"))
    found += selfeval.report_text(w)
    found.append(Para(["第五部分 附表"], level=1, tag="part:tables"))
    found += Tables(w, yuan=rng.random() < 0.7, lines=True).all()
    return found


def _mof(w: World, rng: random.Random) -> list[Element]:
    found: list[Element] = []
    if rng.random() < 0.5:
        found += selfeval.report_text(w)
    return [*found, *_forms(w)]


def _hunan(w: World, rng: random.Random) -> list[Element]:
    found: list[Element] = [
        Para(["附件1"]),
        selfeval.basic_data(w),
        Para(["附件2"]),
        selfeval.overall_form(w),
    ]
    found.append(Para(["附件3"]))
    found += _forms(w)
    found.append(Para(["附件4"]))
    found.append(selfeval.framework(w))
    text = selfeval.report_text(w)
    whole = 90 + round(10 * w.general_spent / max(w.initial_budget, w.general_spent), 2)
    pieces: list[Piece] = ["经自评，部门整体支出绩效自评得分", Slot(f"{whole:g}", "text:score"), "分。"]
    return [*found, *text, Para(pieces, tag="p:score")]


def first_grid(doc: Doc, tag: str) -> Grid | None:
    """The first table with this tag, if the document has one."""
    return next(iter(doc.grids(tag)), None)
