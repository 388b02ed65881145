"""Generated reference pages that look at the whole tree: commands, finding codes, and the second half of the glossary."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "jingban"
MARK = "<!-- generated below: scripts/docs.py --write -->"
_CODE = re.compile(r"[A-Z]{3}-\d{3}")
ROOMS = {
    "VAL": "values", "POL": "policy", "FRM": "forms", "RUL": "rules", "ENG": "engine", "REG": "registry", "LST": "lists",
    "PAY": "payments", "CAS": "casework", "SAF": "safeguards", "FND": "fund", "BUD": "budget", "PRF": "performance",
    "DIS": "disclosure", "CLI": "cli", "CON": "console",
}  # fmt: skip


def pages() -> dict[str, str]:
    """Every page, by path below ``docs/``."""
    open_django()
    return {
        "reference/commands.md": commands_page(),
        "reference/codes.md": codes_page(),
        "glossary.md": glossary_page(),
    }


def open_django() -> None:
    """Models are part of what is described."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingban.settings")
    django.setup()


# --- commands ---------------------------------------------------------------------------------------------------------


def commands_page() -> str:
    """Every command with its options, as ``--help`` prints them."""
    import click

    from jingban.cli.main import root

    lines = [
        "# Commands (命令)",
        "",
        "Generated from the commands themselves. `--lang en` prints English.",
        "",
    ]
    context = click.Context(root, info_name="jingban")
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command is not None
        lines += list(_command(command, click.Context(command, info_name=f"jingban {name}"), 2))
    return "\n".join(lines) + "\n"


def _command(command: Any, context: Any, level: int) -> Iterator[str]:
    import click

    yield from ("#" * level + f" `{context.info_name}`", "", (command.help or "").strip(), "")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield f"* `{' / '.join(parameter.opts)}` {parameter.help or ''}".rstrip()
    yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _command(
                    inner, click.Context(inner, info_name=f"{context.info_name} {name}"), level + 1
                )


# --- codes ------------------------------------------------------------------------------------------------------------


def codes_page() -> str:
    """Every finding code with a message it carries and where it is raised."""
    found: dict[str, dict[str, set[str]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for code, message in _codes(ast.parse(path.read_text("utf-8"))):
            entry = found.setdefault(code, {"messages": set(), "places": set()})
            entry["places"].add(str(path.relative_to(SOURCE)))
            if message:
                entry["messages"].add(message)
    lines = [
        "# Finding codes (代码)",
        "",
        "A code is stable for ever. Document checks have their own pages under `rules/`.",
        "",
    ]
    for prefix, room in ROOMS.items():
        codes = sorted(code for code in found if code.startswith(prefix))
        if codes:
            lines += [f"## {prefix} · {room}", "", "| code | message | raised in |", "|---|---|---|"]
            for code in codes:
                messages = "；".join(sorted(found[code]["messages"])).replace("|", "\\|").replace("\n", " ")
                lines.append(f"| {code} | {messages} | {'、'.join(sorted(found[code]['places']))} |")
            lines.append("")
    return "\n".join(lines)


def _codes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(code, Chinese message or '') of every call that names a code."""
    yield from _codes_of(tree, [])
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef):
            texts = [
                (node.lineno, target.id, text)
                for node in ast.walk(scope)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name) and (text := _constant(node.value))
            ]
            yield from _codes_of(scope, sorted(texts))


def _codes_of(scope: ast.AST, texts: list[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
    """The same of one function, whose names stand for the texts last given to them."""
    for node in ast.walk(scope):
        if not isinstance(node, ast.Call):
            continue
        named = {name: text for line, name, text in texts if line <= node.lineno}
        words = [word for word in (_constant(one, named) for one in node.args) if word is not None]
        for position, word in enumerate(words):
            if _CODE.fullmatch(word):
                yield word, next((later for later in words[position + 1 :] if not later.isascii()), "")


def _constant(node: ast.expr, named: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """The text of a constant, of ``_("…")``, ``_("…") % …``, ``_("…").format(…)``, or of a name last given one of these."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return named.get(name)
        case ast.Call(func=ast.Name(id="_"), args=[inner, *_rest]):
            return _constant(inner, named)
        case ast.Call(func=ast.Attribute(value=inner, attr="format")):
            return _constant(inner, named)
        case ast.BinOp(left=inner, op=ast.Mod()):
            return _constant(inner, named)
    return None


# --- glossary ---------------------------------------------------------------------------------------------------------


def glossary_page() -> str:
    """The written half as it stands, then every model, rule step, form, case kind and measure with its Chinese name."""
    written = (ROOT / "docs" / "glossary.md").read_text("utf-8").split(MARK)[0].rstrip()
    lines = [written, "", MARK, ""]
    for title, rows in sections().items():
        lines += [f"## {title}", "", "| identifier | 中文 |", "|---|---|"]
        lines += [f"| {name} | {term} |" for name, term in sorted(rows.items())]
        lines.append("")
    return "\n".join(lines)


def sections() -> dict[str, dict[str, str]]:
    """Section → identifier → Chinese term; an empty term is a defect (a test looks for it)."""
    from django.apps import apps

    from jingban.forms.catalogue import catalogue

    found: dict[str, dict[str, str]] = {"Models (数据)": {}, "Form columns (表栏)": {}, "Forms (表式)": {}}
    for model in apps.get_models():
        if not model.__module__.startswith("jingban."):
            continue
        owner = f"{model._meta.app_label}.{_snake(model.__name__)}"
        found["Models (数据)"][owner] = str(model._meta.verbose_name)
    for form in catalogue().forms.values():
        found["Forms (表式)"][form.id] = form.title
        for column in form.columns:
            found["Form columns (表栏)"].setdefault(f"{form.id}@{column.key}", "·".join(column.header))
    found |= _rules() | _kinds() | _measures()
    return found


def _rules() -> dict[str, dict[str, str]]:
    steps = {}
    for path in sorted((SOURCE / "rules" / "steps").glob("*.sql")):
        matched = re.search(r"^subject: (.+)$", path.read_text("utf-8"), re.M)
        steps[path.stem] = matched[1] if matched else ""
    return {"Rule steps (规则步骤)": steps}


def _kinds() -> dict[str, dict[str, str]]:
    from jingban.casework.kind import kinds

    fields = {
        f"{kind.code}.{column.key}": column.title for kind in kinds().values() for column in kind.fields
    }
    return {
        "Case kinds (业务类别)": {kind.code: kind.title for kind in kinds().values()},
        "Case fields (业务字段)": fields,
    }


def _measures() -> dict[str, dict[str, str]]:
    from jingban.performance.measures import library

    return {"Measures (指标取数)": {name: entry.title for name, entry in library().items()}}


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
