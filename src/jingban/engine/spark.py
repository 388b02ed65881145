"""The seam for Apache Spark: the same steps as Spark SQL text over Parquet folders, for centres that have a cluster.

No Spark is imported or installed here. ``statements("lines")`` gives temporary views to run one after another with
``spark.sql(text)``; the facts and the law must be registered under their relation names first. ANSI mode must stay on
(the default since Spark 4.0), so that an overflow raises. See ``docs/internals/engine.md``.
"""

from __future__ import annotations

from jingban.rules.dialects import render
from jingban.rules.loader import order


def statements(*targets: str) -> list[str]:
    """``CREATE OR REPLACE TEMPORARY VIEW …`` for every step the targets need, in order."""
    return [
        f"CREATE OR REPLACE TEMPORARY VIEW {step.name} AS\n{render(step.sql, 'spark')}"
        for step in order(targets)
    ]


def settings() -> dict[str, str]:
    """The session settings the rules rely on."""
    return {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
