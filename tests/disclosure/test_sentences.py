"""Every sentence of every style, in every case it has, is bound by the checker figure by figure; a slip in it is found.

A sentence is changed in a document of its section alone, then of the whole explanation, then of the whole report: most
slips contradict the next words, some only a table. Trying all of them takes minutes (raise ``EACH``); here a sample moves
with the tests.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jingban.disclosure.model import Heading, Printed, Report, Table, Text
from jingban.disclosure.narrative.styles import STYLES, packaged
from jingban.disclosure.output.text import text
from jingban.disclosure.report import build
from tests.disclosure import sayings
from tests.disclosure.changing import check
from tests.disclosure.sayings import YEARS

EACH = 120
NO_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]
"""A failing report is told as it is: making it smaller would take minutes."""
WORDS = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "大于": "小于", "小于": "大于", "降低": "增长"}  # fmt: skip
COUNTED = re.compile(
    r"人数$|^编制数$|团组$|\.批次$|\.人次$|\.次数$|^出国人次$|^(?:会议|培训)费$|设备$|^车辆$"
)
"""Slots of counts of a log or register, and of expenses that no public table of the nine shows: stated once, in no sum or
rate. Several are bounded by others all the same; what cannot be told of a whole report is counted in ``changing``.
"""


ANNEX = Report("自评", ("某县社会保险中心2020年度绩效自评报告",), "某县社会保险中心", 2020)


@cache
def report_of(case: str, style: str) -> Report:
    return build(YEARS[case](), style, annexes=[ANNEX] if case == "everything" else [])


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", YEARS)
def test_every_figure_of_every_case_is_bound_and_holds(case: str, style: str, tmp_path: Path) -> None:
    found = _checked(text(report_of(case, style)), tmp_path)
    assert [(one.code, one.problem.message) for one in found.findings if one.severity != "info"] == []
    assert found.unverified == []
    assert found.verified > 700


amounts = st.integers(100_00, 9_000_000_00) | st.integers(100_00, 1_000_00)
before = st.sampled_from([0, 1_00, 49_00]) | amounts


@given(
    st.lists(amounts, min_size=5, max_size=5), st.integers(40, 160), amounts, amounts, st.sampled_from(STYLES)
)
@settings(
    max_examples=10,
    deadline=None,
    phases=NO_SHRINKING,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_amounts_are_bound_and_hold(
    tmp_path: Path, paid: list[int], part: int, last_year: int, guests_before: int, style: str
) -> None:
    spent = sayings.lines(*((*line[:3], amount) for line, amount in zip(sayings.USUAL, paid, strict=True)))
    figures = sayings.year(
        spent, sayings.given(spent, part), prior=(last_year,) * 3, three=(0, 0, guests_before),
        receptions=sayings.guests(paid[-1]),
    )  # fmt: skip
    found = _checked(text(build(figures, style)), tmp_path)
    assert [(one.code, one.problem.message) for one in found.findings if one.severity != "info"] == []
    assert found.unverified == []


def test_every_line_of_a_style_is_said_in_some_case() -> None:
    """Both sides of every condition come up, so that no sentence stays untried."""
    for style in STYLES:
        said = "\n".join(
            block.plain
            for case in YEARS
            for block in report_of(case, style).blocks
            if isinstance(block, Text)
        )
        for line in packaged(style).splitlines():
            if line.startswith(("%", "@", "#")):
                continue
            for fixed in re.findall(
                r"[^\[\]{}|]{4,}", re.sub(r"\{[^}]*\}|\[(?:如果|逐个) [^|]*\|", "|", line)
            ):
                assert fixed in said, (style, fixed)


@dataclass(frozen=True, slots=True)
class Slip:
    """One figure or direction word of a sentence, changed."""

    case: str
    style: str
    block: int
    told: str
    name: str
    changed: str


def slips() -> Iterator[Slip]:
    """One of every shape: the same slot in the same wording of the same style once."""
    seen: set[tuple[str, str, str]] = set()
    for style, case in itertools.product(("hunan", "sichuan"), YEARS):
        for number, block in enumerate(report_of(case, style).blocks):
            if not isinstance(block, Text):
                continue
            for name, changed in _changes(block):
                if name == "科目.年初预算" and "支出决算为0.00万元" in block.plain:
                    continue  # 0.00 % of any budget
                shape = (style, re.sub(r"[\d.]+", "#", block.plain)[:70], name)
                if shape not in seen:
                    seen.add(shape)
                    yield Slip(case, style, number, block.plain, name, changed)


def _changes(block: Text) -> Iterator[tuple[str, str]]:
    texts = [run if isinstance(run, str) else run.text for run in block.runs]
    for at, run in enumerate(block.runs):
        before, after = "".join(texts[:at]), "".join(texts[at + 1 :])
        if isinstance(run, str):
            for word in re.finditer("|".join(WORDS), run):
                new = run[: word.start()] + WORDS[word[0]] + run[word.end() :]
                yield f"{before[-8:]}{word[0]}", before + new + after
        elif run.figure is not None and not COUNTED.search(run.name):
            yield run.name, before + _moved(run) + after


def _moved(run: Printed) -> str:
    """Far enough to be told from rounding: a rate of small amounts is known to some points only."""
    if "." not in run.text:
        return str(int(run.text) + 3)
    return str(Decimal(run.text) + Decimal("37.19"))


def test_a_slip_in_any_sentence_is_found(tmp_path: Path, sample: random.Random) -> None:
    every = list(slips())
    assert len(every) > 300
    missed = [one for one in sample.sample(every, min(EACH, len(every))) if not _found(one, tmp_path)]
    assert [(one.style, one.case, one.name, one.changed) for one in missed] == []


def _found(slip: Slip, folder: Path) -> bool:
    report = report_of(slip.case, slip.style)
    for part in (_section(report, slip.block), _explanation(report), report):
        whole = text(part)
        assert slip.told in whole
        found = _checked(whole.replace(slip.told, slip.changed, 1), folder)
        if any(one.severity != "info" for one in found.findings):
            return True
    return False


def _section(report: Report, number: int) -> Report:
    """The part's title, the section's, and what stands between it and the next."""
    parts = [
        at for at, one in enumerate(report.blocks[:number]) if isinstance(one, Heading) and one.level == 1
    ]
    heads = [
        at for at, one in enumerate(report.blocks[:number]) if isinstance(one, Heading) and one.level <= 2
    ]
    end = next(
        (at for at, one in enumerate(report.blocks) if at > number and isinstance(one, Heading) and one.level <= 2),
        len(report.blocks),
    )  # fmt: skip
    kept = [report.blocks[parts[-1]], *report.blocks[heads[-1] : end]]
    return replace(report, contents=False, blocks=[one for one in kept if isinstance(one, Heading | Text)])


def _explanation(report: Report) -> Report:
    return replace(report, blocks=[one for one in report.blocks if not isinstance(one, Table)])


def _checked(whole: str, folder: Path):  # type: ignore[no-untyped-def]
    (folder / "r.txt").write_text(whole, "utf-8")
    return check(folder / "r.txt")


@pytest.fixture
def sample() -> random.Random:
    """The same slips on every run of one version of the tests, others in the next."""
    return random.Random(len(Path(__file__).read_text("utf-8")))
