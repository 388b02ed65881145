"""The charts of the first page show the register's own figures, as bars and as a table."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from jingban.casework.services.staff import name_account
from jingban.console.situation import AGES, pictures
from jingban.safeguards.certification.campaign import freeze
from jingban.safeguards.certification.status import partition
from jingban.safeguards.models import Campaign, Suspicion
from jingban.safeguards.services.compare import compare
from jingban.values.money import format_yuan
from tests.console.conftest import ENGINES, SECURITY, As
from tests.safeguards.test_suspicions import row
from tests.support.people import id_number
from tests.support.safeguard_world import COUNTY, FEB, JAN, door, listed, on, paid_run, people

NEWCOMER = id_number(dt.date(1975, 5, 3), 8)
ROW = re.compile(r'<th scope="row">([^<]+)</th>((?:<td[^>]*>[^<]*</td>)+)')


def _tables(page: str) -> dict[str, dict[str, list[str]]]:
    found = {}
    for part in page.split('<section class="card">')[1:]:
        title = re.search(r"<h2>([^<]+)", part)
        assert title is not None
        found[title[1]] = {label: re.findall(r">([^<]*)</td>", cells) for label, cells in ROW.findall(part)}
        assert part.count("<svg") == 1
        for values in found[title[1]].values():
            assert all(f">{text}</text>" in part for text in values)  # the chart prints what the table says
    return found


@pytest.mark.parametrize("centre", ENGINES, indirect=True)
def test_the_charts_say_what_the_register_says(as_: As, centre: Path) -> None:
    client = as_("jingban1")
    assert _tables(client.get("/situation/").content.decode()) == {}  # an empty centre draws nothing
    people(3)
    for number, name in enumerate(("maker", "checker")):
        name_account(name, f"D{number}", SECURITY)
    run = paid_run(JAN, centre)
    freeze(
        "2021春", dt.date(2021, 2, 1), dt.date(2021, 4, 30), COUNTY, door(dt.date(2021, 2, 2)), everybody=True
    )
    listed("death_police", row(1), row(2))
    compare(FEB, door(on(21)), ranked=False)
    enrolment = {"name": "张三丰", "township": "攀莲镇", "village": "贤家村", "id_number": NEWCOMER,
                 "paper-id_card": "shown", "paper-household_register": "shown"}  # fmt: skip
    assert client.post("/cases/new/enrolment/", enrolment).status_code == 302

    page = client.get("/situation/", headers={"HX-Request": "true"}).content.decode()
    assert "<nav" not in page  # it goes into the first page
    found = _tables(page)
    assert _tables(client.get("/situation/").content.decode()) == found
    assert found["各月发放（元）"] == {"2020-01": [format_yuan(run.amount_fen)]}
    whole = partition(Campaign.objects.get())
    assert found[f"资格认证 2021春：名单 {whole.listed} 人"]["未反馈"] == [str(whole.pending)]
    old = found["未办结疑点（发现至今）"]
    assert old[f"超过 {AGES[-1]} 天"] == [str(Suspicion.objects.count())]
    assert found["待办业务（件）"] == {"待审核": ["1", "0"]}
    assert 'hx-get="/situation/"' in client.get("/").content.decode()

    late = {one.title: one for one in pictures(COUNTY, dt.date(2030, 1, 1))}["待办业务（件）"]
    assert late.bars[0].printed == ("0", "1")
