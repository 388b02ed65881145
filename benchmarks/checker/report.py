"""The page ``docs/reference/checker-accuracy.md`` from a measurement."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.checker.measured import rows
from jingban.checker import registry

if TYPE_CHECKING:
    from benchmarks.checker.run import Bench


def markdown(bench: Bench) -> str:
    """Per rule and in all; rules without an injector are listed as not measured."""
    injected = sum(score.injected for score in bench.scores.values())
    found = sum(score.found for score in bench.scores.values())
    true = sum(score.true for score in bench.scores.values())
    false = sum(score.false for score in bench.scores.values())
    unmeasured = [code for code in registry.codes() if not bench.scores[code].injected]
    lines = [
        "# 核对器的准确度",
        "",
        f"由 `python -m benchmarks.checker.run --variants {bench.variants} --write docs/reference/checker-accuracy.md` 生成，不要手改。",
        "",
        "干净文件由 `benchmarks/checker` 的生成器写出（五种画像、三种版式、三种措辞，按种子随机），数字按构造勾稽一致；每次只注入一处错误。",
        "召回：注入的错误由该规则本身报出的比例（合并同因之前）。精确：该规则在全部文件上报出的错误与警告中，确与注入处有关的比例；",
        "干净文件、只改版式的文件上的任何一条，以及与注入处无关的一条，都算误报。",
        "输入质量（I1）从不报发现：给出该规则的提示即算报出。",
        "",
        "## 生成的文件，注入的错误",
        "",
        "| | |",
        "|---|---:|",
        f"| 注入错误 | {injected} |",
        f"| 召回 | {found / max(injected, 1):.3f} |",
        f"| 精确 | {true / max(true + false, 1):.3f} |",
        f"| 干净文件 / 其上的发现 | {bench.clean['documents']} / {bench.clean['findings']} |",
        f"| 只改版式的文件 / 其上新增的发现 | {bench.edited['documents']} / {bench.edited['findings']} |",
        f"| 每份核对的处理器时间中位数 | {statistics.median(bench.seconds) * 1000:.0f} ms |",
        "",
        "| 规则 | 名称 | 注入 | 报出 | 召回 | 真 | 误 | 精确 |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for code in registry.codes():
        score = bench.scores[code]
        if not score.injected and not score.true and not score.false:
            continue
        rule = registry.rule(code)
        recall = "-" if score.recall is None else f"{score.recall:.2f}"
        precision = "-" if score.precision is None else f"{score.precision:.2f}"
        lines.append(
            f"| {code} | {rule.title} | {score.injected} | {score.found} | {recall} | {score.true} | {score.false} | {precision} |"
        )
    if unmeasured:
        lines += ["", "没有注入器、只由 `tests/checker/cases` 检验的规则：" + "、".join(unmeasured) + "。"]
    lines += ["", *others()]
    lines.append("")
    return "\n".join(lines)


OTHERS = "## 别人写的文件"


def others() -> list[str]:
    """The section on documents the generator did not write; the last of the page."""
    return [
        OTHERS,
        "",
        "给出的文件：整份，带标注，改进核对器的人看得到，所以只说明没有退步。最小例：一处错，或一处看似错而不错。盲测：作者没有见过核对器，",
        "拆开以前只测一次。一处应报的错，错误或警告落在它的行上（上下一行）才算报出；没有应报之处能解释的错误或警告算误报。",
        "数字记在 `benchmarks/checker/measured.yaml`，每次测量加一条，不改旧的；只更新这一节用 `python -m benchmarks.checker.run --others --write 本页`。",
        "",
        *rows(),
    ]


def renewed(page: str) -> str:
    """The page with its last section written anew; what was injected is not measured again."""
    return "\n".join([page.partition(OTHERS)[0].rstrip("\n"), "", *others(), ""])
