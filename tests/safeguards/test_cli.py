"""``jingban compare`` and ``jingban certify`` as a clerk types them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.conf import settings
from django.utils import timezone

from jingban import conf
from jingban.casework.models import Case
from jingban.casework.services import decide
from jingban.cli.certify import certify
from jingban.cli.compare import compare
from jingban.safeguards.models import Suspicion
from jingban.store.lists import read_grid, write_list
from tests.support.databases import Database
from tests.support.people import id_number, recipient, register

BORN = dt.date(1950, 5, 3)


@pytest.fixture
def centre(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.CENTRE, "region", "510421")
    monkeypatch.setattr(conf, "load", lambda: settings.CENTRE)
    register(recipient(1), recipient(2))


def said(command: click.Command, *args: str, status: int = 0) -> str:
    result = CliRunner().invoke(command, args)
    assert result.exit_code == status, result.output
    return result.output


@pytest.mark.usefixtures("centre")
def test_from_a_list_to_a_closed_suspicion(tmp_path: Path) -> None:
    path = tmp_path / "公安.xlsx"
    rows = [(id_number(BORN, 1), "测试1", "2020-01-08"), ("", "", "2020-01-08")]
    write_list(path, ["公民身份号码", "姓名", "死亡时间"], rows)
    common = ("import", str(path), "--source", "death_police", "--month", "2020-01", "--as", "甲")
    assert "整份未收" in said(compare, *common, status=1)
    assert "SAF-101" in str(read_grid(tmp_path / "公安-错误.xlsx"))
    assert "已收下：1 / 2" in said(compare, *common, "--keep-good", status=1)
    assert "暂缓发放 1 人" in said(compare, "match", "2020-02", "--no-rank", "--as", "甲")
    number = str(Suspicion.objects.get().pk)
    assert "号码、姓名都一致" in said(compare, "show", number)
    assert "SAF-302" in said(compare, "assign", number, "--to", "甲", "--as", "丙", status=1)
    said(compare, "assign", number, "--to", "乙", "--as", "丙")
    said(compare, "verify", number, "--true", "--as", "乙")
    assert "SAF-401" in said(compare, "gate", "2020-02", status=1)
    assert "待另一人审核" in said(compare, "act", number, "stop", "--as", "乙")
    assert "SAF-305" in said(compare, "close", number, "--as", "乙", status=1)
    decide([Case.objects.get().number], "approve", "丁", timezone.now(), "510421")
    assert "可以发放" in said(compare, "gate", "2020-02")
    said(compare, "close", number, "--as", "乙")
    assert "共 1 个" in said(compare, "list", "--state", "closed")
    assert "未报 1 个" in said(compare, "completeness", "2020-01")
    assert "payee_differs" in said(compare, "checks", "2020-02", "--as", "甲")
    assert "SAF-203" in said(compare, "checks", "2020-02", "没有", status=1)


@pytest.mark.usefixtures("centre")
def test_a_campaign_on_the_command_line(tmp_path: Path) -> None:
    days = ("--on", "2026-01-10", "--due", "2026-12-31")
    assert "2 人" in said(certify, "freeze", "年度", *days, "--everybody", "--as", "甲")
    assert "SAF-515" in said(certify, "traces", "--since", "2026-01-01", status=1)
    assert "已写出 1 份" in said(certify, "export", "--out", str(tmp_path / "下发"))
    sheet = tmp_path / "下发" / "攀莲镇" / "某村.xlsx"
    grid = read_grid(sheet)
    grid[1][8:11] = ["通过", timezone.localdate().isoformat(), "电话"]
    write_list(sheet, grid[0], grid[1:])
    assert "已收下：1 / 2" in said(certify, "import", str(sheet), "--as", "乙")
    faces = tmp_path / "人脸.csv"
    write_list(
        faces, ["身份证号", "日期", "结果"], [(id_number(BORN, 2), timezone.localdate().isoformat(), "否")]
    )
    assert "已收下：0 / 1" in said(certify, "import", str(faces), "--faces")
    text = said(certify, "status", "--tasks", str(tmp_path / "任务.xlsx"))
    assert "名单 2 = 通过 1 + 未通过 1" in text
    assert "认证率 50.00%" in text
    assert "跳过" not in said(
        certify, "remind", "--text", "请认证", "--version", "1", "--out", str(tmp_path / "x.csv")
    )
    assert "已受理暂停发放 1 件" in said(certify, "suspend", "2027-12", "--as", "乙")
