"""The published web page in a real browser: a click or a key opens where a figure comes from; nothing leaves the page."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.disclosure.basedata import base_report
from jingban.disclosure.output.html import page as rendered
from jingban.disclosure.report import build
from jingban.disclosure.rows import Rows
from tests.support.databases import Database

pytestmark = pytest.mark.browser
CONTRAST = """() => {
  const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/0\\)$/.test(c) || !/rgba/.test(c)) return c; } return "rgb(255, 255, 255)"; };
  return [...document.querySelectorAll("h1,h2,h3,h4,p,th,td,a,figcaption,li,span")].filter(e => e.textContent.trim() && e.offsetParent).map(e => {
    const a = light(getComputedStyle(e).color), b = light(behind(e)); return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); }).reduce((x, y) => Math.min(x, y), 21); }"""


@pytest.fixture
def web(miyi: Database, tmp_path: Path) -> Iterator[Any]:
    """The page of the county centre, open at desk width; every request is noted."""
    from playwright.sync_api import sync_playwright

    figures = YearFigures(Unit.objects.get(), 2020)
    report = build(figures, "sichuan", annexes=[base_report(figures)])
    path = tmp_path / "report.html"
    path.write_text(rendered(report, Rows(figures.book)), "utf-8")
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: scripts/setup.sh installs it"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.wanted = []
        page.on("request", lambda request: page.wanted.append(request.url))
        page.goto(path.as_uri())
        yield page
        browser.close()


def test_the_page_in_a_browser(web: Any) -> None:
    # a click opens formula, source and masked rows
    sentence = web.locator("p", has_text="公务接待费支出预算为")
    figure = sentence.locator("a.f", has_text=re.compile(r"^0\.13$")).first
    figure.click()
    dialog = web.locator("dialog[open]")
    assert dialog.count() == 1
    said = dialog.inner_text()
    assert "0.13" in said
    assert "算法" in said
    assert "支出凭证" in said
    assert "1,339.00 元" in said
    assert dialog.locator("tbody tr").count() == 2
    names = dialog.locator("tbody tr").first.inner_text()
    assert "30217" in names
    # closes by its button, by the key, and gives the focus back
    dialog.get_by_role("button", name="关闭").click()
    assert web.locator("dialog[open]").count() == 0
    figure.focus()
    web.keyboard.press("Enter")
    assert web.locator("dialog[open]").count() == 1
    assert web.evaluate("document.activeElement.textContent") == "关闭"
    web.keyboard.press("Escape")
    assert web.locator("dialog[open]").count() == 0
    assert web.evaluate("document.activeElement.textContent") == "0.13"
    # the first stop of the keyboard is the way past the contents
    web.evaluate("document.activeElement.blur()")
    web.reload()
    web.keyboard.press("Tab")
    assert web.evaluate("document.activeElement.className") == "skip"
    assert len({url for url in web.wanted if not url.startswith("data:")}) == 1, "nothing is fetched"


def test_what_a_reader_without_sight_is_told(web: Any) -> None:
    assert web.evaluate("document.documentElement.lang") == "zh-CN"
    levels = web.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    charts = web.locator("svg[role=img]")
    assert charts.count() == 2
    for at in range(charts.count()):
        assert len(charts.nth(at).get_attribute("aria-label")) > 10
    assert web.evaluate(
        "[...document.querySelectorAll('th')].every(cell => ['col','row','colgroup'].includes(cell.scope))"
    )
    assert web.evaluate(
        "[...document.querySelectorAll('table')].every(table => table.getAttribute('aria-label'))"
    )
    assert web.evaluate(CONTRAST) >= 4.5


def test_a_telephone_and_paper(web: Any) -> None:
    web.set_viewport_size({"width": 390, "height": 844})
    wide = web.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "tables scroll in themselves, the page does not"
    web.locator("a.f").first.click()
    box = web.locator("dialog[open]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    web.keyboard.press("Escape")
    web.emulate_media(media="print")
    assert web.evaluate("getComputedStyle(document.querySelector('.f')).textDecorationLine") == "none"
    assert web.evaluate("getComputedStyle(document.querySelector('.sheet.landscape')).page") == "wide"
    assert web.evaluate("getComputedStyle(document.querySelector('.skip')).display") == "none"
