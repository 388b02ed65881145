"""A clerk's day in a real browser on a real server: a refusal at its field, the correction, the package, English."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import override_settings

from jingban.conf import FILE_NAME
from tests.console.conftest import PASSWORD
from tests.support.people import recipient, register

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
CHROMIUM = "/usr/bin/chromium"
STARTING_SECONDS_MAX = 120


@pytest.fixture
def address(centre: Path) -> Iterator[str]:
    """`jingban serve` in a centre with the demonstration county's books."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        User.objects.update(
            password=make_password(PASSWORD)
        )  # the suite's quick hash is none of the server's
    (centre / FILE_NAME).write_text('region = "510421"\noverlays = ["demo/miyi-2020"]\n', "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "JINGBAN_HOME": str(centre),
        "JINGBAN_DATABASE": f"sqlite:///{centre / 'centre.sqlite3'}",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    server = subprocess.Popen(
        [sys.executable, "-m", "jingban.cli.main", "serve", "--port", str(port)],
        cwd=centre,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(30)


def _wait(url: str, server: subprocess.Popen[str]) -> None:
    until = time.monotonic() + STARTING_SECONDS_MAX
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssertionError(server.stdout.read() if server.stdout else "")
        try:
            urllib.request.urlopen(f"{url}/login/", timeout=20).close()
            return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.3)
    raise AssertionError("the server did not start")


def test_a_clerk_enters_corrects_publishes_and_downloads(address: str, tmp_path: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    register(recipient(1), recipient(2))
    complaints: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )

        def enter(name: str):  # type: ignore[no-untyped-def]
            page = browser.new_context(locale="zh-CN", viewport=SCREEN).new_page()
            page.set_default_timeout(60_000)
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(f"{address}/login/")
            page.get_by_label("账号").fill(name)
            page.get_by_label("口令").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            page.get_by_label("年度").first.select_option("2020")
            expect(page.locator("#pick-year")).to_have_value("2020")
            return page

        page = enter("jingban1")
        page.goto(f"{address}/books/receptions/")
        page.locator("tbody a").first.click()
        logged = page.locator("dt:has-text('金额') + dd").inner_text()
        page.goto(f"{address}/books/payments/new/")
        page.get_by_label("资金来源").select_option("一般公共预算财政拨款")
        page.get_by_label("功能分类科目").fill("2080109")
        expect(page.locator("#function_code-codes option")).to_have_count(1)  # looked up while it is typed
        page.get_by_label("经济分类科目").fill("30201")
        page.get_by_label("支出类别").select_option("项目支出")
        page.get_by_label("项目代码").fill("P01")
        page.get_by_label("金额").fill("9,999,999.00")
        page.get_by_label("凭证号").fill("记-900")
        page.get_by_label("日期").fill("2020-12-01")
        page.get_by_label("收款人").fill("某公司")
        page.get_by_role("button", name="保存", exact=True).click()
        amount = page.get_by_label("金额")
        expect(amount).to_have_attribute("aria-invalid", "true")
        described = amount.get_attribute("aria-describedby") or ""
        said = [page.locator(f"#{one}").inner_text() for one in described.split()]
        assert any("[BUD-108]" in text for text in said), said
        amount.fill("10.00")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("已登记")
        # what was entered only for this is taken back, so that the year's books close again
        page.get_by_role("link", name="101", exact=True).click()
        page.get_by_label("撤回原因").fill("试登记")
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="撤回这一条").click()
        expect(page.get_by_role("status")).to_contain_text("已撤回")
        assert logged

        # a payment run is previewed behind the page; what stands against it is shown there as well
        for said in ("待遇发放 2020-01", "PAY-101"):
            page.goto(f"{address}/runs/")
            page.get_by_label("发放月").fill("2020-01")
            page.get_by_role("button", name="预览", exact=True).click()
            expect(page.locator("main")).to_contain_text(said)

        page = enter("gongkai1")
        page.goto(f"{address}/year/")
        page.get_by_role("button", name="年度公开材料").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        whole = page.get_by_role("link", name="全部下载")
        expect(whole).to_be_visible(timeout=300_000)
        expect(page.locator(".stat").first).to_contain_text("全部通过")
        with page.expect_download() as waiting:
            whole.click()
        path = tmp_path / "all.zip"
        waiting.value.save_as(path)
        names = ZipFile(path).namelist()
        assert {Path(name).suffix for name in names} >= {".docx", ".pdf", ".xlsx", ".html", ".txt"}
        with page.context.expect_page() as opening:
            page.get_by_role("link", name="打开").filter(has_text=".html").first.click()
        document = opening.value
        expect(document.locator("h1").first).to_contain_text("2020")

        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("link", name="Download all (ZIP)")).to_be_visible()
        browser.close()
    assert complaints == []


def test_every_page_can_be_used_without_a_mouse_and_by_a_screen_reader(address: str) -> None:
    """Each field has a name, each page one first heading and a language, nothing is wider than the screen, tab reaches the way."""
    from playwright.sync_api import sync_playwright

    wrong: dict[str, object] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_context(locale="zh-CN", viewport=SCREEN).new_page()
        page.set_default_timeout(60_000)
        page.on(
            "console", lambda said: wrong.setdefault(page.url, said.text) if said.type == "error" else None
        )
        page.goto(f"{address}/login/")
        page.get_by_label("账号").fill("fuhe1")
        page.get_by_label("口令").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")
        for path in (
            "/", "/books/payments/", "/books/payments/new/", "/books/reasons/new/", "/books/payments/1/", "/books/units/upload/",
            "/codes/", "/plans/", "/plans/new/", "/plans/measures/", "/year/", "/cases/", "/cases/new/", "/cases/new/award/",
            "/runs/", "/credits/", "/claims/", "/costs/", "/replays/", "/others/", "/books/death_village/upload/", "/suspicions/", "/certification/", "/outreach/",
            "/account/password/", "/account/second/",
        ):  # fmt: skip
            page.set_viewport_size(SCREEN)
            page.goto(address + path)
            found = page.evaluate(CHECKS)
            page.set_viewport_size(TELEPHONE)
            found["wide"] = found["wide"] or page.evaluate(WIDE)
            if found != {"nameless": [], "headings": 1, "lang": "zh-CN", "wide": False, "empty": 0}:
                wrong[path] = found
        page.set_viewport_size(SCREEN)
        page.goto(f"{address}/books/payments/new/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#content"
        browser.close()
    assert wrong == {}


SCREEN, TELEPHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
WIDE = "document.documentElement.scrollWidth > window.innerWidth"
CHECKS = """() => ({
  nameless: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
    .filter(e => !e.labels?.length && !e.getAttribute('aria-label')).map(e => e.name),
  headings: document.querySelectorAll('h1').length,
  lang: document.documentElement.lang,
  wide: document.documentElement.scrollWidth > window.innerWidth,
  empty: [...document.querySelectorAll('a, button')].filter(e => !e.textContent.trim() && !e.getAttribute('aria-label')).length,
})"""
