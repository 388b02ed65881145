"""The life of a plan: assessed, set, monitored, scored, reviewed, used."""

from jingban.performance.services.enter import (
    assess,
    explain_deviations,
    judge,
    record_surveys,
    set_plans,
    type_actuals,
)
from jingban.performance.services.finish import advice, finalise, monitor, review, use
from jingban.performance.services.measure import measure_plan

__all__ = [
    "advice",
    "assess",
    "explain_deviations",
    "finalise",
    "judge",
    "measure_plan",
    "monitor",
    "record_surveys",
    "review",
    "set_plans",
    "type_actuals",
    "use",
]
