"""How long a check takes: start of the command, a text, a 30-page PDF. Prints figures; nothing asserts on them.

python -m benchmarks.checker.speed
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.checker import formats
from benchmarks.checker.generator import document
from benchmarks.checker.page import Doc, Para
from jingban.checker.project import Project
from jingban.checker.service import check_file

ROUNDS = 5
PAGES = 30


def median(work: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def process(*code: str) -> float:
    return median(lambda: subprocess.run([sys.executable, *code], check=False, capture_output=True))


def long_document() -> Doc:
    """A final-accounts document with enough narrative to fill thirty pages."""
    doc = document(6, "sichuan", "T")
    words = "本单位持续推进参保扩面、待遇核发、基金监督和服务下沉，规范经办流程，提升服务能力。"
    for number in range(230):
        doc.elements.append(Para([f"第{number + 1}项工作：{words * 2}"]))
    return doc


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    text = formats.write(document(6, "final", "T"), folder / "report.txt")
    pdf = formats.write(long_document(), folder / "report.pdf")
    from pypdf import PdfReader

    pages = len(PdfReader(pdf).pages)
    project = Project()

    def checked(path: Path) -> float:
        return median(lambda: check_file(path, project, date(2026, 1, 1)))

    bare = process("-c", "pass")
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, median of {ROUNDS}"
    )
    print(f"python starts                       {bare:6.2f} s")
    print(
        f"jingban check --help                {process('-m', 'jingban.cli.main', 'check', '--help'):6.2f} s"
    )
    rules = "from jingban.checker import registry, service; registry.usable()"
    print(f"every rule imported                 {process('-c', rules):6.2f} s")
    print(f"check a text, in process            {checked(text):6.2f} s")
    print(f"check a {pages}-page PDF, in process    {checked(pdf):6.2f} s")
    print(
        f"jingban check report.txt            {process('-m', 'jingban.cli.main', 'check', str(text)):6.2f} s"
    )
    print(
        f"jingban check report.pdf            {process('-m', 'jingban.cli.main', 'check', str(pdf)):6.2f} s"
    )


if __name__ == "__main__":
    main()
