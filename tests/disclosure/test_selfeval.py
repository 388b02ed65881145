"""Self-evaluations: refused until final and reviewed, laid out as the printed forms, clean under the checker everywhere."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import pytest

from jingban.budget.models import Unit
from jingban.budget.records import PaymentRecord
from jingban.budget.services import record_payments
from jingban.disclosure import selfeval
from jingban.disclosure.model import Report
from jingban.disclosure.package import FORMATS, Package
from jingban.disclosure.selfeval_form import form_table
from jingban.performance.models import Plan
from jingban.performance.scoring import score_plan
from jingban.performance.services import (
    finalise,
    review,
)
from jingban.values.findings import Refused
from tests.disclosure.evaluated import END, OFFICER, REVIEWER

FORMS = ("pf-mof-project", "pf-hunan-project", "pf-sichuan-project", "pf-transfer")


def refused(unit: Unit) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        selfeval.evaluations(unit, 2020)
    return sorted((one.code, one.subject) for one in caught.value.findings)


def test_nothing_is_published_before_it_is_final_and_reviewed(scored: Unit) -> None:
    name = "城乡居民养老保险管理经费项目"
    assert refused(scored) == [("DIS-302", name), ("DIS-302", "部门整体支出")]
    results = [finalise(plan, END, OFFICER) for plan in Plan.objects.order_by("pk")]
    assert refused(scored) == [("DIS-303", name), ("DIS-303", "部门整体支出")]
    review(results[1], "同意", REVIEWER)
    assert refused(scored) == [("DIS-303", "部门整体支出")]
    review(results[0], "同意", REVIEWER)
    assert selfeval.evaluations(scored, 2020).annexes[0].blocks
    late = PaymentRecord(
        unit=scored.code, year=2020, source="general", function_code="2080109", economic_code="30216",
        category="project", project="P01", amount_fen=100_00, voucher="记-999", day=END, payee="某公司",
    )  # fmt: skip
    record_payments([late], OFFICER)  # the books went on after the scores were final
    assert refused(scored) == [("DIS-304", name)]
    with pytest.raises(Refused, match="DIS-301"):
        selfeval.evaluated(scored, 2019)


def test_the_form_prints_the_scores_and_where_they_come_from(reviewed: Unit) -> None:
    plan = Plan.objects.get(project__code="P01")
    table = form_table(score_plan(plan))
    texts = [[cell.text for cell in row if cell] for row in table.grid.rows]
    assert ["年度资金总额", "3.00", "3.00", "1.01", "10", "33.73%", "3.37"] in [row[-7:] for row in texts]
    assert texts[-1] == ["总分", "100", "79.37", "等级：中"]
    levels = [cell for row in table.grid.rows for cell in row if cell and cell.text == "产出指标"]
    assert [cell.rowspan for cell in levels] == [4]  # merged over its four indicators
    by_key = dict(table.grid.filled.cells)  # type: ignore[union-attr]
    assert by_key["i2", "actual"].trace.evidence == "工作台账"
    assert by_key["i2", "actual"].trace.typed
    assert not by_key["i1", "actual"].trace.typed
    assert by_key["total", "executed"].trace.relation == "payment"
    assert (
        "业务培训次数50.00%；印发宣传资料100.00%；管理经费支出33.73%；参保群众满意度102.11%" in table.notes[0]
    )
    assert "印发宣传资料（依据：工作台账）" in table.notes[1]
    assert "政府采购执行率" in table.notes[2]  # nothing to procure: its ten points went to the group
    printed = [cell.figure for row in table.grid.rows for cell in row if cell and cell.figure]
    assert all(figure.trace.formula or figure.trace.typed for figure in printed)


def test_the_rows_behind_a_form_are_those_of_its_project(reviewed: Unit) -> None:
    from jingban.budget.figures import YearFigures
    from jingban.disclosure.rows import Rows

    rows = Rows(YearFigures(reviewed, 2020).book)
    table = form_table(score_plan(Plan.objects.get(project__code="P01")))
    cells = table.grid.filled.cells  # type: ignore[union-attr]
    _relation, found = rows.of(cells["total", "executed"].trace)
    shown = rows.table("payment")["rows"]
    assert sum(D(shown[at][4].replace(",", "")) for at in found) == D("10120.00")


def wrong(report: Report, folder: Path) -> list[str]:
    """What keeps the documents from being clean, in words."""
    package = Package(folder, FORMATS)
    package.add(report)
    package.write()
    package.check()
    assert len(package.out.checker_account) == len(FORMATS)
    return [
        f"{one.path.suffix} {what}"
        for one in package.out.checker_account
        if not one.clean or one.result.findings
        for what in [*[found["message"] for found in one.result.findings], *one.result.unverified]
    ]


def test_the_checker_finds_nothing_in_the_report(reviewed: Unit, tmp_path: Path) -> None:
    assert wrong(selfeval.evaluations(reviewed, 2020).annexes[0], tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_checker_finds_nothing_in_a_form_alone(reviewed: Unit, tmp_path: Path, form: str) -> None:
    one = selfeval.evaluated_plan(Plan.objects.get(project__code="P01"))
    assert wrong(selfeval.form_report(one, form), tmp_path) == []
