"""A certification campaign on the pages: frozen, sheets out, sheets back, listed = passed + failed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jingban.registry.lists import read_grid, write_list
from jingban.registry.models import AuditEntry
from jingban.safeguards.certification.sheets import header
from jingban.safeguards.certification.status import partition
from jingban.safeguards.models import Campaign
from tests.console.conftest import As
from tests.safeguards.test_suspicions import BORN
from tests.support.people import id_number
from tests.support.safeguard_world import VILLAGES, people

GIVEN = {"code": "2021春", "on": "2021-02-01", "due": "2021-04-30", "everybody": "on"}
UPLOAD = "/books/certification_returns/upload/"


def _codes(answer: Any) -> list[str]:
    return re.findall(r"\b((?:SAF|CON|CLI|LST)-\d{3})\b", answer.content.decode())


def _sheet(folder: Path, *answers: tuple[int, str, str]) -> SimpleUploadedFile:
    """A village's workbook as it comes back: (sequence, result, date)."""
    path = folder / "back.xlsx"
    rows = [
        (GIVEN["code"], "攀莲镇", VILLAGES[n % 2], "一组", id_number(BORN, n), f"测试{n}", "", "", result, day, "", "")
        for n, result, day in answers
    ]  # fmt: skip
    write_list(path, header(), rows, title="反馈")
    return SimpleUploadedFile("back.xlsx", path.read_bytes())


@pytest.fixture
def listed(centre: Path) -> None:
    people(4)


def test_a_campaign_from_the_list_to_the_sheets_that_come_back(
    as_: As, listed: None, centre: Path, tmp_path: Path
) -> None:
    client = as_("jingban1")
    assert _codes(client.post("/certification/new/", {**GIVEN, "code": " "})) == ["CON-311"]
    assert _codes(client.post("/certification/new/", {**GIVEN, "due": ""})) == ["CLI-005"]
    assert _codes(client.post("/certification/new/", {**GIVEN, "due": "2021-01-31"})) == ["SAF-513"]
    assert as_("gongkai1").post("/certification/new/", GIVEN).status_code == 403
    assert client.post("/certification/new/", GIVEN).status_code == 302
    campaign = Campaign.objects.get()
    home = f"/certification/{campaign.pk}/"
    assert home in client.get("/certification/").content.decode()

    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{home}sheets.zip").content))
    assert sorted(Path(name).stem for name in packed.namelist()) == sorted(VILLAGES)
    one = tmp_path / "one.xlsx"
    one.write_bytes(packed.read(next(name for name in packed.namelist() if VILLAGES[1] in name)))
    numbers = {str(cell) for row in read_grid(one) for cell in row}
    assert {id_number(BORN, 1), id_number(BORN, 3)} <= numbers
    assert AuditEntry.objects.get(action="certify.exported").actor == "jingban1"

    assert client.get(UPLOAD).status_code == 200
    wrong = client.post(
        UPLOAD, {"file": _sheet(tmp_path, (1, "通过", "2021-02-03"), (2, "也许", "2021-02-03"))}
    )
    assert "LST-1" in " ".join(_codes(wrong))
    assert partition(campaign).pending == 4  # one wrong row refuses the sheet
    sheet = _sheet(tmp_path, (1, "通过", "2021-02-03"), (2, "失联", "2021-02-03"), (3, "通过", "2021-02-04"))
    taken = client.post(UPLOAD, {"file": sheet, "how": "take"})
    assert "3 / 3" in taken.content.decode(), _codes(taken)
    found = partition(campaign)
    assert (found.listed, found.passed, found.unreachable, found.pending) == (4, 2, 1, 1)
    page = re.sub(r"<[^>]+>", " ", client.get(home).content.decode())
    assert re.search(r"邻村\s+2\s+2\s+0\s+0\s+0\s+0", page)
    assert re.search(r"某村\s+2\s+0\s+0\s+1\s+1\s+1", page)
    assert "50.00%" in page
