"""Performance in forms, from the targets to another person's review."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingban.performance.models import Actual, Attachment, Plan, Result, Review
from jingban.performance.reading import live_indicators
from jingban.performance.stage import final_result
from tests.console.conftest import As

HEAD = {"unit": "510421021", "year": "2020", "project": "P01", "goal": "办好培训和宣传。", "form": "pf-mof-project", "execution_weight": "10"}  # fmt: skip


def rows(*weights: str) -> dict[str, str]:
    """A number counted by the system, a number typed, a judgement."""
    given = (
        {"level1": "产出指标", "level2": "数量指标", "name": "业务培训次数", "kind": "定量", "direction": "≥", "target": "2", "unit_of": "次", "measure": "meetings_held"},
        {"level1": "产出指标", "level2": "数量指标", "name": "印发宣传资料", "kind": "定量", "direction": "≥", "target": "4", "unit_of": "万份"},
        {"level1": "效益指标", "level2": "社会效益指标", "name": "政策宣传效果", "kind": "定性", "target": "群众了解政策"},
    )  # fmt: skip
    found = {}
    for number, (row, weight) in enumerate(zip(given, weights, strict=True)):
        found |= {f"r{number}-{key}": value for key, value in {**row, "weight": weight}.items()}
    return found


def _codes(answer: object) -> list[str]:
    return re.findall(r"\b(PRF-\d{3})\b", answer.content.decode())  # type: ignore[attr-defined]


def _set(client: Client) -> Plan:
    answer = client.post("/plans/new/", {**HEAD, **rows("30", "20", "40"), "r3-level1": ""})
    assert answer.status_code == 302, _codes(answer)
    return Plan.objects.get()


def test_targets_whose_weights_do_not_add_up_are_refused_and_kept_on_the_screen(as_: As) -> None:
    client = as_("jingban1")
    answer = client.post("/plans/new/", {**HEAD, **rows("30", "20", "30")})
    page = answer.content.decode()
    assert "[PRF-101] 分值合计90，应为100" in page
    assert 'value="印发宣传资料"' in page
    answer = client.post("/plans/new/", {**HEAD, **rows("30", "二十", "40"), "year": "二〇二〇"})
    assert "LST-108" in answer.content.decode()
    assert not Plan.objects.exists()
    assert _set(client).indicators.count() == 3


def test_a_plan_from_target_to_review(as_: As) -> None:
    client, checker = as_("jingban1"), as_("fuhe1")
    plan = _set(client)
    home = f"/plans/{plan.pk}/"
    refused = client.post(f"{home}final/")
    assert refused.status_code == 422
    assert sorted(_codes(refused))[:3] == ["PRF-201"] * 3
    client.post(f"{home}measure/", {"day": "2020-12-31"})
    assert "PRF-405" in _codes(refused)  # a project that begins this year
    client.post(f"{home}assess/", {"p0": "on", "p2": "on", "conclusion": "support", "opinion": "同意"})
    first, typed, judged = live_indicators(plan)
    assert Actual.objects.get(indicator=first).typed is False

    address = f"/indicators/{typed.pk}/actual/"
    value = {"applicable": "on", "value": "3", "day": "2020-12-31"}
    assert "PRF-109" in _codes(client.post(address, {**value, "evidence": ""}))
    assert "PRF-105" in _codes(client.post(address, {**value, "value": "三", "evidence": "签收单"}))
    assert "PRF-113" in _codes(client.post(address, {**value, "day": "2021-01-01", "evidence": "签收单"}))
    wrong = SimpleUploadedFile("program.exe", b"MZ")
    assert "PRF-114" in _codes(client.post(address, {**value, "evidence": "签收单", "files": [wrong]}))
    assert not Actual.objects.filter(indicator=typed).exists()
    papers = [SimpleUploadedFile("签收单.pdf", b"%PDF-1.7 one"), SimpleUploadedFile("照片.jpg", b"two")]
    assert client.post(address, {**value, "evidence": "签收单", "files": papers}).status_code == 302
    kept = Attachment.objects.get(name="签收单.pdf")
    assert Attachment.objects.count() == 2
    assert client.get(f"/evidence/{kept.pk}/").content == b"%PDF-1.7 one"
    assert "照片.jpg" in client.get(home).content.decode()

    client.post(f"/indicators/{judged.pk}/actual/", {"applicable": "on", "value": "已讲解", "day": "2020-12-31", "evidence": "记录"})  # fmt: skip
    judgement = {"band": "achieved", "percent": "70", "reason": "记录"}
    assert "PRF-110" in _codes(client.post(f"/indicators/{judged.pk}/judgement/", judgement))
    client.post(f"/indicators/{judged.pk}/judgement/", {**judgement, "percent": "95"})
    for one in (first, typed, judged):
        client.post(f"/indicators/{one.pk}/reason/", {"reason": "受疫情影响", "improvement": "次年补上"})
    done = client.post(f"{home}final/")
    assert done.status_code == 302, _codes(done)
    result = final_result(plan)
    assert result is not None

    assert client.post(f"{home}review/", {"opinion": "同意"}).status_code == 403  # jingban1 has no such duty
    assert not Review.objects.exists()
    assert checker.post(f"{home}review/", {"opinion": "同意"}).status_code == 302
    assert Review.objects.get().reviewer == "fuhe1"
    select = re.search(r'<select[^>]*name="what">(.*?)</select>', client.get(home).content.decode())
    assert select is not None
    assert re.findall(r'value="(\w+)"', select[1]) == ["raise", "keep", "cut", "stop", "rectify", "publish"]
    for wrong, code in (({"what": "整改"}, "PRF-407"), ({"what": "stop", "amount": "1"}, "PRF-408")):
        answer = client.post(f"{home}use/", {"detail": "说明", **wrong})
        assert (answer.status_code, _codes(answer)) == (422, [code])
    used = {"what": "keep", "detail": "维持次年预算", "amount": "30000"}
    assert client.post(f"{home}use/", used).status_code == 302
    assert "30,000.00" in client.get(home).content.decode()


def test_who_scored_does_not_review_though_he_has_the_duty(as_: As) -> None:
    client = as_("fuhe1")  # may enter and review
    plan = _set(client)
    client.post(f"/plans/{plan.pk}/measure/", {"day": "2020-12-31"})
    client.post(f"/plans/{plan.pk}/assess/", {"p0": "on", "conclusion": "support"})
    for one in live_indicators(plan):
        if not one.measure:
            client.post(f"/indicators/{one.pk}/actual/", {"applicable": "on", "value": "4", "day": "2020-12-31", "evidence": "记录"})  # fmt: skip
        if one.kind == "qualitative":
            client.post(f"/indicators/{one.pk}/judgement/", {"band": "achieved", "percent": "95", "reason": "记录"})  # fmt: skip
        client.post(f"/indicators/{one.pk}/reason/", {"reason": "受疫情影响"})
    assert client.post(f"/plans/{plan.pk}/final/").status_code == 302
    answer = client.post(f"/plans/{plan.pk}/review/", {"opinion": "同意"})
    assert answer.status_code == 422
    assert "PRF-301" in _codes(answer)
    assert not Review.objects.exists()
    assert Result.objects.get(phase="final").scorer == "fuhe1"
