"""Lists of other bodies on the pages: taken in with a month, every wrong row told, compared in the background, hits seen."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jingban.safeguards.models import OtherList, Suspicion
from jingban.store.lists import write_list
from jingban.store.models import AuditEntry
from jingban.values.months import month
from tests.console.conftest import ENGINES, As, finished
from tests.safeguards.test_suspicions import BORN
from tests.support.people import id_number, recipient, register
from tests.support.safeguard_world import VILLAGES, people

HEAD = ["证件号码", "姓名", "死亡日期", "乡镇", "村", "零报告"]


def _file(folder: Path, *rows: tuple[str, ...]) -> SimpleUploadedFile:
    path = folder / "名单.xlsx"
    write_list(path, HEAD, rows, title="名单")
    return SimpleUploadedFile("名单.xlsx", path.read_bytes())


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("centre", ENGINES, indirect=True)
def test_a_list_from_its_file_to_the_suspicions(as_: As, centre: Path, tmp_path: Path) -> None:
    people(2)
    client = as_("jingban1")
    upload = "/books/death_village/upload/"
    assert f"{upload}?month=2020-01" in client.get("/others/?month=2020-01").content.decode()
    assert 'value="2020-01"' in client.get(f"{upload}?month=2020-01").content.decode()
    good = (id_number(BORN, 1), "测试1", "2020-01-05", "攀莲镇", VILLAGES[1], "")
    wrong = ("", "", "2020-01-05", "攀莲镇", VILLAGES[0], "")
    given = {"month": "2020-01", "how": "take"}
    refused = _text(client.post(upload, {**given, "file": _file(tmp_path, good, wrong)}))
    assert "SAF-101 3 证件号码" in refused  # the row of the reader's own file
    assert "CON-308" in _text(client.post(upload, {**given, "month": "", "file": _file(tmp_path, good)}))
    assert not OtherList.objects.exists()
    taken = client.post(upload, {**given, "file": _file(tmp_path, good)})
    assert "已收下：1 / 1" in _text(taken)
    kept = OtherList.objects.get()
    assert (kept.source, kept.month, kept.name) == ("death_village", month(2020, 1), "名单.xlsx")
    assert "SAF-107" in _text(client.post(upload, {**given, "file": _file(tmp_path, good)}))  # once

    page = _text(client.get("/others/?month=2020-01"))
    assert "村（社区）死亡月报 号码姓名一致的暂缓发放 名单.xlsx 1 行" in page
    assert "公安死亡注销名单 号码姓名一致的暂缓发放 未收到" in page
    assert "2 个村，未报 1" in page  # completeness by village
    assert re.search(rf"{VILLAGES[1]} 1 ", page)
    assert re.search(rf"{VILLAGES[0]} 未报", page)

    assert as_("gongkai1").post("/others/compare/", {"payroll": "2020-02"}).status_code == 403
    begun = client.post(
        "/others/compare/", {"payroll": "2020-02", "list_month": "2020-01", "source": ["death_village"]}
    )
    result = finished(client, begun)
    found = Suspicion.objects.get()
    assert (found.kind, found.finder, found.row.list_id) == ("death", "jingban1", kept.pk)
    assert "新疑点 1 暂缓发放（人） 1" in _text(result)
    [link] = re.findall(r'href="(/suspicions/\?state=all[^"]+)"', result.content.decode())
    assert f"/suspicions/{found.pk}/" in client.get(link.replace("&amp;", "&")).content.decode()
    page = client.get("/others/?month=2020-01").content.decode()
    hits = f"/suspicions/?state=all&amp;list={kept.pk}"
    assert hits in page
    assert f"/suspicions/{found.pk}/" in client.get(hits.replace("&amp;", "&")).content.decode()
    assert f"/suspicions/{found.pk}/" not in client.get("/suspicions/?state=all&list=999").content.decode()
    assert id_number(BORN, 1) not in page

    again = finished(client, client.post("/others/compare/", {"payroll": "2020-02"}))
    assert "新疑点 0" in _text(again)
    assert list(AuditEntry.objects.filter(action__startswith="job.").values_list("action", "actor")) == [
        ("job.compare", "jingban1"), ("job.compare", "jingban1"),
    ]  # fmt: skip


def test_without_lists_the_comparison_says_so(as_: As, centre: Path) -> None:
    people(2)
    client = as_("jingban1")
    page = finished(client, client.post("/others/compare/", {"payroll": "2020-02"}))
    assert "SAF-202" in _text(page)
    assert "没有办成" in _text(client.get("/others/"))


def test_the_standing_checks_of_a_month(as_: As, centre: Path) -> None:
    register(recipient(1, dt.date(1899, 5, 3)), recipient(2))
    client = as_("jingban1")
    page = _text(finished(client, client.post("/others/checks/", {"payroll": "2020-02"})))
    kinds = list(Suspicion.objects.values_list("kind", flat=True))
    assert kinds.count("age_anomaly") == 1
    assert f"新疑点 {len(kinds)} " in page
    assert re.search(r"年龄异常 1 0", page)
