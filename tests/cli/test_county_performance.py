"""The sample county's goals: complete as data, and never published while the ledgers leave points without a reason."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal as D
from pathlib import Path

import pytest
from click.testing import CliRunner

from jingban.budget.models import Payment, Unit
from jingban.cli.county import books, performance
from jingban.cli.perform import perform
from jingban.disclosure import selfeval
from jingban.performance.models import Indicator, Plan, Result, Survey
from jingban.performance.scoring import score_plan
from jingban.values.findings import Refused
from tests.support.databases import Database


def test_an_empty_register_gives_no_final_score_and_nothing_is_entered_twice(
    sqlite_database: Database, tmp_path: Path
) -> None:
    for _time in range(2):
        for step in sorted(books.steps("510421"), key=lambda one: one.when):
            if not step.done():
                step.act()
        with pytest.raises(Refused) as refused:
            performance.evaluate("510421")
        assert {one.code for one in refused.value.findings} == {"PRF-203"}  # nobody paid, and no reason given
    assert (Plan.objects.count(), Survey.objects.count(), Payment.objects.count()) == (6, 1, 100)
    watched = Result.objects.order_by("plan_id")
    assert {one.phase for one in watched} == {"monitoring"}
    assert {one.day for one in watched} == {books.MONITORED}
    property_, training = watched[2], watched[1]  # what only August's books knew
    assert "预算执行率66.67%" not in str(property_.warnings)
    assert training.warnings[0].startswith("预算执行率0.00%，落后于时间进度66.67%")
    assert any(line.startswith("业务培训次数：") for line in training.warnings)
    told = CliRunner().invoke(perform, ["monitored", "2020"])
    assert told.exit_code == 0, told.output
    assert told.output.count("2020-08-31") == 6
    assert "落后于时间进度66.67%" in told.output
    with pytest.raises(Refused) as refused:
        performance.package(tmp_path / "out")
    assert {"DIS-302", "PRF-203"} == {one.code for one in refused.value.findings}
    assert not (tmp_path / "out").exists()
    assert selfeval.evaluations(Unit.objects.get(), 2019).annexes == ()
    _complete()


def _complete() -> None:
    weights: dict[int, D] = defaultdict(D)
    for one in Indicator.objects.select_related("plan"):
        weights[one.plan_id] += D(one.weight)
    assert set(weights.values()) == {D(90)}  # the other ten are the execution's
    scores = {str(plan.project): score_plan(plan) for plan in Plan.objects.all()}
    outside = scores["城乡居民养老保险政府补助资金项目"].funds
    assert (outside.budget, outside.executed, outside.score) == (400735000, 400735000, D(10))
    training = scores["城乡居民养老保险管理经费项目"].funds
    assert (training.budget, training.executed, training.score) == (3_000_000, 1_012_000, D("3.37"))
    assert scores["None"].funds.executed == 291_695_994  # what the published accounts print as 291.70
