"""The sample as files: every list of the year as CSV, and a page that says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jingban.cli.county.build import County
from jingban.cli.county.calendar import Listing, listings
from jingban.store.lists.writing import write_list

_ABOUT = """\
# 演示：样例县 miyi-2020

全部人员、证件号码、银行账号、村名都是合成的；只有县、乡镇名称和全县总数取自公开的 2020 年度材料。
地方加发、丧葬补助、记账利率等未查实的标准用演示假设补齐（policy/demo/miyi-2020），不得用于真实发放。

种子 {seed}；人数：期初领待遇 {recipients}，暂停 {held}，缴费 {contributors}，年内新参保 {newcomers}。

每个文件都是一份名册，列名与 `jingban template` 一致，可以用 `jingban import` 导入；文件名前四位是收到的月日。
"""


def write(county: County, folder: Path) -> Iterator[Listing]:
    """Write every list below ``folder``, one after another; yields each as it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "说明.md").write_text(
        _ABOUT.format(
            seed=county.seed,
            recipients=len(county.recipients),
            held=len(county.held),
            contributors=len(county.contributors),
            newcomers=len(county.newcomers),
        ),
        "utf-8",
    )
    for listing in listings(county):
        path = folder / listing.path
        path.parent.mkdir(exist_ok=True)
        write_list(path, listing.header, listing.rows)
        yield listing
