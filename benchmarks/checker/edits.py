"""Edits that change how a document looks and nothing of what it says. A checker must find nothing new after them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from benchmarks.checker.page import Doc, render_text


def thousands(doc: Doc, _rng: random.Random) -> str:
    """Separators in every amount of four digits and more before the point."""
    changed = doc.copy()
    for slot in changed.slots():
        if re.fullmatch(r"\d{4,}\.\d+", slot.text):
            whole, _point, rest = slot.text.partition(".")
            slot.text = f"{int(whole):,}.{rest}"
    return render_text(changed)


def no_thousands(doc: Doc, _rng: random.Random) -> str:
    """No separators at all."""
    changed = doc.copy()
    for slot in changed.slots():
        if re.fullmatch(r"[\d,]+\.\d+", slot.text):
            slot.text = slot.text.replace(",", "")
    return render_text(changed)


def full_width(doc: Doc, _rng: random.Random) -> str:
    """Full-width digits, points and percent signs in running text figures."""
    table = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
    changed = doc.copy()
    for slot in changed.slots():
        if re.fullmatch(r"[\d.]+%?", slot.text) and ":" in slot.tag and not slot.tag.startswith("code"):
            slot.text = slot.text.translate(table)
    return render_text(changed)


def full_width_marks(doc: Doc, _rng: random.Random) -> str:
    """Half-width brackets and colons become full-width."""
    return render_text(doc).replace("(", "（").replace(")", "）").replace(":", "：")


def broken_lines(doc: Doc, rng: random.Random) -> str:
    """Long running lines broken as PDF-to-text dumps do, also between a figure and its unit."""
    lines = []
    for line in render_text(doc).split("\n"):
        if "\t" in line or "|" in line or len(line) < 60:
            lines.append(line)
            continue
        at = 0
        while len(line) - at > 50:
            step = rng.randrange(36, 48)
            # never inside a number: no dump does that without a hyphen
            while at + step < len(line) and re.match(r"[\d.,％%]", line[at + step]):
                step += 1
            lines.append(line[at : at + step])
            at += step
        lines.append(line[at:])
    return "\n".join(lines)


def blank_lines(doc: Doc, rng: random.Random) -> str:
    """Extra blank lines between paragraphs, and spaces at line ends."""
    lines: list[str] = []
    for line in render_text(doc).split("\n"):
        lines.append(line + ("  " if line and "\t" not in line and rng.random() < 0.3 else ""))
        if line.endswith("。") and rng.random() < 0.5:
            lines += ["", ""]
    return "\n".join(lines)


def traditional(doc: Doc, _rng: random.Random) -> str:
    """Traditional characters (OpenCC s2t), as some conversions leave behind."""
    from opencc import OpenCC

    return OpenCC("s2t").convert(render_text(doc))


def crlf(doc: Doc, _rng: random.Random) -> str:
    """Windows line ends."""
    return render_text(doc).replace("\n", "\r\n")


def indented(doc: Doc, _rng: random.Random) -> str:
    """Ideographic spaces before paragraphs."""
    lines = render_text(doc).split("\n")
    return "\n".join(
        "　　" + line if line.endswith("。") and "\t" not in line and "|" not in line else line
        for line in lines
    )


EDITS: dict[str, Callable[[Doc, random.Random], str]] = {
    "thousands separators": thousands,
    "no separators": no_thousands,
    "full-width digits": full_width,
    "full-width marks": full_width_marks,
    "broken lines": broken_lines,
    "blank lines": blank_lines,
    "traditional characters": traditional,
    "windows line ends": crlf,
    "indented paragraphs": indented,
}
