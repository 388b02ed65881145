"""The page of forms, identities, frameworks and code books, made from the descriptions."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.forms.catalogue import Catalogue, catalogue
from jingban.forms.codes import code_book
from jingban.forms.frameworks import Framework, frameworks
from jingban.forms.model import Form, Identity
from jingban.forms.sentences import bindings

FAMILIES = {
    "accounts": "部门决算公开表（公开01—09）",
    "sichuan": "四川公开表（15张，元）",
    "annex": "四川整体评价报告附表",
    "fund": "社会保险基金预算表（社预）",
    "budget": "部门预算公开表（预算01–09）",
    "performance": "绩效自评表与基础数据表",
}


def pages() -> dict[str, str]:
    """Path below ``docs/`` -> text."""
    return {"reference/forms.md": markdown()}


def markdown() -> str:
    """The whole page."""
    return "\n".join(_page(catalogue())) + "\n"


def _page(book: Catalogue) -> Iterator[str]:
    yield "# 表式参考"
    yield ""
    yield "由 `jingban.forms` 的数据文件生成，请勿手工修改：`make docs`。"
    yield ""
    yield "单元格写作 `行键@列键`，表间写作 `表:行键@列键`；`sum(组@列)` 为一组行之和。"
    for family, title in FAMILIES.items():
        yield ""
        yield f"## {title}"
        for form in book.family(family):
            yield from _form(form)
    yield ""
    yield "## 表间勾稽"
    yield ""
    yield from _identities(book.links)
    yield from _bindings()
    for framework in frameworks().values():
        yield from _framework(framework)
    yield from _codes()


def _form(form: Form) -> Iterator[str]:
    yield ""
    yield f"### `{form.id}` {form.number} {form.title}"
    yield ""
    yield f"{form.title_en}。单位：{form.unit or '—'}；年度：{form.years if form.years.since else '各年'}；来源：{form.source}。"
    if form.base:
        yield f"依 `{form.base}`。"
    if form.columns:
        yield ""
        shown = [column for column in form.columns if not column.part_of or len(form.columns) < 30]
        yield "列：" + "；".join(f"`{column.key}` {'/'.join(column.header)}" for column in shown)
    for block in form.blocks:
        parts = [(column.key, column.label) for column in block.columns]
        parts += [(row.key, row.label) for row in block.rows]
        yield ""
        yield f"块 `{block.key}` {block.title}（{block.kind}）：" + "；".join(
            f"`{key}` {name}" for key, name in parts
        )
    if not form.base:
        for edition in form.editions:
            rows = [row for row in edition.rows if not (row.parent and row.code)]
            yield ""
            yield f"行（{edition.years}，可信度{edition.confidence}）：" + "；".join(
                f"{row.line or ''} `{row.key}` {row.label}".strip() for row in rows
            )
        yield ""
        yield from _identities(form.identities)
        for hierarchy in form.hierarchies:
            yield f"* `{hierarchy.id}` {hierarchy.rule} 科目逐级汇总（{'/'.join(map(str, hierarchy.levels))}位）"


def _identities(items: tuple[Identity, ...]) -> Iterator[str]:
    for item in items:
        level = "" if item.severity == "error" else f"（{item.severity}）"
        yield f"* `{item.id}` {item.rule}{level} {item.text}：`{item.left}` {item.operator} `{item.right}`"


def _bindings() -> Iterator[str]:
    yield ""
    yield "## 正文指标与表格单元的对应"
    yield ""
    yield "| 标识 | 规则 | 指标 | 口径 | 基础 | 单元格 |"
    yield "|---|---|---|---|---|---|"
    for one in bindings():
        name = one.indicator or "、".join(one.labels[:2]) or "各功能类"
        cells = " / ".join(f"`{cell}`" for cell in one.cells)
        yield f"| {one.id} | {one.rule} | {name} | {'、'.join(one.calibers) or '—'} | {one.basis} | {cells} |"


def _framework(framework: Framework) -> Iterator[str]:
    yield ""
    yield f"## 指标框架 `{framework.id}` {framework.title}"
    yield ""
    yield f"来源：{framework.source}。印总分{framework.printed_total}，各项合计{framework.attainable}。"
    for label, (printed, total) in framework.disagreeing_groups().items():
        yield f"* 标题“{label}”印{printed}分，所属指标合计{total}分。"
    yield ""
    yield "| 代码 | 指标 | 分值 | 计算 | 建议读法 | 印文问题 |"
    yield "|---|---|---|---|---|---|"
    for one in framework.indicators:
        rule = one.recommended
        how = (
            rule.kind
            if rule.kind not in ("deduct", "threshold")
            else (f"{rule.kind} {rule.direction} {rule.base}，每{rule.unit}扣{rule.points}")
        )
        yield f"| {one.code} | {one.name} | {one.maximum} | {one.measure or '—'} | {how} | {one.problem or '—'} |"


def _codes() -> Iterator[str]:
    yield ""
    yield "## 科目代码本"
    yield ""
    for name, title in (("function", "支出功能分类"), ("economic", "部门预算支出经济分类")):
        book = code_book("function" if name == "function" else "economic")
        entries = [entry for editions in book.entries.values() for entry in editions]
        sure = sum(entry.confidence == "H" for entry in entries)
        yield f"* {title}：{len(book.entries)}个代码，{len(entries)}个年度条目，其中可信度H {sure}条。"
