"""Small rules and documents for tests of the machinery around the rules."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.context import Context
from jingban.checker.model import Document, Paragraph, Source
from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified

WRONG = """2020年度部门决算情况说明

一、支出决算情况说明

青石县社会保险服务中心2020年度本年支出合计200.00万元，其中：基本支出120.00万元，占60.00%；项目支出80.00万元，占45.00%。
"""
RIGHT = WRONG.replace("45.00%", "40.00%")


def document(*texts: str) -> Document:
    blocks = [Paragraph(text, Source(line=number)) for number, text in enumerate(texts, start=1)]
    return Document("made.txt", "txt", list(blocks), lines=list(texts))


def problem(key: str, line: int = 1, **given: object) -> Problem:
    fields: dict[str, object] = {
        "message": f"{key}不符",
        "source": Source(line=line),
        "quote": f"第{line}行，写作12.50万元",
        "key": (key,),
        "stated": "12.50",
        "expected": "13.50",
        "difference": Decimal("-1"),
    }
    return Problem(**{**fields, **given})  # type: ignore[arg-type]


def rule(code: str, answers: Iterable[Answer] | Exception, severity: Severity = "error") -> Rule:
    """A rule that gives these answers, or raises."""

    def check(self: Rule, context: Context) -> Iterable[Answer]:
        if isinstance(answers, Exception):
            raise answers
        yield from answers

    fields = {
        "code": code,
        "name": f"made-{code.lower()}",
        "title": "题",
        "title_en": "T",
        "severity": severity,
    }
    made: type[Rule] = type("Made", (Rule,), {**fields, "check": check})
    return made()


HOLDS = Verified("合计", Source(line=1))
ROUNDS = Verified("合计", Source(line=1), rounding=True)
UNKNOWN = Unverified("占比", Source(line=2), "没有基数")
