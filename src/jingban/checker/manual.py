"""The manual: a page per rule and an index, for ``jingban rule`` and ``docs/reference/rules/``."""

from __future__ import annotations

import inspect

from jingban.checker import registry
from jingban.checker.rule import Rule

FOLDER = "reference/rules"
SEVERITIES = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "info")}
SECTION_NAMES_EN = {
    "问题": "What (问题)",
    "依据": "Source (依据)",
    "反例": "Wrong (反例)",
    "正例": "Right (正例)",
    "例外": "Known exceptions (例外)",
    "怎么改": "How to fix (怎么改)",
}


def page(code: str, *, english: bool = False) -> str:
    """One rule's page as Markdown."""
    rule = registry.rule(code)
    zh, en = SEVERITIES[rule.severity]
    doc = inspect.cleandoc(rule.__doc__ or "")
    lines = [f"# {rule.code} {rule.title_en if english else rule.title}", ""]
    lines += [f"`{rule.name}` · {en if english else zh} · {_group(rule, english)}", ""]
    if english:
        summary, _mark, exceptions = registry.english(doc).partition("Not reported:")
        lines += [summary.strip() or rule.title_en, "", "## Not reported", "", exceptions.strip(), ""]
        lines += ["The page below is the rule's own, in the language of the documents it reads.", ""]
    else:
        lines += [f"*{rule.title_en}*", ""]
    for name, text in registry.sections(doc).items():
        lines += [f"## {SECTION_NAMES_EN[name] if english else name}", "", text, ""]
    if not english and registry.english(doc):
        lines += ["## English", "", registry.english(doc), ""]
    return "\n".join(lines).rstrip() + "\n"


def _group(rule: Rule, english: bool) -> str:
    zh, en = registry.GROUPS[rule.group]
    return f"{rule.group} {en if english else zh}"


def index() -> str:
    """The table of all rules as Markdown."""
    lines = [
        "# 核对规则",
        "",
        "由 `make docs` 生成，不要手改。`jingban rule T101` 显示同一页。",
        "",
    ]
    for group, (zh, en) in registry.GROUPS.items():
        own = [rule for rule in registry.rules() if rule.group == group]
        if not own:
            continue
        lines += [
            f"## {group} {zh} / {en}",
            "",
            "| 编码 | 名称 | 级别 | 检查什么 | What |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {SEVERITIES[rule.severity][0]} | {rule.title} | {rule.title_en} |"
            for rule in own
        ]
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Path below ``docs/`` -> text of the whole folder of rules."""
    return {f"{FOLDER}/README.md": index()} | {f"{FOLDER}/{code}.md": page(code) for code in registry.codes()}
