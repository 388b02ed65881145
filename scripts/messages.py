"""The English catalogue: collect every Chinese message, keep the translations there are, compile.

    python scripts/messages.py --update    write locale/en/LC_MESSAGES/django.po (new messages empty) and compile it
    python scripts/messages.py --check     fail when a message has no translation, loses a placeholder, or the catalogue is stale
    python scripts/messages.py --missing   print what still has to be translated, as JSON

Chinese source strings are ``_("…")`` constants, what templates of pages ``{% translate "…" %}``, the constants of modules
whose texts are looked up at run time (``DYNAMIC``), what the case kinds say of their forms and papers, and the words of the
code books these forms offer.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from jingban.registry.codebooks import CODE_BOOKS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "jingban"
FOLDER = SOURCE / "locale" / "en" / "LC_MESSAGES"
DYNAMIC = (
    "budget/models/base.py",
    "budget/models/matters.py",
    "budget/models/money.py",
    "casework/models.py",
    "casework/services/duties.py",
    "cli/table.py",
    "console/models.py",
    "console/views/runs.py",
    "payments/changes.py",
    "payments/credit_sections.py",
    "payments/models/credits.py",
    "payments/models/runs.py",
    "payments/sections.py",
    "performance/models.py",
    "performance/framework_names.py",
    "performance/measures/benefits.py",
    "performance/measures/certification.py",
    "performance/measures/groups.py",
    "performance/measures/money.py",
    "performance/measures/outreach.py",
    "performance/measures/people.py",
    "performance/measures/recovery.py",
    "performance/measures/service.py",
    "policy/catalogue.py",
    "policy/tables.py",
    "policy/wording.py",
    "rules/titles.py",
    "safeguards/checks/account_shared.py",
    "safeguards/checks/address_cluster.py",
    "safeguards/checks/age_anomaly.py",
    "safeguards/checks/certified_impossible.py",
    "safeguards/checks/dead_but_paid.py",
    "safeguards/checks/death_order.py",
    "safeguards/checks/dual_paid.py",
    "safeguards/checks/identity_invalid.py",
    "safeguards/checks/payee_differs.py",
    "safeguards/checks/prison_paid.py",
    "safeguards/kinds.py",
    "safeguards/matching/cascade.py",
    "safeguards/models/suspicions.py",
    "safeguards/sources.py",
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[-.\d]*[a-z]|\{\w+[^{}]*\}")
_TEMPLATE = re.compile(r"""(?:{%\s*translate\s+|_\()(["'])(.+?)\1""")
_SHOWN = ("items", "groups", "reasons")
"""Sections of a scheme whose titles are shown."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def messages() -> dict[str, list[tuple[str, int]]]:
    """Message → places, in order of first appearance."""
    found: dict[str, list[tuple[str, int]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = str(path.relative_to(SOURCE))
        for text, line in _texts(ast.parse(path.read_text("utf-8")), whole=name in DYNAMIC):
            found.setdefault(text, []).append((name, line))
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for _mark, text in _TEMPLATE.findall(line):
                found.setdefault(text, []).append((str(path.relative_to(SOURCE)), number))
    for path in sorted((SOURCE / "casework" / "kinds").glob("*.yaml")):
        for text in _declared(yaml.safe_load(path.read_text("utf-8"))):
            if _CHINESE.search(text):
                found.setdefault(text, []).append((str(path.relative_to(SOURCE)), 0))
    for path in sorted((SOURCE / "schemes").glob("*/scheme.yaml")):
        described = yaml.safe_load(path.read_text("utf-8"))
        for entry in (entry for section in _SHOWN for entry in described[section].values()):
            found.setdefault(entry["title"], []).append((str(path.relative_to(SOURCE)), 0))
    return found


def _declared(kind: dict[str, Any]) -> Iterator[str]:
    """What a case kind shows: help of the whole, title, help and choices of each field, title of each paper.

    Of a code's several words the first is shown.
    """
    yield kind.get("help", "")
    for item in (*kind["fields"], *kind.get("evidence", ())):
        choices = CODE_BOOKS[item["codes"]] if "codes" in item else item.get("choices", {})
        first = {value: word for word, value in reversed(choices.items())}
        yield from (item["title"], item.get("help", ""), *first.values())


def _texts(tree: ast.AST, *, whole: bool) -> Iterator[tuple[str, int]]:
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="_" | "gettext" | "document"), args=[ast.Constant(value=str(text)), *_rest]
            ) if text:
                yield text, node.lineno
            case ast.Constant(value=str(text)) if (
                whole and id(node) not in documents and _CHINESE.search(text)
            ):
                yield text, node.lineno


def catalogue() -> Catalog:
    """The catalogue on disk; empty when there is none."""
    path = FOLDER / "django.po"
    if not path.is_file():
        return Catalog(locale="en")
    return read_po(BytesIO(path.read_bytes()), locale="en")


def updated(given: dict[str, str]) -> Catalog:
    """The current messages with the translations known, no dates, sorted by place."""
    old = catalogue()
    new = Catalog(locale="en", project="jingban", version="", charset="utf-8")
    for text, places in messages().items():
        known = old.get(text)
        translation = given.get(text) or (known.string if known else "")
        new.add(text, translation, locations=[(place, None) for place, _line in places[:1]])
    return new


def write(catalog: Catalog) -> None:
    """Write the .po and the .mo beside it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stream = BytesIO()
    write_po(stream, catalog, width=0, omit_header=False, include_lineno=False)
    text = re.sub(
        r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Language-Team): .*\n',
        "",
        stream.getvalue().decode(),
        flags=re.M,
    )
    (FOLDER / "django.po").write_text(text, "utf-8")
    with (FOLDER / "django.mo").open("wb") as file:
        write_mo(file, read_po(BytesIO(text.encode()), locale="en"))


def missing() -> list[str]:
    """Messages without a translation."""
    known = {message.id: message.string for message in catalogue() if message.id}
    return [text for text in messages() if not known.get(text)]


def broken() -> list[str]:
    """Messages whose translation has other placeholders."""
    known = {message.id: str(message.string) for message in catalogue() if message.id and message.string}
    return [
        text
        for text in messages()
        if text in known and sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(known[text]))
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument(
        "--update",
        nargs="*",
        metavar="JSON",
        help="also take translations from these {message: English} files",
    )
    mode.add_argument("--check", action="store_true")
    mode.add_argument("--missing", action="store_true")
    chosen = parser.parse_args()
    if chosen.missing:
        print(json.dumps(missing(), ensure_ascii=False, indent=0))
        return 0
    if chosen.update is not None:
        given: dict[str, str] = {}
        for name in chosen.update:
            given |= json.loads(Path(name).read_text("utf-8"))
        write(updated(given))
    untranslated, wrong = missing(), broken()
    for text in untranslated[:20]:
        print("no translation:", text, file=sys.stderr)
    for text in wrong:
        print("placeholders differ:", text, file=sys.stderr)
    print(f"{len(messages())} messages, {len(untranslated)} without translation", file=sys.stderr)
    return 0 if chosen.update is not None else int(bool(untranslated or wrong))


if __name__ == "__main__":
    raise SystemExit(main())
