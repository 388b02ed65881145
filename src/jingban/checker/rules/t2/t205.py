"""T205: A basic-expenditure part exceeds its “three public” figure."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T205(IdentityRule):
    """基本支出中的“三公”大于“三公”决算。

    问题：公开06 的因公出国（境）费用、公务接待费、公务用车运行维护费或公务用车购置大于公开07 的同项决算数。

    依据：公开07 含基本支出与项目支出，公开06 只含基本支出，故只能小于等于；标识 J9。

    反例：公开06 公务接待费0.50，公开07 公务接待费决算0.30。

    正例：公开06 公务接待费0.20，公开07 公务接待费决算0.30。

    例外：两表单位或年度不同、任一格未填时不核。

    怎么改：核对公开07 是否漏列基本支出中的费用。

    English: Table 07 covers basic and project spending, so its figures can never be smaller than those of table 06.

    Not reported: Tables of different units of account or years, or with an empty cell, are not compared.
    """

    code: ClassVar[str] = "T205"
    name: ClassVar[str] = "basic-part-exceeds-three-public"
    title: ClassVar[str] = "基本支出中的“三公”大于“三公”决算"
    title_en: ClassVar[str] = "A basic-expenditure part exceeds its “three public” figure"
    severity: ClassVar[Severity] = "warning"
