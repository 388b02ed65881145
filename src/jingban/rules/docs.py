"""The generated page of every rule step: what it computes, by which law, from what, with its worked examples."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.rules.loader import Step, order, steps
from jingban.rules.relations import RELATIONS


def pages() -> dict[str, str]:
    """Path below ``docs/`` -> text."""
    return {"reference/rules.md": "\n".join(_page())}


def _page() -> Iterator[str]:
    yield "# Rule steps"
    yield ""
    yield "Generated from the head comments of `src/jingban/rules/steps/*.sql`, in the order in which they are built."
    yield "How to write one: [rules](../internals/rules.md). What the relations mean: [relations](../internals/relations.md)."
    yield ""
    yield "| step | | rules | gives |"
    yield "|---|---|---|---|"
    ordered = order(steps())
    for step in ordered:
        yield f"| [{step.name}](#{step.name}) | {step.subject} | {', '.join(step.rules)} | {', '.join(step.gives)} |"
    for step in ordered:
        yield from _section(step)


def _section(step: Step) -> Iterator[str]:
    yield ""
    yield f"## {step.name}"
    yield ""
    yield f"{step.subject}. {step.about}" if step.subject else step.about
    yield ""
    yield f"* rules: {', '.join(step.rules)}"
    yield f"* law: {step.law}"
    yield f"* units: {step.units}"
    facts = [name for name in step.reads if name in RELATIONS]
    earlier = [f"[{name}](#{name})" for name in step.reads if name not in RELATIONS]
    yield f"* reads: {', '.join([*(f'`{name}`' for name in facts), *earlier])}"
    if step.key:
        yield f"* one row for each: {', '.join(step.key)}"
    if step.needs:
        yield f"* refused without: {', '.join(f'`{name}`' for name in step.needs)}"
    for example in step.examples:
        yield f"* worked example (a test on every engine): {example.name}"
