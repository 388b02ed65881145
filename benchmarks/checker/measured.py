"""What was measured on documents the generator did not write: the entries of ``measured.yaml`` as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("measured.yaml")
SETS = {"handed": "给出的文件", "cases": "最小例", "blind": "盲测"}


def entries() -> list[dict[str, Any]]:
    """Entries in the order of :data:`SETS`, the newest first. Raises ``KeyError`` for a set that is not one of them."""
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    order = {name: place for place, name in enumerate(SETS)}
    newest = sorted(found, key=lambda one: one["date"], reverse=True)
    return sorted(newest, key=lambda one: order[one["set"]])


def rows() -> list[str]:
    """Lines of a Markdown table, its heading first."""
    lines = [
        "| 材料 | 内容 | 日期 | 文件 | 应报 | 报出 | 召回 | 发现 | 其中误报 | 精确 | 干净文件 / 其上的误报 |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in entries():
        told = [f"{one['found'] / one['defects']:.3f}"]
        if "raised" in one:
            told += [str(one["raised"]), str(one["wrong"]), f"{1 - one['wrong'] / one['raised']:.3f}"]
            told += [f"{one['clean']} / {one['clean_false']}"]
        else:
            told += ["-"] * 4
        counts = [str(one[key]) for key in ("date", "documents", "defects", "found")]
        lines.append("| " + " | ".join([SETS[one["set"]], one["name"], *counts, *told]) + " |")
    return lines
